//! `/reset/check-email`: the original tab waits here while the link in the mail
//! is opened in another one.

use crate::components::button::{Button, Weight};
use crate::components::countdown::{must_wait, time_left};
use crate::components::notice::{Problem, Status};
use crate::components::page::page as show;
use crate::components::text::{filled, steps};
use crate::i18n::{fill, texts};
use crate::matrix::Error;
use crate::recovery::reset::{Doing, Event, Notice, Reset, Step, Waiting};
use crate::route::Route;
use crate::site::{Leave, Site};
use leptos::prelude::*;

/// The page. It leaves for the next step when the reset does, and whoever has
/// not come so far is led to where they are.
pub fn page(site: &Site) -> AnyView {
    let (reset, go) = (site.reset, site.navigator());
    reset.dispatch(Event::GoOnWaiting);
    Effect::new(move |_| {
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
            show(site, texts().check_email.title, content(site, server, &email))
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

fn content(site: &Site, server: String, email: &str) -> impl IntoView {
    let t = &texts().check_email;
    let reset = site.reset;
    let what_to_do = t.steps.map(|step| step.into_any());
    let sent = filled(t.sent, &[("server", &server), ("email", email)]);
    let notice = Memo::new(move |_| reset.with(|reset| waiting(reset)?.notice.clone()));
    let status = Signal::derive(move || match notice.get() {
        Some(Notice::NotConfirmedYet) => Some(t.not_yet),
        Some(Notice::SentAgain) => Some(t.resent),
        _ => None,
    });
    view! {
        <p class="lead">{sent}</p>
        {steps(what_to_do.into())}
        <p>{t.stay}</p>
        <Status text=status/>
        {may_be_done(site, &server)}
        {buttons(site, notice, server)}
    }
}

/// A way on where nobody can say whether the password was changed.
fn may_be_done(site: &Site, server: &str) -> impl IntoView + use<> {
    let t = &texts().check_email;
    let (reset, href) = (site.reset, site.href(Route::Login));
    let words = fill(t.may_be_done, &[("server", server)]);
    let may_be_done = Memo::new(move |_| {
        reset.with(|reset| waiting(reset).is_some_and(|waiting| waiting.may_be_done))
    });
    move || {
        may_be_done.get().then(|| {
            view! { <p>{words.clone()}" "<a href=href.clone()>{t.try_to_sign_in}</a></p> }
        })
    }
}

fn not_changed(notice: Option<Notice>) -> Option<Error> {
    match notice {
        Some(Notice::NotChanged(error)) => Some(error),
        _ => None,
    }
}

fn not_sent(notice: Option<Notice>) -> Option<Error> {
    match notice {
        Some(Notice::NotSent(error)) => Some(error),
        _ => None,
    }
}

fn buttons(site: &Site, notice: Memo<Option<Notice>>, server: String) -> impl IntoView {
    let t = &texts().check_email;
    let reset = site.reset;
    let not_changed = Signal::derive(move || not_changed(notice.get()));
    let not_sent = Signal::derive(move || not_sent(notice.get()));
    let (change_wait, send_wait) = (time_left(not_changed), time_left(not_sent));
    let (change_limited, send_limited) = (must_wait(change_wait), must_wait(send_wait));
    let doing = Memo::new(move |_| reset.with(|reset| waiting(reset).map(|waiting| waiting.doing)));
    let verifying = Signal::derive(move || match doing.get() {
        Some(Doing::Confirming(_)) => Some(t.verifying),
        _ => None,
    });
    let resending = Signal::derive(move || match doing.get() {
        Some(Doing::Resending(_)) => Some(t.resending),
        _ => None,
    });
    let idle = Signal::derive(move || doing.get() == Some(Doing::Nothing));
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
