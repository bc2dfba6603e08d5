//! `/login`: sign in, or set a new password.

use crate::components::button::{Button, Weight};
use crate::components::countdown::{must_wait, time_left};
use crate::components::field::{self, CURRENT_PASSWORD, Field, USERNAME};
use crate::components::notice::{Problem, Status};
use crate::components::page::page as show;
use crate::i18n::{fill, texts};
use crate::matrix::session::{Identifier, Login};
use crate::matrix::{Error, Homeserver};
use crate::net;
use crate::recovery::reset::{Event, Reset, Step};
use crate::route::Route;
use crate::runtime::reset::ResetRuntime;
use crate::secret::Secret;
use crate::site::{Leave, Site};
use leptos::html::Input;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::rc::Rc;

/// The form as the person sees it.
#[derive(Clone, Copy)]
struct Form {
    identifier: NodeRef<Input>,
    password: NodeRef<Input>,
    problems: RwSignal<Problems>,
    error: RwSignal<Option<Error>>,
    busy: RwSignal<bool>,
}

/// What is wrong with what was typed.
#[derive(Clone, Default)]
struct Problems {
    identifier: Option<String>,
    password: Option<String>,
}

/// The page. Whoever is signed in already goes to their account.
pub fn page(site: &Site) -> AnyView {
    let (session, go) = (site.session, site.navigator());
    Effect::new(move |_| {
        if session.get().is_some() {
            go(Route::Account, Leave::Nothing);
        }
    });
    let form = Form {
        identifier: NodeRef::new(),
        password: NodeRef::new(),
        problems: RwSignal::default(),
        error: RwSignal::new(None),
        busy: RwSignal::new(false),
    };
    let email = site.reset.with_untracked(email_of);
    Effect::new(move |_| field::prefill(form.identifier, &email));
    show(site, texts().login.title, content(site, form))
}

/// The address that a reset was just finished with: one may sign in with it.
fn email_of(reset: &Reset) -> String {
    match reset.step() {
        Step::Done(done) => done.email.clone(),
        _ => String::new(),
    }
}

fn content(site: &Site, form: Form) -> impl IntoView {
    let t = &texts().login;
    let left = time_left(form.error.into());
    let blocked = must_wait(left);
    let busy = Signal::derive(move || form.busy.get().then_some(t.submitting));
    let session = site.session;
    let ended = Signal::derive(move || session.was_ended().then_some(t.ended));
    let submit = {
        let site = site.clone();
        move |event: leptos::ev::SubmitEvent| {
            event.prevent_default();
            if !blocked.get_untracked() && !form.busy.get_untracked() {
                submit(&site, form);
            }
        }
    };
    view! {
        <Status text=ended/>
        <Problem error=form.error time_left=left server=site.homeserver.name.clone()/>
        <form method="post" novalidate on:submit=submit>
            <Field id="username" label=t.identifier kind=USERNAME node=form.identifier
                problem=Signal::derive(move || form.problems.get().identifier)/>
            <Field id="password" label=t.password kind=CURRENT_PASSWORD node=form.password
                problem=Signal::derive(move || form.problems.get().password)/>
            <div class="actions">
                <Button label=t.submit busy blocked weight=Weight::Primary/>
            </div>
        </form>
        <p>{t.forgot}" "<a href=site.href(Route::Reset)>{t.set_a_new_one}</a></p>
    }
}

/// Reads the form, or says what is wrong with it.
fn read(form: Form, homeserver: &Homeserver) -> Result<(Identifier, Rc<Secret>), Problems> {
    let t = &texts().login;
    let password = Secret::new(field::typed(form.password));
    let no_password = password.is_empty().then(|| t.password_missing.to_owned());
    let identifier = match Identifier::parse(&field::typed(form.identifier)) {
        None => Err(t.identifier_missing.to_owned()),
        Some(identifier) => match elsewhere(&identifier, homeserver) {
            Some(words) => Err(words),
            None => Ok(identifier),
        },
    };
    match (identifier, no_password) {
        (Ok(identifier), None) => Ok((identifier, Rc::new(password))),
        (identifier, password) => Err(Problems { identifier: identifier.err(), password }),
    }
}

/// The password of an account on another server is nothing for this one.
fn elsewhere(identifier: &Identifier, homeserver: &Homeserver) -> Option<String> {
    let other = identifier.server_name()?;
    let blanks = [("other", other), ("server", homeserver.name.as_str())];
    let same = homeserver.name.eq_ignore_ascii_case(other);
    (homeserver.name_is_server_name && !same).then(|| fill(texts().login.other_server, &blanks))
}

/// A reset that led to here has done its work. One that still waits goes on.
fn forget(reset: ResetRuntime) {
    if reset.with_untracked(|reset| matches!(reset.step(), Step::Done(_))) {
        reset.dispatch(Event::StartOver);
    }
}

fn submit(site: &Site, form: Form) {
    form.error.set(None);
    let (identifier, password) = match read(form, &site.homeserver) {
        Ok(read) => read,
        Err(problems) => {
            let wrong = if problems.identifier.is_some() { form.identifier } else { form.password };
            form.problems.set(problems);
            return field::focus(wrong);
        }
    };
    form.problems.set(Problems::default());
    form.busy.set(true);
    let homeserver = (*site.homeserver).clone();
    let device_name = site.brand.to_string();
    let (session, reset) = (site.session, site.reset);
    spawn_local(async move {
        let login = Login { homeserver, identifier, password, device_name };
        match net::send(&login.homeserver.base_url, &login).await {
            Ok(signed_in) => {
                session.begin(signed_in);
                forget(reset);
            }
            Err(error) => form.error.set(Some(error)),
        }
        form.busy.try_set(false);
    });
}
