//! `/sign-out`: what signing out would lose, then signing out.

use super::account::{Account, messages, signed_in};
use crate::components::button::{Button, Weight};
use crate::components::countdown::{must_wait, time_left};
use crate::components::notice::Problem;
use crate::components::page::page_with_errors;
use crate::components::text::{link, link_button, pictured_steps, plain};
use crate::i18n::account as texts;
use crate::matrix::Error;
use crate::matrix::session::{Logout, Session};
use crate::place;
use crate::route::Route;
use crate::site::Site;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The page. Whoever is not signed in is led to where they can.
pub fn page(site: &Site) -> AnyView {
    match signed_in(site) {
        Some((session, account)) => {
            account.load();
            let error = RwSignal::new(None);
            let wrong = Signal::derive(move || error.with(Option::is_some));
            let content = content(site, &session, account, error).into_any();
            page_with_errors(site, texts().leaving.title, wrong, content)
        }
        None => ().into_any(),
    }
}

fn content(
    site: &Site,
    session: &Session,
    account: Account,
    error: RwSignal<Option<Error>>,
) -> impl IntoView {
    messages::watch(account);
    let t = &texts().leaving;
    let busy = RwSignal::new(false);
    let server = session.homeserver.name.clone();
    let press = Callback::new(move |()| sign_out(account, error, busy));
    let first = link(&site.href_to(Route::Account, place::MESSAGES), t.first);
    let is_safe = move || account.verdict().is_none_or(|verdict| verdict.is_safe());
    let first = move || (!is_safe()).then(|| first.clone().line(""));
    let busy = Signal::derive(move || busy.get().then_some(t.submitting));
    let left = time_left(error.into());
    let forget = move || error.get().map(|_| forget(account));
    view! {
        {plain(t.lead).line("lead")}
        <h2 class="part">{t.elsewhere_title}</h2>
        {plain(t.elsewhere).line("")}
        {messages::sentence(account, &server)}
        {first}
        {pictured_steps(&[plain(t.in_element)], &["sign-out"])}
        <Problem error time_left=left server=server.clone()/>
        <div class="actions">
            <Button label=t.submit busy blocked=must_wait(left) weight=Weight::Primary press/>
        </div>
        {forget}
        {link_button(Weight::Tertiary, &site.href(Route::Account), t.stay).actions()}
    }
}

/// At a shared computer, nobody should have to wait for a homeserver.
fn forget(account: Account) -> AnyView {
    let t = &texts().leaving;
    let press = Callback::new(move |()| account.session.end());
    view! {
        <div class="actions">
            <Button label=t.forget busy=None blocked=false weight=Weight::Secondary press/>
        </div>
        {plain(t.forget_why).line("hint")}
    }
    .into_any()
}

fn sign_out(account: Account, error: RwSignal<Option<Error>>, busy: RwSignal<bool>) {
    error.set(None);
    busy.set(true);
    spawn_local(async move {
        match account.session.send(&Logout).await {
            Ok(()) | Err(Error::SessionEnded) => account.session.end(),
            Err(problem) => {
                error.try_set(Some(problem));
            }
        }
        busy.try_set(false);
    });
}
