//! Addresses, links, and names of servers and people.

use crate::reader::Reader;
use futures_util::FutureExt;
use matrix_account_recovery::matrix::discovery::{
    GetVersions, GetWellKnown, WellKnown, at, well_known_host,
};
use matrix_account_recovery::matrix::login::Identifier;
use matrix_account_recovery::matrix::login_flows::sign_on_path;
use matrix_account_recovery::matrix::password_reset::{ClientSecret, Sid};
use matrix_account_recovery::matrix::reset_link::ResetLink;
use matrix_account_recovery::matrix::support::{is_email_address, is_matrix_id};
use matrix_account_recovery::matrix::web_link::is_this_machine;
use matrix_account_recovery::matrix::wire::{Endpoint, Response, segment};
use matrix_account_recovery::matrix::{BaseUrl, Error, WebLink};
use matrix_account_recovery::recovery::find_server::{self, Network, Wanted};
use matrix_account_recovery::recovery::plea::mailto;
use matrix_account_recovery::recovery::reset::EmailProblem;
use matrix_account_recovery::route::Route;
use percent_encoding::percent_decode_str;

const LINK: &str = "https://matrix.example.org/_synapse/client/password_reset/email/submit_token?token=AbcToken&client_secret=s3cret&sid=sIdsId";
const WRAPPED: &str = "https://scan.example/?url=https%3A%2F%2Fm.example%2F_synapse%2Fclient%2Fpassword_reset%2Femail%2Fsubmit_token%3Ftoken%3DT%26client_secret%3DC%26sid%3DS&d=1";
const OURS: &str = "https://site.example/reset/verified/#hs=https://m.example&cs=C&sid=S";
const MAIL: &str = "Click below:\n<https://h.example/at/_tuwunel/3pid/email/validate?sid=S&amp;client_secret=C&amp;token=T>\nIf not";
const PROOFPOINT: &str = "https://urldefense.proofpoint.com/v2/url?u=https-3A__m.example__-5Fsynapse_client_password-5Freset_email_submit-5Ftoken-3Ftoken-3DT-26client-5Fsecret-3DC-26sid-3DS&d=x";

pub fn readers() -> Vec<Reader> {
    [links(), servers(), people()].into_iter().flatten().collect()
}

fn links() -> Vec<Reader> {
    let pages = ["https://example.org/a/?b=c#d", "http://localhost:8080", "https://[::1]:8448/x"];
    vec![
        Reader::text("matrix/web_link::parse", &pages, web_link),
        Reader::text(
            "matrix/web_link::is_this_machine",
            &["localhost:80", "[::1]"],
            is_this_machine,
        ),
        Reader::text(
            "matrix/reset_link::find",
            &[LINK, WRAPPED, OURS, MAIL, PROOFPOINT],
            reset_link,
        ),
        Reader::text(
            "matrix/reset_link::from_fragment",
            &["hs=https://m.example/at&cs=s3cret?sid=sIdsId"],
            |text| ResetLink::from_fragment(text).is_some_and(|link| check_reset(&link)),
        ),
        Reader::text("route::parse", &["/reset/check-email/", "login"], |text| {
            let route = Route::parse(text);
            assert!(route.is_none_or(|route| Route::parse(route.path()) == Some(route)));
            route.is_some()
        }),
    ]
}

fn servers() -> Vec<Reader> {
    let names = ["example.org", "example.org:8448", "[::1]:8448", "ünï.example"];
    vec![
        Reader::text(
            "matrix/homeserver::parse",
            &["https://matrix.example.org", " HTTP://example.org/at/ ", "https://[::1]:8448"],
            |text| BaseUrl::parse(text).is_some_and(|base_url| check_base(&base_url)),
        ),
        Reader::text("matrix/discovery::well_known_host", &names, |text| {
            well_known_host(text).is_some_and(|base_url| check_base(&base_url))
        }),
        Reader::text("matrix/discovery::at", &names, |text| {
            at(text).is_some_and(|base_url| check_base(&base_url))
        }),
        Reader::text(
            "recovery/find_server::parse",
            &[
                "example.org",
                "@alice:example.org:8448",
                "https://m.example/at",
                "alice:example.org",
            ],
            wanted,
        ),
        Reader::answer(
            "recovery/find_server::find",
            &[(200, r#"{"m.homeserver":{"base_url":"https://m.example"},"versions":["v1.1"]}"#)],
            |it| {
                let asked = ["example.org", "https://example.org", "a.b:8448"];
                let found = asked.map(|text| {
                    let wanted = Wanted::parse(text).expect("a server");
                    let found = find_server::find(&wanted, &Says(it)).now_or_never();
                    found.expect("nothing waits").is_ok_and(|found| check_base(&found.base_url))
                });
                found.contains(&true)
            },
        ),
    ]
}

fn people() -> Vec<Reader> {
    let emails = ["alice+x@example.org", "ä@example.org"];
    vec![
        Reader::text("matrix/support::is_email_address", &emails, |text| {
            let is_one = is_email_address(text);
            if is_one {
                check_mailto(text, text);
            }
            is_one
        }),
        Reader::text("matrix/support::is_matrix_id", &["@alice:example.org"], is_matrix_id),
        Reader::text("recovery/reset/form::of", &emails, |text| EmailProblem::of(text).is_none()),
        Reader::text("recovery/plea::mailto", &["alice@example.org\nSubject\nBody"], |text| {
            let (address, rest) = text.split_once('\n').unwrap_or((text, text));
            check_mailto(address, rest);
            true
        }),
        Reader::text(
            "matrix/login::parse",
            &["alice", "@alice:example.org", "alice@example.org", "alice:example.org"],
            |text| {
                let who = Identifier::parse(text);
                assert!(
                    who.as_ref()
                        .and_then(Identifier::server_name)
                        .is_none_or(|server| { text.contains(server) })
                );
                who.is_some()
            },
        ),
        Reader::text("matrix/password_reset::parse", &["s3cret.=_-"], |text| {
            let (secret, sid) = (ClientSecret::parse(text), Sid::parse(text));
            assert_eq!(secret.is_some(), sid.is_some());
            assert!(secret.as_ref().is_none_or(|secret| secret.expose() == text));
            secret.is_some()
        }),
        Reader::text("matrix/wire::segment", &["@a/b:example.org", "oidc-a"], |text| {
            let path = sign_on_path(Some(text), text);
            assert!(path.is_ascii() && !path.contains([' ', '#', '"', '<']));
            let read = percent_decode_str(&segment(text)).decode_utf8().map(String::from);
            assert_eq!(read.as_deref(), Ok(text));
            true
        }),
    ]
}

/// A link that a server named: to a page, on a host, and to be read again.
pub fn check_link(link: &WebLink) {
    let text = link.as_str();
    let start = text.get(..8).unwrap_or(text).to_ascii_lowercase();
    let is_local = start.starts_with("http://") && is_this_machine(link.host());
    assert!(start == "https://" || is_local, "{text}");
    assert!(!link.host().is_empty() && !link.host().contains('@'), "{text}");
    assert!(!text.contains(['"', '\'', '<', '>', '\\', ' ']) && !text.contains(char::is_control));
    assert_eq!(WebLink::parse(text).as_ref(), Some(link));
}

fn web_link(text: &str) -> bool {
    let Some(link) = WebLink::parse(text) else { return false };
    check_link(&link);
    link.beside("recover").iter().for_each(check_link);
    true
}

/// The address of a homeserver has a scheme, a host, and perhaps a path.
pub fn check_base(base_url: &BaseUrl) -> bool {
    let text = base_url.as_str();
    assert!(text.starts_with("https://") || text.starts_with("http://"), "{text}");
    assert!(!text.contains(['@', '?', '#', '\\', '"', '\'', '<', '>']), "{text}");
    assert!(!text.contains(char::is_whitespace) && !text.contains(char::is_control), "{text:?}");
    assert!(!base_url.host().is_empty());
    assert_eq!(BaseUrl::parse(text).as_ref(), Some(base_url));
    assert_eq!(base_url.with_host(base_url.host()).as_ref(), Some(base_url));
    assert_eq!(base_url.join("/x"), format!("{text}/x"));
    true
}

fn reset_link(text: &str) -> bool {
    ResetLink::find(text).is_ok_and(|link| check_reset(&link))
}

/// What leads to a reset is sent to the server that it names and nowhere else, and
/// our own address of it is read back.
fn check_reset(link: &ResetLink) -> bool {
    check_base(&link.base_url);
    assert_eq!(Sid::parse(&link.sid.0).as_ref(), Some(&link.sid));
    if let Some(page) = &link.to_confirm {
        let path = page.strip_prefix(link.base_url.as_str());
        assert!(path.is_some_and(|path| path.starts_with("/_")), "{page}");
    }
    let logout_devices = link.logout_devices.unwrap_or_default();
    let fragment = ResetLink::fragment(&link.base_url, &link.client_secret, logout_devices);
    let again = ResetLink::from_fragment(&[&fragment, "?sid=", &link.sid.0].concat());
    let logout_devices = Some(logout_devices);
    let ours = ResetLink { to_confirm: None, logout_devices, ..link.clone() };
    assert_eq!(again, Some(ours));
    true
}

fn wanted(text: &str) -> bool {
    match Wanted::parse(text) {
        Ok(Wanted::At(base_url)) => check_base(&base_url),
        Ok(Wanted::Named(name)) => {
            assert!(at(&name).is_some_and(|base_url| check_base(&base_url)), "{name}");
            true
        }
        Err(_) => false,
    }
}

fn check_mailto(address: &str, text: &str) {
    let link = mailto(address, text, text);
    assert!(link.starts_with("mailto:") && link.is_ascii() && !link.contains([' ', '#', '"']));
    assert_eq!((link.matches('?').count(), link.matches('&').count()), (1, 1), "{link}");
}

/// A network in which everything answers this.
struct Says<'a>(&'a Response);

impl Network for Says<'_> {
    async fn well_known(&self, _: &BaseUrl) -> Result<WellKnown, Error> {
        GetWellKnown.read(self.0)
    }

    async fn versions(&self, _: &BaseUrl) -> Result<(), Error> {
        GetVersions.read(self.0)
    }

    async fn answers(&self, _: &str) -> bool {
        self.0.status.is_multiple_of(2)
    }
}
