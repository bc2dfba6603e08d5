//! A password, which can be shown.

use super::field::{Field, Kind};
use crate::browser::page;
use crate::i18n::texts;
use crate::runtime::effect::effect;
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::KeyboardEvent;

/// A field for a password. It is typed once: whoever is not sure shows it.
#[component]
pub fn Password(
    /// Its `id` and `name`.
    id: &'static str,
    /// Its label.
    label: &'static str,
    /// What goes into it.
    kind: Kind,
    /// Whether it is shown. Whoever sends it hides it again.
    shown: RwSignal<bool>,
    /// What is wrong with it.
    problem: Signal<Option<String>>,
    /// What to know before typing.
    #[prop(optional, into)]
    hint: Signal<Option<String>>,
    /// What belongs to it.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let t = &texts().fields;
    let caps_lock = RwSignal::new(false);
    effect(move || {
        if let (shown, Some(input)) = (shown.get(), page::input(id)) {
            input.set_type(if shown { "text" } else { "password" });
        }
    });
    let show = move |_| shown.update(|shown| *shown = !*shown);
    let notice = move || caps_lock.get().then(|| view! { <p class="hint">{t.caps_lock}</p> });
    let look = move |event| caps_lock.set(has_caps_lock(event));
    view! {
        <div on:keyup=look on:focusout=move |_| caps_lock.set(false)>
            <Field id label kind problem hint>
                <button type="button" class="reveal" on:click=show>
                    {move || if shown.get() { t.hide } else { t.show }}
                </button>
                <div role="status">{notice}</div>
                {children.map(|children| children())}
            </Field>
        </div>
    }
}

/// What fills a form in may send events that only look like keys.
fn has_caps_lock(event: ev::KeyboardEvent) -> bool {
    let event = JsValue::from(event).dyn_into::<KeyboardEvent>();
    event.is_ok_and(|key| key.get_modifier_state("CapsLock"))
}
