//! Whether a homeserver leaves accounts to OAuth 2.0, and where they are kept
//! then. (Client-server API, "OAuth 2.0 API", "Account management".)

use super::wire::{Anyone, Endpoint, Request, Response};
use super::{Error, WebLink};

/// `GET /_matrix/client/v1/auth_metadata`
///
/// Servers of the years before it was specified have it under another path.
pub enum GetAuthMetadata {
    /// As specified.
    Stable,
    /// `GET /_matrix/client/unstable/org.matrix.msc2965/auth_metadata`
    Unstable,
}

/// What a homeserver with OAuth 2.0 says of its accounts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuthMetadata {
    /// Whether it is the Matrix Authentication Service, which nothing else says
    /// than a field of its own.
    pub is_mas: bool,
    /// Where people look after their accounts.
    pub account_page: Option<WebLink>,
    /// Whether the account page opens the list of devices when it is asked to
    /// (`account_management_actions_supported`).
    pub lists_devices: bool,
}

/// The action of the account page that opens the list of devices.
const DEVICES_LIST: &str = "org.matrix.devices_list";

impl AuthMetadata {
    /// Where the Matrix Authentication Service helps whoever forgot their
    /// password. It names only the account page, and this one lies beside it.
    pub fn recovery_page(&self) -> Option<WebLink> {
        self.account_page.as_ref().filter(|_| self.is_mas)?.beside("recover")
    }

    /// Where people sign out devices: the account page, opened at its list of devices
    /// where it can be. (Client-server API, "Account management URL parameters".)
    pub fn devices_page(&self) -> Option<WebLink> {
        let page = self.account_page.as_ref()?;
        if !self.lists_devices {
            return Some(page.clone());
        }
        let (url, fragment) = match page.as_str().split_once('#') {
            Some((url, fragment)) => (url, ["#", fragment].concat()),
            None => (page.as_str(), String::new()),
        };
        let mark = if url.contains('?') { "&" } else { "?" };
        WebLink::parse(&[url, mark, "action=", DEVICES_LIST, &fragment].concat())
    }

    /// Where people who know their password change it. The account page has no action
    /// for that. On the Matrix Authentication Service 1.22 this address leads to the
    /// form whether the user is signed in there or not.
    pub fn password_page(&self) -> Option<WebLink> {
        let page = self.account_page.as_ref()?;
        match self.is_mas {
            true => page.beside("login?kind=change_password"),
            false => Some(page.clone()),
        }
    }
}

impl Endpoint for GetAuthMetadata {
    type Access = Anyone;
    /// `None` where OAuth 2.0 is not in use.
    type Answer = Option<AuthMetadata>;

    fn request(&self) -> Request {
        Request::get(match self {
            Self::Stable => "/_matrix/client/v1/auth_metadata",
            Self::Unstable => "/_matrix/client/unstable/org.matrix.msc2965/auth_metadata",
        })
    }

    fn read(&self, response: &Response) -> Result<Option<AuthMetadata>, Error> {
        let answer = match response.open().map_err(Error::from) {
            Err(Error::NotOffered) => return Ok(None),
            answer => answer?,
        };
        if !answer.has("issuer") {
            return Err(Error::NotMatrix);
        }
        Ok(Some(AuthMetadata {
            is_mas: answer.has("org.matrix.matrix-authentication-service.graphql_endpoint"),
            account_page: answer.text("account_management_uri").and_then(WebLink::parse),
            lists_devices: answer
                .list("account_management_actions_supported")
                .is_some_and(|actions| actions.iter().any(|action| action == DEVICES_LIST)),
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(status: u16, body: &str) -> Result<Option<AuthMetadata>, Error> {
        GetAuthMetadata::Stable.read(&Response::of(status, body))
    }

    #[test]
    fn the_pages_of_the_matrix_authentication_service() {
        let body = r#"{
            "issuer": "https://example.org/",
            "account_management_uri": "https://account.example.org/account/",
            "org.matrix.matrix-authentication-service.graphql_endpoint": "https://account.example.org/graphql"
        }"#;
        let metadata = read(200, body).unwrap().unwrap();
        assert!(metadata.is_mas);
        let page = metadata.recovery_page().unwrap();
        assert_eq!(page.as_str(), "https://account.example.org/recover");
    }

    /// The Matrix Authentication Service 1.22, recorded.
    #[test]
    fn exact_pages_of_the_matrix_authentication_service() {
        let body = r#"{
            "issuer": "https://mas.example.org/",
            "account_management_uri": "https://mas.example.org/account/",
            "account_management_actions_supported": ["org.matrix.profile",
                "org.matrix.devices_list", "org.matrix.device_view", "org.matrix.device_delete",
                "org.matrix.cross_signing_reset", "org.matrix.sessions_list",
                "org.matrix.session_view", "org.matrix.session_end"],
            "org.matrix.matrix-authentication-service.graphql_endpoint": "https://mas.example.org/graphql"
        }"#;
        let metadata = read(200, body).unwrap().unwrap();
        assert_eq!(
            metadata.devices_page().unwrap().as_str(),
            "https://mas.example.org/account/?action=org.matrix.devices_list"
        );
        assert_eq!(
            metadata.password_page().unwrap().as_str(),
            "https://mas.example.org/login?kind=change_password"
        );
    }

    #[test]
    fn page_without_that_action_is_opened_as_it_is() {
        let body =
            r#"{"issuer":"https://h.example/","account_management_uri":"https://h.example/a?b#c"}"#;
        let metadata = read(200, body).unwrap().unwrap();
        let page = metadata.account_page.clone();
        assert_eq!((metadata.devices_page(), metadata.password_page()), (page.clone(), page));
        let lists = AuthMetadata { lists_devices: true, ..metadata };
        assert_eq!(
            lists.devices_page().unwrap().as_str(),
            "https://h.example/a?b&action=org.matrix.devices_list#c"
        );
        let nowhere = AuthMetadata { account_page: None, ..lists };
        assert_eq!((nowhere.devices_page(), nowhere.password_page()), (None, None));
    }

    #[test]
    fn another_server_has_an_account_page_only() {
        let body = r#"{"issuer":"https://h.example/","account_management_uri":"https://h.example/_tuwunel/oidc/account"}"#;
        let metadata = read(200, body).unwrap().unwrap();
        assert_eq!(metadata.recovery_page(), None);
        let page = metadata.account_page.unwrap();
        assert_eq!(page.as_str(), "https://h.example/_tuwunel/oidc/account");
    }

    #[test]
    fn a_page_that_is_none_is_not_shown() {
        let body = r#"{"issuer":"x","account_management_uri":"javascript:alert(1)","org.matrix.matrix-authentication-service.graphql_endpoint":"x"}"#;
        let metadata = read(200, body).unwrap().unwrap();
        assert_eq!((metadata.recovery_page(), metadata.account_page), (None, None));
    }

    #[test]
    fn most_servers_have_none() {
        assert_eq!(read(404, r#"{"errcode":"M_UNRECOGNIZED"}"#), Ok(None));
        assert_eq!(read(404, "<html>"), Err(Error::NotMatrix));
        assert_eq!(read(200, "{}"), Err(Error::NotMatrix));
    }
}
