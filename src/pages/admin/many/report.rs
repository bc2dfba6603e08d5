//! The reports: what became of each row, and the passwords, each a file.

use crate::admin::csv;
use crate::admin::many::{Many, PasswordAccess, Phase, State};
use crate::browser::{file, page};
use crate::components::button::Weight;
use crate::components::text::plain;
use crate::i18n::{admin, fill, many as texts, outcome};
use crate::route::Route;
use crate::runtime::admin::Desk;
use crate::runtime::effect::effect;
use crate::secret::Secret;
use leptos::prelude::*;

/// What can be saved, and the ways on.
pub fn view(desk: Desk) -> AnyView {
    let t = texts();
    let server = desk.server_name();
    let save = move || {
        let text = desk.many.with_untracked(|many| many.as_ref().map(|many| report(many, &server)));
        file::save("account-recovery-report.csv", &text.unwrap_or_default());
    };
    let has_passwords = Memo::new(move |_| super::of(desk, Many::has_passwords) == Some(true));
    let access = Memo::new(move |_| {
        let me = desk.administrator();
        super::of(desk, |many| many.password_access(me.as_ref()))
    });
    let passwords = move || {
        let access = access.get().filter(|_| has_passwords.get())?;
        Some(match access {
            PasswordAccess::Granted => passwords(desk),
            PasswordAccess::SignedOut => notice(&begun_by(desk, texts().passwords_signed_out)),
            PasswordAccess::AnotherAdministrator => of_another(desk),
        })
    };
    view! {
        {passwords}
        <div class="actions">
            {super::button(t.report, Weight::Secondary, save)}
            {ways_on(desk, has_passwords)}
        </div>
    }
    .into_any()
}

/// What was not done once more, or another list. Passwords that nobody has saved are not
/// thrown away by the way.
fn ways_on(desk: Desk, has_passwords: Memo<bool>) -> AnyView {
    let t = texts();
    let (phase, open) = desk.many.with_untracked(|many| {
        let many = many.as_ref();
        (many.map(|many| many.phase.clone()), many.is_some_and(Many::has_open_rows))
    });
    let is_over = phase == Some(Phase::Finished);
    let again = (is_over && open && desk.may_continue())
        .then(|| super::button(t.again, Weight::Secondary, move || desk.with_many(Many::again)));
    let label = if is_over { t.new_list } else { t.discard };
    let may_go = is_over || phase == Some(Phase::Ready);
    let leave = move || {
        if is_over {
            desk.draft.set(None);
        }
        desk.many.set(None);
    };
    let leave = move || {
        (may_go && !has_passwords.get()).then(|| super::button(label, Weight::Tertiary, leave))
    };
    view! { {again} {leave} }.into_any()
}

fn notice(words: &str) -> AnyView {
    plain(words).line("notice critical")
}

/// A text about the administrator who began the job.
fn begun_by(desk: Desk, text: &str) -> String {
    let user = super::of(desk, |many| many.begun_by.user_id.clone()).unwrap_or_default();
    fill(text, &[("user", &user)])
}

/// The passwords that another administrator set. They can be discarded, and not seen.
fn of_another(desk: Desk) -> AnyView {
    let t = texts();
    let (words, sure) =
        (begun_by(desk, t.passwords_another), begun_by(desk, t.passwords_discard_sure));
    let is_asked = RwSignal::new(false);
    let discard = move || match is_asked.get() {
        false => super::button(t.passwords_discard, Weight::Tertiary, move || is_asked.set(true)),
        true => {
            ask_to_forget(desk, is_asked, &sure, [t.passwords_discard_yes, t.passwords_discard_no])
        }
    };
    view! { <div class="notice critical"><p>{words}</p>{discard}</div> }.into_any()
}

fn passwords(desk: Desk) -> AnyView {
    let t = texts();
    let (saved, is_asked) = (RwSignal::new(false), RwSignal::new(false));
    let save = move || {
        let list = desk.many.with_untracked(|many| many.as_ref().map(|many| list(desk, many)));
        if let Some(list) = list {
            file::save("account-recovery-passwords.csv", list.expose());
            saved.set(true);
        }
    };
    let words = move || if saved.get() { t.passwords_saved } else { t.passwords_kept };
    let forget = move || match (saved.get(), is_asked.get()) {
        (false, _) => ().into_any(),
        (true, false) => {
            super::button(t.passwords_forget, Weight::Tertiary, move || is_asked.set(true))
        }
        (true, true) => {
            // Whether a file was really saved, only they can see.
            ask_to_forget(desk, is_asked, t.passwords_sure, [t.passwords_yes, admin().ask.no])
        }
    };
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

const QUESTION: &str = "passwords-question";

/// Asks whether the passwords are to be forgotten, with the words of both answers.
fn ask_to_forget(
    desk: Desk,
    is_asked: RwSignal<bool>,
    question: &str,
    [yes, no]: [&'static str; 2],
) -> AnyView {
    effect(|| page::focus(QUESTION));
    let forget = move || {
        page::focus(super::WORK);
        desk.with_many(Many::forget_passwords);
    };
    let keep = move || {
        page::focus(super::WORK);
        is_asked.set(false);
    };
    view! {
        <div id=QUESTION tabindex="-1" class="notice">
            <p>{question.to_owned()}</p>
            <div class="actions">
                {super::button(yes, Weight::Secondary, forget)}
                {super::button(no, Weight::Tertiary, keep)}
            </div>
        </div>
    }
    .into_any()
}

/// The columns of the files. They are for programs too, so they are the same in each
/// language.
const COLUMNS: [&str; 5] = ["matrix_id", "email", "result", "reason", "line"];
const PASSWORD_COLUMNS: [&str; 4] = ["matrix_id", "password", "result", "sign_in_at"];

/// What became of each row, or would. No secret is in it. It can be used as a list again.
fn report(many: &Many, server: &str) -> String {
    let rows: Vec<_> = many
        .rows
        .iter()
        .map(|row| {
            let (word, why) = outcome(many.work, &row.state, &row.email, server);
            ((row.line as u64).to_string(), row.typed.as_str(), row.email.as_str(), word, why)
        })
        .collect();
    let rows = rows.iter().map(|(line, typed, email, word, why)| {
        vec![*typed, email, word, why.as_str(), line.as_str()]
    });
    csv::write([COLUMNS.to_vec()].into_iter().chain(rows))
}

/// The passwords that were set, or may have been.
fn list(desk: Desk, many: &Many) -> Secret {
    let place = desk.link_for(Route::Login, "");
    let states = &texts().states;
    let rows = many.rows.iter().filter(|row| row.state.may_be_done()).filter_map(|row| {
        let password = row.password.as_ref()?;
        let is_done = matches!(row.state, State::Done(_));
        let result = if is_done { states.done } else { states.lost };
        Some(vec![row.typed.as_str(), password.expose(), result, place.as_str()])
    });
    Secret::new(csv::write([PASSWORD_COLUMNS.to_vec()].into_iter().chain(rows)))
}
