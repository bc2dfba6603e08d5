//! What may stand in `config.json`: every key that is known here, and what its
//! value has to be. `docs/config.schema.json` says the same for editors.

use super::is_link;
use crate::matrix::support::{is_email_address, is_matrix_id};
use crate::matrix::wire::Answer;
use crate::matrix::{BaseUrl, WebLink};
use serde_json::Value;

/// What a value has to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// Any text.
    Text,
    /// `true` or `false`
    Flag,
    /// The address of a homeserver.
    Server,
    /// The address of a page ([`WebLink`]).
    Page,
    /// An email address.
    Email,
    /// A Matrix ID.
    UserId,
    /// An object.
    Object,
    /// An object with `url` in it.
    Client,
    /// An object with an address of somebody in it.
    Contact,
    /// The address of a page or of a mailbox.
    Link,
    /// A list.
    List,
}

/// Every key. `[]` stands for each value of a list. What is in an object comes
/// after the object.
const KEYS: [(&str, Kind); 28] = [
    ("default_server_config", Kind::Object),
    ("default_server_config.m.homeserver", Kind::Object),
    ("default_server_config.m.homeserver.base_url", Kind::Server),
    ("default_server_config.m.homeserver.server_name", Kind::Text),
    ("default_server_name", Kind::Text),
    ("disable_custom_urls", Kind::Flag),
    ("brand", Kind::Text),
    ("branding", Kind::Object),
    ("branding.auth_footer_links", Kind::List),
    ("branding.auth_footer_links[]", Kind::Object),
    ("branding.auth_footer_links[].text", Kind::Text),
    ("branding.auth_footer_links[].url", Kind::Text),
    ("help_url", Kind::Text),
    ("help_links", Kind::List),
    ("help_links[]", Kind::Object),
    ("help_links[].text", Kind::Text),
    ("help_links[].url", Kind::Link),
    ("client", Kind::Client),
    ("client.name", Kind::Text),
    ("client.url", Kind::Page),
    ("contacts", Kind::List),
    ("contacts[]", Kind::Contact),
    ("contacts[].email_address", Kind::Email),
    ("contacts[].matrix_id", Kind::UserId),
    ("support_page", Kind::Page),
    ("admin_page", Kind::Page),
    ("setting_defaults", Kind::Object),
    ("setting_defaults.language", Kind::Text),
];

/// The keys whose values are not what they should be, with the place in a list.
pub fn wrong(file: &Answer) -> Vec<String> {
    let mut wrong = Vec::new();
    for (key, kind) in KEYS {
        let (name, rest) = first(key);
        if let Some(value) = file.value(name) {
            look(value, rest, name.to_owned(), kind, &mut wrong);
        }
    }
    wrong
}

/// Follows the rest of a key from a value on. Where something on the way is
/// absent, or is wrong itself and named for that, there is nothing to say.
fn look(value: &Value, rest: &str, so_far: String, kind: Kind, wrong: &mut Vec<String>) {
    if value.is_null() {
        return;
    }
    if let Some(rest) = rest.strip_prefix("[]") {
        for (number, item) in value.as_array().into_iter().flatten().enumerate() {
            let place = [&so_far, "[", &number.to_string(), "]"].concat();
            look(item, rest, place, kind, wrong);
        }
        return;
    }
    let rest = rest.trim_start_matches('.');
    if rest.is_empty() {
        if !is(value, kind) {
            wrong.push(so_far);
        }
        return;
    }
    let (name, rest) = first(rest);
    if let Some(value) = value.get(name) {
        look(value, rest, [&so_far, ".", name].concat(), kind, wrong);
    }
}

/// The first name of a key, and what comes after it. One name has a dot in it.
fn first(key: &str) -> (&str, &str) {
    const DOTTED: &str = "m.homeserver";
    let end = match key.starts_with(DOTTED) {
        true => DOTTED.len(),
        false => key.find(['.', '[']).unwrap_or(key.len()),
    };
    key.split_at(end)
}

fn is(value: &Value, kind: Kind) -> bool {
    let text = value.as_str();
    match kind {
        Kind::Text => text.is_some(),
        Kind::Flag => value.is_boolean(),
        Kind::Server => text.and_then(BaseUrl::parse).is_some_and(|url| url.is_private()),
        Kind::Page => text.and_then(WebLink::parse).is_some(),
        Kind::Email => text.is_some_and(is_email_address),
        Kind::UserId => text.is_some_and(is_matrix_id),
        Kind::Object => value.is_object(),
        Kind::Client => value.get("url").is_some(),
        Kind::Contact => ["email_address", "matrix_id"].iter().any(|key| value.get(key).is_some()),
        Kind::Link => text.is_some_and(is_link),
        Kind::List => value.is_array(),
    }
}

#[cfg(test)]
mod tests;
