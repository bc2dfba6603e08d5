//! A form.

use leptos::ev;
use leptos::prelude::*;

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
        submit();
    };
    view! {
        <form method="post" novalidate on:submit=submit on:input=move |_| typing()>{content}</form>
    }
    .into_any()
}
