//! The only file that does HTTP. What it sends goes to the homeserver that it
//! is given, or to the site's own files, and nowhere else.

use crate::browser::{clock, early, network};
use crate::matrix::wire::{Anyone, Endpoint, Method, Request, Response, check_length};
use crate::matrix::{BaseUrl, Error, session::Session};
use gloo_net::http::{self, RequestBuilder};
use js_sys::JsString;
use std::cell::Cell;
use std::time::Duration;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortSignal, ReferrerPolicy, RequestCache, RequestCredentials, RequestMode, RequestRedirect,
};

/// Sends a request that needs no session.
pub async fn send<E: Endpoint<Access = Anyone>>(
    server: &BaseUrl,
    endpoint: &E,
) -> Result<E::Answer, Error> {
    endpoint.read(&ask(server, &endpoint.request(), None).await?)
}

/// Sends a request that needs no session, and gives back the answer as it came.
/// What sends several at once carries less machinery with this than with
/// [`send`].
pub async fn exchange(server: &BaseUrl, request: Request) -> Result<Response, Error> {
    ask(server, &request, None).await
}

/// Sends a request with the access token of a session, to its homeserver, and
/// gives back the answer as it came. Pages use
/// [`SessionRuntime::send`](crate::runtime::session::SessionRuntime::send).
pub async fn exchange_as(session: &Session, request: &Request) -> Result<Response, Error> {
    ask(&session.homeserver.base_url, request, Some(session.tokens.access.expose())).await
}

/// Sends a `POST` with the access token of a session while the page is being left.
/// Nobody waits for the answer.
pub fn send_last(session: &Session, request: &Request) {
    let options = js_sys::Object::new();
    let headers = js_sys::Object::new();
    let bearer = ["Bearer ", session.tokens.access.expose()].concat();
    let body = request.body.as_ref().map(|body| body.expose());
    for (object, key, value) in [
        (&headers, "Authorization", JsValue::from(bearer)),
        (&headers, "Content-Type", "application/json".into()),
        (&options, "method", "POST".into()),
        (&options, "keepalive", true.into()),
        (&options, "credentials", "omit".into()),
        (&options, "referrerPolicy", "no-referrer".into()),
        (&options, "cache", "no-store".into()),
        (&options, "redirect", "error".into()),
        (&options, "headers", headers.clone().into()),
        (&options, "body", body.into()),
    ] {
        let _ = js_sys::Reflect::set(object, &key.into(), &value);
    }
    let url = session.homeserver.base_url.join(&request.path);
    let sent = leptos::prelude::window().fetch_with_str_and_init(&url, options.unchecked_ref());
    wasm_bindgen_futures::spawn_local(async move {
        let _ = JsFuture::from(sent).await;
    });
}

/// Loads one of the site's own files, by an address relative to the site.
pub async fn load(file: &str) -> Result<Response, Error> {
    if let Some(promise) = early::take(file)
        && let Ok(response) = JsFuture::from(promise).await
        && let Ok(response) = response.dyn_into::<web_sys::Response>()
        && let Ok(answer) = read(response.into(), Request::LONGEST_ANSWER).await
    {
        return Ok(answer);
    }
    let request = RequestBuilder::new(file).abort_signal(Some(&patience(Request::PATIENCE)));
    let response = request.build().map_err(lost)?.send().await.map_err(lost)?;
    read(response, Request::LONGEST_ANSWER).await
}

/// Whether anything answers at an address, even where a website may not read
/// what. Nobody learns more than that somebody asked.
pub async fn answers(url: &str) -> bool {
    let request = RequestBuilder::new(url)
        .mode(RequestMode::NoCors)
        .credentials(RequestCredentials::Omit)
        .referrer_policy(ReferrerPolicy::NoReferrer)
        .cache(RequestCache::NoStore)
        .abort_signal(Some(&patience(Request::PATIENCE)));
    match request.build() {
        Ok(request) => request.send().await.is_ok(),
        Err(_) => false,
    }
}

/// Everything that is asked of a homeserver goes through here once: without
/// cookies, without a referrer, and never from or into the browser's cache.
/// What carries a password or a token is not sent on to where a redirect points.
async fn ask(server: &BaseUrl, request: &Request, token: Option<&str>) -> Result<Response, Error> {
    let _change = request.body.is_some().then(Change::begin);
    let is_secret = request.body.is_some() || token.is_some();
    let mut builder = RequestBuilder::new(&server.join(&request.path))
        .method(match request.method {
            Method::Get => http::Method::GET,
            Method::Post => http::Method::POST,
            Method::Put => http::Method::PUT,
        })
        .credentials(RequestCredentials::Omit)
        .referrer_policy(ReferrerPolicy::NoReferrer)
        .cache(RequestCache::NoStore)
        .redirect(if is_secret { RequestRedirect::Error } else { RequestRedirect::Follow })
        .abort_signal(Some(&patience(request.patience)));
    if let Some(token) = token {
        builder = builder.header("Authorization", &["Bearer ", token].concat());
    }
    let sent = match &request.body {
        Some(body) => builder.header("Content-Type", "application/json").body(body.expose()),
        None => builder.build(),
    };
    let response = sent.map_err(lost)?.send().await.map_err(lost)?;
    read(response, request.longest_answer).await
}

thread_local! {
    static CHANGES: Cell<u32> = const { Cell::new(0) };
}

/// A request that may change something, as long as it is under way.
struct Change;

impl Change {
    fn begin() -> Self {
        CHANGES.set(CHANGES.get() + 1);
        Self
    }
}

impl Drop for Change {
    fn drop(&mut self) {
        CHANGES.set(CHANGES.get().saturating_sub(1));
    }
}

/// Whether a request is under way that may change something.
pub fn is_changing() -> bool {
    CHANGES.get() > 0
}

/// Gives a request up after so long.
fn patience(patience: Duration) -> AbortSignal {
    AbortSignal::timeout_with_u32(patience.as_secs() as u32 * 1000)
}

/// Reads an answer. Its body may have so many UTF-16 code units.
async fn read(response: http::Response, limit: u32) -> Result<Response, Error> {
    let (status, retry_after) = (response.status(), response.headers().get("Retry-After"));
    let raw = web_sys::Response::from(response);
    let text = JsFuture::from(raw.text().map_err(gone)?).await.map_err(gone)?;
    let text = JsString::from(text);
    check_length(status, text.length(), limit)?;
    Ok(Response { status, retry_after, body: String::from(text), received: clock::now() })
}

/// Why there is no answer, as far as a browser tells.
fn lost(error: gloo_net::Error) -> Error {
    match error {
        gloo_net::Error::JsError(error) => lost_by(&error.name),
        _ => lost_by(""),
    }
}

fn gone(error: JsValue) -> Error {
    lost_by(&String::from(js_sys::Error::from(error).name()))
}

fn lost_by(name: &str) -> Error {
    match name {
        "TimeoutError" => Error::TimedOut,
        _ if network::is_offline() => Error::Offline,
        _ => Error::Unreachable,
    }
}
