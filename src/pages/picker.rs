//! Choosing a homeserver: part of `/`, and of the page that says that the
//! configured one was not found.

use crate::browser::{address, page};
use crate::components::button::{Button, Weight};
use crate::components::field::{self, Field, SERVER};
use crate::components::form::form as form_of;
use crate::i18n::{self, start};
use crate::matrix::Homeserver;
use crate::recovery::find_server::{NoServer, Wanted};
use crate::runtime::find_server::find;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::rc::Rc;

const SERVER_FIELD: &str = "server";

/// How the search for a homeserver goes.
#[derive(Clone, Copy)]
pub struct Search {
    problem: RwSignal<Option<String>>,
    busy: RwSignal<bool>,
}

impl Search {
    /// Nothing is looked for yet.
    pub fn new() -> Self {
        Self { problem: RwSignal::new(None), busy: RwSignal::new(false) }
    }

    /// Why it was not found.
    pub fn problem(self) -> Signal<Option<String>> {
        self.problem.into()
    }

    /// What the button says while it is looked for.
    pub fn busy(self) -> Signal<Option<&'static str>> {
        Signal::derive(move || self.busy.get().then_some(start().server.searching))
    }

    /// Looks for a homeserver, as it was typed.
    pub fn find(self, typed: &str, found: Rc<dyn Fn(Homeserver)>) {
        if self.busy.get_untracked() {
            return;
        }
        let wanted = match Wanted::parse(typed).and_then(as_asked_for) {
            Ok(wanted) => wanted,
            Err(problem) => return self.failed(i18n::no_server(problem).to_owned()),
        };
        self.problem.set(None);
        self.busy.set(true);
        spawn_local(async move {
            let answer = find(wanted).await;
            // Unless the page was left.
            if self.busy.try_set(false).is_none() {
                match answer {
                    Ok(homeserver) => found(homeserver),
                    Err(problem) => self.failed(i18n::not_found(&problem)),
                }
            }
        });
    }

    fn failed(self, words: String) {
        self.problem.set(Some(words));
        page::focus(SERVER_FIELD);
    }
}

/// The field and its button. `found` is given the homeserver that was found.
pub fn picker(found: impl Fn(Homeserver) + 'static) -> AnyView {
    let t = &start().server;
    let (search, found) = (Search::new(), Rc::new(found));
    let submit = move || search.find(&field::typed(SERVER_FIELD), found.clone());
    let how = Signal::derive(move || Some(t.how.to_owned()));
    let fields = view! {
        <Field id=SERVER_FIELD label=t.label kind=SERVER problem=search.problem() hint=how/>
        <div class="actions">
            <Button label=t.submit busy=search.busy() blocked=false weight=Weight::Secondary/>
        </div>
    };
    form_of(submit, || {}, fields)
}

/// The name of what is looked for as the browser will ask for it: letters of
/// other scripts that look like others are written out.
pub fn name_of(wanted: &Wanted) -> Option<String> {
    match wanted {
        Wanted::Named(name) => address::host_of(&["https://", name].concat()),
        Wanted::At(base_url) => address::host_of(base_url.as_str()),
    }
}

/// What is shown as its name from now on is what was asked for.
fn as_asked_for(wanted: Wanted) -> Result<Wanted, NoServer> {
    let name = name_of(&wanted).filter(|name| !name.is_empty()).ok_or(NoServer::Odd)?;
    match wanted {
        Wanted::Named(_) => Ok(Wanted::Named(name)),
        Wanted::At(url) => url.with_host(&name).map(Wanted::At).ok_or(NoServer::Odd),
    }
}
