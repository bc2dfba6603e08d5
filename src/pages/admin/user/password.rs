//! A new password for an account, and what becomes of its sessions.

use super::super::password::Password;
use super::Person;
use crate::admin::action::Action;
use crate::components::button::{Button, Weight};
use crate::components::form::form as form_of;
use crate::components::radio::{Answer, either};
use crate::components::text::plain;
use crate::i18n::{self, admin as texts, counted};
use crate::matrix::admin::password::ResetPassword;
use crate::matrix::password_reset::NewPassword;
use leptos::prelude::*;

/// What becomes of the sessions: they are kept unless somebody wants otherwise.
#[derive(Clone, Copy)]
pub struct Choice(RwSignal<bool>);

impl Choice {
    /// They are kept.
    pub fn keep() -> Self {
        Self(RwSignal::new(false))
    }

    /// Whether they are signed out, as it is chosen now.
    pub fn signs_out(self) -> bool {
        self.0.get_untracked()
    }
}

/// The question about them. `price` is what signing them out would cost, and how
/// many there are.
pub fn sessions_field(choice: Choice, price: Signal<Option<String>>) -> AnyView {
    let (t, signs_out) = (&texts().password, choice.0);
    let answers = [
        Answer { id: "keep-theirs", label: t.keep, why: t.keep_why, is_yes: false },
        Answer { id: "sign-out-theirs", label: t.sign_out, why: "", is_yes: true },
    ];
    let price = move || {
        signs_out.get().then(|| price.get().map(|words| plain(&words).line("notice critical")))
    };
    view! {
        {either(t.sessions, "their-sessions", answers, signs_out)}
        <div role="status">{price}</div>
    }
    .into_any()
}

impl Person {
    /// Whether there may be older messages to be read with a recovery key. Who has no
    /// recovery key is not told to use it.
    pub fn has_past(self) -> bool {
        let secrets = self.stake.try_with_untracked(|stake| Some(stake.as_ref()?.secrets.clone()));
        !matches!(secrets.flatten(), Some(Ok(kept)) if !kept.has_storage)
    }

    /// How many sessions would be signed out, and what that costs.
    fn price_of_signing_out(self) -> Signal<Option<String>> {
        let t = &texts().password;
        Signal::derive(move || {
            let stake = self.stake.get()?;
            let count = match stake.sessions() {
                None | Some(0) => String::new(),
                Some(1) => [t.sign_out_only, " – "].concat(),
                Some(count) => [&counted(&t.sign_out_some, count as u64, &[]), " – "].concat(),
            };
            Some([&count, i18n::price(stake.price())].concat())
        })
    }
}

/// The form.
pub fn section(person: Person) -> AnyView {
    if !person.may(Action::SetPassword) {
        return ().into_any();
    }
    let t = &texts().password;
    let act = person.act(Action::SetPassword);
    let password = Password::new(person.desk, "set-password");
    let choice = Choice::keep();
    let submit = move || {
        let Some(secret) = password.take() else { return };
        let logout_devices = choice.signs_out();
        let price = i18n::price(person.price());
        let asked = [([t.ask_signs_out, " ", price].concat(), t.yes)];
        let asked = asked.iter().filter(|_| logout_devices);
        let asked: Vec<_> = asked.map(|(words, yes)| (words.as_str(), *yes)).collect();
        act.begin(&person.id(), person.questions(Action::SetPassword, &asked), move || {
            let secret = secret.clone();
            async move {
                let wanted = NewPassword { new_password: secret.clone(), logout_devices };
                let user = person.user()?;
                let reset = ResetPassword { user: &user, password: &wanted };
                let (id, has_past) = (user.as_str(), person.has_past());
                let answer = person.desk.send_password(&reset, id, &secret, has_past).await;
                person.load();
                answer?;
                password.clear();
                let is_me = person.desk.is_me(user.as_str());
                Ok(match (logout_devices, is_me) {
                    (false, _) => t.done_kept,
                    // Synapse keeps the session that does it.
                    (true, true) => t.done_signed_out_others,
                    (true, false) => t.done_signed_out,
                }
                .into())
            }
        });
    };
    let fields = view! {
        {plain(t.lead).line("")}
        {password.view()}
        {sessions_field(choice, person.price_of_signing_out())}
        <div class="actions">
            <Button label=t.submit busy=act.label(t.submitting) blocked=act.is_open()
                weight=Weight::Secondary/>
        </div>
    };
    view! {
        <details id="password" on:toggle=move |_| password.open()>
            <summary>{t.title}</summary>
            {form_of(submit, || {}, fields)}
            {act.view()}
        </details>
    }
    .into_any()
}
