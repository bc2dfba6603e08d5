//! A real nginx: as the reverse proxy of a homeserver, or with the site on it.

use crate::net::{free_port, wait_for};
use crate::process::Process;
use crate::tls::Keys;
use crate::tools;
use anyhow::Result;
use std::fs;
use std::net::TcpStream;
use std::process::Command;
use std::time::Duration;
use tempfile::TempDir;

/// A running nginx.
pub struct Nginx {
    process: Process,
    folder: TempDir,
    port: u16,
    /// The port for TLS, and where its keys are.
    tls: Option<(u16, Keys)>,
}

impl Nginx {
    /// Starts it with these lines in its only `server` block.
    pub async fn start(lines: &str) -> Result<Self> {
        let port = free_port()?;
        Self::serve("", &server(port, lines), port).await
    }

    /// Starts it with these lines before its `http` block and in it, and waits until it answers
    /// at this port.
    pub async fn serve(before: &str, http: &str, port: u16) -> Result<Self> {
        let (process, folder) = start(before, http)?;
        let mut this = Self { process, folder, port, tls: None };
        this.answers().await?;
        Ok(this)
    }

    /// Starts it with the built site over TLS. A browser that is told to (see
    /// [`Options`](crate::browser::Options)) finds a name at [`Nginx::tls`].
    pub async fn with_site(name: &str, config: &str) -> Result<Self> {
        let keys = Keys::of(name)?;
        let tls = free_port()?;
        let mut this = Self::start(&format!(
            "listen 127.0.0.1:{tls} ssl;\nssl_certificate {};\nssl_certificate_key {};\n\
             include /etc/nginx/mime.types;\ntypes {{ application/wasm wasm; }}\n\
             root {};\nlocation = /config.json {{ default_type application/json; return 200 '{config}'; }}",
            keys.chain().display(),
            keys.key().display(),
            tools::project().join("dist").display(),
        ))
        .await?;
        this.tls = Some((tls, keys));
        Ok(this)
    }

    /// Where it answers over TLS.
    pub fn tls(&self) -> String {
        format!("127.0.0.1:{}", self.tls.as_ref().map_or(0, |(port, _)| *port))
    }

    /// Starts it again with other lines, at the same address.
    pub async fn change(&mut self, lines: &str) -> Result<()> {
        self.process.stop();
        (self.process, self.folder) = start("", &server(self.port, lines))?;
        self.answers().await
    }

    /// Where it answers.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    async fn answers(&mut self) -> Result<()> {
        let port = self.port;
        wait_for("nginx", Duration::from_secs(20), || {
            let alive = self.process.check();
            let open = TcpStream::connect(("127.0.0.1", port)).is_ok();
            async move { alive.map(|()| open.then_some(())) }
        })
        .await
    }
}

fn server(port: u16, lines: &str) -> String {
    format!("server {{\n  listen 127.0.0.1:{port};\n{lines}\n}}")
}

fn start(before: &str, http: &str) -> Result<(Process, TempDir)> {
    let folder = TempDir::with_prefix("nginx-")?;
    let at = folder.path().display();
    let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
    let temporary: String =
        temporary.map(|kind| format!("  {kind}_temp_path {at}/{kind};\n")).concat();
    let config = format!(
        "{before}\ndaemon off;\nmaster_process off;\npid {at}/pid;\nevents {{}}\n\
         http {{\n  access_log off;\n{temporary}{http}\n}}\n"
    );
    let file = folder.path().join("nginx.conf");
    fs::write(&file, config)?;
    let log = folder.path().join("log");
    let mut nginx = Command::new(tools::nginx()?);
    nginx.arg("-p").arg(folder.path()).arg("-e").arg("stderr").arg("-c").arg(&file);
    Ok((Process::start("nginx", &mut nginx, &log)?, folder))
}
