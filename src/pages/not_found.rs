//! An address that is no page.

use crate::components::button::Weight;
use crate::components::page::page as show;
use crate::i18n::texts;
use crate::route::Route;
use crate::site::Site;
use leptos::prelude::*;

/// The page.
pub fn page(site: &Site) -> AnyView {
    let t = &texts().not_found;
    let content = view! {
        <p class="lead">{t.lead}</p>
        <div class="actions">
            <a class=Weight::Primary.class() href=site.href(Route::Home)>{texts().site.start}</a>
        </div>
    };
    show(site, t.title, content)
}
