//! What would become of encrypted messages: what is known of an account, whether
//! a key is the right one, and the verdict. Pure, but for the arithmetic, which
//! browsers do better ([`Crypto`]).

// The arithmetic that is asked for.
mod crypto;
// What is known of an account.
mod evidence;
// Whether the backup grows.
mod growth;
// Whether somebody has the key.
mod key_answer;
// A recovery key, as it is written down.
mod recovery_key;
// Who signed a session.
mod signatures;
// Keys and secrets of secret storage.
mod storage;
// What it all means.
mod verdict;

pub use crypto::{Bytes, Crypto};
pub use evidence::{Evidence, Identity, SessionKeys, Trust};
pub use growth::Growth;
pub use key_answer::{KeyAnswer, Lock, Tried, Unproven, check_key};
pub use recovery_key::{NotAKey, RecoveryKey};
pub use signatures::identity;
pub use verdict::{Reason, Verdict};

#[cfg(test)]
mod tests;
