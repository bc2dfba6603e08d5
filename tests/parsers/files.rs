//! Files of the site, which an operator or a proxy may have changed, and what a tab
//! keeps over a reload.

use crate::account::homeserver;
use crate::places::check_link;
use crate::reader::Reader;
use matrix_account_recovery::config::{Config, ConfiguredServer};
use matrix_account_recovery::encryption::{Reason, Verdict};
use matrix_account_recovery::i18n::{self, Part};
use matrix_account_recovery::matrix::password_policy::PasswordPolicy;
use matrix_account_recovery::recovery::password_strength::strength;
use matrix_account_recovery::recovery::reset::{Event, MissingPassword, OtherSessions, Reset};
use matrix_account_recovery::route::Route;
use matrix_account_recovery::secret::Secret;
use std::rc::Rc;
use std::time::Duration;

const FULL: &str = include_str!("../../docs/examples/config.full.json");
const ELEMENT: &str = include_str!("../../docs/examples/config.element.json");
const NAME: &str = include_str!("../../docs/examples/config.name.json");

const DRAFT: &str = r#"{"draft":{"base_url":"https://matrix.example.org","client_secret":"s3cret",
    "sid":"sIdsId","sign_out":true,"since":1794999000000,"session":"uia","confirmed":false,
    "may_be_done":false,"email":"alice@example.org","send_attempt":2,
    "return_page":"https://site.example/reset/verified/","lost_at":1794999000000,"again_from":1794999000000,
    "again_after":30000}}"#;
const FORM: &str = r#"{"form":{"email":"alice@example.org","sign_out":false,"since":1794999000000,
    "base_url":"https://other.example","server_name":"other.example","client_secret":"C"},
    "draft":{"base_url":"https://other.example","client_secret":"s","sid":"S","since":1}}"#;

pub fn readers() -> Vec<Reader> {
    vec![
        Reader::text("config::parse", &[FULL, ELEMENT, NAME], config),
        Reader::text("recovery/reset/kept::restore", &[DRAFT, FORM], kept),
        Reader::text(
            "i18n/texts::take",
            &["\u{1d}verdict\u{1e}Safe.\u{1e}With key\u{1e}{count} of\u{1d}x\u{1e}y"],
            catalogue,
        ),
        Reader::text("i18n/fill::parts", &["{server} has {count} of {server}.", "a {b"], filled),
        Reader::text(
            "recovery/password_strength::strength",
            &["correct horse\nalice@example.org\npassword\niloveyou", "Passw0rd1!\na@b\npassw0rd"],
            |text| {
                let (password, rest) = text.split_once('\n').unwrap_or((text, text));
                let (email, common) = rest.split_once('\n').unwrap_or((rest, rest));
                let strength = strength(password, email, common);
                assert_eq!(strength.is_none(), password.is_empty());
                strength.is_some_and(|strength| !i18n::strength(strength).is_empty())
            },
        ),
    ]
}

fn config(text: &str) -> bool {
    let Ok(config) = Config::parse(text, |_| None) else { return false };
    config.support_page().iter().chain(&config.admin_page()).for_each(check_link);
    config.client.iter().for_each(|client| check_link(&client.url));
    for link in config.footer_links.iter().chain(&config.help_links()) {
        let url = link.url.to_ascii_lowercase();
        let starts = ["https://", "http://", "mailto:"];
        assert!(starts.iter().any(|start| url.starts_with(start)), "{url}");
    }
    assert!(config.contacts().len() <= 20);
    match config.server {
        ConfiguredServer::Given(given) => crate::places::check_base(&given.base_url),
        ConfiguredServer::Named(name, _) => !name.is_empty(),
    }
}

/// What was kept is kept in the same way again, and every way leads on.
fn kept(text: &str) -> bool {
    const NOW: Duration = Duration::from_secs(1_795_000_000);
    const DAY: Duration = Duration::from_secs(24 * 60 * 60);
    let restore = |text: &str| Reset::restore(text, &homeserver(), NOW);
    let first = restore(text).kept();
    let again = restore(first.as_deref().unwrap_or_default()).kept();
    assert_eq!(first, again);
    let password = || {
        Event::Password(MissingPassword {
            new_password: Rc::new(Secret::new("correct horse".to_owned())),
            other_sessions: OtherSessions::Keep,
            policy: PasswordPolicy::default(),
        })
    };
    for event in [Event::GoOnWaiting, Event::OpenForm, Event::Verified] {
        let (mut reset, _) = restore(text).on(event, NOW);
        for event in [password(), Event::Resend, Event::Poll] {
            (reset, _) = reset.on(event, NOW);
            // A browser's timer takes no longer ones.
            assert!(reset.next_poll(NOW).is_none_or(|pause| pause <= DAY));
            if let Some(mail) = reset.draft().and_then(|draft| draft.mail.as_ref()) {
                let _ = i18n::duration(mail.again.left(NOW));
            }
        }
        let _ = (reset.page_for(Route::Reset), reset.kept());
    }
    first.is_some()
}

/// Texts that are cut off or mixed up are shown as they are.
fn catalogue(download: &str) -> bool {
    let is_one = i18n::take(&["verdict"], download);
    let _ = i18n::verdict(&Verdict::Safe);
    for count in [0, 1, usize::MAX] {
        let _ = i18n::reason(Reason::Unverified(Some(count)));
    }
    is_one
}

/// No text gets lost on the way into its parts, and blanks that nobody knows stay empty.
fn filled(text: &str) -> bool {
    let mut together = String::new();
    for part in i18n::parts(text) {
        match part {
            Part::Words(words) => together += words,
            Part::Blank(name) => together += &format!("{{{name}}}"),
        }
    }
    assert_eq!(together, text);
    let _ = i18n::fill_bare(text, &[("server", text)]);
    !i18n::fill(text, &[("server", "example.org")]).is_empty()
}
