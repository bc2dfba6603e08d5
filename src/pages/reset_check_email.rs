//! `/reset/check-email`: the original tab waits here while the link in the mail
//! is opened in another one.

use crate::components::button::{Button, Weight};
use crate::components::countdown::{must_wait, time_left};
use crate::components::notice::{Problem, Status};
use crate::components::page::page_with_errors;
use crate::components::picture::picture;
use crate::components::progress::{Stage, progress};
use crate::components::text::{filled, steps};
use crate::i18n::{fill, texts};
use crate::matrix::Error;
use crate::recovery::reset::{Doing, Event, Notice, Reset, Step, Waiting};
use crate::route::Route;
use crate::runtime::effect::effect;
use crate::site::{Leave, Site};
use leptos::prelude::*;

/// The page. It leaves for the next step when the reset does, and whoever has
/// not come so far is led to where they are.
pub fn page(site: &Site) -> AnyView {
    let (reset, go) = (site.reset, site.navigator());
    reset.dispatch(Event::GoOnWaiting);
    effect(move || {
        let page = reset.with(|reset| reset.page_for(Route::ResetCheckEmail));
        if page != Route::ResetCheckEmail {
            go(page, Leave::Nothing);
        }
    });
    let waiting = reset.with_untracked(|reset| {
        let waiting = waiting(reset)?;
        Some((waiting.attempt.homeserver.name.clone(), waiting.attempt.typed.email.clone()))
    });
    match waiting {
        Some((server, email)) => {
            let wrong = Signal::derive(move || reset.with(is_wrong));
            let content = content(site, server, &email).into_any();
            page_with_errors(site, texts().check_email.title, wrong, content)
        }
        None => ().into_any(),
    }
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
    matches!(notice(reset), Some(Notice::NotChanged(_) | Notice::NotSent(_)))
}

fn content(site: &Site, server: String, email: &str) -> impl IntoView {
    let t = &texts().check_email;
    let reset = site.reset;
    let what_to_do = t.steps.map(|step| step.into_any());
    let sent = filled(t.sent, &[("server", &server), ("email", email)]);
    let status = Signal::derive(move || match reset.with(|reset| notice(reset).cloned()) {
        Some(Notice::NotConfirmedYet) => Some(t.not_yet),
        Some(Notice::SentAgain) => Some(t.resent),
        _ => None,
    });
    view! {
        {progress(Stage::Link)}
        <p class="lead">{sent}</p>
        {picture("two-tabs")}
        {steps(what_to_do.into())}
        <p>{t.stay}</p>
        <Status text=status/>
        {may_be_done(site, &server)}
        {buttons(site, server)}
    }
}

/// A way on where nobody can say whether the password was changed.
fn may_be_done(site: &Site, server: &str) -> impl IntoView + use<> {
    let t = &texts().check_email;
    let (reset, href) = (site.reset, site.href(Route::Login));
    let words = fill(t.may_be_done, &[("server", server)]);
    let may_be_done = Signal::derive(move || {
        reset.with(|reset| waiting(reset).is_some_and(|waiting| waiting.may_be_done))
    });
    move || {
        may_be_done.get().then(|| {
            view! { <p>{words.clone()}" "<a href=href.clone()>{t.try_to_sign_in}</a></p> }
        })
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

fn verifying(reset: &Reset) -> Option<&'static str> {
    let is = matches!(waiting(reset)?.doing, Doing::Confirming(_));
    is.then_some(texts().check_email.verifying)
}

fn resending(reset: &Reset) -> Option<&'static str> {
    let is = matches!(waiting(reset)?.doing, Doing::Resending(_));
    is.then_some(texts().check_email.resending)
}

fn is_idle(reset: &Reset) -> bool {
    waiting(reset).is_some_and(|waiting| waiting.doing == Doing::Nothing)
}

fn buttons(site: &Site, server: String) -> impl IntoView {
    let t = &texts().check_email;
    let reset = site.reset;
    let not_changed = Signal::derive(move || reset.with(not_changed));
    let not_sent = Signal::derive(move || reset.with(not_sent));
    let (change_wait, send_wait) = (time_left(not_changed), time_left(not_sent));
    let (change_limited, send_limited) = (must_wait(change_wait), must_wait(send_wait));
    let verifying = Signal::derive(move || reset.with(verifying));
    let resending = Signal::derive(move || reset.with(resending));
    let idle = Signal::derive(move || reset.with(is_idle));
    let send = move |event: fn() -> Event| Callback::new(move |()| reset.dispatch(event()));
    let slow = Signal::derive(move || verifying.get().map(|_| t.slow));
    let go = site.navigator();
    let other_address = Callback::new(move |()| go(Route::Reset, Leave::ThisPage));
    view! {
        <Problem error=not_changed time_left=change_wait server=server.clone()/>
        <div class="actions">
            <Button label=t.verified busy=verifying
                blocked=Signal::derive(move || !idle.get() || change_limited.get())
                weight=Weight::Primary press=send(|| Event::Verified)/>
        </div>
        <Status text=slow/>
        <p class="hint">{t.not_received}</p>
        <Problem error=not_sent time_left=send_wait server/>
        <div class="actions">
            <Button label=t.resend busy=resending
                blocked=Signal::derive(move || !idle.get() || send_limited.get())
                weight=Weight::Secondary press=send(|| Event::Resend)/>
            <Button label=t.other_address busy=None blocked=Signal::derive(move || !idle.get())
                weight=Weight::Tertiary press=other_address/>
        </div>
    }
}
