//! A real Caddy: as the reverse proxy of a homeserver, or with the site on it.

use crate::net::wait_for;
use crate::process::Process;
use crate::tools;
use anyhow::Result;
use std::fs;
use std::net::TcpStream;
use std::process::Command;
use std::time::Duration;
use tempfile::TempDir;

/// A running Caddy.
pub struct Caddy {
    _process: Process,
    _folder: TempDir,
}

impl Caddy {
    /// Starts it with these lines, and waits until it answers at this port. It
    /// asks for no certificates.
    pub async fn start(lines: &str, port: u16) -> Result<Self> {
        let folder = TempDir::with_prefix("caddy-")?;
        let file = folder.path().join("Caddyfile");
        fs::write(&file, format!("{{\n    admin off\n    auto_https off\n}}\n\n{lines}"))?;
        let mut caddy = Command::new(tools::caddy()?);
        caddy.args(["run", "--adapter", "caddyfile", "--config"]).arg(&file);
        caddy.env("XDG_DATA_HOME", folder.path()).env("XDG_CONFIG_HOME", folder.path());
        let mut process = Process::start("Caddy", &mut caddy, &folder.path().join("log"))?;
        wait_for("Caddy", Duration::from_secs(20), || {
            let alive = process.check();
            let open = TcpStream::connect(("127.0.0.1", port)).is_ok();
            async move { alive.map(|()| open.then_some(())) }
        })
        .await?;
        Ok(Self { _process: process, _folder: folder })
    }
}
