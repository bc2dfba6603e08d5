//! A text with its blanks filled in and set apart.

use crate::i18n::{Part, parts};
use leptos::prelude::*;

/// The text, with what is filled in made strong and kept in its own direction,
/// as a name or an address should be.
pub fn filled(text: &str, blanks: &[(&str, &str)]) -> AnyView {
    parts(text)
        .map(|part| match part {
            Part::Words(words) => words.to_owned().into_any(),
            Part::Blank(name) => {
                let known = blanks.iter().find(|(blank, _)| *blank == name);
                let value = known.map_or(String::new(), |(_, value)| (*value).to_owned());
                view! { <bdi class="name">{value}</bdi> }.into_any()
            }
        })
        .collect_view()
        .into_any()
}

/// A numbered list.
pub fn steps(items: Vec<AnyView>) -> AnyView {
    let items = items.into_iter().map(|item| view! { <li><span>{item}</span></li> }).collect_view();
    view! { <ol class="steps">{items}</ol> }.into_any()
}
