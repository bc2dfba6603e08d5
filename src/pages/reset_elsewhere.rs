//! `/reset`, where the homeserver has another way to a new password.

use super::reset::already_waiting;
use super::way;
use crate::components::page::page as show;
use crate::i18n::texts;
use crate::site::Site;
use leptos::prelude::*;

/// The page.
pub fn page(site: &Site) -> AnyView {
    let way = site.server.told_untracked().map(|told| way::elsewhere(site, told.way()));
    show(site, texts().reset.title, view! { {already_waiting(site)} {way} })
}
