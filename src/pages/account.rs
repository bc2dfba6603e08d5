//! `/account`: who is signed in, and signing out.

use crate::components::button::{Button, Weight};
use crate::components::countdown::time_left;
use crate::components::notice::Problem;
use crate::components::page::page_with_errors;
use crate::components::text::filled;
use crate::i18n::desk;
use crate::matrix::Error;
use crate::matrix::session::{Logout, Session, WhoAmI};
use crate::net;
use crate::route::Route;
use crate::runtime::effect::effect;
use crate::runtime::session::SessionRuntime;
use crate::site::{Leave, Site};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The page. Whoever is not signed in is led to where they can.
pub fn page(site: &Site) -> AnyView {
    let (session, go) = (site.session, site.navigator());
    effect(move || {
        if session.get().is_none() {
            go(Route::Login, Leave::Nothing);
        }
    });
    match session.get_untracked() {
        Some(session) => {
            let error = RwSignal::new(None);
            let wrong = Signal::derive(move || error.with(Option::is_some));
            let content = content(site, session, error).into_any();
            page_with_errors(site, desk().account.title, wrong, content)
        }
        None => ().into_any(),
    }
}

fn content(site: &Site, session: Session, error: RwSignal<Option<Error>>) -> impl IntoView {
    let t = &desk().account;
    let busy = RwSignal::new(false);
    let left = time_left(error.into());
    let server = session.homeserver.name.clone();
    let lead = filled(t.lead, &[("user", &session.user_id)]);
    let sessions = site.session;
    look(sessions, error);
    let sign_out = Callback::new(move |()| sign_out(sessions, error, busy));
    view! {
        {lead.line("lead")}
        <Problem error time_left=left server/>
        <div class="actions">
            <Button label=t.submit busy=Signal::derive(move || busy.get().then_some(t.submitting))
                blocked=false weight=Weight::Primary press=sign_out/>
        </div>
    }
}

/// Asks the server whether the session still stands.
fn look(sessions: SessionRuntime, error: RwSignal<Option<Error>>) {
    let Some(session) = sessions.get_untracked() else { return };
    spawn_local(async move {
        match net::send_as(&session, &WhoAmI).await {
            Ok(_) => {}
            Err(Error::SessionEnded) => sessions.ended_elsewhere(&session),
            Err(problem) => {
                error.try_set(Some(problem));
            }
        }
    });
}

fn sign_out(sessions: SessionRuntime, error: RwSignal<Option<Error>>, busy: RwSignal<bool>) {
    let Some(session) = sessions.get_untracked() else { return };
    error.set(None);
    busy.set(true);
    spawn_local(async move {
        match net::send_as(&session, &Logout).await {
            Ok(()) => sessions.end(),
            Err(problem) => {
                error.try_set(Some(problem));
            }
        }
        busy.try_set(false);
    });
}
