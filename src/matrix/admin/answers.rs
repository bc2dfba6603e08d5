//! What homeservers answer to each thing that an administrator does. Synapse's answers
//! are those of 1.163.2. Tuwunel's were recorded from a Tuwunel 1.9.0 that was built from
//! source (November 2026); statuses, codes and fields are as it sent them. Not recorded, and
//! taken from its source: devices, account data, a weak password, a cross-signing reset and
//! the text of most errors. Dendrite's are as its source writes them (0.15.0): it was not run.

use super::account::tests::user;
use super::account::{Account, GetAccount, Threepid};
use super::account_data::{GetAccountData, SecretsKept};
use super::accounts::ListAccounts;
use super::create::{AskForName, Create, Created, Name};
use super::cross_signing::AllowCrossSigningReset;
use super::deactivate::Deactivate;
use super::emails::SetThreepids;
use super::find::Find;
use super::lock::{SetLocked, SetSuspended};
use super::password::{Reactivate, ResetPassword};
use super::sessions::{GetSessions, SignOutSessions};
use super::version::GetServerVersion;
use crate::matrix::Error;
use crate::matrix::password_reset::NewPassword;
use crate::matrix::password_rule::PasswordRule;
use crate::matrix::wire::{Endpoint, Response};
use crate::secret::Secret;
use std::rc::Rc;
use std::time::Duration;

const BOB: &str = "@bob:example.org";

/// Tuwunel: the addresses are left out where there are none, and errors begin with their code.
const TUWUNEL_BOB: &str = r#"{"name":"@bob:example.org","is_guest":false,"admin":false,
    "deactivated":false,"locked":true,"shadow_banned":false,"suspended":false,"erased":false,
    "consent_ts":null,"creation_ts":0,"last_seen_ts":1700000000000,"displayname":"Bob"}"#;
const TUWUNEL_NOT_ADMIN: &str = r#"{"errcode":"M_FORBIDDEN",
    "error":"M_FORBIDDEN: Only server administrators can use this endpoint"}"#;
const TUWUNEL_NO_ROUTE: &str =
    r#"{"errcode":"M_UNRECOGNIZED","error":"M_UNRECOGNIZED: Not Found"}"#;
const TUWUNEL_NOBODY: &str = r#"{"errcode":"M_NOT_FOUND","error":"M_NOT_FOUND: User not found"}"#;
const TUWUNEL_REMOTE: &str =
    r#"{"errcode":"M_INVALID_PARAM","error":"M_INVALID_PARAM: Can only look up local users"}"#;

fn read<E: Endpoint>(endpoint: &E, status: u16, body: &str) -> Result<E::Answer, Error> {
    endpoint.read(&Response::of(status, body))
}

fn password() -> NewPassword {
    NewPassword { new_password: Rc::new(Secret::new("words".into())), logout_devices: false }
}

#[test]
fn accounts_of_tuwunel() {
    let version = read(&GetServerVersion, 200, r#"{"server_version":"1.9.0"}"#);
    assert_eq!(version.as_deref(), Ok("1.9.0"));
    let bob = read(&GetAccount(BOB), 200, TUWUNEL_BOB).unwrap();
    let seen = Some(Duration::from_millis(1_700_000_000_000));
    assert_eq!((bob.listed.created, bob.listed.last_seen), (None, seen), "0 is not known");
    assert!(bob.listed.is_locked);
    assert_eq!(bob.threepids, Some(Vec::new()), "left out where there are none");
    for (status, body, wanted) in [
        (404, TUWUNEL_NOBODY, Error::NotFound),
        (400, TUWUNEL_REMOTE, Error::Refused),
        (403, TUWUNEL_NOT_ADMIN, Error::Forbidden),
        (404, TUWUNEL_NO_ROUTE, Error::NotOffered),
    ] {
        assert_eq!(read(&GetAccount(BOB), status, body), Err(wanted), "{body}");
    }
    let list = r#"{"users":[{"name":"@bob:example.org","is_guest":false,"admin":false,
        "deactivated":true,"shadow_banned":false,"displayname":null,"creation_ts":0,
        "last_seen_ts":1700000000000,"erased":false,"locked":false}],"next_token":null,"total":1}"#;
    let page = read(&ListAccounts { name: "", from: 0 }, 200, list).unwrap();
    assert_eq!((page.total, page.next, page.accounts.len()), (1, None, 1));
    let external = Find::ExternalId { provider: "oidc", id: "b" };
    assert_eq!(read(&external, 404, TUWUNEL_NO_ROUTE), Err(Error::NotOffered));
    assert_eq!(read(&Find::Email("b@example.org"), 404, TUWUNEL_NOBODY), Err(Error::NotFound));
}

#[test]
fn changes_on_tuwunel() {
    let (bob, password) = (user(BOB), password());
    let listed = read(&GetAccount(BOB), 200, TUWUNEL_BOB).unwrap();
    let attach = SetThreepids::with_email(&listed, "new@example.org").unwrap();
    let after_attach = TUWUNEL_BOB.replace(
        r#""displayname":"Bob""#,
        r#""displayname":"Bob","threepids":[{"medium":"email","address":"new@example.org",
            "added_at":1,"validated_at":1}]"#,
    );
    let after: Account = read(&attach, 200, &after_attach).unwrap();
    assert_eq!(after.threepids, Some(vec![Threepid::email("new@example.org")]));
    // Emptied, the list is left out again.
    let emptied: Account = read(&SetThreepids::none(&bob), 200, TUWUNEL_BOB).unwrap();
    assert_eq!(emptied.threepids, Some(Vec::new()));
    let reset = ResetPassword { user: &bob, password: &password };
    assert_eq!(read(&reset, 200, "{}"), Ok(()));
    let weak = r#"{"errcode":"M_INVALID_PARAM",
        "error":"M_INVALID_PARAM: Password does not meet the requirements: x"}"#;
    assert_eq!(read(&reset, 400, weak), Err(Error::Refused));
    assert_eq!(read(&reset, 404, TUWUNEL_NO_ROUTE), Err(Error::NotOffered), "with mas_secret");
    let open = Reactivate { user: &bob, password: &password };
    assert!(read(&open, 200, TUWUNEL_BOB).is_ok_and(|bob| !bob.listed.is_deactivated));
    assert_eq!(read(&SetLocked { user: &bob, locked: true }, 200, TUWUNEL_BOB), Ok(()));
    let lift = SetSuspended { user: &bob, suspended: false };
    assert_eq!(read(&lift, 200, r#"{"user_@bob:example.org_suspended":false}"#), Ok(()));
    // The addresses of a deactivated account are still there: a reset by email revives it.
    let closed = after_attach.replace("\"deactivated\":false", "\"deactivated\":true");
    let closed = read(&GetAccount(BOB), 200, &closed).unwrap();
    assert!(closed.listed.is_deactivated && !closed.is_closed());
    let close = Deactivate { user: &bob, erase: true };
    assert_eq!(read(&close, 200, r#"{"id_server_unbind_result":"success"}"#), Ok(()));
    assert_eq!(read(&close, 403, r#"{"errcode":"M_FORBIDDEN"}"#), Err(Error::Forbidden));
    let allow =
        read(&AllowCrossSigningReset(&bob), 200, r#"{"updatable_without_uia_before_ms":9}"#);
    assert_eq!(allow, Ok(Duration::from_millis(9)));
}

#[test]
fn sessions_and_names_on_tuwunel() {
    let bob = user(BOB);
    let sessions = r#"{"devices":[{"device_id":"A","display_name":null,"user_id":"@bob:example.org",
        "last_seen_ip":null,"last_seen_user_agent":null,"last_seen_ts":null}],"total":1}"#;
    assert_eq!(read(&GetSessions(&bob), 200, sessions).map(|all| all.len()), Ok(1));
    let devices = ["A".to_owned()];
    let sign_out = SignOutSessions { user: &bob, devices: &devices };
    assert_eq!(read(&sign_out, 200, "{}"), Ok(()), "for an unknown device too");
    let data = r#"{"account_data":{"global":{},"rooms":{}}}"#;
    assert_eq!(read(&GetAccountData(&bob), 200, data), Ok(SecretsKept::default()));
    let ask = AskForName("new");
    let taken = r#"{"errcode":"M_USER_IN_USE","error":"M_USER_IN_USE: Username is not available"}"#;
    assert_eq!(read(&ask, 400, taken), Ok(Name::Taken));
    let Ok(Name::Free(name)) = read(&ask, 200, r#"{"available":true}"#) else {
        panic!("the name is free")
    };
    let password = Rc::new(Secret::new("words".into()));
    let create = Create { name: &name, server_name: "example.org", password, says_created: false };
    assert_eq!(read(&create, 200, TUWUNEL_BOB), Ok(Created::New), "200, and not 201");
}

#[test]
fn what_dendrite_says() {
    use super::dendrite::{AskForDendrite, ResetOnDendrite};
    let unrecognized = r#"{"errcode":"M_UNRECOGNIZED","error":"Unrecognized request"}"#;
    assert_eq!(read(&GetServerVersion, 404, unrecognized), Err(Error::NotOffered));
    assert_eq!(read(&GetServerVersion, 404, "404 page not found\n"), Err(Error::NotMatrix));
    let wants = r#"{"errcode":"M_MISSING_TOKEN","error":"missing access token"}"#;
    assert_eq!(read(&AskForDendrite, 401, wants), Ok(true));
    let password = password();
    let reset = ResetOnDendrite { user_id: BOB, password: &password };
    for (status, body, wanted) in [
        (
            403,
            r#"{"errcode":"M_FORBIDDEN","error":"This API can only be used by admin users."}"#,
            Error::Forbidden,
        ),
        (
            400,
            r#"{"errcode":"M_INVALID_PARAM","error":"server name \"x\" not known"}"#,
            Error::Refused,
        ),
        (
            400,
            r#"{"errcode":"M_BAD_JSON","error":"password too long: max 512 characters"}"#,
            Error::Refused,
        ),
        (
            400,
            r#"{"errcode":"M_WEAK_PASSWORD","error":"password too weak: min 8 characters"}"#,
            Error::PasswordRefused(PasswordRule::Stronger),
        ),
        (500, r#"{"Err":""}"#, Error::ServerFault),
        (401, r#"{"errcode":"M_UNKNOWN_TOKEN","error":"Unknown token"}"#, Error::SessionEnded),
    ] {
        assert_eq!(read(&reset, status, body), Err(wanted), "{body}");
    }
}
