//! What is wrong with a form.

use super::notice::Problem;
use super::page::SUMMARY;
use super::text::{Html, link};
use crate::browser::page;
use crate::i18n::texts;
use crate::matrix::Error;
use crate::runtime::effect::effect;
use leptos::ev::MouseEvent;
use leptos::prelude::*;
use std::time::Duration;
use web_sys::Element;

/// What may be wrong with a field, by its `id`.
pub type FieldProblem = (&'static str, Signal<Option<String>>);

/// Everything that is wrong with a form, above it. It takes the focus, and its
/// links lead to the fields.
#[component]
pub fn Summary(
    /// What is wrong with the fields: the same words are said beside them.
    fields: [FieldProblem; 2],
    /// What else went wrong.
    error: Signal<Option<Error>>,
    /// How long to wait, from [`time_left`](super::countdown::time_left).
    time_left: ReadSignal<Option<Duration>>,
    /// The homeserver's name.
    server: String,
) -> impl IntoView {
    effect(move || {
        if is_wrong(fields, error) {
            page::focus(SUMMARY);
        }
    });
    let links = move || {
        let links = fields
            .into_iter()
            .filter_map(|(id, words)| Some(link(&["#", id].concat(), &words.get()?).paragraph()));
        let links = links.fold(Html::default(), Html::and);
        (!links.is_empty()).then(|| {
            view! {
                <div class="notice critical" on:click=follow>
                    <h2>{texts().fields.check}</h2>
                    {links.block()}
                </div>
            }
        })
    };
    view! {
        <div class="summary" id=SUMMARY tabindex="-1">
            <div role="alert">{links}</div>
            <Problem error time_left server/>
        </div>
    }
}

/// A link to a field: followed as it is, it would be read against `<base>`.
fn follow(event: MouseEvent) {
    let href = event_target::<Element>(&event).get_attribute("href");
    if let Some(id) = href.as_deref().and_then(|href| href.strip_prefix('#')) {
        event.prevent_default();
        page::focus(id);
    }
}

/// Whether anything is wrong. Whoever asks is told when something was looked at
/// again, even if it is as wrong as before.
pub fn is_wrong(fields: [FieldProblem; 2], error: Signal<Option<Error>>) -> bool {
    // Not `any`: each has to be asked, so that each is listened to.
    let wrong = fields.map(|(_, words)| words.get().is_some());
    wrong.contains(&true) | error.get().is_some()
}
