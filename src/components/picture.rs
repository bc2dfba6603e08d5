//! A picture for whoever would rather look than read.

use leptos::prelude::*;

/// A picture of `public/pictures.svg`, by its `id`. It only repeats what the
/// page says in words, so it is not read out.
pub fn picture(id: &str) -> AnyView {
    let svg = ["<svg aria-hidden=\"true\"><use href=\"pictures.svg#", id, "\"/></svg>"].concat();
    view! { <div class="picture" inner_html=svg></div> }.into_any()
}
