//! `/login`: sign in, or set a new password.

// Signing in at a provider, or on the homeserver's own page.
mod other_ways;

use crate::components::button::{Button, Weight};
use crate::components::countdown::{must_wait, time_left};
use crate::components::field::{self, CURRENT_PASSWORD, Field, USERNAME};
use crate::components::form::form as form_of;
use crate::components::notice::Status;
use crate::components::page::page_with_errors;
use crate::components::password::Password;
use crate::components::progress::{Stage, progress};
use crate::components::summary::{FieldProblem, Summary, is_wrong};
use crate::components::text::{link, plain};
use crate::i18n::{fill, login};
use crate::matrix::login::{Identifier, Login, Proof};
use crate::matrix::{Error, Homeserver};
use crate::net;
use crate::recovery::reset::{By, Event, OtherSessions, Reset, Step};
use crate::route::Route;
use crate::runtime::effect::effect;
use crate::runtime::this_device;
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
    notice: RwSignal<Option<&'static str>>,
    shown: RwSignal<bool>,
    busy: RwSignal<bool>,
}

impl Form {
    fn new() -> Self {
        Self {
            identifier_problem: RwSignal::new(None),
            password_problem: RwSignal::new(None),
            error: RwSignal::new(None),
            notice: RwSignal::new(None),
            shown: RwSignal::new(false),
            busy: RwSignal::new(false),
        }
    }

    fn problems(self) -> [FieldProblem; 2] {
        [
            (IDENTIFIER_FIELD, self.identifier_problem.into()),
            (PASSWORD_FIELD, self.password_problem.into()),
        ]
    }
}

const IDENTIFIER_FIELD: &str = "username";
const PASSWORD_FIELD: &str = "password";

/// The page. Whoever is signed in already goes to their account, and whoever
/// comes back from a provider is signed in.
pub fn page(site: &Site) -> AnyView {
    site.session.restore();
    let (session, here) = (site.session, site.clone());
    effect(move || {
        if session.get().is_some() {
            here.go(Route::Account, Leave::Nothing);
        }
    });
    site.server.ask();
    let form = Form::new();
    other_ways::come_back(site, form);
    let email = site.reset.with_untracked(|reset| email_of(site, reset));
    effect(move || field::prefill(IDENTIFIER_FIELD, &email));
    let wrong = Signal::derive(move || is_wrong(form.problems(), form.error.into()));
    page_with_errors(site, login().title, wrong, content(site, form).into_any())
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
    let t = login();
    let left = time_left(form.error.into());
    let blocked = must_wait(left);
    let busy = Signal::derive(move || form.busy.get().then_some(t.submitting));
    let session = site.session;
    let came_from_reset = site.reset.with_untracked(|reset| matches!(reset.step(), Step::Done(_)));
    let notice = Signal::derive(move || {
        form.notice.get().or_else(|| session.was_ended().then_some(t.ended))
    });
    let submit = {
        let site = site.clone();
        move || submit(&site, form)
    };
    // Some servers refuse an email address as a name.
    let server = site.server;
    let identifier = Signal::derive(move || match server.told() {
        Some(told) if !told.signs_in_by_email() => t.identifier_no_email,
        _ => t.identifier,
    });
    let fields = view! {
        <Field id=IDENTIFIER_FIELD label=identifier kind=USERNAME
            problem=form.identifier_problem/>
        <Password id=PASSWORD_FIELD label=t.password kind=CURRENT_PASSWORD
            shown=form.shown problem=form.password_problem.into()/>
        <div class="actions">
            <Button label=t.submit busy blocked weight=Weight::Primary/>
        </div>
    };
    let forgot = plain(t.forgot).and(link(&site.href(Route::Reset), t.set_a_new_one));
    let has_form = other_ways::has_passwords(site);
    // Hidden and not taken away: what was typed stays, whatever the server tells.
    view! {
        {came_from_reset.then(|| progress(Stage::SignIn))}
        {other_ways::no_way_here(site)}
        <Status text=notice/>
        <Summary fields=form.problems() error=form.error.into() time_left=left
            server=site.homeserver().name.clone()/>
        <div hidden=move || !has_form.get()>{form_of(submit, || {}, fields)}</div>
        {other_ways::providers(site, form)}
        {forgot.line("")}
    }
}

/// Reads the form, and says what is wrong with it.
fn read(form: Form, homeserver: &Homeserver) -> Option<Proof> {
    let t = login();
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
    let identifier = identifier.filter(|_| is_right)?;
    Some(Proof::Password(identifier, Rc::new(password)))
}

/// The password of an account on another server is nothing for this one.
pub(super) fn elsewhere(identifier: &Identifier, homeserver: &Homeserver) -> Option<String> {
    let other = identifier.server_name()?;
    let blanks = [("other", other), ("server", homeserver.name.as_str())];
    let same = homeserver.name.eq_ignore_ascii_case(other);
    (homeserver.name_is_server_name && !same).then(|| fill(login().other_server, &blanks))
}

/// A reset that led to here has done its work. One that still waits goes on.
/// Gives back what became of the other sessions.
fn forget(site: &Site) -> Option<OtherSessions> {
    let by = site.reset.with_untracked(|reset| match reset.step() {
        Step::Done(done) => Some(done.by),
        _ => None,
    })?;
    site.reset.dispatch(Event::StartOver);
    match by {
        By::ThisTab(other_sessions) => Some(other_sessions),
        // Only that one knows.
        By::AnotherTab => None,
    }
}

fn submit(site: &Site, form: Form) {
    form.error.set(None);
    form.notice.set(None);
    let homeserver = site.homeserver();
    let Some(proof) = read(form, &homeserver) else { return };
    form.shown.set(false);
    sign_in(site, form, (*homeserver).clone(), proof);
}

/// Signs in, with whatever proves it.
fn sign_in(site: &Site, form: Form, homeserver: Homeserver, proof: Proof) {
    form.busy.set(true);
    let device_name = this_device::name(site.brand());
    let device_id = this_device::id(&homeserver.base_url);
    let login = Login { homeserver, proof, device_name, device_id };
    let site = site.clone();
    spawn_local(async move {
        match net::send(&login.homeserver.base_url, &login).await {
            Ok(signed_in) => site.session.begin(signed_in, forget(&site)),
            Err(error) => {
                form.notice.try_set(None);
                form.error.try_set(Some(error));
            }
        }
        form.busy.try_set(false);
    });
}
