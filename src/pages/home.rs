//! `/`: what will happen, and the choice between a new password and signing in.

use crate::components::button::Weight;
use crate::components::page::page as show;
use crate::components::text::{checks, filled, link, link_button, plain, steps};
use crate::i18n::texts;
use crate::route::Route;
use crate::site::Site;
use leptos::prelude::*;

/// The page.
pub fn page(site: &Site) -> AnyView {
    let t = &texts().home;
    let blanks = [("server", site.homeserver.name.as_str())];
    let set = link_button(Weight::Primary, &site.href(Route::Reset), t.set_a_new_one);
    let sign_in = link_button(Weight::Secondary, &site.href(Route::Login), t.sign_in);
    let resume = link(&site.href(Route::ResetResume), texts().reset.resume);
    let content = view! {
        {plain(t.lead).line("lead")}
        {steps(&t.steps.map(|step| filled(step, &blanks)))}
        {set.and(sign_in).actions()}
        {plain(texts().reset.have_a_link).and(resume).line("hint")}
        <section class="notice">
            <h2>{t.before_title}</h2>
            {plain(t.before).line("")}
            {checks(&t.checks.map(plain))}
        </section>
        {filled(t.no_support, &blanks).line("hint")}
    };
    show(site, t.title, content)
}
