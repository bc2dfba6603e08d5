//! Keys and secrets of secret storage. (Client-server API, "Secret storage",
//! `m.secret_storage.v1.aes-hmac-sha2`.)

use super::crypto::{Bytes, Crypto};
use crate::matrix::secret_storage::{KeyCheck, LockedSecret};

/// The two keys that a secret is locked with: for AES, and for the MAC.
async fn keys_for<C: Crypto>(key: &[u8], name: &str, crypto: &C) -> Option<(Bytes, Bytes)> {
    let both = crypto.hkdf(key, name).await?;
    let (aes, mac) = both.split_at_checked(32)?;
    Some((Bytes::new(aes.to_vec()), Bytes::new(mac.to_vec())))
}

/// Whether this is the key that was described. `None` if it cannot be found out
/// here.
pub async fn is_key<C: Crypto>(key: &[u8], check: &KeyCheck, crypto: &C) -> Option<bool> {
    let (aes, mac) = keys_for(key, "", crypto).await?;
    let locked = crypto.aes_ctr(&aes, &check.iv, &[0; 32]).await?;
    Some(same(&crypto.hmac(&mac, &locked).await?, &check.mac))
}

/// Opens a secret. The inner `None` is a key that is not the right one.
pub async fn open<C: Crypto>(
    key: &[u8],
    name: &str,
    secret: &LockedSecret,
    crypto: &C,
) -> Option<Option<Bytes>> {
    let (aes, mac) = keys_for(key, name, crypto).await?;
    if !same(&crypto.hmac(&mac, &secret.ciphertext).await?, &secret.mac) {
        return Some(None);
    }
    Some(Some(crypto.aes_ctr(&aes, &secret.iv, &secret.ciphertext).await?))
}

/// Whether two MACs are the same, in the same time wherever they differ.
fn same(one: &[u8], other: &[u8; 32]) -> bool {
    one.len() == other.len()
        && one.iter().zip(other).fold(0, |differs, (one, other)| differs | (one ^ other)) == 0
}
