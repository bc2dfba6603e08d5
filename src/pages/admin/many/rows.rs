//! Row by row. What needs somebody comes first.

use crate::admin::many::{Many, Phase, Row, State};
use crate::components::text::{Html, filled, plain};
use crate::i18n::{self, counted, fill, many as texts, outcome};
use crate::runtime::admin::Desk;
use leptos::prelude::*;

/// More than these are in the report.
const SHOWN: usize = 100;

/// The list. While it is being done, only what went wrong is in it: whoever waits
/// watches the counts.
pub fn view(desk: Desk) -> AnyView {
    let server = desk.server_name();
    let list = move || super::of(desk, |many| list(many, &server));
    view! { <h3 class="rows-title">{texts().rows}</h3> {list} }.into_any()
}

fn list(many: &Many, server: &str) -> AnyView {
    let t = texts();
    let settled = matches!(many.phase, Phase::Ready | Phase::Finished);
    let is_wrong =
        |row: &&Row| matches!(row.state, State::Refused(_) | State::Lost(_) | State::NotTried);
    let wrong = many.rows.iter().filter(is_wrong);
    let right = many.rows.iter().filter(|row| settled && !is_wrong(row));
    let shown: Vec<_> = wrong.chain(right).collect();
    let html = shown.iter().take(SHOWN).map(|row| line(many, row, server));
    let html = html.fold(Html::default(), Html::and);
    let more = shown.len().saturating_sub(SHOWN);
    let more = (more > 0).then(|| plain(&counted(&t.more_rows, more as u64, &[])).line("hint"));
    view! { <div class="rows">{html.block()}</div> {more} }.into_any()
}

fn line(many: &Many, row: &Row, server: &str) -> Html {
    let t = texts();
    let number = fill(t.row, &[("line", &i18n::number(row.line as u64))]);
    let (word, why) = outcome(many.work, &row.state, &row.email, server);
    let head = [&number, ": "].concat();
    let what = plain(&[word, if why.is_empty() { "" } else { " – " }, &why].concat());
    plain(&head).and(filled("{user}", &[("user", &row.typed)])).and(what).paragraph()
}
