//! `/`: what will happen, and the choice between a new password and signing in.

use crate::components::button::Weight;
use crate::components::page::page as show;
use crate::components::text::{filled, steps};
use crate::i18n::texts;
use crate::route::Route;
use crate::site::Site;
use leptos::prelude::*;

/// The page.
pub fn page(site: &Site) -> AnyView {
    let t = &texts().home;
    let blanks = [("server", site.homeserver.name.as_str())];
    let what_happens = t.steps.map(|step| filled(step, &blanks));
    let checks = t.checks.map(|check| view! { <li>{check}</li> });
    let content = view! {
        <p class="lead">{t.lead}</p>
        {steps(what_happens.into())}
        <div class="actions">
            <a class=Weight::Primary.class() href=site.href(Route::Reset)>{t.set_a_new_one}</a>
            <a class=Weight::Secondary.class() href=site.href(Route::Login)>{t.sign_in}</a>
        </div>
        <section class="notice">
            <h2>{t.before_title}</h2>
            <p>{t.before}</p>
            <ul class="checks">{checks.collect_view()}</ul>
        </section>
        <p class="hint">{filled(t.no_support, &blanks)}</p>
    };
    show(site, t.title, content)
}
