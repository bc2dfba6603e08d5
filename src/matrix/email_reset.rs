//! Whether a homeserver lets people set a new password by email.

use super::Error;
use super::wire::{Anyone, Endpoint, Nothing, Request, Response};

/// `POST /_matrix/client/v3/account/password/email/requestToken`, with nothing
/// in it
///
/// No mail can follow from that. Synapse looks whether it sends mail at all
/// before it looks into the request, and into the request before it counts it
/// against a limit.
pub struct AskForEmailReset;

/// What a homeserver says of new passwords by email.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EmailReset {
    /// It has them. Whether it sends mail, some servers tell only when a mail
    /// is asked for.
    Offered,
    /// It has them, but they are switched off, since it sends no mail.
    Off,
    /// It does not have them.
    NotOffered,
}

impl Endpoint for AskForEmailReset {
    type Access = Anyone;
    type Answer = EmailReset;

    fn request(&self) -> Request {
        Request::post("/_matrix/client/v3/account/password/email/requestToken", &Nothing {})
    }

    /// 400 with a complaint about the request: the endpoint is there. Synapse
    /// without mail says 400 `M_UNKNOWN` instead. Tuwunel 1.9 and Continuwuity
    /// 26.8 say 400 `M_BAD_JSON` with mail and without, so there only a request
    /// for a real mail tells.
    fn read(&self, response: &Response) -> Result<EmailReset, Error> {
        let Err(refusal) = response.open() else { return Err(Error::NotMatrix) };
        match (refusal.status, refusal.code()) {
            (400, "M_BAD_JSON" | "M_MISSING_PARAM" | "M_INVALID_PARAM" | "M_NOT_JSON") => {
                Ok(EmailReset::Offered)
            }
            (400, "M_UNKNOWN") => Ok(EmailReset::Off),
            (404 | 405, "M_UNRECOGNIZED" | "M_NOT_FOUND") => Ok(EmailReset::NotOffered),
            _ => Err(refusal.into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_asked_for() {
        let request = AskForEmailReset.request();
        assert_eq!(request.body.unwrap().expose(), "{}");
    }

    #[test]
    fn what_servers_say() {
        let read = |status, code: &str| {
            let body = format!(r#"{{"errcode":"{code}","error":"words"}}"#);
            AskForEmailReset.read(&Response::of(status, &body))
        };
        for (status, code, wanted) in [
            (400, "M_BAD_JSON", Ok(EmailReset::Offered)),
            (400, "M_MISSING_PARAM", Ok(EmailReset::Offered)),
            (400, "M_UNKNOWN", Ok(EmailReset::Off)),
            (404, "M_UNRECOGNIZED", Ok(EmailReset::NotOffered)),
            (404, "M_NOT_FOUND", Ok(EmailReset::NotOffered)),
            (405, "M_UNRECOGNIZED", Ok(EmailReset::NotOffered)),
            (403, "M_FORBIDDEN", Err(Error::Forbidden)),
            (429, "M_LIMIT_EXCEEDED", Err(Error::RateLimited { wait: None })),
            (500, "M_UNKNOWN", Err(Error::ServerFault)),
        ] {
            assert_eq!(read(status, code), wanted, "{status} {code}");
        }
        for (status, body) in [(404, "<html>"), (200, "{}"), (200, r#"{"sid":"x"}"#)] {
            let answer = AskForEmailReset.read(&Response::of(status, body));
            assert_eq!(answer, Err(Error::NotMatrix), "{status} {body}");
        }
    }
}
