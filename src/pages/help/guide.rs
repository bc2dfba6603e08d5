//! The guide, with a picture of what to look for at each step.

use crate::components::button::Weight;
use crate::components::text::{filled, link_button, pictured_steps};
use crate::i18n::desk;
use crate::route::Route;
use crate::site::Site;
use leptos::prelude::*;

/// The pictures in `public/help.svg`, in the order of the steps.
const PICTURES: [&str; 9] =
    ["sign-out", "start", "form", "inbox", "link", "confirm", "back", "done", "sign-in"];

/// The guide.
pub fn guide(site: &Site) -> AnyView {
    let t = &desk().help;
    let homeserver = site.homeserver();
    let blanks = [("server", homeserver.name.as_str())];
    let steps = t.guide.map(|step| filled(step, &blanks));
    let begin = link_button(Weight::Primary, &site.href(Route::Home), t.guide_start);
    view! {
        {pictured_steps(&steps, &PICTURES)}
        {begin.actions()}
    }
    .into_any()
}
