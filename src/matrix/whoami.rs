//! Whose access token something is.

use super::Error;
use super::wire::{Endpoint, Request, Response, SignedIn};

/// `GET /_matrix/client/v3/account/whoami`
pub struct WhoAmI;

/// Whose it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Me {
    /// A full Matrix ID.
    pub user_id: String,
    /// The session that it belongs to, if it belongs to one.
    pub device_id: Option<String>,
}

impl Endpoint for WhoAmI {
    type Access = SignedIn;
    type Answer = Me;

    fn request(&self) -> Request {
        Request::get("/_matrix/client/v3/account/whoami")
    }

    fn read(&self, response: &Response) -> Result<Me, Error> {
        let answer = response.open()?;
        Ok(Me {
            user_id: answer.text("user_id").ok_or(Error::NotMatrix)?.to_owned(),
            device_id: answer.text("device_id").map(str::to_owned),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whose_it_is() {
        let body = r#"{"user_id":"@a:b","device_id":"D","is_guest":false}"#;
        let me = WhoAmI.read(&Response::of(200, body)).unwrap();
        assert_eq!((me.user_id.as_str(), me.device_id.as_deref()), ("@a:b", Some("D")));
        let gone = Response::of(401, r#"{"errcode":"M_UNKNOWN_TOKEN"}"#);
        assert_eq!(WhoAmI.read(&gone), Err(Error::SessionEnded));
    }
}
