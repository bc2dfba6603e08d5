//! Packages from npm, each of a fixed version in a folder of its own.

use crate::cache;
use crate::tools::{run, say};
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use which::which;

/// Which rules for accessibility are checked depends on it.
const AXE: &str = "4.14.1";
/// The newest that runs on the Node.js of Debian.
const LIGHTHOUSE: &str = "12.8.2";
/// The newest that is meant for the Node.js of Debian.
const OIDC_PROVIDER: &str = "8.8.1";
/// What accounts look like depends on it.
const MATRIX_JS_SDK: &str = "43.0.0";

/// axe-core, which finds what is wrong with a page for whoever cannot see it,
/// or not well.
///
/// # Errors
/// If it cannot be installed, in one sentence with what to do.
pub fn axe_core() -> Result<PathBuf> {
    package("axe-core", AXE)
}

/// Lighthouse, which gives marks to a page.
///
/// # Errors
/// If it cannot be installed, in one sentence with what to do.
pub fn lighthouse() -> Result<PathBuf> {
    package("lighthouse", LIGHTHOUSE)
}

/// An OpenID provider.
///
/// # Errors
/// If it cannot be installed, in one sentence with what to do.
pub fn oidc_provider() -> Result<PathBuf> {
    package("oidc-provider", OIDC_PROVIDER)
}

/// The library that Element Web does everything with on a homeserver.
///
/// # Errors
/// If it cannot be installed, in one sentence with what to do.
pub fn matrix_js_sdk() -> Result<PathBuf> {
    package("matrix-js-sdk", MATRIX_JS_SDK)
}

/// A package of this version, installed once. Gives back its own folder.
///
/// # Errors
/// If it cannot be installed, in one sentence with what to do.
pub fn package(name: &str, version: &str) -> Result<PathBuf> {
    let _lock = cache::lock()?;
    let wanted = format!("{name}@{version}");
    let dir = cache::dir()?.join("npm").join(&wanted);
    let package = dir.join("node_modules").join(name);
    // Written last: what was cut off on the way is installed again.
    let stamp = dir.join("installed");
    if stamp.exists() && package.exists() {
        return Ok(package);
    }
    if dir.exists() {
        fs::remove_dir_all(&dir)?;
    }
    say(&format!("Installing {name} (once, a few seconds)"));
    install(&dir, &[&wanted])?;
    fs::write(stamp, wanted)?;
    Ok(package)
}

/// Installs packages into a folder, each as `name@version`.
///
/// # Errors
/// If there is no npm, in one sentence with what to do.
pub fn install(dir: &Path, packages: &[&str]) -> Result<()> {
    let Ok(npm) = which("npm") else {
        bail!(
            "Node.js with npm is needed and was not found. Install it with: apt-get install \
             nodejs npm (Debian, Ubuntu), dnf install nodejs (Fedora) or brew install node (macOS)."
        );
    };
    fs::create_dir_all(dir)?;
    let quiet = ["--no-save", "--no-audit", "--no-fund", "--loglevel=error", "--prefix"];
    let mut command = Command::new(npm);
    command.current_dir(dir).arg("install").args(quiet).arg(dir).args(packages);
    run(command.stdout(Stdio::null()))
        .with_context(|| format!("npm could not install {}", packages.join(" and ")))
}
