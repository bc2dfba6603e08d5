//! The keys by which the sessions of an account are known, and who signed them.
//! (Client-server API, "Device keys", "Cross-signing".)

use super::Error;
use super::wire::{Answer, Endpoint, Request, Response, SignedIn};
use serde_json::{Value, json};

/// `POST /_matrix/client/v3/keys/query`, for one's own keys
pub struct QueryOwnKeys<'a>(pub &'a str);

/// The public keys of an account, as the homeserver has them. Nothing was
/// verified yet.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OwnKeys {
    /// The key that stands for the person.
    pub master: Option<SignedKey>,
    /// The key that signs their sessions.
    pub self_signing: Option<SignedKey>,
    /// The keys of each session that uses encryption, by its id.
    pub devices: Vec<(String, SignedKey)>,
}

/// A JSON object with keys in it, and signatures.
#[derive(Clone, Debug, PartialEq)]
pub struct SignedKey(pub Answer);

impl SignedKey {
    /// The Ed25519 key in it with its name, such as `ed25519:ABC`.
    pub fn ed25519(&self) -> Option<(String, String)> {
        let keys = self.0.object("keys")?;
        let (name, key) = keys.entries().find(|(name, _)| name.starts_with("ed25519:"))?;
        Some((name.to_owned(), key.as_str()?.to_owned()))
    }

    /// The signature by this person with this key.
    pub fn signature(&self, user_id: &str, key_name: &str) -> Option<String> {
        let by = self.0.object("signatures")?.object(user_id)?;
        by.text(key_name).map(str::to_owned)
    }

    /// The text that was signed: canonical JSON, without what is not part of it.
    /// (Appendices, "Signing JSON".)
    pub fn signed_text(&self) -> String {
        let rest = self.0.entries().filter(|(key, _)| !["signatures", "unsigned"].contains(key));
        let mut text = String::new();
        write_object(&mut text, rest.collect());
        text
    }
}

/// Keys in order, and no spaces. What a map does with its order depends on how
/// the library that has it was built.
fn write_object(text: &mut String, mut entries: Vec<(&str, &Value)>) {
    entries.sort_by_key(|(key, _)| *key);
    let is_empty = entries.is_empty();
    for (number, (key, value)) in entries.into_iter().enumerate() {
        text.push(if number == 0 { '{' } else { ',' });
        *text += &Value::from(key).to_string();
        text.push(':');
        write(text, value);
    }
    *text += if is_empty { "{}" } else { "}" };
}

fn write(text: &mut String, value: &Value) {
    match value {
        Value::Object(map) => {
            write_object(text, map.iter().map(|(key, value)| (key.as_str(), value)).collect());
        }
        Value::Array(values) => {
            for (number, value) in values.iter().enumerate() {
                text.push(if number == 0 { '[' } else { ',' });
                write(text, value);
            }
            *text += if values.is_empty() { "[]" } else { "]" };
        }
        value => *text += &value.to_string(),
    }
}

impl Endpoint for QueryOwnKeys<'_> {
    type Access = SignedIn;
    type Answer = OwnKeys;

    fn request(&self) -> Request {
        let mut of_user = serde_json::Map::new();
        of_user.insert(self.0.to_owned(), json!([]));
        let mut body = serde_json::Map::new();
        body.insert("device_keys".to_owned(), Value::Object(of_user));
        Request::post("/_matrix/client/v3/keys/query", &Value::Object(body)).large_answer()
    }

    fn read(&self, response: &Response) -> Result<OwnKeys, Error> {
        let answer = response.open()?;
        let of_user = |kind| answer.object(kind)?.object(self.0);
        // Without it nobody can say that there are no sessions.
        answer.object("device_keys").ok_or(Error::NotMatrix)?;
        let devices = of_user("device_keys").unwrap_or_default();
        // What is odd is kept: it is a session that nobody signed.
        let devices = devices.entries().map(|(id, keys)| {
            let keys = Answer::of(keys).filter(|keys| keys.text("device_id") == Some(id));
            (id.to_owned(), SignedKey(keys.unwrap_or_default()))
        });
        Ok(OwnKeys {
            master: of_user("master_keys").map(SignedKey),
            self_signing: of_user("self_signing_keys").map(SignedKey),
            devices: devices.collect(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_of_many_devices_are_read() {
        let request = QueryOwnKeys("@alice:example.org").request();
        assert_eq!(request.longest_answer, Request::LARGE_ANSWER);
    }

    #[test]
    fn what_was_signed_is_canonical() {
        let key = SignedKey(
            Answer::parse(
                r#"{"b": [ 1, {"y": "ü\n", "x": null}, {}, [] ], "signatures": {"@a:b": {"ed25519:K": "s"}},
                    "a": "1", "unsigned": {"device_display_name": "n"}, "keys": {"ed25519:K": "k"}}"#,
            )
            .unwrap(),
        );
        let wanted = r#"{"a":"1","b":[1,{"x":null,"y":"ü\n"},{},[]],"keys":{"ed25519:K":"k"}}"#;
        assert_eq!(key.signed_text(), wanted);
        assert_eq!(key.ed25519(), Some(("ed25519:K".into(), "k".into())));
        assert_eq!(key.signature("@a:b", "ed25519:K").as_deref(), Some("s"));
        assert_eq!(key.signature("@c:b", "ed25519:K"), None);
    }

    #[test]
    fn keys_of_ones_own() {
        let query = QueryOwnKeys("@a:b");
        let body = r#"{"device_keys":{"@a:b":{"D":{"device_id":"D","keys":{}},
            "E":{"device_id":"SOMETHING ELSE"},"F":7}},"master_keys":{"@a:b":{"keys":{}},"@x:y":{}}}"#;
        let keys = query.read(&Response::of(200, body)).unwrap();
        let odd = keys.devices.iter().filter(|(_, keys)| keys.0 == Answer::default()).count();
        assert_eq!((keys.devices.len(), odd), (3, 2));
        assert!(keys.master.is_some() && keys.self_signing.is_none());
        let nobody = Response::of(200, r#"{"device_keys":{}}"#);
        assert_eq!(query.read(&nobody), Ok(OwnKeys::default()));
        assert_eq!(query.read(&Response::of(200, "{}")), Err(Error::NotMatrix));
        assert_eq!(query.request().body.unwrap().expose(), r#"{"device_keys":{"@a:b":[]}}"#);
    }
}
