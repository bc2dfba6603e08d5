//! Whether the pages that Synapse's mails lead to are reached.

use super::Error;
use super::wire::{Anyone, Endpoint, Request, Response};

/// `GET /_synapse/client/`
///
/// Synapse has its pages below that path, such as the one behind the link in the
/// mail, and says of the path itself, as a website may read, that it does not
/// know it. A proxy that does not forward it says something else.
pub struct AskForLinkPages;

impl Endpoint for AskForLinkPages {
    type Access = Anyone;
    type Answer = ();

    fn request(&self) -> Request {
        Request::get("/_synapse/client/")
    }

    fn read(&self, response: &Response) -> Result<(), Error> {
        match response.open().map_err(Error::from) {
            Err(Error::NotOffered) => Ok(()),
            Err(error) => Err(error),
            Ok(_) => Err(Error::NotMatrix),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_synapse_itself_does_not_know_the_path() {
        let read = |status, body| AskForLinkPages.read(&Response::of(status, body));
        assert_eq!(read(404, r#"{"errcode":"M_UNRECOGNIZED"}"#), Ok(()));
        assert_eq!(read(404, "<html>"), Err(Error::NotMatrix));
        assert_eq!(read(200, "{}"), Err(Error::NotMatrix));
    }
}
