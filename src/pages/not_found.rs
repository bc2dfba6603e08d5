//! An address that is no page.

use crate::components::button::Weight;
use crate::components::page::page as show;
use crate::components::text::{link_button, plain};
use crate::i18n::{start, texts};
use crate::route::Route;
use crate::site::Site;
use leptos::prelude::*;

/// The page.
pub fn page(site: &Site) -> AnyView {
    let t = &start().not_found;
    let start = link_button(Weight::Primary, &site.href(Route::Home), texts().site.start);
    show(site, t.title, view! { {plain(t.lead).line("lead")} {start.actions()} })
}
