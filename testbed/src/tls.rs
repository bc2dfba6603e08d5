//! A certificate for a made-up host name, which nobody signed. A browser that is told to (see
//! [`Options`](crate::browser::Options)) does not mind.

use anyhow::Result;
use std::fs;
use std::path::PathBuf;
use tempfile::TempDir;

/// The certificate and its key, as files.
pub struct Keys(TempDir);

impl Keys {
    /// Makes them.
    pub fn of(name: &str) -> Result<Self> {
        let certificate = rcgen::generate_simple_self_signed([name.to_owned()])?;
        let this = Self(TempDir::with_prefix("tls-")?);
        fs::write(this.chain(), certificate.cert.pem())?;
        fs::write(this.key(), certificate.signing_key.serialize_pem())?;
        Ok(this)
    }

    /// Where the certificate is.
    pub fn chain(&self) -> PathBuf {
        self.0.path().join("chain.pem")
    }

    /// Where its key is.
    pub fn key(&self) -> PathBuf {
        self.0.path().join("key.pem")
    }
}
