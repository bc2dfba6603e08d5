//! Signing out of one session, or of all.

use super::{Person, folded};
use crate::admin::action::Action;
use crate::browser::clock;
use crate::components::button::{Button, Weight};
use crate::components::text::plain;
use crate::i18n::{self, admin as texts, fill};
use crate::matrix::admin::sessions::SignOutSessions;
use crate::matrix::devices::Device;
use leptos::prelude::*;

/// The list.
pub fn section(person: Person) -> AnyView {
    if !person.may(Action::SignOut) {
        return ().into_any();
    }
    let t = &texts().sessions;
    let act = person.act(Action::SignOut);
    let list = move || {
        let stake = person.stake.get()?;
        let sessions = stake.sessions.as_ref().ok()?;
        if sessions.is_empty() {
            return Some(plain(texts().user.sessions_none).line(""));
        }
        let rows = sessions.iter().map(|session| row(person, act, session)).collect_view();
        Some(view! { <ul class="sessions-of">{rows}</ul> }.into_any())
    };
    let all = Callback::new(move |()| {
        let stake = person.stake.get_untracked();
        let sessions = stake.as_ref().and_then(|stake| stake.sessions.as_ref().ok());
        let devices: Vec<_> = sessions.into_iter().flatten().map(|it| it.id.clone()).collect();
        let price = person.price().map(i18n::price).unwrap_or_default();
        let words = [t.ask_all, " ", price].concat();
        begin(person, act, devices, &words, t.done_all.to_owned());
    });
    let is_empty = move || {
        person.stake.with(|stake| stake.as_ref().is_none_or(|stake| stake.sessions() == Some(0)))
    };
    let content = view! {
        {plain(t.lead).line("")}
        {list}
        <div class="actions" hidden=is_empty>
            <Button label=t.all busy=act.label(t.busy) blocked=act.is_open()
                weight=Weight::Secondary press=all/>
        </div>
        {act.view()}
    };
    folded("sessions", t.title, content.into_any())
}

fn row(person: Person, act: super::Act, session: &Device) -> AnyView {
    let t = &texts().sessions;
    // One without a name is known by its id.
    let called = session.name.as_ref().unwrap_or(&session.id);
    let label = fill(t.one, &[("name", called)]);
    let done = fill(t.done_one, &[("name", called)]);
    let name = session.name.clone().unwrap_or_else(|| t.unnamed.to_owned());
    let seen = match session.last_seen {
        Some(time) => fill(t.seen, &[("time", &clock::date(time))]),
        None => t.never.to_owned(),
    };
    let hint = [&seen, ", ", &session.id].concat();
    let id = session.id.clone();
    let press = move |_| {
        if !act.is_open().get_untracked() {
            begin(person, act, vec![id.clone()], t.ask_one, done.clone());
        }
    };
    view! {
        <li>
            <p><bdi>{name}</bdi></p>
            <p class="hint">{hint}</p>
            <button type="button" class="button tertiary" on:click=press>{label}</button>
        </li>
    }
    .into_any()
}

fn begin(person: Person, act: super::Act, devices: Vec<String>, words: &str, done: String) {
    let t = &texts().sessions;
    let asked = person.questions(Action::SignOut, &[(words, t.yes)]);
    act.begin(&person.id(), asked, move || {
        let (devices, done) = (devices.clone(), done.clone());
        async move {
            let user = &person.user()?;
            let sign_out = SignOutSessions { user, devices: &devices };
            person.desk.session.send(&sign_out).await?;
            person.load();
            Ok(done)
        }
    });
}
