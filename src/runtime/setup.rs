//! Loads `config.json` and finds its homeserver.

use crate::config::{Config, ConfigProblem, ConfiguredServer, Link};
use crate::matrix::discovery::{GetVersions, GetWellKnown, well_known_host};
use crate::matrix::{Error, Homeserver};
use crate::net;

/// What the site is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setup {
    /// What the site is called, where the operator said so.
    pub brand: Option<String>,
    /// What the operator links to below every page.
    pub footer_links: Vec<Link>,
    /// Whose accounts are recovered here.
    pub homeserver: Homeserver,
}

/// Why the site cannot be used yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SetupProblem {
    /// `config.json` is missing or wrong.
    Config(ConfigProblem),
    /// `config.json` could not be loaded.
    Loading(Error),
    /// The homeserver of this name was not found.
    Server {
        /// Its name in `config.json`.
        name: String,
        /// What happened when it was looked for.
        error: Error,
    },
}

/// Loads the file and finds the homeserver.
pub async fn load() -> Result<Setup, SetupProblem> {
    let config = config().await?;
    let homeserver = match config.server {
        ConfiguredServer::Given(homeserver) => homeserver,
        ConfiguredServer::Named(name, given) => match (find(&name).await, given) {
            (Ok(homeserver), _) | (Err(_), Some(homeserver)) => homeserver,
            (Err(error), None) => return Err(SetupProblem::Server { name, error }),
        },
    };
    Ok(Setup { brand: config.brand, footer_links: config.footer_links, homeserver })
}

async fn config() -> Result<Config, SetupProblem> {
    let response = net::load("config.json").await.map_err(SetupProblem::Loading)?;
    match response.status {
        200 => Config::parse(&response.body).map_err(SetupProblem::Config),
        500.. => Err(SetupProblem::Loading(Error::ServerFault)),
        _ => Err(SetupProblem::Config(ConfigProblem::Missing)),
    }
}

/// Server discovery: the well-known file says where the API is; without one
/// it may be on the host itself. Either must answer as a homeserver.
async fn find(name: &str) -> Result<Homeserver, Error> {
    let host = well_known_host(name).ok_or(Error::NotMatrix)?;
    let base_url = net::send(&host, &GetWellKnown).await?.unwrap_or(host);
    net::send(&base_url, &GetVersions).await?;
    Ok(Homeserver::new(Some(name.to_owned()), base_url))
}
