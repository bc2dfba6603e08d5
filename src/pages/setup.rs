//! When `config.json` or its homeserver is wrong: said on the page, with what
//! to do about it.

use crate::browser::{address, page};
use crate::components::button::{Button, Weight};
use crate::components::page::bare_page;
use crate::components::text::plain;
use crate::config::ConfigProblem;
use crate::i18n::{self, fill, texts};
use crate::runtime::setup::SetupProblem;
use leptos::prelude::*;

/// The page.
pub fn page(problem: SetupProblem) -> AnyView {
    let t = &texts().setup;
    let (title, what, who) = match problem {
        SetupProblem::Config(problem) => (t.title, config_words(&problem), t.operator),
        SetupProblem::Loading(error) => {
            let host = address::host();
            (t.loading_title, i18n::error(&error, &host), "")
        }
        SetupProblem::Server { name, error } => {
            let found = fill(t.not_found_at, &[("server", &name)]);
            (t.server_title, [found, i18n::error(&error, &name)].join(" "), "")
        }
    };
    page::set_title(title);
    let again = Callback::new(|()| address::reload());
    let content = view! {
        {plain(&what).line("lead")}
        {plain(who).line("")}
        <div class="actions">
            <Button label=texts().site.try_again busy=None blocked=false weight=Weight::Primary press=again/>
        </div>
    };
    view! { <main class="card">{bare_page(title, content.into_any())}</main> }.into_any()
}

fn config_words(problem: &ConfigProblem) -> String {
    let t = &texts().setup;
    match problem {
        ConfigProblem::Missing => t.config_missing.to_owned(),
        ConfigProblem::NotJson => t.config_not_json.to_owned(),
        ConfigProblem::NoServer => t.config_no_server.to_owned(),
        ConfigProblem::Wrong(key) => fill(t.config_wrong, &[("key", key)]),
    }
}
