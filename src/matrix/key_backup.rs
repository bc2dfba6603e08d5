//! The backup of message keys on the homeserver. (Client-server API,
//! "Server-side key backups".)

use super::Error;
use super::base64::decode_exactly;
use super::secret_storage::Passphrase;
use super::wire::{Answer, Endpoint, Request, Response, SignedIn};

/// What a homeserver says of a backup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backup {
    /// Its number.
    pub version: String,
    /// How many keys are in it.
    pub count: u64,
    /// It is another one whenever something in it has changed.
    pub etag: String,
    /// The public half of its key, where it is of the kind that is specified.
    pub public_key: Option<[u8; 32]>,
    /// How its key was made of a passphrase, as clients did before there was
    /// secret storage.
    pub passphrase: Option<Passphrase>,
}

impl Backup {
    /// What tells one backup from another, whatever is in it.
    pub fn id(&self) -> (String, Option<[u8; 32]>) {
        (self.version.clone(), self.public_key)
    }
}

/// `GET /_matrix/client/v3/room_keys/version`
pub struct GetBackup;

impl Endpoint for GetBackup {
    type Access = SignedIn;
    /// `None` where there is none.
    type Answer = Option<Backup>;

    fn request(&self) -> Request {
        Request::get("/_matrix/client/v3/room_keys/version")
    }

    fn read(&self, response: &Response) -> Result<Option<Backup>, Error> {
        let answer = match response.open().map_err(Error::from) {
            Err(Error::NotFound) => return Ok(None),
            answer => answer?,
        };
        const KIND: &str = "m.megolm_backup.v1.curve25519-aes-sha2";
        let kind = answer.text("algorithm").ok_or(Error::NotMatrix)?;
        let details = answer.object("auth_data").filter(|_| kind == KIND).unwrap_or_default();
        let text = |key| answer.text(key).unwrap_or_default().to_owned();
        Ok(Some(Backup {
            version: text("version"),
            count: answer.number("count").ok_or(Error::NotMatrix)?,
            etag: text("etag"),
            public_key: details.text("public_key").and_then(decode_exactly),
            passphrase: passphrase(&details),
        }))
    }
}

fn passphrase(details: &Answer) -> Option<Passphrase> {
    Some(Passphrase {
        salt: details.text("private_key_salt")?.to_owned(),
        iterations: u32::try_from(details.number("private_key_iterations")?).ok()?,
        bits: 256,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_backup_and_none() {
        let body = r#"{"algorithm":"m.megolm_backup.v1.curve25519-aes-sha2","version":"3",
            "count":42,"etag":"7","auth_data":{"signatures":{},
            "public_key":"hSDwCYkwp1R0i33ctD73Wg2/Og0mOBr066SpjqqbTmo"}}"#;
        let backup = GetBackup.read(&Response::of(200, body)).unwrap().unwrap();
        assert_eq!((backup.count, backup.version.as_str()), (42, "3"));
        assert_eq!(backup.public_key.unwrap()[..2], [0x85, 0x20]);
        assert_eq!(backup.passphrase, None);
        let none = Response::of(404, r#"{"errcode":"M_NOT_FOUND"}"#);
        assert_eq!(GetBackup.read(&none), Ok(None));
        let unrecognized = Response::of(404, r#"{"errcode":"M_UNRECOGNIZED"}"#);
        assert_eq!(GetBackup.read(&unrecognized), Err(Error::NotOffered));
        let odd = r#"{"algorithm":"org.example.other","version":"1","count":1,"auth_data":
            {"public_key":"hSDwCYkwp1R0i33ctD73Wg2/Og0mOBr066SpjqqbTmo"}}"#;
        let odd = GetBackup.read(&Response::of(200, odd)).unwrap().unwrap();
        assert_eq!(odd.public_key, None, "of another kind, nothing is known");
    }

    #[test]
    fn an_old_backup_with_a_passphrase() {
        let body = r#"{"algorithm":"m.megolm_backup.v1.curve25519-aes-sha2","version":"1",
            "count":1,"auth_data":{"public_key":"short","private_key_salt":"salt",
            "private_key_iterations":500000}}"#;
        let backup = GetBackup.read(&Response::of(200, body)).unwrap().unwrap();
        let wanted = Passphrase { salt: "salt".into(), iterations: 500_000, bits: 256 };
        assert_eq!((backup.public_key, backup.passphrase), (None, Some(wanted)));
    }
}
