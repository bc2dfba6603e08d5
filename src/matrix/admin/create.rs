//! A new account.

use super::{PATIENCE, path};
use crate::matrix::Error;
use crate::matrix::wire::{Endpoint, Request, Response, SignedIn, segment};
use crate::secret::Secret;
use serde::Serialize;
use std::rc::Rc;

/// `GET /_synapse/admin/v1/username_available`
pub struct AskForName<'a>(pub &'a str);

/// What became of a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Name {
    /// Nobody has it.
    Free(FreeName),
    /// Somebody has it, or had it.
    Taken,
    /// No account can be called that: small letters, digits and `._=-/+` only,
    /// and not what a bridge keeps for itself.
    Impossible,
}

/// A user name that nobody has, as the homeserver said just now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FreeName(String);

impl Endpoint for AskForName<'_> {
    type Access = SignedIn;
    type Answer = Name;

    fn request(&self) -> Request {
        let path = "/_synapse/admin/v1/username_available?username=";
        Request::get([path, &segment(self.0)].concat())
    }

    fn read(&self, response: &Response) -> Result<Name, Error> {
        match response.open() {
            Ok(answer) if answer.flag("available") => Ok(Name::Free(FreeName(self.0.to_owned()))),
            Ok(answer) => answer.boolean("available").map(|_| Name::Taken).ok_or(Error::NotMatrix),
            Err(refusal) => match refusal.code() {
                "M_USER_IN_USE" => Ok(Name::Taken),
                "M_INVALID_USERNAME" | "M_EXCLUSIVE" => Ok(Name::Impossible),
                _ => Err(refusal.into()),
            },
        }
    }
}

/// `PUT /_synapse/admin/v2/users/{user_id}` for somebody who is not there yet
pub struct Create<'a> {
    /// The part of the Matrix ID before the colon.
    pub name: &'a FreeName,
    /// The part after it.
    pub server_name: &'a str,
    /// The password.
    pub password: Rc<Secret>,
    /// Whether the homeserver says 201 to a new account, as Synapse does. Tuwunel
    /// says 200 to all.
    pub says_created: bool,
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Created {
    /// There is a new account.
    New,
    /// Somebody else took the name in that moment, and has this password now.
    WasThere,
}

#[derive(Serialize)]
struct Body<'a> {
    password: &'a str,
    logout_devices: bool,
}

impl Create<'_> {
    /// The Matrix ID.
    pub fn user_id(&self) -> String {
        ["@", &self.name.0, ":", self.server_name].concat()
    }
}

impl Endpoint for Create<'_> {
    type Access = SignedIn;
    type Answer = Created;

    fn request(&self) -> Request {
        let body = Body { password: self.password.expose(), logout_devices: false };
        Request::put(path("v2/users", &self.user_id(), ""), &body).patience(PATIENCE)
    }

    fn read(&self, response: &Response) -> Result<Created, Error> {
        response.open()?;
        let is_new = response.status == 201 || !self.says_created;
        Ok(if is_new { Created::New } else { Created::WasThere })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_asked_for_first() {
        let ask = AskForName("new&name");
        let path = "/_synapse/admin/v1/username_available?username=new%26name";
        assert_eq!(ask.request().path, path);
        let read = |status, body: &str| ask.read(&Response::of(status, body));
        assert!(matches!(read(200, r#"{"available":true}"#), Ok(Name::Free(_))));
        assert_eq!(read(200, r#"{"available":false}"#), Ok(Name::Taken));
        assert_eq!(read(400, r#"{"errcode":"M_USER_IN_USE"}"#), Ok(Name::Taken));
        assert_eq!(read(400, r#"{"errcode":"M_INVALID_USERNAME"}"#), Ok(Name::Impossible));
        assert_eq!(read(404, r#"{"errcode":"M_UNRECOGNIZED"}"#), Err(Error::NotOffered));
        assert_eq!(read(200, "{}"), Err(Error::NotMatrix));
    }

    #[test]
    fn new_and_not_new_are_told_apart() {
        let password = Rc::new(Secret::new("seven plain words".into()));
        let name = FreeName("new".into());
        let server_name = "example.org";
        let create = Create { name: &name, server_name, password, says_created: true };
        assert_eq!(create.request().path, "/_synapse/admin/v2/users/%40new%3Aexample.org");
        assert_eq!(create.read(&Response::of(201, "{}")), Ok(Created::New));
        assert_eq!(create.read(&Response::of(200, "{}")), Ok(Created::WasThere));
        let tuwunel = Create { says_created: false, ..create };
        assert_eq!(tuwunel.read(&Response::of(200, "{}")), Ok(Created::New));
    }
}
