//! What is around every page.

use crate::browser::page;
use crate::components::page::HEADING;
use crate::i18n::{fill, texts};
use crate::route::Route;
use crate::site::Site;
use leptos::prelude::*;

/// The site's name above a card, and the homeserver's name below it.
#[component]
pub fn Layout(
    /// The site.
    site: Site,
    /// The page.
    children: Children,
) -> impl IntoView {
    let t = &texts().site;
    // Followed as it is, the link would lead to the site's start: an address
    // that begins with # is read against <base>.
    let skip = |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        page::focus(HEADING);
    };
    let server = fill(t.homeserver, &[("server", &site.homeserver.name)]);
    view! {
        <a class="skip" href="#title" on:click=skip>{t.skip}</a>
        <header class="brand"><a href=site.href(Route::Home)>{site.brand.to_string()}</a></header>
        <main class="card">{children()}</main>
        <footer class="server">{server}</footer>
    }
}
