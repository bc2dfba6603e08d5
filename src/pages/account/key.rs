//! Whether somebody has their key. What is typed stays in this browser.

use super::Account;
use crate::browser::page;
use crate::components::button::{Button, Weight};
use crate::components::countdown::time_left;
use crate::components::field::{self, Field, SECRET};
use crate::components::form::form as form_of;
use crate::components::notice::Problem;
use crate::components::text::{Html, plain};
use crate::encryption::{KeyAnswer, Tried, Unproven, check_key};
use crate::i18n::{self, fill};
use crate::matrix::Error;
use crate::runtime::crypto::Browser;
use crate::runtime::evidence::lock;
use crate::secret::Secret;
use leptos::prelude::*;
use leptos::task::spawn_local;

const FIELD: &str = "recovery-key";

/// A key that is being checked.
#[derive(Clone, Copy)]
struct Check {
    account: Account,
    problem: RwSignal<Option<String>>,
    error: RwSignal<Option<Error>>,
    busy: RwSignal<bool>,
}

/// The field, and the answer.
pub fn section(account: Account, server: &str) -> AnyView {
    let t = &i18n::account().key;
    let check = Check {
        account,
        problem: RwSignal::new(None),
        error: RwSignal::new(None),
        busy: RwSignal::new(false),
    };
    let hint = Signal::derive(move || {
        let evidence = account.evidence.get();
        let lock = evidence.as_ref().and_then(|evidence| evidence.lock.as_ref().ok());
        let by_passphrase = lock.is_some_and(|lock| lock.passphrase().is_some());
        Some(if by_passphrase { t.hint_both } else { t.hint_key }.to_owned())
    });
    let busy = Signal::derive(move || check.busy.get().then_some(t.checking));
    let unknown = Signal::derive(move || account.evidence.get().is_none());
    let fields = view! {
        <Field id=FIELD label=t.field kind=SECRET problem=check.problem hint/>
        <div class="actions">
            <Button label=t.submit busy blocked=unknown weight=Weight::Secondary/>
        </div>
    };
    let working =
        move || check.busy.get().then(|| view! { <progress aria-label=t.checking></progress> });
    let server = server.to_owned();
    let name = server.clone();
    let answer = move || {
        let answer = account.key().filter(|_| !check.busy.get());
        answer.map(|answer| in_words(answer, &name))
    };
    let left = time_left(check.error.into());
    view! {
        <h2 class="part" id="key" tabindex="-1">{t.title}</h2>
        {plain(t.lead).line("")}
        {form_of(move || check.submit(), || {}, fields)}
        <Problem error=check.error time_left=left server/>
        <div role="status">{working}{answer}</div>
        <details>
            <summary>{t.lost_title}</summary>
            {t.lost.iter().fold(Html::default(), |all, line| all.and(plain(line).paragraph())).block()}
        </details>
    }
    .into_any()
}

impl Check {
    fn submit(self) {
        let typed = Secret::new(field::typed(FIELD));
        if self.busy.get_untracked() {
            return;
        }
        let is_empty = typed.expose().trim().is_empty();
        self.problem.set(is_empty.then(|| i18n::account().key.missing.to_owned()));
        let Some(session) = self.account.session.get_untracked().filter(|_| !is_empty) else {
            return page::focus(FIELD);
        };
        self.error.set(None);
        self.busy.set(true);
        spawn_local(async move {
            // Whoever has just changed their key elsewhere tries the new one.
            let tried = match lock(self.account.session, &session.user_id).await {
                Ok(lock) => {
                    let answer = check_key(typed.expose(), &lock, &Browser).await;
                    Ok(Tried { lock, answer })
                }
                Err(error) => Err(error),
            };
            if self.busy.try_set(false).is_some() {
                return;
            }
            match tried {
                Ok(tried) => self.done(tried),
                Err(error) => self.error.set(Some(error)),
            }
        });
    }

    fn done(self, tried: Tried) {
        use KeyAnswer::{Mistyped, OnlyKeys, Wrong};
        // A wrong one stays, to be mended. Any other has done its work.
        if !matches!(tried.answer, Wrong | Mistyped | OnlyKeys) {
            field::prefill(FIELD, "");
        }
        self.account.was_tried(tried);
    }
}

fn in_words(answer: KeyAnswer, server: &str) -> AnyView {
    let t = &i18n::account().key;
    let (class, words) = match answer {
        KeyAnswer::OpensBackup => ("notice good", t.opens_backup),
        KeyAnswer::OtherBackup => ("notice critical", t.other_backup),
        KeyAnswer::Right(Unproven::NoBackup) => ("notice", t.right_no_backup),
        KeyAnswer::Right(Unproven::NotInStorage) => ("notice critical", t.right_not_inside),
        KeyAnswer::Right(Unproven::Browser) => ("notice", t.right_browser),
        KeyAnswer::Right(Unproven::UnknownBackup) => ("notice", t.right_unknown),
        KeyAnswer::Wrong => ("notice critical", t.wrong),
        KeyAnswer::Mistyped => ("notice critical", t.mistyped),
        KeyAnswer::OnlyKeys => ("notice critical", t.only_keys),
        KeyAnswer::NothingSetUp => ("notice", t.nothing_set_up),
        KeyAnswer::Undescribed => ("notice", t.undescribed),
        KeyAnswer::BrowserCannot => ("notice", t.browser_cannot),
    };
    let words = fill(words, &[("server", server)]);
    view! { <div class=class>{words}</div> }.into_any()
}
