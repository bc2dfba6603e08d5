//! What was typed into the search: one box for all that an administrator may be
//! told on the phone.

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
