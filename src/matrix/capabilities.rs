//! What the owner of an account may change on a homeserver.

use super::Error;
use super::wire::{Endpoint, Request, Response, SignedIn};

/// `GET /_matrix/client/v3/capabilities`
pub struct GetCapabilities;

/// What the owner of an account may change there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Capabilities {
    /// `m.change_password`
    pub password: bool,
    /// `m.3pid_changes`
    pub emails: bool,
}

impl Endpoint for GetCapabilities {
    type Access = SignedIn;
    type Answer = Capabilities;

    fn request(&self) -> Request {
        Request::get("/_matrix/client/v3/capabilities")
    }

    /// What a server does not mention is allowed.
    fn read(&self, response: &Response) -> Result<Capabilities, Error> {
        let answer = response.open()?;
        let all = answer.object("capabilities").unwrap_or_default();
        let is_allowed = |name| {
            let capability = all.object(name).unwrap_or_default();
            capability.boolean("enabled").unwrap_or(true)
        };
        Ok(Capabilities {
            password: is_allowed("m.change_password"),
            emails: is_allowed("m.3pid_changes"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_be_changed() {
        let read = |body: &str| GetCapabilities.read(&Response::of(200, body)).unwrap();
        let all = Capabilities { password: true, emails: true };
        assert_eq!(read("{}"), all);
        assert_eq!(read(r#"{"capabilities":{"m.change_password":{"enabled":"no"}}}"#), all);
        let body = r#"{"capabilities":{"m.change_password":{"enabled":false},
            "m.3pid_changes":{"enabled":false}}}"#;
        assert_eq!(read(body), Capabilities { password: false, emails: false });
    }
}
