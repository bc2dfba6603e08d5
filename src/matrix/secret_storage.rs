//! Secrets that a person keeps on the homeserver, locked with a key that only
//! they have. (Client-server API, "Secret storage".)

use super::Error;
use super::base64::{decode, decode_exactly};
use super::wire::{Answer, Endpoint, Request, Response, SignedIn, segment};

/// The name under which the key of the backup is kept.
pub const BACKUP_KEY: &str = "m.megolm_backup.v1";

/// `GET /_matrix/client/v3/user/{userId}/account_data/{type}`
pub struct GetAccountData<'a> {
    /// Whose: a full Matrix ID.
    pub user_id: &'a str,
    /// What.
    pub kind: &'a str,
}

impl Endpoint for GetAccountData<'_> {
    type Access = SignedIn;
    /// `None` where there is none, or an empty one: so clients delete it.
    type Answer = Option<Answer>;

    fn request(&self) -> Request {
        let (user, kind) = (segment(self.user_id), segment(self.kind));
        let path = ["/_matrix/client/v3/user/", &user, "/account_data/", &kind];
        Request::get(path.concat()).large_answer()
    }

    fn read(&self, response: &Response) -> Result<Option<Answer>, Error> {
        match response.open().map_err(Error::from) {
            Err(Error::NotFound) => Ok(None),
            answer => Ok(Some(answer?).filter(|answer| answer.entries().next().is_some())),
        }
    }
}

/// The id of the key that new secrets are locked with, in
/// `m.secret_storage.default_key`.
pub fn default_key(data: &Answer) -> Option<&str> {
    data.text("key")
}

/// Where the description of a key is kept.
pub fn key_kind(id: &str) -> String {
    ["m.secret_storage.key.", id].concat()
}

/// What is known of a key without having it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StorageKey {
    /// Its id.
    pub id: String,
    /// What shows whether a key is this one; some clients left it out.
    pub check: Option<KeyCheck>,
    /// How it is made of a passphrase, if it is.
    pub passphrase: Option<Passphrase>,
}

/// Thirty-two zero bytes, locked with the key and this vector, give this MAC.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyCheck {
    /// The initialization vector.
    pub iv: [u8; 16],
    /// The MAC.
    pub mac: [u8; 32],
}

/// How a key is made of a passphrase: PBKDF2 with SHA-512.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passphrase {
    /// The salt, as text.
    pub salt: String,
    /// How often it is gone through.
    pub iterations: u32,
    /// How long the key is.
    pub bits: u32,
}

impl Passphrase {
    /// More work than this is asked of nobody: what a server says may be wrong.
    const MOST_ITERATIONS: u32 = 20_000_000;

    /// Whether a browser may be asked for this.
    pub fn is_reasonable(&self) -> bool {
        (1..=Self::MOST_ITERATIONS).contains(&self.iterations) && self.bits == 256
    }
}

impl StorageKey {
    /// Reads `m.secret_storage.key.…`; `None` for a kind that is not known.
    pub fn read(id: &str, data: &Answer) -> Option<Self> {
        if data.text("algorithm") != Some("m.secret_storage.v1.aes-hmac-sha2") {
            return None;
        }
        let check = || {
            let (iv, mac) = (data.text("iv")?, data.text("mac")?);
            Some(KeyCheck { iv: decode_exactly(iv)?, mac: decode_exactly(mac)? })
        };
        let passphrase = data.object("passphrase").and_then(|details| {
            let is_known = details.text("algorithm") == Some("m.pbkdf2");
            Some(Passphrase {
                salt: details.text("salt").filter(|_| is_known)?.to_owned(),
                iterations: u32::try_from(details.number("iterations")?).ok()?,
                bits: details.number("bits").map_or(Some(256), |bits| u32::try_from(bits).ok())?,
            })
        });
        Some(Self { id: id.to_owned(), check: check(), passphrase })
    }
}

/// A secret, locked with a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LockedSecret {
    /// The initialization vector.
    pub iv: [u8; 16],
    /// What is locked.
    pub ciphertext: Vec<u8>,
    /// What shows whether it is opened with the right key.
    pub mac: [u8; 32],
}

impl LockedSecret {
    /// Reads what account data has of a secret that is locked with this key.
    pub fn read(data: &Answer, key_id: &str) -> Option<Self> {
        let locked = data.object("encrypted")?.object(key_id)?;
        Some(Self {
            iv: decode_exactly(locked.text("iv")?)?,
            ciphertext: decode(locked.text("ciphertext")?)?,
            mac: decode_exactly(locked.text("mac")?)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(text: &str) -> Answer {
        Answer::parse(text).unwrap()
    }

    #[test]
    fn account_data_is_asked_for_by_its_name() {
        let get = GetAccountData { user_id: "@a/b:example.org", kind: &key_kind("x y") };
        let path = "/_matrix/client/v3/user/%40a%2Fb%3Aexample.org/account_data/m.secret_storage.key.x%20y";
        assert_eq!(get.request().path, path);
        assert_eq!(get.request().longest_answer, Request::LARGE_ANSWER);
        let none = Response::of(404, r#"{"errcode":"M_NOT_FOUND"}"#);
        assert_eq!(get.read(&none), Ok(None));
        assert_eq!(get.read(&Response::of(200, "{}")), Ok(None));
        assert!(get.read(&Response::of(200, r#"{"key":"x"}"#)).unwrap().is_some());
    }

    #[test]
    fn a_description_of_a_key() {
        let data = answer(
            r#"{"algorithm":"m.secret_storage.v1.aes-hmac-sha2","name":"m.default",
                "iv":"AAAAAAAAAAAAAAAAAAAAAA==","mac":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "passphrase":{"algorithm":"m.pbkdf2","salt":"MmMsAlty","iterations":100000}}"#,
        );
        let key = StorageKey::read("k", &data).unwrap();
        assert_eq!(key.check, Some(KeyCheck { iv: [0; 16], mac: [0; 32] }));
        let passphrase = key.passphrase.unwrap();
        assert_eq!((passphrase.iterations, passphrase.bits), (100_000, 256));
        assert!(passphrase.is_reasonable());
        assert_eq!(StorageKey::read("k", &answer(r#"{"algorithm":"org.example"}"#)), None);
        let bare = answer(r#"{"algorithm":"m.secret_storage.v1.aes-hmac-sha2","mac":"AA"}"#);
        let bare = StorageKey::read("k", &bare).unwrap();
        assert_eq!((bare.check, bare.passphrase), (None, None));
    }

    #[test]
    fn nobody_is_made_to_work_for_ever() {
        let with = |iterations, bits| Passphrase { salt: "s".into(), iterations, bits };
        assert!(with(500_000, 256).is_reasonable());
        for (iterations, bits) in [(0, 256), (u32::MAX, 256), (1000, 8)] {
            assert!(!with(iterations, bits).is_reasonable(), "{iterations} {bits}");
        }
    }

    #[test]
    fn a_secret_is_locked_with_a_key() {
        let data = answer(
            r#"{"encrypted":{"k":{"iv":"AAAAAAAAAAAAAAAAAAAAAA","ciphertext":"Zm9v",
                "mac":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"},"odd":{"iv":7}}}"#,
        );
        assert_eq!(LockedSecret::read(&data, "k").unwrap().ciphertext, b"foo");
        assert_eq!(LockedSecret::read(&data, "odd"), None);
        assert_eq!(LockedSecret::read(&data, "another"), None);
    }
}
