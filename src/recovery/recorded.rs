//! What homeservers answered: Tuwunel 1.9.0, Continuwuity 26.8.0-alpha.1 and the
//! Matrix Authentication Service 1.22.0, recorded from real ones.

use super::ways::Told;
use crate::matrix::auth_metadata::GetAuthMetadata;
use crate::matrix::email_reset::AskForEmailReset;
use crate::matrix::implementation::Implementation;
use crate::matrix::login_flows::GetLoginFlows;
use crate::matrix::password_policy::GetPasswordPolicy;
use crate::matrix::server_version::GetServerVersion;
use crate::matrix::wire::{Endpoint, Response};

pub type Answer = (u16, &'static str);

/// What a homeserver answers to each question.
pub struct Server {
    pub login: Answer,
    pub auth_metadata: Answer,
    pub request_token: Answer,
    pub password_policy: Answer,
    pub tuwunel: Answer,
    pub continuwuity: Answer,
}

pub const UNRECOGNIZED: Answer =
    (404, r#"{"errcode":"M_UNRECOGNIZED","error":"Unrecognized request"}"#);

const PASSWORDS: Answer =
    (200, r#"{"flows":[{"type":"m.login.password"},{"type":"m.login.application_service"}]}"#);

const PYDANTIC: Answer = (
    400,
    r#"{"errcode":"M_BAD_JSON","error":"3 validation errors for EmailRequestTokenBody\nclient_secret\n  field required (type=value_error.missing)\nemail\n  field required (type=value_error.missing)\nsend_attempt\n  field required (type=value_error.missing)"}"#,
);

/// Synapse with mail. The others differ from it.
pub const SYNAPSE: Server = Server {
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

pub const TUWUNEL: Server = Server {
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
pub const TUWUNEL_NATIVE: Server = Server {
    auth_metadata: (
        200,
        r#"{"issuer":"https://t.example/","account_management_uri":"https://t.example/_tuwunel/oidc/account"}"#,
    ),
    ..TUWUNEL
};

pub const NOT_FOUND: Answer = (404, r#"{"errcode":"M_UNRECOGNIZED","error":"not found :("}"#);

pub const CONTINUWUITY: Server = Server {
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
pub const CONTINUWUITY_EXCLUSIVE: Server = Server { login: NOT_FOUND, ..CONTINUWUITY };

pub const NO_MAIL: Answer = (
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

pub const MAS_SERVER: Server =
    Server { login: MAS_LOGIN, auth_metadata: MAS, request_token: UNRECOGNIZED, ..SYNAPSE };

impl Server {
    /// What is read from the answers.
    pub fn told(&self) -> Told {
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
}
