//! A copy of the built site that may be changed, and what lies around it.

use anyhow::{Result, ensure};
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;
use testbed::house::config_for;
use testbed::tools::{project, run};

/// What is in the file that lies beside the site's folder, which nobody may read.
pub const OUTSIDE: &str = "this is outside of the site";
/// What is in the files beside `config.json` that somebody compressed long ago.
pub const STALE: &[u8] = b"this is what it once was";

/// The copy.
pub struct Copy(TempDir);

impl Copy {
    /// Copies `dist/`, with the configuration for a homeserver that nobody asks for anything.
    pub fn of_the_site() -> Result<Self> {
        let dist = project().join("dist");
        let is_built = dist.join("SHA256SUMS").exists();
        ensure!(is_built, "The site is not built. Build it with: cargo xtask build");
        let this = Self(TempDir::with_prefix("site-")?);
        open_to_all(this.0.path())?;
        copy(&dist, &this.site())?;
        this.configure(&config_for("https://matrix.invalid", "example.org").to_string())?;
        for end in ["br", "gz"] {
            fs::write(this.site().join(format!("config.json.{end}")), STALE)?;
        }
        fs::write(this.0.path().join("outside.txt"), OUTSIDE)?;
        Ok(this)
    }

    /// The site's folder.
    pub fn site(&self) -> PathBuf {
        self.0.path().join("site")
    }

    /// What a file of the site is.
    pub fn read(&self, path: &str) -> Result<Vec<u8>> {
        let path = if path.is_empty() || path.ends_with('/') {
            [path, "index.html"].concat()
        } else {
            path.to_owned()
        };
        Ok(fs::read(self.site().join(path))?)
    }

    /// From now on, this is `config.json`.
    pub fn configure(&self, config: &str) -> Result<()> {
        let file = self.site().join("config.json");
        fs::write(&file, config)?;
        open_to_all(&file)
    }

    /// The first file in `assets/` whose name begins and ends like this.
    pub fn asset(&self, begin: &str, end: &str) -> Result<String> {
        for entry in fs::read_dir(self.site().join("assets"))? {
            let name = entry?.file_name().to_string_lossy().into_owned();
            if name.starts_with(begin) && name.ends_with(end) {
                return Ok(format!("assets/{name}"));
            }
        }
        anyhow::bail!("there is no {begin}…{end} in assets/")
    }
}

/// The paths of all files in a folder, seen from there, in the order of their names.
pub fn files(folder: &Path) -> Result<Vec<String>> {
    let (mut files, mut folders) = (Vec::new(), vec![folder.to_owned()]);
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.push(path.strip_prefix(folder)?.to_string_lossy().into_owned());
            }
        }
    }
    files.sort();
    Ok(files)
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir(to)?;
    open_to_all(to)?;
    for entry in fs::read_dir(from)? {
        let (from, to) = (entry?.path(), to);
        let to = to.join(from.file_name().unwrap_or_default());
        if from.is_dir() {
            copy(&from, &to)?;
        } else {
            fs::copy(&from, &to)?;
            open_to_all(&to)?;
        }
    }
    Ok(())
}

/// A server that was started by root reads as somebody else.
fn open_to_all(path: &Path) -> Result<()> {
    let mode = if path.is_dir() { 0o755 } else { 0o644 };
    Ok(fs::set_permissions(path, Permissions::from_mode(mode))?)
}

/// As `docs/hosting.md` says that one does.
#[test]
fn a_copy_can_be_checked() -> Result<()> {
    let copy = Copy::of_the_site()?;
    let check = || {
        let mut sha256sum = Command::new("sha256sum");
        run(sha256sum.args(["--check", "--status", "SHA256SUMS"]).current_dir(copy.site()))
    };
    check()?;
    fs::write(copy.site().join("icon.svg"), "<svg/>")?;
    assert!(check().is_err(), "a changed file is not noticed");
    Ok(())
}
