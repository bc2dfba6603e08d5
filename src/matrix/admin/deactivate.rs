//! Closing an account.

use super::account::KnownUser;
use super::{PATIENCE, path};
use crate::matrix::Error;
use crate::matrix::wire::{Endpoint, Request, Response, SignedIn};
use serde::Serialize;

/// `POST /_synapse/admin/v1/deactivate/{user_id}`
///
/// The user leaves all rooms. Synapse deletes addresses, sessions, keys and the password, and
/// they do not come back when the account is opened again. Tuwunel 1.9.0 keeps the addresses,
/// the key backup and secret storage: with an address, a password reset by email activates the
/// account again (`admin::deactivation`).
pub struct Deactivate<'a> {
    /// Whose.
    pub user: &'a KnownUser,
    /// Whether their messages are to be hidden from those who come later, and
    /// their name and picture removed. (GDPR erasure.)
    pub erase: bool,
}

#[derive(Serialize)]
struct Body {
    erase: bool,
}

impl Endpoint for Deactivate<'_> {
    type Access = SignedIn;
    type Answer = ();

    fn request(&self) -> Request {
        let body = Body { erase: self.erase };
        Request::post(path("v1/deactivate", self.user.as_str(), ""), &body).patience(PATIENCE)
    }

    fn read(&self, response: &Response) -> Result<(), Error> {
        Ok(response.open().map(|_| ())?)
    }
}

#[cfg(test)]
mod tests {
    use super::super::account::tests::bob;
    use super::*;

    #[test]
    fn what_is_sent_and_what_comes_back() {
        let bob = bob();
        let close = Deactivate { user: bob.user(), erase: false };
        let request = close.request();
        assert_eq!(request.path, "/_synapse/admin/v1/deactivate/%40bob%3Aexample.org");
        assert_eq!(request.body.unwrap().expose(), r#"{"erase":false}"#);
        let done = Response::of(200, r#"{"id_server_unbind_result":"success"}"#);
        assert_eq!(close.read(&done), Ok(()));
    }
}
