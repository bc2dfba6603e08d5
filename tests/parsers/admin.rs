//! What homeservers answer to administrators.

use crate::account::{check_devices, new_password};
use crate::reader::{Reader, read, response};
use matrix_account_recovery::admin::reach::{Answers, Reach};
use matrix_account_recovery::matrix::admin::account::{Account, GetAccount, KnownUser, Listed};
use matrix_account_recovery::matrix::admin::account_data::GetAccountData;
use matrix_account_recovery::matrix::admin::accounts::ListAccounts;
use matrix_account_recovery::matrix::admin::create::{AskForName, Create, Name};
use matrix_account_recovery::matrix::admin::cross_signing::AllowCrossSigningReset;
use matrix_account_recovery::matrix::admin::deactivate::Deactivate;
use matrix_account_recovery::matrix::admin::dendrite::{AskForDendrite, ResetOnDendrite};
use matrix_account_recovery::matrix::admin::emails::SetThreepids;
use matrix_account_recovery::matrix::admin::find::Find;
use matrix_account_recovery::matrix::admin::lock::{SetLocked, SetSuspended};
use matrix_account_recovery::matrix::admin::password::{Reactivate, ResetPassword};
use matrix_account_recovery::matrix::admin::sessions::{GetSessions, SignOutSessions};
use matrix_account_recovery::matrix::admin::version::GetServerVersion;
use matrix_account_recovery::matrix::auth_metadata::GetAuthMetadata;
use matrix_account_recovery::matrix::password_policy::GetPasswordPolicy;
use matrix_account_recovery::matrix::wire::{Endpoint, Response};
use std::rc::Rc;

const ID: &str = "@bob:example.org";
const BOB: &str = r#"{"name":"@bob:example.org","admin":false,"deactivated":false,"locked":true,
    "creation_ts":1790000000,"appservice_id":null,"suspended":false,"displayname":"Bob",
    "threepids":[{"medium":"email","address":"bob@example.org","added_at":1790000000000},
    {"medium":"msisdn","address":"4912345","validated_at":1}],
    "external_ids":[{"auth_provider":"oidc-work","external_id":"b.builder"}],
    "last_seen_ts":1790000123456}"#;
const PAGE: &str = r#"{"users":[{"name":"@bob:example.org","admin":true,"deactivated":true,
    "displayname":"\u0000Bob ","creation_ts":1790000000000,"last_seen_ts":null,"locked":1},
    {"name":"odd"},7],"total":100000,"next_token":"60"}"#;
const BARE_PAGE: &str = r#"{"users":[{"name":"@bob:example.org"}],"next_token":60}"#;
const DATA: &str = r#"{"account_data":{"global":{"m.secret_storage.default_key":{"key":"K"},
    "m.secret_storage.key.K":{},"m.megolm_backup.v1":{"encrypted":{"K":{"iv":""}}}},"rooms":{}}}"#;
const SESSIONS: &str = r#"{"devices":[{"device_id":"A","display_name":"Phone","last_seen_ts":5},
    {"device_id":"B","last_seen_ts":9}],"total":2}"#;
const DONE: (u16, &str) = (200, "{}");

/// Somebody whom a homeserver told of.
fn bob() -> Account {
    GetAccount(ID).read(&response(200, BOB)).expect("an account")
}

pub fn readers() -> Vec<Reader> {
    [about_accounts(), changes()].into_iter().flatten().collect()
}

/// What changes nothing.
fn about_accounts() -> Vec<Reader> {
    vec![
        Reader::answer("matrix/admin/account::GetAccount", &[(200, BOB)], |it| {
            read(&GetAccount(ID), it).is_some_and(|account| check_account(&account))
        }),
        Reader::answer(
            "matrix/admin/accounts::ListAccounts",
            &[(200, PAGE), (200, BARE_PAGE)],
            list,
        ),
        Reader::answer("matrix/admin/account_data::GetAccountData", &[(200, DATA)], |it| {
            read(&GetAccountData(bob().user()), it).is_some_and(|kept| {
                assert!(kept.has_storage || !kept.has_backup_key);
                true
            })
        }),
        Reader::answer("matrix/admin/sessions::GetSessions", &[(200, SESSIONS)], |it| {
            read(&GetSessions(bob().user()), it).is_some_and(|all| check_devices(&all))
        }),
        Reader::answer("matrix/admin/find::Find", &[(200, r#"{"user_id":"@bob:b"}"#)], |it| {
            read(&Find::Email("bob@example.org"), it).is_some_and(|user| check_user(&user))
        }),
        Reader::answer(
            "matrix/admin/version::GetServerVersion",
            &[(200, r#"{"server_version":"1.163.2","python_version":"3.12"}"#)],
            |it| read(&GetServerVersion, it).is_some(),
        ),
        Reader::answer(
            "matrix/admin/dendrite::AskForDendrite",
            &[(401, r#"{"errcode":"M_MISSING_TOKEN","error":"missing access token"}"#)],
            |it| read(&AskForDendrite, it) == Some(true),
        ),
        Reader::answer("admin/reach::of", &[(200, r#"{"server_version":"1.163.2"}"#)], reach),
    ]
}

/// What changes an account.
fn changes() -> Vec<Reader> {
    vec![
        Reader::answer(
            "matrix/admin/create::AskForName",
            &[(200, r#"{"available":true}"#), (400, r#"{"errcode":"M_USER_IN_USE"}"#)],
            |it| read(&AskForName("new"), it).is_some(),
        ),
        Reader::answer("matrix/admin/create::Create", &[(201, BOB)], create),
        Reader::answer(
            "matrix/admin/cross_signing::AllowCrossSigningReset",
            &[(200, r#"{"updatable_without_uia_before_ms":1795645333033}"#)],
            |it| read(&AllowCrossSigningReset(bob().user()), it).is_some(),
        ),
        Reader::answer("matrix/admin/deactivate::Deactivate", &[DONE], |it| {
            read(&Deactivate { user: bob().user(), erase: true }, it).is_some()
        }),
        Reader::answer("matrix/admin/emails::SetThreepids", &[(200, BOB)], set_threepids),
        Reader::answer("matrix/admin/lock::SetLocked", &[(200, BOB)], |it| {
            read(&SetLocked { user: bob().user(), locked: true }, it).is_some()
        }),
        Reader::answer("matrix/admin/lock::SetSuspended", &[DONE], |it| {
            read(&SetSuspended { user: bob().user(), suspended: true }, it).is_some()
        }),
        Reader::answer("matrix/admin/password::ResetPassword", &[DONE], |it| {
            let password = &new_password();
            read(&ResetPassword { user: bob().user(), password }, it).is_some()
        }),
        Reader::answer("matrix/admin/password::Reactivate", &[(200, BOB)], |it| {
            let password = &new_password();
            read(&Reactivate { user: bob().user(), password }, it).is_some()
        }),
        Reader::answer("matrix/admin/sessions::SignOutSessions", &[DONE], |it| {
            read(&SignOutSessions { user: bob().user(), devices: &[] }, it).is_some()
        }),
        Reader::answer(
            "matrix/admin/dendrite::ResetOnDendrite",
            &[(200, r#"{"password_updated":true}"#)],
            |it| {
                let password = &new_password();
                read(&ResetOnDendrite { user_id: ID, password }, it).is_some()
            },
        ),
    ]
}

fn check_user(user: &KnownUser) -> bool {
    assert!(user.as_str().starts_with('@') && user.as_str().contains(':'));
    true
}

fn check_listed(listed: &Listed) {
    check_user(&listed.user);
    if let Some(name) = &listed.display_name {
        assert!(!name.is_empty() && !name.contains(char::is_control));
        assert!(name.chars().count() <= 100);
    }
}

fn check_account(account: &Account) -> bool {
    check_listed(&account.listed);
    for email in account.emails() {
        assert!(account.has_email(email));
    }
    // Nothing that is there gets lost when an address is attached.
    let set = SetThreepids::with_email(account, "new@example.org");
    assert_eq!(set.is_some(), account.threepids.is_some());
    true
}

/// A page, and the one that it says comes next, which may be any.
fn list(response: &Response) -> bool {
    let Some(page) = read(&ListAccounts { name: "", from: 0 }, response) else { return false };
    page.accounts.iter().for_each(check_listed);
    if let Some(from) = page.next {
        let after = read(&ListAccounts { name: "", from }, response);
        assert!(after.is_some_and(|after| after.next.is_none_or(|next| next > from)));
    }
    true
}

fn reach(response: &Response) -> bool {
    let version = GetServerVersion.read(response);
    let is_there = version.is_ok();
    let _ = Reach::of(Answers {
        version,
        dendrite: AskForDendrite.read(response) == Ok(true),
        policy: GetPasswordPolicy.read(response).map(|_| ()),
        oauth: GetAuthMetadata::Stable.read(response).ok().flatten(),
    });
    is_there
}

fn create(answer: &Response) -> bool {
    let free = AskForName("new").read(&response(200, r#"{"available":true}"#));
    let Ok(Name::Free(name)) = free else { panic!("the name is free") };
    let (name, server_name, password) = (&name, "example.org", Rc::default());
    read(&Create { name, server_name, password, says_created: true }, answer).is_some()
}

fn set_threepids(response: &Response) -> bool {
    let bob = bob();
    let set = SetThreepids::with_email(&bob, &response.body).expect("what is there was read");
    read(&set, response).is_some_and(|account| check_account(&account))
}
