//! A field with its label, its hint and what is wrong with it.

use crate::browser::page;
use leptos::prelude::*;

/// What goes into a field, in the words of HTML.
#[derive(Clone, Copy)]
pub struct Kind {
    /// `type`
    pub input: &'static str,
    /// `autocomplete`, by which browsers and password managers know a field.
    pub autocomplete: &'static str,
    /// `inputmode`: which keys a keyboard on a screen offers.
    pub keys: &'static str,
    /// `enterkeyhint`: what its largest key says, where it says anything.
    pub enter: Option<&'static str>,
}

impl Kind {
    const fn text(keys: &'static str, enter: Option<&'static str>) -> Self {
        Self { input: "text", autocomplete: "off", keys, enter }
    }

    const fn password(autocomplete: &'static str) -> Self {
        Self { input: "password", autocomplete, ..SECRET }
    }
}

/// An email address.
pub const EMAIL: Kind = Kind { input: "email", autocomplete: "email", keys: "email", enter: None };
/// A link that is pasted.
pub const LINK: Kind = Kind::text("url", Some("go"));
/// Words.
pub const TEXT: Kind = Kind::text("text", None);
/// A key that is checked here. It is shown, to be compared letter by letter, and
/// no browser keeps it.
pub const SECRET: Kind = Kind::text("text", Some("go"));
/// A homeserver.
pub const SERVER: Kind = Kind::text("url", Some("go"));
/// Whoever signs in, whose name may have `@` in it. Then comes the password.
pub const USERNAME: Kind = Kind { autocomplete: "username", ..Kind::text("email", Some("next")) };
/// The password one has.
pub const CURRENT_PASSWORD: Kind = Kind::password("current-password");
/// The password one wants.
pub const NEW_PASSWORD: Kind = Kind::password("new-password");
/// A password that no browser should offer or keep.
pub const OTHER_PASSWORD: Kind = Kind::password("off");

/// A field. What is typed stays in the browser's own input and is read from
/// there. No other copy of a password is kept.
#[component]
pub fn Field(
    /// Its `id` and `name`.
    id: &'static str,
    /// Its label.
    #[prop(into)]
    label: Signal<&'static str>,
    /// What goes into it.
    kind: Kind,
    /// What is wrong with it.
    #[prop(into)]
    problem: Signal<Option<String>>,
    /// What to know before typing.
    #[prop(optional, into)]
    hint: Signal<Option<String>>,
    /// What belongs to it.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let (hint_id, problem_id) = ([id, "-hint"].concat(), [id, "-problem"].concat());
    let described = {
        let (hint_id, problem_id) = (hint_id.clone(), problem_id.clone());
        move || match (hint.get().is_some(), problem.get().is_some()) {
            (false, false) => None,
            (true, false) => Some(hint_id.clone()),
            (false, true) => Some(problem_id.clone()),
            (true, true) => Some([&problem_id, " ", &hint_id].concat()),
        }
    };
    // Names, addresses and keys read from left to right in every language.
    let direction = if kind.enter.is_none() && kind.keys == "text" { "auto" } else { "ltr" };
    view! {
        <div class="field">
            <label for=id>{move || label.get()}</label>
            <input
                    id=id
                    name=id
                    type=kind.input
                    autocomplete=kind.autocomplete
                    inputmode=kind.keys
                    enterkeyhint=kind.enter
                    dir=direction
                    autocapitalize="off"
                    spellcheck="false"
                        aria-invalid=move || problem.get().map(|_| "true")
                    aria-describedby=described
                />
            <p class="problem" id=problem_id>{move || problem.get()}</p>
            <p class="hint" id=hint_id>{move || hint.get()}</p>
            {children.map(|children| children())}
        </div>
    }
}

/// Puts a text into a field, once the page is there.
pub fn prefill(id: &str, text: &str) {
    if let Some(input) = page::input(id) {
        input.set_value(text);
    }
}

/// What was typed into a field.
pub fn typed(id: &str) -> String {
    page::input(id).map(|input| input.value()).unwrap_or_default()
}
