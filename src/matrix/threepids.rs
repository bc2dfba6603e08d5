//! The email addresses on an account.

use super::Error;
use super::password_reset::{ClientSecret, RequestToken, Sid, read_sid};
use super::uia::{Auth, Owned, Owner};
use super::wire::{Answer, Anyone, Endpoint, Request, Response, SignedIn};
use serde::Serialize;

/// `GET /_matrix/client/v3/account/3pid`
///
/// Answers with the email addresses; telephone numbers are left out.
pub struct GetEmails;

impl Endpoint for GetEmails {
    type Access = SignedIn;
    type Answer = Vec<String>;

    fn request(&self) -> Request {
        Request::get("/_matrix/client/v3/account/3pid")
    }

    fn read(&self, response: &Response) -> Result<Vec<String>, Error> {
        let answer = response.open()?;
        let all = answer.list("threepids").ok_or(Error::NotMatrix)?;
        let emails = all.iter().filter_map(Answer::of);
        let emails = emails.filter(|entry| entry.text("medium") == Some("email"));
        Ok(emails.filter_map(|entry| entry.text("address").map(str::to_owned)).collect())
    }
}

/// The addresses that an account has no more after one was added to it, by the lists
/// before and after. Continuwuity keeps one address for an account: a second takes the
/// place of the first. Letter case does not count: some servers lower it.
pub fn displaced<'a>(before: &'a [String], after: &[String]) -> Vec<&'a str> {
    let is_there = |address: &&String| after.iter().any(|kept| kept.eq_ignore_ascii_case(address));
    before.iter().filter(|address| !is_there(address)).map(String::as_str).collect()
}

/// `POST /_matrix/client/v3/account/3pid/email/requestToken`
///
/// Asks the homeserver to send a mail to an address that is to be added. Servers
/// may answer 200 for an address that is on another account.
pub struct RequestEmail(pub RequestToken);

impl Endpoint for RequestEmail {
    type Access = Anyone;
    type Answer = Sid;

    fn request(&self) -> Request {
        let path = "/_matrix/client/v3/account/3pid/email/requestToken";
        Request::post(path, &self.0).patience(RequestToken::PATIENCE)
    }

    /// Synapse without mail answers 400 `M_THREEPID_MEDIUM_NOT_SUPPORTED`, and
    /// Continuwuity 26.8 answers 404 `M_UNRECOGNIZED`.
    fn read(&self, response: &Response) -> Result<Sid, Error> {
        match response.open() {
            Ok(answer) => read_sid(&answer),
            Err(refusal) => Err(match (refusal.status, refusal.code()) {
                (_, "M_THREEPID_MEDIUM_NOT_SUPPORTED") | (404, "M_UNRECOGNIZED") => Error::MailOff,
                (500, "M_UNKNOWN") => Error::MailNotSent,
                _ => refusal.into(),
            }),
        }
    }
}

/// `POST /_matrix/client/v3/account/3pid/add`
///
/// Adds an address whose mail was confirmed.
pub struct AddEmail {
    /// The number of the mail.
    pub sid: Sid,
    /// The secret that the mail was asked for with.
    pub client_secret: ClientSecret,
    /// Who wants it.
    pub owner: Owner,
}

#[derive(Serialize)]
struct AddBody<'a> {
    sid: &'a str,
    client_secret: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    auth: Option<Auth<'a>>,
}

impl Endpoint for AddEmail {
    type Access = SignedIn;
    type Answer = Owned;

    fn request(&self) -> Request {
        let body = AddBody {
            sid: &self.sid.0,
            client_secret: self.client_secret.expose(),
            auth: self.owner.auth(),
        };
        Request::post("/_matrix/client/v3/account/3pid/add", &body)
    }

    /// Synapse asks for the proof first, and then says 400
    /// `M_THREEPID_AUTH_FAILED` where the link was not opened.
    fn read(&self, response: &Response) -> Result<Owned, Error> {
        Owned::read(response, |refusal| match refusal.code() {
            "M_THREEPID_AUTH_FAILED" | "M_SESSION_NOT_VALIDATED" => Error::LinkNotOpened,
            _ => refusal.into(),
        })
    }
}

/// `POST /_matrix/client/v3/account/3pid/delete`
///
/// An address that is not there any more counts as removed.
pub struct RemoveEmail(pub String);

#[derive(Serialize)]
struct RemoveBody<'a> {
    medium: &'static str,
    address: &'a str,
}

impl Endpoint for RemoveEmail {
    type Access = SignedIn;
    type Answer = ();

    fn request(&self) -> Request {
        let body = RemoveBody { medium: "email", address: &self.0 };
        Request::post("/_matrix/client/v3/account/3pid/delete", &body)
    }

    fn read(&self, response: &Response) -> Result<(), Error> {
        match response.open().map_err(Error::from) {
            Ok(_) | Err(Error::NotFound | Error::AddressUnknown) => Ok(()),
            Err(error) => Err(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_from_numbers() {
        let body = r#"{"threepids":[{"medium":"msisdn","address":"4912345"},
            {"medium":"email","address":"alice@example.org"},{"medium":"email"},7]}"#;
        let emails = GetEmails.read(&Response::of(200, body));
        assert_eq!(emails, Ok(vec!["alice@example.org".to_owned()]));
        assert_eq!(GetEmails.read(&Response::of(200, "{}")), Err(Error::NotMatrix));
    }

    fn token() -> RequestToken {
        RequestToken {
            client_secret: ClientSecret::parse("secret").unwrap(),
            email: "alice@example.org".into(),
            send_attempt: 1,
            next_link: None,
        }
    }

    /// Continuwuity 26.8, recorded.
    #[test]
    fn server_without_mail_says_unrecognized() {
        let body = r#"{"errcode":"M_UNRECOGNIZED","error":"This homeserver is not configured to send email."}"#;
        let answer = RequestEmail(token()).read(&Response::of(404, body));
        assert_eq!(answer, Err(Error::MailOff));
    }

    /// As Continuwuity 26.8 lists them before and after a second one was added.
    #[test]
    fn second_address_displaces_the_first() {
        let list = |address: &str| {
            let entry = format!(r#"{{"medium":"email","address":"{address}"}}"#);
            let body = format!(r#"{{"threepids":[{entry}]}}"#);
            GetEmails.read(&Response::of(200, &body)).unwrap()
        };
        let (first, second) = (list("alice@example.org"), list("alice@elsewhere.example"));
        assert_eq!(displaced(&first, &second), ["alice@example.org"]);
        let both = [first.clone(), second].concat();
        assert!(displaced(&first, &both).is_empty(), "Synapse keeps both");
        assert!(displaced(&list("Alice@Example.org"), &both).is_empty());
        assert!(displaced(&[], &both).is_empty());
    }

    #[test]
    fn answers_to_adding_an_address() {
        let token = token();
        for (status, code, wanted) in [
            (400, "M_THREEPID_IN_USE", Error::AddressTaken),
            (403, "M_THREEPID_DENIED", Error::AddressDenied),
            (400, "M_THREEPID_MEDIUM_NOT_SUPPORTED", Error::MailOff),
            (400, "M_INVALID_PARAM", Error::Refused),
            (405, "M_UNRECOGNIZED", Error::NotOffered),
        ] {
            let answer = Response::of(status, &format!(r#"{{"errcode":"{code}"}}"#));
            assert_eq!(RequestEmail(token.clone()).read(&answer), Err(wanted), "{code}");
        }
        let code = Response::of(200, r#"{"sid":"1","submit_url":"https://example.org/submit"}"#);
        assert_eq!(RequestEmail(token.clone()).read(&code), Err(Error::NeedsCode));
        let add = AddEmail {
            sid: Sid("1".into()),
            client_secret: token.client_secret,
            owner: Owner::default(),
        };
        let early = Response::of(400, r#"{"errcode":"M_THREEPID_AUTH_FAILED"}"#);
        assert_eq!(add.read(&early), Err(Error::LinkNotOpened));
        let taken = Response::of(400, r#"{"errcode":"M_THREEPID_IN_USE"}"#);
        assert_eq!(add.read(&taken), Err(Error::AddressTaken));
    }
}
