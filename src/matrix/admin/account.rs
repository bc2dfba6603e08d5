//! One account.

use super::path;
use crate::matrix::Error;
use crate::matrix::wire::{Answer, Endpoint, Request, Response, SignedIn};
use serde::Serialize;
use std::time::Duration;

/// The Matrix ID of an account that the homeserver has told of.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct KnownUser(String);

impl KnownUser {
    /// Only for what a homeserver answered.
    pub(super) fn of_answer(id: &str) -> Option<Self> {
        (id.starts_with('@') && id.contains(':')).then(|| Self(id.to_owned()))
    }

    /// The Matrix ID.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What tells accounts apart in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Whose it is.
    pub user: KnownUser,
    /// What they are called.
    pub display_name: Option<String>,
    /// Whether they administer the homeserver.
    pub is_admin: bool,
    /// Whether it was closed.
    pub is_deactivated: bool,
    /// Whether it was locked: nobody can use it until it is unlocked.
    pub is_locked: bool,
    /// Whether it was suspended: it may look, and change nothing. Synapse tells
    /// that of one account, not in a list.
    pub is_suspended: bool,
    /// When it was made, as time since 1970.
    pub created: Option<Duration>,
    /// When it was last used, as time since 1970.
    pub last_seen: Option<Duration>,
}

/// An email address or a telephone number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Threepid {
    /// `email` or `msisdn`.
    pub medium: String,
    /// The address, or the number.
    pub address: String,
}

impl Threepid {
    /// An email address, spelt as Synapse keeps it.
    pub fn email(address: &str) -> Self {
        Self { medium: "email".to_owned(), address: address.trim().to_lowercase() }
    }
}

/// All that is told of an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// What is in a list too.
    pub listed: Listed,
    /// The bridge or bot that it belongs to, if it does.
    pub appservice: Option<String>,
    /// The addresses and numbers on it; nothing where they could not all be read:
    /// the list must not be written back then.
    pub threepids: Option<Vec<Threepid>>,
    /// How it is known to providers of single sign-on: the provider and the name
    /// there.
    pub external_ids: Vec<(String, String)>,
}

impl Account {
    /// Whose it is.
    pub fn user(&self) -> &KnownUser {
        &self.listed.user
    }

    /// The email addresses on it, as far as they are known.
    pub fn emails(&self) -> impl Iterator<Item = &str> {
        let all = self.threepids.iter().flatten();
        all.filter(|entry| entry.medium == "email").map(|entry| entry.address.as_str())
    }

    /// Whether it has this email address.
    pub fn has_email(&self, address: &str) -> bool {
        let wanted = Threepid::email(address);
        self.emails().any(|email| Threepid::email(email) == wanted)
    }

    /// Whether it is deactivated, and no email address is left with which a reset could
    /// activate it again.
    pub fn is_closed(&self) -> bool {
        let has_none = self.threepids.as_ref().is_some_and(Vec::is_empty);
        self.listed.is_deactivated && has_none
    }

    pub(super) fn read(answer: &Answer) -> Option<Self> {
        Some(Self {
            listed: listed(answer)?,
            appservice: answer.text("appservice_id").map(str::to_owned),
            threepids: threepids(answer),
            external_ids: external_ids(answer),
        })
    }
}

/// `GET /_synapse/admin/v2/users/{user_id}`
///
/// [`Error::NotFound`] where there is no such account; [`Error::Refused`] where it
/// is an account of another homeserver.
pub struct GetAccount<'a>(pub &'a str);

impl Endpoint for GetAccount<'_> {
    type Access = SignedIn;
    type Answer = Account;

    fn request(&self) -> Request {
        Request::get(path("v2/users", self.0, ""))
    }

    fn read(&self, response: &Response) -> Result<Account, Error> {
        Account::read(&response.open()?).ok_or(Error::NotMatrix)
    }
}

/// What a list and an account have in common.
pub(super) fn listed(answer: &Answer) -> Option<Listed> {
    const LONGEST: usize = 100;
    let name = answer.text("displayname").unwrap_or_default();
    let name: String = name.chars().filter(|c| !c.is_control()).take(LONGEST).collect();
    Some(Listed {
        user: KnownUser::of_answer(answer.text("name")?)?,
        display_name: Some(name.trim().to_owned()).filter(|name| !name.is_empty()),
        is_admin: is_set(answer, "admin"),
        is_deactivated: is_set(answer, "deactivated"),
        is_locked: is_set(answer, "locked"),
        is_suspended: is_set(answer, "suspended"),
        // Tuwunel does not know, and writes 0.
        created: answer.number("creation_ts").filter(|time| *time > 0).map(time),
        last_seen: answer.number("last_seen_ts").filter(|time| *time > 0).map(time),
    })
}

/// Older versions write 1 for yes.
fn is_set(answer: &Answer, key: &str) -> bool {
    answer.flag(key) || answer.number(key) == Some(1)
}

/// Synapse counts the same field in seconds here and in milliseconds there.
fn time(number: u64) -> Duration {
    /// As seconds it would be the year 5138, as milliseconds it is 1973.
    const BETWEEN: u64 = 100_000_000_000;
    if number < BETWEEN { Duration::from_secs(number) } else { Duration::from_millis(number) }
}

/// Tuwunel leaves the list out where there is nothing in it.
fn threepids(answer: &Answer) -> Option<Vec<Threepid>> {
    if answer.value("threepids").is_none() {
        return Some(Vec::new());
    }
    let all = answer.list("threepids")?.iter();
    all.map(|entry| {
        let entry = Answer::of(entry)?;
        let (medium, address) = (entry.text("medium")?, entry.text("address")?);
        Some(Threepid { medium: medium.to_owned(), address: address.to_owned() })
    })
    .collect()
}

fn external_ids(answer: &Answer) -> Vec<(String, String)> {
    let all = answer.list("external_ids").unwrap_or_default().iter().filter_map(Answer::of);
    let both = |entry: Answer| {
        Some((entry.text("auth_provider")?.to_owned(), entry.text("external_id")?.to_owned()))
    };
    all.filter_map(both).collect()
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// An account as Synapse 1.163 tells of it.
    pub(crate) const BOB: &str = r#"{"name":"@bob:example.org","admin":false,"deactivated":false,
        "locked":false,"shadow_banned":false,"creation_ts":1790000000,"appservice_id":null,
        "consent_server_notice_sent":null,"consent_version":null,"consent_ts":null,
        "user_type":null,"is_guest":false,"suspended":false,"displayname":"Bob","avatar_url":null,
        "threepids":[{"medium":"email","address":"bob@example.org","validated_at":1790000000000,
        "added_at":1790000000000},{"medium":"msisdn","address":"4912345","validated_at":1,"added_at":1}],
        "external_ids":[{"auth_provider":"oidc-work","external_id":"b.builder"}],"erased":false,
        "last_seen_ts":1790000123456}"#;

    /// Somebody whom a homeserver told of.
    pub(crate) fn user(id: &str) -> KnownUser {
        KnownUser::of_answer(id).unwrap()
    }

    pub(crate) fn bob() -> Account {
        GetAccount("@bob:example.org").read(&Response::of(200, BOB)).unwrap()
    }

    #[test]
    fn an_account_as_synapse_tells_of_it() {
        let bob = bob();
        assert_eq!(bob.user().as_str(), "@bob:example.org");
        assert_eq!(bob.listed.created, Some(Duration::from_secs(1_790_000_000)));
        assert_eq!(bob.listed.last_seen, Some(Duration::from_millis(1_790_000_123_456)));
        assert_eq!(bob.emails().collect::<Vec<_>>(), ["bob@example.org"]);
        assert!(bob.has_email(" Bob@Example.org ") && !bob.has_email("bob@example.com"));
        assert_eq!(bob.threepids.as_ref().map(Vec::len), Some(2));
        assert_eq!(bob.external_ids, [("oidc-work".to_owned(), "b.builder".to_owned())]);
        let path = GetAccount("@b/ö:example.org").request().path;
        assert_eq!(path, "/_synapse/admin/v2/users/%40b%2F%C3%B6%3Aexample.org");
    }

    #[test]
    fn an_address_is_there_however_it_is_spelt() {
        let body = BOB.replace("bob@example.org", " Bob@example.org\\t");
        let bob = GetAccount("@bob:example.org").read(&Response::of(200, &body)).unwrap();
        assert!(bob.has_email("bob@example.org"));
    }

    #[test]
    fn a_list_that_cannot_be_read_is_none() {
        for list in [r#"[{"medium":"email"}]"#, "[7]", "{}", "null"] {
            let body = format!(r#"{{"name":"@a:b","threepids":{list}}}"#);
            let account = GetAccount("@a:b").read(&Response::of(200, &body)).unwrap();
            assert_eq!(account.threepids, None, "{list}");
        }
    }

    #[test]
    fn who_is_not_there() {
        let read = |status, body| GetAccount("@a:b").read(&Response::of(status, body));
        let none = r#"{"errcode":"M_NOT_FOUND","error":"User not found"}"#;
        assert_eq!(read(404, none), Err(Error::NotFound));
        let remote = r#"{"errcode":"M_UNKNOWN","error":"Can only look up local users"}"#;
        assert_eq!(read(400, remote), Err(Error::Refused));
        let person = r#"{"errcode":"M_FORBIDDEN","error":"You are not a server admin"}"#;
        assert_eq!(read(403, person), Err(Error::Forbidden));
        assert_eq!(read(200, r#"{"name":"bob"}"#), Err(Error::NotMatrix));
        assert_eq!(read(404, "<html>"), Err(Error::NotMatrix));
    }
}
