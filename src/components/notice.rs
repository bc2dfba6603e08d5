//! Something to know before going on.

use crate::i18n::{self, fill, texts};
use crate::matrix::Error;
use leptos::prelude::*;
use std::time::Duration;

/// Says what went wrong, at once and aloud. A wait counts down silently.
#[component]
pub fn Problem(
    /// What went wrong, if anything did.
    #[prop(into)]
    error: Signal<Option<Error>>,
    /// How long to wait, from [`time_left`](super::countdown::time_left).
    time_left: ReadSignal<Option<Duration>>,
    /// The homeserver's name.
    server: String,
) -> impl IntoView {
    let words = move || {
        let error = error.get()?;
        let waits = matches!(error, Error::RateLimited { wait: Some(_) });
        let text = match waits {
            true => waiting(time_left).into_any(),
            false => i18n::error(&error, &server).into_any(),
        };
        Some(view! {
            <div class="notice critical">
                <strong>{texts().errors.title}</strong>
                <p>{text}</p>
            </div>
        })
    };
    view! { <div role="alert">{words}</div> }
}

fn waiting(time_left: ReadSignal<Option<Duration>>) -> impl IntoView {
    let t = &texts().errors;
    move || match time_left.get() {
        Some(left) if left.is_zero() => t.rate_limited_over.into_any(),
        Some(left) => {
            let left = i18n::duration(left);
            let words = fill(t.rate_limited_for, &[("time", &left)]);
            view! { <span aria-live="off">{words}</span> }.into_any()
        }
        None => t.rate_limited.into_any(),
    }
}

/// Says something that is neither good nor bad news, politely.
#[component]
pub fn Status(
    /// What to say, if anything.
    #[prop(into)]
    text: Signal<Option<&'static str>>,
) -> impl IntoView {
    let words = move || text.get().map(|text| view! { <div class="notice">{text}</div> });
    view! { <div role="status">{words}</div> }
}
