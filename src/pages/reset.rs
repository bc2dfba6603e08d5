//! `/reset`: email address, new password, what happens to the other sessions.

use crate::browser::{address, random};
use crate::components::button::{Button, Weight};
use crate::components::countdown::{must_wait, time_left};
use crate::components::field::{self, EMAIL, Field, NEW_PASSWORD};
use crate::components::notice::{Problem, Status};
use crate::components::page::page as show;
use crate::components::radio::Radio;
use crate::components::text::filled;
use crate::i18n::{self, fill, texts};
use crate::matrix::password_policy::{GetPasswordPolicy, PasswordPolicy};
use crate::matrix::password_reset::ClientSecret;
use crate::net;
use crate::recovery::reset::{Event, OtherSessions, Problems, Reset, Step, Submission, Typed};
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
    email: NodeRef<Input>,
    password: NodeRef<Input>,
    other_sessions: RwSignal<OtherSessions>,
    policy: RwSignal<PasswordPolicy>,
    no_randomness: RwSignal<bool>,
}

/// The page.
pub fn page(site: &Site) -> AnyView {
    let typed = site.reset.with_untracked(|reset| reset.typed().cloned());
    let form = Form {
        email: NodeRef::new(),
        password: NodeRef::new(),
        other_sessions: RwSignal::new(
            typed.as_ref().map(|typed| typed.other_sessions).unwrap_or_default(),
        ),
        policy: RwSignal::new(PasswordPolicy::default()),
        no_randomness: RwSignal::new(false),
    };
    if let Some(typed) = typed {
        prefill(form, typed);
    }
    load_policy(site, form.policy);
    follow(site);
    let page = show(site, texts().reset.title, content(site, form));
    // After the heading, which takes the focus where nothing is wrong.
    focus_on_problem(site.reset, form);
    page
}

/// Whoever comes back to the form finds what they sent. The password goes from
/// where it is kept to the field without another copy of it.
fn prefill(form: Form, typed: Typed) {
    Effect::new(move |_| {
        field::prefill(form.email, &typed.email);
        field::prefill(form.password, typed.new_password.expose());
    });
}

/// The rules are a help and no more: without them the server still says no.
fn load_policy(site: &Site, policy: RwSignal<PasswordPolicy>) {
    let base_url = site.homeserver.base_url.clone();
    spawn_local(async move {
        if let Ok(rules) = net::send(&base_url, &GetPasswordPolicy).await {
            policy.try_set(rules);
        }
    });
}

/// Goes on to the next step when the mail was sent from here, and not when
/// somebody comes back to the form while a mail is on its way.
fn follow(site: &Site) {
    let (reset, go) = (site.reset, site.navigator());
    Effect::new(move |was_sending: Option<bool>| {
        let (sending, waiting, page) = reset.with(|reset| {
            let waiting = matches!(reset.step(), Step::Waiting(_));
            (reset.is_sending(), waiting, reset.page_for(Route::Reset))
        });
        if page != Route::Reset {
            go(page, Leave::Nothing);
        } else if waiting && was_sending == Some(true) {
            go(Route::ResetCheckEmail, Leave::ThisPage);
        }
        sending
    });
}

fn problems(reset: &Reset) -> Problems {
    match reset.step() {
        Step::Form(form) => form.problems.clone(),
        _ => Problems::default(),
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

fn content(site: &Site, form: Form) -> impl IntoView {
    let t = &texts().reset;
    let (reset, server) = (site.reset, site.homeserver.name.clone());
    let blanks = [("server", server.as_str())];
    let problems = Memo::new(move |_| reset.with(problems));
    let error = Signal::derive(move || problems.get().general);
    let left = time_left(error);
    let blocked = must_wait(left);
    let busy = Signal::derive(move || reset.with(busy));
    let submit = {
        let site = site.clone();
        move |event: leptos::ev::SubmitEvent| {
            event.prevent_default();
            if !blocked.get_untracked() && busy.get_untracked().is_none() {
                submit(&site, form);
            }
        }
    };
    let no_randomness = Signal::derive(move || form.no_randomness.get().then_some(t.no_randomness));
    view! {
        <p class="lead">{filled(t.lead, &blanks)}</p>
        {already_waiting(site)}
        <Problem error time_left=left server=server.clone()/>
        <Status text=no_randomness/>
        <form method="post" novalidate on:submit=submit>
            {fields(form, problems, server.clone())}
            {other_sessions(form.other_sessions)}
            <div class="actions">
                <Button label=t.submit busy blocked weight=Weight::Primary/>
                <a class=Weight::Tertiary.class() href=site.href(Route::Login)>{t.sign_in_instead}</a>
            </div>
        </form>
        <p class="hint">{filled(t.no_email, &blanks)}</p>
    }
}

fn fields(form: Form, problems: Memo<Problems>, server: String) -> impl IntoView {
    let t = &texts().reset;
    let email_problem = {
        let server = server.clone();
        Signal::derive(move || Some(i18n::email_problem(problems.get().email?, &server)))
    };
    let password_problem = {
        let server = server.clone();
        Signal::derive(move || Some(i18n::password_problem(&problems.get().password?, &server)))
    };
    let rules = Signal::derive(move || rules_wanted(&form.policy.get(), &server));
    view! {
        <Field id="email" label=t.email kind=EMAIL node=form.email problem=email_problem/>
        <Field id="new-password" label=t.password kind=NEW_PASSWORD node=form.password
            problem=password_problem hint=rules/>
    }
}

fn rules_wanted(policy: &PasswordPolicy, server: &str) -> Option<String> {
    let rules = i18n::policy(policy, server);
    let intro = fill(texts().fields.rules, &[("server", server)]);
    (!rules.is_empty()).then(|| [&intro, " ", &rules.join(", "), "."].concat())
}

fn other_sessions(chosen: RwSignal<OtherSessions>) -> impl IntoView {
    let t = &texts().reset;
    let is = move |choice| Signal::derive(move || chosen.get() == choice);
    let choose = move |choice| Callback::new(move |()| chosen.set(choice));
    view! {
        <fieldset>
            <legend>{t.other_sessions}</legend>
            <Radio id="sign-out" group="other-sessions" label=t.sign_out why=t.sign_out_why
                chosen=is(OtherSessions::SignOut) choose=choose(OtherSessions::SignOut)/>
            <Radio id="keep" group="other-sessions" label=t.keep why=t.keep_why
                chosen=is(OtherSessions::Keep) choose=choose(OtherSessions::Keep)/>
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

fn focus_on_problem(reset: ResetRuntime, form: Form) {
    Effect::new(move |_| {
        let problems = reset.with(problems);
        if problems.email.is_some() {
            field::focus(form.email);
        } else if problems.password.is_some() {
            field::focus(form.password);
        }
    });
}

fn submit(site: &Site, form: Form) {
    let client_secret = ClientSecret::generate(random::bytes);
    form.no_randomness.set(client_secret.is_none());
    let Some(client_secret) = client_secret else { return };
    site.reset.dispatch(Event::Submit(Submission {
        homeserver: (*site.homeserver).clone(),
        typed: Typed {
            email: field::typed(form.email).trim().to_owned(),
            new_password: Rc::new(Secret::new(field::typed(form.password))),
            other_sessions: form.other_sessions.get_untracked(),
        },
        policy: form.policy.get_untracked(),
        client_secret,
        next_link: Some(next_link()),
    }));
}

/// The homeserver adds `?sid=…` at the very end. Behind a `#` it stays in the
/// browser and does not reach the host of this site.
fn next_link() -> String {
    [&address::site(), Route::ResetVerified.path(), "#"].concat()
}
