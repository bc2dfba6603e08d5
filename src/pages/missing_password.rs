//! All that is missing is the new password: part of `/reset/check-email`, for
//! whoever loaded that page again, took a reset up from its link, or typed a
//! password that the homeserver does not take.

use super::new_password::{NewPassword, PASSWORD_FIELD};
use crate::components::button::{Button, Weight};
use crate::components::countdown::time_left;
use crate::components::form::form as form_of;
use crate::components::page::{page as show, page_with_errors};
use crate::components::progress::{Stage, progress};
use crate::components::summary::{FieldProblem, Summary};
use crate::components::text::{Html, filled, link, link_button, plain};
use crate::i18n::{self, texts};
use crate::matrix::Homeserver;
use crate::recovery::reset::{
    Doing, Draft, Event, MissingPassword, NeedsPassword, Reset, Step, Then,
};
use crate::route::Route;
use crate::runtime::effect::effect;
use crate::secret::Secret;
use crate::site::Site;
use leptos::prelude::*;
use std::rc::Rc;

/// The page. A homeserver that the site is not set up for gets no password
/// before the person agreed to its name.
pub fn page(site: &Site) -> AnyView {
    let (agreed, site) = (RwSignal::new(false), site.clone());
    let page = move || {
        let draft = site.reset.with_untracked(|reset| Some(needs(reset)?.draft.clone()))?;
        // Whoever asked for the mail here has agreed to it then.
        let is_known = draft.mail.is_some() || site.is_for(&draft.homeserver);
        Some(match is_known || agreed.get() {
            true => form(&site, &draft),
            false => question(&site, &draft.homeserver, agreed),
        })
    };
    page.into_any()
}

fn needs(reset: &Reset) -> Option<&NeedsPassword> {
    match reset.step() {
        Step::NeedsPassword(needs) => Some(needs),
        _ => None,
    }
}

/// Whether the link's homeserver is the one that the person expects.
fn question(site: &Site, other: &Homeserver, agreed: RwSignal<bool>) -> AnyView {
    let t = &i18n::wait().missing;
    let blanks = [("other", other.name.as_str()), ("server", &site.homeserver().name)];
    let agree = Callback::new(move |()| agreed.set(true));
    let why = if site.config.is_locked { t.locked } else { t.other_server_why };
    let go_on = (!site.config.is_locked).then(|| {
        view! {
            <Button label=t.other_server_go_on busy=None blocked=false weight=Weight::Tertiary
                press=agree/>
        }
    });
    let content = view! {
        {progress(Stage::Link)}
        {filled(t.other_server, &blanks).line("lead")}
        {filled(why, &blanks).line("")}
        <div class="actions">
            {cancel(site, Weight::Primary)}
            {go_on}
        </div>
    };
    show(site, t.other_server_title, content)
}

/// Gives the reset up.
pub fn cancel(site: &Site, weight: Weight) -> AnyView {
    let reset = site.reset;
    let press = Callback::new(move |()| reset.dispatch(Event::StartOver));
    let busy = Signal::derive(move || reset.with(|reset| leaving(reset, false)));
    view! { <Button label=texts().reset.cancel busy blocked=false weight press/> }.into_any()
}

fn form(site: &Site, draft: &Draft) -> AnyView {
    let t = &i18n::wait().missing;
    let (reset, server) = (site.reset, draft.homeserver.name.clone());
    let email = draft.mail.as_ref().map(|mail| mail.email.clone()).unwrap_or_default();
    let fields = NewPassword::new(draft.other_sessions);
    fields.ask_for_rules(draft.homeserver.clone());
    let refused = reset.with_untracked(|reset| Some(needs(reset)?.refused.as_ref()?.0.clone()));
    let blanks = [("server", server.as_str()), ("email", &email)];
    let (title, lead) = match (&refused, &draft.mail) {
        (Some(_), _) => (t.refused_title, filled(t.refused, &blanks)),
        (None, Some(_)) => (t.again_title, filled(t.again, &blanks)),
        (None, None) => (t.title, filled(t.lead, &blanks)),
    };
    prefill(&fields, email.clone(), refused.unwrap_or_default());
    let problem = Signal::derive({
        let server = server.clone();
        move || {
            reset.with(|reset| {
                let (_, problem) = needs(reset)?.refused.as_ref()?;
                Some(i18n::password_problem(problem, &server))
            })
        }
    });
    let problems: [FieldProblem; 2] =
        [(PASSWORD_FIELD, problem), (PASSWORD_FIELD, Signal::derive(|| None))];
    let wrong = Signal::derive(move || problem.get().is_some());
    let error = Signal::derive(|| None);
    let typed = fields.clone();
    let submit = {
        let fields = fields.clone();
        move || {
            reset.dispatch(Event::Password(MissingPassword {
                new_password: fields.take(),
                other_sessions: fields.other_sessions(),
                policy: fields.policy(),
            }));
        }
    };
    let content = view! {
        {fields.field(problem)}
        {fields.sessions()}
        <div class="actions">
            <Button label=t.submit busy=None blocked=false weight=Weight::Primary/>
            {draft.mail.is_some().then(|| open_form(site, i18n::wait().check_email.other_address))}
            {cancel(site, Weight::Tertiary)}
        </div>
    };
    let content = view! {
        {progress(Stage::Link)}
        <Summary fields=problems error time_left=time_left(error) server=server/>
        {lead.line("lead")}
        {draft.mail.is_none().then(|| plain(t.only_yours).line(""))}
        {draft.may_be_changed().then(|| may_be_done(site, &draft.homeserver).line(""))}
        {form_of(submit, move || typed.typing(), content)}
    };
    page_with_errors(site, title, wrong, content.into_any())
}

fn prefill(fields: &NewPassword, email: String, refused: Rc<Secret>) {
    let fields = fields.clone();
    effect(move || fields.prefill(&email, &refused));
}

/// A way on where nobody can say whether the password was changed.
pub fn may_be_done(site: &Site, homeserver: &Homeserver) -> Html {
    let t = &i18n::wait().check_email;
    let words = filled(t.may_be_done, &[("server", &homeserver.name)]);
    words.and(sign_in(site, homeserver, t.try_to_sign_in))
}

/// The way to sign in: here, or in an app where the account is elsewhere. The
/// new password of that one is nothing for the homeserver of this site.
pub fn sign_in(site: &Site, homeserver: &Homeserver, label: &str) -> Html {
    match site.is_for(homeserver) {
        true => link(&site.href(Route::Login), label),
        false => filled(i18n::wait().missing.sign_in_elsewhere, &[("server", &homeserver.name)]),
    }
}

/// `Return to login screen`, where that is the one of this homeserver.
pub fn to_login(site: &Site, homeserver: &Homeserver) -> AnyView {
    let label = i18n::wait().done.back;
    match site.is_for(homeserver) {
        true => link_button(Weight::Primary, &site.href(Route::Login), label).actions(),
        false => sign_in(site, homeserver, label).line(""),
    }
}

/// Back to the form.
pub fn open_form(site: &Site, label: &'static str) -> AnyView {
    let reset = site.reset;
    let press = Callback::new(move |()| reset.dispatch(Event::OpenForm));
    let busy = Signal::derive(move || reset.with(|reset| leaving(reset, true)));
    view! { <Button label busy blocked=false weight=Weight::Tertiary press/> }.into_any()
}

/// What a button says that leads away from here, until the server has answered.
fn leaving(reset: &Reset, to_form: bool) -> Option<&'static str> {
    let Step::Waiting(waiting) = reset.step() else { return None };
    let Doing::Asking(asking) = &waiting.doing else { return None };
    let leaves = match asking.then {
        Then::OpenForm => to_form,
        Then::Leave(_) => !to_form,
        _ => false,
    };
    leaves.then_some(i18n::wait().missing.one_moment)
}
