//! A page: its heading, its title, its focus.

use crate::browser::{address, page};
use crate::i18n::{fill, texts};
use crate::runtime::effect::effect;
use crate::site::Site;
use leptos::prelude::*;

/// Where the focus goes when a page opens.
pub const HEADING: &str = "title";

/// Where it goes when something is wrong with a form.
pub const SUMMARY: &str = "summary";

/// A page with its heading, which takes the focus so that a screen reader says
/// where one is.
pub fn page(site: &Site, title: &'static str, content: impl IntoView) -> AnyView {
    page_with_errors(site, title, Signal::derive(|| false), content.into_any())
}

/// A page on which something may be wrong: the title of the window then says so
/// first.
pub fn page_with_errors(
    site: &Site,
    title: &'static str,
    wrong: Signal<bool>,
    content: AnyView,
) -> AnyView {
    let full = [title, " – ", site.brand()].concat();
    effect(move || match wrong.get() {
        true => page::set_title(&fill(texts().site.wrong, &[("title", &full)])),
        false => page::set_title(&full),
    });
    bare_page(title, content)
}

/// A page whose title of the window is its own matter: the site may have no name yet.
pub fn bare_page(title: &'static str, content: AnyView) -> AnyView {
    effect(|| {
        // Whoever types goes on typing. What is wrong with a form comes first, also where it
        // opens with that.
        let is_typing = page::arrive();
        match page::says_something(SUMMARY) {
            _ if is_typing => {}
            true => page::focus(SUMMARY),
            false => {
                page::focus(HEADING);
                page::go_to_place(address::fragment());
            }
        }
    });
    view! {
        <h1 id=HEADING tabindex="-1">{title}</h1>
        {content}
    }
    .into_any()
}
