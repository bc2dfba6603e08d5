//! A form.

use leptos::ev;
use leptos::prelude::*;
use web_sys::Element;

/// A form that is sent by `submit` and nothing else: the browser itself never
/// does. `typing` is called whenever somebody types into one of its fields.
pub fn form(
    submit: impl Fn() + 'static,
    typing: impl Fn() + 'static,
    content: impl IntoView + 'static,
) -> AnyView {
    erased(Box::new(submit), Box::new(typing), content.into_any())
}

fn erased(submit: Box<dyn Fn()>, typing: Box<dyn Fn()>, content: AnyView) -> AnyView {
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        // Enter in a field would get past a button that cannot be pressed.
        let off = event_target::<Element>(&event).query_selector("[type=submit][aria-disabled]");
        if !matches!(off, Ok(Some(_))) {
            submit();
        }
    };
    view! {
        <form method="post" novalidate on:submit=submit on:input=move |_| typing()>{content}</form>
    }
    .into_any()
}
