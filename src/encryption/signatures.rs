//! Who signed a session.

use super::crypto::Crypto;
use super::evidence::{Identity, SessionKeys, Trust};
use crate::matrix::base64;
use crate::matrix::cross_signing::{OwnKeys, SignedKey};

/// Looks whether the key that stands for the person has signed their sessions,
/// by way of the key that it signed for that.
pub async fn identity<C: Crypto>(user_id: &str, keys: &OwnKeys, crypto: &C) -> Identity {
    let chain = chain(user_id, keys, crypto).await;
    let mut sessions = Vec::with_capacity(keys.devices.len());
    for (id, device) in &keys.devices {
        let trust = match &chain {
            Some((signing, trust)) => trust.and(signed_by(user_id, device, signing, crypto).await),
            None => Trust::Unsigned,
        };
        sessions.push(SessionKeys { id: id.clone(), trust });
    }
    Identity { is_set_up: chain.is_some(), sessions }
}

/// The key that signs sessions, and whether the person's own key signed it.
async fn chain<'a, C: Crypto>(
    user_id: &str,
    keys: &'a OwnKeys,
    crypto: &C,
) -> Option<(&'a SignedKey, Trust)> {
    let (master, signing) = (keys.master.as_ref()?, keys.self_signing.as_ref()?);
    master.ed25519()?;
    Some((signing, signed_by(user_id, signing, master, crypto).await))
}

async fn signed_by<C: Crypto>(
    user_id: &str,
    signed: &SignedKey,
    by: &SignedKey,
    crypto: &C,
) -> Trust {
    let Some((name, key)) = by.ed25519() else { return Trust::Unsigned };
    let Some(signature) = signed.signature(user_id, &name) else { return Trust::Unsigned };
    let key = base64::decode_exactly::<32>(&key);
    let signature = base64::decode_exactly::<64>(&signature);
    let (Some(key), Some(signature)) = (key, signature) else { return Trust::Wrong };
    let text = signed.signed_text();
    match crypto.ed25519_verify(&key, &signature, text.as_bytes()).await {
        Some(true) => Trust::Signed,
        Some(false) => Trust::Wrong,
        None => Trust::Claimed,
    }
}
