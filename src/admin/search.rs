//! What was typed into the search: one box for all that an administrator may be
//! told on the phone.

use super::reach::Software;
use crate::matrix::admin::accounts::Page;

/// What is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Search {
    /// A part of a user name or of a display name; nothing for all accounts.
    Name(String),
    /// A full Matrix ID of this homeserver.
    User(String),
    /// An email address.
    Email(String),
    /// How a provider of single sign-on calls somebody: `provider=id`.
    ExternalId {
        /// The provider.
        provider: String,
        /// The name there.
        id: String,
    },
    /// A Matrix ID of another homeserver, which has other administrators.
    Elsewhere {
        /// The Matrix ID.
        user_id: String,
        /// The part of it that names the homeserver.
        server_name: String,
    },
}

impl Search {
    /// Reads what was typed on the homeserver of this name.
    pub fn parse(typed: &str, server_name: &str) -> Self {
        let text = typed.replace(char::is_control, " ");
        let text = unlinked(text.trim());
        match text.split_once('=') {
            Some((provider, id)) if is_provider(provider) && !id.is_empty() => {
                return Self::ExternalId { provider: provider.into(), id: id.into() };
            }
            _ => {}
        }
        match text.strip_prefix('@') {
            Some(rest) => Self::user(rest, server_name),
            None if is_email(text) => Self::Email(text.into()),
            // A Matrix ID without its @, if it is one of here.
            None => match text.split_once(':') {
                Some((name, server))
                    if is_name(name) && server.eq_ignore_ascii_case(server_name) =>
                {
                    Self::user(text, server_name)
                }
                _ => Self::Name(text.into()),
            },
        }
    }

    /// Reads what was typed for a server of this software. Tuwunel has no search by the name
    /// at a provider, so it gets the text as a name.
    pub fn on(software: Option<Software>, typed: &str, server_name: &str) -> Self {
        match (Self::parse(typed, server_name), software) {
            (Self::ExternalId { provider, id }, Some(Software::Tuwunel)) => {
                Self::Name([&provider, "=", &id].concat())
            }
            (search, _) => search,
        }
    }

    /// `rest` comes after the @.
    fn user(rest: &str, server_name: &str) -> Self {
        let user_id = |name: &str, server: &str| ["@", name, ":", server].concat();
        match rest.split_once(':') {
            // Not typed to its end.
            None | Some((_, "")) => Self::Name(rest.trim_end_matches(':').into()),
            Some((name, server)) if server.eq_ignore_ascii_case(server_name) => {
                Self::User(user_id(name, server_name))
            }
            Some((name, server)) => {
                Self::Elsewhere { user_id: user_id(name, server), server_name: server.into() }
            }
        }
    }
}

/// Takes the server's own account out of a page of a list. Tuwunel lists it as a deactivated
/// administrator, `@conduit:` and its name; it belongs to no user, and its full Matrix ID still
/// finds it.
pub fn without_server_account(page: Page, server_name: &str) -> Page {
    let own = ["@conduit:", server_name].concat();
    let before = page.accounts.len();
    let accounts: Vec<_> =
        page.accounts.into_iter().filter(|listed| listed.user.as_str() != own).collect();
    let removed = before.saturating_sub(accounts.len()) as u64;
    Page { total: page.total.saturating_sub(removed), accounts, next: page.next }
}

/// Apps copy a Matrix ID as a link.
fn unlinked(text: &str) -> &str {
    let starts = ["https://matrix.to/#/", "matrix:u/"];
    starts.iter().find_map(|start| text.strip_prefix(start)).unwrap_or(text)
}

fn is_provider(text: &str) -> bool {
    let fits = |c: char| c.is_ascii_alphanumeric() || "-._".contains(c);
    !text.is_empty() && text.chars().all(fits)
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && !text.contains(char::is_whitespace)
}

fn is_email(text: &str) -> bool {
    match text.rsplit_once('@') {
        Some((name, host)) => is_name(name) && !host.is_empty() && !text.contains(' '),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matrix::admin::accounts::ListAccounts;
    use crate::matrix::wire::{Endpoint, Response};

    #[test]
    fn all_that_may_be_typed() {
        let user = |id: &str| Search::User(id.into());
        let name = |name: &str| Search::Name(name.into());
        let external = |provider: &str, id: &str| Search::ExternalId {
            provider: provider.into(),
            id: id.into(),
        };
        for (typed, wanted) in [
            ("", name("")),
            ("  bob ", name("bob")),
            ("Bob Builder", name("Bob Builder")),
            ("@bo", name("bo")),
            ("@bob:", name("bob")),
            ("@bob:example.org", user("@bob:example.org")),
            (" @bob:EXAMPLE.org\n", user("@bob:example.org")),
            ("bob:example.org", user("@bob:example.org")),
            ("https://matrix.to/#/@bob:example.org", user("@bob:example.org")),
            ("matrix:u/bob:example.org", user("@bob:example.org")),
            ("bob@example.org", Search::Email("bob@example.org".into())),
            ("oidc-work=b.builder", external("oidc-work", "b.builder")),
            ("oidc=bob@example.org", external("oidc", "bob@example.org")),
            ("=", name("=")),
            ("note: bob", name("note: bob")),
            ("bob@", name("bob@")),
        ] {
            assert_eq!(Search::parse(typed, "example.org"), wanted, "{typed}");
        }
    }

    #[test]
    fn tuwunel_is_not_asked_for_providers() {
        let typed = "oidc-work=b.builder";
        let on = |software| Search::on(Some(software), typed, "example.org");
        assert_eq!(on(Software::Tuwunel), Search::Name(typed.into()));
        assert!(matches!(on(Software::Synapse), Search::ExternalId { .. }));
    }

    #[test]
    fn the_account_of_the_server_itself_is_not_listed() {
        let list = r#"{"users":[
            {"name":"@conduit:tuw.test","admin":true,"deactivated":true,"creation_ts":0},
            {"name":"@dave:tuw.test","admin":false,"deactivated":false,"creation_ts":0},
            {"name":"@conduit:elsewhere.test","creation_ts":0}],"next_token":null,"total":3}"#;
        let page = ListAccounts { name: "", from: 0 }.read(&Response::of(200, list)).unwrap();
        let page = without_server_account(page, "tuw.test");
        let names: Vec<_> = page.accounts.iter().map(|listed| listed.user.as_str()).collect();
        assert_eq!(names, ["@dave:tuw.test", "@conduit:elsewhere.test"]);
        assert_eq!(page.total, 2);
        let own = "@conduit:tuw.test";
        assert_eq!(Search::parse(own, "tuw.test"), Search::User(own.into()));
    }

    #[test]
    fn somebody_elses_account_is_known_as_such() {
        let wanted = Search::Elsewhere {
            user_id: "@bob:example.com:8448".into(),
            server_name: "example.com:8448".into(),
        };
        assert_eq!(Search::parse("@bob:example.com:8448", "example.org"), wanted);
        let user = Search::User("@bob:example.com:8448".into());
        assert_eq!(Search::parse("@bob:example.com:8448", "example.com:8448"), user);
    }
}
