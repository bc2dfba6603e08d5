//! Whether the key backup of an account grows.

use crate::matrix::key_backup::Backup;
use std::time::Duration;

/// What was seen of the key backup so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Growth {
    /// The last look; `None` before the first one.
    last: Option<Option<Seen>>,
    grown: Option<Duration>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Seen {
    id: (String, Option<[u8; 32]>),
    count: u64,
}

impl Growth {
    /// A backup that has not grown for so long has stopped.
    const SETTLED: Duration = Duration::from_secs(60);

    /// Takes note of the backup as it is now. It has grown if there are more keys in it,
    /// or if there was none before. The numbers of two different backups say nothing
    /// about each other.
    pub fn look(&mut self, backup: Option<&Backup>, now: Duration) {
        let seen = backup.map(|backup| Seen { id: backup.id(), count: backup.count });
        let has_grown = match (&self.last, &seen) {
            (Some(Some(before)), Some(seen)) => before.id == seen.id && seen.count > before.count,
            (Some(None), Some(seen)) => seen.count > 0,
            _ => false,
        };
        if has_grown {
            self.grown = Some(now);
        }
        self.last = Some(seen);
    }

    /// When it was last seen to have grown.
    pub fn grown(&self) -> Option<Duration> {
        self.grown
    }

    /// Whether that is so short a time ago that it may still do.
    pub fn is_growing(&self, now: Duration) -> bool {
        self.grown.is_some_and(|grown| now.saturating_sub(grown) <= Self::SETTLED)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn backup(version: &str, count: u64) -> Backup {
        let (version, etag) = (version.into(), String::new());
        Backup { version, count, etag, public_key: None, passphrase: None }
    }

    fn at(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    #[test]
    fn backup_grows_until_a_minute_after_its_last_key() {
        let mut growth = Growth::default();
        growth.look(Some(&backup("1", 5)), at(0));
        assert!(!growth.is_growing(at(0)), "the first look tells nothing");
        growth.look(Some(&backup("1", 6)), at(8));
        growth.look(Some(&backup("1", 6)), at(16));
        assert_eq!(growth.grown(), Some(at(8)));
        assert!(growth.is_growing(at(68)) && !growth.is_growing(at(69)));
    }

    /// The next page looks at the backup for the first time after a while.
    #[test]
    fn growth_between_two_pages_is_seen() {
        let mut growth = Growth::default();
        growth.look(Some(&backup("1", 5)), at(0));
        growth.look(Some(&backup("1", 900)), at(600));
        assert!(growth.is_growing(at(600)));
    }

    #[test]
    fn new_backup_grows_and_another_one_is_not_compared() {
        let mut growth = Growth::default();
        growth.look(None, at(0));
        growth.look(Some(&backup("1", 0)), at(8));
        assert!(!growth.is_growing(at(8)));
        growth.look(Some(&backup("2", 40)), at(16));
        assert!(!growth.is_growing(at(16)));
        growth.look(None, at(24));
        growth.look(Some(&backup("3", 1)), at(32));
        assert!(growth.is_growing(at(32)));
    }
}
