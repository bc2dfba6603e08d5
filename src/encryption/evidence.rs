//! What is known of an account.

use super::key_answer::Lock;
use crate::matrix::Error;
use crate::matrix::devices::Device;

/// How far the signature under a session's keys can be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trust {
    /// There is one, and it is wrong.
    Wrong,
    /// There is none.
    Unsigned,
    /// There is one, and this browser cannot verify it.
    Claimed,
    /// It was verified.
    Signed,
}

impl Trust {
    /// A chain is as strong as its weakest part.
    pub fn and(self, other: Self) -> Self {
        self.min(other)
    }

    /// Whether the session counts as verified.
    pub fn holds(self) -> bool {
        self >= Self::Claimed
    }
}

/// The keys of a session that uses encryption.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionKeys {
    /// Its id.
    pub id: String,
    /// Whether the person's own key signed them.
    pub trust: Trust,
}

/// The keys by which a person and their sessions are known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Identity {
    /// Whether there is a key that stands for the person (cross-signing).
    pub is_set_up: bool,
    /// The sessions that use encryption. Others hold no message keys.
    pub sessions: Vec<SessionKeys>,
}

/// What is known of an account, each part with what went wrong where it is not.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence {
    /// Secret storage, the backup and its key in there.
    pub lock: Result<Lock, Error>,
    /// Who signed which session.
    pub identity: Result<Identity, Error>,
    /// All sessions.
    pub devices: Result<Vec<Device>, Error>,
    /// This one, by its id.
    pub this: Option<String>,
}

impl Evidence {
    /// How far a session is trusted; `None` if it uses no encryption, or if that
    /// is not known.
    pub fn trust(&self, device_id: &str) -> Option<Trust> {
        let identity = self.identity.as_ref().ok()?;
        let session = identity.sessions.iter().find(|session| session.id == device_id)?;
        Some(session.trust)
    }

    /// What a session is called; its id, where it has no name.
    pub fn name_of<'a>(&'a self, device_id: &'a str) -> &'a str {
        let mut all = self.devices.iter().flatten();
        let device = all.find(|device| device.id == device_id);
        device.and_then(|device| device.name.as_deref()).unwrap_or(device_id)
    }
}
