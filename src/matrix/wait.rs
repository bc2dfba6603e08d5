//! How long a server wants one to wait.

use std::time::Duration;

/// A stretch of time, by this device's clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wait {
    /// When it began, as time since 1970.
    pub from: Duration,
    /// How long it is.
    pub length: Duration,
}

impl Wait {
    /// How much of it is left. Nothing, if the clock stands before its
    /// beginning: then it was set, and nobody should wait for hours for that.
    pub fn left(self, now: Duration) -> Duration {
        if now < self.from {
            return Duration::ZERO;
        }
        (self.from + self.length).saturating_sub(now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_was_set_makes_nobody_wait() {
        let seconds = Duration::from_secs;
        let wait = Wait { from: seconds(1_000), length: seconds(30) };
        for (now, left) in [(1_000, 30), (1_010, 20), (1_030, 0), (9_000, 0), (900, 0)] {
            assert_eq!(wait.left(seconds(now)), seconds(left), "{now}");
        }
    }
}
