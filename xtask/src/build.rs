//! `cargo xtask build`: the release site in `dist/`. Also the debug build with
//! the gallery, for the tests.

use crate::route::{Part, Route};
use crate::{size, split, texts, tools};
use anyhow::{Context, Result, ensure};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};
use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use testbed::tools::{project, run, say};

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

/// Builds the site.
pub fn site() -> Result<()> {
    say("Building the site");
    let dist = dist();
    let path = trunk(&dist, &["--release"], &SMALL)?;
    let main = program(&dist)?;
    let parts = split::split(&dist, &main, &path)?;
    cargo(Command::new("cargo").args(ADMIN), &path, &SMALL)?;
    let admin = split::admin(&dist, &path)?;
    minify(&dist, &path)?;
    write_texts(&dist)?;
    // The first page is what the others are made from.
    for route in Route::ALL.into_iter().rev() {
        write_page(&dist, route.path(), route.part(), parts.of(route)?)?;
        if route.part() == Part::Admin {
            let page = dist.join(route.path()).join("index.html");
            fs::write(&page, fs::read_to_string(&page)?.replace(&main, &admin))?;
        }
    }
    write_not_found(&dist)
}

/// Builds the gallery: the same site in debug, with one page more.
pub fn gallery() -> Result<()> {
    say("Building the gallery");
    let dist = project().join("target/gallery");
    trunk(&dist, &[], &[])?;
    write_texts(&dist)?;
    write_page(&dist, "gallery/", Part::Reset, &[])
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

/// Trunk's own minifier gives up on what wasm-bindgen writes.
fn minify(dist: &Path, path: &OsStr) -> Result<()> {
    let mut esbuild = Command::new("esbuild");
    esbuild.env("PATH", path).current_dir(dist);
    esbuild.args(["--minify", "--allow-overwrite", "--outdir=.", "--log-level=warning"]);
    esbuild.arg(split::QUIET);
    for entry in fs::read_dir(dist)? {
        let file = entry?.path();
        let end = file.extension().and_then(OsStr::to_str).unwrap_or_default();
        if ["js", "css"].contains(&end) {
            esbuild.arg(file.file_name().unwrap_or_default());
        }
    }
    run(&mut esbuild)
}

/// What Trunk called the program, without its ending.
fn program(dist: &Path) -> Result<String> {
    let page = fs::read_to_string(dist.join("index.html"))?;
    let (_, after) = page.split_once("data-js=\"").context("the page starts no program")?;
    let (name, _) = after.split_once(".js\"").context("the page starts no program")?;
    Ok(name.to_owned())
}

/// The texts of all languages, and in the page where they are.
fn write_texts(dist: &Path) -> Result<()> {
    let page = dist.join("index.html");
    let attributes = ["data-part=\"\" ", &texts::write(dist)?].concat();
    let html = replace_once(&fs::read_to_string(&page)?, "data-part=\"\"", &attributes)?;
    Ok(fs::write(page, html)?)
}

/// A page of its own for a path: it says where the site's folder is, seen
/// from there. The parts of the program that it needs are loaded with the first.
fn write_page(dist: &Path, path: &str, part: Part, parts: &[String]) -> Result<()> {
    let page = fs::read_to_string(dist.join("index.html"))?;
    let loads = parts
        .iter()
        .map(|part| format!("<link rel=\"preload\" href=\"{part}\" as=\"fetch\" crossorigin>"));
    let loads = loads.collect::<Vec<_>>().concat();
    let page = replace_once(&page, "</head>", &[&loads, "</head>"].concat())?;
    let texts = format!("data-part=\"{}\"", part.texts().0);
    let page = replace_once(&page, "data-part=\"\"", &texts)?;
    if path.is_empty() {
        return Ok(fs::write(dist.join("index.html"), page)?);
    }
    let up = "../".repeat(path.matches('/').count());
    let page = replace_once(&page, "<base href=\"./\">", &format!("<base href=\"{up}\">"))?;
    let page = replace_once(&page, "data-route=\"\"", &format!("data-route=\"{path}\""))?;
    let folder = dist.join(path);
    fs::create_dir_all(&folder)?;
    fs::write(folder.join("index.html"), page)?;
    copy_base(dist, &folder)
}

/// `base.js` lies in every folder from the site's down to the page.
fn copy_base(dist: &Path, folder: &Path) -> Result<()> {
    for folder in folder.ancestors().take_while(|folder| *folder != dist) {
        fs::copy(dist.join("base.js"), folder.join("base.js"))?;
    }
    Ok(())
}

/// The page for unknown addresses cannot know how deep it is shown, so it uses
/// no file but itself. Its style is allowed by its hash and nothing else is.
fn write_not_found(dist: &Path) -> Result<()> {
    let file = dist.join("404.html");
    let page = fs::read_to_string(&file)?;
    let (_, style) = page.split_once("<style>").context("404.html has no style")?;
    let (style, _) = style.split_once("</style>").context("404.html has no style")?;
    let hash = STANDARD.encode(Sha256::digest(style));
    let page = replace_once(&page, "{hash of the style}", &format!("sha256-{hash}"))?;
    Ok(fs::write(file, page)?)
}

fn replace_once(text: &str, old: &str, new: &str) -> Result<String> {
    ensure!(text.matches(old).count() == 1, "{old} is not there exactly once");
    Ok(text.replacen(old, new, 1))
}
