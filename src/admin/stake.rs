//! What somebody would lose if all their sessions were signed out.

use crate::matrix::Error;
use crate::matrix::admin::account_data::SecretsKept;
use crate::matrix::cross_signing::OwnKeys;
use crate::matrix::devices::Device;

/// What an administrator may see of it. Each was asked for on its own.
#[derive(Clone, Debug, PartialEq)]
pub struct Stake {
    /// The sessions.
    pub sessions: Result<Vec<Device>, Error>,
    /// Whether there is a recovery key.
    pub secrets: Result<SecretsKept, Error>,
    /// The public keys.
    pub keys: Result<OwnKeys, Error>,
}

/// What becomes of encrypted messages when all sessions are signed out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Price {
    /// There are no sessions: nothing more can be lost.
    NoSessions,
    /// No session uses encryption.
    NoEncryption,
    /// They can be read again by whoever has the recovery key. That the backup is
    /// whole, and that they have the key, only the person knows.
    NeedsRecoveryKey,
    /// There is a recovery key, and no backup is known to be behind it.
    NoBackup,
    /// There is no recovery key: they are lost.
    Lost,
    /// Not all that is needed to say so could be found out.
    Unknown,
}

impl Stake {
    /// How many sessions there are, where that is known.
    pub fn sessions(&self) -> Option<usize> {
        self.sessions.as_ref().ok().map(Vec::len)
    }

    /// What signing all of them out would cost.
    pub fn price(&self) -> Price {
        if self.sessions() == Some(0) {
            return Price::NoSessions;
        }
        match (&self.keys, &self.secrets) {
            (Ok(keys), _) if keys.devices.is_empty() => Price::NoEncryption,
            (_, Ok(secrets)) if secrets.has_backup_key => Price::NeedsRecoveryKey,
            (_, Ok(secrets)) if secrets.has_storage => Price::NoBackup,
            (Ok(_), Ok(_)) => Price::Lost,
            _ => Price::Unknown,
        }
    }

    /// Whether there are cross-signing keys that could be replaced.
    pub fn has_cross_signing(&self) -> bool {
        self.keys.as_ref().is_ok_and(|keys| keys.master.is_some())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matrix::cross_signing::SignedKey;
    use crate::matrix::wire::Answer;

    fn stake(sessions: usize, encrypted: usize, secrets: Result<(bool, bool), Error>) -> Stake {
        let device = |n: usize| Device { id: n.to_string(), name: None, last_seen: None };
        let key = |n: usize| (n.to_string(), SignedKey(Answer::default()));
        let devices = (0..encrypted).map(key).collect();
        Stake {
            sessions: Ok((0..sessions).map(device).collect()),
            secrets: secrets
                .map(|(has_storage, has_backup_key)| SecretsKept { has_storage, has_backup_key }),
            keys: Ok(OwnKeys { devices, ..OwnKeys::default() }),
        }
    }

    #[test]
    fn nothing_looks_cheaper_than_it_is() {
        for (stake, wanted) in [
            (stake(0, 0, Ok((false, false))), Price::NoSessions),
            (stake(2, 0, Ok((false, false))), Price::NoEncryption),
            (stake(2, 1, Ok((true, true))), Price::NeedsRecoveryKey),
            (stake(2, 1, Ok((true, false))), Price::NoBackup),
            (stake(2, 1, Ok((false, false))), Price::Lost),
            (stake(2, 1, Err(Error::Unreachable)), Price::Unknown),
        ] {
            assert_eq!(stake.price(), wanted);
        }
        let unknown = Stake { keys: Err(Error::Refused), ..stake(2, 0, Ok((false, false))) };
        assert_eq!(unknown.price(), Price::Unknown);
        let unknown = Stake { sessions: Err(Error::Refused), ..stake(0, 1, Ok((false, false))) };
        assert_eq!(unknown.price(), Price::Lost);
    }
}
