//! Packages from npm, each in the version and with the bytes that a lock file in the project pins.

use crate::cache;
use crate::tools::{project, run, say};
use anyhow::{Context, Result, bail};
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use which::which;

/// What the tests take from npm. Which rules for accessibility are checked and what accounts look
/// like depends on the versions there; Lighthouse and the OpenID provider are the newest that run
/// on the Node.js of Debian.
const OF_TESTS: &str = "testbed/npm";

/// axe-core, which finds what is wrong with a page for whoever cannot see it,
/// or not well.
///
/// # Errors
/// If it cannot be installed, in one sentence with what to do.
pub fn axe_core() -> Result<PathBuf> {
    package("axe-core")
}

/// Lighthouse, which gives marks to a page.
///
/// # Errors
/// If it cannot be installed, in one sentence with what to do.
pub fn lighthouse() -> Result<PathBuf> {
    package("lighthouse")
}

/// An OpenID provider.
///
/// # Errors
/// If it cannot be installed, in one sentence with what to do.
pub fn oidc_provider() -> Result<PathBuf> {
    package("oidc-provider")
}

/// The library that Element Web does everything with on a homeserver.
///
/// # Errors
/// If it cannot be installed, in one sentence with what to do.
pub fn matrix_js_sdk() -> Result<PathBuf> {
    package("matrix-js-sdk")
}

fn package(name: &str) -> Result<PathBuf> {
    Ok(install(OF_TESTS)?.join(name))
}

/// Installs what the lock file in a folder of the project pins, once, and gives back the folder
/// `node_modules` with it. npm refuses a package whose bytes are not those of the lock file. No
/// package runs a script while it is installed.
///
/// # Errors
/// If that fails; if there is no npm, in one sentence with what to do.
pub fn install(folder: &str) -> Result<PathBuf> {
    let _lock = cache::lock()?;
    let from = project().join(folder);
    let files = ["package.json", "package-lock.json"];
    let texts = files.map(|file| fs::read_to_string(from.join(file)));
    let [package, locked] = texts;
    let texts = [package?, locked?];
    // Another lock file gets another folder: older ones may be in use in other working copies.
    let mut hasher = DefaultHasher::new();
    texts.hash(&mut hasher);
    let name = format!("{}-{:016x}", folder.replace('/', "-"), hasher.finish());
    let dir = cache::dir()?.join("npm").join(name);
    let modules = dir.join("node_modules");
    // Written last: what was cut off on the way is installed again.
    let stamp = dir.join("installed");
    if stamp.exists() && modules.exists() {
        return Ok(modules);
    }
    let Ok(npm) = which("npm") else {
        bail!(
            "Node.js with npm is needed and was not found. Install it with: apt-get install \
             nodejs npm (Debian, Ubuntu), dnf install nodejs (Fedora) or brew install node (macOS)."
        );
    };
    say(&format!("Installing what {folder} names (once, less than a minute)"));
    fs::create_dir_all(&dir)?;
    for (file, text) in files.iter().zip(&texts) {
        fs::write(dir.join(file), text)?;
    }
    let quiet = ["--no-audit", "--no-fund", "--loglevel=error"];
    let mut command = Command::new(npm);
    command.current_dir(&dir).args(["ci", "--ignore-scripts"]).args(quiet);
    run(command.stdout(Stdio::null()))
        .with_context(|| format!("npm could not install {folder}"))?;
    fs::write(stamp, "")?;
    Ok(modules)
}
