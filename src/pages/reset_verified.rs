//! `/reset/verified`: where the mail's tab lands after the homeserver confirmed
//! the address.

use crate::browser::address;
use crate::components::page::page as show;
use crate::components::picture::picture;
use crate::components::progress::{Stage, progress};
use crate::i18n::texts;
use crate::route::Route;
use crate::site::Site;
use leptos::prelude::*;

/// The page. What the homeserver added to the address is of no use to anybody
/// who looks over a shoulder or into the history, so it is taken out.
pub fn page(site: &Site) -> AnyView {
    address::take_fragment();
    let t = &texts().verified;
    let content = view! {
        {progress(Stage::Link)}
        {picture("two-tabs")}
        <p class="lead">{t.lead}</p>
        <p class="hint">
            {t.tab_gone}" "<a href=site.href(Route::Reset)>{t.start_again}</a>
        </p>
    };
    show(site, t.title, content)
}
