//! The link in the mail of a password reset, and the address that a homeserver
//! sends the browser to after it. Both carry all that finishes the reset.

use super::BaseUrl;
use super::password_reset::{ClientSecret, Sid};

/// What a link tells of a reset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResetLink {
    /// The homeserver that sent the mail.
    pub base_url: BaseUrl,
    /// The secret that the mail was asked for with.
    pub client_secret: ClientSecret,
    /// The number of the mail.
    pub sid: Sid,
    /// The page behind the link, where the address is confirmed. It is built
    /// again from its parts. `None` where that was done already.
    pub to_confirm: Option<String>,
    /// What the user chose for their other devices when they asked for the
    /// email; `None` where the link does not tell, as that of another client.
    pub logout_devices: Option<bool>,
}

/// Why a text is not the link of a reset.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkProblem {
    /// There is no text.
    Missing,
    /// There is no such link in it.
    NotALink,
    /// Its end is missing.
    CutOff,
    /// It leads to a page that sets the password by itself (Matrix
    /// Authentication Service).
    ServersOwn,
    /// It only confirms the address (Continuwuity): without the client secret, a
    /// reset is finished only where it began.
    OnlyConfirms,
}

impl ResetLink {
    /// Mails are shorter. A text that was made for it would keep the page busy for minutes.
    const LONGEST: usize = 100_000;

    /// Finds the link in what was pasted: the link, the whole mail, a link that
    /// was broken into lines, or one that a mail scanner wrapped into its own.
    ///
    /// # Errors
    /// If there is none.
    pub fn find(pasted: &str) -> Result<Self, LinkProblem> {
        let pasted = pasted.trim();
        let (pasted, _) = pasted.split_at(pasted.floor_char_boundary(Self::LONGEST));
        let mut text = pasted.replace("&amp;", "&");
        if text.is_empty() {
            return Err(LinkProblem::Missing);
        }
        text = unwrapped(&text);
        let mut problem = LinkProblem::NotALink;
        // Scanners write the link into the query of their own, some twice over.
        for _ in 0..3 {
            for text in [&text, &joined(&text)] {
                match find_in(text) {
                    Ok(link) => return Ok(link),
                    Err(LinkProblem::NotALink) => {}
                    Err(other) => problem = other,
                }
            }
            text = percent_decoded(&text, '%');
        }
        Err(problem)
    }

    /// What our own address after the confirmation ends in, behind `#`. The
    /// homeserver adds `?sid=…` to it, which thus stays in the browser.
    pub fn fragment(
        base_url: &BaseUrl,
        client_secret: &ClientSecret,
        logout_devices: bool,
    ) -> String {
        let logout_devices = if logout_devices { "1" } else { "0" };
        let parts =
            ["hs=", base_url.as_str(), "&cs=", client_secret.expose(), "&logout=", logout_devices];
        parts.concat()
    }

    /// Reads [`ResetLink::fragment`] back, with the `sid` that was added.
    pub fn from_fragment(fragment: &str) -> Option<Self> {
        let text = fragment.replace('?', "&");
        Some(Self {
            base_url: BaseUrl::parse(text.split('&').find_map(|pair| pair.strip_prefix("hs="))?)?,
            client_secret: ClientSecret::parse(value(&text, "cs")?)?,
            sid: Sid(value(&text, "sid")?.to_owned()),
            to_confirm: None,
            logout_devices: value(&text, "logout").map(|value| value == "1"),
        })
    }
}

/// A link that was broken into lines, put together again. Its last value is the
/// `sid`, and what follows that one is not part of it.
fn joined(text: &str) -> String {
    let (link, rest) = text.split_at(text.rfind("sid=").unwrap_or(text.len()));
    let mut link: String = link.split_whitespace().collect();
    link += rest;
    link
}

/// Looks for a link that is written out.
fn find_in(text: &str) -> Result<ResetLink, LinkProblem> {
    if text.contains("/recovery?ticket=") {
        return Err(LinkProblem::ServersOwn);
    }
    if let Some((_, fragment)) = text.split_once("/reset/verified/#") {
        return ResetLink::from_fragment(fragment).ok_or(LinkProblem::CutOff);
    }
    let paths = text.match_indices("/_").map(|(at, _)| text.split_at(at));
    let mut links = paths.filter_map(|(before, after)| {
        let (path, query) = after.split_once('?')?;
        let is_path = |c: char| c.is_ascii_alphanumeric() || "/_-.".contains(c);
        let start = before.rfind("https://").max(before.rfind("http://"))?;
        let base_url = BaseUrl::parse(before.get(start..)?)?;
        (path.chars().all(is_path) && is_of_a_reset(path)).then_some((base_url, path, query))
    });
    let (base_url, path, query) = links.next().ok_or(LinkProblem::NotALink)?;
    read(base_url, path, query).ok_or(match is_continuwuity(path, query) {
        true => LinkProblem::OnlyConfirms,
        false => LinkProblem::CutOff,
    })
}

/// Continuwuity 26.8: `/_continuwuity/3pid/email/validate?session=…&token=…`,
/// whole without a client secret.
fn is_continuwuity(path: &str, query: &str) -> bool {
    let has = |name| value(query, name).is_some();
    path.starts_with("/_continuwuity/") && has("session") && has("token")
}

/// Synapse has other mails with links of this kind: for a new account, and for
/// another address of an account.
fn is_of_a_reset(path: &str) -> bool {
    let is_synapse = path.starts_with("/_synapse/") || path.starts_with("/_matrix/");
    !is_synapse || path.contains("/password_reset/")
}

fn read(base_url: BaseUrl, path: &str, query: &str) -> Option<ResetLink> {
    // What comes after a space is not the link any more.
    let query = query.split_whitespace().next()?;
    let (token, secret) = (value(query, "token")?, value(query, "client_secret")?);
    let sid = value(query, "sid")?;
    let query = ["?token=", token, "&client_secret=", secret, "&sid=", sid].concat();
    Some(ResetLink {
        to_confirm: Some(base_url.join(&[path, &query].concat())),
        client_secret: ClientSecret::parse(secret)?,
        sid: Sid(sid.to_owned()),
        base_url,
        logout_devices: None,
    })
}

/// A value in a query, up to the first character that none of ours has.
fn value<'a>(query: &'a str, name: &str) -> Option<&'a str> {
    let value = query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))?;
    let end = value.find(|c| !ClientSecret::allows(c)).unwrap_or(value.len());
    value.get(..end).filter(|value| (1..=255).contains(&value.len()))
}

/// Proofpoint writes links in ways of its own.
fn unwrapped(text: &str) -> String {
    let between = |start, end| text.split_once(start)?.1.split(end).next();
    if !text.contains("urldefense") {
        return text.to_owned();
    }
    if let Some(link) = between("/v3/__", "__;") {
        return link.to_owned();
    }
    match between("/v2/url?u=", "&") {
        Some(link) => percent_decoded(&link.replace('_', "/"), '-'),
        None => text.to_owned(),
    }
}

/// Reads `%41`, or with another mark `-41`, as the character that it stands for.
fn percent_decoded(text: &str, mark: char) -> String {
    let mut parts = text.split(mark);
    let mut decoded = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let code = part.get(..2).and_then(|code| u8::from_str_radix(code, 16).ok());
        match (code.filter(u8::is_ascii), part.get(2..)) {
            (Some(code), Some(rest)) => {
                decoded.push(char::from(code));
                decoded += rest;
            }
            _ => {
                decoded.push(mark);
                decoded += part;
            }
        }
    }
    decoded
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINK: &str = "https://matrix.example.org/_synapse/client/password_reset/email/submit_token?token=AbcToken&client_secret=s3cret&sid=sIdsId";

    fn wanted() -> ResetLink {
        ResetLink {
            base_url: BaseUrl::parse("https://matrix.example.org").unwrap(),
            client_secret: ClientSecret::parse("s3cret").unwrap(),
            sid: Sid("sIdsId".into()),
            to_confirm: Some(LINK.into()),
            logout_devices: None,
        }
    }

    fn encoded(text: &str) -> String {
        text.replace('%', "%25")
            .replace(':', "%3A")
            .replace('/', "%2f")
            .replace('?', "%3F")
            .replace('&', "%26")
            .replace('=', "%3D")
    }

    #[test]
    fn the_link_is_found_however_it_is_pasted() {
        let mail = format!("Please click the link below:\n\n{LINK}\n\nIf this was not you");
        let broken = LINK.replace("client_", "client_\n  ").replace("submit", "sub\r\nmit");
        let in_values = LINK.replace("s3cret", "s3 cret").replace("AbcT", "Abc\nT");
        let in_values = format!("Click below:\n{in_values}\nIf this was not you");
        let html = LINK.replace('&', "&amp;");
        let safelinks = format!(
            "https://eur01.safelinks.protection.outlook.com/?url={}&data=05%7C02&sdata=x%3D&reserved=0",
            encoded(LINK)
        );
        let twice = format!("https://link.example/a?url={}&b=c", encoded(&encoded(LINK)));
        let plain = LINK.replace("https", "http");
        let scanned = format!("https://link.example/?url={}", encoded(&plain));
        let base_url = ResetLink::find(&scanned).map(|link| link.base_url);
        assert_eq!(base_url.as_ref().map(BaseUrl::as_str), Ok("http://matrix.example.org"));
        let google = format!("https://www.google.com/url?q={LINK}&sa=D");
        let v2 = encoded(LINK).replace('_', "-5F").replace("%2f", "_").replace('%', "-");
        let v2 = format!("https://urldefense.proofpoint.com/v2/url?u={v2}&d=DwMFAg&c=x&r=y");
        let v3 = format!("https://urldefense.com/v3/__{LINK}__;!!abc!def$");
        let shouted = LINK.replace("https", "HTTPS").replace("HTTPS", "https");
        let more = format!("{LINK}&utm=1#top");
        let link = format!("<{LINK}>");
        for text in [
            LINK, &mail, &broken, &in_values, &html, &safelinks, &twice, &google, &v2, &v3,
            &shouted, &more, &link,
        ] {
            assert_eq!(ResetLink::find(text), Ok(wanted()), "{text}");
        }
    }

    #[test]
    fn links_of_other_servers_are_known() {
        let path = "/_tuwunel/3pid/email/validate";
        let text = format!("https://h.example/at{path}?sid=S&client_secret=C&token=T");
        let link = ResetLink::find(&text).unwrap();
        assert_eq!(link.base_url.as_str(), "https://h.example/at");
        let rebuilt = format!("https://h.example/at{path}?token=T&client_secret=C&sid=S");
        assert_eq!(link.to_confirm, Some(rebuilt));
    }

    #[test]
    fn continuwuity_link_is_known_to_only_confirm() {
        let link = "https://con.test/_continuwuity/3pid/email/validate?session=Sid16&token=Token";
        for text in [link.to_owned(), format!("Open {link} to confirm"), encoded(link)] {
            assert_eq!(ResetLink::find(&text), Err(LinkProblem::OnlyConfirms), "{text}");
        }
        let cut = link.split_once("&token").unwrap().0;
        assert_eq!(ResetLink::find(cut), Err(LinkProblem::CutOff));
    }

    #[test]
    fn what_is_no_link_of_a_reset_is_told_apart() {
        let cut = LINK.split_once("&sid").unwrap().0;
        let cut_in_a_wrap = format!("https://scan.example/?url={}", encoded(cut));
        let other = LINK.replace("password_reset", "add_threepid");
        let odd = LINK.replace("https://matrix", "https://a@matrix");
        for (text, problem) in [
            (" \n", LinkProblem::Missing),
            ("hello", LinkProblem::NotALink),
            ("https://example.org/", LinkProblem::NotALink),
            ("https://example.org/_matrix/client/versions?a=b", LinkProblem::NotALink),
            ("javascript:alert(1)//_x/y?token=a&client_secret=b&sid=c", LinkProblem::NotALink),
            (&other, LinkProblem::NotALink),
            (&odd, LinkProblem::NotALink),
            (cut, LinkProblem::CutOff),
            (&cut_in_a_wrap, LinkProblem::CutOff),
            ("https://site/reset/verified/#hs=", LinkProblem::CutOff),
            ("https://mas.example/account/password/recovery?ticket=x", LinkProblem::ServersOwn),
        ] {
            assert_eq!(ResetLink::find(text), Err(problem), "{text}");
        }
    }

    #[test]
    fn the_end_of_what_is_too_long_is_not_looked_at() {
        let long = "ü/_".repeat(ResetLink::LONGEST);
        assert_eq!(ResetLink::find(&[LINK, " ", &long].concat()), Ok(wanted()));
        let after = [&"ü".repeat(ResetLink::LONGEST), " ", LINK].concat();
        assert_eq!(ResetLink::find(&after), Err(LinkProblem::NotALink));
    }

    #[test]
    fn our_own_address_is_read_back() {
        for logout_devices in [true, false] {
            let ResetLink { base_url, client_secret, sid, .. } = wanted();
            let fragment = ResetLink::fragment(&base_url, &client_secret, logout_devices);
            let (to_confirm, logout_devices) = (None, Some(logout_devices));
            let link = ResetLink { base_url, client_secret, sid, to_confirm, logout_devices };
            for end in ["?sid=sIdsId", "&sid=sIdsId", "?sid=sIdsId&more=1"] {
                let fragment = [&fragment, end].concat();
                assert_eq!(ResetLink::from_fragment(&fragment), Some(link.clone()));
                let pasted = format!("https://site.example/reset/verified/#{fragment}");
                assert_eq!(ResetLink::find(&pasted), Ok(link.clone()));
            }
        }
        let old = ResetLink::from_fragment("hs=https://a.example&cs=b?sid=c").unwrap();
        assert_eq!(old.logout_devices, None, "a link from before the choice was in it");
        for fragment in ["", "sid=x", "hs=https://a&cs=b", "hs=x&cs=b&sid=c", "cs=b?sid=c"] {
            assert_eq!(ResetLink::from_fragment(fragment), None, "{fragment}");
        }
    }

    proptest::proptest! {
        /// Whatever is pasted is answered, and a link that was found leads to
        /// the server that it names.
        #[test]
        fn anything_may_be_pasted(before in ".{0,40}", after in ".{0,40}", text in "[%/_a-z?=&:#. -]{0,200}") {
            let _ = ResetLink::find(&text);
            if let Ok(link) = ResetLink::find(&[&before, LINK, &after].concat()) {
                let rebuilt = link.to_confirm.unwrap_or_default();
                proptest::prop_assert!(rebuilt.starts_with(link.base_url.as_str()));
            }
        }
    }
}
