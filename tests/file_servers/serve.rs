//! The servers, each with its example. What is said in an example of this host's name, ports,
//! certificates and folders is replaced by what there is here; all else is as it stands there.

use crate::copy::Copy;
use crate::example::Example;
use anyhow::{Result, ensure};
use std::any::Any;
use std::fs;
use testbed::apache::Apache;
use testbed::caddy::Caddy;
use testbed::net::free_port;
use testbed::nginx::Nginx;
use testbed::tls::Keys;
use testbed::tools;

/// The name of the host in all examples.
pub const NAME: &str = "recover.example.org";
const FOLDER: &str = "/var/www/recover";
const CERTIFICATE: &str = "/etc/letsencrypt/live/recover.example.org/fullchain.pem";
const KEY: &str = "/etc/letsencrypt/live/recover.example.org/privkey.pem";

/// Which server, and which way to use its example.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Server {
    /// With the module for brotli.
    Nginx,
    /// Without it, as it is installed first.
    NginxAlone,
    /// With what somebody forgot: it does not know what a wasm file is.
    NginxWithoutWasm,
    Caddy,
    /// The file is included.
    Apache,
    /// The file is put into the site's folder.
    Htaccess,
}

/// Where the site is on a host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// It has the host for itself.
    Host,
    /// It is in a folder.
    Folder,
}

/// A server that runs.
pub struct Served {
    pub server: Server,
    pub place: Place,
    pub port: u16,
    /// Where the same is encrypted, and where it is not and leads there.
    pub tls: Option<(u16, u16)>,
    pub copy: Copy,
    _running: Box<dyn Any>,
}

impl Served {
    pub async fn start(server: Server, place: Place) -> Result<Self> {
        let (copy, port) = (Copy::of_the_site()?, free_port()?);
        let mut tls = None;
        let running: Box<dyn Any> = match server {
            Server::Nginx | Server::NginxAlone | Server::NginxWithoutWasm => {
                let ports = (free_port()?, free_port()?);
                tls = Some(ports);
                let example = example("nginx.conf", place)?;
                Box::new(nginx(example, server, &copy, port, ports).await?)
            }
            Server::Caddy => Box::new(caddy(example("Caddyfile", place)?, &copy, port).await?),
            Server::Apache => Box::new(apache(place, &copy, port).await?),
            Server::Htaccess => Box::new(htaccess(place, &copy, port).await?),
        };
        Ok(Self { server, place, port, tls, copy, _running: running })
    }

    /// The path of something on the site.
    pub fn path(&self, path: &str) -> String {
        match self.place {
            Place::Host => format!("/{path}"),
            Place::Folder => format!("/recover/{path}"),
        }
    }

    /// The address of something on the site.
    pub fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{}", self.port, self.path(path))
    }

    /// What it can hand out.
    pub fn encodings(&self) -> &'static [&'static str] {
        if self.server == Server::NginxAlone { &["gzip"] } else { &["br", "gzip"] }
    }
}

fn example(name: &'static str, place: Place) -> Result<Example> {
    let example = Example::read(name)?;
    if place == Place::Folder { example.in_a_folder() } else { Ok(example) }
}

async fn nginx(
    mut example: Example,
    server: Server,
    copy: &Copy,
    port: u16,
    (encrypted, plain): (u16, u16),
) -> Result<(Nginx, Keys)> {
    let keys = Keys::of(NAME)?;
    example.put("listen [::]:80;", "")?;
    example.put("listen 80;", format!("listen 127.0.0.1:{plain};"))?;
    example.put("listen [::]:443 ssl http2;", "")?;
    example.put(
        "listen 443 ssl http2;",
        format!("listen 127.0.0.1:{encrypted} ssl http2;\nlisten 127.0.0.1:{port};"),
    )?;
    example.put(CERTIFICATE, keys.chain().display())?;
    example.put(KEY, keys.key().display())?;
    example.put(FOLDER, copy.site().display())?;
    if server == Server::NginxWithoutWasm {
        example.put("application/wasm wasm;", "")?;
    }
    let mut before = String::new();
    if server == Server::Nginx {
        example.put("#brotli_static", "brotli_static")?;
        before = format!("load_module {};", tools::nginx_brotli()?.display());
    }
    Ok((Nginx::serve(&before, &example.text, port).await?, keys))
}

async fn caddy(mut example: Example, copy: &Copy, port: u16) -> Result<Caddy> {
    example.put(&format!("\n{NAME} {{"), format!("\nhttp://127.0.0.1:{port} {{"))?;
    example.put(FOLDER, copy.site().display())?;
    Caddy::start(&example.text, port).await
}

/// As the example says in its comment.
async fn apache(place: Place, copy: &Copy, port: u16) -> Result<Apache> {
    const INCLUDE: &str = "/etc/apache2/recover.conf";
    let whole = Example::read("apache.conf")?;
    let mut host = whole.commented("<VirtualHost *:443>", "</VirtualHost>")?;
    host.put("SSLEngine on\n", "\n")?;
    host.put(&format!("SSLCertificateFile {CERTIFICATE}\n"), "\n")?;
    host.put(&format!("SSLCertificateKeyFile {KEY}\n"), "\n")?;
    host.put("*:443", format!("*:{port}"))?;
    if place == Place::Folder {
        let alias = whole.commented("    Alias /recover /var/www/recover", CHANGE_PASSWORD)?;
        host.put(&format!("DocumentRoot {FOLDER}"), alias.text)?;
    }
    // Beside the site, where Apache may read it.
    let file = copy.site().with_file_name("recover.conf");
    fs::write(&file, example("apache.conf", place)?.text)?;
    host.put(INCLUDE, file.display())?;
    host.put(FOLDER, copy.site().display())?;
    Apache::start(&host.text, port).await
}

/// What a host says in the place of a site in a folder.
const CHANGE_PASSWORD: &str = "    Redirect 302 /.well-known/change-password /recover/reset/";

/// As on webspace, where the host's own configuration is somebody else's, and does too much.
async fn htaccess(place: Place, copy: &Copy, port: u16) -> Result<Apache> {
    fs::write(copy.site().join(".htaccess"), example("apache.conf", place)?.text)?;
    let site = copy.site();
    let root = match place {
        Place::Host => site.clone(),
        // The host's folder, with the site in a folder of it that has the same name.
        Place::Folder => {
            let host = site.with_file_name("host");
            fs::create_dir(&host)?;
            fs::rename(&site, host.join("recover"))?;
            std::os::unix::fs::symlink(host.join("recover"), &site)?;
            fs::write(host.join(".htaccess"), CHANGE_PASSWORD)?;
            host
        }
    };
    ensure!(root.is_dir(), "there is no folder");
    let root = root.display();
    let host = format!(
        "<VirtualHost *:{port}>\nDocumentRoot {root}\n<Directory {root}>\n\
         Options Indexes FollowSymLinks MultiViews\nAllowOverride All\nRequire all granted\n\
         AddOutputFilterByType DEFLATE application/json\n\
         </Directory>\n</VirtualHost>"
    );
    Apache::start(&host, port).await
}
