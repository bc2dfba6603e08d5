//! What the owner of an account may change on a homeserver.

use super::Error;
use super::auth_metadata::AuthMetadata;
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

impl Capabilities {
    /// Whether devices are signed out on the server's own account page only. The Matrix
    /// Authentication Service has no `delete_devices` (404), and says so by the
    /// password alone. A server whose passwords can be changed has both.
    pub fn devices_are_elsewhere(self, oauth: Option<&AuthMetadata>) -> bool {
        !self.password && oauth.is_some_and(|metadata| metadata.account_page.is_some())
    }
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
    use crate::matrix::WebLink;

    #[test]
    fn devices_are_signed_out_where_the_server_does_it() {
        // The Matrix Authentication Service 1.22 beside Synapse 1.163, recorded.
        let body = r#"{"capabilities":{"m.change_password":{"enabled":false},
            "m.3pid_changes":{"enabled":false},"m.get_login_token":{"enabled":false}}}"#;
        let here = GetCapabilities.read(&Response::of(200, body)).unwrap();
        let account_page = WebLink::parse("https://mas.example.org/account/");
        let oauth = AuthMetadata { is_mas: true, account_page, lists_devices: true };
        assert!(here.devices_are_elsewhere(Some(&oauth)));
        // Synapse with another kind of account, and a server that names no page.
        assert!(!here.devices_are_elsewhere(None));
        let nowhere = AuthMetadata { account_page: None, ..oauth.clone() };
        assert!(!here.devices_are_elsewhere(Some(&nowhere)));
        // Continuwuity has OAuth 2.0 of its own, and `delete_devices` beside it.
        let all = Capabilities { password: true, emails: true };
        assert!(!all.devices_are_elsewhere(Some(&oauth)));
    }

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
