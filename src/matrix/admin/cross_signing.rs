//! Letting a person set up their encryption anew.

use super::account::KnownUser;
use super::path;
use crate::matrix::Error;
use crate::matrix::wire::{Endpoint, Nothing, Request, Response, SignedIn};
use std::time::Duration;

/// `POST /_synapse/admin/v1/users/{user_id}/_allow_cross_signing_replacement_without_uia`
///
/// For ten minutes, an app of the person may replace their cross-signing keys
/// without being asked who they are. [`Error::NotFound`] where they have none.
pub struct AllowCrossSigningReset<'a>(pub &'a KnownUser);

impl Endpoint for AllowCrossSigningReset<'_> {
    type Access = SignedIn;
    /// Until when, as time since 1970 by the homeserver's clock.
    type Answer = Duration;

    fn request(&self) -> Request {
        let after = "/_allow_cross_signing_replacement_without_uia";
        Request::post(path("v1/users", self.0.as_str(), after), &Nothing {})
    }

    fn read(&self, response: &Response) -> Result<Duration, Error> {
        let until = response.open()?.number("updatable_without_uia_before_ms");
        until.map(Duration::from_millis).ok_or(Error::NotMatrix)
    }
}

#[cfg(test)]
mod tests {
    use super::super::account::tests::bob;
    use super::*;

    #[test]
    fn it_says_until_when() {
        let bob = bob();
        let allow = AllowCrossSigningReset(bob.user());
        let done = Response::of(200, r#"{"updatable_without_uia_before_ms":1790000600000}"#);
        assert_eq!(allow.read(&done), Ok(Duration::from_secs(1_790_000_600)));
        let none = r#"{"errcode":"M_NOT_FOUND","error":"User has no master cross-signing key"}"#;
        assert_eq!(allow.read(&Response::of(404, none)), Err(Error::NotFound));
    }
}
