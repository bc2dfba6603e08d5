//! Addresses of web pages that a stranger's server or a file names.

/// The address of a page that may become a link. Only `https` will do, and
/// `http` for this very machine, as in a demo. Whatever runs a script, or shows
/// another host than it leads to, is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebLink(String);

impl WebLink {
    /// Longer ones than this are not shown.
    const LONGEST: usize = 2000;

    /// Reads an address. Spaces around it are dropped.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (scheme, rest) = text.split_once("://")?;
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        let is_allowed = scheme.eq_ignore_ascii_case("https")
            || scheme.eq_ignore_ascii_case("http") && is_this_machine(host);
        let odd = |c: char| c.is_whitespace() || c.is_control() || "\\<>\"'`".contains(c);
        let is_plain = !host.is_empty() && !host.starts_with(':') && !host.contains('@');
        let is_short = text.len() <= Self::LONGEST;
        (is_allowed && is_plain && is_short && !text.contains(odd)).then(|| Self(text.to_owned()))
    }

    /// The address as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The host, with its port if there is one.
    pub fn host(&self) -> &str {
        let rest = self.0.split_once("://").map_or("", |(_, rest)| rest);
        rest.split(['/', '?', '#']).next().unwrap_or_default()
    }

    /// The page with this name in place of the last one of the path:
    /// `https://example.org/auth/account/` and `recover` give
    /// `https://example.org/auth/recover`.
    pub fn beside(&self, name: &str) -> Option<Self> {
        let path = self.0.split(['?', '#']).next()?.trim_end_matches('/');
        let (folder, _) = path.rsplit_once('/')?;
        // A bare host has no page beside it, only pages on it.
        let folder = if folder.ends_with('/') { path } else { folder };
        Self::parse(&[folder, "/", name].concat())
    }
}

/// Whether a host, perhaps with a port, is the machine of the browser.
pub fn is_this_machine(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    ["localhost", "127.0.0.1", "[::1]"].iter().any(|ours| ours.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_leads_to_a_page_over_https() {
        for text in [
            "https://account.example.org/account/",
            " HTTPS://example.org/a?b=c#d ",
            "https://example.org:8448",
            "http://127.0.0.1:8080/account",
            "http://localhost",
            "http://[::1]:80/x",
            "https://example.org/ünïcode",
        ] {
            assert_eq!(WebLink::parse(text).map(|link| link.0).as_deref(), Some(text.trim()));
        }
    }

    #[test]
    fn nothing_else_becomes_a_link() {
        for text in [
            "",
            "example.org",
            "//example.org",
            "http://example.org",
            "http://localhost.example.org",
            "http://127.0.0.1.example.org/",
            "javascript:alert(1)",
            "JavaScript://example.org/%0aalert(1)",
            "java\nscript:alert(1)",
            "data:text/html,<script>alert(1)</script>",
            "vbscript://x",
            "file:///etc/passwd",
            "blob:https://example.org/x",
            "https://",
            "https:///path",
            "https://:443/",
            "https://bank.example@evil.example/",
            "https://example.org\\@evil.example/",
            "https://exa mple.org",
            "https://example.org/\"onclick=alert(1)",
            "https://example.org/<b>",
        ] {
            assert_eq!(WebLink::parse(text), None, "{text}");
        }
        assert_eq!(WebLink::parse(&format!("https://example.org/{}", "a".repeat(2000))), None);
    }

    #[test]
    fn a_page_beside_another() {
        for (page, wanted) in [
            ("https://a.example/account/", "https://a.example/recover"),
            ("https://a.example/account", "https://a.example/recover"),
            ("https://a.example/auth/account/?x=/y/z", "https://a.example/auth/recover"),
            ("https://a.example/account/#/x", "https://a.example/recover"),
            ("https://a.example/", "https://a.example/recover"),
            ("https://a.example", "https://a.example/recover"),
        ] {
            let beside = WebLink::parse(page).unwrap().beside("recover").unwrap();
            assert_eq!(beside.as_str(), wanted, "{page}");
        }
    }

    proptest::proptest! {
        /// Whatever a server says, a link starts with a scheme that is shown.
        #[test]
        fn no_link_runs_a_script(text in "(?i)[a-z]{0,10}:?/{0,2}.{0,40}") {
            if let Some(link) = WebLink::parse(&text) {
                let start = link.as_str().to_ascii_lowercase();
                proptest::prop_assert!(start.starts_with("https://") || start.starts_with("http://"));
                proptest::prop_assert!(!link.as_str().contains(['"', '<', '\\', ' ', '\n']));
            }
        }
    }
}
