//! How hard a new password is to guess.

use leptos::prelude::*;

/// A help while one types, and no more: any password that the server takes may
/// be used. It speaks only when its verdict changes.
#[component]
pub fn Strength(
    /// The verdict, from [`i18n::strength`](crate::i18n::strength); nothing
    /// before anything was typed.
    verdict: RwSignal<Option<String>>,
) -> impl IntoView {
    view! { <div role="status" inner_html=move || verdict.get().unwrap_or_default()></div> }
}
