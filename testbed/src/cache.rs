//! What was installed for this project, for the user who runs it.

use anyhow::{Context, Result};
use std::path::PathBuf;

/// The folder for it. It may be deleted at any time; what is missing is
/// installed again.
pub fn dir() -> Result<PathBuf> {
    let cache = dirs::cache_dir().context("This user has no folder for caches.")?;
    Ok(cache.join("matrix-account-recovery"))
}
