//! Trunk and what it calls: taken from PATH in the right version, otherwise
//! installed once into the user's cache.

use anyhow::{Context, Result};
use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use testbed::tools::{cargo_install, output, project, run, say};
use testbed::{cache, npm};

const TRUNK: &str = "0.21.14";
/// What is taken from npm, pinned in the lock file there: `wasm-opt` and `esbuild`.
const FROM_NPM: &str = "xtask/npm";

/// A PATH on which the build finds everything.
pub fn path() -> Result<OsString> {
    wasm_target()?;
    std_source()?;
    let cargo = cache::dir()?.join("cargo");
    let paths = env::split_paths(&env::var_os("PATH").unwrap_or_default()).collect::<Vec<_>>();
    let own = [wasm_bindgen()?, npm::install(FROM_NPM)?.join(".bin"), cargo.join("bin")];
    let path = env::join_paths(own.into_iter().chain(paths))?;
    trunk(&path, &cargo)?;
    Ok(path)
}

/// Where rustup does not add what `rust-toolchain.toml` names by itself.
fn wasm_target() -> Result<()> {
    const TARGET: &str = "wasm32-unknown-unknown";
    let mut rustc = Command::new("rustc");
    rustc.current_dir(project()).args(["--print", "target-libdir", "--target", TARGET]);
    if Path::new(output(&mut rustc)?.trim()).exists() {
        return Ok(());
    }
    say("Installing the compiler's part for WebAssembly (once)");
    run(Command::new("rustup").current_dir(project()).args(["target", "add", TARGET])).context(
        "The compiler's part for WebAssembly is missing. Install Rust with rustup, or install \
         the standard library for wasm32-unknown-unknown.",
    )
}

/// The source of the standard library, which the release build compiles anew.
fn std_source() -> Result<()> {
    let mut rustc = Command::new("rustc");
    let root = output(rustc.current_dir(project()).args(["--print", "sysroot"]))?;
    if Path::new(root.trim()).join("lib/rustlib/src/rust/library").exists() {
        return Ok(());
    }
    say("Installing the source of the standard library (once)");
    run(Command::new("rustup").current_dir(project()).args(["component", "add", "rust-src"]))
        .context("The source of the standard library is missing. Install Rust with rustup.")
}

fn trunk(path: &OsString, root: &Path) -> Result<()> {
    if version("trunk", path).as_deref() == Some(TRUNK) {
        return Ok(());
    }
    say("Installing Trunk (once, about six minutes on two cores)");
    let features = ["--no-default-features", "--features", "rustls"];
    cargo_install("trunk", TRUNK, root, &features)
}

/// Builds this package's `bindgen`, unless it is up to date, and gives back a folder that has it
/// under the name `wasm-bindgen`.
fn wasm_bindgen() -> Result<PathBuf> {
    let mut cargo = Command::new("cargo");
    cargo.current_dir(project()).args(["build", "--quiet", "--locked", "--package", "xtask"]);
    run(cargo.args(["--bin", "bindgen"])).context("wasm-bindgen could not be built")?;
    // `cargo xtask` builds this program into the same folder.
    let this = env::current_exe()?;
    let programs = this.parent().context("this program is in no folder")?;
    let folder = programs.join("tools");
    fs::create_dir_all(&folder)?;
    let link = folder.join("wasm-bindgen");
    if !link.exists() {
        std::os::unix::fs::symlink("../bindgen", &link).context("wasm-bindgen has no name")?;
    }
    Ok(folder)
}

/// What a tool says of itself: the first word that starts with a digit.
fn version(tool: &str, path: &OsString) -> Option<String> {
    let tool = which::which_in(tool, Some(path), project()).ok()?;
    let said = output(Command::new(tool).arg("--version").env("PATH", path)).ok()?;
    let mut words = said.split_whitespace();
    words.find(|word| word.starts_with(|c: char| c.is_ascii_digit())).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    /// What npm installs are the bytes that were looked at, from wherever the user gets packages.
    #[test]
    fn every_package_from_npm_is_locked_by_its_bytes() -> Result<()> {
        for folder in [FROM_NPM, "testbed/npm"] {
            let read = |file: &str| -> Result<Value> {
                Ok(serde_json::from_str(&fs::read_to_string(project().join(folder).join(file))?)?)
            };
            let (asked, lock) = (read("package.json")?, read("package-lock.json")?);
            let asked = asked["dependencies"].as_object().context("nothing is asked for")?;
            let packages = lock["packages"].as_object().context("nothing is locked")?;
            for (name, version) in asked {
                let locked = &packages[&format!("node_modules/{name}")]["version"];
                assert_eq!(locked, version, "{name} in {folder}");
            }
            for (path, package) in packages.iter().filter(|(path, _)| !path.is_empty()) {
                let integrity = package["integrity"].as_str().unwrap_or_default();
                assert!(integrity.starts_with("sha512-"), "{path} in {folder}: {integrity:?}");
                let resolved = package["resolved"].as_str().unwrap_or_default();
                assert!(!resolved.contains("//"), "{path} in {folder}: {resolved}");
            }
        }
        Ok(())
    }

    /// Trunk asks for the version of the site's own.
    #[test]
    fn the_linked_wasm_bindgen_has_the_version_of_the_site() -> Result<()> {
        let lock = fs::read_to_string(project().join("Cargo.lock"))?;
        let version = |name: &str| {
            let (_, after) = lock.split_once(&format!("name = \"{name}\"\nversion = \""))?;
            after.split('"').next()
        };
        assert!(version("wasm-bindgen").is_some());
        assert_eq!(version("wasm-bindgen"), version("wasm-bindgen-cli-support"));
        Ok(())
    }
}
