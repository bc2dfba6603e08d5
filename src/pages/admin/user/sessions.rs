//! Signing out of one session, or of all.

use super::{Person, folded};
use crate::admin::action::Action;
use crate::admin::many::Fault;
use crate::browser::clock;
use crate::components::button::{Button, Weight};
use crate::components::text::plain;
use crate::i18n::{self, admin as texts, fill};
use crate::matrix::admin::sessions::{GetSessions, SignOutSessions};
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
        let words = [t.ask_all, " ", i18n::price(person.price())].concat();
        begin(person, act, None, &words, t.done_all.to_owned());
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
    let hint = i18n::list(&[&seen, &session.id]);
    let words = fill(t.ask_one, &[("name", called)]);
    let id = session.id.clone();
    let described = ["session-", &id].concat();
    let off = act.is_open();
    let press = move |_| {
        if !act.is_open().get_untracked() {
            begin(person, act, Some(id.clone()), &words, done.clone());
        }
    };
    view! {
        <li>
            <p><bdi>{name}</bdi></p>
            <p class="hint" id=described.clone()>{hint}</p>
            <button type="button" class="button tertiary" aria-describedby=described
                aria-disabled=move || off.get().then_some("true") on:click=press>{label}</button>
        </li>
    }
    .into_any()
}

/// Signs out of one session, or of all that there are by then.
fn begin(person: Person, act: super::Act, one: Option<String>, words: &str, done: String) {
    let t = &texts().sessions;
    let asked = person.questions(Action::SignOut, &[(words, t.yes)]);
    act.begin(&person.id(), asked, move || {
        let (one, done) = (one.clone(), done.clone());
        async move {
            let (user, session) = (&person.user()?, person.desk.session);
            let devices = match one {
                Some(id) => vec![id],
                None => {
                    let all = session.send(&GetSessions(user)).await.map_err(Fault::Unsent)?;
                    all.into_iter().map(|session| session.id).collect()
                }
            };
            if !devices.is_empty() {
                session.send(&SignOutSessions { user, devices: &devices }).await?;
            }
            person.load();
            Ok(done.into())
        }
    });
}
