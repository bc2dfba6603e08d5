//! What would become of encrypted messages, in words.

use super::counted;
use super::texts::verdict::verdict as texts;
use crate::encryption::{Reason, Verdict};

/// The verdict in one sentence.
pub fn verdict(verdict: &Verdict) -> &'static str {
    let t = texts();
    match verdict {
        Verdict::Safe => t.safe,
        Verdict::SafeWithKey => t.safe_with_key,
        Verdict::Lost(reasons) if reasons.iter().any(|reason| reason.is_for_all()) => t.all_lost,
        Verdict::Lost(_) => t.some_lost,
        Verdict::NothingBackedUp => t.nothing_backed_up,
        Verdict::NothingToLose => t.nothing_to_lose,
        Verdict::Unknown(_) => t.unknown,
    }
}

/// Why some messages would be lost.
pub fn reason(reason: Reason) -> String {
    let t = texts();
    match reason {
        Reason::KeyNotInStorage => t.key_not_in_storage.to_owned(),
        Reason::OtherBackup => t.other_backup.to_owned(),
        Reason::Unverified(None) => t.unverified_some.to_owned(),
        Reason::Unverified(Some(count)) => counted(&t.unverified, count as u64, &[]),
        Reason::NoIdentity => t.no_identity.to_owned(),
        Reason::KeyNowhere => t.key_nowhere.to_owned(),
        Reason::Growing => t.growing.to_owned(),
        Reason::NoKey => t.no_key.to_owned(),
    }
}
