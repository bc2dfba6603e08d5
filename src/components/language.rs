//! The switch between languages.

use crate::browser::{language as shown, page};
use crate::i18n::{self, LANGUAGES, texts};
use crate::matrix::Error;
use crate::runtime::language::{LanguageRuntime, SWITCH};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Lets a person choose a language, each by its own name. Nothing where there is only one.
#[component]
pub fn Language(
    /// The language of the tab.
    language: LanguageRuntime,
) -> impl IntoView {
    shown::folder()?;
    let code = shown::code();
    let options = LANGUAGES.map(|(name, words, _)| {
        let selected = if name == code { "\" selected>" } else { "\">" };
        ["<option value=\"", name, "\" lang=\"", name, selected, words, "</option>"].concat()
    });
    let failed = RwSignal::new(false);
    let choose = move |event| {
        let wanted = event_target_value(&event);
        spawn_local(async move {
            let is_done = language.choose(wanted).await;
            let _ = failed.try_set(!is_done);
            if !is_done {
                page::select(SWITCH, &shown::code());
            }
        });
    };
    let problem = move || failed.get().then(|| i18n::error(&Error::NotLoaded, ""));
    Some(view! {
        <label class="theme">
            {texts().site.language}" "
            <select id=SWITCH autocomplete="off" on:change=choose inner_html=options.concat()></select>
        </label>
        <span role="status">{problem}</span>
    })
}
