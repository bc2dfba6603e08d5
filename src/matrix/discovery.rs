//! Where a homeserver says that its API is, and whether it is there.
//! (Client-server API, "Server Discovery".)

use super::wire::{Answer, Anyone, Endpoint, Request, Response};
use super::{BaseUrl, Error};

/// The host that is asked for the well-known file of a server name: the name
/// without its port. `None` if the text is no server name.
pub fn well_known_host(server_name: &str) -> Option<BaseUrl> {
    let name = server_name.trim();
    let host = match name.rsplit_once(':') {
        Some((host, port)) if port.chars().all(|c| c.is_ascii_digit()) => host,
        _ => name,
    };
    at(host)
}

/// The address of a server name, where nothing says that it is elsewhere.
pub fn at(server_name: &str) -> Option<BaseUrl> {
    if server_name.contains('/') {
        return None;
    }
    BaseUrl::parse(&["https://", server_name].concat())
}

/// `GET /.well-known/matrix/client`, on the host of the server name
pub struct GetWellKnown;

impl GetWellKnown {
    /// Its path.
    pub const PATH: &str = "/.well-known/matrix/client";
}

/// What a well-known file says, in the order of the specification.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WellKnown {
    /// There is none: the server name says nothing else (`IGNORE`).
    Missing,
    /// It cannot be read, or names no homeserver (`FAIL_PROMPT`).
    Broken,
    /// What it names is no address (`FAIL_ERROR`).
    NoAddress,
    /// The API should be here.
    At(BaseUrl),
}

impl Endpoint for GetWellKnown {
    type Access = Anyone;
    type Answer = WellKnown;

    fn request(&self) -> Request {
        Request::get(Self::PATH)
    }

    fn read(&self, response: &Response) -> Result<WellKnown, Error> {
        if response.status == 404 {
            return Ok(WellKnown::Missing);
        }
        let file = Answer::parse(&response.body).filter(|_| response.status == 200);
        let server = file.and_then(|file| file.object("m.homeserver"));
        let address = server.as_ref().and_then(|server| server.text("base_url"));
        Ok(match address.map(BaseUrl::parse) {
            None => WellKnown::Broken,
            Some(None) => WellKnown::NoAddress,
            Some(Some(base_url)) => WellKnown::At(base_url),
        })
    }
}

/// `m.homeserver.base_url`, as Element's `config.json` spells it too.
pub fn homeserver_base_url(file: &Answer) -> Option<BaseUrl> {
    BaseUrl::parse(file.object("m.homeserver")?.text("base_url")?)
}

/// `GET /_matrix/client/versions`
///
/// Whatever answers this as specified is a homeserver.
pub struct GetVersions;

impl GetVersions {
    /// Its path.
    pub const PATH: &str = "/_matrix/client/versions";
}

impl Endpoint for GetVersions {
    type Access = Anyone;
    type Answer = ();

    fn request(&self) -> Request {
        Request::get(Self::PATH)
    }

    fn read(&self, response: &Response) -> Result<(), Error> {
        let answer = response.open()?;
        answer.list("versions").map(|_| ()).ok_or(Error::NotMatrix)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_well_known_file_is_on_the_host_of_the_name() {
        let host = |name| well_known_host(name).map(|url| url.as_str().to_owned());
        assert_eq!(host("example.org").as_deref(), Some("https://example.org"));
        assert_eq!(host("example.org:8448").as_deref(), Some("https://example.org"));
        assert_eq!(host("[::1]:8448").as_deref(), Some("https://[::1]"));
        for name in ["", ":8448", "example.org/x", "a b"] {
            assert_eq!(host(name), None, "{name}");
        }
    }

    /// The list of the specification, "Well-known URI", step by step.
    #[test]
    fn a_well_known_file_is_read() {
        let at = |url| WellKnown::At(BaseUrl::parse(url).unwrap());
        let matrix = || at("https://matrix.example.org");
        for (status, body, wanted) in [
            (200, r#"{"m.homeserver":{"base_url":"https://matrix.example.org/"}}"#, matrix()),
            (
                200,
                r#"{"m.homeserver":{"base_url":"https://matrix.example.org"},"m.identity_server":7,"org.example.custom":{}}"#,
                matrix(),
            ),
            (
                200,
                r#"{"m.homeserver":{"base_url":"https://example.org/at/matrix/"}}"#,
                at("https://example.org/at/matrix"),
            ),
            (404, "<html>", WellKnown::Missing),
            (404, r#"{"m.homeserver":{"base_url":"https://x"}}"#, WellKnown::Missing),
            (500, r#"{"m.homeserver":{"base_url":"https://x"}}"#, WellKnown::Broken),
            (403, "", WellKnown::Broken),
            (200, "", WellKnown::Broken),
            (200, "<!doctype html>", WellKnown::Broken),
            (200, "[]", WellKnown::Broken),
            (200, "{}", WellKnown::Broken),
            (200, r#"{"m.homeserver":{}}"#, WellKnown::Broken),
            (200, r#"{"m.homeserver":{"base_url":7}}"#, WellKnown::Broken),
            (200, r#"{"m.homeserver":"https://x"}"#, WellKnown::Broken),
            (200, r#"{"m.homeserver":{"base_url":"matrix"}}"#, WellKnown::NoAddress),
            (200, r#"{"m.homeserver":{"base_url":"javascript:alert(1)"}}"#, WellKnown::NoAddress),
            (200, r#"{"m.homeserver":{"base_url":"ftp://x"}}"#, WellKnown::NoAddress),
        ] {
            assert_eq!(GetWellKnown.read(&Response::of(status, body)), Ok(wanted), "{body}");
        }
    }

    #[test]
    fn only_a_homeserver_tells_its_versions() {
        let read = |status, body| GetVersions.read(&Response::of(status, body));
        assert_eq!(read(200, r#"{"versions":["v1.12"]}"#), Ok(()));
        assert_eq!(read(200, "{}"), Err(Error::NotMatrix));
        assert_eq!(read(404, "Not found"), Err(Error::NotMatrix));
        assert_eq!(read(502, ""), Err(Error::ServerFault));
    }
}
