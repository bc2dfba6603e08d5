//! Letting a person set up their encryption anew.

use super::{Person, Report, folded};
use crate::admin::action::Action;
use crate::admin::many::Fault;
use crate::browser::clock;
use crate::components::button::{Button, Weight};
use crate::components::text::plain;
use crate::i18n::{admin as texts, fill};
use crate::matrix::Error;
use crate::matrix::admin::cross_signing::AllowCrossSigningReset;
use leptos::prelude::*;

/// The button.
pub fn section(person: Person) -> AnyView {
    let t = &texts().encryption;
    if person.is_bridge() {
        return ().into_any();
    }
    if !person.may(Action::AllowReset) {
        let server = person.desk.server_name();
        let words = fill(t.by_password, &[("server", &server)]);
        return folded("encryption", t.title, plain(&words).line(""));
    }
    let act = person.act(Action::AllowReset);
    let press = Callback::new(move |()| {
        act.begin(&person.id(), Vec::new(), move || async move {
            let user = &person.user()?;
            match person.desk.session.send(&AllowCrossSigningReset(user)).await {
                Ok(until) => Ok(fill(t.done, &[("time", &clock::time_of_day(until))]).into()),
                // There is nothing to replace.
                Err(Error::NotFound) => Ok(Report::no_need(t.none.to_owned(), t.none_note)),
                Err(error) => Err(Fault::Server(error)),
            }
        });
    });
    let has_none = move || {
        person.stake.with(|stake| {
            stake.as_ref().is_some_and(|it| it.keys.is_ok() && !it.has_cross_signing())
        })
    };
    let none = move || has_none().then(|| plain(t.none).line("hint"));
    let content = view! {
        {plain(t.lead).line("")}
        {none}
        <div class="actions" hidden=has_none>
            <Button label=t.submit busy=act.label(t.busy) blocked=act.is_open()
                weight=Weight::Secondary press/>
        </div>
        {act.view()}
    };
    folded("encryption", t.title, content.into_any())
}
