//! Changes of a JSON text that leave it JSON, more or less.

use crate::odd;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::Value;

/// One change of a document. `at` and `other` are places in it, counted on from its
/// start as often as it takes.
#[derive(Clone, Debug)]
pub struct Change {
    kind: Kind,
    at: usize,
    other: usize,
    odd: String,
}

#[derive(Clone, Copy, Debug)]
enum Kind {
    Remove,
    Rename,
    Repeat,
    Raw,
    Text,
    Code,
    Wrap,
    Move,
    SameKey,
}

/// Values as they stand in a text, of which some are no JSON.
const RAW: [&str; 26] = [
    "null",
    "true",
    "false",
    "0",
    "-0",
    "1",
    "-1",
    "0.5",
    "401",
    "4294967296",
    "9223372036854775808",
    "-9223372036854775809",
    "18446744073709551615",
    "18446744073709551616",
    "1e308",
    "1e400",
    "-1e400",
    "NaN",
    "Infinity",
    "\"\"",
    "\"\\u0000\"",
    "\"\\ud800\"",
    "[]",
    "{}",
    "[[[{}]]]",
    "",
];

/// What homeservers call things, so that each way through a reader is taken.
const CODES: [&str; 24] = [
    "M_UNRECOGNIZED",
    "M_NOT_FOUND",
    "M_UNKNOWN",
    "M_FORBIDDEN",
    "M_UNAUTHORIZED",
    "M_UNKNOWN_TOKEN",
    "M_MISSING_TOKEN",
    "M_LIMIT_EXCEEDED",
    "M_THREEPID_AUTH_FAILED",
    "M_THREEPID_NOT_FOUND",
    "M_THREEPID_DENIED",
    "M_THREEPID_IN_USE",
    "M_USER_DEACTIVATED",
    "M_USER_LOCKED",
    "M_USER_IN_USE",
    "M_INVALID_PARAM",
    "M_BAD_JSON",
    "M_PASSWORD_TOO_SHORT",
    "M_WEAK_PASSWORD",
    "m.login.password",
    "m.login.sso",
    "m.login.email.identity",
    "email",
    "m.role.security",
];

/// Any change.
pub fn change() -> impl Strategy<Value = Change> {
    const KINDS: [Kind; 9] = [
        Kind::Remove,
        Kind::Rename,
        Kind::Repeat,
        Kind::Raw,
        Kind::Text,
        Kind::Code,
        Kind::Wrap,
        Kind::Move,
        Kind::SameKey,
    ];
    (select(&KINDS[..]), 0..10_000_usize, 0..10_000_usize, odd::text())
        .prop_map(|(kind, at, other, odd)| Change { kind, at, other, odd })
}

/// The text after these changes, or as it is where it is no JSON.
pub fn changed(text: &str, changes: &[Change]) -> String {
    let Ok(mut document) = serde_json::from_str(text) else { return text.to_owned() };
    let mut raw = Vec::new();
    for change in changes {
        change.make(&mut document, &mut raw);
    }
    let mut text = document.to_string();
    // A raw value may have been put into a later one.
    for (number, raw) in raw.iter().enumerate().rev() {
        text = text.replace(&Value::from(mark(number)).to_string(), raw);
    }
    text
}

/// Stands for a raw value until the document is a text.
fn mark(number: usize) -> String {
    format!("\u{e000}{number}\u{e000}")
}

impl Change {
    fn make(&self, document: &mut Value, raw: &mut Vec<String>) {
        let count = count(document);
        let other = nth(document, &mut (self.other % count)).cloned().unwrap_or_default();
        let Some(value) = nth(document, &mut (self.at % count)) else { return };
        let mut marked = |text: String| {
            raw.push(text);
            Value::from(mark(raw.len() - 1))
        };
        match (self.kind, &mut *value) {
            (Kind::Remove, value) => self.remove(value),
            (Kind::Rename, Value::Object(map)) => {
                if let Some(key) = self.key(map) {
                    let value = map.remove(&key).unwrap_or_default();
                    map.insert(self.odd.clone(), value);
                }
            }
            (Kind::Repeat, Value::Array(all)) if !all.is_empty() => {
                let item = all[self.other % all.len()].clone();
                all.extend(vec![item; self.other % 60]);
            }
            (Kind::SameKey, Value::Object(map)) => {
                if let Some(key) = self.key(map) {
                    let first = map.remove(&key).unwrap_or_default();
                    let both = format!("{first},{}:{}", Value::from(key.as_str()), self.raw());
                    map.insert(key, marked(both));
                }
            }
            (Kind::Raw, value) => *value = marked(self.raw()),
            (Kind::Code, value) => *value = CODES[self.other % CODES.len()].into(),
            (Kind::Wrap, value) => *value = Value::Array(vec![value.take()]),
            (Kind::Move, value) => *value = other,
            (_, value) => *value = self.odd.as_str().into(),
        }
    }

    fn remove(&self, value: &mut Value) {
        match value {
            Value::Object(map) => {
                if let Some(key) = self.key(map) {
                    map.remove(&key);
                }
            }
            Value::Array(all) if !all.is_empty() => {
                all.remove(self.other % all.len());
            }
            value => *value = Value::Null,
        }
    }

    fn key(&self, map: &serde_json::Map<String, Value>) -> Option<String> {
        map.keys().nth(self.other % map.len().max(1)).cloned()
    }

    /// Some are deeper than any reader should go.
    fn raw(&self) -> String {
        let depth = [50, 126, 128, 5_000][self.other % 4];
        match self.other % (RAW.len() + 3) {
            0 => ["[".repeat(depth), "]".repeat(depth)].concat(),
            1 => ["{\"a\":".repeat(depth), "7".to_owned(), "}".repeat(depth)].concat(),
            2 => "[{\"a\":".repeat(depth),
            known => RAW[known - 3].to_owned(),
        }
    }
}

fn count(value: &Value) -> usize {
    1 + match value {
        Value::Object(map) => map.values().map(count).sum(),
        Value::Array(all) => all.iter().map(count).sum::<usize>(),
        _ => 0,
    }
}

fn nth<'a>(value: &'a mut Value, left: &mut usize) -> Option<&'a mut Value> {
    if *left == 0 {
        return Some(value);
    }
    *left -= 1;
    match value {
        Value::Object(map) => map.values_mut().find_map(|value| nth(value, left)),
        Value::Array(all) => all.iter_mut().find_map(|value| nth(value, left)),
        _ => None,
    }
}
