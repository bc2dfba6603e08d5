//! The ways to sign in that a homeserver has.

use super::Error;
use super::wire::{Answer, Anyone, Endpoint, Request, Response, segment};
use serde_json::Value;

/// `GET /_matrix/client/v3/login`
///
/// A homeserver without it has given up this way of signing in for OAuth 2.0.
pub struct GetLoginFlows;

/// The ways to sign in that a homeserver has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LoginFlows {
    /// With a password (`m.login.password`).
    pub password: bool,
    /// At another site (`m.login.sso`, or its older form `m.login.cas`).
    pub single_sign_on: bool,
    /// Those sites, where the homeserver names them.
    pub providers: Providers,
}

/// Sites at which one signs in, as the homeserver lists them. They are read only
/// where they are shown, which is no part of what everybody downloads.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Providers(pub Vec<Value>);

impl Providers {
    /// Those that have a name.
    pub fn named(&self) -> Vec<Provider> {
        self.0.iter().filter_map(provider).collect()
    }
}

/// A site at which one signs in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provider {
    /// How the homeserver knows it.
    pub id: String,
    /// How people know it.
    pub name: String,
}

/// Where a browser is sent for single sign-on, as a path on the homeserver. It
/// comes back to `return_to` with a `loginToken` in the query.
/// (Client-server API, "SSO client login".)
pub fn sign_on_path(provider: Option<&str>, return_to: &str) -> String {
    let mut path = "/_matrix/client/v3/login/sso/redirect".to_owned();
    if let Some(provider) = provider {
        path += "/";
        path += &segment(provider);
    }
    [&path, "?redirectUrl=", &segment(return_to)].concat()
}

impl Endpoint for GetLoginFlows {
    type Access = Anyone;
    type Answer = LoginFlows;

    fn request(&self) -> Request {
        Request::get("/_matrix/client/v3/login")
    }

    fn read(&self, response: &Response) -> Result<LoginFlows, Error> {
        let answer = match response.open().map_err(Error::from) {
            Err(Error::NotOffered) => return Ok(LoginFlows::default()),
            answer => answer?,
        };
        let mut found = LoginFlows::default();
        for flow in answer.list("flows").ok_or(Error::NotMatrix)? {
            match flow.get("type").and_then(Value::as_str) {
                Some("m.login.password") => found.password = true,
                Some("m.login.sso") => {
                    found.single_sign_on = true;
                    let providers = flow.get("identity_providers").and_then(Value::as_array);
                    found.providers.0.extend(providers.into_iter().flatten().cloned());
                }
                Some("m.login.cas") => found.single_sign_on = true,
                _ => {}
            }
        }
        Ok(found)
    }
}

/// A provider with its name: one line, as a name is.
fn provider(entry: &Value) -> Option<Provider> {
    const LONGEST: usize = 60;
    let provider = Answer::of(entry)?;
    let words = provider.text("name")?.split(|c: char| c.is_whitespace() || c.is_control());
    let words = words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    let name: String = words.chars().take(LONGEST).collect();
    let id = provider.text("id")?.to_owned();
    (!name.is_empty()).then_some(Provider { id, name })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(status: u16, body: &str) -> Result<LoginFlows, Error> {
        GetLoginFlows.read(&Response::of(status, body))
    }

    #[test]
    fn the_ways_are_read() {
        let body = r#"{"flows":[{"type":"m.login.password"},{"type":"m.login.token"}]}"#;
        assert_eq!(read(200, body), Ok(LoginFlows { password: true, ..LoginFlows::default() }));
        let body = r#"{"flows":[
            {"type":"m.login.cas"},
            {"type":"m.login.sso","identity_providers":[
                {"id":"oidc-a","name":"  Key\ncloak "},{"id":"b"},{"name":7},"x",{"name":" \u0007"}
            ]},
            {"type":7},{},"m.login.password"
        ]}"#;
        let flows = read(200, body).unwrap();
        assert_eq!((flows.password, flows.single_sign_on), (false, true));
        let wanted = Provider { id: "oidc-a".into(), name: "Key cloak".into() };
        assert_eq!(flows.providers.named(), [wanted]);
    }

    #[test]
    fn single_sign_on_comes_back() {
        let back = "https://example.org/login/?nonce=a";
        assert_eq!(
            sign_on_path(Some("oidc-a/b"), back),
            "/_matrix/client/v3/login/sso/redirect/oidc-a%2Fb\
             ?redirectUrl=https%3A%2F%2Fexample.org%2Flogin%2F%3Fnonce%3Da"
        );
        assert!(sign_on_path(None, back).starts_with("/_matrix/client/v3/login/sso/redirect?"));
    }

    #[test]
    fn a_server_without_it_has_no_way_of_this_kind() {
        let none = Ok(LoginFlows::default());
        assert_eq!(read(404, r#"{"errcode":"M_UNRECOGNIZED"}"#), none);
        assert_eq!(read(200, r#"{"flows":[]}"#), none);
        for (status, body, wanted) in [
            (200, "{}", Error::NotMatrix),
            (200, r#"{"flows":{}}"#, Error::NotMatrix),
            (404, "<html>", Error::NotMatrix),
            (502, "<html>", Error::ServerFault),
        ] {
            assert_eq!(read(status, body), Err(wanted), "{status} {body}");
        }
    }
}
