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

/// An answer to a question of [`either`].
#[derive(Clone, Copy)]
pub struct Answer {
    /// Its `id`.
    pub id: &'static str,
    /// What it says.
    pub label: &'static str,
    /// Why one would choose it, where that is to be said.
    pub why: &'static str,
    /// Whether it says yes.
    pub is_yes: bool,
}

/// A question with two answers, one of which says yes.
pub fn either(
    question: &'static str,
    group: &'static str,
    [first, second]: [Answer; 2],
    yes: RwSignal<bool>,
) -> AnyView {
    view! {
        <fieldset>
            <legend>{question}</legend>
            {answer(group, first, yes)}
            {answer(group, second, yes)}
        </fieldset>
    }
    .into_any()
}

fn answer(group: &'static str, answer: Answer, yes: RwSignal<bool>) -> AnyView {
    let Answer { id, label, why, is_yes } = answer;
    let chosen = Signal::derive(move || yes.get() == is_yes);
    let choose = Callback::new(move |()| yes.set(is_yes));
    view! { <Radio id group label why chosen choose/> }.into_any()
}
