//! Finding a homeserver by its name, and making sure that it is one.
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
    if host.contains('/') {
        return None;
    }
    BaseUrl::parse(&["https://", host].concat())
}

/// `GET /.well-known/matrix/client`, on the host of the server name
pub struct GetWellKnown;

impl Endpoint for GetWellKnown {
    type Access = Anyone;
    /// `None` where there is no such file: the server name says nothing else.
    type Answer = Option<BaseUrl>;

    fn request(&self) -> Request {
        Request::get("/.well-known/matrix/client")
    }

    fn read(&self, response: &Response) -> Result<Option<BaseUrl>, Error> {
        if response.status == 404 {
            return Ok(None);
        }
        let file = Answer::parse(&response.body).filter(|_| response.status == 200);
        let base_url = file.and_then(|file| homeserver_base_url(&file));
        base_url.map(Some).ok_or(Error::NotMatrix)
    }
}

/// `m.homeserver.base_url` of a well-known file, which is also how Element's
/// `config.json` spells it.
pub fn homeserver_base_url(file: &Answer) -> Option<BaseUrl> {
    BaseUrl::parse(file.object("m.homeserver")?.text("base_url")?)
}

/// `GET /_matrix/client/versions`
///
/// Whatever answers this as specified is a homeserver.
pub struct GetVersions;

impl Endpoint for GetVersions {
    type Access = Anyone;
    type Answer = ();

    fn request(&self) -> Request {
        Request::get("/_matrix/client/versions")
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

    #[test]
    fn a_well_known_file_is_read() {
        let url = BaseUrl::parse("https://matrix.example.org");
        for (status, body, wanted) in [
            (200, r#"{"m.homeserver":{"base_url":"https://matrix.example.org/"}}"#, Ok(url)),
            (404, "<html>", Ok(None)),
            (500, r#"{"m.homeserver":{"base_url":"https://x"}}"#, Err(Error::NotMatrix)),
            (200, "", Err(Error::NotMatrix)),
            (200, r#"{"m.homeserver":{}}"#, Err(Error::NotMatrix)),
            (200, r#"{"m.homeserver":{"base_url":"matrix"}}"#, Err(Error::NotMatrix)),
            (200, r#"{"m.homeserver":"https://x"}"#, Err(Error::NotMatrix)),
        ] {
            assert_eq!(GetWellKnown.read(&Response::of(status, body)), wanted, "{body}");
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
