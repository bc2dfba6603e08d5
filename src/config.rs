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
    /// Reads the file. `host_of` gives the host of an address as a browser asks for it:
    /// in lower case, and in ASCII. The homeserver is known by that spelling from then on.
    ///
    /// # Errors
    /// If it cannot be used.
    pub fn parse(
        text: &str,
        host_of: impl FnOnce(&str) -> Option<String>,
    ) -> Result<Self, ConfigProblem> {
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
            server: configured_server(&file, host_of).ok_or(ConfigProblem::NoServer)?,
            file,
        })
    }

    /// Returns whether the operator configured this homeserver. One that the user or a
    /// link chose is not, and its operators are strangers to the operator of this site.
    pub fn is_for(&self, homeserver: &Homeserver) -> bool {
        let is_at = |given: &Homeserver| given.base_url == homeserver.base_url;
        match &self.server {
            _ if self.is_locked => true,
            ConfiguredServer::Given(given) => is_at(given),
            ConfiguredServer::Named(name, given) => {
                let found = homeserver.server_name();
                found.is_some_and(|found| found.eq_ignore_ascii_case(name))
                    || given.as_ref().is_some_and(is_at)
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

fn configured_server(
    file: &Answer,
    host_of: impl FnOnce(&str) -> Option<String>,
) -> Option<ConfiguredServer> {
    let given = file.object("default_server_config");
    let given = given.as_ref().and_then(|given| given_server(given, host_of));
    match (text_of(file, "default_server_name"), given) {
        (Some(name), given) => Some(ConfiguredServer::Named(name, given)),
        (None, given) => given.map(ConfiguredServer::Given),
    }
}

fn given_server(
    given: &Answer,
    host_of: impl FnOnce(&str) -> Option<String>,
) -> Option<Homeserver> {
    let name = text_of(&given.object("m.homeserver")?, "server_name");
    let base_url: BaseUrl = homeserver_base_url(given)?;
    let as_asked = host_of(base_url.as_str()).and_then(|host| base_url.with_host(&host));
    Some(Homeserver::new(name, as_asked.unwrap_or(base_url)))
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

    /// As written.
    fn parse(file: &str) -> Result<Config, ConfigProblem> {
        Config::parse(file, |_| None)
    }

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
        let config = parse(file).unwrap();
        assert_eq!(config.brand.as_deref(), Some("Example chat"));
        let status = Link { text: "Status".into(), url: "https://status.example.org".into() };
        assert_eq!(config.footer_links, [status]);
        assert_eq!(config.server, ConfiguredServer::Given(homeserver(Some("example.org"))));
        assert!(!config.is_locked && config.client.is_none() && config.contacts().is_empty());
    }

    #[test]
    fn configured_homeserver_is_spelt_as_a_browser_asks_for_it() {
        let file = r#"{"default_server_config": {"m.homeserver": {
            "base_url": "https://M\u00c4TRIX.example:443/at/matrix"}}}"#;
        // What `new URL(address).host` gives in a browser.
        let host_of = |address: &str| {
            assert_eq!(address, "https://M\u{c4}TRIX.example:443/at/matrix");
            Some("xn--mtrix-gra.example".to_owned())
        };
        let config = Config::parse(file, host_of).unwrap();
        let ConfiguredServer::Given(homeserver) = &config.server else { panic!("{config:?}") };
        assert_eq!(homeserver.base_url.as_str(), "https://xn--mtrix-gra.example/at/matrix");
        assert!(homeserver.is_at("xn--mtrix-gra.example"), "a link names it like this");
        // A browser that cannot read the address changes nothing.
        let config = Config::parse(file, |_| None).unwrap();
        let ConfiguredServer::Given(homeserver) = &config.server else { panic!("{config:?}") };
        assert_eq!(homeserver.base_url.host(), "M\u{c4}TRIX.example:443");
    }

    #[test]
    fn only_the_configured_homeserver_is_the_operators_own() {
        let at = |name: Option<&str>, url: &str| {
            Homeserver::new(name.map(str::to_owned), BaseUrl::parse(url).unwrap())
        };
        let given = r#""default_server_config": { "m.homeserver": {
            "base_url": "https://matrix.example.org", "server_name": "example.org" } }"#;
        let config = parse(&format!("{{{given}}}")).unwrap();
        assert!(config.is_for(&homeserver(Some("example.org"))));
        assert!(config.is_for(&homeserver(None)));
        // An address decides: any server can have any name written beside it.
        assert!(!config.is_for(&at(Some("example.org"), "https://evil.example")));
        assert!(!config.is_for(&at(None, "https://matrix.example.org.evil.example")));

        let named = r#""default_server_name": "example.org""#;
        let config = parse(&format!("{{{named}}}")).unwrap();
        assert!(config.is_for(&at(Some("Example.org"), "https://found.example")));
        assert!(!config.is_for(&at(Some("evil.example"), "https://found.example")));
        assert!(!config.is_for(&at(None, "https://example.org")));
        let config = parse(&format!("{{{named}, {given}}}")).unwrap();
        assert!(config.is_for(&homeserver(None)), "where asking for the name failed");

        // No other one can be chosen, however this one was found.
        let config = parse(&format!(r#"{{{named}, "disable_custom_urls": true}}"#)).unwrap();
        assert!(config.is_for(&at(None, "https://found.example")));
    }

    #[test]
    fn only_links_that_lead_somewhere_are_shown() {
        let file = r#"{ "default_server_name": "example.org", "branding": { "auth_footer_links": [
            { "text": "x", "url": "javascript:alert(1)" }, { "text": "x" },
            { "text": "x", "url": "/imprint" }, { "text": "Help", "url": "HTTPS://example.org" }
        ] } }"#;
        let wanted = Link { text: "Help".into(), url: "HTTPS://example.org".into() };
        assert_eq!(parse(file).unwrap().footer_links, [wanted]);
    }

    #[test]
    fn a_name_comes_before_an_address() {
        let file = r#"{ "default_server_name": "example.org" }"#;
        let wanted = ConfiguredServer::Named("example.org".into(), None);
        assert_eq!(parse(file).unwrap().server, wanted);
        let file = r#"{
            "default_server_name": "example.org",
            "default_server_config": { "m.homeserver": { "base_url": "https://matrix.example.org" } }
        }"#;
        let wanted = ConfiguredServer::Named("example.org".into(), Some(homeserver(None)));
        assert_eq!(parse(file).unwrap().server, wanted);
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
            let config = parse(file).unwrap();
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
        let config = parse(file).unwrap();
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
            assert_eq!(parse(file), Err(wanted), "{file}");
        }
    }
}
