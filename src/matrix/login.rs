//! Signing in, and renewing what proves it.

use super::session::{Session, Tokens};
use super::wire::{Anyone, Endpoint, Request, Response};
use super::{Error, Homeserver};
use crate::secret::Secret;
use serde::Serialize;
use std::rc::Rc;

/// Who wants to sign in. (Client-server API, "Identifier types".)
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "type")]
pub enum Identifier {
    /// A user name, or a full Matrix ID.
    #[serde(rename = "m.id.user")]
    User {
        /// `alice` or `@alice:example.org`
        user: String,
    },
    /// An email address on the account.
    #[serde(rename = "m.id.thirdparty")]
    Email {
        /// Always `email`.
        medium: &'static str,
        /// The address.
        address: String,
    },
}

impl Identifier {
    /// Takes what a person typed: `alice`, `alice@example.org` or a Matrix ID
    /// with or without its `@`. `None` if nothing was typed.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let name = text.strip_prefix('@').unwrap_or(text);
        if name.is_empty() {
            return None;
        }
        Some(if name.contains('@') {
            Self::Email { medium: "email", address: text.to_owned() }
        } else if name.contains(':') {
            Self::User { user: ["@", name].concat() }
        } else {
            Self::User { user: name.to_owned() }
        })
    }

    /// The server part of a full Matrix ID.
    pub fn server_name(&self) -> Option<&str> {
        match self {
            Self::User { user } if user.starts_with('@') => Some(user.split_once(':')?.1),
            _ => None,
        }
    }
}

/// What proves who wants to sign in.
#[derive(Clone, Debug)]
pub enum Proof {
    /// `m.login.password`
    Password(Identifier, Rc<Secret>),
    /// `m.login.token`: what single sign-on came back with. It works once, and
    /// not for long.
    Token(Rc<Secret>),
}

/// `POST /_matrix/client/v3/login`
#[derive(Clone, Debug)]
pub struct Login {
    /// Where to sign in; it becomes part of the session.
    pub homeserver: Homeserver,
    /// What proves it.
    pub proof: Proof,
    /// How the session is called in the person's list of sessions.
    pub device_name: String,
    /// The session of this browser from before, which is taken up again. It may
    /// have been another person's: each has theirs under the same name.
    pub device_id: Option<String>,
}

#[derive(Serialize)]
struct Body<'a> {
    r#type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    identifier: Option<&'a Identifier>,
    #[serde(skip_serializing_if = "Option::is_none")]
    password: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    token: Option<&'a str>,
    initial_device_display_name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    device_id: Option<&'a str>,
    refresh_token: bool,
}

impl Endpoint for Login {
    type Access = Anyone;
    type Answer = Session;

    fn request(&self) -> Request {
        let (r#type, identifier, password, token) = match &self.proof {
            Proof::Password(identifier, password) => {
                ("m.login.password", Some(identifier), Some(password.expose()), None)
            }
            Proof::Token(token) => ("m.login.token", None, None, Some(token.expose())),
        };
        let body = Body {
            r#type,
            identifier,
            password,
            token,
            initial_device_display_name: &self.device_name,
            device_id: self.device_id.as_deref(),
            refresh_token: true,
        };
        Request::post("/_matrix/client/v3/login", &body)
    }

    /// 403 says that the proof is not right, and not of which part. A token that
    /// is too old or was used is refused with 401 on some servers. The Matrix
    /// Authentication Service says 400 `M_UNKNOWN` to an email address.
    /// Continuwuity 26.8 says 404 `M_NOT_FOUND` to a name that it does not know.
    fn read(&self, response: &Response) -> Result<Session, Error> {
        let by_token = matches!(self.proof, Proof::Token(_));
        let by_address = matches!(self.proof, Proof::Password(Identifier::Email { .. }, _));
        let answer = response.open().map_err(|refusal| match Error::from(refusal) {
            Error::Forbidden | Error::SessionEnded if by_token => Error::SignOnExpired,
            Error::NotFound if by_token => Error::NotFound,
            Error::Forbidden | Error::NotFound => Error::WrongCredentials,
            Error::Refused if by_address => Error::NoAddresses,
            other => other,
        })?;
        let tokens = Tokens::read(&answer, response.received).ok_or(Error::NotMatrix)?;
        Ok(Session {
            homeserver: self.homeserver.clone(),
            user_id: answer.text("user_id").ok_or(Error::NotMatrix)?.to_owned(),
            device_id: answer.text("device_id").map(str::to_owned),
            tokens,
        })
    }
}

/// `POST /_matrix/client/v3/refresh`
///
/// Gives a new proof for an old one. Where the answer has no new refresh token,
/// the old one stays good.
pub struct Refresh(pub Rc<Secret>);

#[derive(Serialize)]
struct RefreshBody<'a> {
    refresh_token: &'a str,
}

impl Endpoint for Refresh {
    type Access = Anyone;
    type Answer = Tokens;

    fn request(&self) -> Request {
        let body = RefreshBody { refresh_token: self.0.expose() };
        Request::post("/_matrix/client/v3/refresh", &body)
    }

    /// Synapse says 403 to a token that was used already.
    fn read(&self, response: &Response) -> Result<Tokens, Error> {
        let answer = response.open().map_err(|refusal| match Error::from(refusal) {
            Error::Forbidden => Error::SessionEnded,
            other => other,
        })?;
        let mut tokens = Tokens::read(&answer, response.received).ok_or(Error::NotMatrix)?;
        tokens.refresh.get_or_insert_with(|| self.0.clone());
        Ok(tokens)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matrix::BaseUrl;
    use serde_json::{Value, json};

    fn login(typed: &str) -> Login {
        let password = Rc::new(Secret::new("correct horse".into()));
        with(Proof::Password(Identifier::parse(typed).unwrap(), password))
    }

    fn with(proof: Proof) -> Login {
        Login {
            homeserver: Homeserver::new(None, BaseUrl::parse("https://example.org").unwrap()),
            proof,
            device_name: "Account recovery".into(),
            device_id: Some("BROWSER".into()),
        }
    }

    fn body(request: Request) -> Value {
        serde_json::from_str(request.body.unwrap().expose()).unwrap()
    }

    #[test]
    fn names_matrix_ids_and_addresses_are_told_apart() {
        let user = |user| json!({ "type": "m.id.user", "user": user });
        let email = json!({
            "type": "m.id.thirdparty", "medium": "email", "address": "alice@example.org",
        });
        for (typed, wanted) in [
            ("alice", user("alice")),
            (" @alice ", user("alice")),
            ("@alice:example.org", user("@alice:example.org")),
            ("alice:example.org", user("@alice:example.org")),
            ("alice@example.org ", email),
        ] {
            let body = body(login(typed).request());
            assert_eq!(body["identifier"], wanted, "{typed}");
            assert_eq!(body["password"], "correct horse");
            assert_eq!(body["device_id"], "BROWSER");
            assert_eq!(body["refresh_token"], true);
        }
        assert_eq!(Identifier::parse("  "), None);
        assert_eq!(Identifier::parse("@"), None);
    }

    #[test]
    fn a_token_is_sent_alone() {
        let login = with(Proof::Token(Rc::new(Secret::new("t".into()))));
        let body = body(login.request());
        assert_eq!((&body["type"], &body["token"]), (&json!("m.login.token"), &json!("t")));
        assert!(body.get("identifier").is_none() && body.get("password").is_none());
        let refused = Response::of(403, r#"{"errcode":"M_FORBIDDEN"}"#);
        assert_eq!(login.read(&refused).err(), Some(Error::SignOnExpired));
    }

    #[test]
    fn a_matrix_id_names_its_server() {
        let server = |typed| Identifier::parse(typed).unwrap().server_name().map(str::to_owned);
        assert_eq!(server("@alice:example.org:8448").as_deref(), Some("example.org:8448"));
        assert_eq!(server("alice:example.org").as_deref(), Some("example.org"));
        assert_eq!(server("alice"), None);
        assert_eq!(server("alice@example.org"), None);
    }

    #[test]
    fn answers_to_signing_in() {
        for (status, body, wanted) in [
            (403, r#"{"errcode":"M_FORBIDDEN"}"#, Error::WrongCredentials),
            (403, r#"{"errcode":"M_USER_DEACTIVATED"}"#, Error::Deactivated),
            (401, r#"{"errcode":"M_USER_LOCKED","soft_logout":true}"#, Error::Locked),
            (403, r#"{"errcode":"M_USER_SUSPENDED"}"#, Error::Suspended),
            (404, r#"{"errcode":"M_UNRECOGNIZED"}"#, Error::NotOffered),
            (200, r#"{"user_id":"@alice:example.org"}"#, Error::NotMatrix),
            (200, r#"{"access_token":"t"}"#, Error::NotMatrix),
        ] {
            let answer = login("alice").read(&Response::of(status, body));
            assert_eq!(answer.err(), Some(wanted), "{body}");
        }
        let address = Response::of(400, r#"{"errcode":"M_UNKNOWN"}"#);
        assert_eq!(login("a@b").read(&address).err(), Some(Error::NoAddresses));
        assert_eq!(login("alice").read(&address).err(), Some(Error::Refused));
        // The Matrix Authentication Service does not say how long to wait.
        let limited = Response::of(
            429,
            r#"{"errcode":"M_LIMIT_EXCEEDED","error":"Too many login attempts"}"#,
        );
        let without_a_time = Error::RateLimited { wait: None };
        assert_eq!(login("alice").read(&limited).err(), Some(without_a_time));
        let body = r#"{"user_id":"@alice:example.org","access_token":"t","device_id":"D"}"#;
        let session = login("alice").read(&Response::of(200, body)).unwrap();
        assert_eq!(session.user_id, "@alice:example.org");
        assert_eq!(session.device_id.as_deref(), Some("D"));
        assert_eq!(session.tokens.access.expose(), "t");
        assert!(session.tokens.refresh.is_none());
    }

    /// Continuwuity 26.8, recorded.
    #[test]
    fn unknown_name_reads_as_wrong_name_or_password() {
        let body = r#"{"errcode":"M_NOT_FOUND","error":"This account does not exist."}"#;
        let unknown = Response::of(404, body);
        assert_eq!(login("nobody").read(&unknown).err(), Some(Error::WrongCredentials));
        assert_eq!(login("a@b").read(&unknown).err(), Some(Error::WrongCredentials));
        let token = with(Proof::Token(Rc::new(Secret::new("t".into()))));
        assert_eq!(token.read(&unknown).err(), Some(Error::NotFound));
    }

    #[test]
    fn a_new_proof_for_an_old_one() {
        let refresh = Refresh(Rc::new(Secret::new("old".into())));
        assert_eq!(body(refresh.request()), json!({ "refresh_token": "old" }));
        let read = |status, body: &str| {
            let tokens = refresh.read(&Response::of(status, body))?;
            let next = tokens.refresh.map(|token| token.expose().to_owned());
            Ok((tokens.access.expose().to_owned(), next))
        };
        let pair = |access: &str, next: &str| Ok((access.to_owned(), Some(next.to_owned())));
        let both = r#"{"access_token":"a","refresh_token":"new"}"#;
        assert_eq!(read(200, both), pair("a", "new"));
        assert_eq!(read(200, r#"{"access_token":"a"}"#), pair("a", "old"));
        for status in [401, 403] {
            let code = if status == 401 { "M_UNKNOWN_TOKEN" } else { "M_FORBIDDEN" };
            let body = format!(r#"{{"errcode":"{code}"}}"#);
            assert_eq!(read(status, &body), Err(Error::SessionEnded));
        }
        assert_eq!(read(502, "<html>"), Err(Error::ServerFault));
    }
}
