//! How often the server is asked whether the link was confirmed.

use super::step::{Doing, Notice, Step};
use super::{Reset, Ticket};
use crate::matrix::Error;
use std::time::Duration;

/// At first, and again whenever somebody is seen to be there.
const FIRST: Duration = Duration::from_secs(3);

/// In the end.
const LAST: Duration = Duration::from_secs(15);

impl Reset {
    /// Whether the answer to this request is waited for, which may say that the
    /// password was changed.
    pub fn awaits(&self, ticket: Ticket) -> bool {
        let Step::Waiting(waiting) = &self.step else { return false };
        matches!(&waiting.doing, Doing::Asking(asking) if asking.ticket == ticket)
    }

    /// How long until the server is asked again; `None` while it is being
    /// asked, and where asking again cannot help.
    pub fn next_poll(&self, now: Duration) -> Option<Duration> {
        let Step::Waiting(waiting) = &self.step else { return None };
        if waiting.is_over() || !matches!(waiting.doing, Doing::Nothing) {
            return None;
        }
        let pause = pause_after(waiting.polls);
        Some(match &waiting.notice {
            Some(Notice::NotChanged(Error::RateLimited { wait })) => {
                wait.map_or(LAST, |wait| wait.left(now).max(pause))
            }
            _ => pause,
        })
    }
}

/// Each pause is a quarter longer than the one before it.
fn pause_after(polls: u32) -> Duration {
    let mut pause = FIRST;
    for _ in 0..polls.min(8) {
        pause = pause * 5 / 4;
    }
    pause.min(LAST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_slows_down() {
        let pauses: Vec<_> = (0..10).map(|polls| pause_after(polls).as_secs()).collect();
        assert_eq!(pauses, [3, 3, 4, 5, 7, 9, 11, 14, 15, 15]);
        assert_eq!(pause_after(u32::MAX), LAST);
    }
}
