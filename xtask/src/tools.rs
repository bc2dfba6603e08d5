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
const BINARYEN: &str = "132.0.0";
const ESBUILD: &str = "0.28.2";

/// A PATH on which the build finds everything.
pub fn path() -> Result<OsString> {
    wasm_target()?;
    std_source()?;
    let cache = cache::dir()?;
    let cargo = cache.join("cargo");
    let node = cache.join("node");
    let paths = env::split_paths(&env::var_os("PATH").unwrap_or_default()).collect::<Vec<_>>();
    let own = [cargo.join("bin"), node.join("node_modules/.bin")];
    let path = env::join_paths(own.into_iter().chain(paths))?;
    from_npm(&path, &node)?;
    trunk(&path, &cargo)?;
    wasm_bindgen(&path, &cargo)?;
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
    cargo_install("trunk", TRUNK, root, &[&["--locked"], &features[..]].concat())
}

fn wasm_bindgen(path: &OsString, root: &Path) -> Result<()> {
    let wanted = locked_version("wasm-bindgen")?;
    if version("wasm-bindgen", path) == Some(wanted.clone()) {
        return Ok(());
    }
    say("Installing wasm-bindgen (once, about three minutes on two cores)");
    cargo_install("wasm-bindgen-cli", &wanted, root, &[])
}

/// `wasm-opt` and `esbuild`.
fn from_npm(path: &OsString, root: &Path) -> Result<()> {
    let binaryen = BINARYEN.split('.').next();
    let there = version("wasm-opt", path).as_deref() == binaryen
        && version("esbuild", path).as_deref() == Some(ESBUILD);
    if there {
        return Ok(());
    }
    say("Installing wasm-opt and esbuild (once, a few seconds)");
    npm::install(root, &[&format!("binaryen@{BINARYEN}"), &format!("esbuild@{ESBUILD}")])
}

/// What a tool says of itself: the first word that starts with a digit.
fn version(tool: &str, path: &OsString) -> Option<String> {
    let tool = which::which_in(tool, Some(path), project()).ok()?;
    let said = output(Command::new(tool).arg("--version").env("PATH", path)).ok()?;
    let mut words = said.split_whitespace();
    words.find(|word| word.starts_with(|c: char| c.is_ascii_digit())).map(str::to_owned)
}

/// The version of a crate in `Cargo.lock`.
fn locked_version(name: &str) -> Result<String> {
    let lock = fs::read_to_string(lock_file())?;
    let (_, after) = lock
        .split_once(&format!("name = \"{name}\"\nversion = \""))
        .with_context(|| format!("{name} is not in Cargo.lock"))?;
    Ok(after.split('"').next().unwrap_or_default().to_owned())
}

fn lock_file() -> PathBuf {
    project().join("Cargo.lock")
}
