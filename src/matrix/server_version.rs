//! Which of two homeservers this is, by a path that only it has.

use super::Error;
use super::implementation::Implementation;
use super::wire::{Anyone, Endpoint, Request, Response};

/// `GET /_tuwunel/server_version`, `GET /_continuwuity/server_version`
///
/// Needs no session, and a website may read it. Both paths are in the source of
/// their server (`src/api/router.rs` of Tuwunel 1.9 and of Continuwuity); another
/// homeserver answers 404.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GetServerVersion {
    /// Tuwunel's: `{"name":"Tuwunel","version":"1.9.0"}`.
    Tuwunel,
    /// Continuwuity's: `{"name":"continuwuity","version":"26.8.1 (ab3c05d)"}`.
    Continuwuity,
}

impl Endpoint for GetServerVersion {
    type Access = Anyone;
    /// `Unknown` where the homeserver does not have the path.
    type Answer = Implementation;

    fn request(&self) -> Request {
        Request::get(match self {
            Self::Tuwunel => "/_tuwunel/server_version",
            Self::Continuwuity => "/_continuwuity/server_version",
        })
    }

    fn read(&self, response: &Response) -> Result<Implementation, Error> {
        let answer = match response.open().map_err(Error::from) {
            Err(Error::NotOffered | Error::NotFound) => return Ok(Implementation::Unknown),
            answer => answer?,
        };
        // A proxy in front may answer every path with some JSON.
        if answer.text("name").is_none() || answer.text("version").is_none() {
            return Err(Error::NotMatrix);
        }
        Ok(match self {
            Self::Tuwunel => Implementation::Tuwunel,
            Self::Continuwuity => Implementation::Continuwuity,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn version_path_tells_the_implementation() {
        use GetServerVersion::{Continuwuity, Tuwunel};
        for (endpoint, status, body, wanted) in [
            (Tuwunel, 200, r#"{"name":"Tuwunel","version":"1.9.0"}"#, Ok(Implementation::Tuwunel)),
            (
                Continuwuity,
                200,
                r#"{"name":"continuwuity","version":"26.8.1 (ab3c05d)"}"#,
                Ok(Implementation::Continuwuity),
            ),
            (
                Tuwunel,
                404,
                r#"{"errcode":"M_UNRECOGNIZED","error":"not found :("}"#,
                Ok(Implementation::Unknown),
            ),
            (Continuwuity, 404, "<html>", Err(Error::NotMatrix)),
            (Tuwunel, 200, "{}", Err(Error::NotMatrix)),
            (Tuwunel, 502, "<html>", Err(Error::ServerFault)),
        ] {
            let answer = endpoint.read(&Response::of(status, body));
            assert_eq!(answer, wanted, "{endpoint:?} {status} {body}");
        }
    }
}
