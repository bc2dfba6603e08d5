//! Answers of homeservers, each leading to the right card.

use super::*;
use crate::recovery::recorded::{
    CONTINUWUITY, CONTINUWUITY_EXCLUSIVE, MAS_SERVER, NO_MAIL, NOT_FOUND, SYNAPSE, Server, TUWUNEL,
    TUWUNEL_NATIVE, UNRECOGNIZED,
};

fn link(text: &str) -> WebLink {
    WebLink::parse(text).unwrap()
}

fn email(sends_mail: bool) -> Way {
    Way::Email { sends_mail, providers: None }
}

fn names(providers: &Providers) -> Vec<String> {
    providers.named().into_iter().map(|provider| provider.name).collect()
}

#[test]
fn synapse_with_and_without_mail() {
    assert_eq!(SYNAPSE.told().way(), email(true));
    let without_mail = Server { request_token: NO_MAIL, ..SYNAPSE };
    assert_eq!(without_mail.told().way(), Way::Administrator(Why::MailOff));
    let policy = (200, r#"{"m.minimum_length":15,"m.require_digit":true}"#);
    assert_eq!(Server { password_policy: policy, ..SYNAPSE }.told().way(), email(true));
}

#[test]
fn synapse_without_passwords_leads_to_the_provider() {
    let sso = (
        200,
        r#"{"flows":[
            {"type":"m.login.sso","identity_providers":[{"id":"oidc-keycloak","name":"Keycloak","brand":"keycloak"}]},
            {"type":"m.login.token"}]}"#,
    );
    let Way::Provider(providers) = (Server { login: sso, ..SYNAPSE }).told().way() else {
        panic!()
    };
    assert_eq!(names(&providers), ["Keycloak"]);
    let cas = (200, r#"{"flows":[{"type":"m.login.cas"},{"type":"m.login.sso"}]}"#);
    assert_eq!(Server { login: cas, ..SYNAPSE }.told().way(), Way::Provider(Providers::default()));
    let nothing = (200, r#"{"flows":[{"type":"m.login.application_service"}]}"#);
    let way = Server { login: nothing, ..SYNAPSE }.told().way();
    assert_eq!(way, Way::Administrator(Why::NoPasswords));

    let both = (
        200,
        r#"{"flows":[{"type":"m.login.password"},
            {"type":"m.login.sso","identity_providers":[{"id":"x","name":"Keycloak"}]}]}"#,
    );
    let way = Server { login: both, ..SYNAPSE }.told().way();
    let Way::Email { sends_mail: true, providers: Some(providers) } = way else { panic!() };
    assert_eq!(names(&providers), ["Keycloak"]);
}

#[test]
fn the_matrix_authentication_service_leads_to_its_own_page() {
    let mas = MAS_SERVER;
    let page = Way::RecoveryPage(link("https://account.example.org/recover"));
    assert_eq!(mas.told().way(), page);
    // Where the proxy sends /login to Synapse, which does not have it any more.
    assert_eq!(Server { login: UNRECOGNIZED, ..mas }.told().way(), page);
    // Where it keeps no passwords itself.
    let upstream = (
        200,
        r#"{"flows":[{"type":"m.login.sso","oauth_aware_preferred":true},{"type":"m.login.token"}]}"#,
    );
    let account = link("https://account.example.org/account/");
    assert_eq!(Server { login: upstream, ..mas }.told().way(), Way::AccountPage(Some(account)));
}

#[test]
fn dendrite_cannot_do_it() {
    let dendrite = Server {
        login: (200, r#"{"flows":[{"type":"m.login.password"}]}"#),
        auth_metadata: UNRECOGNIZED,
        request_token: UNRECOGNIZED,
        password_policy: UNRECOGNIZED,
        ..SYNAPSE
    };
    assert_eq!(dendrite.told().way(), Way::Administrator(Why::NotOffered));
}

#[test]
fn tuwunel_does_not_tell_whether_it_sends_mail() {
    assert_eq!(TUWUNEL.told().way(), email(false));
    let before_1_8 = Server { request_token: UNRECOGNIZED, ..TUWUNEL };
    assert_eq!(before_1_8.told().way(), Way::Administrator(Why::NotOffered));
    // With accounts of its own over OAuth 2.0, a new password by email is still
    // what people come for.
    assert_eq!(TUWUNEL_NATIVE.told().way(), email(false));
    let only_oauth = Server { request_token: UNRECOGNIZED, ..TUWUNEL_NATIVE };
    let page = link("https://t.example/_tuwunel/oidc/account");
    assert_eq!(only_oauth.told().way(), Way::AccountPage(Some(page)));
}

#[test]
fn continuwuity_has_it_beside_pages_of_its_own() {
    assert_eq!(CONTINUWUITY.told().way(), email(false));
    // Its API for passwords is off together with the old way to sign in.
    let page = link("https://c.example/_continuwuity/account/deeplink");
    assert_eq!(CONTINUWUITY_EXCLUSIVE.told().way(), Way::AccountPage(Some(page)));
}

#[test]
fn implementation_follows_from_the_answers() {
    for (server, wanted) in [
        (SYNAPSE, Implementation::Synapse),
        (TUWUNEL, Implementation::Tuwunel),
        (TUWUNEL_NATIVE, Implementation::Tuwunel),
        (CONTINUWUITY, Implementation::Continuwuity),
        (CONTINUWUITY_EXCLUSIVE, Implementation::Continuwuity),
        // A proxy that does not forward the version path hides it, unless the
        // account page names it.
        (Server { tuwunel: NOT_FOUND, ..TUWUNEL }, Implementation::Unknown),
        (Server { tuwunel: NOT_FOUND, ..TUWUNEL_NATIVE }, Implementation::Tuwunel),
    ] {
        assert_eq!(server.told().implementation(), wanted);
    }
}

#[test]
fn devices_page_is_that_of_the_matrix_authentication_service() {
    let page = link("https://account.example.org/account/?action=org.matrix.devices_list");
    assert_eq!(MAS_SERVER.told().devices_page(), Some(page));
    assert_eq!(TUWUNEL_NATIVE.told().devices_page(), None);
    assert_eq!(SYNAPSE.told().devices_page(), None);
}

/// Synapse, with or without the Matrix Authentication Service, gets no request
/// that it did not get before.
#[test]
fn versions_are_asked_only_outside_synapse() {
    assert!(!SYNAPSE.told().wants_version());
    assert!(!MAS_SERVER.told().wants_version());
    assert!(!Server { password_policy: (502, "<html>"), ..SYNAPSE }.told().wants_version());
    assert!(TUWUNEL.told().wants_version() && CONTINUWUITY.told().wants_version());
}

#[test]
fn email_is_no_name_on_tuwunel_and_the_matrix_authentication_service() {
    for (server, wanted) in [
        (SYNAPSE, true),
        (CONTINUWUITY, true),
        (TUWUNEL, false),
        (TUWUNEL_NATIVE, false),
        (MAS_SERVER, false),
    ] {
        assert_eq!(server.told().signs_in_by_email(), wanted);
    }
}

#[test]
fn a_page_that_a_server_may_not_lead_to_is_left_out() {
    let metadata = (
        200,
        r#"{"issuer":"x","account_management_uri":"javascript:alert(1)","org.matrix.matrix-authentication-service.graphql_endpoint":"x"}"#,
    );
    let way =
        Server { auth_metadata: metadata, request_token: UNRECOGNIZED, ..SYNAPSE }.told().way();
    assert_eq!(way, Way::AccountPage(None));
}

#[test]
fn what_a_server_does_not_tell_is_unknown() {
    let gone = (502, "<html>");
    let unknown = Way::Unknown(Error::ServerFault);
    assert_eq!(Server { request_token: gone, ..SYNAPSE }.told().way(), unknown);
    let silent = Server {
        login: gone,
        auth_metadata: gone,
        request_token: gone,
        password_policy: gone,
        ..SYNAPSE
    };
    assert_eq!(silent.told().way(), unknown);
    // Its accounts may be elsewhere, and nobody knows.
    let half = Server { auth_metadata: gone, request_token: UNRECOGNIZED, ..SYNAPSE };
    assert_eq!(half.told().way(), unknown);
    let nothing = (200, r#"{"flows":[]}"#);
    assert_eq!(Server { login: nothing, auth_metadata: gone, ..SYNAPSE }.told().way(), unknown);
    // How one signs in is not known, but mail is sent.
    assert_eq!(Server { login: gone, ..SYNAPSE }.told().way(), email(true));
    assert!(unknown.is_here() && email(false).is_here());
    assert!(!Way::Administrator(Why::MailOff).is_here());
}
