//! What was installed for this project, for the user who runs it.

use anyhow::{Context, Result};
use std::fs::{self, File};
use std::path::PathBuf;

/// The folder for it. It may be deleted at any time; what is missing is
/// installed again.
pub fn dir() -> Result<PathBuf> {
    let cache = dirs::cache_dir().context("This user has no folder for caches.")?;
    Ok(cache.join("matrix-account-recovery"))
}

/// Waits until nobody else installs anything into it. Nobody does before what is
/// given back is dropped: tests run side by side, and so may programs.
pub fn lock() -> Result<File> {
    let dir = dir()?;
    fs::create_dir_all(&dir)?;
    let lock = File::create(dir.join("lock"))?;
    lock.lock()?;
    Ok(lock)
}
