//! Whether somebody has the key.

use super::crypto::{Bytes, Crypto};
use super::recovery_key::{NotAKey, RecoveryKey};
use super::storage::{is_key, open};
use crate::matrix::base64;
use crate::matrix::key_backup::Backup;
use crate::matrix::secret_storage::{BACKUP_KEY, LockedSecret, Passphrase, StorageKey};

/// What a key may open.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lock {
    /// What is known of the key of secret storage, if there is any.
    pub storage: Option<StorageKey>,
    /// Whether there is a key of which nothing is known that shows which one it
    /// is.
    pub is_undescribed: bool,
    /// The key of the backup, as it lies in secret storage.
    pub secret: Option<LockedSecret>,
    /// The backup.
    pub backup: Option<Backup>,
}

/// A key that was tried, and on what. It says nothing of another lock.
#[derive(Clone, Debug, PartialEq)]
pub struct Tried {
    /// What it was tried on.
    pub lock: Lock,
    /// What came of it.
    pub answer: KeyAnswer,
}

/// What was found out about a key or a passphrase that a person typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyAnswer {
    /// It is right, and the backup opens with it.
    OpensBackup,
    /// It is right, but the backup on the homeserver was made with another one.
    OtherBackup,
    /// It is right; whether the backup opens with it was not seen.
    Right(Unproven),
    /// It is not right.
    Wrong,
    /// It looks like a recovery key, but a letter of it is not right.
    Mistyped,
    /// It looks like a passphrase, and this account has only a recovery key.
    OnlyKeys,
    /// Nothing is set up that a key could open.
    NothingSetUp,
    /// The homeserver does not say enough to tell.
    Undescribed,
    /// This browser cannot do what is needed.
    BrowserCannot,
}

/// Why it was not seen whether a backup opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unproven {
    /// There is no backup.
    NoBackup,
    /// The key of the backup is not in secret storage.
    NotInStorage,
    /// This browser cannot compute the public half of a key.
    Browser,
    /// The backup is of a kind that is not known here.
    UnknownBackup,
}

impl KeyAnswer {
    /// Whether the key is the one of this account, whatever it opens.
    pub fn is_right(self) -> bool {
        matches!(self, Self::OpensBackup | Self::OtherBackup | Self::Right(_))
    }
}

/// Checks what was typed. Nothing of it leaves this function.
pub async fn check_key<C: Crypto>(typed: &str, lock: &Lock, crypto: &C) -> KeyAnswer {
    let has_backup_key = lock.backup.as_ref().is_some_and(|backup| backup.public_key.is_some());
    if lock.storage.is_none() && !has_backup_key {
        let nothing = lock.backup.is_none() && !lock.is_undescribed;
        return if nothing { KeyAnswer::NothingSetUp } else { KeyAnswer::Undescribed };
    }
    let not_a_key = match RecoveryKey::parse(typed) {
        Ok(key) => return try_key(&*key.0, lock, crypto).await,
        Err(not_a_key) => not_a_key,
    };
    let answer = match lock.passphrase() {
        Some(passphrase) => try_passphrase(typed.trim(), passphrase, lock, crypto).await,
        None => KeyAnswer::OnlyKeys,
    };
    match (answer, not_a_key) {
        (KeyAnswer::Wrong | KeyAnswer::OnlyKeys, NotAKey::Mistyped) => KeyAnswer::Mistyped,
        (answer, _) => answer,
    }
}

impl Lock {
    /// Whether a key that opens the one opens the other: all but what is in the
    /// backup is the same.
    pub fn is_like(&self, other: &Self) -> bool {
        let kind = |lock: &Self| lock.backup.as_ref().map(Backup::id);
        self.storage == other.storage && self.secret == other.secret && kind(self) == kind(other)
    }

    /// How a key is made of a passphrase: for secret storage, or for a backup of
    /// the time before.
    pub fn passphrase(&self) -> Option<&Passphrase> {
        let of_storage = self.storage.as_ref().and_then(|key| key.passphrase.as_ref());
        of_storage.or_else(|| self.backup.as_ref()?.passphrase.as_ref())
    }
}

async fn try_passphrase<C: Crypto>(
    typed: &str,
    passphrase: &Passphrase,
    lock: &Lock,
    crypto: &C,
) -> KeyAnswer {
    if !passphrase.is_reasonable() {
        return KeyAnswer::Undescribed;
    }
    let salt = passphrase.salt.as_bytes();
    match crypto.pbkdf2(typed.as_bytes(), salt, passphrase.iterations).await {
        Some(key) => try_key(&key, lock, crypto).await,
        None => KeyAnswer::BrowserCannot,
    }
}

/// A key may be the one of secret storage, or, as it was before there was any,
/// the one of the backup itself.
async fn try_key<C: Crypto>(key: &[u8], lock: &Lock, crypto: &C) -> KeyAnswer {
    let found = match &lock.storage {
        Some(storage) => try_storage(key, storage, lock, crypto).await,
        None if lock.is_undescribed => KeyAnswer::Undescribed,
        None => KeyAnswer::Wrong,
    };
    let may_be_of_backup = matches!(found, KeyAnswer::Wrong | KeyAnswer::Undescribed);
    match (may_be_of_backup, &lock.backup) {
        (true, Some(backup)) => match opens(key, backup, crypto).await {
            Some(true) => KeyAnswer::OpensBackup,
            None if lock.storage.is_none() => KeyAnswer::BrowserCannot,
            _ => found,
        },
        _ => found,
    }
}

async fn try_storage<C: Crypto>(
    key: &[u8],
    storage: &StorageKey,
    lock: &Lock,
    crypto: &C,
) -> KeyAnswer {
    if let Some(check) = &storage.check {
        match is_key(key, check, crypto).await {
            Some(true) => {}
            Some(false) => return KeyAnswer::Wrong,
            None => return KeyAnswer::BrowserCannot,
        }
    }
    let Some(secret) = &lock.secret else {
        // Without a check and without a secret, any key would do.
        return match storage.check {
            Some(_) => KeyAnswer::Right(lock.nothing_to_open()),
            None => KeyAnswer::Undescribed,
        };
    };
    match open(key, BACKUP_KEY, secret, crypto).await {
        None => KeyAnswer::BrowserCannot,
        Some(None) if storage.check.is_none() => KeyAnswer::Wrong,
        // The key is right, but what is locked is damaged, or was locked with
        // an earlier key of the same name.
        Some(None) => KeyAnswer::OtherBackup,
        Some(Some(opened)) => compare(&opened, lock, crypto).await,
    }
}

impl Lock {
    fn nothing_to_open(&self) -> Unproven {
        match self.backup {
            Some(_) => Unproven::NotInStorage,
            None => Unproven::NoBackup,
        }
    }
}

/// Whether what secret storage has is the key of the backup.
async fn compare<C: Crypto>(opened: &Bytes, lock: &Lock, crypto: &C) -> KeyAnswer {
    let Some(backup) = &lock.backup else { return KeyAnswer::Right(Unproven::NoBackup) };
    if backup.public_key.is_none() {
        return KeyAnswer::Right(Unproven::UnknownBackup);
    }
    let text = std::str::from_utf8(opened).unwrap_or_default();
    let Some(key) = base64::decode(text.trim()).map(Bytes::new) else {
        return KeyAnswer::OtherBackup;
    };
    match opens(&key, backup, crypto).await {
        Some(true) => KeyAnswer::OpensBackup,
        Some(false) => KeyAnswer::OtherBackup,
        None => KeyAnswer::Right(Unproven::Browser),
    }
}

/// Whether a key is the one of a backup. `None` if it cannot be found out here.
async fn opens<C: Crypto>(key: &[u8], backup: &Backup, crypto: &C) -> Option<bool> {
    let (Ok(key), Some(public)) = (key.try_into(), backup.public_key) else { return Some(false) };
    Some(crypto.x25519_public(key).await? == public)
}
