//! What is around every page.

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
    let server = fill(t.homeserver, &[("server", &site.homeserver.name)]);
    view! {
        <a class="skip" href="#title">{t.skip}</a>
        <header class="brand"><a href=site.href(Route::Home)>{site.brand.to_string()}</a></header>
        <main class="card">{children()}</main>
        <footer class="server">{server}</footer>
    }
}
