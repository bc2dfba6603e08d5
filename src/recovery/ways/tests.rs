//! Answers of homeservers, each leading to the right card. Those of Tuwunel 1.9.0,
//! Continuwuity 26.8.0-alpha.1 and the Matrix Authentication Service 1.22.0 were
//! recorded from real ones.

use super::*;
use crate::matrix::auth_metadata::GetAuthMetadata;
use crate::matrix::email_reset::AskForEmailReset;
use crate::matrix::login_flows::GetLoginFlows;
use crate::matrix::password_policy::GetPasswordPolicy;
use crate::matrix::server_version::GetServerVersion;
use crate::matrix::wire::{Endpoint, Response};

type Answer = (u16, &'static str);

/// What a homeserver answers to each question.
struct Server {
    login: Answer,
    auth_metadata: Answer,
    request_token: Answer,
    password_policy: Answer,
    tuwunel: Answer,
    continuwuity: Answer,
}

const UNRECOGNIZED: Answer =
    (404, r#"{"errcode":"M_UNRECOGNIZED","error":"Unrecognized request"}"#);

const PASSWORDS: Answer =
    (200, r#"{"flows":[{"type":"m.login.password"},{"type":"m.login.application_service"}]}"#);

const PYDANTIC: Answer = (
    400,
    r#"{"errcode":"M_BAD_JSON","error":"3 validation errors for EmailRequestTokenBody\nclient_secret\n  field required (type=value_error.missing)\nemail\n  field required (type=value_error.missing)\nsend_attempt\n  field required (type=value_error.missing)"}"#,
);

/// Synapse with mail. The others differ from it.
const SYNAPSE: Server = Server {
    login: PASSWORDS,
    auth_metadata: UNRECOGNIZED,
    request_token: PYDANTIC,
    password_policy: (200, "{}"),
    tuwunel: UNRECOGNIZED,
    continuwuity: UNRECOGNIZED,
};

/// What Tuwunel and Continuwuity say to `{}`, with mail and without.
const SERDE: Answer = (
    400,
    r#"{"errcode":"M_BAD_JSON","error":"deserialization failed: missing field `client_secret` at line 1 column 2"}"#,
);

const TUWUNEL: Server = Server {
    login: (
        200,
        r#"{"flows":[{"type":"m.login.application_service"},{"type":"m.login.token","get_login_token":true},{"type":"m.login.password"}]}"#,
    ),
    auth_metadata: (
        404,
        r#"{"errcode":"M_UNRECOGNIZED","error":"M_UNRECOGNIZED: OIDC server not configured"}"#,
    ),
    request_token: SERDE,
    password_policy: (404, r#"{"errcode":"M_UNRECOGNIZED","error":"M_UNRECOGNIZED: Not Found"}"#),
    tuwunel: (200, r#"{"name":"Tuwunel","version":"1.9.0"}"#),
    continuwuity: (404, r#"{"errcode":"M_UNRECOGNIZED","error":"M_UNRECOGNIZED: Not Found"}"#),
};

/// Tuwunel with `oidc_native_auth`.
const TUWUNEL_NATIVE: Server = Server {
    auth_metadata: (
        200,
        r#"{"issuer":"https://t.example/","account_management_uri":"https://t.example/_tuwunel/oidc/account"}"#,
    ),
    ..TUWUNEL
};

const NOT_FOUND: Answer = (404, r#"{"errcode":"M_UNRECOGNIZED","error":"not found :("}"#);

const CONTINUWUITY: Server = Server {
    login: (
        200,
        r#"{"flows":[{"type":"m.login.password"},{"type":"m.login.application_service"},{"type":"m.login.token","get_login_token":true}]}"#,
    ),
    auth_metadata: (
        200,
        r#"{"issuer":"https://c.example/","account_management_uri":"https://c.example/_continuwuity/account/deeplink"}"#,
    ),
    request_token: SERDE,
    password_policy: NOT_FOUND,
    tuwunel: NOT_FOUND,
    continuwuity: (200, r#"{"name":"continuwuity","version":"26.8.1 (ab3c05d)"}"#),
};

/// Continuwuity with its own OAuth as the only way to sign in.
const CONTINUWUITY_EXCLUSIVE: Server = Server { login: NOT_FOUND, ..CONTINUWUITY };

const NO_MAIL: Answer = (
    400,
    r#"{"errcode":"M_UNKNOWN","error":"Email-based password resets have been disabled on this server"}"#,
);

const MAS: Answer = (
    200,
    r#"{
        "issuer":"https://example.org/",
        "authorization_endpoint":"https://account.example.org/authorize",
        "token_endpoint":"https://account.example.org/oauth2/token",
        "jwks_uri":"https://account.example.org/oauth2/keys.json",
        "registration_endpoint":"https://account.example.org/oauth2/registration",
        "revocation_endpoint":"https://account.example.org/oauth2/revoke",
        "scopes_supported":["openid","email"],
        "response_types_supported":["code","id_token","code id_token"],
        "response_modes_supported":["form_post","query","fragment"],
        "grant_types_supported":["authorization_code","refresh_token","client_credentials","urn:ietf:params:oauth:grant-type:device_code"],
        "code_challenge_methods_supported":["plain","S256"],
        "prompt_values_supported":["login","create"],
        "device_authorization_endpoint":"https://account.example.org/oauth2/device",
        "org.matrix.matrix-authentication-service.graphql_endpoint":"https://account.example.org/graphql",
        "account_management_uri":"https://account.example.org/account/",
        "account_management_actions_supported":["org.matrix.profile","org.matrix.devices_list","org.matrix.device_view","org.matrix.device_delete","org.matrix.cross_signing_reset","org.matrix.sessions_list","org.matrix.session_view","org.matrix.session_end"]
    }"#,
);

/// `GET /login` of the Matrix Authentication Service.
const MAS_LOGIN: Answer = (
    200,
    r#"{"flows":[{"type":"m.login.password"},
        {"type":"m.login.sso","oauth_aware_preferred":true,"org.matrix.msc3824.delegated_oidc_compatibility":true},
        {"type":"m.login.token"}]}"#,
);

const MAS_SERVER: Server = Server {
    login: MAS_LOGIN,
    auth_metadata: MAS,
    request_token: UNRECOGNIZED,
    password_policy: (200, "{}"),
    tuwunel: UNRECOGNIZED,
    continuwuity: UNRECOGNIZED,
};

impl Server {
    fn told(&self) -> Told {
        let of = |(status, body): Answer| Response::of(status, body);
        let versions = [
            (GetServerVersion::Tuwunel, self.tuwunel),
            (GetServerVersion::Continuwuity, self.continuwuity),
        ];
        let mut versions = versions.map(|(endpoint, answer)| endpoint.read(&of(answer)).unwrap());
        versions.sort_by_key(|known| *known == Implementation::Unknown);
        Told {
            flows: GetLoginFlows.read(&of(self.login)),
            oauth: GetAuthMetadata::Stable.read(&of(self.auth_metadata)),
            email: AskForEmailReset.read(&of(self.request_token)),
            policy: GetPasswordPolicy.read(&of(self.password_policy)),
            by_version: versions[0],
        }
    }

    fn way(&self) -> Way {
        self.told().way()
    }
}

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
    assert_eq!(SYNAPSE.way(), email(true));
    let without_mail = Server { request_token: NO_MAIL, ..SYNAPSE };
    assert_eq!(without_mail.way(), Way::Administrator(Why::MailOff));
    let policy = (200, r#"{"m.minimum_length":15,"m.require_digit":true}"#);
    assert_eq!(Server { password_policy: policy, ..SYNAPSE }.way(), email(true));
}

#[test]
fn synapse_without_passwords_leads_to_the_provider() {
    let sso = (
        200,
        r#"{"flows":[
            {"type":"m.login.sso","identity_providers":[{"id":"oidc-keycloak","name":"Keycloak","brand":"keycloak"}]},
            {"type":"m.login.token"}]}"#,
    );
    let Way::Provider(providers) = (Server { login: sso, ..SYNAPSE }).way() else { panic!() };
    assert_eq!(names(&providers), ["Keycloak"]);
    let cas = (200, r#"{"flows":[{"type":"m.login.cas"},{"type":"m.login.sso"}]}"#);
    assert_eq!(Server { login: cas, ..SYNAPSE }.way(), Way::Provider(Providers::default()));
    let nothing = (200, r#"{"flows":[{"type":"m.login.application_service"}]}"#);
    let way = Server { login: nothing, ..SYNAPSE }.way();
    assert_eq!(way, Way::Administrator(Why::NoPasswords));

    let both = (
        200,
        r#"{"flows":[{"type":"m.login.password"},
            {"type":"m.login.sso","identity_providers":[{"id":"x","name":"Keycloak"}]}]}"#,
    );
    let way = Server { login: both, ..SYNAPSE }.way();
    let Way::Email { sends_mail: true, providers: Some(providers) } = way else { panic!() };
    assert_eq!(names(&providers), ["Keycloak"]);
}

#[test]
fn the_matrix_authentication_service_leads_to_its_own_page() {
    let mas = MAS_SERVER;
    let page = Way::RecoveryPage(link("https://account.example.org/recover"));
    assert_eq!(mas.way(), page);
    // Where the proxy sends /login to Synapse, which does not have it any more.
    assert_eq!(Server { login: UNRECOGNIZED, ..mas }.way(), page);
    // Where it keeps no passwords itself.
    let upstream = (
        200,
        r#"{"flows":[{"type":"m.login.sso","oauth_aware_preferred":true},{"type":"m.login.token"}]}"#,
    );
    let account = link("https://account.example.org/account/");
    assert_eq!(Server { login: upstream, ..mas }.way(), Way::AccountPage(Some(account)));
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
    assert_eq!(dendrite.way(), Way::Administrator(Why::NotOffered));
}

#[test]
fn tuwunel_does_not_tell_whether_it_sends_mail() {
    assert_eq!(TUWUNEL.way(), email(false));
    let before_1_8 = Server { request_token: UNRECOGNIZED, ..TUWUNEL };
    assert_eq!(before_1_8.way(), Way::Administrator(Why::NotOffered));
    // With accounts of its own over OAuth 2.0, a new password by email is still
    // what people come for.
    assert_eq!(TUWUNEL_NATIVE.way(), email(false));
    let only_oauth = Server { request_token: UNRECOGNIZED, ..TUWUNEL_NATIVE };
    let page = link("https://t.example/_tuwunel/oidc/account");
    assert_eq!(only_oauth.way(), Way::AccountPage(Some(page)));
}

#[test]
fn continuwuity_has_it_beside_pages_of_its_own() {
    assert_eq!(CONTINUWUITY.way(), email(false));
    // Its API for passwords is off together with the old way to sign in.
    let page = link("https://c.example/_continuwuity/account/deeplink");
    assert_eq!(CONTINUWUITY_EXCLUSIVE.way(), Way::AccountPage(Some(page)));
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
    let way = Server { auth_metadata: metadata, request_token: UNRECOGNIZED, ..SYNAPSE }.way();
    assert_eq!(way, Way::AccountPage(None));
}

#[test]
fn what_a_server_does_not_tell_is_unknown() {
    let gone = (502, "<html>");
    let unknown = Way::Unknown(Error::ServerFault);
    assert_eq!(Server { request_token: gone, ..SYNAPSE }.way(), unknown);
    let silent = Server {
        login: gone,
        auth_metadata: gone,
        request_token: gone,
        password_policy: gone,
        ..SYNAPSE
    };
    assert_eq!(silent.way(), unknown);
    // Its accounts may be elsewhere, and nobody knows.
    let half = Server { auth_metadata: gone, request_token: UNRECOGNIZED, ..SYNAPSE };
    assert_eq!(half.way(), unknown);
    let nothing = (200, r#"{"flows":[]}"#);
    assert_eq!(Server { login: nothing, auth_metadata: gone, ..SYNAPSE }.way(), unknown);
    // How one signs in is not known, but mail is sent.
    assert_eq!(Server { login: gone, ..SYNAPSE }.way(), email(true));
    assert!(unknown.is_here() && email(false).is_here());
    assert!(!Way::Administrator(Why::MailOff).is_here());
}
