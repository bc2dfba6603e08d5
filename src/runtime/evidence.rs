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
use futures_util::future::{join, join4};

/// All of it, at once. `None` if nobody is signed in any more.
pub async fn gather(sessions: SessionRuntime) -> Option<Evidence> {
    let session = sessions.get_untracked()?;
    let user_id = session.user_id.as_str();
    let (backup, storage, keys, devices) = join4(
        backup(sessions),
        storage(sessions, user_id),
        keys(sessions, user_id),
        sessions.send(&GetDevices),
    )
    .await;
    let lock = match (backup, storage) {
        (Ok(backup), Ok((storage, secret))) => Ok(Lock { storage, secret, backup }),
        (Err(error), _) | (_, Err(error)) => Err(error),
    };
    Some(Evidence { lock, identity: keys, devices, this: session.device_id })
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
async fn storage(
    sessions: SessionRuntime,
    user_id: &str,
) -> Result<(Option<StorageKey>, Option<LockedSecret>), Error> {
    let kinds = ["m.secret_storage.default_key", BACKUP_KEY];
    let [default, secret] = kinds.map(|kind| account_data(sessions, user_id, kind.to_owned()));
    let (default, secret) = join(default, secret).await;
    let (default, secret) = (default?, secret?);
    let Some(id) = default.as_ref().and_then(default_key) else { return Ok((None, None)) };
    let described = account_data(sessions, user_id, key_kind(id)).await?;
    let key = described.and_then(|data| StorageKey::read(id, &data));
    let secret = secret.and_then(|data| LockedSecret::read(&data, id));
    Ok((key, secret))
}

async fn account_data(
    sessions: SessionRuntime,
    user_id: &str,
    kind: String,
) -> Result<Option<Answer>, Error> {
    sessions.send(&GetAccountData { user_id, kind: &kind }).await
}
