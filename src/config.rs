//! `config.json`, as an operator writes it, with Element's own keys. Keys that
//! are not known here are passed over, so that Element's own file works.

// What may stand in the file.
mod keys;

use crate::matrix::discovery::homeserver_base_url;
use crate::matrix::support::{Contact, contacts};
use crate::matrix::wire::Answer;
use crate::matrix::{BaseUrl, Homeserver, WebLink};
use serde_json::Value;

/// What an operator chose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// `brand`: what the site is called.
    pub brand: Option<String>,
    /// `branding.auth_footer_links`: what stands below every page.
    pub footer_links: Vec<Link>,
    /// `disable_custom_urls`: whether no other homeserver may be chosen.
    pub is_locked: bool,
    /// `client`: the Matrix app to go on with.
    pub client: Option<Client>,
    /// Which homeserver the site is for.
    pub server: ConfiguredServer,
    file: Answer,
}

/// A link to somewhere else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// What it says.
    pub text: String,
    /// Where it leads: to a page or a mailbox, never to a script.
    pub url: String,
}

/// A Matrix app on the web.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Client {
    /// What it is called.
    pub name: String,
    /// Where it is.
    pub url: WebLink,
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
    /// The values of these keys are not what they should be.
    Wrong(Vec<String>),
    /// It names no homeserver.
    NoServer,
}

impl Config {
    /// Reads the file.
    ///
    /// # Errors
    /// If it cannot be used.
    pub fn parse(text: &str) -> Result<Self, ConfigProblem> {
        let file = Answer::parse(text).ok_or(ConfigProblem::NotJson)?;
        let wrong = keys::wrong(&file);
        if !wrong.is_empty() {
            return Err(ConfigProblem::Wrong(wrong));
        }
        let branding = file.object("branding").unwrap_or_default();
        Ok(Self {
            brand: text_of(&file, "brand"),
            footer_links: links(&branding, "auth_footer_links"),
            is_locked: file.flag("disable_custom_urls"),
            client: file.object("client").as_ref().and_then(client),
            server: configured_server(&file).ok_or(ConfigProblem::NoServer)?,
            file,
        })
    }

    /// Whether this is the homeserver that the site is for, and none that the user
    /// or a link chose.
    pub fn is_for(&self, homeserver: &Homeserver) -> bool {
        let is_at = |given: &Homeserver| given.base_url == homeserver.base_url;
        match &self.server {
            ConfiguredServer::Given(given) => is_at(given),
            ConfiguredServer::Named(name, given) => {
                let has_name = |it: &str| it.eq_ignore_ascii_case(name);
                homeserver.server_name().is_some_and(has_name) || given.as_ref().is_some_and(is_at)
            }
        }
    }

    /// `contacts`: who helps, besides those that the homeserver names.
    pub fn contacts(&self) -> Vec<Contact> {
        contacts(&self.file)
    }

    /// `support_page`: where help is to be found.
    pub fn support_page(&self) -> Option<WebLink> {
        WebLink::parse(self.file.text("support_page")?)
    }

    /// `admin_page`: where accounts are administered that the homeserver leaves to
    /// something else.
    pub fn admin_page(&self) -> Option<WebLink> {
        WebLink::parse(self.file.text("admin_page")?)
    }

    /// `help_links`: more help, and Element's `help_url`.
    pub fn help_links(&self) -> Vec<Link> {
        let mut links = links(&self.file, "help_links");
        let help = self.file.text("help_url").and_then(WebLink::parse);
        links.extend(
            help.map(|url| Link { text: url.host().to_owned(), url: url.as_str().to_owned() }),
        );
        links
    }
}

fn configured_server(file: &Answer) -> Option<ConfiguredServer> {
    let given = file.object("default_server_config").as_ref().and_then(given_server);
    match (text_of(file, "default_server_name"), given) {
        (Some(name), given) => Some(ConfiguredServer::Named(name, given)),
        (None, given) => given.map(ConfiguredServer::Given),
    }
}

fn given_server(given: &Answer) -> Option<Homeserver> {
    let name = text_of(&given.object("m.homeserver")?, "server_name");
    let base_url: BaseUrl = homeserver_base_url(given)?;
    Some(Homeserver::new(name, base_url))
}

fn client(client: &Answer) -> Option<Client> {
    let url = WebLink::parse(client.text("url")?)?;
    let name = text_of(client, "name").unwrap_or_else(|| url.host().to_owned());
    Some(Client { name, url })
}

/// Links that cannot be used here are passed over: nobody should be kept from
/// their account by one, and in Element's own file they may lead to Element's
/// own pages.
fn links(object: &Answer, key: &str) -> Vec<Link> {
    object.list(key).unwrap_or_default().iter().filter_map(link).collect()
}

fn link(value: &Value) -> Option<Link> {
    let link = Answer::of(value)?;
    let (text, url) = (link.text("text")?, link.text("url")?);
    is_link(url).then(|| Link { text: text.to_owned(), url: url.to_owned() })
}

/// Whether an address leads to a page or a mailbox, and runs no script.
fn is_link(url: &str) -> bool {
    let is = |scheme: &str| {
        url.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    };
    is("https://") || is("http://") || is("mailto:")
}

fn text_of(object: &Answer, key: &str) -> Option<String> {
    object.text(key).map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
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
        let config = Config::parse(file).unwrap();
        assert_eq!(config.brand.as_deref(), Some("Example chat"));
        let status = Link { text: "Status".into(), url: "https://status.example.org".into() };
        assert_eq!(config.footer_links, [status]);
        assert_eq!(config.server, ConfiguredServer::Given(homeserver(Some("example.org"))));
        assert!(!config.is_locked && config.client.is_none() && config.contacts().is_empty());
    }

    #[test]
    fn only_links_that_lead_somewhere_are_shown() {
        let file = r#"{ "default_server_name": "example.org", "branding": { "auth_footer_links": [
            { "text": "x", "url": "javascript:alert(1)" }, { "text": "x" },
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
    fn chosen_homeserver_is_not_the_configured_one() {
        let at = |name: Option<&str>, base_url| {
            Homeserver::new(name.map(str::to_owned), BaseUrl::parse(base_url).unwrap())
        };
        let matrix = "https://matrix.example.org";
        let given = format!(
            r#"{{"default_server_config": {{"m.homeserver": {{"base_url": "{matrix}"}}}}}}"#
        );
        let named = r#"{ "default_server_name": "example.org" }"#;
        for (file, homeserver, wanted) in [
            (given.as_str(), at(None, matrix), true),
            (&given, at(Some("example.org"), "https://evil.example"), false),
            (named, at(Some("Example.org"), matrix), true),
            (named, at(Some("evil.example"), matrix), false),
            (named, at(None, "https://example.org.evil.example"), false),
        ] {
            let config = Config::parse(file).unwrap();
            assert_eq!(config.is_for(&homeserver), wanted, "{file} {homeserver:?}");
        }
    }

    fn wrong(keys: &[&str]) -> ConfigProblem {
        ConfigProblem::Wrong(keys.iter().map(|key| (*key).to_owned()).collect())
    }

    #[test]
    fn what_an_operator_adds_for_this_site() {
        let file = r#"{
            "default_server_name": "example.org",
            "disable_custom_urls": true,
            "client": { "url": "https://app.example.org/#/welcome" },
            "contacts": [{ "email_address": "help@example.org" }],
            "support_page": "https://example.org/support",
            "admin_page": "https://admin.example.org",
            "help_url": "https://help.example.org",
            "help_links": [{ "text": "Wiki", "url": "https://wiki.example.org" }]
        }"#;
        let config = Config::parse(file).unwrap();
        assert!(config.is_locked);
        let client = config.client.clone().unwrap();
        assert_eq!(
            (client.name.as_str(), client.url.host()),
            ("app.example.org", "app.example.org")
        );
        assert_eq!(config.contacts()[0].email_address.as_deref(), Some("help@example.org"));
        assert_eq!(config.support_page(), WebLink::parse("https://example.org/support"));
        assert_eq!(config.admin_page(), WebLink::parse("https://admin.example.org"));
        let texts: Vec<_> = config.help_links().into_iter().map(|link| link.text).collect();
        assert_eq!(texts, ["Wiki", "help.example.org"]);
    }

    #[test]
    fn what_is_wrong_is_named() {
        for (file, wanted) in [
            ("", ConfigProblem::NotJson),
            ("<!doctype html>", ConfigProblem::NotJson),
            ("[]", ConfigProblem::NotJson),
            ("{}", ConfigProblem::NoServer),
            (r#"{"default_server_name": "  "}"#, ConfigProblem::NoServer),
            (r#"{"default_server_config": {}}"#, ConfigProblem::NoServer),
            (r#"{"default_server_name": 7}"#, wrong(&["default_server_name"])),
            (
                r#"{"brand": {}, "default_server_name": "x", "disable_custom_urls": "no"}"#,
                wrong(&["disable_custom_urls", "brand"]),
            ),
            (
                r#"{"default_server_config": {"m.homeserver": {"base_url": "example.org"}}}"#,
                wrong(&["default_server_config.m.homeserver.base_url"]),
            ),
        ] {
            assert_eq!(Config::parse(file), Err(wanted), "{file}");
        }
    }
}
