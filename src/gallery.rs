//! `/gallery/`, in debug builds only: every part and every state of the pages,
//! each at an address of its own such as `/gallery/#reset-wrong`. The tests take
//! their pictures here.

// What the browser computes, beside what it should.
mod arithmetic;
// What administrators see.
mod desk;
// The parts that pages are made of.
mod parts;
// A reset at any step, without a homeserver.
mod states;

use crate::components::page::page as show;
use crate::matrix::Error;
use crate::matrix::session::{Session, Tokens};
use crate::pages;
use crate::recovery::reset::OtherSessions;
use crate::runtime::effect::effect;
use crate::secret::Secret;
use crate::site::Site;
use leptos::prelude::*;
use states::*;
use std::rc::Rc;

/// Where it is, below the site's folder.
pub const PATH: &str = "/gallery/";

/// A part or a state: its name in the address, and how it is shown.
type Exhibit = (&'static str, fn(&Site) -> AnyView);

const EXHIBITS: [Exhibit; 75] = [
    ("buttons", |site| show(site, "Buttons", parts::buttons())),
    ("fields", |site| show(site, "Fields", parts::fields())),
    ("passwords", |site| show(site, "Passwords", parts::passwords())),
    ("notices", |site| show(site, "Notices", parts::notices())),
    ("progress", |site| show(site, "Progress", parts::progress_lines())),
    ("home", pages::home::page),
    ("home-asking", |site| pages::home::page(&that_told(site, None))),
    ("home-unsure", |site| pages::home::page(&that_told(site, Some(unsure())))),
    ("home-unknown", |site| pages::home::page(&that_told(site, Some(silent())))),
    ("home-recovery-page", |site| pages::home::page(&that_told(site, Some(mas())))),
    ("home-account-page", |site| pages::home::page(&that_told(site, Some(oauth())))),
    ("home-provider", |site| pages::home::page(&that_told(site, Some(provider())))),
    ("home-mail-off", |site| pages::home::page(&that_told(site, Some(mail_off())))),
    ("home-locked", |site| pages::home::page(&locked(site))),
    ("suggestion", |site| suggested(site, "matrix.elsewhere.example")),
    ("suggestion-odd", |site| suggested(site, "javascript:alert(1)")),
    ("login", |site| pages::login::page(site)),
    ("login-both", |site| pages::login::page(&that_told(site, Some(unsure())))),
    ("login-provider", |site| pages::login::page(&that_told(site, Some(provider())))),
    ("login-elsewhere", |site| pages::login::page(&that_told(site, Some(no_way_here())))),
    ("login-after-reset", |site| pages::login::page(&done(site, OtherSessions::SignOut))),
    ("reset-elsewhere", |site| pages::reset_elsewhere::page(&that_told(site, Some(mas())))),
    ("reset", reset),
    ("reset-wrong", |site| reset(&sent(site, "alice", ""))),
    ("reset-checking", |site| reset(&checking(site))),
    ("reset-unknown", |site| reset(&failed(site, Error::AddressUnknown))),
    ("reset-unreachable", |site| reset(&failed(site, Error::Unreachable))),
    ("reset-again", |site| reset(&waiting(site))),
    ("check-email", |site| pages::reset_check_email::page(&waiting(site))),
    ("check-email-changing", |site| pages::reset_check_email::page(&changing(site))),
    ("check-email-not-yet", |site| pages::reset_check_email::page(&not_yet(site, None))),
    ("check-email-failed", |site| {
        pages::reset_check_email::page(&not_yet(site, Some(Error::ServerFault)))
    }),
    ("check-email-may-be-changed", |site| pages::reset_check_email::page(&may_be_changed(site))),
    ("check-email-resent", |site| pages::reset_check_email::page(&resent(site, None))),
    ("check-email-not-resent", |site| {
        pages::reset_check_email::page(&resent(site, Some(Error::MailNotSent)))
    }),
    ("check-email-slow", |site| pages::reset_check_email::page(&slow(site))),
    ("check-email-by-link", |site| pages::reset_check_email::page(&waiting_by_link(site))),
    ("password-again", |site| pages::reset_check_email::page(&loaded_again(site))),
    ("password-refused", |site| pages::reset_check_email::page(&refused(site))),
    ("password-by-link", |site| pages::reset_check_email::page(&by_link(site))),
    ("password-other-server", |site| pages::reset_check_email::page(&by_foreign_link(site))),
    ("resume", pages::reset_resume::page),
    ("replace-reset", |site| pages::replace_reset::question(&waiting(site), || {})),
    ("verified", |site| pages::reset_verified::page(&waiting(site))),
    ("verified-finishing", |site| pages::reset_verified::page(&heard(site, "finishing"))),
    ("verified-done", |site| pages::reset_verified::page(&heard(site, "done"))),
    ("verified-unknown", pages::reset_verified::page),
    ("done", |site| pages::reset_done::page(&done(site, OtherSessions::SignOut))),
    ("done-by-link", |site| pages::reset_done::page(&done_by_link(site))),
    ("done-elsewhere", |site| pages::reset_done::page(&done_elsewhere(site))),
    ("done-kept", |site| pages::reset_done::page(&done(site, OtherSessions::Keep))),
    ("check", pages::check::page),
    ("check-lost", |site| pages::check::answered(site, without_key())),
    ("account", |site| account(site, "@by-key-1:example.org", None)),
    ("account-lost", |site| account(site, "@one-unverified-1:example.org", None)),
    ("account-nothing", |site| account(site, "@nothing-1:example.org", None)),
    ("account-after-reset", |site| {
        account(&locked(site), "@by-key-1:example.org", Some(OtherSessions::Keep))
    }),
    ("sign-out", sign_out),
    ("arithmetic", |site| show(site, "Arithmetic", arithmetic::answers())),
    ("help", pages::help::page),
    ("admin", desk::entrance),
    ("admin-blocked", desk::entrance),
    ("admin-absent", desk::entrance),
    ("admin-elsewhere", desk::entrance),
    ("admin-users", desk::users),
    ("admin-user", |site| show(site, crate::i18n::admin().user.title, desk::user(site))),
    ("admin-user-open", |site| show(site, crate::i18n::admin().user.title, desk::user(site))),
    ("admin-sheet", |site| show(site, crate::i18n::admin().user.title, desk::sheet(site))),
    ("admin-dendrite", desk::dendrite),
    ("admin-many", desk::list),
    ("admin-many-ready", desk::ready),
    ("admin-many-paused", desk::paused),
    ("admin-many-finished", desk::finished),
    ("not-found", pages::not_found::page),
    ("all", |site| show(site, "Gallery", index())),
];

/// What the address names; all of the names, where it names nothing.
pub fn page(site: &Site) -> impl IntoView + use<> {
    let site = that_told(site, Some(sends_mail()));
    let (site, navigation) = (site.clone(), site.navigation);
    let hash = Memo::new(move |_| navigation.here().hash);
    move || {
        let wanted = hash.get();
        let wanted = wanted.trim_start_matches('#');
        let found = EXHIBITS.iter().find(|(name, _)| *name == wanted).or(EXHIBITS.last())?;
        let (name, view) = *found;
        // Says to a test that what it asked for is there.
        effect(move || show_name(name));
        Some(view(&site))
    }
}

fn show_name(name: &str) {
    if let Some(root) = document().document_element() {
        let _ = root.set_attribute("data-exhibit", name);
    }
}

fn index() -> AnyView {
    let links = EXHIBITS.map(|(name, _)| {
        let href = [PATH.trim_start_matches('/'), "#", name].concat();
        view! { <li><a href=href>{name}</a></li> }
    });
    view! { <ul id="exhibits">{links.into_iter().collect_view()}</ul> }.into_any()
}

fn reset(site: &Site) -> AnyView {
    pages::reset::page(site)
}

fn suggested(site: &Site, name: &str) -> AnyView {
    pages::suggestion::page(&that_suggests(site, name)).unwrap_or_else(|| ().into_any())
}

/// Signed in, to an account that `src/encryption/accounts` has the answers for.
fn account(site: &Site, user_id: &str, after: Option<OtherSessions>) -> AnyView {
    sign_in(site, user_id, after);
    pages::account::page(site)
}

fn sign_out(site: &Site) -> AnyView {
    sign_in(site, "@one-unverified-1:example.org", None);
    pages::sign_out::page(site)
}

fn sign_in(site: &Site, user_id: &str, after: Option<OtherSessions>) {
    let access = Rc::new(Secret::new("token".into()));
    let session = Session {
        homeserver: (*site.homeserver()).clone(),
        user_id: user_id.into(),
        device_id: Some("RECOVERY".into()),
        tokens: Tokens { access, refresh: None, until: None },
    };
    site.session.begin(session, after);
}
