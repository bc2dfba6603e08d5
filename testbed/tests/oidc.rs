//! Single sign-on with a real OpenID provider.

use anyhow::{Context, Result};
use serde_json::{Value, json};
use testbed::browser::{self, Browser};
use testbed::net::free_port;
use testbed::oidc::{self, OidcProvider};
use testbed::synapse::{Options, Synapse};

/// A homeserver that asks the provider.
async fn homeserver(provider: &OidcProvider) -> Result<Synapse> {
    let port = free_port()?;
    Synapse::start(Options {
        server_name: "example.org".into(),
        port,
        public_baseurl: format!("http://127.0.0.1:{port}/"),
        smtp_port: None,
        more: provider.homeserver("Example University"),
    })
    .await
}

#[tokio::test]
async fn whoever_signs_in_there_gets_a_token_that_signs_in_here() -> Result<()> {
    let provider = OidcProvider::start().await?;
    let synapse = homeserver(&provider).await?;
    let login = format!("{}/_matrix/client/v3/login", synapse.url());
    let http = reqwest::Client::new();
    let ways: Value = http.get(&login).send().await?.json().await?;
    let ours = json!({ "id": "oidc-university", "name": "Example University" });
    let sso = json!({ "type": "m.login.sso", "identity_providers": [ours] });
    assert!(ways["flows"].as_array().context("no flows")?.contains(&sso), "{ways}");

    let browser = Browser::start(browser::Options::default()).await?;
    // Any page will do as the client's.
    let client = format!("{}/_matrix/client/versions", synapse.url());
    let redirect = format!("{login}/sso/redirect/oidc-university?redirectUrl={client}");
    browser.open(&redirect).await?;
    oidc::sign_in(&browser, "alice").await?;
    browser.see("@alice:example.org").await?;
    oidc::confirm(&browser).await?;
    let address = browser.address().await?;
    let token = address.strip_prefix(&format!("{client}?loginToken=")).context("no token")?;

    let body = json!({ "type": "m.login.token", "token": token });
    let session: Value = http.post(&login).json(&body).send().await?.json().await?;
    assert_eq!(session["user_id"], "@alice:example.org", "{session}");
    let access_token = session["access_token"].as_str().context("no access token")?;
    assert!(synapse.is_signed_in(access_token).await?);
    Ok(())
}
