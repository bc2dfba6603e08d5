//! Recorded and specified answers, each read as what it means.

use super::*;
use crate::matrix::password_rule::PasswordRule;
use serde_json::{Value, json};

const FLOWS: &str = r#"{"session":"uia","flows":[{"stages":["m.login.email.identity"]}],"params":{},"completed":[]}"#;

fn new_password() -> NewPassword {
    NewPassword {
        new_password: Rc::new(Secret::new("correct \"horse\"".into())),
        logout_devices: true,
    }
}

fn secret() -> ClientSecret {
    ClientSecret::generate(|| Some([7; 64])).unwrap()
}

fn change(session: Option<&str>) -> ChangePassword {
    ChangePassword {
        new_password: new_password(),
        sid: Sid("sid".into()),
        client_secret: secret(),
        session: session.map(|session| UiaSession(session.into())),
    }
}

fn body(request: Request) -> Value {
    serde_json::from_str(request.body.unwrap().expose()).unwrap()
}

fn not_yet(session: Option<&str>) -> Result<PasswordChange, Error> {
    Ok(PasswordChange::NotConfirmed(session.map(|session| UiaSession(session.into()))))
}

fn challenge(code: &str) -> String {
    FLOWS.replacen('{', &format!(r#"{{"errcode":"{code}","error":"…","#), 1)
}

#[test]
fn a_client_secret_is_long_and_plain() {
    let mut seed = 0_u8;
    let mut random = || {
        seed += 1;
        Some(std::array::from_fn(|i| (i as u8).wrapping_mul(89).wrapping_add(seed)))
    };
    let first = ClientSecret::generate(&mut random).unwrap();
    let second = ClientSecret::generate(&mut random).unwrap();
    assert_ne!(first, second);
    assert_eq!(first.expose().len(), 36);
    assert!(first.expose().chars().all(|c| c.is_ascii_alphanumeric()));
    assert!(!format!("{first:?}").contains(first.expose()));
}

#[test]
fn a_client_secret_needs_randomness() {
    assert_eq!(ClientSecret::generate(|| None), None);
    let mut answers = vec![Some([9; 64]), Some([255; 64])];
    let secret = ClientSecret::generate(|| answers.pop().flatten());
    assert_eq!(secret.unwrap().expose(), "9".repeat(36), "unfair bytes are left out");
}

#[test]
fn the_mail_is_asked_for_as_specified() {
    let ask = |next_link| RequestToken {
        client_secret: secret(),
        email: "alice@example.org".into(),
        send_attempt: 2,
        next_link,
    };
    let mut wanted = json!({
        "client_secret": secret().expose(), "email": "alice@example.org", "send_attempt": 2,
    });
    assert_eq!(body(ask(None).request()), wanted);
    wanted["next_link"] = json!("https://recovery.example/reset/verified/#");
    let next_link = Some("https://recovery.example/reset/verified/#".into());
    assert_eq!(body(ask(next_link).request()), wanted);
}

#[test]
fn answers_to_asking_for_the_mail() {
    let ask = RequestToken {
        client_secret: secret(),
        email: "alice@example.org".into(),
        send_attempt: 1,
        next_link: None,
    };
    for (status, body, wanted) in [
        (200, r#"{"sid":"abc"}"#, Ok(Sid("abc".into()))),
        (200, r#"{"sid":7}"#, Err(Error::NotMatrix)),
        (200, "{}", Err(Error::NotMatrix)),
        (400, r#"{"errcode":"M_UNKNOWN"}"#, Err(Error::MailOff)),
        (500, r#"{"errcode":"M_UNKNOWN"}"#, Err(Error::MailNotSent)),
        (502, "<html>", Err(Error::ServerFault)),
        (400, r#"{"errcode":"M_THREEPID_NOT_FOUND"}"#, Err(Error::AddressUnknown)),
        (403, r#"{"errcode":"M_THREEPID_DENIED"}"#, Err(Error::AddressDenied)),
        (
            404,
            r#"{"errcode":"M_UNRECOGNIZED","error":"This homeserver is not configured to send email."}"#,
            Err(Error::MailOff),
        ),
        (404, r#"{"errcode":"M_NOT_FOUND"}"#, Err(Error::NotOffered)),
        (400, r#"{"errcode":"M_INVALID_PARAM"}"#, Err(Error::Refused)),
        // A code from the email is to be posted there, and no link will come.
        (
            200,
            r#"{"sid":"abc","submit_url":"https://example.org/submitToken"}"#,
            Err(Error::NeedsCode),
        ),
        (200, r#"{"sid":"abc","submit_url":null}"#, Ok(Sid("abc".into()))),
    ] {
        assert_eq!(ask.read(&Response::of(status, body)), wanted, "{status} {body}");
    }
}

#[test]
fn no_request_leaves_the_new_password_out() {
    let check = body(CheckPassword(new_password()).request());
    assert_eq!(check, json!({ "new_password": "correct \"horse\"", "logout_devices": true }));
    let creds = json!({ "sid": "sid", "client_secret": secret().expose() });
    let first = body(change(None).request());
    assert_eq!(first["new_password"], "correct \"horse\"");
    assert_eq!(first["auth"], json!({ "type": "m.login.email.identity", "threepid_creds": creds }));
    let second = body(change(Some("uia")).request());
    assert_eq!(second["new_password"], "correct \"horse\"");
    assert_eq!(second["auth"]["session"], "uia");
}

#[test]
fn a_password_is_checked_before_any_mail() {
    let accepted = Ok(PasswordCheck::Accepted(UiaSession("uia".into())));
    for (status, body, wanted) in [
        (401, FLOWS, accepted),
        (401, r#"{"flows":[{"stages":["m.login.email.identity"]}]}"#, Ok(PasswordCheck::Unknown)),
        (
            401,
            r#"{"session":"uia","flows":[{"stages":["m.login.password"]}]}"#,
            Err(Error::NotOffered),
        ),
        (401, r#"{"errcode":"M_MISSING_TOKEN"}"#, Ok(PasswordCheck::Unknown)),
        (401, "<h1>Log in to the Wi-Fi</h1>", Err(Error::NotMatrix)),
        (
            400,
            r#"{"errcode":"M_PASSWORD_NO_DIGIT"}"#,
            Err(Error::PasswordRefused(PasswordRule::Digit)),
        ),
        (403, r#"{"errcode":"M_FORBIDDEN"}"#, Err(Error::PasswordChangeOff)),
        (404, r#"{"errcode":"M_NOT_FOUND"}"#, Err(Error::NotOffered)),
        (404, r#"{"errcode":"M_UNRECOGNIZED"}"#, Err(Error::NotOffered)),
        (200, "{}", Err(Error::NotMatrix)),
    ] {
        let answer = CheckPassword(new_password()).read(&Response::of(status, body));
        assert_eq!(answer, wanted, "{status} {body}");
    }
}

#[test]
fn not_confirmed_yet_has_three_shapes() {
    for session in [None, Some("uia")] {
        for code in ["M_UNAUTHORIZED", "M_THREEPID_AUTH_FAILED", "M_FORBIDDEN"] {
            let answer = change(session).read(&Response::of(401, &challenge(code)));
            assert_eq!(answer, not_yet(Some("uia")), "{code}");
        }
    }
    let tuwunel = Response::of(403, r#"{"errcode":"M_FORBIDDEN"}"#);
    assert_eq!(change(None).read(&tuwunel), not_yet(None));
    assert_eq!(change(Some("uia")).read(&tuwunel), Err(Error::PasswordChangeOff));
}

#[test]
fn answers_to_the_change_of_the_password() {
    for (status, body, wanted) in [
        (200, "{}", Ok(PasswordChange::Done)),
        (200, "<html>", Err(Error::NotMatrix)),
        (200, "", Err(Error::NotMatrix)),
        (400, r#"{"errcode":"M_UNKNOWN"}"#, Ok(PasswordChange::SessionForgotten)),
        (
            400,
            r#"{"errcode":"M_PASSWORD_TOO_SHORT"}"#,
            Err(Error::PasswordRefused(PasswordRule::MinimumLength(None))),
        ),
        (404, r#"{"errcode":"M_NOT_FOUND"}"#, Err(Error::AddressGone)),
        (404, r#"{"errcode":"M_UNRECOGNIZED"}"#, Err(Error::NotOffered)),
        (401, r#"{"errcode":"M_MISSING_TOKEN"}"#, Err(Error::NotOffered)),
        (401, "<html>", Err(Error::NotMatrix)),
        (500, r#"{"errcode":"M_UNKNOWN"}"#, Err(Error::ServerFault)),
    ] {
        let answer = change(Some("uia")).read(&Response::of(status, body));
        assert_eq!(answer, wanted, "{status} {body}");
    }
}

/// Continuwuity 26.8: after a restart, or once the password was changed.
#[test]
fn continuwuity_session_that_is_unknown_is_forgotten() {
    let unknown = Response::of(400, r#"{"errcode":"M_INVALID_PARAM","error":"Invalid session"}"#);
    assert_eq!(change(Some("uia")).read(&unknown), Ok(PasswordChange::SessionForgotten));
    assert_eq!(change(None).read(&unknown), Err(Error::Refused));
    let body = r#"{"errcode":"M_THREEPID_AUTH_FAILED","error":"Validation session does not exist","flows":[{"stages":["m.login.email.identity"]}],"params":null,"session":"uia"}"#;
    assert_eq!(change(None).read(&Response::of(401, body)), not_yet(Some("uia")));
}
