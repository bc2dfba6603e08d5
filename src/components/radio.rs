//! One of several answers to a question.

use leptos::prelude::*;

/// An answer, with the reason why one would choose it.
#[component]
pub fn Radio(
    /// Its `id`.
    id: &'static str,
    /// The question that it answers.
    group: &'static str,
    /// What it says.
    label: &'static str,
    /// Why one would choose it, where that is to be said.
    why: &'static str,
    /// Whether it is chosen.
    #[prop(into)]
    chosen: Signal<bool>,
    /// Somebody chose it.
    choose: Callback<()>,
) -> impl IntoView {
    let why_id = [id, "-why"].concat();
    view! {
        <div class="radio">
            <input
                id=id
                name=group
                type="radio"
                prop:checked=chosen
                on:change=move |_| choose.run(())
                aria-describedby=(!why.is_empty()).then(|| why_id.clone())
            />
            <label for=id>{label}</label>
            {(!why.is_empty()).then(|| view! { <p class="hint" id=why_id>{why}</p> })}
        </div>
    }
}
