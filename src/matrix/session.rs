//! Who is signed in, and signing out.

use super::wire::{Answer, Endpoint, Nothing, Request, Response, SignedIn};
use super::{Error, Homeserver};
use crate::secret::Secret;
use std::rc::Rc;
use std::time::Duration;

/// Somebody is signed in. What needs an access token can be asked for only
/// with one of these.
#[derive(Clone, Debug)]
pub struct Session {
    /// Where.
    pub homeserver: Homeserver,
    /// Who: a full Matrix ID.
    pub user_id: String,
    /// How the homeserver calls this session among the person's other ones.
    pub device_id: Option<String>,
    /// What proves it.
    pub tokens: Tokens,
}

/// What proves a session, for the homeserver and nobody else.
#[derive(Clone, Debug)]
pub struct Tokens {
    /// The proof.
    pub access: Rc<Secret>,
    /// What a new proof is asked for with, where the server gave one.
    pub refresh: Option<Rc<Secret>>,
    /// When the proof ends, as time since 1970 by this device's clock, where the
    /// server said so.
    pub until: Option<Duration>,
}

impl Tokens {
    /// Reads them from an answer that came at this time.
    pub(super) fn read(answer: &Answer, received: Duration) -> Option<Self> {
        let secret = |key| answer.text(key).map(|text| Rc::new(Secret::new(text.to_owned())));
        let lasts = answer.number("expires_in_ms").map(Duration::from_millis);
        Some(Self {
            access: secret("access_token")?,
            refresh: secret("refresh_token"),
            until: lasts.and_then(|lasts| received.checked_add(lasts)),
        })
    }

    /// Whether it is better to ask for a new proof first: this one is about to
    /// end, or has.
    pub fn are_stale(&self, now: Duration) -> bool {
        const MARGIN: Duration = Duration::from_secs(20);
        self.refresh.is_some() && self.until.is_some_and(|until| now + MARGIN >= until)
    }
}

impl Session {
    /// Whether this is the same session, be it with newer tokens.
    pub fn is(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.tokens.access, &other.tokens.access)
            || self.device_id.is_some()
                && self.device_id == other.device_id
                && self.user_id == other.user_id
                && self.homeserver.base_url == other.homeserver.base_url
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

    #[test]
    fn a_session_that_is_gone_is_signed_out() {
        let gone = Response::of(401, r#"{"errcode":"M_UNKNOWN_TOKEN"}"#);
        assert_eq!(Logout.read(&gone), Ok(()));
        assert_eq!(Logout.read(&Response::of(200, "{}")), Ok(()));
        assert_eq!(Logout.read(&Response::of(502, "")), Err(Error::ServerFault));
    }

    #[test]
    fn a_proof_is_renewed_in_time() {
        let seconds = Duration::from_secs;
        let tokens = |body: &str| Tokens::read(&Answer::parse(body).unwrap(), seconds(1000));
        let body = r#"{"access_token":"a","refresh_token":"r","expires_in_ms":60000}"#;
        let stale = |now| tokens(body).unwrap().are_stale(seconds(now));
        assert_eq!([1000, 1039, 1040, 2000].map(stale), [false, false, true, true]);
        let endless = tokens(r#"{"access_token":"a","refresh_token":"r"}"#).unwrap();
        assert!(!endless.are_stale(seconds(9000)));
        let alone = tokens(r#"{"access_token":"a","expires_in_ms":1}"#).unwrap();
        assert!(!alone.are_stale(seconds(9000)), "there is nothing to renew it with");
        let far = tokens(&format!(r#"{{"access_token":"a","expires_in_ms":{}}}"#, u64::MAX));
        assert!(far.is_some());
        assert!(tokens("{}").is_none());
    }
}
