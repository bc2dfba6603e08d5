//! When `config.json` or its homeserver is wrong: said on the page, with what
//! to do about it.

use super::picker;
use crate::browser::{address, page};
use crate::components::button::{Button, Weight};
use crate::components::page::bare_page;
use crate::components::text::plain;
use crate::config::ConfigProblem;
use crate::i18n::{self, fill, start, texts};
use crate::matrix::Homeserver;
use crate::runtime::server;
use crate::runtime::setup::SetupProblem;
use leptos::prelude::*;

/// The page.
pub fn page(problem: &SetupProblem) -> AnyView {
    let t = &start().setup;
    let mut choice = None;
    let (title, what, who) = match problem {
        SetupProblem::Config(problem) => (t.title, config_words(problem), t.operator.to_owned()),
        SetupProblem::Loading(error) => {
            let host = address::host();
            (t.loading_title, i18n::error(error, &host), String::new())
        }
        SetupProblem::Server { name, problem, may_choose } => {
            let found = fill(t.not_found_at, &[("server", name)]);
            choice = may_choose.then(|| picker::picker(choose));
            let who = fill(t.server_operator, &[("server", name)]);
            (t.server_title, [found, i18n::not_found(problem)].join(" "), who)
        }
    };
    page::set_title(title);
    let again = Callback::new(|()| address::reload());
    let content = view! {
        {plain(&what).line("lead")}
        {plain(&who).line("")}
        <div class="actions">
            <Button label=texts().site.try_again busy=None blocked=false weight=Weight::Primary press=again/>
        </div>
        {choice}
    };
    view! { <main class="card">{bare_page(title, content.into_any())}</main> }.into_any()
}

/// Another homeserver will do too.
fn choose(homeserver: Homeserver) {
    server::keep(&homeserver);
    address::reload();
}

fn config_words(problem: &ConfigProblem) -> String {
    let t = &start().setup;
    match problem {
        ConfigProblem::Missing => t.config_missing.to_owned(),
        ConfigProblem::NotJson => t.config_not_json.to_owned(),
        ConfigProblem::NoServer => t.config_no_server.to_owned(),
        ConfigProblem::Wrong(keys) => fill(t.config_wrong, &[("keys", &i18n::list(keys))]),
    }
}
