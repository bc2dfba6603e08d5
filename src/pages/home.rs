//! `/`: what the homeserver can do, and the choice between a new password and
//! signing in.

use super::reset::already_waiting;
use super::{picker, way};
use crate::components::button::Weight;
use crate::components::page::page as show;
use crate::components::text::{checks, filled, link, link_button, plain, steps};
use crate::i18n::{start, texts};
use crate::place;
use crate::recovery::ways::Way;
use crate::route::Route;
use crate::runtime::server::ServerRuntime;
use crate::site::Site;
use leptos::prelude::*;

/// The page.
pub fn page(site: &Site) -> AnyView {
    site.server.ask();
    let t = &start().home;
    let (server, card) = (site.server, site.clone());
    let what = move || match server.way() {
        Some(way) if !way.is_here() => way::elsewhere(&card, way),
        way => here(&card, way.as_ref()),
    };
    let site_server = site.server;
    let content = view! {
        {plain(t.lead).line("lead")}
        {already_waiting(site)}
        <section class="way" aria-live="polite">{what}</section>
        {another(site)}
        <section class="notice">
            <h2>{texts().reset.still_signed_in}</h2>
            {move || before(site_server)}
            {checks(&t.checks.map(plain))}
            {link(&site.href(Route::Check), texts().reset.look_there).line("")}
        </section>
        {plain(t.no_support).line("hint")}
    };
    show(site, t.title, content)
}

/// What a new password does to devices. The Matrix Authentication Service signs
/// none of them out.
fn before(server: ServerRuntime) -> AnyView {
    let is_mas = server.told().is_some_and(|told| told.is_mas());
    plain(if is_mas { start().ways.before_mas } else { start().home.before }).line("")
}

/// A new password can be set here, as far as is known.
fn here(site: &Site, way: Option<&Way>) -> AnyView {
    let t = &start().home;
    let homeserver = site.homeserver();
    let blanks = [("server", homeserver.name.as_str())];
    let set = link_button(Weight::Primary, &site.href(Route::Reset), t.set_a_new_one);
    let sign_in = link_button(Weight::Secondary, &site.href(Route::Login), t.sign_in);
    let resume = link(&site.href(Route::ResetResume), texts().reset.resume);
    let is_sure = matches!(way, None | Some(Way::Email { sends_mail: true, .. }));
    let if_it_can = (!is_sure).then(|| plain(start().ways.if_it_can).line(""));
    view! {
        {way::sentence(site, way)}
        {if_it_can}
        {steps(&t.steps.map(|step| filled(step, &blanks)))}
        {set.and(sign_in).actions()}
        {plain(texts().reset.have_a_link).and(resume).line("hint")}
    }
    .into_any()
}

/// The choice of another homeserver, where the operator allows one.
fn another(site: &Site) -> Option<AnyView> {
    let chooser = site.clone();
    let which = link(&site.href_to(Route::Help, place::WHICH), start().server.which);
    (!site.config.is_locked).then(|| {
        view! {
            <details id=place::HOMESERVER>
                <summary>{start().server.other}</summary>
                {picker::picker(move |homeserver| chooser.choose(homeserver))}
                {which.line("hint")}
            </details>
        }
        .into_any()
    })
}
