//! A new password of somebody who is signed in and knows the old one.

use super::Error;
use super::password_reset::NewPassword;
use super::uia::{Owned, Owner};
use super::wire::{Endpoint, Request, Response, SignedIn};

/// `POST /_matrix/client/v3/account/password`, signed in
///
/// The session that asks stays signed in, whatever becomes of the other ones.
pub struct ChangeOwnPassword {
    /// What is to be set.
    pub new_password: NewPassword,
    /// Who wants it.
    pub owner: Owner,
}

impl Endpoint for ChangeOwnPassword {
    type Access = SignedIn;
    type Answer = Owned;

    fn request(&self) -> Request {
        self.new_password.request(self.owner.auth())
    }

    /// 403 without a challenge: nobody may change passwords there.
    fn read(&self, response: &Response) -> Result<Owned, Error> {
        Owned::read(response, |refusal| match Error::from(refusal) {
            Error::Forbidden => Error::PasswordChangeOff,
            other => other,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matrix::password_rule::PasswordRule;
    use crate::secret::Secret;
    use serde_json::{Value, json};
    use std::rc::Rc;

    #[test]
    fn the_new_password_is_in_each_request() {
        let new_password =
            NewPassword { new_password: Rc::new(Secret::new("new".into())), logout_devices: false };
        let change = ChangeOwnPassword { new_password, owner: Owner::default() };
        let body: Value = serde_json::from_str(change.request().body.unwrap().expose()).unwrap();
        assert_eq!(body, json!({ "new_password": "new", "logout_devices": false }));
        let off = Response::of(403, r#"{"errcode":"M_FORBIDDEN"}"#);
        assert_eq!(change.read(&off), Err(Error::PasswordChangeOff));
        let weak = Response::of(400, r#"{"errcode":"M_PASSWORD_NO_DIGIT"}"#);
        assert_eq!(change.read(&weak), Err(Error::PasswordRefused(PasswordRule::Digit)));
    }
}
