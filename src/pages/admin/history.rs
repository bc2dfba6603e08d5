//! What was done, to be saved.

use crate::admin::log;
use crate::browser::{clock, file};
use crate::components::button::{Button, Weight};
use crate::components::text::{Html, filled, plain};
use crate::i18n::{action, admin as texts};
use crate::runtime::admin::Desk;
use leptos::prelude::*;

/// The list, newest first, and the file. There is nothing where nothing was done.
pub fn view(desk: Desk) -> AnyView {
    let content = move || {
        let t = &texts().log;
        desk.log.with(|log| {
            if log.is_empty() {
                return None;
            }
            const SHOWN: usize = 50;
            let line = |entry: &log::Entry| {
                let time = plain(&clock::time_of_day(entry.time));
                let whom = filled("{user}", &[("user", &entry.whom)]);
                let what = plain(&[action(entry.action), ": ", &entry.result].concat());
                time.and(whom).and(what).paragraph()
            };
            let lines = log.iter().rev().take(SHOWN).map(line).fold(Html::default(), Html::and);
            let title = [t.title, " (", &(log.len() as u64).to_string(), ")"].concat();
            let save = Callback::new(move |()| save(desk));
            Some(view! {
                <details class="log">
                    <summary>{title}</summary>
                    {lines.block()}
                    <div class="actions">
                        <Button label=t.save busy=None blocked=false weight=Weight::Secondary
                            press=save/>
                    </div>
                </details>
            })
        })
    };
    content.into_any()
}

fn save(desk: Desk) {
    let text = desk.log.with_untracked(|log| log::file(log, clock::iso, action));
    file::save("account-recovery-log.csv", &text);
}
