//! Accounts with end-to-end encryption, as a real client leaves them.

use crate::process;
use crate::{npm, tools};
use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::process::Command;
use std::time::Duration;

/// What an account has. Each has sent a message in a room of its own, so that
/// there is a key without which it cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Kind {
    /// All of it, for a recovery key that is made from a passphrase.
    ByPassphrase,
    /// All of it, for a generated recovery key.
    ByKey,
    /// A backup, but no secret storage: only the device has its key.
    BackupWithoutStorage,
    /// All of it, and another device that was never verified.
    OneUnverified,
    /// A device, and nothing beyond it.
    Nothing,
    /// All of it, but the key in secret storage is that of an earlier backup.
    BackupReplaced,
    /// All of it, for the second time: the recovery key that was noted first
    /// opens nothing any more.
    StorageReplaced,
}

/// An account that was prepared.
#[derive(Clone, Debug, Deserialize)]
pub struct Account {
    /// Its Matrix ID.
    pub user_id: String,
    /// Its password.
    pub password: String,
    /// Opens its secret storage, where there is one.
    pub recovery_key: Option<String>,
    /// The recovery key is made from it.
    pub passphrase: Option<String>,
    /// Opened a secret storage that is gone.
    pub old_recovery_key: Option<String>,
    /// The encrypted room with its message.
    pub room_id: String,
    /// Its devices, the oldest first. All of them are signed in.
    pub devices: Vec<Device>,
}

/// A device of an account.
#[derive(Clone, Debug, Deserialize)]
pub struct Device {
    /// What the homeserver calls it.
    pub id: String,
    /// What a person calls it.
    pub name: String,
    /// Its session.
    pub access_token: String,
    /// Whether the account vouches for it.
    pub verified: bool,
}

/// Longer than any kind takes, on a machine that is busy.
const PATIENCE: Duration = Duration::from_secs(120);

/// Signs in to an account that has no devices yet, and prepares it.
///
/// # Errors
/// If the client cannot be installed or does not manage, with what it said.
pub async fn prepare(synapse_url: &str, kind: Kind, user: &str, password: &str) -> Result<Account> {
    let order = json!({
        "homeserver": synapse_url, "kind": kind, "user": user, "password": password,
    });
    let mut node = Command::new("node");
    node.arg(tools::project().join("testbed/accounts/prepare.mjs"))
        .arg(npm::matrix_js_sdk()?)
        .arg(order.to_string());
    let account = process::output("The client", &mut node, PATIENCE).await?;
    serde_json::from_str(&account).with_context(|| format!("not an account: {account}"))
}
