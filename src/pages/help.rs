//! `/help`
use crate::components::page::page as show;
use crate::i18n::desk;
use crate::site::Site;
use leptos::prelude::*;

/// The page.
pub fn page(site: &Site) -> AnyView {
    show(site, desk().help.title, ())
}
