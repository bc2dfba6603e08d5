//! `/reset`: email address, new password, what happens to the other sessions.

use crate::browser::{address, random};
use crate::components::button::{Button, Weight};
use crate::components::countdown::{must_wait, time_left};
use crate::components::field::{self, EMAIL, Field, NEW_PASSWORD};
use crate::components::notice::Status;
use crate::components::page::page_with_errors;
use crate::components::password::Password;
use crate::components::progress::{Stage, progress};
use crate::components::radio::Radio;
use crate::components::strength::Strength;
use crate::components::summary::{FieldProblem, Summary, is_wrong};
use crate::components::text::filled;
use crate::i18n::{self, fill, texts};
use crate::matrix::Error;
use crate::matrix::password_policy::{GetPasswordPolicy, PasswordPolicy};
use crate::matrix::password_reset::ClientSecret;
use crate::net;
use crate::recovery::password_strength::strength;
use crate::recovery::reset::{Event, OtherSessions, Problems, Reset, Step, Submission, Typed};
use crate::route::Route;
use crate::runtime::effect::effect;
use crate::runtime::reset::ResetRuntime;
use crate::secret::Secret;
use crate::site::{Leave, Site};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

/// The form as the person sees it.
#[derive(Clone)]
struct Form {
    policy: Rc<RefCell<PasswordPolicy>>,
    rules: RwSignal<Option<String>>,
    common: Rc<RefCell<Option<String>>>,
    strength: RwSignal<Option<String>>,
    shown: RwSignal<bool>,
    timer: Rc<Cell<Option<TimeoutHandle>>>,
    sign_out: RwSignal<bool>,
    no_randomness: RwSignal<bool>,
}

/// The page.
pub fn page(site: &Site) -> AnyView {
    let typed = site.reset.with_untracked(|reset| reset.typed().cloned());
    let form = Form {
        policy: Rc::default(),
        rules: RwSignal::new(None),
        common: Rc::default(),
        strength: RwSignal::new(None),
        shown: RwSignal::new(false),
        timer: Rc::default(),
        sign_out: RwSignal::new(
            typed.as_ref().is_none_or(|typed| typed.other_sessions == OtherSessions::SignOut),
        ),
        no_randomness: RwSignal::new(false),
    };
    if let Some(typed) = typed {
        prefill(form.clone(), typed);
    }
    load_policy(site, form.clone());
    follow(site);
    let reset = site.reset;
    let error = Signal::derive(move || reset.with(|reset| problems(reset)?.general.clone()));
    let fields = field_problems(reset, &site.homeserver.name);
    let wrong = Signal::derive(move || is_wrong(fields, error));
    let content = content(site, form, fields, error);
    page_with_errors(site, texts().reset.title, wrong, content.into_any())
}

/// Whoever comes back to the form finds what they sent. The password goes from
/// where it is kept to the field without another copy of it.
fn prefill(form: Form, typed: Typed) {
    effect(move || {
        field::prefill(EMAIL_FIELD, &typed.email);
        field::prefill(PASSWORD_FIELD, typed.new_password.expose());
        typing(&form);
    });
}

/// Says how hard the password is to guess, unless the page was left.
fn look(form: &Form) {
    let Some(before) = form.strength.try_get_untracked() else { return };
    let email = field::typed(EMAIL_FIELD);
    let password = Secret::new(field::typed(PASSWORD_FIELD));
    let common = form.common.borrow();
    let verdict = strength(password.expose(), &email, common.as_deref().unwrap_or_default());
    let verdict = verdict.map(i18n::strength);
    if before != verdict {
        form.strength.set(verdict);
    }
}

/// Somebody types. A password manager is told at once under which name to keep
/// the password; what is said of it waits until they pause, since it is read out.
fn typing(form: &Form) {
    const PAUSE: Duration = Duration::from_millis(700);
    field::prefill(USERNAME_FIELD, &field::typed(EMAIL_FIELD));
    if !Secret::new(field::typed(PASSWORD_FIELD)).is_empty() {
        load_common(form);
    }
    if let Some(timer) = form.timer.take() {
        timer.clear();
    }
    let later = form.clone();
    form.timer.set(set_timeout_with_handle(move || look(&later), PAUSE).ok());
}

/// The most common passwords, loaded when somebody begins to type a password.
/// They are a help and no more: without them the rest is still looked at.
fn load_common(form: &Form) {
    if form.common.borrow().is_some() {
        return;
    }
    form.common.replace(Some(String::new()));
    let form = form.clone();
    spawn_local(async move {
        if let Ok(list) = net::load("common-passwords.txt").await
            && list.status == 200
        {
            form.common.replace(Some(list.body));
            look(&form);
        }
    });
}

/// The rules are a help and no more: without them the server still says no.
fn load_policy(site: &Site, form: Form) {
    let homeserver = Arc::clone(&site.homeserver);
    spawn_local(async move {
        if let Ok(policy) = net::send(&homeserver.base_url, &GetPasswordPolicy).await {
            form.rules.try_set(rules_wanted(&policy, &homeserver.name));
            form.policy.replace(policy);
        }
    });
}

/// Goes on to the next step when the mail was sent from here, and not when
/// somebody comes back to the form while a mail is on its way.
fn follow(site: &Site) {
    let (reset, go) = (site.reset, site.navigator());
    let was_sending = Cell::new(false);
    effect(move || {
        let (sending, waiting, page) = reset.with(|reset| {
            let waiting = matches!(reset.step(), Step::Waiting(_));
            (reset.is_sending(), waiting, reset.page_for(Route::Reset))
        });
        if page != Route::Reset {
            go(page, Leave::Nothing);
        } else if waiting && was_sending.get() {
            go(Route::ResetCheckEmail, Leave::ThisPage);
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
    let (reset, server) = (site.reset, site.homeserver.name.clone());
    let blanks = [("server", server.as_str())];
    let left = time_left(error);
    let blocked = must_wait(left);
    let busy = Signal::derive(move || reset.with(busy));
    let submit = {
        let (site, form) = (site.clone(), form.clone());
        move |event: leptos::ev::SubmitEvent| {
            event.prevent_default();
            if !blocked.get_untracked() && busy.get_untracked().is_none() {
                submit(&site, &form);
            }
        }
    };
    let no_randomness = Signal::derive(move || form.no_randomness.get().then_some(t.no_randomness));
    let typed = form.clone();
    view! {
        {progress(Stage::Form)}
        <Summary fields=problems error time_left=left server=server.clone()/>
        <p class="lead">{filled(t.lead, &blanks)}</p>
        {already_waiting(site)}
        <Status text=no_randomness/>
        <form method="post" novalidate on:submit=submit on:input=move |_| typing(&typed)>
            {fields(&form, problems)}
            {other_sessions(form.sign_out)}
            <div class="actions">
                <Button label=t.submit busy blocked weight=Weight::Primary/>
                <a class=Weight::Tertiary.class() href=site.href(Route::Login)>{t.sign_in_instead}</a>
            </div>
        </form>
        <p class="hint">{filled(t.no_email, &blanks)}</p>
    }
}

const EMAIL_FIELD: &str = "email";
const PASSWORD_FIELD: &str = "new-password";
/// Nobody sees it: it tells a password manager whose password this is.
const USERNAME_FIELD: &str = "account";

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

fn fields(form: &Form, problems: [FieldProblem; 2]) -> impl IntoView + use<> {
    let t = &texts().reset;
    let [(_, email), (_, password)] = problems;
    let (rules, verdict, shown) = (form.rules, form.strength, form.shown);
    view! {
        <Field id=EMAIL_FIELD label=t.email kind=EMAIL problem=email/>
        <input hidden id=USERNAME_FIELD type="text" autocomplete="username"/>
        <Password id=PASSWORD_FIELD label=t.password kind=NEW_PASSWORD
            shown problem=password hint=rules>
            <Strength verdict/>
        </Password>
    }
}

fn rules_wanted(policy: &PasswordPolicy, server: &str) -> Option<String> {
    let rules = i18n::policy(policy, server);
    let intro = fill(texts().fields.rules, &[("server", server)]);
    (!rules.is_empty()).then(|| [&intro, " ", &rules.join(", "), "."].concat())
}

fn other_sessions(sign_out: RwSignal<bool>) -> impl IntoView {
    let t = &texts().reset;
    let is = move |choice| Signal::derive(move || sign_out.get() == choice);
    let choose = move |choice| Callback::new(move |()| sign_out.set(choice));
    view! {
        <fieldset>
            <legend>{t.other_sessions}</legend>
            <Radio id="sign-out" group="other-sessions" label=t.sign_out why=t.sign_out_why
                chosen=is(true) choose=choose(true)/>
            <Radio id="keep" group="other-sessions" label=t.keep why=t.keep_why
                chosen=is(false) choose=choose(false)/>
        </fieldset>
    }
}

/// For whoever came back to the form while a mail is on its way.
fn already_waiting(site: &Site) -> impl IntoView + use<> {
    let t = &texts().reset;
    let (reset, href) = (site.reset, site.href(Route::ResetCheckEmail));
    move || {
        let email = reset.with(|reset| reset.awaited_email().map(str::to_owned))?;
        Some(view! {
            <div class="notice">
                <p>{filled(t.on_its_way, &[("email", &email)])}</p>
                <p><a href=href.clone()>{t.back_to_waiting}</a></p>
            </div>
        })
    }
}

fn submit(site: &Site, form: &Form) {
    let client_secret = ClientSecret::generate(random::bytes);
    form.no_randomness.set(client_secret.is_none());
    let Some(client_secret) = client_secret else { return };
    form.shown.set(false);
    site.reset.dispatch(Event::Submit(Submission {
        homeserver: (*site.homeserver).clone(),
        typed: Typed {
            email: field::typed(EMAIL_FIELD).trim().to_owned(),
            new_password: Rc::new(Secret::new(field::typed(PASSWORD_FIELD))),
            other_sessions: match form.sign_out.get_untracked() {
                true => OtherSessions::SignOut,
                false => OtherSessions::Keep,
            },
        },
        policy: form.policy.borrow().clone(),
        client_secret,
        next_link: Some(next_link()),
    }));
}

/// The homeserver adds `?sid=…` at the very end. Behind a `#` it stays in the
/// browser and does not reach the host of this site.
fn next_link() -> String {
    [&address::site(), Route::ResetVerified.path(), "#"].concat()
}
