//! Locking an account, and suspending it.

use super::account::KnownUser;
use super::path;
use crate::matrix::Error;
use crate::matrix::wire::{Endpoint, Request, Response, SignedIn};
use serde::Serialize;

/// `PUT /_synapse/admin/v2/users/{user_id}` with `locked`
///
/// Nobody can use a locked account. Its sessions are all there when it is
/// unlocked.
pub struct SetLocked<'a> {
    /// Whose.
    pub user: &'a KnownUser,
    /// Whether it is locked from now on.
    pub locked: bool,
}

#[derive(Serialize)]
struct LockBody {
    locked: bool,
}

impl Endpoint for SetLocked<'_> {
    type Access = SignedIn;
    type Answer = ();

    fn request(&self) -> Request {
        let body = LockBody { locked: self.locked };
        Request::put(path("v2/users", self.user.as_str(), ""), &body)
    }

    /// A server that does not know the field does not change it.
    fn read(&self, response: &Response) -> Result<(), Error> {
        let answer = response.open()?;
        match answer.boolean("locked") {
            Some(locked) if locked == self.locked => Ok(()),
            _ => Err(Error::NotOffered),
        }
    }
}

/// `PUT /_synapse/admin/v1/suspend/{user_id}`
pub struct SetSuspended<'a> {
    /// Whose.
    pub user: &'a KnownUser,
    /// Whether it is suspended from now on.
    pub suspended: bool,
}

#[derive(Serialize)]
struct SuspendBody {
    suspend: bool,
}

impl Endpoint for SetSuspended<'_> {
    type Access = SignedIn;
    type Answer = ();

    fn request(&self) -> Request {
        let body = SuspendBody { suspend: self.suspended };
        Request::put(path("v1/suspend", self.user.as_str(), ""), &body)
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
    fn only_what_the_server_says_counts() {
        let bob = bob();
        let lock = SetLocked { user: bob.user(), locked: true };
        assert_eq!(lock.request().body.unwrap().expose(), r#"{"locked":true}"#);
        assert_eq!(lock.read(&Response::of(200, r#"{"locked":true}"#)), Ok(()));
        for body in [r#"{"locked":false}"#, "{}"] {
            assert_eq!(lock.read(&Response::of(200, body)), Err(Error::NotOffered), "{body}");
        }
    }

    #[test]
    fn an_account_is_suspended_and_let_go() {
        let bob = bob();
        let lift = SetSuspended { user: bob.user(), suspended: false };
        let request = lift.request();
        assert_eq!(request.path, "/_synapse/admin/v1/suspend/%40bob%3Aexample.org");
        assert_eq!(request.body.unwrap().expose(), r#"{"suspend":false}"#);
        let done = Response::of(200, r#"{"user_@bob:example.org_suspended":false}"#);
        assert_eq!(lift.read(&done), Ok(()));
    }
}
