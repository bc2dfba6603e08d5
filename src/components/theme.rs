//! The switch between light and dark.

use crate::browser::theme;
use crate::i18n::texts;
use leptos::prelude::*;

/// Lets a person choose how the site looks, in the names of `theme.js`.
#[component]
pub fn Theme() -> impl IntoView {
    let t = &texts().themes;
    let chosen = theme::chosen();
    let themes = [
        (theme::DEVICE, t.device),
        ("", t.light),
        ("dark", t.dark),
        ("high-contrast", t.light_high_contrast),
        ("dark high-contrast", t.dark_high_contrast),
    ];
    let options = themes.map(|(name, words)| {
        let selected = if name == chosen { "\" selected>" } else { "\">" };
        ["<option value=\"", name, selected, words, "</option>"].concat()
    });
    let choose = move |event| theme::choose(&event_target_value(&event));
    view! {
        <label class="theme">
            {t.label} <select id="theme" on:change=choose inner_html=options.concat()></select>
        </label>
    }
}
