//! Answers that are not the wanted ones, and what they mean.

use super::Error;
use super::password_rule::PasswordRule;
use super::wait::Wait;
use super::wire::{Answer, Response};
use std::time::Duration;

impl Response {
    /// The JSON object of a 2xx answer; whatever else came back is a refusal.
    pub(super) fn open(&self) -> Result<Answer, Refusal> {
        let answer = Answer::parse(&self.body);
        match answer {
            Some(answer) if (200..300).contains(&self.status) => Ok(answer),
            answer => Err(Refusal::new(self, answer.unwrap_or_default())),
        }
    }
}

impl Response {
    /// Whether it says that the access token does not hold any more.
    pub fn wants_new_token(&self) -> bool {
        self.status == 401
            && self.open().is_err_and(|refusal| {
                matches!(refusal.code(), "M_UNKNOWN_TOKEN" | "M_MISSING_TOKEN")
            })
    }
}

/// An answer that is not the wanted one, as it came.
pub(super) struct Refusal {
    /// The HTTP status.
    pub status: u16,
    /// The JSON object that came with it; empty where there was none.
    pub answer: Answer,
    wait: Option<Wait>,
}

impl Refusal {
    /// The longest wait that is believed.
    const LONGEST_WAIT: Duration = Duration::from_secs(24 * 60 * 60);

    /// Takes a refusal apart.
    pub fn new(response: &Response, answer: Answer) -> Self {
        let header = response.retry_after.as_deref();
        let wait = answer
            .number("retry_after_ms")
            .map(Duration::from_millis)
            .or_else(|| Some(Duration::from_secs(header?.trim().parse().ok()?)))
            .map(|wait| Wait { from: response.received, length: wait.min(Self::LONGEST_WAIT) });
        Self { status: response.status, answer, wait }
    }

    /// The Matrix error code, or nothing.
    pub fn code(&self) -> &str {
        self.answer.text("errcode").unwrap_or_default()
    }
}

/// The one place that knows what status and `errcode` mean wherever they come
/// from. What they mean only in one place is read there.
impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        let wait = refusal.wait;
        if let Some(rule) = PasswordRule::from_code(refusal.code()) {
            return Self::PasswordRefused(rule);
        }
        match (refusal.status, refusal.code()) {
            (_, "M_LIMIT_EXCEEDED") | (429, _) => Self::RateLimited { wait },
            (500.., _) => Self::ServerFault,
            (_, "") => Self::NotMatrix,
            (_, "M_UNRECOGNIZED") | (405, _) => Self::NotOffered,
            (_, "M_NOT_FOUND") => Self::NotFound,
            (_, "M_THREEPID_NOT_FOUND") => Self::AddressUnknown,
            (_, "M_THREEPID_DENIED") => Self::AddressDenied,
            (_, "M_USER_DEACTIVATED") => Self::Deactivated,
            (_, "M_THREEPID_IN_USE") => Self::AddressTaken,
            (_, "M_USER_LOCKED") => Self::Locked,
            (_, "M_USER_SUSPENDED") => Self::Suspended,
            (_, "M_UNKNOWN_TOKEN" | "M_MISSING_TOKEN") => Self::SessionEnded,
            (_, "M_FORBIDDEN") => Self::Forbidden,
            _ => Self::Refused,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(status: u16, body: &str) -> Error {
        match Response::of(status, body).open() {
            Ok(answer) => panic!("{status} {body} was taken as {answer:?}"),
            Err(refusal) => refusal.into(),
        }
    }

    #[test]
    fn what_no_homeserver_says_is_not_matrix() {
        for body in ["", "<!doctype html><h1>Welcome</h1>", "{\"errcode\":\"M_FOR", "[]", "7", "{}"]
        {
            if body != "{}" {
                assert_eq!(error(200, body), Error::NotMatrix, "200 {body}");
            }
            assert_eq!(error(404, body), Error::NotMatrix, "404 {body}");
            assert_eq!(error(502, body), Error::ServerFault, "502 {body}");
        }
        assert_eq!(error(403, r#"{"errcode":17}"#), Error::NotMatrix);
    }

    #[test]
    fn a_rate_limit_says_how_long() {
        let wait = |ms| Wait { from: Duration::ZERO, length: Duration::from_millis(ms) };
        let limited = |ms| Error::RateLimited { wait: Some(wait(ms)) };
        let body = r#"{"errcode":"M_LIMIT_EXCEEDED","retry_after_ms":333000}"#;
        assert_eq!(error(429, body), limited(333_000));
        let unknown = Error::RateLimited { wait: None };
        assert_eq!(error(429, r#"{"errcode":"M_LIMIT_EXCEEDED"}"#), unknown);
        assert_eq!(error(429, r#"{"retry_after_ms":"soon"}"#), unknown);
        assert_eq!(error(429, "<html>"), unknown);
        let body = format!(r#"{{"errcode":"M_LIMIT_EXCEEDED","retry_after_ms":{}}}"#, u64::MAX);
        assert_eq!(error(429, &body), limited(86_400_000));
    }

    #[test]
    fn the_header_is_believed_where_it_can_be_read() {
        let mut response = Response::of(429, "{}");
        response.retry_after = Some("7".into());
        response.received = Duration::from_secs(1_000_000);
        let refusal = response.open().err().unwrap();
        let wait = Some(Wait { from: response.received, length: Duration::from_secs(7) });
        assert_eq!(Error::from(refusal), Error::RateLimited { wait });
    }

    #[test]
    fn codes_are_told_apart() {
        for (status, code, wanted) in [
            (400, "M_THREEPID_NOT_FOUND", Error::AddressUnknown),
            (403, "M_THREEPID_DENIED", Error::AddressDenied),
            (404, "M_UNRECOGNIZED", Error::NotOffered),
            (405, "M_UNRECOGNIZED", Error::NotOffered),
            (403, "M_USER_DEACTIVATED", Error::Deactivated),
            (401, "M_USER_LOCKED", Error::Locked),
            (401, "M_UNKNOWN_TOKEN", Error::SessionEnded),
            (
                400,
                "M_PASSWORD_TOO_SHORT",
                Error::PasswordRefused(PasswordRule::MinimumLength(None)),
            ),
            (400, "M_WEAK_PASSWORD", Error::PasswordRefused(PasswordRule::Stronger)),
            (400, "M_SOMETHING_NEW", Error::Refused),
            (500, "M_UNKNOWN", Error::ServerFault),
        ] {
            assert_eq!(error(status, &format!(r#"{{"errcode":"{code}"}}"#)), wanted, "{code}");
        }
    }
}
