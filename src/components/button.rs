//! A button that says what it is doing.

use leptos::prelude::*;

/// How much a button weighs on its page.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// What most people want here.
    Primary,
    /// What some want.
    Secondary,
    /// A way out.
    Tertiary,
}

impl Weight {
    /// The classes of a button, or of a link that looks like one.
    pub const fn class(self) -> &'static str {
        match self {
            Self::Primary => "button primary",
            Self::Secondary => "button secondary",
            Self::Tertiary => "button tertiary",
        }
    }
}

/// A button. While it is busy it says so. It keeps its place in the order of
/// the page while it cannot be pressed, so that the focus is not lost.
#[component]
pub fn Button(
    /// What it says.
    label: &'static str,
    /// What it says while it is busy; nothing while it is not.
    #[prop(into)]
    busy: Signal<Option<&'static str>>,
    /// Whether it cannot be pressed for another reason.
    #[prop(into)]
    blocked: Signal<bool>,
    /// How much it weighs.
    weight: Weight,
    /// What it does. Without it, the button sends the form that it is in.
    #[prop(optional)]
    press: Option<Callback<()>>,
) -> impl IntoView {
    let off = move || busy.get().is_some() || blocked.get();
    let on_click = move |_| {
        if let (Some(press), false) = (press, off()) {
            press.run(());
        }
    };
    view! {
        <button
            type=if press.is_some() { "button" } else { "submit" }
            class=weight.class()
            aria-disabled=move || off().then_some("true")
            on:click=on_click
        >
            {move || busy.get().unwrap_or(label)}
        </button>
    }
}
