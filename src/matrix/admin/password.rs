//! A new password for an account, also for one that was closed.

use super::account::{Account, KnownUser};
use super::{PATIENCE, path};
use crate::matrix::Error;
use crate::matrix::password_reset::NewPassword;
use crate::matrix::wire::{Endpoint, Request, Response, SignedIn};
use serde::Serialize;

/// `POST /_synapse/admin/v1/reset_password/{user_id}`
///
/// The homeserver's rules for passwords are not looked at, and all sessions are
/// signed out unless it is told to keep them.
pub struct ResetPassword<'a> {
    /// Whose.
    pub user: &'a KnownUser,
    /// The password, and what happens to their sessions.
    pub password: &'a NewPassword,
}

#[derive(Serialize)]
struct ResetBody<'a> {
    new_password: &'a str,
    logout_devices: bool,
}

impl Endpoint for ResetPassword<'_> {
    type Access = SignedIn;
    type Answer = ();

    fn request(&self) -> Request {
        let body = ResetBody {
            new_password: self.password.new_password.expose(),
            logout_devices: self.password.logout_devices,
        };
        let path = path("v1/reset_password", self.user.as_str(), "");
        Request::post(path, &body).patience(PATIENCE)
    }

    /// Synapse says 403 `M_FORBIDDEN` where passwords cannot be changed.
    fn read(&self, response: &Response) -> Result<(), Error> {
        match response.open().map_err(Error::from) {
            Err(Error::Forbidden) => Err(Error::PasswordChangeOff),
            answer => answer.map(|_| ()),
        }
    }
}

/// `PUT /_synapse/admin/v2/users/{user_id}` with `deactivated` and `password`
///
/// Opens an account that was closed. Its password was wiped when it was, so it
/// gets a new one in the same request.
pub struct Reactivate<'a> {
    /// Whose.
    pub user: &'a KnownUser,
    /// The password.
    pub password: &'a NewPassword,
}

#[derive(Serialize)]
struct ReactivateBody<'a> {
    deactivated: bool,
    password: &'a str,
    logout_devices: bool,
}

impl Endpoint for Reactivate<'_> {
    type Access = SignedIn;
    /// The account as it is now.
    type Answer = Account;

    fn request(&self) -> Request {
        let body = ReactivateBody {
            deactivated: false,
            password: self.password.new_password.expose(),
            logout_devices: self.password.logout_devices,
        };
        Request::put(path("v2/users", self.user.as_str(), ""), &body).patience(PATIENCE)
    }

    /// A server that does not know the field does not change it.
    fn read(&self, response: &Response) -> Result<Account, Error> {
        let account = match response.open().map_err(Error::from) {
            Err(Error::Forbidden) => return Err(Error::PasswordChangeOff),
            answer => Account::read(&answer?).ok_or(Error::NotMatrix)?,
        };
        if account.listed.is_deactivated { Err(Error::NotOffered) } else { Ok(account) }
    }
}

#[cfg(test)]
mod tests {
    use super::super::account::tests::{BOB, bob};
    use super::*;
    use crate::secret::Secret;
    use serde_json::{Value, json};
    use std::rc::Rc;

    fn password() -> NewPassword {
        let new_password = Rc::new(Secret::new("seven plain words".into()));
        NewPassword { new_password, logout_devices: false }
    }

    fn body(request: Request) -> Value {
        serde_json::from_str(request.body.unwrap().expose()).unwrap()
    }

    #[test]
    fn sessions_are_kept_unless_it_is_said() {
        let (bob, password) = (bob(), password());
        let reset = ResetPassword { user: bob.user(), password: &password };
        let request = reset.request();
        assert_eq!(request.path, "/_synapse/admin/v1/reset_password/%40bob%3Aexample.org");
        let wanted = json!({ "new_password": "seven plain words", "logout_devices": false });
        assert_eq!(body(request), wanted);
        assert_eq!(reset.read(&Response::of(200, "{}")), Ok(()));
        for (status, code, wanted) in [
            (404, "M_NOT_FOUND", Error::NotFound),
            (404, "M_UNRECOGNIZED", Error::NotOffered),
            (403, "M_FORBIDDEN", Error::PasswordChangeOff),
        ] {
            let answer = Response::of(status, &format!(r#"{{"errcode":"{code}"}}"#));
            assert_eq!(reset.read(&answer), Err(wanted), "{code}");
        }
    }

    #[test]
    fn an_account_is_opened_with_a_password() {
        let (bob, password) = (bob(), password());
        let open = Reactivate { user: bob.user(), password: &password };
        let wanted = json!({
            "deactivated": false, "password": "seven plain words", "logout_devices": false,
        });
        assert_eq!(body(open.request()), wanted);
        assert_eq!(open.read(&Response::of(200, BOB)), Ok(bob.clone()));
        let still = BOB.replace("\"deactivated\":false", "\"deactivated\":true");
        assert_eq!(open.read(&Response::of(200, &still)), Err(Error::NotOffered));
    }
}
