//! Signing in, who is signed in, signing out.

use super::wire::{Anyone, Endpoint, Nothing, Request, Response, SignedIn};
use super::{Error, Homeserver};
use crate::secret::Secret;
use serde::Serialize;
use std::rc::Rc;

/// Somebody is signed in. What needs an access token can be asked for only
/// with one of these.
#[derive(Clone, Debug)]
pub struct Session {
    /// Where.
    pub homeserver: Homeserver,
    /// Who: a full Matrix ID.
    pub user_id: String,
    /// The proof, for the homeserver and nobody else.
    pub access_token: Rc<Secret>,
}

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

/// `POST /_matrix/client/v3/login` with `m.login.password`
#[derive(Clone, Debug)]
pub struct Login {
    /// Where to sign in; it becomes part of the session.
    pub homeserver: Homeserver,
    /// Who.
    pub identifier: Identifier,
    /// The password.
    pub password: Rc<Secret>,
    /// How the session is called in the person's list of sessions.
    pub device_name: String,
}

#[derive(Serialize)]
struct Body<'a> {
    r#type: &'static str,
    identifier: &'a Identifier,
    password: &'a str,
    initial_device_display_name: &'a str,
}

impl Endpoint for Login {
    type Access = Anyone;
    type Answer = Session;

    fn request(&self) -> Request {
        let body = Body {
            r#type: "m.login.password",
            identifier: &self.identifier,
            password: self.password.expose(),
            initial_device_display_name: &self.device_name,
        };
        Request::post("/_matrix/client/v3/login", &body)
    }

    fn read(&self, response: &Response) -> Result<Session, Error> {
        let answer = response.open().map_err(|refusal| match Error::from(refusal) {
            Error::Forbidden => Error::WrongCredentials,
            other => other,
        })?;
        let (Some(user_id), Some(token)) = (answer.text("user_id"), answer.text("access_token"))
        else {
            return Err(Error::NotMatrix);
        };
        Ok(Session {
            homeserver: self.homeserver.clone(),
            user_id: user_id.to_owned(),
            access_token: Rc::new(Secret::new(token.to_owned())),
        })
    }
}

/// `GET /_matrix/client/v3/account/whoami`
///
/// Answers with the Matrix ID, which proves that the session still stands.
pub struct WhoAmI;

impl Endpoint for WhoAmI {
    type Access = SignedIn;
    type Answer = String;

    fn request(&self) -> Request {
        Request::get("/_matrix/client/v3/account/whoami")
    }

    fn read(&self, response: &Response) -> Result<String, Error> {
        let answer = response.open()?;
        answer.text("user_id").map(str::to_owned).ok_or(Error::NotMatrix)
    }
}

/// `POST /_matrix/client/v3/logout`
///
/// A session that the server does not know any more counts as signed out.
pub struct Logout;

impl Endpoint for Logout {
    type Access = SignedIn;
    type Answer = ();

    fn request(&self) -> Request {
        Request::post("/_matrix/client/v3/logout", &Nothing {})
    }

    fn read(&self, response: &Response) -> Result<(), Error> {
        match response.open().map_err(Error::from) {
            Ok(_) | Err(Error::SessionEnded) => Ok(()),
            Err(error) => Err(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matrix::BaseUrl;
    use serde_json::{Value, json};

    fn login(typed: &str) -> Login {
        Login {
            homeserver: Homeserver::new(None, BaseUrl::parse("https://example.org").unwrap()),
            identifier: Identifier::parse(typed).unwrap(),
            password: Rc::new(Secret::new("correct horse".into())),
            device_name: "Account recovery".into(),
        }
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
            let request = login(typed).request();
            let body: Value = serde_json::from_str(request.body.unwrap().expose()).unwrap();
            assert_eq!(body["identifier"], wanted, "{typed}");
            assert_eq!(body["password"], "correct horse");
        }
        assert_eq!(Identifier::parse("  "), None);
        assert_eq!(Identifier::parse("@"), None);
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
            (404, r#"{"errcode":"M_UNRECOGNIZED"}"#, Error::NotOffered),
            (200, r#"{"user_id":"@alice:example.org"}"#, Error::NotMatrix),
        ] {
            let answer = login("alice").read(&Response::of(status, body));
            assert_eq!(answer.err(), Some(wanted), "{body}");
        }
        let body = r#"{"user_id":"@alice:example.org","access_token":"t","device_id":"D"}"#;
        let session = login("alice").read(&Response::of(200, body)).unwrap();
        assert_eq!(session.user_id, "@alice:example.org");
        assert_eq!(session.access_token.expose(), "t");
    }

    #[test]
    fn a_session_that_is_gone_is_signed_out() {
        let gone = Response::of(401, r#"{"errcode":"M_UNKNOWN_TOKEN"}"#);
        assert_eq!(Logout.read(&gone), Ok(()));
        assert_eq!(WhoAmI.read(&gone), Err(Error::SessionEnded));
        assert_eq!(Logout.read(&Response::of(200, "{}")), Ok(()));
        assert_eq!(Logout.read(&Response::of(502, "")), Err(Error::ServerFault));
    }
}
