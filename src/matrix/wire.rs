//! Requests and answers as plain values.

use crate::secret::Secret;
use serde::Serialize;
use serde_json::{Map, Value};
use std::borrow::Cow;
use std::time::Duration;

/// An endpoint of the API with everything that one request to it needs.
pub trait Endpoint {
    /// [`Anyone`] or [`SignedIn`]: who may send it.
    type Access;
    /// What it answers when all went well.
    type Answer;

    /// The request to send.
    fn request(&self) -> Request;

    /// Reads what came back. Answers come from strangers' servers: nothing in
    /// them is trusted, HTML and half a JSON are ordinary answers.
    fn read(&self, response: &Response) -> Result<Self::Answer, super::Error>;
}

/// An endpoint that needs no access token.
pub struct Anyone;

/// An endpoint that is sent with the access token of a session.
pub struct SignedIn;

/// HTTP methods in use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// `GET`
    Get,
    /// `POST`
    Post,
    /// `PUT`
    Put,
}

/// What is sent.
#[derive(Debug)]
pub struct Request {
    /// The method.
    pub method: Method,
    /// The path on the homeserver, from its first `/` on.
    pub path: Cow<'static, str>,
    /// A JSON text. It is a secret, since some carry passwords.
    pub body: Option<Secret>,
    /// How long the answer may take before it counts as lost.
    pub patience: Duration,
    /// How long the body of the answer may be, in UTF-16 code units.
    pub longest_answer: u32,
}

impl Request {
    /// Most answers come at once; on a bad line they may take a while.
    pub const PATIENCE: Duration = Duration::from_secs(30);

    /// Most answers are far shorter, in UTF-16 code units. There is a limit because the
    /// memory of a WebAssembly program never shrinks.
    pub const LONGEST_ANSWER: u32 = 1_000_000;

    /// The limit where an honest answer can be longer: it grows with the devices or the
    /// settings of an account.
    pub const LARGE_ANSWER: u32 = 10_000_000;

    /// `GET path`
    pub fn get(path: impl Into<Cow<'static, str>>) -> Self {
        Self {
            method: Method::Get,
            path: path.into(),
            body: None,
            patience: Self::PATIENCE,
            longest_answer: Self::LONGEST_ANSWER,
        }
    }

    /// `POST path` with a JSON body.
    pub fn post(path: impl Into<Cow<'static, str>>, body: &impl Serialize) -> Self {
        Self { method: Method::Post, body: Some(json(body)), ..Self::get(path) }
    }

    /// `PUT path` with a JSON body.
    pub fn put(path: impl Into<Cow<'static, str>>, body: &impl Serialize) -> Self {
        Self { method: Method::Put, ..Self::post(path, body) }
    }

    /// The same request, for an endpoint that may take longer.
    pub fn patience(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    /// The same request, for an endpoint whose answer may be long
    /// ([`LARGE_ANSWER`](Self::LARGE_ANSWER)).
    pub fn large_answer(self) -> Self {
        Self { longest_answer: Self::LARGE_ANSWER, ..self }
    }
}

/// Refuses an answer that is longer than the limit, both in UTF-16 code units, before
/// it is copied into the memory of the program.
///
/// # Errors
/// [`Error::AnswerTooLarge`](super::Error::AnswerTooLarge); the error of a failed server
/// is reported as such, whatever came with it.
pub fn check_length(status: u16, length: u32, limit: u32) -> Result<(), super::Error> {
    match status {
        _ if length <= limit => Ok(()),
        500.. => Err(super::Error::ServerFault),
        _ => Err(super::Error::AnswerTooLarge),
    }
}

/// A part of a path as it stands in an address: whatever could end it there is
/// encoded.
pub fn segment(text: &str) -> String {
    const PLAIN: &[u8] = b"-._~";
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || PLAIN.contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push('%');
            for digit in [byte >> 4, byte & 15] {
                let digit = char::from_digit(digit.into(), 16).unwrap_or_default();
                encoded.push(digit.to_ascii_uppercase());
            }
        }
    }
    encoded
}

/// The body of a request that says nothing.
#[derive(Serialize)]
pub struct Nothing {}

/// Writes a value as JSON. The buffer is large enough from the start, since
/// growing it would leave a copy of a password behind.
pub fn json(value: &impl Serialize) -> Secret {
    let mut text = Vec::with_capacity(8 * 1024);
    let written = serde_json::to_writer(&mut text, value);
    let text = written.ok().and_then(|()| String::from_utf8(text).ok());
    Secret::new(text.unwrap_or_default())
}

/// What came back: any status, any text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    /// The HTTP status.
    pub status: u16,
    /// The body as text.
    pub body: String,
    /// The header `Retry-After`, where the server lets a browser read it.
    pub retry_after: Option<String>,
    /// When it came, as time since 1970.
    pub received: Duration,
}

/// A JSON object from a homeserver. Every field is optional, and a field of
/// the wrong type is as good as absent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer(Map<String, Value>);

impl Answer {
    /// Reads a text that should be a JSON object.
    pub fn parse(text: &str) -> Option<Self> {
        match serde_json::from_str(text) {
            Ok(Value::Object(map)) => Some(Self(map)),
            _ => None,
        }
    }

    /// Takes a value that should be an object.
    pub fn of(value: &Value) -> Option<Self> {
        value.as_object().cloned().map(Self)
    }

    /// The value of a key.
    pub fn value(&self, key: &str) -> Option<&Value> {
        self.0.get(key)
    }

    /// Whether there is anything but `null` under this key.
    pub fn has(&self, key: &str) -> bool {
        self.0.get(key).is_some_and(|value| !value.is_null())
    }

    /// A text that is there and not empty.
    pub fn text(&self, key: &str) -> Option<&str> {
        self.0.get(key)?.as_str().filter(|text| !text.is_empty())
    }

    /// A whole number that is not negative.
    pub fn number(&self, key: &str) -> Option<u64> {
        self.0.get(key)?.as_u64()
    }

    /// Whether a flag is set.
    pub fn flag(&self, key: &str) -> bool {
        self.0.get(key).and_then(Value::as_bool).unwrap_or(false)
    }

    /// A flag that is there.
    pub fn boolean(&self, key: &str) -> Option<bool> {
        self.0.get(key)?.as_bool()
    }

    /// All there is, by key.
    pub fn entries(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0.iter().map(|(key, value)| (key.as_str(), value))
    }

    /// A list.
    pub fn list(&self, key: &str) -> Option<&[Value]> {
        Some(self.0.get(key)?.as_array()?)
    }

    /// An object within this one.
    pub fn object(&self, key: &str) -> Option<Self> {
        Self::of(self.0.get(key)?)
    }
}

#[cfg(test)]
impl Response {
    /// An answer for tests.
    pub(crate) fn of(status: u16, body: &str) -> Self {
        Self { status, body: body.into(), retry_after: None, received: Duration::ZERO }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matrix::Error;

    #[test]
    fn long_answer_is_not_called_another_server() {
        let limit = Request::LONGEST_ANSWER;
        assert_eq!(check_length(200, limit, limit), Ok(()));
        assert_eq!(check_length(200, limit + 1, limit), Err(Error::AnswerTooLarge));
        assert_eq!(check_length(404, limit + 1, limit), Err(Error::AnswerTooLarge));
        assert_eq!(check_length(502, limit + 1, limit), Err(Error::ServerFault));
        // The request may have been carried out all the same.
        assert!(Error::AnswerTooLarge.leaves_it_open());
    }

    #[test]
    fn limit_is_raised_for_one_request() {
        assert_eq!(Request::get("/x").longest_answer, Request::LONGEST_ANSWER);
        let request = Request::post("/x", &Nothing {}).large_answer();
        assert_eq!(request.longest_answer, Request::LARGE_ANSWER);
        assert_eq!(check_length(200, 5_000_000, request.longest_answer), Ok(()));
    }
}
