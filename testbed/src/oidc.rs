//! A real OpenID provider, for single sign-on. It lets in everybody: with any
//! name and any password, and again without a question in the same browser.

use crate::browser::{Browser, Key};
use crate::net::wait_for;
use crate::process::Process;
use crate::{npm, tools};
use anyhow::Result;
use serde_json::{Value, json};
use std::process::Command;
use std::time::Duration;
use tempfile::TempDir;

/// How Synapse proves that it is the one whom the provider knows.
const CLIENT: (&str, &str) = ("synapse", "only for this test");

/// A running provider.
pub struct OidcProvider {
    issuer: String,
    _process: Process,
    _folder: TempDir,
}

impl OidcProvider {
    /// Starts it. It knows every homeserver on loopback.
    ///
    /// # Errors
    /// If it cannot be installed or does not start.
    pub async fn start() -> Result<Self> {
        let folder = TempDir::with_prefix("oidc-")?;
        let mut node = Command::new("node");
        node.arg(tools::project().join("testbed/oidc/provider.mjs"))
            .arg(npm::oidc_provider()?)
            .arg(client().to_string());
        let log = folder.path().join("log");
        let mut process = Process::start("The OpenID provider", &mut node, &log)?;
        let issuer = wait_for("the OpenID provider", Duration::from_secs(30), || {
            let alive = process.check();
            let issuer = issuer_in(&process.log());
            async move { alive.map(|()| issuer) }
        })
        .await?;
        Ok(Self { issuer, _process: process, _folder: folder })
    }

    /// What Synapse has to know of it, in `homeserver.yaml`: it is shown with
    /// this name, and is `oidc-university` in addresses. Whoever signs in there
    /// gets an account of the same name.
    pub fn homeserver(&self, name: &str) -> Value {
        let (id, secret) = CLIENT;
        json!({ "oidc_providers": [{
            "idp_id": "university",
            "idp_name": name,
            "issuer": self.issuer,
            // Of the metadata only, which would have to come over https.
            "skip_verification": true,
            "client_id": id,
            "client_secret": secret,
            "scopes": ["openid"],
            "user_mapping_provider": { "config": { "localpart_template": "{{ user.sub }}" } },
        }]})
    }
}

/// Signs in on the provider's page, and agrees that the homeserver may know. What
/// the homeserver shows then is waited for.
///
/// # Errors
/// If the provider does not ask, because somebody is signed in there already.
pub async fn sign_in(browser: &Browser, name: &str) -> Result<()> {
    browser.see_heading("Sign-in").await?;
    // Its fields have no labels.
    browser.wait_until("return document.activeElement.name === 'login'", vec![]).await?;
    browser.keys(name).await?;
    browser.press_key(Key::Tab).await?;
    browser.keys("any password").await?;
    browser.press_and_load("Sign-in").await?;
    browser.see_heading("Authorize").await?;
    browser.press_and_load("Continue").await
}

/// Agrees on the homeserver's page that the client gets into the account, and
/// waits for the page of the client.
///
/// # Errors
/// If the homeserver does not ask.
pub async fn confirm(browser: &Browser) -> Result<()> {
    browser.see_heading("Continue to your account").await?;
    browser.press_and_load("Continue").await
}

/// A program on this machine may come back to any port of it.
fn client() -> Value {
    let (id, secret) = CLIENT;
    json!({
        "client_id": id,
        "client_secret": secret,
        "application_type": "native",
        "redirect_uris": ["http://127.0.0.1/_synapse/client/oidc/callback"],
    })
}

/// The provider says where it is once it listens.
fn issuer_in(log: &str) -> Option<String> {
    let (_, after) = log.split_once("Issuer: ")?;
    // The line may be half written yet.
    Some(after.split_once('\n')?.0.to_owned())
}
