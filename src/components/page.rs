//! A page: its heading, its title, its focus.

use crate::browser::page;
use crate::site::Site;
use leptos::prelude::*;

/// Where the focus goes when a page opens.
pub const HEADING: &str = "title";

/// A page with its heading, which takes the focus so that a screen reader says
/// where one is.
pub fn page(site: &Site, title: &'static str, content: impl IntoView) -> AnyView {
    page::set_title(&[title, " – ", &site.brand].concat());
    bare_page(title, content.into_any())
}

/// A page of a site that is not set up.
pub fn bare_page(title: &'static str, content: AnyView) -> AnyView {
    Effect::new(|_| page::focus(HEADING));
    view! {
        <h1 id=HEADING tabindex="-1">{title}</h1>
        {content}
    }
    .into_any()
}
