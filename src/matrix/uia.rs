//! User-interactive authentication: the server answers 401 with the flows that
//! would prove who one is, and a session in which they are proven.
//! (Client-server API, "User-Interactive Authentication API".)

use super::Error;
use super::refusal::Refusal;
use super::wire::{Response, segment};
use crate::secret::Secret;
use serde::Serialize;
use serde_json::Value;
use std::rc::Rc;

/// The session of one interactive authentication. It is kept and sent with
/// every later try: Synapse then does not hash the new password again at each
/// of them, and answers 200 again when the answer to a finished try was lost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UiaSession(pub String);

/// What a 401 asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Challenge {
    /// The session, where the server opened one.
    pub session: Option<UiaSession>,
    /// Whether a confirmed email address is all the proof that is asked for.
    pub email_is_enough: bool,
    /// Whether the password is.
    pub password_is_enough: bool,
    /// Whether signing in once more at the provider is (`m.login.sso`).
    pub sign_on_is_enough: bool,
    /// Whether a proof was sent and is not right.
    pub was_refused: bool,
}

impl Challenge {
    /// A 401 is a challenge if it has flows; otherwise it is just a refusal.
    pub(super) fn of(refusal: &Refusal) -> Option<Self> {
        if refusal.status != 401 {
            return None;
        }
        let flows = refusal.answer.list("flows")?;
        let session = refusal.answer.text("session");
        let is_enough = |stage: &str| flows.iter().any(|flow| is_only(flow, stage));
        Some(Self {
            session: session.map(|session| UiaSession(session.to_owned())),
            email_is_enough: is_enough("m.login.email.identity"),
            password_is_enough: is_enough("m.login.password"),
            sign_on_is_enough: is_enough("m.login.sso"),
            was_refused: refusal.code() == "M_FORBIDDEN",
        })
    }

    /// The page of the homeserver on which one signs in once more at the
    /// provider. (Client-server API, "Fallback".)
    pub fn sign_on_page(&self) -> Option<String> {
        const PAGE: &str = "/_matrix/client/v3/auth/m.login.sso/fallback/web?session=";
        let session = self.session.as_ref().filter(|_| self.sign_on_is_enough)?;
        Some([PAGE, &segment(&session.0)].concat())
    }
}

fn is_only(flow: &Value, wanted: &str) -> bool {
    let stages = flow.get("stages").and_then(Value::as_array);
    matches!(stages.map(Vec::as_slice), Some([stage]) if stage == wanted)
}

/// A proof that whoever is signed in is the owner of the account.
#[derive(Clone, Debug, Default)]
pub struct Owner {
    /// Their full Matrix ID and their password; without, the session alone is
    /// sent, in which they have signed in at the provider.
    pub password: Option<(String, Rc<Secret>)>,
    /// The session of the challenge.
    pub session: Option<UiaSession>,
}

#[derive(Serialize)]
pub(super) struct Auth<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    r#type: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    identifier: Option<User<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    password: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    session: Option<&'a str>,
}

#[derive(Serialize)]
struct User<'a> {
    r#type: &'static str,
    user: &'a str,
}

impl Owner {
    /// What is sent of it; nothing, to learn what the server asks for.
    pub(super) fn auth(&self) -> Option<Auth<'_>> {
        let session = self.session.as_ref().map(|session| session.0.as_str());
        match &self.password {
            Some((user, password)) => Some(Auth {
                r#type: Some("m.login.password"),
                identifier: Some(User { r#type: "m.id.user", user }),
                password: Some(password.expose()),
                session,
            }),
            None if session.is_some() => {
                Some(Auth { r#type: None, identifier: None, password: None, session })
            }
            None => None,
        }
    }
}

/// What came of something that only the owner of an account may do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Owned {
    /// It was done.
    Done,
    /// The server asks for a proof first.
    Prove(Challenge),
}

impl Owned {
    /// Reads an answer. `refused` reads what is no challenge.
    pub(super) fn read(
        response: &Response,
        refused: impl FnOnce(Refusal) -> Error,
    ) -> Result<Self, Error> {
        let refusal = match response.open() {
            Ok(_) => return Ok(Self::Done),
            Err(refusal) => refusal,
        };
        match Challenge::of(&refusal) {
            Some(challenge) if challenge.password_is_enough || challenge.sign_on_is_enough => {
                Ok(Self::Prove(challenge))
            }
            Some(_) => Err(Error::NotOffered),
            None => Err(refused(refusal)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(body: &str) -> Result<Owned, Error> {
        Owned::read(&Response::of(401, body), Error::from)
    }

    #[test]
    fn what_a_server_asks_of_an_owner() {
        let flows = r#""flows":[{"stages":["m.login.password"]},{"stages":["m.login.sso"]}]"#;
        let first = read(&format!(r#"{{"session":"a b",{flows},"params":{{}}}}"#)).unwrap();
        let Owned::Prove(challenge) = first else { panic!("{first:?}") };
        assert!(challenge.password_is_enough && challenge.sign_on_is_enough);
        assert!(!challenge.was_refused && !challenge.email_is_enough);
        let page = challenge.sign_on_page().unwrap();
        assert!(page.ends_with("/m.login.sso/fallback/web?session=a%20b"), "{page}");
        let wrong = format!(r#"{{"errcode":"M_FORBIDDEN","session":"s",{flows}}}"#);
        assert!(matches!(read(&wrong), Ok(Owned::Prove(challenge)) if challenge.was_refused));
        // A proof that nobody can give here.
        let odd = r#"{"session":"s","flows":[{"stages":["m.oauth"]}]}"#;
        assert_eq!(read(odd), Err(Error::NotOffered));
        assert_eq!(read(r#"{"errcode":"M_UNKNOWN_TOKEN"}"#), Err(Error::SessionEnded));
        assert_eq!(Owned::read(&Response::of(200, "{}"), Error::from), Ok(Owned::Done));
    }

    #[test]
    fn what_is_sent_of_a_proof() {
        let sent = |owner: &Owner| serde_json::to_value(owner.auth()).unwrap();
        let session = Some(UiaSession("s".into()));
        assert_eq!(sent(&Owner::default()), json!(null));
        let signed_on = Owner { password: None, session: session.clone() };
        assert_eq!(sent(&signed_on), json!({ "session": "s" }));
        let password = Rc::new(Secret::new("p".into()));
        let owner = Owner { password: Some(("@alice:example.org".into(), password)), session };
        assert_eq!(
            sent(&owner),
            json!({
                "type": "m.login.password", "password": "p", "session": "s",
                "identifier": { "type": "m.id.user", "user": "@alice:example.org" },
            })
        );
    }
}
