//! The arithmetic that is asked for.

use zeroize::Zeroizing;

/// Bytes that are wiped after use.
pub type Bytes = Zeroizing<Vec<u8>>;

/// Does it. `None` is a browser that cannot.
#[expect(async_fn_in_trait, reason = "nothing here runs on more than one thread")]
pub trait Crypto {
    /// PBKDF2 with SHA-512; 32 bytes.
    async fn pbkdf2(&self, passphrase: &[u8], salt: &[u8], iterations: u32) -> Option<Bytes>;

    /// HKDF with SHA-256 and 32 zero bytes as its salt; 64 bytes.
    async fn hkdf(&self, key: &[u8], info: &str) -> Option<Bytes>;

    /// AES-256 in counter mode, which locks and unlocks alike.
    async fn aes_ctr(&self, key: &[u8], iv: &[u8; 16], data: &[u8]) -> Option<Bytes>;

    /// HMAC with SHA-256.
    async fn hmac(&self, key: &[u8], data: &[u8]) -> Option<Bytes>;

    /// The public half of an X25519 key.
    async fn x25519_public(&self, private: &[u8; 32]) -> Option<[u8; 32]>;

    /// Whether an Ed25519 signature is right.
    async fn ed25519_verify(&self, key: &[u8], signature: &[u8], text: &[u8]) -> Option<bool>;
}
