//! Whether the Admin API is there.

use crate::admin::reach::{Answers, Reach};
use crate::matrix::BaseUrl;
use crate::matrix::admin::dendrite::AskForDendrite;
use crate::matrix::admin::version::GetServerVersion;
use crate::matrix::login_flows::{GetLoginFlows, LoginFlows};
use crate::matrix::password_policy::GetPasswordPolicy;
use crate::net;
use crate::runtime::server::auth_metadata;
use futures_util::future::join3;

/// Asks for it. None of that needs a token or changes anything.
pub async fn reach(server: &BaseUrl) -> Reach {
    let (version, policy, flows) = join3(
        net::send(server, &GetServerVersion),
        net::send(server, &GetPasswordPolicy),
        net::send(server, &GetLoginFlows),
    )
    .await;
    let policy = policy.map(|_| ());
    // Synapse it is not.
    let is_other = version.is_err() && policy.is_err();
    let dendrite = is_other && net::send(server, &AskForDendrite).await.unwrap_or(false);
    // What leaves accounts to OAuth 2.0 lets one sign in there, or in no old way.
    let oauth = match flows {
        Ok(LoginFlows { password: true, single_sign_on: false, .. }) => None,
        _ => auth_metadata(server).await.ok().flatten(),
    };
    Reach::of(Answers { version, dendrite, policy, oauth })
}
