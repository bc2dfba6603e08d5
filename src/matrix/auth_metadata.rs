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
}

impl AuthMetadata {
    /// Where the Matrix Authentication Service helps whoever forgot their
    /// password. It names only the account page, and this one lies beside it.
    pub fn recovery_page(&self) -> Option<WebLink> {
        self.account_page.as_ref().filter(|_| self.is_mas)?.beside("recover")
    }

    /// Returns where the Matrix Authentication Service lists the devices of an
    /// account. The link survives signing in there.
    pub fn mas_devices_page(&self) -> Option<WebLink> {
        let page = self.account_page.as_ref().filter(|_| self.is_mas)?;
        let page = page.as_str().split(['?', '#']).next()?;
        WebLink::parse(&[page, "?action=org.matrix.devices_list"].concat())
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
