//! Serves the built site as a plain file server does: files, an `index.html`
//! for each folder, a `404.html`, and no rewrites.

use crate::tools;
use anyhow::{Context, Result, ensure};
use axum::Router;
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use percent_encoding::percent_decode_str;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// What a server does with the address of a folder that lacks its last `/`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MissingSlash {
    /// It sends the browser to the address with the `/`, as most do.
    Redirects,
    /// It shows the folder's page at once.
    ShowsPage,
}

/// Which of its builds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Build {
    /// `dist/`, as people get it.
    #[default]
    Release,
    /// `target/gallery/`, with a page on which every state can be seen.
    Gallery,
}

impl Build {
    fn dist(self) -> PathBuf {
        tools::project().join(match self {
            Self::Release => "dist",
            Self::Gallery => "target/gallery",
        })
    }
}

/// How the site is served.
pub struct Options {
    /// Which of its builds.
    pub build: Build,
    /// The folder, from `/` to `/`.
    pub folder: String,
    /// What it does where a `/` is missing.
    pub missing_slash: MissingSlash,
    /// `config.json`; without it, there is none.
    pub config: Option<String>,
    /// Where it listens; 0 for anywhere.
    pub port: u16,
}

/// The release, with a host for itself, and nothing that it is set up for.
impl Default for Options {
    fn default() -> Self {
        Self {
            build: Build::Release,
            folder: "/".into(),
            missing_slash: MissingSlash::Redirects,
            config: None,
            port: 0,
        }
    }
}

/// The site on a running file server.
pub struct Site {
    shared: Arc<Shared>,
    server: JoinHandle<()>,
    port: u16,
}

struct Shared {
    dist: PathBuf,
    options: Options,
    config: Mutex<Option<String>>,
    served: Mutex<Vec<PathBuf>>,
    /// Files of other content, by how their names end.
    replaced: Mutex<Vec<(String, String)>>,
    /// Whether programs are held back.
    is_held: watch::Sender<bool>,
}

impl Site {
    /// Serves it.
    ///
    /// # Errors
    /// If the site was not built.
    pub async fn start(options: Options) -> Result<Self> {
        let dist = options.build.dist();
        let built = dist.join("index.html").exists();
        ensure!(
            built,
            "The site is not built. Build it with: cargo xtask build, the gallery with: cargo xtask test"
        );
        let listener = TcpListener::bind(("127.0.0.1", options.port)).await?;
        let port = listener.local_addr()?.port();
        let config = Mutex::new(options.config.clone());
        let shared = Arc::new(Shared {
            dist: dist.canonicalize()?,
            options,
            config,
            served: Mutex::default(),
            replaced: Mutex::default(),
            is_held: watch::Sender::new(false),
        });
        let app = Router::new().fallback(serve).with_state(Arc::clone(&shared));
        let server = tokio::spawn(async move {
            let _ = axum::serve(listener, app).await;
        });
        Ok(Self { shared, server, port })
    }

    /// The address of a path on the site, such as `reset/`.
    pub fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{}{path}", self.port, self.shared.options.folder)
    }

    /// From now on, this is `config.json`.
    pub fn set_config(&self, config: &str) {
        *lock(&self.shared.config) = Some(config.to_owned());
    }

    /// From now on, this is in the files whose names end like this.
    pub fn replace(&self, end: &str, content: &str) {
        lock(&self.shared.replaced).push((end.to_owned(), content.to_owned()));
    }

    /// Lets programs wait until they are released: what is to be seen before is there.
    pub fn hold_programs(&self) {
        self.shared.is_held.send_replace(true);
    }

    /// Lets them go.
    pub fn release_programs(&self) {
        self.shared.is_held.send_replace(false);
    }

    /// The files of the build that were served so far, as often as they were.
    pub fn served(&self) -> Vec<PathBuf> {
        lock(&self.shared.served).clone()
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.server.abort();
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn serve(State(site): State<Arc<Shared>>, request: Request) -> Response {
    let path = request.uri().path();
    // Not its parts: a browser opens six connections only.
    if path.contains("/assets/main-") && path.ends_with(".wasm") {
        let _ = site.is_held.subscribe().wait_for(|is_held| !is_held).await;
    }
    answer(&site, path).unwrap_or_else(|_| not_found(&site))
}

fn answer(site: &Shared, path: &str) -> Result<Response> {
    let (asked, folder) = (normal(path), normal(&site.options.folder));
    let below = asked.strip_prefix(&folder).context("not in the site's folder")?;
    if below == "config.json" {
        let config = lock(&site.config).clone().context("no config.json")?;
        note(site, site.dist.join(below));
        return Ok(([(header::CONTENT_TYPE, "application/json")], config).into_response());
    }
    let file = site.dist.join(below);
    let is_folder = file.is_dir();
    let lacks_slash = is_folder && !path.ends_with('/');
    if lacks_slash && site.options.missing_slash == MissingSlash::Redirects {
        // Not with `//` in front: that would lead to another host.
        let location = ["/", path.trim_start_matches('/'), "/"].concat();
        return Ok((StatusCode::MOVED_PERMANENTLY, [(header::LOCATION, location)]).into_response());
    }
    let file = if is_folder { file.join("index.html") } else { file };
    let replaced = lock(&site.replaced).iter().find_map(|(end, content)| {
        file.to_string_lossy().ends_with(end.as_str()).then(|| content.clone().into_bytes())
    });
    let bytes = replaced.map_or_else(|| std::fs::read(&file), Ok)?;
    let content_type = content_type(&file);
    note(site, file);
    Ok(([(header::CONTENT_TYPE, content_type)], bytes).into_response())
}

/// A path as nginx reads it: decoded, without `//`, `.` and `..`.
fn normal(path: &str) -> String {
    let path = percent_decode_str(path).decode_utf8_lossy();
    let mut parts = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    let end = if path.ends_with('/') && !parts.is_empty() { "/" } else { "" };
    ["/", &parts.join("/"), end].concat()
}

fn note(site: &Shared, file: PathBuf) {
    lock(&site.served).push(file);
}

fn not_found(site: &Shared) -> Response {
    let page = std::fs::read(site.dist.join("404.html")).unwrap_or_default();
    (StatusCode::NOT_FOUND, [(header::CONTENT_TYPE, "text/html")], page).into_response()
}

fn content_type(file: &std::path::Path) -> &'static str {
    match file.extension().and_then(|end| end.to_str()) {
        Some("html") => "text/html",
        Some("js") => "text/javascript",
        Some("css") => "text/css",
        Some("json") => "application/json",
        Some("svg") => "image/svg+xml",
        Some("wasm") => "application/wasm",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
