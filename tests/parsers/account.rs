//! The endpoints of somebody's account: the reset, signing in, and what one does signed
//! in. Keys are in `keys.rs`.

use crate::reader::{Reader, read};
use matrix_account_recovery::matrix::capabilities::GetCapabilities;
use matrix_account_recovery::matrix::devices::{DeleteDevices, Device, GetDevices};
use matrix_account_recovery::matrix::login::{Identifier, Login, Proof, Refresh};
use matrix_account_recovery::matrix::own_password::ChangeOwnPassword;
use matrix_account_recovery::matrix::password_reset::{
    ChangePassword, CheckPassword, ClientSecret, NewPassword, PasswordChange, RequestToken, Sid,
};
use matrix_account_recovery::matrix::session::{Logout, Tokens};
use matrix_account_recovery::matrix::threepids::{AddEmail, GetEmails, RemoveEmail, RequestEmail};
use matrix_account_recovery::matrix::uia::{Owned, Owner, UiaSession};
use matrix_account_recovery::matrix::whoami::WhoAmI;
use matrix_account_recovery::matrix::wire::{Endpoint, Response};
use matrix_account_recovery::matrix::{BaseUrl, Homeserver};
use matrix_account_recovery::secret::Secret;
use std::rc::Rc;

const SESSION: &str = r#"{"user_id":"@alice:example.org","access_token":"t","device_id":"D",
    "refresh_token":"r","expires_in_ms":300000}"#;
const SID: (u16, &str) = (200, r#"{"sid":"sIdsId_1","submit_url":null}"#);
const DONE: (u16, &str) = (200, "{}");
const OWNER: (u16, &str) = (
    401,
    r#"{"session":"uia","flows":[{"stages":["m.login.password"]},{"stages":["m.login.sso"]}],
        "params":{},"completed":[]}"#,
);
const EMAIL_FLOW: &str = r#"{"errcode":"M_UNAUTHORIZED","error":"words","session":"uia",
    "flows":[{"stages":["m.login.email.identity"]}],"params":{},"completed":[]}"#;
const DEVICES: &str = r#"{"devices":[
    {"device_id":"OLD","display_name":"Old phone","last_seen_ts":1000,"last_seen_ip":"127.0.0.1"},
    {"device_id":"NEW","display_name":"Web","last_seen_ts":1795645333033},
    {"device_id":"NEVER","display_name":null}]}"#;

pub fn readers() -> Vec<Reader> {
    [without_token(), signed_in()].into_iter().flatten().collect()
}

/// The reset, signing in.
fn without_token() -> Vec<Reader> {
    vec![
        Reader::answer("matrix/password_reset::RequestToken", &[SID], |it| {
            read(&mail(), it).is_some_and(|sid| Sid::parse(&sid.0) == Some(sid))
        }),
        Reader::answer("matrix/password_reset::CheckPassword", &[(401, EMAIL_FLOW)], |it| {
            read(&CheckPassword(new_password()), it).is_some_and(|check| check.session().is_some())
        }),
        Reader::answer(
            "matrix/password_reset::ChangePassword",
            &[DONE, (401, EMAIL_FLOW)],
            change_password,
        ),
        Reader::answer("matrix/login::Login", &[(200, SESSION)], login_answer),
        Reader::answer("matrix/login::Refresh", &[(200, SESSION)], |it| {
            let tokens = read(&Refresh(Rc::default()), it);
            tokens.is_some_and(|tokens| usable(&tokens, it))
        }),
        Reader::answer("matrix/session::Logout", &[DONE], |it| read(&Logout, it).is_some()),
        Reader::answer(
            "matrix/whoami::WhoAmI",
            &[(200, r#"{"user_id":"@a:b","device_id":"D","is_guest":false}"#)],
            |it| read(&WhoAmI, it).is_some_and(|me| !me.user_id.is_empty()),
        ),
    ]
}

/// What one does signed in.
fn signed_in() -> Vec<Reader> {
    vec![
        Reader::answer(
            "matrix/capabilities::GetCapabilities",
            &[(
                200,
                r#"{"capabilities":{"m.change_password":{"enabled":false},"m.3pid_changes":{}}}"#,
            )],
            |it| read(&GetCapabilities, it).is_some(),
        ),
        Reader::answer("matrix/devices::GetDevices", &[(200, DEVICES)], |it| {
            read(&GetDevices, it).is_some_and(|all| check_devices(&all))
        }),
        Reader::answer("matrix/devices::DeleteDevices", &[DONE, OWNER], |it| {
            owned(&DeleteDevices { devices: Vec::new(), owner: Owner::default() }, it)
        }),
        Reader::answer(
            "matrix/threepids::GetEmails",
            &[(200, r#"{"threepids":[{"medium":"email","address":"a@b"},{"medium":"msisdn"}]}"#)],
            |it| read(&GetEmails, it).is_some(),
        ),
        Reader::answer("matrix/threepids::RequestEmail", &[SID], |it| {
            read(&RequestEmail(mail()), it).is_some_and(|sid| Sid::parse(&sid.0) == Some(sid))
        }),
        Reader::answer("matrix/threepids::AddEmail", &[DONE, OWNER], |it| {
            let sid = Sid("sid".to_owned());
            owned(&AddEmail { sid, client_secret: secret(), owner: Owner::default() }, it)
        }),
        Reader::answer("matrix/threepids::RemoveEmail", &[DONE], |it| {
            read(&RemoveEmail("a@b".to_owned()), it).is_some()
        }),
        Reader::answer("matrix/own_password::ChangeOwnPassword", &[DONE, OWNER], |it| {
            owned(&ChangeOwnPassword { new_password: new_password(), owner: Owner::default() }, it)
        }),
    ]
}

pub fn homeserver() -> Homeserver {
    let base_url = BaseUrl::parse("https://matrix.example.org").expect("an address");
    Homeserver::new(Some("example.org".to_owned()), base_url)
}

pub fn new_password() -> NewPassword {
    let new_password = Rc::new(Secret::new("correct horse".to_owned()));
    NewPassword { new_password, logout_devices: true }
}

fn secret() -> ClientSecret {
    ClientSecret::parse("s3cret").expect("a secret")
}

fn mail() -> RequestToken {
    let (client_secret, email) = (secret(), "alice@example.org".to_owned());
    RequestToken { client_secret, email, send_attempt: 1, next_link: None }
}

fn change_password(response: &Response) -> bool {
    let session = Some(UiaSession("uia".to_owned()));
    let change = |session| ChangePassword {
        new_password: new_password(),
        sid: Sid("sid".to_owned()),
        client_secret: secret(),
        session,
    };
    let with = read(&change(session), response);
    let without = read(&change(None), response);
    let is_done = |answer: &Option<_>| *answer == Some(PasswordChange::Done);
    assert_eq!(is_done(&with), is_done(&without), "only the status says that it is done");
    with.is_some() || without.is_some()
}

fn login_answer(response: &Response) -> bool {
    let login = |proof| {
        let (homeserver, device_name) = (homeserver(), "x".to_owned());
        Login { homeserver, proof, device_name, device_id: None }
    };
    let _ = read(&login(Proof::Token(Rc::default())), response);
    let typed = Identifier::parse("alice@example.org").expect("somebody");
    let session = read(&login(Proof::Password(typed, Rc::default())), response);
    session.is_some_and(|session| usable(&session.tokens, response))
}

fn usable(tokens: &Tokens, response: &Response) -> bool {
    let _ = tokens.are_stale(response.received);
    true
}

/// What only the owner of an account may do.
fn owned(endpoint: &impl Endpoint<Answer = Owned>, response: &Response) -> bool {
    match read(endpoint, response) {
        Some(Owned::Prove(challenge)) => {
            if let Some(page) = challenge.sign_on_page() {
                assert!(page.is_ascii() && !page.contains([' ', '#']), "{page}");
            }
            true
        }
        done => done.is_some(),
    }
}

/// Sessions, the one that was seen last first, with names of one line.
pub fn check_devices(devices: &[Device]) -> bool {
    assert!(devices.is_sorted_by_key(|device| std::cmp::Reverse(device.last_seen)));
    for name in devices.iter().filter_map(|device| device.name.as_ref()) {
        assert!(!name.contains(char::is_control) && name.chars().count() <= 100);
    }
    true
}
