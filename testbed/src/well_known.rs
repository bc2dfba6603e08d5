//! Serves a `.well-known` file for a made-up server name, over TLS, as server
//! discovery wants it. A browser that is told to (see
//! [`Options`](crate::browser::Options)) finds the name here.

use anyhow::Result;
use axum::Router;
use axum::http::{StatusCode, header};
use axum_server::tls_rustls::RustlsConfig;
use rustls::ServerConfig;
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use tokio::task::JoinHandle;

/// A running server for one name.
pub struct WellKnown {
    server: JoinHandle<()>,
    /// Where it listens on loopback.
    pub address: SocketAddr,
}

impl WellKnown {
    /// Serves `file` as `/.well-known/matrix/client`.
    pub async fn start(server_name: &str, file: String) -> Result<Self> {
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
        let headers = [
            (header::CONTENT_TYPE, "application/json"),
            (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
        ];
        let answer = move || async move { (headers, file) };
        let app = Router::new()
            .route("/.well-known/matrix/client", axum::routing::get(answer))
            .fallback(StatusCode::NOT_FOUND);
        let tls = RustlsConfig::from_config(Arc::new(tls));
        let server = axum_server::from_tcp_rustls(listener, tls)?;
        let server = tokio::spawn(async move {
            let _ = server.serve(app.into_make_service()).await;
        });
        Ok(Self { server, address })
    }
}

impl Drop for WellKnown {
    fn drop(&mut self) {
        self.server.abort();
    }
}
