//! What is fed to a reader: something that it takes, with changes, or something else
//! in its place.

use crate::{json, odd};
use matrix_account_recovery::matrix::wire::Response;
use proptest::collection::vec;
use proptest::option::weighted;
use proptest::prelude::*;
use proptest::sample::select;
use std::time::Duration;

/// What a reader takes: a status, and a body or any other text.
pub type Taken = (u16, String);

/// What proxies and web servers answer, and JSON that is something else.
const OTHERS: [&str; 12] = [
    "",
    "<!doctype html><html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>",
    "<?xml version=\"1.0\"?><Error/>",
    "404 page not found\n",
    "{}",
    "[]",
    "7",
    "null",
    "\"text\"",
    "{\"errcode\":\"M_FOR",
    "\u{feff}{}",
    "{}{}",
];

/// What every homeserver may answer to everything.
const REFUSALS: [(u16, &str); 4] = [
    (429, r#"{"errcode":"M_LIMIT_EXCEEDED","error":"Too many","retry_after_ms":1000}"#),
    (400, r#"{"errcode":"M_PASSWORD_TOO_SHORT","error":"words","soft_logout":false}"#),
    (
        401,
        r#"{"errcode":"M_FORBIDDEN","session":"a b","flows":[{"stages":["m.login.password"]},
            {"stages":["m.login.sso"]},{"stages":["m.login.email.identity"]}],"params":{}}"#,
    ),
    (404, r#"{"errcode":"M_UNRECOGNIZED","error":"Unrecognized request"}"#),
];

/// Inputs for a reader that takes these.
pub fn inputs(takes: Vec<Taken>, is_answer: bool) -> impl Strategy<Value = Response> {
    let refusals = REFUSALS.map(|(status, body)| (status, body.to_owned()));
    let refused = if is_answer { 1 } else { 0 };
    let from = prop_oneof![4 => select(takes), refused => select(refusals.to_vec())];
    let changes = (vec(json::change(), 0..4), vec(odd::change(), 0..4), 0..6_u8);
    let head = (weighted(0.15, status()), retry_after(), received());
    (from, changes, weighted(0.05, other()), head).prop_map(
        |((taken, body), (json, text, which), other, (status, retry_after, received))| {
            let is_json = body.starts_with('{');
            let mut body = if which == 0 { body } else { json::changed(&body, &json) };
            // JSON that is none any more takes no other way than HTML does.
            if which < 2 || !is_json {
                body = text.iter().fold(body, |body, change| change.of(&body));
            }
            let body = other.unwrap_or(body);
            Response { status: status.unwrap_or(taken), body, retry_after, received }
        },
    )
}

fn other() -> impl Strategy<Value = String> {
    prop_oneof![select(&OTHERS[..]).prop_map(str::to_owned), odd::text()]
}

fn status() -> impl Strategy<Value = u16> {
    let usual = [200, 201, 204, 302, 400, 401, 403, 404, 405, 413, 429, 500, 502, 503];
    prop_oneof![select(usual.to_vec()), 100..600_u16, any::<u16>()]
}

fn retry_after() -> impl Strategy<Value = Option<String>> {
    let known = ["7", " 7 ", "-1", "0.5", "18446744073709551615", "Wed, 21 Oct 2026 07:28:00 GMT"];
    let header = prop_oneof![select(known.to_vec()).prop_map(str::to_owned), odd::text()];
    weighted(0.2, header)
}

/// The clock of a browser goes to the year 275760.
fn received() -> impl Strategy<Value = Duration> {
    prop_oneof![3 => Just(1_795_000_000_000), 1 => 0..=8_640_000_000_000_000_u64]
        .prop_map(Duration::from_millis)
}
