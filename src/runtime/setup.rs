//! Loads `config.json` and finds its homeserver.

use super::prefill::{self, Returned, Taken};
use super::server;
use crate::browser::address;
use crate::config::{Config, ConfigProblem, ConfiguredServer};
use crate::matrix::{BaseUrl, Error, Homeserver};
use crate::net;
use crate::recovery::find_server::{NotFound, Wanted};
use std::pin::Pin;

/// What the site is for.
#[derive(Clone, Debug)]
pub struct Setup {
    /// What the operator chose.
    pub config: Config,
    /// Whose accounts are recovered here: what was chosen in this tab, or what
    /// the operator chose.
    pub homeserver: Homeserver,
    /// Another homeserver that the link named which led here (`hs_url`), as it
    /// was spelt. It is not used before the person agreed to its name.
    pub suggested: Option<String>,
    /// The email address that this link filled in (`email`).
    pub email: Option<String>,
    /// What single sign-on came back with, if this is where it comes back to.
    pub returned: Option<Returned>,
}

/// Why the site cannot be used yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SetupProblem {
    /// `config.json` is missing or wrong.
    Config(ConfigProblem),
    /// `config.json` could not be loaded.
    Loading(Error),
    /// The homeserver that it names was not found.
    Server {
        /// Its name in `config.json`.
        name: String,
        /// What happened when it was looked for.
        problem: NotFound,
        /// Whether another one may be chosen.
        may_choose: bool,
    },
}

/// Finds a homeserver.
pub type Find = fn(Wanted) -> Pin<Box<dyn Future<Output = Result<Homeserver, NotFound>>>>;

/// Loads the file and finds the homeserver. What finds one is itself loaded with
/// `finder`, where the file gives nothing but a name.
pub async fn load<F>(finder: impl FnOnce() -> F) -> Result<Setup, SetupProblem>
where
    F: Future<Output = Option<Find>>,
{
    let Taken { server: suggested, email, returned } = prefill::take();
    let config = config().await?;
    let homeserver = match server::kept().filter(|_| !config.is_locked) {
        Some(chosen) => chosen,
        None => configured(&config, finder).await?,
    };
    let suggested = suggested.filter(|text| !config.is_locked && !is_named(&homeserver, text));
    Ok(Setup { config, homeserver, suggested, email, returned })
}

/// Whether a text names this homeserver: by its name, or by its address.
fn is_named(homeserver: &Homeserver, text: &str) -> bool {
    let text = text.trim();
    homeserver.is_at(text) || BaseUrl::parse(text).is_some_and(|url| homeserver.is_at(url.host()))
}

async fn configured<F>(
    config: &Config,
    finder: impl FnOnce() -> F,
) -> Result<Homeserver, SetupProblem>
where
    F: Future<Output = Option<Find>>,
{
    let (name, given) = match &config.server {
        ConfiguredServer::Given(homeserver) => return Ok(homeserver.clone()),
        ConfiguredServer::Named(name, given) => (name.clone(), given),
    };
    let find = finder().await.ok_or(SetupProblem::Loading(Error::NotLoaded))?;
    match (find(Wanted::Named(name.clone())).await, given) {
        (Ok(found), _) => Ok(found),
        (Err(_), Some(given)) => Ok(given.clone()),
        (Err(problem), None) => {
            Err(SetupProblem::Server { name, problem, may_choose: !config.is_locked })
        }
    }
}

async fn config() -> Result<Config, SetupProblem> {
    let response = net::load("config.json").await.map_err(SetupProblem::Loading)?;
    match response.status {
        200 => Config::parse(&response.body, address::host_of).map_err(SetupProblem::Config),
        500.. => Err(SetupProblem::Loading(Error::ServerFault)),
        _ => Err(SetupProblem::Config(ConfigProblem::Missing)),
    }
}
