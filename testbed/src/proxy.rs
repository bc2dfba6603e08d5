//! Stands between the browser and the homeserver, as the reverse proxy of a
//! real one does, takes notes, and answers in its place where a test says so.

use anyhow::Result;
use axum::Router;
use axum::body::{Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::Value;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// A running proxy.
pub struct Proxy {
    notes: Arc<Notes>,
    server: JoinHandle<()>,
    /// Where it answers.
    pub port: u16,
}

/// A request, and what it was answered.
#[derive(Clone, Debug)]
pub struct Exchange {
    /// When it was asked.
    pub asked: Instant,
    /// When it was answered.
    pub time: Instant,
    /// The method.
    pub method: Method,
    /// The path.
    pub path: String,
    /// The body of the request.
    pub request: String,
    /// The status of the answer.
    pub status: u16,
    /// The body of the answer.
    pub answer: String,
}

impl Exchange {
    /// The body of the request as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.request).unwrap_or_default()
    }
}

/// Whether this asks for a mail with nothing in it, from which none can follow:
/// that is how the site asks whether there are mails at all.
fn is_probe(path: &str, body: &[u8]) -> bool {
    path.ends_with("/requestToken") && body == b"{}"
}

/// What happens in place of the homeserver's answer.
#[derive(Clone, Debug)]
pub enum Instead {
    /// This is answered.
    Answer(Canned),
    /// Nothing is ever answered.
    Silence,
    /// The connection is closed.
    Closed,
    /// The homeserver does what it was asked for, but its answer is lost.
    Lost,
    /// The answer comes once everything is let through again.
    Held,
    /// The browser is sent elsewhere.
    Redirect(String),
}

/// An answer that a homeserver would not give.
#[derive(Clone, Debug)]
pub struct Canned {
    /// The status.
    pub status: u16,
    /// `Content-Type`
    pub content_type: &'static str,
    /// The body.
    pub body: String,
    /// Whether a website may read it.
    pub cors: bool,
}

impl Instead {
    /// JSON, or what is left of it, that a website may read.
    pub fn json(status: u16, body: &str) -> Self {
        let content_type = "application/json";
        Self::Answer(Canned { status, content_type, body: body.into(), cors: true })
    }

    /// A page for people.
    pub fn html(status: u16, cors: bool) -> Self {
        let body = "<!doctype html><h1>Welcome to nginx</h1>".into();
        Self::Answer(Canned { status, content_type: "text/html", body, cors })
    }
}

/// Which requests on a path are not the homeserver's to answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// All of them.
    All,
    /// Those that prove something (user-interactive authentication).
    WithAuth,
    /// Those that prove nothing yet.
    WithoutAuth,
    /// Those that only ask whether there is such a thing. The others do not
    /// include them.
    Probes,
}

impl Which {
    fn takes(self, path: &str, body: &[u8]) -> bool {
        if is_probe(path, body) != (self == Self::Probes) {
            return false;
        }
        let body: Value = serde_json::from_slice(body).unwrap_or_default();
        match self {
            Self::All | Self::Probes => true,
            Self::WithAuth => body["auth"].is_object(),
            Self::WithoutAuth => !body["auth"].is_object(),
        }
    }
}

struct Notes {
    upstream: String,
    http: reqwest::Client,
    exchanges: Mutex<Vec<Exchange>>,
    rules: Mutex<Vec<(String, Which, Instead)>>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Proxy {
    /// Starts a proxy for the server at `upstream`.
    pub async fn start(upstream: String, port: u16) -> Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", port)).await?;
        let port = listener.local_addr()?.port();
        let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none());
        let notes = Arc::new(Notes {
            upstream,
            http: http.build()?,
            exchanges: Mutex::default(),
            rules: Mutex::default(),
        });
        let app = Router::new().fallback(forward).with_state(Arc::clone(&notes));
        let server = tokio::spawn(async move {
            let _ = axum::serve(listener, app).await;
        });
        Ok(Self { notes, server, port })
    }

    /// Starts one without a server: what no rule answers gets no answer.
    pub async fn alone() -> Result<Self> {
        Self::start(String::new(), 0).await
    }

    /// Where it answers.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// What was asked so far on paths that end like this, without the browser's
    /// questions whether it may ask, and without the site's whether there are
    /// mails.
    pub fn exchanges(&self, path_end: &str) -> Vec<Exchange> {
        let exchanges = lock(&self.notes.exchanges);
        let wanted = exchanges
            .iter()
            .filter(|exchange| exchange.path.ends_with(path_end))
            .filter(|exchange| exchange.method != Method::OPTIONS)
            .filter(|exchange| !is_probe(&exchange.path, exchange.request.as_bytes()));
        wanted.cloned().collect()
    }

    /// What the site asked so far to learn whether there are mails.
    pub fn probes(&self) -> Vec<Exchange> {
        let exchanges = lock(&self.notes.exchanges);
        let is_probe = |exchange: &&Exchange| is_probe(&exchange.path, exchange.request.as_bytes());
        exchanges.iter().filter(is_probe).cloned().collect()
    }

    /// Answers requests to paths that end like this in the server's place.
    pub fn answer(&self, path_end: &str, instead: Instead) {
        self.answer_some(path_end, Which::All, instead);
    }

    /// Answers these of the requests to paths that end like this.
    pub fn answer_some(&self, path_end: &str, which: Which, instead: Instead) {
        lock(&self.notes.rules).push((path_end.to_owned(), which, instead));
    }

    /// Lets everything through again.
    pub fn be_honest(&self) {
        lock(&self.notes.rules).clear();
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.server.abort();
    }
}

async fn forward(State(notes): State<Arc<Notes>>, request: Request) -> Response {
    let began = Instant::now();
    let (head, body) = request.into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap_or_default();
    let path = head.uri.path().to_owned();
    let rules = lock(&notes.rules).clone();
    let rule = rules.into_iter().filter(|_| head.method != Method::OPTIONS);
    let rule = rule
        .rev()
        .find(|(end, which, _)| path.ends_with(end.as_str()) && which.takes(&path, &body));
    let target = head.uri.path_and_query().map_or("/", |path| path.as_str());
    let url = [&notes.upstream, target].concat();
    let asked = ask(&notes.http, head.method.clone(), url, head.headers, body.clone());
    let (status, headers, answer) = match rule.map(|(.., instead)| instead) {
        None if head.method == Method::OPTIONS && notes.upstream.is_empty() => allow_everything(),
        None => asked.await,
        Some(Instead::Answer(canned)) => answer_instead(canned),
        Some(Instead::Redirect(to)) => redirect(&to),
        Some(Instead::Silence) => std::future::pending().await,
        Some(Instead::Held) => {
            while !lock(&notes.rules).is_empty() {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            asked.await
        }
        Some(Instead::Closed) => hang_up(),
        Some(Instead::Lost) => {
            asked.await;
            hang_up()
        }
    };
    lock(&notes.exchanges).push(Exchange {
        asked: began,
        time: Instant::now(),
        method: head.method,
        path,
        request: String::from_utf8_lossy(&body).into_owned(),
        status: status.as_u16(),
        answer: String::from_utf8_lossy(&answer).into_owned(),
    });
    (status, headers, answer).into_response()
}

type Answer = (StatusCode, HeaderMap, Bytes);

async fn ask(
    http: &reqwest::Client,
    method: Method,
    url: String,
    mut headers: HeaderMap,
    body: Bytes,
) -> Answer {
    // An answer that is not packed can be read in the notes.
    headers.remove(header::ACCEPT_ENCODING);
    let answer = http.request(method, url).headers(headers).body(body).send().await;
    let Ok(answer) = answer else { return gone() };
    let (status, mut headers) = (answer.status(), answer.headers().clone());
    headers.remove(header::TRANSFER_ENCODING);
    headers.remove(header::CONTENT_LENGTH);
    match answer.bytes().await {
        Ok(body) => (status, headers, body),
        Err(_) => gone(),
    }
}

/// What nginx says when the server behind it is gone.
fn gone() -> Answer {
    answer_instead(Canned {
        status: 502,
        content_type: "text/html",
        body: "<html><head><title>502 Bad Gateway</title></head></html>".into(),
        cors: false,
    })
}

/// Ends the task that serves the connection, and with it the connection.
fn hang_up() -> Answer {
    std::panic::resume_unwind(Box::new("the connection is closed"))
}

fn redirect(to: &str) -> Answer {
    let (_, mut headers, body) = answer_instead(Canned {
        status: 302,
        content_type: "text/html",
        body: String::new(),
        cors: true,
    });
    if let Ok(to) = to.parse() {
        headers.insert(header::LOCATION, to);
    }
    (StatusCode::FOUND, headers, body)
}

/// What a homeserver says when a browser asks whether a website may ask it.
fn allow_everything() -> Answer {
    let mut headers = HeaderMap::new();
    for (name, value) in [
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
        (header::ACCESS_CONTROL_ALLOW_METHODS, "GET, POST, PUT, DELETE, OPTIONS"),
        (header::ACCESS_CONTROL_ALLOW_HEADERS, "Content-Type, Authorization"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    (StatusCode::NO_CONTENT, headers, Bytes::new())
}

fn answer_instead(instead: Canned) -> Answer {
    let mut headers = HeaderMap::new();
    if let Ok(value) = instead.content_type.parse() {
        headers.insert(header::CONTENT_TYPE, value);
    }
    if instead.cors {
        let everybody = HeaderValue::from_static("*");
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, everybody);
    }
    let status = StatusCode::from_u16(instead.status).unwrap_or(StatusCode::BAD_GATEWAY);
    (status, headers, instead.body.into())
}
