//! A real Apache, with the site on it.

use crate::net::wait_for;
use crate::process::Process;
use crate::tools;
use anyhow::Result;
use std::fs;
use std::net::TcpStream;
use std::process::Command;
use std::time::Duration;
use tempfile::TempDir;

/// A running Apache.
pub struct Apache {
    _process: Process,
    _folder: TempDir,
}

/// Where Debian has what modules are switched on with.
const MODULES: &str = "/etc/apache2/mods-available";

/// What Debian switches on by itself and what has to do with files, each with what Debian says
/// of it. The last two come with `a2enmod headers rewrite`.
const SWITCHED_ON: [&str; 17] = [
    "mpm_event.load",
    "authz_core.load",
    "alias.load",
    "autoindex.load",
    "deflate.load",
    "deflate.conf",
    "dir.load",
    "dir.conf",
    "env.load",
    "filter.load",
    "mime.load",
    "mime.conf",
    "negotiation.load",
    "negotiation.conf",
    "setenvif.load",
    "headers.load",
    "rewrite.load",
];

impl Apache {
    /// Starts it with these lines, and waits until it answers at this port. Where root starts it,
    /// it reads the files as `www-data`.
    pub async fn start(lines: &str, port: u16) -> Result<Self> {
        let folder = TempDir::with_prefix("apache-")?;
        let at = folder.path().display();
        let modules = SWITCHED_ON.map(|name| format!("Include {MODULES}/{name}\n")).concat();
        let config = format!(
            "ServerRoot /etc/apache2\nServerName localhost\nDefaultRuntimeDir {at}\n\
             PidFile {at}/pid\nErrorLog {at}/log\n{modules}\
             User www-data\nGroup www-data\nListen 127.0.0.1:{port}\n\
             <FilesMatch \"^\\.ht\">\n  Require all denied\n</FilesMatch>\n{lines}\n"
        );
        let file = folder.path().join("apache2.conf");
        fs::write(&file, config)?;
        let mut apache = Command::new(tools::apache()?);
        apache.arg("-DFOREGROUND").arg("-f").arg(&file);
        let mut process = Process::start("Apache", &mut apache, &folder.path().join("log"))?;
        wait_for("Apache", Duration::from_secs(20), || {
            let alive = process.check();
            let open = TcpStream::connect(("127.0.0.1", port)).is_ok();
            async move { alive.map(|()| open.then_some(())) }
        })
        .await?;
        Ok(Self { _process: process, _folder: folder })
    }
}
