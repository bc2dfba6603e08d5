//! Locking, unlocking, and lifting a suspension.

use super::{Act, Person};
use crate::admin::action::Action;
use crate::components::button::{Button, Weight};
use crate::components::text::plain;
use crate::i18n::{admin as texts, fill};
use crate::matrix::admin::lock::{SetLocked, SetSuspended};
use leptos::prelude::*;

/// What keeps somebody out, and is undone without any loss. It is there only where
/// it can help.
pub fn undo(person: Person) -> AnyView {
    let t = &texts().lock;
    let locked = person.is(|account| account.listed.is_locked);
    let suspended = person.is(|account| account.listed.is_suspended);
    let unlock = One {
        action: Action::Unlock,
        id: "unlock",
        words: [t.unlock_title, t.unlock_lead, t.unlock, t.unlocked],
    };
    let lift = One {
        action: Action::Unsuspend,
        id: "unsuspend",
        words: [t.unsuspend_title, t.unsuspend_lead, t.unsuspend, t.unsuspended],
    };
    view! { {unlock.view(person, locked)} {lift.view(person, suspended)} }.into_any()
}

/// Locking.
pub fn section(person: Person) -> AnyView {
    let t = &texts().lock;
    let free = person.is(|account| !account.listed.is_locked && !account.listed.is_deactivated);
    let words = [t.title, t.lead, t.submit, t.done];
    One { action: Action::Lock, id: "lock", words }.view(person, free)
}

/// One button, and what it does.
struct One {
    action: Action,
    id: &'static str,
    words: [&'static str; 4],
}

impl One {
    /// It is there while it can be of use, and after it was used.
    fn view(self, person: Person, is_of_use: Signal<bool>) -> AnyView {
        if !person.may(self.action) {
            return ().into_any();
        }
        let [title, lead, label, done] = self.words;
        let (action, act) = (self.action, person.act(self.action));
        let press = Callback::new(move |()| begin(person, act, action, done));
        let used = act.has_result();
        let hidden = move || !is_of_use.get() && !used.get();
        view! {
            <details id=self.id hidden=hidden open=action != Action::Lock>
                <summary>{title}</summary>
                {plain(lead).line("")}
                <div class="actions" hidden=move || !is_of_use.get()>
                    <Button label busy=act.label(texts().lock.busy) blocked=act.is_open()
                        weight=Weight::Secondary press/>
                </div>
                {act.view()}
            </details>
        }
        .into_any()
    }
}

fn begin(person: Person, act: Act, action: Action, done: &'static str) {
    let t = &texts().lock;
    let id = person.id();
    let words = fill(t.ask, &[("user", &id)]);
    let asked = match action {
        Action::Lock => person.questions(action, &[(&words, t.yes)]),
        _ => Vec::new(),
    };
    act.begin(&id, asked, move || async move {
        let user = &person.user()?;
        let session = person.desk.session;
        match action {
            Action::Unsuspend => session.send(&SetSuspended { user, suspended: false }).await?,
            action => session.send(&SetLocked { user, locked: action == Action::Lock }).await?,
        }
        person.load();
        Ok(done.into())
    });
}
