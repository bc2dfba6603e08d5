//! The same commit gives the same bytes, wherever it is built.

use crate::{build, pack};
use anyhow::{Context, Result, ensure};
use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use testbed::tools::{project, run};

/// Builds the site here, and then elsewhere.
pub fn reproduce() -> Result<()> {
    build::site()?;
    compare()
}

/// Builds the site in another folder, from nothing and with packages that lie in another folder
/// too, and compares every file with what is in `dist/`.
pub fn compare() -> Result<()> {
    let elsewhere = tempfile::tempdir()?;
    let copy = elsewhere.path().join("in another folder/site");
    copy_to(&copy)?;
    let home = elsewhere.path().join("packages");
    fill_cargo_home(&home)?;
    let mut cargo = Command::new("cargo");
    cargo.current_dir(&copy).args(["xtask", "build"]).env("CARGO_HOME", home);
    run(cargo.env_remove("CARGO_TARGET_DIR"))?;
    let (here, there) = (list(&build::dist())?, list(&copy.join("dist"))?);
    let differ: Vec<_> = here.symmetric_difference(&there).map(String::as_str).collect();
    ensure!(differ.is_empty(), "Built elsewhere, these files differ:\n{}", differ.join("\n"));
    println!("Built elsewhere, all {} files are the same.", here.len());
    Ok(())
}

/// Copies the project as it stands, with its history, but not what was made of it.
fn copy_to(copy: &Path) -> Result<()> {
    fs::create_dir_all(copy)?;
    for entry in fs::read_dir(project())? {
        let entry = entry?;
        if entry.file_name() != "target" && entry.file_name() != "dist" {
            run(Command::new("cp").arg("-pR").arg(entry.path()).arg(copy))?;
        }
    }
    Ok(())
}

/// A folder for cargo that is not where the first build had it. What was downloaded is
/// taken from there.
fn fill_cargo_home(home: &Path) -> Result<()> {
    let usual = || Some(PathBuf::from(env::var_os("HOME")?).join(".cargo"));
    let first = env::var_os("CARGO_HOME").map(PathBuf::from).or_else(usual);
    let first = first.context("cargo has no folder of its own")?;
    fs::create_dir_all(home)?;
    for name in ["registry", "config.toml", "credentials.toml"] {
        let from = first.join(name);
        if from.exists() {
            std::os::unix::fs::symlink(from, home.join(name))?;
        }
    }
    Ok(())
}

/// The files of a site, each with its hash.
fn list(dist: &Path) -> Result<BTreeSet<String>> {
    let list = fs::read_to_string(dist.join(pack::LIST))?;
    Ok(list.lines().map(str::to_owned).collect())
}
