//! `config.json`, as an operator writes it, with Element's own keys. Keys that
//! are not known here are passed over, so that Element's own file works.

use crate::matrix::discovery::homeserver_base_url;
use crate::matrix::wire::Answer;
use crate::matrix::{BaseUrl, Homeserver};

/// What an operator chose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// `brand`: what the site is called.
    pub brand: Option<String>,
    /// Which homeserver the site is for.
    pub server: ConfiguredServer,
}

/// How a homeserver is named in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ConfiguredServer {
    /// `default_server_config`: its address stands in the file.
    Given(Homeserver),
    /// `default_server_name`: its address is asked for. Where both are in the
    /// file, the given one is used if asking fails, as Element does.
    Named(String, Option<Homeserver>),
}

/// Why a file cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ConfigProblem {
    /// There is no such file.
    Missing,
    /// It is not JSON, or not an object.
    NotJson,
    /// The value of this key is not what it should be.
    Wrong(&'static str),
    /// It names no homeserver.
    NoServer,
}

impl Config {
    /// Reads the file.
    pub fn parse(text: &str) -> Result<Self, ConfigProblem> {
        let file = Answer::parse(text).ok_or(ConfigProblem::NotJson)?;
        Ok(Self {
            brand: optional_text(&file, "brand", "brand")?,
            server: configured_server(&file)?,
        })
    }
}

fn configured_server(file: &Answer) -> Result<ConfiguredServer, ConfigProblem> {
    let name = optional_text(file, "default_server_name", "default_server_name")?;
    let given = given_server(file)?;
    match (name, given) {
        (Some(name), given) => Ok(ConfiguredServer::Named(name, given)),
        (None, Some(given)) => Ok(ConfiguredServer::Given(given)),
        (None, None) => Err(ConfigProblem::NoServer),
    }
}

fn given_server(file: &Answer) -> Result<Option<Homeserver>, ConfigProblem> {
    if !file.has("default_server_config") {
        return Ok(None);
    }
    let given = file
        .object("default_server_config")
        .ok_or(ConfigProblem::Wrong("default_server_config"))?;
    let server = given.object("m.homeserver").unwrap_or_default();
    let name = optional_text(&server, "server_name", "server_name (in m.homeserver)")?;
    let base_url: BaseUrl = homeserver_base_url(&given)
        .ok_or(ConfigProblem::Wrong("base_url (in default_server_config, m.homeserver)"))?;
    Ok(Some(Homeserver::new(name, base_url)))
}

/// A text that may be absent, but not of another type.
fn optional_text(
    object: &Answer,
    key: &str,
    called: &'static str,
) -> Result<Option<String>, ConfigProblem> {
    match object.text(key) {
        Some(text) => Ok(Some(text.trim().to_owned())),
        None if object.has(key) => Err(ConfigProblem::Wrong(called)),
        None => Ok(None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn homeserver(name: Option<&str>) -> Homeserver {
        let url = BaseUrl::parse("https://matrix.example.org").unwrap();
        Homeserver::new(name.map(str::to_owned), url)
    }

    #[test]
    fn elements_own_file_works() {
        let file = r#"{
            "default_server_config": {
                "m.homeserver": { "base_url": "https://matrix.example.org/", "server_name": "example.org" },
                "m.identity_server": { "base_url": "https://vector.im" }
            },
            "brand": "Example chat",
            "disable_guests": true,
            "setting_defaults": { "breadcrumbs": true }
        }"#;
        let wanted = Config {
            brand: Some("Example chat".into()),
            server: ConfiguredServer::Given(homeserver(Some("example.org"))),
        };
        assert_eq!(Config::parse(file), Ok(wanted));
    }

    #[test]
    fn a_name_comes_before_an_address() {
        let file = r#"{ "default_server_name": "example.org" }"#;
        let wanted = ConfiguredServer::Named("example.org".into(), None);
        assert_eq!(Config::parse(file).unwrap().server, wanted);
        let file = r#"{
            "default_server_name": "example.org",
            "default_server_config": { "m.homeserver": { "base_url": "https://matrix.example.org" } }
        }"#;
        let wanted = ConfiguredServer::Named("example.org".into(), Some(homeserver(None)));
        assert_eq!(Config::parse(file).unwrap().server, wanted);
    }

    #[test]
    fn what_is_wrong_is_named() {
        for (file, wanted) in [
            ("", ConfigProblem::NotJson),
            ("<!doctype html>", ConfigProblem::NotJson),
            ("[]", ConfigProblem::NotJson),
            ("{}", ConfigProblem::NoServer),
            (r#"{"default_server_name": 7}"#, ConfigProblem::Wrong("default_server_name")),
            (r#"{"brand": {}, "default_server_name": "x"}"#, ConfigProblem::Wrong("brand")),
            (r#"{"default_server_config": "x"}"#, ConfigProblem::Wrong("default_server_config")),
            (
                r#"{"default_server_config": {"m.homeserver": {"base_url": "example.org"}}}"#,
                ConfigProblem::Wrong("base_url (in default_server_config, m.homeserver)"),
            ),
        ] {
            assert_eq!(Config::parse(file), Err(wanted), "{file}");
        }
    }
}
