//! Asks the homeserver what there is to know of an account's encryption.

use super::crypto::Browser;
use super::session::SessionRuntime;
use crate::encryption::{Evidence, Identity, Lock, identity};
use crate::matrix::Error;
use crate::matrix::cross_signing::QueryOwnKeys;
use crate::matrix::devices::GetDevices;
use crate::matrix::key_backup::{Backup, GetBackup};
use crate::matrix::secret_storage::{
    BACKUP_KEY, GetAccountData, LockedSecret, StorageKey, default_key, key_kind,
};
use crate::matrix::wire::Answer;
use futures_util::future::{join, join3};

/// All of it, at once. `None` if nobody is signed in any more.
pub async fn gather(sessions: SessionRuntime) -> Option<Evidence> {
    let session = sessions.get_untracked()?;
    let user_id = session.user_id.as_str();
    let (lock, identity, devices) =
        join3(lock(sessions, user_id), keys(sessions, user_id), sessions.send(&GetDevices)).await;
    Some(Evidence { lock, identity, devices, this: session.device_id })
}

/// What a key may open, as it is now.
pub async fn lock(sessions: SessionRuntime, user_id: &str) -> Result<Lock, Error> {
    let (backup, storage) = join(backup(sessions), storage(sessions, user_id)).await;
    Ok(Lock { backup: backup?, ..storage? })
}

/// The backup alone. A homeserver that knows no backups has none.
pub async fn backup(sessions: SessionRuntime) -> Result<Option<Backup>, Error> {
    match sessions.send(&GetBackup).await {
        Err(Error::NotOffered) => Ok(None),
        answer => answer,
    }
}

async fn keys(sessions: SessionRuntime, user_id: &str) -> Result<Identity, Error> {
    let keys = sessions.send(&QueryOwnKeys(user_id)).await?;
    Ok(identity(user_id, &keys, &Browser).await)
}

/// The key of secret storage, and the backup's key that is locked with it.
async fn storage(sessions: SessionRuntime, user_id: &str) -> Result<Lock, Error> {
    let kinds = ["m.secret_storage.default_key", BACKUP_KEY];
    let [default, secret] = kinds.map(|kind| account_data(sessions, user_id, kind.to_owned()));
    let (default, secret) = join(default, secret).await;
    let (default, secret) = (default?, secret?);
    let Some(id) = default.as_ref().and_then(default_key) else {
        return Ok(Lock::default());
    };
    let described = account_data(sessions, user_id, key_kind(id)).await?;
    // A key of which nothing is known opens nothing, as far as can be said.
    let Some(storage) = described.and_then(|data| StorageKey::read(id, &data)) else {
        return Ok(Lock { is_undescribed: true, ..Lock::default() });
    };
    let secret = secret.and_then(|data| LockedSecret::read(&data, id));
    Ok(Lock { storage: Some(storage), secret, ..Lock::default() })
}

async fn account_data(
    sessions: SessionRuntime,
    user_id: &str,
    kind: String,
) -> Result<Option<Answer>, Error> {
    sessions.send(&GetAccountData { user_id, kind: &kind }).await
}
