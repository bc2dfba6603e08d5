//! The guide, with a picture of what to look for at each step.

use crate::components::button::Weight;
use crate::components::text::{filled, link_button, link_out, pictured_steps, plain};
use crate::i18n::{self, desk, fill};
use crate::matrix::WebLink;
use crate::matrix::auth_metadata::AuthMetadata;
use crate::recovery::ways::Told;
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
    let name = homeserver.name.clone();
    let steps = move || {
        if let Some(told) = server.told().filter(|told| told.is_mas()) {
            return on_own_page(&told, &name);
        }
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

/// The Matrix Authentication Service keeps the accounts: users set a new password
/// on its pages, and that ends no session there.
fn on_own_page(told: &Told, server: &str) -> AnyView {
    let t = &desk().help;
    let out = |page: Option<WebLink>, label: &str| {
        page.map(|page| link_out(page.as_str(), &fill(label, &[("host", page.host())])))
            .unwrap_or_default()
    };
    let metadata = told.oauth.as_ref().ok().and_then(Option::as_ref);
    let page = metadata.and_then(AuthMetadata::recovery_page);
    let own_page = filled(t.own_page, &[("server", server)]).and(out(page, t.to_own_page));
    let devices = plain(t.own_page_devices).and(out(told.devices_page(), t.to_devices));
    view! { {own_page.line("")} {devices.line("")} }.into_any()
}
