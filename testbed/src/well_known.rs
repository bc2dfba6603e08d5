//! Serves files for a made-up host name, over TLS, as server discovery wants it.
//! A browser that is told to (see [`Options`](crate::browser::Options)) finds the
//! name here.

use anyhow::Result;
use axum::Router;
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use axum_server::tls_rustls::RustlsConfig;
use rustls::ServerConfig;
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use tokio::task::JoinHandle;

/// The path of the file that names a homeserver.
pub const CLIENT: &str = "/.well-known/matrix/client";
/// The path of the file that names its administrators.
pub const SUPPORT: &str = "/.well-known/matrix/support";
/// The path by which one knows a homeserver.
pub const VERSIONS: &str = "/_matrix/client/versions";

/// A running server for one name.
pub struct WellKnown {
    server: JoinHandle<()>,
    /// Where it listens on loopback.
    pub address: SocketAddr,
}

/// What is answered at a path.
#[derive(Clone, Debug)]
pub struct File {
    /// The path.
    pub path: &'static str,
    /// The status.
    pub status: u16,
    /// The text.
    pub body: String,
}

impl File {
    /// A file that is there.
    pub fn of(path: &'static str, body: impl ToString) -> Self {
        Self { path, status: 200, body: body.to_string() }
    }
}

impl WellKnown {
    /// Serves `file` as `/.well-known/matrix/client`, and nothing else.
    pub async fn start(server_name: &str, file: String) -> Result<Self> {
        Self::serve(server_name, vec![File::of(CLIENT, file)], true).await
    }

    /// Serves these files. `cors` is whether websites may read them, and also
    /// that there are no others.
    pub async fn serve(server_name: &str, files: Vec<File>, cors: bool) -> Result<Self> {
        let certificate = rcgen::generate_simple_self_signed([server_name.to_owned()])?;
        let key = PrivatePkcs8KeyDer::from(certificate.signing_key.serialize_der());
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let tls = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_single_cert(vec![certificate.cert.into()], PrivateKeyDer::Pkcs8(key))?;
        let listener = TcpListener::bind("127.0.0.1:0")?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let files = Arc::new(files);
        let answer = move |uri: Uri| async move { answer(&files, uri.path(), cors) };
        let app = Router::new().fallback(answer);
        let tls = RustlsConfig::from_config(Arc::new(tls));
        let server = axum_server::from_tcp_rustls(listener, tls)?;
        let server = tokio::spawn(async move {
            let _ = server.serve(app.into_make_service()).await;
        });
        Ok(Self { server, address })
    }
}

fn answer(files: &[File], path: &str, cors: bool) -> Response {
    let mut headers = HeaderMap::new();
    if cors {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    }
    match files.iter().find(|file| file.path == path) {
        Some(file) => {
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
            let status = StatusCode::from_u16(file.status).unwrap_or(StatusCode::BAD_GATEWAY);
            (status, headers, file.body.clone()).into_response()
        }
        None => (StatusCode::NOT_FOUND, headers, "<!doctype html>Not found").into_response(),
    }
}

impl Drop for WellKnown {
    fn drop(&mut self) {
        self.server.abort();
    }
}
