//! A new password, for whoever is signed in and knows the old one.

use super::owner::Proving;
use super::{Account, messages};
use crate::browser::page;
use crate::components::button::{Button, Weight};
use crate::components::field;
use crate::components::form::form as form_of;
use crate::components::text::{Html, filled, link_out};
use crate::i18n::{self, account as texts, fill};
use crate::matrix::Error;
use crate::matrix::own_password::ChangeOwnPassword;
use crate::matrix::password_reset::NewPassword as Wanted;
use crate::matrix::session::Session;
use crate::pages::new_password::{NewPassword, PASSWORD_FIELD, name_account};
use crate::recovery::reset::{OtherSessions, PasswordProblem};
use crate::runtime::effect::effect;
use leptos::prelude::*;

/// The form; where that cannot be done here, the way to where it can.
pub fn section(account: Account, session: &Session) -> AnyView {
    let t = &texts().password;
    let session = StoredValue::new_local(session.clone());
    let form = move || {
        let may = account.may.get()?;
        session.try_with_value(|session| match may.password {
            true => form(account, session),
            false => elsewhere(account, &session.homeserver.name),
        })
    };
    view! {
        <h2 class="part" id="change-password" tabindex="-1">{t.title}</h2>
        {form}
    }
    .into_any()
}

/// Where the password is changed on the server's own page: the link to it, and what that
/// does to the user's devices.
fn elsewhere(account: Account, server: &str) -> AnyView {
    let t = &texts().password;
    let server = server.to_owned();
    let lines = move || {
        let blanks = [("server", server.as_str())];
        let words = filled(t.not_here, &blanks);
        let Some(oauth) = account.elsewhere.get() else { return words.line("") };
        let there = oauth.password_page().map_or_else(Html::default, |page| {
            link_out(page.as_str(), &fill(t.open_page, &[("host", page.host())]))
        });
        // Seen on the Matrix Authentication Service 1.22; not known of others.
        let devices = oauth.is_mas.then(|| filled(t.signs_nothing_out, &blanks).line("hint"));
        view! { {words.and(there).line("")} {devices} }.into_any()
    };
    lines.into_any()
}

/// What cannot be done here is said, with a link to where it can.
pub fn not_here(account: Account, words: &'static str, server: &str) -> AnyView {
    let server = server.to_owned();
    let line = move || {
        let page = account.elsewhere.get().and_then(|metadata| metadata.account_page);
        let there = page.map_or_else(Html::default, |page| {
            let label = fill(texts().owner.go_there, &[("host", page.host())]);
            link_out(page.as_str(), &label)
        });
        filled(words, &[("server", &server)]).and(there).line("")
    };
    line.into_any()
}

fn form(account: Account, session: &Session) -> AnyView {
    let t = &texts().password;
    let fields = NewPassword::new(OtherSessions::Keep);
    fields.ask_for_rules(session.homeserver.clone());
    let proving = Proving::new("change-password-current");
    let (problem, done) = (RwSignal::new(None::<String>), RwSignal::new(false));
    let (user_id, server) = (session.user_id.clone(), session.homeserver.name.clone());
    effect(move || name_account(&user_id));
    // A rule that only the server knows is said where the password is.
    let rule = {
        let server = server.clone();
        Signal::derive(move || match proving.error.get() {
            Some(Error::PasswordRefused(rule)) => {
                Some(i18n::password_problem(&PasswordProblem::Breaks(vec![rule]), &server))
            }
            _ => problem.get(),
        })
    };
    let submit = {
        let fields = fields.clone();
        move || {
            done.set(false);
            let new_password = fields.take();
            let wrong = PasswordProblem::of(&new_password, &fields.policy());
            problem.set(wrong.as_ref().map(|wrong| i18n::password_problem(wrong, &server)));
            if wrong.is_some() {
                return page::focus(PASSWORD_FIELD);
            }
            let logout_devices = fields.other_sessions() == OtherSessions::SignOut;
            let wanted = Wanted { new_password, logout_devices };
            change(account, proving, wanted, done);
        }
    };
    let busy = Signal::derive(move || proving.busy.get().then_some(t.submitting));
    // What that would lose, for whoever chooses to sign out everywhere else.
    let (signs_out, name) = (fields.signs_out(), session.homeserver.name.clone());
    let price = move || {
        let is_safe = account.verdict().is_some_and(|verdict| verdict.is_safe());
        (signs_out.get() && !is_safe).then(|| messages::sentence(account, &name))
    };
    let typed = fields.clone();
    let content = view! {
        {fields.field(rule)}
        {fields.sessions()}
        {price}
        <div class="actions">
            <Button label=t.submit busy blocked=false weight=Weight::Secondary/>
        </div>
    };
    let notice = move || done.get().then(|| view! { <div class="notice good">{t.done}</div> });
    view! {
        {form_of(submit, move || typed.typing(), content)}
        {proving.view(session)}
        <div role="status">{notice}</div>
    }
    .into_any()
}

fn change(account: Account, proving: Proving, wanted: Wanted, done: RwSignal<bool>) {
    let session = account.session;
    let action = move |owner| {
        let change = ChangeOwnPassword { new_password: wanted.clone(), owner };
        async move { session.send(&change).await }
    };
    let then = move || {
        field::prefill(PASSWORD_FIELD, "");
        done.set(true);
        account.load();
    };
    proving.start(action, then);
}
