//! `/admin`: an administrator signs in, once it is known that the Admin API can be
//! reached.

// Something that is done to an account, with the questions before it.
mod act;
// A new account.
mod create;
// Dendrite, which has one thing to offer.
mod dendrite;
// What is around every page of somebody who is signed in.
mod frame;
// What was done, to be saved.
mod history;
// `/admin/many`
pub mod many;
// A new password for somebody else.
mod password;
// Why the Admin API cannot be reached, and what to do.
mod reach;
// What is handed over.
pub mod sheet;
// Signing in.
mod sign_in;
// `/admin/user`
pub mod user;
// `/admin/users`
pub mod users;

use crate::admin::reach::Reach;
use crate::components::page::page_with_errors;
use crate::components::text::{filled, link, link_out};
use crate::i18n::{self, admin as texts};
use crate::matrix::Homeserver;
use crate::pages::help::SERVER_ADMIN;
use crate::route::Route;
use crate::runtime::admin::{Desk, reach as ask};
use crate::runtime::effect::effect;
use crate::site::Site;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

/// What these pages look like; nobody else downloads it.
pub const STYLE: &str = "admin.css";

/// The page. Whoever is signed in already goes to the accounts, or to where they
/// wanted to go.
pub fn page(site: &Site) -> AnyView {
    let desk = Desk::here();
    let here = site.clone();
    effect(move || {
        if desk.session.get().is_some() {
            let wanted = desk.wanted.try_update_untracked(Option::take).flatten();
            let (route, place) = wanted.unwrap_or((Route::AdminUsers, String::new()));
            here.go_to_place(route, &place);
        }
    });
    // Whoever comes back finds what was found, unless it is another homeserver.
    let homeserver = site.homeserver();
    let known = desk.reach.with_untracked(|reach| {
        reach.as_ref().is_some_and(|(at, reach)| {
            *at == homeserver.base_url && matches!(reach, Reach::Open(_))
        })
    });
    if !known {
        look(desk, homeserver.clone());
    }
    let form = sign_in::Form::new(site);
    let wrong = Signal::derive(move || form.is_wrong());
    page_with_errors(site, texts().title, wrong, content(site, desk, form, homeserver))
}

/// Asks whether the Admin API is there.
fn look(desk: Desk, homeserver: Arc<Homeserver>) {
    desk.reach.set(None);
    spawn_local(async move {
        let reach = ask::reach(&homeserver.base_url).await;
        desk.reach.try_set(Some((homeserver.base_url.clone(), reach)));
    });
}

fn content(site: &Site, desk: Desk, form: sign_in::Form, homeserver: Arc<Homeserver>) -> AnyView {
    let t = texts();
    let server = [("server", homeserver.name.as_str())];
    let panel = link_out(SERVER_ADMIN, t.control_panel);
    let found = {
        let (site, homeserver) = (site.clone(), homeserver.clone());
        move || match desk.reach.get() {
            None => filled(t.reach.asking, &[("server", &homeserver.name)]).line("loading"),
            Some((_, Reach::Open(software))) => sign_in::view(&site, desk, software, form),
            Some((_, reach)) => {
                let asked = homeserver.clone();
                let again = Callback::new(move |()| look(desk, asked.clone()));
                reach::view(&site, &homeserver, &reach, again)
            }
        }
    };
    let unsaved = desk.many.with_untracked(|many| {
        let many = many.as_ref().filter(|many| many.has_passwords());
        many.map(|many| many.begun_by.user_id.clone())
    });
    let unsaved = unsaved.map(|user| {
        let there = link(&site.href(Route::AdminMany), t.frame.many);
        let words = filled(i18n::many().passwords_signed_out, &[("user", &user)]);
        words.and(there).line("notice critical")
    });
    let rest = view! {
        {filled(t.lead, &server).line("lead")}
        {unsaved}
        <div role="status">{form.notice(desk)}</div>
        {found}
        {history::view(desk)}
        {filled(t.hosted, &server).and(panel).line("hint")}
    };
    // A password may come that was on its way when the session ended.
    view! { <link rel="stylesheet" href=STYLE/> {sheet::before(desk, rest.into_any())} }.into_any()
}
