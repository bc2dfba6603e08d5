//! `/login`: sign in, or set a new password.

use crate::components::button::{Button, Weight};
use crate::components::countdown::{must_wait, time_left};
use crate::components::field::{self, CURRENT_PASSWORD, Field, USERNAME};
use crate::components::form::form as form_of;
use crate::components::notice::Status;
use crate::components::page::page_with_errors;
use crate::components::password::Password;
use crate::components::progress::{Stage, progress};
use crate::components::summary::{FieldProblem, Summary, is_wrong};
use crate::components::text::{changing_line, filled, link, plain};
use crate::i18n::{desk, fill};
use crate::matrix::session::{Identifier, Login};
use crate::matrix::{Error, Homeserver};
use crate::net;
use crate::recovery::reset::{Event, Reset, Step};
use crate::route::Route;
use crate::runtime::effect::effect;
use crate::runtime::reset::ResetRuntime;
use crate::secret::Secret;
use crate::site::{Leave, Site};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::rc::Rc;

/// The form as the person sees it.
#[derive(Clone, Copy)]
struct Form {
    identifier_problem: RwSignal<Option<String>>,
    password_problem: RwSignal<Option<String>>,
    error: RwSignal<Option<Error>>,
    shown: RwSignal<bool>,
    busy: RwSignal<bool>,
}

impl Form {
    fn problems(self) -> [FieldProblem; 2] {
        [
            (IDENTIFIER_FIELD, self.identifier_problem.into()),
            (PASSWORD_FIELD, self.password_problem.into()),
        ]
    }
}

const IDENTIFIER_FIELD: &str = "username";
const PASSWORD_FIELD: &str = "password";

/// The page. Whoever is signed in already goes to their account.
pub fn page(site: &Site) -> AnyView {
    let (session, go) = (site.session, site.navigator());
    effect(move || {
        if session.get().is_some() {
            go(Route::Account, Leave::Nothing);
        }
    });
    site.server.ask();
    let form = Form {
        identifier_problem: RwSignal::new(None),
        password_problem: RwSignal::new(None),
        error: RwSignal::new(None),
        shown: RwSignal::new(false),
        busy: RwSignal::new(false),
    };
    let email = site.reset.with_untracked(|reset| email_of(site, reset));
    effect(move || field::prefill(IDENTIFIER_FIELD, &email));
    let wrong = Signal::derive(move || is_wrong(form.problems(), form.error.into()));
    page_with_errors(site, desk().login.title, wrong, content(site, form).into_any())
}

/// The address that a reset was just finished with, or that a link filled in:
/// one may sign in with it.
fn email_of(site: &Site, reset: &Reset) -> String {
    match reset.step() {
        Step::Done(done) if site.is_for(&done.homeserver) => done.email.clone().unwrap_or_default(),
        _ => site.email.to_string(),
    }
}

fn content(site: &Site, form: Form) -> impl IntoView {
    let t = &desk().login;
    let left = time_left(form.error.into());
    let blocked = must_wait(left);
    let busy = Signal::derive(move || form.busy.get().then_some(t.submitting));
    let session = site.session;
    let came_from_reset = site.reset.with_untracked(|reset| matches!(reset.step(), Step::Done(_)));
    let ended = Signal::derive(move || session.was_ended().then_some(t.ended));
    let submit = {
        let site = site.clone();
        move || {
            if !blocked.get_untracked() && !form.busy.get_untracked() {
                submit(&site, form);
            }
        }
    };
    let fields = view! {
        <Field id=IDENTIFIER_FIELD label=t.identifier kind=USERNAME
            problem=form.identifier_problem/>
        <Password id=PASSWORD_FIELD label=t.password kind=CURRENT_PASSWORD
            shown=form.shown problem=form.password_problem.into()/>
        <div class="actions">
            <Button label=t.submit busy blocked weight=Weight::Primary/>
        </div>
    };
    let forgot = plain(t.forgot).and(link(&site.href(Route::Reset), t.set_a_new_one));
    view! {
        {came_from_reset.then(|| progress(Stage::SignIn))}
        {no_passwords(site)}
        <Status text=ended/>
        <Summary fields=form.problems() error=form.error.into() time_left=left
            server=site.homeserver().name.clone()/>
        {form_of(submit, || {}, fields)}
        {forgot.line("")}
    }
}

/// Where nobody signs in with a password, that is said before one is typed.
fn no_passwords(site: &Site) -> AnyView {
    let (server, home) = (site.server, site.href(Route::Home));
    changing_line("notice", move || {
        let told = server.told()?;
        let flows = told.flows.as_ref().ok().filter(|flows| !flows.password)?;
        let t = &desk().login;
        let words = if flows.single_sign_on { t.elsewhere } else { t.no_passwords };
        let name = server.now().name.clone();
        Some(filled(words, &[("server", &name)]).and(link(&home, t.see_how)))
    })
}

/// Reads the form, and says what is wrong with it.
fn read(form: Form, homeserver: &Homeserver) -> Option<(Identifier, Rc<Secret>)> {
    let t = &desk().login;
    let password = Secret::new(field::typed(PASSWORD_FIELD));
    let identifier = Identifier::parse(&field::typed(IDENTIFIER_FIELD));
    let identifier_problem = match &identifier {
        None => Some(t.identifier_missing.to_owned()),
        Some(identifier) => elsewhere(identifier, homeserver),
    };
    let password_problem = password.is_empty().then(|| t.password_missing.to_owned());
    let is_right = identifier_problem.is_none() && password_problem.is_none();
    form.identifier_problem.set(identifier_problem);
    form.password_problem.set(password_problem);
    identifier.filter(|_| is_right).map(|identifier| (identifier, Rc::new(password)))
}

/// The password of an account on another server is nothing for this one.
fn elsewhere(identifier: &Identifier, homeserver: &Homeserver) -> Option<String> {
    let other = identifier.server_name()?;
    let blanks = [("other", other), ("server", homeserver.name.as_str())];
    let same = homeserver.name.eq_ignore_ascii_case(other);
    (homeserver.name_is_server_name && !same).then(|| fill(desk().login.other_server, &blanks))
}

/// A reset that led to here has done its work. One that still waits goes on.
fn forget(reset: ResetRuntime) {
    if reset.with_untracked(|reset| matches!(reset.step(), Step::Done(_))) {
        reset.dispatch(Event::StartOver);
    }
}

fn submit(site: &Site, form: Form) {
    form.error.set(None);
    let Some((identifier, password)) = read(form, &site.homeserver()) else { return };
    form.shown.set(false);
    form.busy.set(true);
    let homeserver = (*site.homeserver()).clone();
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
