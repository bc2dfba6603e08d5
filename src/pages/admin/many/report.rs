//! The reports: what became of each row, and the passwords, each a file.

use crate::admin::csv;
use crate::admin::many::{Many, State};
use crate::browser::{address, file};
use crate::components::button::Weight;
use crate::i18n::{admin as texts, outcome};
use crate::route::Route;
use crate::runtime::admin::Desk;
use crate::secret::Secret;
use leptos::prelude::*;

/// What can be saved, and the ways on.
pub fn view(desk: Desk) -> AnyView {
    let t = &texts().many;
    let server = desk.server_name();
    let save = move || {
        let text = desk.many.with_untracked(|many| many.as_ref().map(|many| report(many, &server)));
        file::save("account-recovery-report.csv", &text.unwrap_or_default());
    };
    let open = desk.many.with_untracked(|many| many.as_ref().is_some_and(Many::has_open_rows));
    let is_signed_in = desk.session.get_untracked().is_some();
    let again = (open && is_signed_in).then(|| {
        super::button(t.again, Weight::Secondary, move || {
            let again = desk.many.with_untracked(|many| many.as_ref().map(Many::again));
            if let Some(again) = again {
                desk.begin_many(again);
            }
        })
    });
    let has_passwords = Memo::new(move |_| super::of(desk, Many::has_passwords) == Some(true));
    let passwords = move || has_passwords.get().then(|| passwords(desk));
    // A list of passwords that nobody has saved is not thrown away by the way.
    let new_list = move || {
        (!has_passwords.get())
            .then(|| super::button(t.new_list, Weight::Tertiary, move || desk.many.set(None)))
    };
    view! {
        {passwords}
        <div class="actions">
            {super::button(t.report, Weight::Secondary, save)}
            {again}
            {new_list}
        </div>
    }
    .into_any()
}

fn passwords(desk: Desk) -> AnyView {
    let t = &texts().many;
    let saved = RwSignal::new(false);
    let save = move || {
        let list = desk.many.with_untracked(|many| many.as_ref().map(list));
        if let Some(list) = list {
            file::save("account-recovery-passwords.csv", list.expose());
            saved.set(true);
        }
    };
    let forget = move || desk.with_many(Many::forget_passwords);
    let forget =
        move || saved.get().then(|| super::button(t.passwords_forget, Weight::Tertiary, forget));
    let words = move || if saved.get() { t.passwords_saved } else { t.passwords_kept };
    view! {
        <div class="notice critical">
            <p role="status">{words}</p>
            <div class="actions">
                {super::button(t.passwords_file, Weight::Primary, save)}
                {forget}
            </div>
        </div>
    }
    .into_any()
}

/// What became of each row. No secret is in it.
fn report(many: &Many, server: &str) -> String {
    let rows: Vec<_> = many
        .rows
        .iter()
        .map(|row| {
            let (word, why) = outcome(many.work, &row.state, &row.email, server);
            ((row.line as u64).to_string(), row.typed.as_str(), row.email.as_str(), word, why)
        })
        .collect();
    let rows = rows
        .iter()
        .map(|(line, typed, email, word, why)| vec![line.as_str(), typed, email, word, why]);
    csv::write([texts().many.headings.to_vec()].into_iter().chain(rows))
}

/// The passwords that were set, or may have been.
fn list(many: &Many) -> Secret {
    let place = [&address::site(), Route::Login.path()].concat();
    let set = many.rows.iter().filter(|row| matches!(row.state, State::Done(..) | State::Lost(_)));
    let rows = set.filter_map(|row| {
        let password = row.password.as_ref()?;
        Some(vec![row.typed.as_str(), password.expose(), place.as_str()])
    });
    let heading = texts().many.password_headings.to_vec();
    Secret::new(csv::write([heading].into_iter().chain(rows)))
}
