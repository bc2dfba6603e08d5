//! The two requests of a password reset, and the check that comes before them.

use super::Error;
use super::uia::{Challenge, UiaSession};
use super::wire::{Answer, Anyone, Endpoint, Request, Response};
use crate::secret::Secret;
use serde::Serialize;
use std::fmt;
use std::rc::Rc;
use std::time::Duration;

const PASSWORD: &str = "/_matrix/client/v3/account/password";

/// Ending the sessions of a person with many devices has taken half a minute
/// on real servers, and a lost answer is worse than a slow one.
const PASSWORD_PATIENCE: Duration = Duration::from_secs(90);

/// Identifies one attempt at proving an email address. Whoever knows it and
/// the [`Sid`] can set the password once the address was confirmed.
#[derive(Clone, PartialEq, Eq)]
pub struct ClientSecret(Rc<str>);

impl ClientSecret {
    /// The specification allows a few more characters, but Synapse's page
    /// behind the link has refused some of them.
    const ALPHABET: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /// Its length in characters: 214 bits.
    const LENGTH: usize = 36;

    /// Makes one out of random bytes, from a generator that is fit for secrets.
    /// Bytes that would favour some characters are left out, hence the source
    /// may be asked more than once; `None` if it fails.
    pub fn generate(mut random: impl FnMut() -> Option<[u8; 64]>) -> Option<Self> {
        let mut text = String::with_capacity(Self::LENGTH);
        while text.len() < Self::LENGTH {
            let fair = random()?.into_iter().filter(|byte| *byte < 248);
            let letters = fair.filter_map(|byte| Self::ALPHABET.get(usize::from(byte % 62)));
            let missing = Self::LENGTH - text.len();
            text.extend(letters.map(|letter| char::from(*letter)).take(missing));
        }
        Some(Self(text.into()))
    }

    /// Reads one back that was made before, here or by another client.
    pub fn parse(text: &str) -> Option<Self> {
        is_opaque_id(text).then(|| Self(text.into()))
    }

    /// Whether the specification has this character in secrets and in sids.
    pub(super) fn allows(c: char) -> bool {
        c.is_ascii_alphanumeric() || ".=_-".contains(c)
    }

    /// The text that is sent.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for ClientSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ClientSecret(redacted)")
    }
}

/// The server's number for an attempt at proving an email address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sid(pub String);

impl Sid {
    /// Reads one as the specification has it.
    pub fn parse(text: &str) -> Option<Self> {
        is_opaque_id(text).then(|| Self(text.to_owned()))
    }
}

/// What secrets and sids are made of.
fn is_opaque_id(text: &str) -> bool {
    (1..=255).contains(&text.len()) && text.chars().all(ClientSecret::allows)
}

/// `POST /_matrix/client/v3/account/password/email/requestToken`
///
/// Asks the homeserver to send the mail. 200 does not prove that one was sent:
/// servers may answer so for addresses that they do not know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RequestToken {
    /// The same for all mails of one attempt.
    #[serde(serialize_with = "client_secret")]
    pub client_secret: ClientSecret,
    /// Where the mail goes.
    pub email: String,
    /// One more for each mail; a server sends none for a number it has seen.
    pub send_attempt: u32,
    /// Where the browser goes from the page behind the link. Some servers
    /// refuse it, others ignore it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_link: Option<String>,
}

fn client_secret<S: serde::Serializer>(secret: &ClientSecret, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(secret.expose())
}

impl RequestToken {
    /// Servers send the mail before they answer.
    pub(super) const PATIENCE: Duration = Duration::from_secs(60);
}

/// Reads the answer to a request for an email. A `submit_url` means that the user
/// gets a code and not a link (client-server API, "`POST …/requestToken`"):
/// waiting for a link would never end.
pub(super) fn read_sid(answer: &Answer) -> Result<Sid, Error> {
    match answer.has("submit_url") {
        true => Err(Error::NeedsCode),
        false => answer.text("sid").and_then(Sid::parse).ok_or(Error::NotMatrix),
    }
}

impl Endpoint for RequestToken {
    type Access = Anyone;
    type Answer = Sid;

    fn request(&self) -> Request {
        Request::post("/_matrix/client/v3/account/password/email/requestToken", self)
            .patience(Self::PATIENCE)
    }

    /// Synapse without mail answers 400 `M_UNKNOWN`, and 500 `M_UNKNOWN` when
    /// its mail server did not take the mail. Continuwuity without mail answers
    /// 404 `M_UNRECOGNIZED`, though not to a request without parameters.
    fn read(&self, response: &Response) -> Result<Sid, Error> {
        match response.open() {
            Ok(answer) => read_sid(&answer),
            Err(refusal) => Err(match (refusal.status, refusal.code()) {
                (400, "M_UNKNOWN") | (404, "M_UNRECOGNIZED") => Error::MailOff,
                (500, "M_UNKNOWN") => Error::MailNotSent,
                (_, "M_NOT_FOUND") => Error::NotOffered,
                _ => refusal.into(),
            }),
        }
    }
}

/// What is to be set. It stays the same over all requests of one reset, as
/// servers want it within one interactive authentication.
#[derive(Clone, Debug)]
pub struct NewPassword {
    /// The password. Synapse fails with 500 where a request leaves it out.
    pub new_password: Rc<Secret>,
    /// Whether all other sessions are signed out.
    pub logout_devices: bool,
}

#[derive(Serialize)]
struct Body<'a, A> {
    new_password: &'a str,
    logout_devices: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    auth: Option<A>,
}

#[derive(Serialize)]
struct Auth<'a> {
    r#type: &'static str,
    threepid_creds: ThreepidCreds<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    session: Option<&'a str>,
}

#[derive(Serialize)]
struct ThreepidCreds<'a> {
    sid: &'a str,
    client_secret: &'a str,
}

impl NewPassword {
    /// The request, with a proof of whatever kind.
    pub(super) fn request(&self, auth: Option<impl Serialize>) -> Request {
        let body = Body {
            new_password: self.new_password.expose(),
            logout_devices: self.logout_devices,
            auth,
        };
        Request::post(PASSWORD, &body).patience(PASSWORD_PATIENCE)
    }
}

/// `POST /_matrix/client/v3/account/password` without `auth`
///
/// Changes nothing: it asks whether the server would take the password, before
/// any mail is sent. Servers check their rules before they ask for a proof.
#[derive(Clone, Debug)]
pub struct CheckPassword(pub NewPassword);

/// What a server says of a password before it asks for a proof.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PasswordCheck {
    /// It would take the password, and opened a session for the proof.
    Accepted(UiaSession),
    /// This server cannot tell beforehand.
    Unknown,
}

impl PasswordCheck {
    /// The session, where the server opened one.
    pub fn session(self) -> Option<UiaSession> {
        match self {
            Self::Accepted(session) => Some(session),
            Self::Unknown => None,
        }
    }
}

impl Endpoint for CheckPassword {
    type Access = Anyone;
    type Answer = PasswordCheck;

    fn request(&self) -> Request {
        self.0.request(None::<Auth>)
    }

    /// 401 with flows means accepted; any other 401 means that this server
    /// cannot tell (Tuwunel: `M_MISSING_TOKEN`).
    fn read(&self, response: &Response) -> Result<PasswordCheck, Error> {
        let refusal = match response.open() {
            Ok(_) => return Err(Error::NotMatrix),
            Err(refusal) => refusal,
        };
        match (Challenge::of(&refusal), refusal.status) {
            (Some(challenge), _) if !challenge.email_is_enough => Err(Error::NotOffered),
            (Some(challenge), _) => {
                Ok(challenge.session.map_or(PasswordCheck::Unknown, PasswordCheck::Accepted))
            }
            (None, 401) if !refusal.code().is_empty() => Ok(PasswordCheck::Unknown),
            _ => Err(match Error::from(refusal) {
                Error::Forbidden => Error::PasswordChangeOff,
                Error::NotFound => Error::NotOffered,
                other => other,
            }),
        }
    }
}

/// `POST /_matrix/client/v3/account/password` with `m.login.email.identity`
///
/// Sets the password, once the address was confirmed.
#[derive(Clone, Debug)]
pub struct ChangePassword {
    /// What is to be set.
    pub new_password: NewPassword,
    /// The number of the newest mail.
    pub sid: Sid,
    /// The secret that the mail was asked for with.
    pub client_secret: ClientSecret,
    /// The session of [`CheckPassword`] or of an earlier try.
    pub session: Option<UiaSession>,
}

/// How far a change of the password got.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PasswordChange {
    /// The password was changed.
    Done,
    /// The address was not confirmed yet. Servers answer the same for a link
    /// that has expired or that never existed.
    NotConfirmed(Option<UiaSession>),
    /// The server does not know this session any more. Without it, the same
    /// request may be sent again.
    SessionForgotten,
}

impl Endpoint for ChangePassword {
    type Access = Anyone;
    type Answer = PasswordChange;

    fn request(&self) -> Request {
        self.new_password.request(Some(Auth {
            r#type: "m.login.email.identity",
            threepid_creds: ThreepidCreds {
                sid: &self.sid.0,
                client_secret: self.client_secret.expose(),
            },
            session: self.session.as_ref().map(|session| session.0.as_str()),
        }))
    }

    /// "Not confirmed yet" has three shapes: 401 with flows and
    /// `M_UNAUTHORIZED` (Synapse), the same with `M_THREEPID_AUTH_FAILED`
    /// (Continuwuity), and 403 from a server without sessions (Tuwunel). An
    /// unknown session is 400 `M_UNKNOWN` or `M_INVALID_PARAM`. Without a session,
    /// the answer to the same code is believed.
    fn read(&self, response: &Response) -> Result<PasswordChange, Error> {
        let refusal = match response.open() {
            Ok(_) => return Ok(PasswordChange::Done),
            Err(refusal) => refusal,
        };
        if let Some(challenge) = Challenge::of(&refusal) {
            return match refusal.code() {
                "M_UNAUTHORIZED" | "M_THREEPID_AUTH_FAILED" | "M_FORBIDDEN" | "" => {
                    Ok(PasswordChange::NotConfirmed(challenge.session))
                }
                _ => Err(Error::Refused),
            };
        }
        match (refusal.status, refusal.code()) {
            (403, "M_FORBIDDEN" | "M_THREEPID_AUTH_FAILED") if self.session.is_none() => {
                Ok(PasswordChange::NotConfirmed(None))
            }
            // Synapse, and Continuwuity ("Invalid session").
            (400, "M_UNKNOWN" | "M_INVALID_PARAM") if self.session.is_some() => {
                Ok(PasswordChange::SessionForgotten)
            }
            (401, code) if !code.is_empty() => Err(Error::NotOffered),
            _ => Err(match Error::from(refusal) {
                Error::Forbidden => Error::PasswordChangeOff,
                Error::NotFound => Error::AddressGone,
                other => other,
            }),
        }
    }
}

#[cfg(test)]
mod tests;
