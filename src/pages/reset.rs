//! `/reset`: email address, new password, what happens to the other sessions.

use super::missing_password::cancel;
use super::new_password::{EMAIL_FIELD, NewPassword, PASSWORD_FIELD, name_account};
use crate::browser::{address, random};
use crate::components::button::{Button, Weight};
use crate::components::countdown::{must_wait, time_left};
use crate::components::field::{self, EMAIL, Field};
use crate::components::form::form as form_of;
use crate::components::notice::Status;
use crate::components::page::page_with_errors;
use crate::components::progress::{Stage, progress};
use crate::components::summary::{FieldProblem, Summary, is_wrong};
use crate::components::text::{changing_line, filled, link, link_button, plain};
use crate::i18n::{self, texts};
use crate::matrix::Error;
use crate::matrix::password_reset::ClientSecret;
use crate::recovery::reset::{Event, Problems, Reset, Step, Submission, Typed};
use crate::route::Route;
use crate::runtime::effect::effect;
use crate::runtime::reset::ResetRuntime;
use crate::secret::Secret;
use crate::site::{Leave, Site};
use leptos::prelude::*;
use std::cell::Cell;

/// The form as the person sees it.
#[derive(Clone)]
struct Form {
    new_password: NewPassword,
    no_randomness: RwSignal<bool>,
}

/// The page. Whoever comes back to the form finds what they sent. What the
/// homeserver can do is not waited for: most have this way. When somebody begins to
/// type, what comes next is loaded.
pub fn page(site: &Site) -> AnyView {
    site.server.ask();
    site.reset.dispatch(Event::OpenForm);
    let typed = site.reset.with_untracked(|reset| reset.typed().cloned());
    let chosen = || typed.as_ref().map(|typed| typed.other_sessions);
    let other_sessions = site.advised().or_else(chosen).unwrap_or_default();
    let form = Form {
        new_password: NewPassword::new(other_sessions),
        no_randomness: RwSignal::new(false),
    };
    form.new_password.follow_rules(site.server);
    let (fields, email) = (form.new_password.clone(), site.email.clone());
    effect(move || match &typed {
        Some(typed) => fields.prefill(&typed.email, &typed.new_password),
        None => fields.prefill(&email, &Secret::default()),
    });
    follow(site);
    let reset = site.reset;
    let error = Signal::derive(move || reset.with(|reset| problems(reset)?.general.clone()));
    let fields = field_problems(reset, &site.homeserver().name);
    let wrong = Signal::derive(move || is_wrong(fields, error));
    let content = content(site, form, fields, error);
    page_with_errors(site, texts().reset.title, wrong, content.into_any())
}

/// Goes on to the next step when the mail was sent from here, or to wherever
/// else the person really is.
fn follow(site: &Site) {
    let (reset, here) = (site.reset, site.clone());
    let was_sending = Cell::new(false);
    effect(move || {
        let (sending, page) =
            reset.with(|reset| (reset.is_sending(), reset.page_for(Route::Reset)));
        if page != Route::Reset {
            here.go(page, if was_sending.get() { Leave::ThisPage } else { Leave::Nothing });
        }
        was_sending.set(sending);
    });
}

fn problems(reset: &Reset) -> Option<&Problems> {
    match reset.step() {
        Step::Form(form) => Some(&form.problems),
        _ => None,
    }
}

/// What the button says while the server is asked.
fn busy(reset: &Reset) -> Option<&'static str> {
    match reset.step() {
        Step::Checking(_) => Some(texts().reset.checking),
        Step::Sending(_) => Some(texts().reset.sending),
        _ => None,
    }
}

fn content(
    site: &Site,
    form: Form,
    problems: [FieldProblem; 2],
    error: Signal<Option<Error>>,
) -> impl IntoView {
    let t = &texts().reset;
    let (reset, server) = (site.reset, site.homeserver().name.clone());
    let blanks = [("server", server.as_str())];
    let left = time_left(error);
    let blocked = must_wait(left);
    let busy = Signal::derive(move || reset.with(busy));
    let submit = {
        let (site, form) = (site.clone(), form.clone());
        move || submit(&site, &form)
    };
    let no_randomness = Signal::derive(move || form.no_randomness.get().then_some(t.no_randomness));
    let (typed, here) = (form.new_password.clone(), site.clone());
    let prepared = Cell::new(false);
    let typing = move || {
        if !prepared.replace(true) {
            here.prepare();
        }
        name_account(&field::typed(EMAIL_FIELD));
        typed.typing();
    };
    let [(_, email_problem), (_, password_problem)] = problems;
    let instead = link_button(Weight::Tertiary, &site.href(Route::Login), t.sign_in_instead);
    let fields = view! {
        <Field id=EMAIL_FIELD label=t.email kind=EMAIL problem=email_problem/>
        {form.new_password.field(password_problem)}
        {form.new_password.sessions()}
        <div class="actions">
            <Button label=t.submit busy blocked weight=Weight::Primary/>
        </div>
        {instead.actions()}
        {cancelling(site)}
    };
    view! {
        {progress(Stage::Form)}
        <Summary fields=problems error time_left=left server=server.clone()/>
        {filled(t.lead, &blanks).line("lead")}
        {plain(t.still_signed_in).and(link(&site.href(Route::Check), t.look_there)).line("hint")}
        {already_waiting(site)}
        <Status text=no_randomness/>
        {form_of(submit, typing, fields)}
        {plain(t.have_a_link).and(link(&site.href(Route::ResetResume), t.resume)).line("hint")}
    }
}

/// Where there is anything to give up, it can be given up.
fn cancelling(site: &Site) -> impl IntoView + use<> {
    let (reset, site) = (site.reset, site.clone());
    let is_something = reset.whether(|reset| reset.is_sending() || reset.draft().is_some());
    move || {
        let cancel = || view! { <div class="actions">{cancel(&site, Weight::Tertiary)}</div> };
        is_something.get().then(cancel)
    }
}

/// What is wrong, by the field.
fn field_problems(reset: ResetRuntime, server: &str) -> [FieldProblem; 2] {
    let (for_email, for_password) = (server.to_owned(), server.to_owned());
    let email = Signal::derive(move || {
        reset.with(|reset| Some(i18n::email_problem(problems(reset)?.email?, &for_email)))
    });
    let password = Signal::derive(move || {
        reset.with(|reset| {
            let problem = problems(reset)?.password.as_ref()?;
            Some(i18n::password_problem(problem, &for_password))
        })
    });
    [(EMAIL_FIELD, email), (PASSWORD_FIELD, password)]
}

/// For whoever came back to the form, or to the start, while a mail is on its way.
pub fn already_waiting(site: &Site) -> AnyView {
    let t = &texts().reset;
    let (reset, href) = (site.reset, site.href(Route::ResetCheckEmail));
    let login = site.href(Route::Login);
    let words = move |reset: &Reset| {
        let draft = reset.draft()?;
        let words = match &draft.mail {
            Some(mail) => filled(t.on_its_way, &[("email", &mail.email)]),
            None => plain(t.on_its_way_by_link),
        };
        let words = match draft.may_be_changed() {
            true => words.and(plain(t.may_work)).and(link(&login, t.sign_in_instead)),
            false => words,
        };
        Some(words.and(link(&href, t.back_to_waiting)))
    };
    changing_line("notice", move || reset.with(&words))
}

fn submit(site: &Site, form: &Form) {
    let client_secret = ClientSecret::generate(random::bytes);
    form.no_randomness.set(client_secret.is_none());
    let Some(client_secret) = client_secret else { return };
    let homeserver = (*site.homeserver()).clone();
    site.has_chosen();
    site.reset.dispatch(Event::Submit(Submission {
        homeserver,
        typed: Typed {
            email: field::typed(EMAIL_FIELD).trim().to_owned(),
            new_password: form.new_password.take(),
            other_sessions: form.new_password.other_sessions(),
        },
        policy: form.new_password.policy(),
        client_secret,
        return_page: [&address::site(), Route::ResetVerified.path()].concat(),
    }));
}
