//! A stand-in for the Matrix Authentication Service: its metadata as it really
//! is, and its pages by their addresses and headings only.

use anyhow::Result;
use axum::Router;
use axum::http::{StatusCode, header};
use axum::response::Html;
use axum::routing::get;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// A running stand-in.
pub struct Mas {
    server: JoinHandle<()>,
    port: u16,
}

impl Mas {
    /// Starts it.
    pub async fn start() -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let port = listener.local_addr()?.port();
        let metadata = metadata(port).to_string();
        let headers = [
            (header::CONTENT_TYPE, "application/json"),
            (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
        ];
        let app = Router::new()
            .route(
                "/.well-known/openid-configuration",
                get(move || async move { (headers, metadata) }),
            )
            .route(
                "/recover",
                get(|| async { Html("<!doctype html><h1>Reset your password</h1>") }),
            )
            .fallback(|| async { (StatusCode::NOT_FOUND, "the service has no such path") })
            .route("/account/", get(|| async { Html("<!doctype html><h1>Your account</h1>") }));
        let server = tokio::spawn(async move {
            let _ = axum::serve(listener, app).await;
        });
        Ok(Self { server, port })
    }

    /// What Synapse has to know of it, in `homeserver.yaml`. Synapse refuses to
    /// keep passwords of its own then.
    pub fn homeserver(&self) -> Value {
        json!({
            "matrix_authentication_service": {
                "enabled": true,
                "endpoint": format!("http://127.0.0.1:{}/", self.port),
                "secret": "only for this test",
            },
            "password_config": { "enabled": false },
        })
    }

    /// What it says of itself.
    pub fn metadata(&self) -> String {
        metadata(self.port).to_string()
    }

    /// Its page for looking after an account.
    pub fn account_page(&self) -> String {
        format!("http://127.0.0.1:{}/account/", self.port)
    }

    /// Its page for forgotten passwords.
    pub fn recovery_page(&self) -> String {
        format!("http://127.0.0.1:{}/recover", self.port)
    }

    /// Its list of the devices of an account.
    pub fn devices_page(&self) -> String {
        format!("{}?action=org.matrix.devices_list", self.account_page())
    }

    /// Its host.
    pub fn host(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }
}

impl Drop for Mas {
    fn drop(&mut self) {
        self.server.abort();
    }
}

fn metadata(port: u16) -> Value {
    let at = |path: &str| format!("http://127.0.0.1:{port}/{path}");
    json!({
        "issuer": at(""),
        "authorization_endpoint": at("authorize"),
        "token_endpoint": at("oauth2/token"),
        "jwks_uri": at("oauth2/keys.json"),
        "registration_endpoint": at("oauth2/registration"),
        "scopes_supported": ["openid", "email"],
        "response_types_supported": ["code", "id_token", "code id_token"],
        "response_modes_supported": ["form_post", "query", "fragment"],
        "grant_types_supported": ["authorization_code", "refresh_token", "client_credentials", "urn:ietf:params:oauth:grant-type:device_code"],
        "token_endpoint_auth_methods_supported": ["client_secret_basic", "none"],
        "revocation_endpoint": at("oauth2/revoke"),
        "introspection_endpoint": at("oauth2/introspect"),
        "code_challenge_methods_supported": ["plain", "S256"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "prompt_values_supported": ["login", "create"],
        "device_authorization_endpoint": at("oauth2/device"),
        "org.matrix.matrix-authentication-service.graphql_endpoint": at("graphql"),
        "account_management_uri": at("account/"),
        "account_management_actions_supported": [
            "org.matrix.profile", "org.matrix.devices_list", "org.matrix.device_view",
            "org.matrix.device_delete", "org.matrix.cross_signing_reset", "org.matrix.sessions_list",
            "org.matrix.session_view", "org.matrix.session_end",
        ],
    })
}
