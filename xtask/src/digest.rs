//! Hashes of files.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

/// What a policy and an `integrity` attribute call these bytes.
pub fn integrity(bytes: impl AsRef<[u8]>) -> String {
    ["sha256-", &STANDARD.encode(Sha256::digest(bytes))].concat()
}

/// What `sha256sum` calls these bytes.
pub fn hex(bytes: impl AsRef<[u8]>) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// As much of it as a name needs.
pub fn short(bytes: impl AsRef<[u8]>) -> String {
    hex(bytes).chars().take(10).collect()
}
