//! `config.json`, as an operator writes it, with Element's own keys. Keys that
//! are not known here are passed over, so that Element's own file works.

use crate::matrix::discovery::homeserver_base_url;
use crate::matrix::wire::Answer;
use crate::matrix::{BaseUrl, Homeserver};
use serde_json::Value;

/// What an operator chose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// `brand`: what the site is called.
    pub brand: Option<String>,
    /// `branding.auth_footer_links`: what stands below every page.
    pub footer_links: Vec<Link>,
    /// Which homeserver the site is for.
    pub server: ConfiguredServer,
}

/// A link to somewhere else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// What it says.
    pub text: String,
    /// Where it leads: to a page or a mailbox, never to a script.
    pub url: String,
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
            footer_links: footer_links(&file),
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

/// Links that cannot be used here are passed over: nobody should be kept from
/// their account by one.
fn footer_links(file: &Answer) -> Vec<Link> {
    let branding = file.object("branding").unwrap_or_default();
    let links = branding.list("auth_footer_links").unwrap_or_default();
    links.iter().filter_map(link).collect()
}

fn link(value: &Value) -> Option<Link> {
    let (text, url) = (value.get("text")?.as_str()?, value.get("url")?.as_str()?);
    let is = |scheme: &str| {
        url.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    };
    let is_link = is("https://") || is("http://") || is("mailto:");
    (is_link && !text.is_empty()).then(|| Link { text: text.to_owned(), url: url.to_owned() })
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
            "branding": {
                "welcome_background_url": "themes/background.jpg",
                "auth_footer_links": [{ "text": "Status", "url": "https://status.example.org" }]
            },
            "disable_guests": true,
            "setting_defaults": { "breadcrumbs": true }
        }"#;
        let wanted = Config {
            brand: Some("Example chat".into()),
            footer_links: vec![Link {
                text: "Status".into(),
                url: "https://status.example.org".into(),
            }],
            server: ConfiguredServer::Given(homeserver(Some("example.org"))),
        };
        assert_eq!(Config::parse(file), Ok(wanted));
    }

    #[test]
    fn only_links_that_lead_somewhere_are_shown() {
        let file = r#"{ "default_server_name": "example.org", "branding": { "auth_footer_links": [
            { "text": "x", "url": "javascript:alert(1)" }, { "text": "x" }, 7,
            { "text": "x", "url": "/imprint" }, { "text": "Help", "url": "HTTPS://example.org" }
        ] } }"#;
        let wanted = Link { text: "Help".into(), url: "HTTPS://example.org".into() };
        assert_eq!(Config::parse(file).unwrap().footer_links, [wanted]);
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
