//! The guide, with a picture of what to look for at each step.

use crate::components::button::Weight;
use crate::components::text::{filled, link_button, pictured_steps, plain};
use crate::i18n::{self, desk};
use crate::route::Route;
use crate::site::Site;
use leptos::prelude::*;

/// The pictures in `public/help.svg`, in the order of the steps.
const PICTURES: [&str; 9] =
    ["sign-out", "start", "form", "inbox", "link", "confirm", "back", "done", "sign-in"];

/// Which of them shows how the email is confirmed.
const CONFIRM: usize = 5;

/// The guide.
pub fn guide(site: &Site) -> AnyView {
    let t = &desk().help;
    let homeserver = site.homeserver();
    let blanks = [("server", homeserver.name.as_str())];
    let steps = t.guide.map(|step| filled(step, &blanks));
    let begin = link_button(Weight::Primary, &site.href(Route::Home), t.guide_start);
    // How the email is confirmed depends on the homeserver.
    let server = site.server;
    server.ask();
    let steps = move || {
        let mut steps = steps.to_vec();
        let confirm = plain(i18n::how_to_confirm(server.implementation()));
        steps.insert(CONFIRM.min(steps.len()), confirm);
        pictured_steps(&steps, &PICTURES)
    };
    view! {
        {steps}
        {begin.actions()}
    }
    .into_any()
}
