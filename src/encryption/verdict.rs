//! What it all means for somebody who signs out of all sessions.

use super::evidence::{Evidence, Trust};
use super::key_answer::KeyAnswer;
use crate::matrix::Error;

/// What would become of encrypted messages if all sessions were signed out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// All that was seen is backed up, and the person has shown that they have
    /// the key.
    Safe,
    /// All that was seen is backed up, for whoever has the key.
    SafeWithKey,
    /// Messages could not be read any more, for these reasons.
    Lost(Vec<Reason>),
    /// No message key is backed up: all of them are on the sessions alone.
    NothingBackedUp,
    /// No session holds a message key, and there is no backup either.
    NothingToLose,
    /// It could not be found out.
    Unknown(Error),
}

/// Why some messages would be lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The key of the backup is not in secret storage. Only sessions have it,
    /// and whoever noted it down long ago.
    KeyNotInStorage,
    /// Nor is there a session that could have it.
    KeyNowhere,
    /// The key in secret storage, or the person's own, is for another backup.
    OtherBackup,
    /// So many sessions are not verified, where that is known. Such sessions do
    /// not add to the backup.
    Unverified(Option<usize>),
    /// Nobody can tell which sessions are connected, since there is no identity
    /// that could have signed them.
    NoIdentity,
    /// The person says that they do not have the key.
    NoKey,
    /// Keys are still being added to the backup.
    Growing,
}

impl Reason {
    /// Whether nothing of the backup could be read any more, and not just some
    /// of what is not in it.
    pub fn is_for_all(self) -> bool {
        use Reason::{KeyNotInStorage, KeyNowhere, NoKey, OtherBackup};
        matches!(self, KeyNotInStorage | KeyNowhere | OtherBackup | NoKey)
    }
}

impl Verdict {
    /// Weighs what is known, with what came of the key that the person tried, and
    /// whether the backup was just seen to grow.
    pub fn of(evidence: &Evidence, key: Option<KeyAnswer>, is_growing: bool) -> Self {
        let lock = match &evidence.lock {
            Ok(lock) => lock,
            Err(error) => return Self::Unknown(error.clone()),
        };
        let holders = match holders(evidence) {
            Ok(holders) => holders,
            Err(error) => return Self::Unknown(error),
        };
        let Some(backup) = &lock.backup else {
            return if holders.is_empty() { Self::NothingToLose } else { Self::NothingBackedUp };
        };
        if backup.count == 0 {
            return if holders.is_empty() { Self::NothingToLose } else { Self::NothingBackedUp };
        }
        let is_open = key == Some(KeyAnswer::OpensBackup);
        let mut reasons = Vec::new();
        if key == Some(KeyAnswer::OtherBackup) {
            reasons.push(Reason::OtherBackup);
        } else if !is_open && lock.secret.is_none() {
            let nowhere = holders.is_empty();
            reasons.push(if nowhere { Reason::KeyNowhere } else { Reason::KeyNotInStorage });
        }
        let unverified = holders.iter().filter(|trust| !trust.holds()).count();
        match evidence.identity.as_ref().is_ok_and(|identity| identity.is_set_up) {
            _ if unverified == 0 => {}
            true => reasons.push(Reason::Unverified(Some(unverified))),
            false => reasons.push(Reason::NoIdentity),
        }
        if is_growing {
            reasons.push(Reason::Growing);
        }
        match (reasons.is_empty(), is_open) {
            (false, _) => Self::Lost(reasons),
            (true, true) => Self::Safe,
            (true, false) => Self::SafeWithKey,
        }
    }

    /// Whether it rests on a backup that seems complete. Only a device itself knows
    /// whether it has added all its keys.
    pub fn is_backed_up(&self) -> bool {
        matches!(self, Self::Safe | Self::SafeWithKey)
    }

    /// Whether all sessions may be signed out without losing messages, as far as
    /// was seen.
    pub fn is_safe(&self) -> bool {
        matches!(self, Self::Safe | Self::NothingToLose)
    }
}

/// The sessions that may hold message keys.
fn holders(evidence: &Evidence) -> Result<Vec<Trust>, Error> {
    let identity = evidence.identity.as_ref().map_err(Clone::clone)?;
    let others = identity.sessions.iter();
    let others = others.filter(|session| Some(&session.id) != evidence.this.as_ref());
    Ok(others.map(|session| session.trust).collect())
}
