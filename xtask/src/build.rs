//! `cargo xtask build`: the release site in `dist/`. Also the debug build with
//! the gallery, for the tests.

use crate::page::{self, Page, Pages};
use crate::route::{Part, Route};
use crate::{licenses, pack, shell, size, split, texts, tools};
use anyhow::Result;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use testbed::tools::{output, project, run, say};

/// Builds the site and says how much a first visit downloads.
pub fn build() -> Result<()> {
    site()?;
    size::report(&dist())
}

/// The standard library is compiled with the site, for size and without the
/// messages of panics, which nobody would read here: 12 kB of brotli less. Cargo
/// calls that unstable, and `RUSTC_BOOTSTRAP` allows it; `rust-toolchain.toml`
/// fixes the compiler that it is tried with. Trunk alone builds the site too,
/// only larger.
const SMALL: [(&str, &str); 4] = [
    ("RUSTC_BOOTSTRAP", "1"),
    ("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort"),
    ("CARGO_UNSTABLE_BUILD_STD_FEATURES", "optimize_for_size"),
    (
        "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS",
        "--cfg erase_components --cfg split -Clink-arg=--emit-relocs -Zunstable-options -Cpanic=immediate-abort -Zfmt-debug=none -Zlocation-detail=none",
    ),
];

/// The program for administrators, which Trunk does not know.
const ADMIN: [&str; 7] = [
    "build",
    "--offline",
    "--locked",
    "--release",
    "--target=wasm32-unknown-unknown",
    "--bin=admin",
    "--quiet",
];

/// The scripts that run before anything is painted, in this order.
const FIRST: [&str; 8] = [
    "fits.js",
    "base.js",
    "stopped.js",
    "theme.js",
    "trusted.js",
    "early.js",
    "shell.js",
    "language.js",
];

/// Builds the site.
pub fn site() -> Result<()> {
    say("Building the site");
    let dist = dist();
    let path = trunk(&dist, &["--release"], &SMALL)?;
    let work = project().join("target/split");
    let (main, parts) = split::split(&dist, &work, &path)?;
    cargo(Command::new("cargo").args(ADMIN), &path, &SMALL)?;
    let admin = split::admin(&dist, &work, &path)?;
    let template = template(&dist, &path)?;
    clear(&dist)?;
    let pages = Pages { dist: &dist, template };
    for route in Route::ALL {
        let (path, part) = (route.path(), route.part());
        let name = shell::of(route);
        let english = shell::fill(name, &texts::read("en")?, false)?;
        let program = if part == Part::Admin { &admin } else { &main };
        pages.write(&Page {
            path,
            part,
            shell: (name, &english),
            program,
            parts: &parts.of(route)?,
        })?;
    }
    page::write_not_found(&dist)?;
    licenses::write(&dist)?;
    pack::pack(&dist)
}

/// Builds the gallery: the same site in debug, with one page more.
pub fn gallery() -> Result<()> {
    say("Building the gallery");
    let dist = project().join("target/gallery");
    trunk(&dist, &[], &[])?;
    let page = fs::read_to_string(dist.join("index.html"))?;
    let page = with_texts(&page, &texts::write(&dist, "")?)?;
    page::place(&dist, "gallery/", &page)?;
    page::place(&dist, "", &page)
}

/// Runs Trunk and gives back the PATH on which it found its tools.
fn trunk(dist: &Path, profile: &[&str], envs: &[(&str, &str)]) -> Result<OsString> {
    let path = tools::path()?;
    // Trunk is kept offline, so that it takes the tools that are there and
    // fetches none of its own.
    let cargo = |command: &mut Command| cargo(command, &path, envs);
    // What the standard library itself needs for WebAssembly comes only where
    // that target is named, and what everything else needs only where none is.
    cargo(Command::new("cargo").args(["fetch", "--quiet", "--locked"]))?;
    let target = ["fetch", "--quiet", "--locked", "--target", "wasm32-unknown-unknown"];
    cargo(Command::new("cargo").args(target))?;
    let build = ["build", "--offline", "--locked", "--log=warn", "--dist"];
    let mut trunk = Command::new("trunk");
    trunk.args(build).arg(dist).args(profile);
    // Some programs set NO_COLOR to 1, which Trunk refuses to read.
    cargo(trunk.env_remove("NO_COLOR"))?;
    Ok(path)
}

fn cargo(command: &mut Command, path: &OsStr, envs: &[(&str, &str)]) -> Result<()> {
    run(command.current_dir(project()).env("PATH", path).envs(envs.iter().copied()))
}

/// Where the site is built to.
pub fn dist() -> PathBuf {
    project().join("dist")
}

/// What all pages are made of.
fn template(dist: &Path, path: &OsStr) -> Result<String> {
    minify(dist, &[&FIRST[..], &["admin.css"]].concat(), path)?;
    let mut scripts = Vec::new();
    for name in FIRST {
        scripts.push((name, fs::read_to_string(dist.join(name))?.trim().to_owned()));
    }
    let style = fs::read_dir(dist)?.filter_map(|entry| Some(entry.ok()?.file_name()));
    let style = style.filter_map(|name| name.into_string().ok());
    let style = style.filter(|name| name.starts_with("main-") && name.ends_with(".css"));
    let style = style.collect::<Vec<_>>().concat();
    minify(dist, &[&style], path)?;
    let html = fs::read_to_string(dist.join("index.html"))?;
    let texts = texts::write(dist, "assets/")?;
    let html = with_texts(&html, &format!("{texts} data-version=\"{}\"", version()))?;
    page::template(&html, &scripts, &fs::read_to_string(dist.join(style))?)
}

/// Says in the page where the texts are.
fn with_texts(html: &str, attributes: &str) -> Result<String> {
    page::replace_once(html, "data-part=\"\"", &["data-part=\"\" ", attributes].concat())
}

/// The version and the commit, as far as there is one.
fn version() -> String {
    let git = |arguments: &[&str]| {
        output(Command::new("git").current_dir(project()).args(arguments)).ok()
    };
    let version = env!("CARGO_PKG_VERSION").to_owned();
    let commit = git(&["rev-parse", "--short=10", "HEAD"]);
    let changed = git(&["status", "--porcelain", "--untracked-files=no"]);
    match (commit, changed) {
        (Some(commit), Some(changed)) if changed.trim().is_empty() => {
            format!("{version} ({})", commit.trim())
        }
        (Some(commit), _) => format!("{version} ({}, changed)", commit.trim()),
        (None, _) => version,
    }
}

/// Trunk's own minifier gives up on what wasm-bindgen writes.
fn minify(dist: &Path, files: &[&str], path: &OsStr) -> Result<()> {
    let mut esbuild = Command::new("esbuild");
    esbuild.env("PATH", path).current_dir(dist).args(files);
    run(esbuild.args(["--minify", "--allow-overwrite", "--outdir=.", "--log-level=warning"]))
}

/// Takes away what is in the pages now, and what Trunk left that was made anew.
fn clear(dist: &Path) -> Result<()> {
    for entry in fs::read_dir(dist)? {
        let file = entry?.path();
        let end = file.extension().and_then(OsStr::to_str).unwrap_or_default();
        let name = file.file_name().and_then(OsStr::to_str).unwrap_or_default();
        if ["js", "wasm"].contains(&end) || (end == "css" && name.starts_with("main-")) {
            fs::remove_file(file)?;
        }
    }
    Ok(())
}
