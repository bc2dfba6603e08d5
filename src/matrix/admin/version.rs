//! Whether the API is there.

use crate::matrix::Error;
use crate::matrix::wire::{Anyone, Endpoint, Request, Response};

/// `GET /_synapse/admin/v1/server_version`
///
/// Synapse answers whoever asks.
pub struct GetServerVersion;

impl Endpoint for GetServerVersion {
    type Access = Anyone;
    /// The version, as the homeserver writes it.
    type Answer = String;

    fn request(&self) -> Request {
        Request::get("/_synapse/admin/v1/server_version")
    }

    fn read(&self, response: &Response) -> Result<String, Error> {
        let answer = response.open()?;
        answer.text("server_version").map(str::to_owned).ok_or(Error::NotMatrix)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_read() {
        let read = |status, body| GetServerVersion.read(&Response::of(status, body));
        assert_eq!(read(200, r#"{"server_version":"1.163.2"}"#).as_deref(), Ok("1.163.2"));
        assert_eq!(read(404, r#"{"errcode":"M_UNRECOGNIZED"}"#), Err(Error::NotOffered));
        assert_eq!(read(404, "<html>"), Err(Error::NotMatrix));
    }
}
