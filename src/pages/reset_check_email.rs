//! `/reset/check-email`: the original tab waits here while the link in the mail
//! is opened in another one, and finishes by itself.

use super::missing_password::{self, cancel, may_be_done, open_form, sign_in};
use crate::browser::clock;
use crate::browser::page::focus;
use crate::components::button::{Button, Weight};
use crate::components::countdown::{count_down, must_wait, time_left};
use crate::components::notice::{Problem, Status};
use crate::components::page::{HEADING, page_with_errors};
use crate::components::picture::picture;
use crate::components::progress::{Stage, progress};
use crate::components::text::{Html, changing_line, filled, link_out, plain, steps};
use crate::i18n;
use crate::matrix::implementation::Implementation;
use crate::matrix::{Error, Homeserver};
use crate::recovery::reset::{
    Asking, Doing, Draft, Event, Notice, OtherSessions, Reset, Step, Then, Tone, Waiting,
};
use crate::route::Route;
use crate::runtime::effect::effect;
use crate::runtime::reset::ResetRuntime;
use crate::site::{Leave, Site};
use leptos::prelude::*;
use std::time::Duration;

/// The page. It leaves for the next step when the reset does, and whoever has
/// not come so far is led to where they are.
pub fn page(site: &Site) -> AnyView {
    let (reset, here) = (site.reset, site.clone());
    // How the email is confirmed depends on the homeserver.
    site.server.ask();
    reset.dispatch(Event::GoOnWaiting);
    effect(move || {
        let page = reset.with(|reset| reset.page_for(Route::ResetCheckEmail));
        if page != Route::ResetCheckEmail {
            here.go(page, Leave::Nothing);
        }
    });
    let waits = reset.whether(|reset| waiting(reset).is_some());
    let site = site.clone();
    let page = move || match waits.get() {
        true => wait(&site),
        false => missing_password::page(&site),
    };
    page.into_any()
}

fn wait(site: &Site) -> AnyView {
    let reset = site.reset;
    let Some(draft) = reset.with_untracked(|reset| Some(waiting(reset)?.draft.clone())) else {
        return ().into_any();
    };
    let wrong = Signal::derive(move || reset.with(is_wrong));
    page_with_errors(site, i18n::wait().check_email.title, wrong, content(site, draft).into_any())
}

fn waiting(reset: &Reset) -> Option<&Waiting> {
    match reset.step() {
        Step::Waiting(waiting) => Some(waiting),
        _ => None,
    }
}

fn notice(reset: &Reset) -> Option<&Notice> {
    waiting(reset)?.notice.as_ref()
}

fn is_wrong(reset: &Reset) -> bool {
    matches!(notice(reset), Some(Notice::NotChanged(_) | Notice::NotSent(_) | Notice::MayBeChanged))
}

fn content(site: &Site, draft: Draft) -> impl IntoView {
    let (reset, homeserver) = (site.reset, draft.homeserver.clone());
    let server = homeserver.name.clone();
    let has_mail = draft.mail.is_some();
    let instead = match has_mail {
        true => i18n::wait().check_email.other_address,
        false => i18n::wait().check_email.new_email,
    };
    let over = reset.whether(|reset| waiting(reset).is_some_and(Waiting::is_over));
    let here = site.clone();
    let what_to_do = move || match over.get() {
        true => None,
        false => reset.with_untracked(|now| Some(what_to_do(&here, &waiting(now)?.draft))),
    };
    let is_told = reset.whether(|reset| notice(reset) == Some(&Notice::MayBeChanged));
    let first = {
        let (site, homeserver, server) = (site.clone(), homeserver.clone(), server.clone());
        move || match is_told.get() {
            true => may_be_changed(&site, &homeserver),
            false => verified(&site, server.clone()).into_any(),
        }
    };
    view! {
        {progress(Stage::Link)}
        {what_to_do}
        {news(site, homeserver, has_mail)}
        {first}
        {has_mail.then(|| resend(site, server))}
        <div class="actions">
            {open_form(site, instead)}
            {cancel(site, Weight::Tertiary)}
        </div>
    }
}

fn what_to_do(site: &Site, draft: &Draft) -> AnyView {
    let t = &i18n::wait().check_email;
    let [open, come_back] = t.steps.map(plain);
    let confirm = plain(how_to_confirm(site, draft));
    let open = match &draft.to_confirm {
        None => open,
        Some(page) => link_out(page, t.open_the_link).and(plain(t.new_tab)),
    };
    view! {
        {lead(draft).line("lead")}
        {picture("two-tabs")}
        {steps(&[open, confirm, come_back])}
        {stay(site.reset)}
    }
    .into_any()
}

/// How the address is confirmed: by the link, where it is known, and otherwise
/// by what is known of the homeserver, which is tracked.
fn how_to_confirm(site: &Site, draft: &Draft) -> &'static str {
    let implementation = match &draft.to_confirm {
        Some(page) => Implementation::of_link(page),
        None if site.is_for(&draft.homeserver) => site.server.implementation(),
        None => Implementation::Unknown,
    };
    i18n::how_to_confirm(implementation)
}

fn lead(draft: &Draft) -> Html {
    let t = &i18n::wait().check_email;
    let server = ("server", draft.homeserver.name.as_str());
    match &draft.mail {
        Some(mail) => filled(t.sent, &[server, ("email", &mail.email)]),
        None => filled(t.by_link, &[server]),
    }
}

/// How long the link works, counted from the newest mail.
fn stay(reset: ResetRuntime) -> AnyView {
    let t = &i18n::wait().check_email;
    let words = |reset: &Reset| {
        let draft = reset.draft().filter(|draft| draft.mail.is_some())?;
        let time = clock::time_of_day(draft.since);
        Some(plain(t.stay).and(filled(t.sent_at, &[("time", &time)])))
    };
    changing_line("", move || reset.with(words))
}

/// What the last answer said, where that is no reason to worry, and what may
/// have happened elsewhere.
fn news(site: &Site, homeserver: Homeserver, has_mail: bool) -> impl IntoView {
    let t = &i18n::wait().check_email;
    let (reset, site) = (site.reset, site.clone());
    let status = Signal::derive(move || match reset.with(|reset| notice(reset).cloned()) {
        Some(Notice::NotConfirmedYet) if has_mail => Some(t.not_yet),
        Some(Notice::NotConfirmedYet) => Some(t.not_yet_by_link),
        Some(Notice::LinkUsed) => Some(t.link_used),
        Some(Notice::SentAgain) => Some(t.resent),
        _ => None,
    });
    let elsewhere = move || {
        let what = reset.with(|reset| what_may_be(waiting(reset)?))?;
        Some(match what {
            Some(words) => plain(words).and(sign_in(&site, &homeserver, t.sign_in)),
            None => may_be_done(&site, &homeserver),
        })
    };
    view! {
        <Status text=status/>
        {changing_line("", elsewhere)}
    }
}

/// Whether the password may have been changed without this tab: nothing, if
/// there is no reason to think so; the words for it; or none where an answer
/// got lost, which has words of its own.
fn what_may_be(waiting: &Waiting) -> Option<Option<&'static str>> {
    let t = &i18n::wait().check_email;
    let is_asked = matches!(waiting.notice, Some(Notice::NotConfirmedYet | Notice::LinkUsed));
    // Then it has a place of its own.
    if waiting.notice == Some(Notice::MayBeChanged) {
        return None;
    }
    match waiting.draft.may_be_done {
        true => Some(None),
        false => (is_asked || waiting.is_long()).then_some(Some(t.elsewhere)),
    }
}

fn not_changed(reset: &Reset) -> Option<Error> {
    match notice(reset) {
        Some(Notice::NotChanged(error)) => Some(error.clone()),
        _ => None,
    }
}

fn not_sent(reset: &Reset) -> Option<Error> {
    match notice(reset) {
        Some(Notice::NotSent(error)) => Some(error.clone()),
        _ => None,
    }
}

/// What the first button says while the server is asked.
fn verifying(reset: &Reset) -> Option<&'static str> {
    let t = &i18n::wait().check_email;
    match waiting(reset)?.tone()? {
        Tone::Quiet => None,
        Tone::Slow => Some(t.waiting_for_answer),
        Tone::Aloud => Some(t.verifying),
    }
}

fn resending(reset: &Reset) -> Option<&'static str> {
    let is = matches!(
        &waiting(reset)?.doing,
        Doing::Resending(_) | Doing::Asking(Asking { then: Then::Resend, .. })
    );
    is.then_some(i18n::wait().check_email.resending)
}

/// Since when the server gives no answer, although it is asked again and again.
fn failing(reset: &Reset, server: &str) -> Option<Html> {
    let waiting = waiting(reset)?;
    let time = clock::time_of_day(waiting.failing_since.filter(|_| !waiting.is_over())?);
    Some(filled(i18n::wait().check_email.keeps_trying, &[("server", server), ("time", &time)]))
}

fn verified(site: &Site, server: String) -> impl IntoView {
    let t = &i18n::wait().check_email;
    let reset = site.reset;
    let error = Signal::derive(move || reset.with(not_changed));
    let left = time_left(error);
    let limited = must_wait(left);
    let busy = Signal::derive(move || reset.with(verifying));
    let sending = Signal::derive(move || reset.with(resending).is_some());
    let slow =
        Signal::derive(move || busy.get().filter(|words| *words == t.verifying).map(|_| t.slow));
    let press = Callback::new(move |()| reset.dispatch(Event::Verified));
    let failing = {
        let server = server.clone();
        move || reset.with(|reset| failing(reset, &server))
    };
    view! {
        <Problem error time_left=left server/>
        {changing_line("hint", failing)}
        <div class="actions">
            <Button label=t.verified busy
                blocked=Signal::derive(move || sending.get() || limited.get())
                weight=Weight::Primary press/>
        </div>
        <Status text=slow/>
    }
}

/// The password may have been changed. The request is sent again only by a button
/// that says what that does.
fn may_be_changed(site: &Site, homeserver: &Homeserver) -> AnyView {
    let t = &i18n::wait().check_email;
    let reset = site.reset;
    let signs_out = reset.with_untracked(|reset| {
        waiting(reset).is_some_and(|waiting| waiting.draft.other_sessions == OtherSessions::SignOut)
    });
    let why = if signs_out { t.set_again_sign_out } else { t.set_again_keep };
    let press = Callback::new(move |()| {
        // The button goes, and the focus would with it.
        focus(HEADING);
        reset.dispatch(Event::SetAgain);
    });
    view! {
        <div role="alert">
            {may_be_done(site, homeserver).line("notice critical")}
        </div>
        <div class="actions">
            <Button label=t.set_again busy=None blocked=false weight=Weight::Secondary press/>
        </div>
        {plain(why).line("hint")}
    }
    .into_any()
}

/// Another mail, once it may be asked for.
fn resend(site: &Site, server: String) -> impl IntoView {
    let t = &i18n::wait().check_email;
    let reset = site.reset;
    let error = Signal::derive(move || reset.with(not_sent));
    let busy = Signal::derive(move || reset.with(resending));
    let press = Callback::new(move |()| reset.dispatch(Event::Resend));
    let left =
        count_down(move || reset.with(|reset| Some(waiting(reset)?.draft.mail.as_ref()?.again)));
    let limited = must_wait(left);
    let when = move || {
        let left = left.get().filter(|left| *left > Duration::ZERO && error.get().is_none())?;
        Some(filled(t.resend_in, &[("time", &i18n::duration(left))]))
    };
    view! {
        {plain(t.not_received).line("hint")}
        <Problem error time_left=left server/>
        <div class="actions">
            <Button label=t.resend busy blocked=limited weight=Weight::Secondary press/>
        </div>
        {changing_line("hint", when)}
    }
}
