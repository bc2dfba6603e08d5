//! Closing an account, and opening it again.

use super::super::password::Password;
use super::{Act, Person};
use crate::admin::action::Action;
use crate::admin::reach::Software;
use crate::components::button::{Button, Weight};
use crate::components::form::form as form_of;
use crate::components::radio::{Answer, either};
use crate::components::text::plain;
use crate::i18n::{admin as texts, fill};
use crate::matrix::admin::Account;
use crate::matrix::admin::password::Reactivate;
use crate::matrix::password_reset::NewPassword;
use crate::runtime::admin::work;
use crate::runtime::effect::effect;
use leptos::prelude::*;

/// Opening one that was closed.
pub fn open_again(person: Person) -> AnyView {
    if !person.may(Action::Reactivate) {
        return ().into_any();
    }
    let t = &texts().close;
    let act = person.act(Action::Reactivate);
    let password = Password::new(person.desk, "reactivate-password");
    // It is what most people come for here, and may be unfolded already.
    effect(move || password.open());
    let submit = move || {
        let Some(new_password) = password.take() else { return };
        act.begin(&person.id(), Vec::new(), move || {
            let wanted = NewPassword { new_password: new_password.clone(), logout_devices: false };
            async move {
                let user = &person.user()?;
                let open = Reactivate { user, password: &wanted };
                let (id, secret) = (user.as_str(), &wanted.new_password);
                let answer = person.desk.send_password(&open, id, secret, person.has_past()).await;
                person.load();
                answer?;
                password.clear();
                Ok(t.opened.into())
            }
        });
    };
    let lead = if is_tuwunel(person) { t.open_lead_tuwunel } else { t.open_lead };
    let fields = view! {
        {plain(lead).line("")}
        {password.view()}
        <div class="actions">
            <Button label=t.open busy=act.label(t.opening) blocked=false weight=Weight::Primary/>
        </div>
    };
    view! {
        <details id="reactivate">
            <summary>{t.open_title}</summary>
            {form_of(submit, || {}, fields)}
            {act.view()}
        </details>
    }
    .into_any()
}

/// Closing it.
pub fn section(person: Person) -> AnyView {
    if !person.may(Action::Deactivate) {
        return ().into_any();
    }
    let t = &texts().close;
    let lead = if is_tuwunel(person) { t.lead_tuwunel } else { t.lead };
    let lead = fill(lead, &[("server", &person.desk.server_name())]);
    let erase = RwSignal::new(false);
    let acts = [person.act(Action::Deactivate), person.act(Action::Erase)];
    let [plainly, erasing] = acts;
    let press = Callback::new(move |()| {
        let erase = erase.get_untracked();
        begin(person, if erase { erasing } else { plainly }, erase);
    });
    let answers = [
        Answer { id: "keep-messages", label: t.plain, why: t.plain_why, is_yes: false },
        Answer { id: "hide-messages", label: t.erase, why: t.erase_why, is_yes: true },
    ];
    let closed = person.is(Account::is_closed);
    let busy = Signal::derive(move || (plainly.busy.get() || erasing.busy.get()).then_some(t.busy));
    let (one, other) = (plainly.is_open(), erasing.is_open());
    let blocked = Signal::derive(move || one.get() || other.get());
    let (used, erased) = (plainly.has_result(), erasing.has_result());
    let hidden = move || closed.get() && !used.get() && !erased.get();
    view! {
        <details id="deactivate" hidden=hidden>
            <summary>{t.title}</summary>
            <div hidden=closed>
                {plain(&lead).line("")}
                {either(t.how, "messages", answers, erase)}
                <div class="actions">
                    <Button label=t.submit busy blocked weight=Weight::Secondary press/>
                </div>
            </div>
            {plainly.view()}
            {erasing.view()}
        </details>
    }
    .into_any()
}

/// Whether the server is Tuwunel, where a deactivated account keeps more.
fn is_tuwunel(person: Person) -> bool {
    person.desk.software_untracked() == Some(Software::Tuwunel)
}

fn begin(person: Person, act: Act, erase: bool) {
    let t = &texts().close;
    let id = person.id();
    let user = [("user", id.as_str())];
    let ask = if is_tuwunel(person) { t.ask_tuwunel } else { t.ask };
    let (leaves, hides) = (fill(ask, &user), fill(t.ask_erase, &user));
    let asked = [(leaves.as_str(), t.yes), (hides.as_str(), t.yes_erase)];
    let asked = if erase { &asked[..] } else { asked.get(..1).unwrap_or_default() };
    let action = if erase { Action::Erase } else { Action::Deactivate };
    act.begin(&id, person.questions(action, asked), move || async move {
        let user = &person.user()?;
        let answer = work::deactivate(person.desk, user, erase).await;
        person.load();
        answer?;
        Ok(if erase { t.erased } else { t.done }.into())
    });
}
