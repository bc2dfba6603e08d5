//! What is around every page.

use crate::browser::page;
use crate::components::language::Language;
use crate::components::page::HEADING;
use crate::components::text::{Html, changing_line, filled, link, link_to};
use crate::components::theme::Theme;
use crate::i18n::texts;
use crate::place;
use crate::route::Route;
use crate::site::Site;
use leptos::prelude::*;

/// The padlock of `icon.svg`, in the colours of the theme.
const MARK: &str = r#"<svg viewBox="0 0 32 32" aria-hidden="true"><rect width="32" height="32" rx="8"/><path d="M16 7a6 6 0 0 0-6 6v2H9v9h14v-9h-1v-2a6 6 0 0 0-6-6Zm-3.5 6a3.5 3.5 0 0 1 7 0v2h-7Z"/></svg>"#;

/// The site's name above a card; the way to help, the homeserver's name, the
/// operator's links and the switch of the theme below it.
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
    let links = &site.config.footer_links;
    let links = links.iter().fold(Html::default(), |links, link| links.and(link_to(link)));
    let help = link(&site.href_to(Route::Help, place::MAILBOX), t.no_mailbox)
        .and(link(&site.href(Route::Help), t.help));
    view! {
        <a class="skip" href="#title" on:click=skip>{t.skip}</a>
        <header class="brand">
            <a href=site.href(Route::Home)><span class="mark" inner_html=MARK></span>{site.brand().to_owned()}</a>
        </header>
        <main class="card">{children()}</main>
        <nav class="ways">{help.inline("links")}</nav>
        <footer class="foot">{server(&site)}{links.inline("links")}<Theme/><Language language=site.language/></footer>
    }
}

/// The homeserver's name, and the way to choose another one.
fn server(site: &Site) -> AnyView {
    let (t, site) = (&texts().site, site.clone());
    changing_line("server", move || {
        let name = filled(t.homeserver, &[("server", &site.server.get().name)]);
        Some(match site.config.is_locked {
            true => name,
            false => name.and(link(&site.href_to(Route::Home, place::HOMESERVER), t.change)),
        })
    })
}
