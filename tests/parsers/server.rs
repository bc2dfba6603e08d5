//! What a homeserver says of itself. What is taken is what the endpoints' own tests
//! have, and answers of real homeservers.

use crate::account::homeserver;
use crate::places::{check_base, check_link};
use crate::reader::{Reader, read};
use matrix_account_recovery::i18n;
use matrix_account_recovery::matrix::auth_metadata::GetAuthMetadata;
use matrix_account_recovery::matrix::discovery::{GetVersions, GetWellKnown, WellKnown};
use matrix_account_recovery::matrix::email_reset::AskForEmailReset;
use matrix_account_recovery::matrix::implementation::Implementation;
use matrix_account_recovery::matrix::link_pages::AskForLinkPages;
use matrix_account_recovery::matrix::login_flows::GetLoginFlows;
use matrix_account_recovery::matrix::password_policy::GetPasswordPolicy;
use matrix_account_recovery::matrix::server_version::GetServerVersion;
use matrix_account_recovery::matrix::support::{GetSupport, is_email_address, is_matrix_id};
use matrix_account_recovery::matrix::wire::{Endpoint, Response};
use matrix_account_recovery::recovery::doctor::{Finding, Setup};
use matrix_account_recovery::recovery::password_rules::broken_rules;
use matrix_account_recovery::recovery::ways::Told;

const FLOWS: &str = r#"{"flows":[{"type":"m.login.password"},{"type":"m.login.cas"},
    {"type":"m.login.sso","identity_providers":[{"id":"oidc-a","name":" Key\ncloak ",
    "icon":"mxc://x/y","brand":"keycloak"}]},{"type":"m.login.token"}]}"#;
const METADATA: &str = r#"{"issuer":"https://example.org/",
    "account_management_uri":"https://account.example.org/account/",
    "org.matrix.matrix-authentication-service.graphql_endpoint":"https://account.example.org/graphql"}"#;
const POLICY: &str = r#"{"m.minimum_length":15,"m.require_digit":true,"m.require_symbol":true,
    "m.require_uppercase":true,"m.require_lowercase":true}"#;
const SUPPORT: &str = r#"{"contacts":[
    {"matrix_id":"@admin:example.org","email_address":"admin@example.org","role":"m.role.admin"},
    {"email_address":"security@example.org","role":"m.role.security"}],
    "support_page":"https://example.org/support.html"}"#;
const NEEDS_FIELDS: (u16, &str) =
    (400, r#"{"errcode":"M_BAD_JSON","error":"3 validation errors for EmailRequestTokenBody"}"#);
const UNRECOGNIZED: (u16, &str) =
    (404, r#"{"errcode":"M_UNRECOGNIZED","error":"Unrecognized request"}"#);

pub fn readers() -> Vec<Reader> {
    vec![
        Reader::answer(
            "matrix/discovery::GetWellKnown",
            &[(200, r#"{"m.homeserver":{"base_url":"https://example.org/at/"},"x":{}}"#)],
            well_known,
        ),
        Reader::answer(
            "matrix/discovery::GetVersions",
            &[(200, r#"{"versions":["r0.6.1","v1.12"],"unstable_features":{"a.b":true}}"#)],
            |it| {
                let _ = Finding::of_versions(GetVersions.read(it), true).verdict();
                read(&GetVersions, it).is_some()
            },
        ),
        Reader::answer("matrix/login_flows::GetLoginFlows", &[(200, FLOWS), UNRECOGNIZED], flows),
        Reader::answer("matrix/auth_metadata::GetAuthMetadata", &[(200, METADATA)], metadata),
        Reader::answer("matrix/email_reset::AskForEmailReset", &[NEEDS_FIELDS], |it| {
            let _ =
                Finding::of_email(AskForEmailReset.read(it), Setup::Unknown, &Finding::OwnAccounts)
                    .verdict();
            read(&AskForEmailReset, it).is_some()
        }),
        Reader::answer("matrix/link_pages::AskForLinkPages", &[UNRECOGNIZED], |it| {
            read(&AskForLinkPages, it).is_some()
        }),
        Reader::answer("matrix/password_policy::GetPasswordPolicy", &[(200, POLICY)], policy),
        Reader::answer("matrix/support::GetSupport", &[(200, SUPPORT)], support),
        Reader::answer(
            "matrix/server_version::GetServerVersion",
            &[(200, r#"{"name":"Tuwunel","version":"1.9.0"}"#)],
            |it| {
                read(&GetServerVersion::Continuwuity, it);
                read(&GetServerVersion::Tuwunel, it) == Some(Implementation::Tuwunel)
            },
        ),
        Reader::answer(
            "recovery/ways::way",
            &[(200, FLOWS), (200, METADATA), NEEDS_FIELDS, UNRECOGNIZED],
            way,
        ),
    ]
}

fn well_known(response: &Response) -> bool {
    let answer = read(&GetWellKnown, response);
    let _ = Finding::of_well_known(&homeserver(), GetWellKnown.read(response), true).verdict();
    match answer {
        Some(WellKnown::At(base_url)) => check_base(&base_url),
        _ => false,
    }
}

fn flows(response: &Response) -> bool {
    let _ = Finding::of_flows(GetLoginFlows.read(response), &Finding::OwnAccounts).verdict();
    let Some(flows) = read(&GetLoginFlows, response) else { return false };
    for provider in flows.providers.named() {
        assert!(!provider.name.contains(char::is_control) && !provider.name.is_empty());
    }
    true
}

fn metadata(response: &Response) -> bool {
    let _ = Finding::of_oauth(GetAuthMetadata::Unstable.read(response), Setup::Unknown).verdict();
    let Some(metadata) = read(&GetAuthMetadata::Stable, response).flatten() else { return false };
    metadata.recovery_page().iter().chain(&metadata.account_page).for_each(check_link);
    true
}

fn policy(response: &Response) -> bool {
    let _ = Finding::of_policy(GetPasswordPolicy.read(response), Setup::Unknown).verdict();
    let Some(policy) = read(&GetPasswordPolicy, response) else { return false };
    assert_eq!(i18n::policy(&policy, "example.org").len(), policy.0.len());
    let _ = broken_rules(&policy, &response.body);
    true
}

fn support(response: &Response) -> bool {
    let Some(support) = read(&GetSupport, response).flatten() else { return false };
    support.page.iter().for_each(check_link);
    assert!(support.contacts.len() <= 20);
    for contact in &support.contacts {
        assert!(contact.email_address.as_deref().is_none_or(is_email_address));
        assert!(contact.matrix_id.as_deref().is_none_or(is_matrix_id));
    }
    true
}

/// The same answer to all four questions.
fn way(response: &Response) -> bool {
    let told = Told {
        flows: GetLoginFlows.read(response),
        oauth: GetAuthMetadata::Stable.read(response),
        email: AskForEmailReset.read(response),
        policy: GetPasswordPolicy.read(response),
        by_version: GetServerVersion::Tuwunel.read(response).unwrap_or_default(),
    };
    let _ = (told.way(), told.implementation());
    told.flows.is_ok() || told.oauth.is_ok() || told.email.is_ok()
}
