//! Dendrite's own endpoint.

use crate::matrix::Error;
use crate::matrix::password_reset::NewPassword;
use crate::matrix::wire::{Anyone, Endpoint, Nothing, Request, Response, SignedIn, segment};
use serde::Serialize;

/// `POST /_dendrite/admin/resetPassword/{user_id}` without a token
///
/// Whether the endpoint is there. Without a token it changes nothing.
pub struct AskForDendrite;

impl Endpoint for AskForDendrite {
    type Access = Anyone;
    type Answer = bool;

    fn request(&self) -> Request {
        Request::post("/_dendrite/admin/resetPassword/nobody", &Nothing {})
    }

    fn read(&self, response: &Response) -> Result<bool, Error> {
        Ok(response.wants_new_token())
    }
}

/// `POST /_dendrite/admin/resetPassword/{user_id}`
///
/// Dendrite tells nothing of an account, so this takes a Matrix ID as it was
/// typed. It makes no account where there is none.
pub struct ResetOnDendrite<'a> {
    /// A full Matrix ID.
    pub user_id: &'a str,
    /// The password, and what happens to their sessions.
    pub password: &'a NewPassword,
}

#[derive(Serialize)]
struct Body<'a> {
    password: &'a str,
    logout_devices: bool,
}

impl Endpoint for ResetOnDendrite<'_> {
    type Access = SignedIn;
    type Answer = ();

    fn request(&self) -> Request {
        let body = Body {
            password: self.password.new_password.expose(),
            logout_devices: self.password.logout_devices,
        };
        Request::post(["/_dendrite/admin/resetPassword/", &segment(self.user_id)].concat(), &body)
    }

    /// Where there is no such account, Dendrite says 404 `M_UNKNOWN`.
    fn read(&self, response: &Response) -> Result<(), Error> {
        match response.open() {
            Ok(answer) if answer.boolean("password_updated") == Some(false) => Err(Error::Refused),
            Ok(_) => Ok(()),
            Err(refusal) => Err(match (refusal.status, refusal.code()) {
                (404, "M_UNKNOWN") => Error::NotFound,
                _ => refusal.into(),
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matrix::password_rule::PasswordRule;
    use crate::secret::Secret;
    use std::rc::Rc;

    #[test]
    fn whether_it_is_there() {
        let read = |status, body: &str| AskForDendrite.read(&Response::of(status, body));
        let wants = r#"{"errcode":"M_MISSING_TOKEN","error":"missing access token"}"#;
        assert_eq!(read(401, wants), Ok(true));
        assert_eq!(read(404, r#"{"errcode":"M_UNRECOGNIZED"}"#), Ok(false));
        assert_eq!(read(404, "<html>"), Ok(false));
    }

    #[test]
    fn answers_to_a_new_password() {
        let new_password = Rc::new(Secret::new("seven plain words".into()));
        let password = NewPassword { new_password, logout_devices: true };
        let reset = ResetOnDendrite { user_id: "@bob:example.org", password: &password };
        let request = reset.request();
        assert_eq!(request.path, "/_dendrite/admin/resetPassword/%40bob%3Aexample.org");
        let body = request.body.unwrap();
        assert_eq!(body.expose(), r#"{"password":"seven plain words","logout_devices":true}"#);
        for (status, body, wanted) in [
            (200, r#"{"password_updated":true}"#, Ok(())),
            (200, r#"{"password_updated":false}"#, Err(Error::Refused)),
            (404, r#"{"errcode":"M_UNKNOWN","error":"User does not exist"}"#, Err(Error::NotFound)),
            (
                400,
                r#"{"errcode":"M_WEAK_PASSWORD"}"#,
                Err(Error::PasswordRefused(PasswordRule::Stronger)),
            ),
            (403, r#"{"errcode":"M_FORBIDDEN"}"#, Err(Error::Forbidden)),
        ] {
            assert_eq!(reset.read(&Response::of(status, body)), wanted, "{body}");
        }
    }
}
