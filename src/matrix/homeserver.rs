//! Where a homeserver answers.

use super::web_link::is_this_machine;

/// A homeserver that was chosen: what people call it, and where its API is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Homeserver {
    /// The name to show. It is the server name (the part of a Matrix ID after
    /// the first colon) where that is known, otherwise the host of the API.
    pub name: String,
    /// Whether `name` is the server name. If not, it must not be compared with
    /// the server part of a Matrix ID.
    pub name_is_server_name: bool,
    /// Where the client-server API answers.
    pub base_url: BaseUrl,
}

impl Homeserver {
    /// A homeserver whose server name may not be known.
    pub fn new(server_name: Option<String>, base_url: BaseUrl) -> Self {
        Self {
            name_is_server_name: server_name.is_some(),
            name: server_name.unwrap_or_else(|| base_url.host().to_owned()),
            base_url,
        }
    }

    /// The server name, where it is known.
    pub fn server_name(&self) -> Option<&str> {
        self.name_is_server_name.then_some(&self.name)
    }

    /// Whether this is the host of its API, or its server name.
    pub fn is_at(&self, host: &str) -> bool {
        host.eq_ignore_ascii_case(self.base_url.host())
            || self.name_is_server_name && host.eq_ignore_ascii_case(&self.name)
    }
}

/// The address in front of every path of the API: `https://` (or `http://`),
/// a host, perhaps a port and a path; no `/` at its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaseUrl(String);

impl BaseUrl {
    /// Reads an address. Spaces around it and slashes at its end are dropped.
    /// Whatever could make a browser ask somewhere else than the text says
    /// (credentials, backslashes, control characters) is refused.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().trim_end_matches('/');
        let (scheme, rest) = text.split_once("://")?;
        let scheme =
            ["https", "http"].into_iter().find(|known| known.eq_ignore_ascii_case(scheme))?;
        let host = rest.split('/').next().unwrap_or_default();
        // `&` ends it in our own address of a reset (`ResetLink::fragment`).
        let odd = |c: char| c.is_whitespace() || c.is_control() || "\\@?#&<>\"'".contains(c);
        if host.is_empty() || host.starts_with(':') || rest.contains(odd) {
            return None;
        }
        Some(Self([scheme, "://", rest].concat()))
    }

    /// Whether nobody on the way can read what is sent there: it is encrypted, or stays on this
    /// machine. The policy of the pages lets nothing else out, and has no word for `[::1]`.
    pub fn is_private(&self) -> bool {
        let host = self.host();
        self.0.starts_with("https:") || (is_this_machine(host) && !host.starts_with('['))
    }

    /// The address of a path that starts with `/`.
    pub fn join(&self, path: &str) -> String {
        [self.0.as_str(), path].concat()
    }

    /// The host, with its port if there is one.
    pub fn host(&self) -> &str {
        let rest = self.0.split_once("://").map_or("", |(_, rest)| rest);
        rest.split('/').next().unwrap_or_default()
    }

    /// The same address with its host spelt in another way.
    pub fn with_host(&self, host: &str) -> Option<Self> {
        let (scheme, rest) = self.0.split_once("://")?;
        let path = rest.strip_prefix(self.host())?;
        Self::parse(&[scheme, "://", host, path].concat())
    }

    /// The address as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read() {
        for (text, wanted) in [
            ("https://matrix.example.org", "https://matrix.example.org"),
            (" HTTPS://matrix.example.org/ ", "https://matrix.example.org"),
            ("http://127.0.0.1:8008//", "http://127.0.0.1:8008"),
            ("https://example.org/at/matrix/", "https://example.org/at/matrix"),
            ("https://[::1]:8448", "https://[::1]:8448"),
        ] {
            assert_eq!(BaseUrl::parse(text).map(|url| url.0), Some(wanted.into()), "{text}");
        }
    }

    #[test]
    fn a_host_may_be_spelt_in_another_way() {
        let url = BaseUrl::parse("https://mаtrix.example/at/matrix").unwrap();
        let url = url.with_host("xn--mtrix-4ve.example").unwrap();
        assert_eq!(url.as_str(), "https://xn--mtrix-4ve.example/at/matrix");
        assert_eq!(url.with_host("a@b"), None);
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for text in [
            "",
            "example.org",
            "https://",
            "https:///path",
            "https://:8008",
            "javascript:alert(1)",
            "javascript://example.org/%0aalert(1)",
            "https://example.org@evil.example",
            "https://example.org\\evil",
            "https://example.org?x",
            "https://example.org#x",
            "https://example.org/a&cs=b",
            "https://exam ple.org",
            "file:///etc/passwd",
        ] {
            assert_eq!(BaseUrl::parse(text), None, "{text}");
        }
    }

    #[test]
    fn what_is_sent_is_encrypted_or_stays_here() {
        for (text, private) in [
            ("https://example.org", true),
            ("https://[::1]:8448", true),
            ("http://localhost:8008", true),
            ("http://127.0.0.1", true),
            ("http://[::1]:8008", false),
            ("http://localhost.example.org", false),
            ("http://example.org", false),
        ] {
            assert_eq!(BaseUrl::parse(text).unwrap().is_private(), private, "{text}");
        }
    }

    #[test]
    fn a_server_without_a_known_name_is_called_by_its_host() {
        let url = BaseUrl::parse("https://matrix.example.org:8448/x").unwrap();
        let server = Homeserver::new(None, url);
        assert_eq!(server.name, "matrix.example.org:8448");
        assert!(!server.name_is_server_name);
    }
}
