//! `/reset/verified`: where the mail's tab lands after the homeserver confirmed
//! the address. It wakes the original tab; if there is none, the reset can be
//! finished here.

use super::missing_password::to_login;
use super::replace_reset::{question, replaces};
use crate::browser::{address, clock};
use crate::components::button::{Button, Weight};
use crate::components::page::page as show;
use crate::components::picture::picture;
use crate::components::progress::{Stage, progress};
use crate::components::text::{link, link_button, plain};
use crate::i18n::{self, texts};
use crate::matrix::reset_link::ResetLink;
use crate::recovery::reset::{Draft, Event, OtherSessions};
use crate::route::Route;
use crate::site::{Leave, Site};
use leptos::prelude::*;
use std::time::Duration;

/// So long the original tab has to answer.
const PATIENCE: Duration = Duration::from_secs(1);

/// So long it may take to finish, before another way on is shown.
const LONG: Duration = Duration::from_secs(20);

/// The page. What the homeserver added to the address is of no use to anybody
/// who looks over a shoulder or into the history, so it is taken out.
pub fn page(site: &Site) -> AnyView {
    if let Some(link) = ResetLink::from_fragment(&address::take_fragment()) {
        let homeserver = site.homeserver_at(link.base_url.clone());
        let draft = Draft::from_link(link, homeserver, clock::now());
        if replaces(site, &draft) {
            return ask(site, draft);
        }
        site.reset.dispatch(Event::TakeUp(draft));
    }
    landed(site)
}

/// The tab waits for another email: the user decides which reset goes on in it.
fn ask(site: &Site, draft: Draft) -> AnyView {
    let (pending, site) = (RwSignal::new_local(Some(draft)), site.clone());
    let reset = site.reset;
    let replace = move || {
        if let Some(draft) = pending.try_update(Option::take).flatten() {
            reset.dispatch(Event::TakeUp(draft));
        }
    };
    let page = move || match pending.with(Option::is_some) {
        true => question(&site, replace),
        false => landed(&site),
    };
    page.into_any()
}

fn landed(site: &Site) -> AnyView {
    match site.reset.with_untracked(|reset| reset.draft().cloned()) {
        Some(draft) => confirmed(site, draft),
        None => nothing_known(site),
    }
}

fn confirmed(site: &Site, Draft { sid, homeserver, mail, .. }: Draft) -> AnyView {
    let (reset, later, is_by_link) = (site.reset, site.clone(), mail.is_none());
    let (alone, late) = (RwSignal::new(reset.is_still()), RwSignal::new(false));
    set_later(alone, PATIENCE);
    set_later(late, LONG);
    reset.say("verified", &sid);
    let state = move || {
        let t = &i18n::wait().verified;
        let (words, rest) = if reset.heard("done", &sid) {
            (t.done, Some(to_login(&later, &homeserver)))
        } else if reset.heard("finishing", &sid) && !late.get() {
            (t.finishing, None)
        } else if alone.get() {
            let href = later.href(Route::ResetCheckEmail);
            let here = link_button(Weight::Secondary, &href, t.here).actions();
            // An email that was requested in this tab is the user's own.
            let other = is_by_link.then(|| not_requested(&later));
            (t.alone, Some(view! { {here} {other} }.into_any()))
        } else {
            (t.looking, None)
        };
        view! { {plain(words).line("lead")} {rest} }
    };
    let content = view! {
        {progress(Stage::Link)}
        {picture("two-tabs")}
        <div role="status">{state}</div>
    };
    show(site, i18n::wait().verified.title, content)
}

/// What to do where the email was requested by someone else: with the address
/// confirmed, they can set a new password.
fn not_requested(site: &Site) -> AnyView {
    let t = &i18n::wait().verified;
    let here = site.clone();
    let press = Callback::new(move |()| {
        here.reset.dispatch(Event::StartOver);
        here.advise(OtherSessions::SignOut);
        here.go(Route::Reset, Leave::ThisPage);
    });
    view! {
        {plain(t.not_requested).line("hint")}
        <div class="actions">
            <Button label=t.secure busy=None blocked=false weight=Weight::Tertiary press/>
        </div>
    }
    .into_any()
}

fn set_later(signal: RwSignal<bool>, pause: Duration) {
    let set = move || {
        signal.try_set(true);
    };
    set_timeout(set, pause);
}

/// The address was opened by itself, or by a server that adds nothing to it.
fn nothing_known(site: &Site) -> AnyView {
    let t = &i18n::wait().verified;
    let resume = link(&site.href(Route::ResetResume), texts().reset.resume);
    let content = view! {
        {progress(Stage::Link)}
        {picture("two-tabs")}
        {plain(t.lead).line("lead")}
        {plain(t.tab_gone).and(resume).line("hint")}
    };
    show(site, t.back_title, content)
}
