//! The arithmetic of encryption, as this browser does it.

use crate::browser::web_crypto;
use crate::encryption::{Bytes, Crypto};

/// This browser.
pub struct Browser;

impl Crypto for Browser {
    async fn pbkdf2(&self, passphrase: &[u8], salt: &[u8], iterations: u32) -> Option<Bytes> {
        web_crypto::pbkdf2(passphrase, salt, iterations).await
    }

    async fn hkdf(&self, key: &[u8], info: &str) -> Option<Bytes> {
        web_crypto::hkdf(key, info.as_bytes()).await
    }

    async fn aes_ctr(&self, key: &[u8], iv: &[u8; 16], data: &[u8]) -> Option<Bytes> {
        web_crypto::aes_ctr(key, iv, data).await
    }

    async fn hmac(&self, key: &[u8], data: &[u8]) -> Option<Bytes> {
        web_crypto::hmac(key, data).await
    }

    async fn x25519_public(&self, private: &[u8; 32]) -> Option<[u8; 32]> {
        web_crypto::x25519_public(private).await
    }

    async fn ed25519_verify(&self, key: &[u8], signature: &[u8], text: &[u8]) -> Option<bool> {
        web_crypto::ed25519_verify(key, signature, text).await
    }
}
