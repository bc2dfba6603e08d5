//! A homeserver with its mail and the site for it.

use crate::mail::MailCatcher;
use crate::net::free_port;
use crate::proxy::Proxy;
use crate::site::{self, MissingSlash, Site};
use crate::synapse::{self, Synapse};
use anyhow::Result;
use serde_json::{Value, json};

/// Everything that a reset needs.
pub struct House {
    /// The homeserver.
    pub synapse: Synapse,
    /// Its mail.
    pub mail: MailCatcher,
    /// What stands before it.
    pub proxy: Proxy,
    /// The site for it.
    pub site: Site,
}

/// How a house is set up.
pub struct Plan {
    /// The server part of the Matrix IDs.
    pub server_name: String,
    /// Whether the homeserver sends mail.
    pub sends_mail: bool,
    /// Anything else in `homeserver.yaml`.
    pub homeserver: Value,
    /// The site's folder, from `/` to `/`.
    pub folder: String,
    /// What the site's server does where a `/` is missing.
    pub missing_slash: MissingSlash,
    /// Ports of the homeserver and of the site; 0 for any.
    pub ports: (u16, u16),
}

impl Default for Plan {
    fn default() -> Self {
        Self {
            server_name: "example.org".into(),
            sends_mail: true,
            homeserver: json!({}),
            folder: "/".into(),
            missing_slash: MissingSlash::Redirects,
            ports: (0, 0),
        }
    }
}

impl House {
    /// Starts all of it.
    pub async fn build(plan: Plan) -> Result<Self> {
        let mail = MailCatcher::start().await?;
        let port = free_port()?;
        let proxy = Proxy::start(format!("http://127.0.0.1:{port}"), plan.ports.0).await?;
        let synapse = Synapse::start(synapse::Options {
            server_name: plan.server_name.clone(),
            port,
            public_baseurl: format!("{}/", proxy.url()),
            smtp_port: plan.sends_mail.then_some(mail.port),
            more: plan.homeserver,
        })
        .await?;
        let config = config_for(&proxy.url(), &plan.server_name);
        let site = Site::start(site::Options {
            folder: plan.folder,
            missing_slash: plan.missing_slash,
            config: Some(config.to_string()),
            port: plan.ports.1,
            ..Default::default()
        })
        .await?;
        Ok(Self { synapse, mail, proxy, site })
    }
}

/// A `config.json` for a homeserver at this address.
pub fn config_for(base_url: &str, server_name: &str) -> Value {
    let server = json!({ "base_url": base_url, "server_name": server_name });
    json!({ "default_server_config": { "m.homeserver": server } })
}
