//! What an administrator may see of an account's encryption.

use super::account::KnownUser;
use super::path;
use crate::matrix::Error;
use crate::matrix::wire::{Endpoint, Request, Response, SignedIn};

/// `GET /_synapse/admin/v1/users/{user_id}/accountdata`
pub struct GetAccountData<'a>(pub &'a KnownUser);

/// Whether there is a recovery key, and what is locked with it. Nobody but the
/// person can open it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SecretsKept {
    /// Secret storage has a key.
    pub has_storage: bool,
    /// The key of a backup of message keys is in it. That the backup is still
    /// there, only the person's own session can tell.
    pub has_backup_key: bool,
}

impl Endpoint for GetAccountData<'_> {
    type Access = SignedIn;
    type Answer = SecretsKept;

    fn request(&self) -> Request {
        Request::get(path("v1/users", self.0.as_str(), "/accountdata")).large_answer()
    }

    fn read(&self, response: &Response) -> Result<SecretsKept, Error> {
        let answer = response.open()?.object("account_data").ok_or(Error::NotMatrix)?;
        let global = answer.object("global").ok_or(Error::NotMatrix)?;
        let key = global.object("m.secret_storage.default_key");
        let key = key
            .as_ref()
            .and_then(|default| default.text("key"))
            .filter(|key| global.object(&["m.secret_storage.key.", key].concat()).is_some());
        // A secret that was taken out again stays as an empty object.
        let locked = global.object("m.megolm_backup.v1").and_then(|it| it.object("encrypted"));
        Ok(SecretsKept {
            has_storage: key.is_some(),
            has_backup_key: key.is_some_and(|key| locked.is_some_and(|locked| locked.has(key))),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::account::tests::bob;
    use super::*;

    fn read(global: &str) -> SecretsKept {
        let body = format!(r#"{{"account_data":{{"global":{global},"rooms":{{}}}}}}"#);
        GetAccountData(bob().user()).read(&Response::of(200, &body)).unwrap()
    }

    /// Synapse answers with the settings of all rooms too.
    #[test]
    fn answer_for_many_rooms_is_read() {
        let request = GetAccountData(bob().user()).request();
        assert_eq!(request.longest_answer, Request::LARGE_ANSWER);
    }

    #[test]
    fn whether_there_is_a_recovery_key() {
        assert_eq!(read("{}"), SecretsKept::default());
        let storage = r#""m.secret_storage.default_key":{"key":"K"},"m.secret_storage.key.K":{}"#;
        let kept = read(&format!("{{{storage}}}"));
        assert_eq!(kept, SecretsKept { has_storage: true, has_backup_key: false });
        let kept = read(&format!(
            r#"{{{storage},"m.megolm_backup.v1":{{"encrypted":{{"K":{{"iv":""}}}}}}}}"#
        ));
        assert_eq!(kept, SecretsKept { has_storage: true, has_backup_key: true });
        for other in [r#"{"encrypted":{"OLD":{}}}"#, "{}", "7"] {
            let kept = read(&format!(r#"{{{storage},"m.megolm_backup.v1":{other}}}"#));
            assert!(!kept.has_backup_key, "{other}");
        }
        let odd = GetAccountData(bob().user()).read(&Response::of(200, "{}"));
        assert_eq!(odd, Err(Error::NotMatrix));
    }
}
