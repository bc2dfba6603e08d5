//! Other people's accounts, for the administrators of a homeserver: the Admin API
//! of Synapse, as far as getting people back into their accounts needs it.
//! Tuwunel speaks it too; Dendrite has one endpoint of its own.
//!
//! What changes an account takes a [`KnownUser`], which comes only out of an
//! answer of the homeserver: Synapse creates the account that a `PUT` names
//! where there is none, so that a slip would make a new one.

// One account.
pub mod account;
// What an administrator may see of an account's encryption.
pub mod account_data;
// The accounts of the homeserver, page by page.
pub mod accounts;
// What homeservers answer.
#[cfg(test)]
mod answers;
// A new account.
pub mod create;
// Letting a person set up their encryption anew.
pub mod cross_signing;
// Closing an account.
pub mod deactivate;
// Dendrite's own endpoint.
pub mod dendrite;
// The email addresses on an account.
pub mod emails;
// An account by something else than its Matrix ID.
pub mod find;
// Locking an account, and suspending it.
pub mod lock;
// A new password for an account, also for one that was closed.
pub mod password;
// The sessions of an account.
pub mod sessions;
// Whether the API is there.
pub mod version;

pub use account::{Account, KnownUser, Listed, Threepid};

use super::wire::segment;
use std::time::Duration;

/// A server that hashes a password, or has many sessions to end, takes its time.
const PATIENCE: Duration = Duration::from_secs(90);

/// A path of the Admin API about one account.
fn path(before: &str, user: &str, after: &str) -> String {
    ["/_synapse/admin/", before, "/", &segment(user), after].concat()
}
