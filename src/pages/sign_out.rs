//! `/sign-out`: what signing out would lose, then signing out.

use super::account::{Account, messages, signed_in};
use crate::components::button::{Button, Weight};
use crate::components::countdown::time_left;
use crate::components::notice::Problem;
use crate::components::page::page_with_errors;
use crate::components::text::{link, link_button, pictured_steps, plain};
use crate::i18n::account as texts;
use crate::matrix::Error;
use crate::matrix::session::{Logout, Session};
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
    let t = &texts().leaving;
    let busy = RwSignal::new(false);
    let server = session.homeserver.name.clone();
    let press = Callback::new(move |()| sign_out(account, error, busy));
    let first = link(&site.href_to(Route::Account, "messages"), t.first);
    let is_safe = move || account.verdict().is_none_or(|verdict| verdict.is_safe());
    let first = move || (!is_safe()).then(|| first.clone().line(""));
    let busy = Signal::derive(move || busy.get().then_some(t.submitting));
    view! {
        {plain(t.lead).line("lead")}
        <Problem error time_left=time_left(error.into()) server=server.clone()/>
        <div class="actions">
            <Button label=t.submit busy blocked=false weight=Weight::Primary press/>
        </div>
        {link_button(Weight::Tertiary, &site.href(Route::Account), t.stay).actions()}
        <h2 class="part">{t.elsewhere_title}</h2>
        {plain(t.elsewhere).line("")}
        {messages::sentence(account, &server)}
        {first}
        {pictured_steps(&[plain(t.in_element)], &["sign-out"])}
    }
}

fn sign_out(account: Account, error: RwSignal<Option<Error>>, busy: RwSignal<bool>) {
    error.set(None);
    busy.set(true);
    spawn_local(async move {
        match account.session.send(&Logout).await {
            Ok(()) => account.session.end(),
            Err(problem) => {
                error.try_set(Some(problem));
            }
        }
        busy.try_set(false);
    });
}
