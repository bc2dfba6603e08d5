//! Attaching an email address: the recommended way, since nobody else learns the
//! password.

use super::{Person, Report, folded};
use crate::admin::action::Action;
use crate::admin::many::{Fault, Outcome, Work};
use crate::browser::page;
use crate::components::button::{Button, Weight};
use crate::components::field::{self, EMAIL, Field, Kind};
use crate::components::form::form as form_of;
use crate::components::text::plain;
use crate::i18n::{self, admin as texts, fill};
use crate::matrix::wire::segment;
use crate::recovery::reset::EmailProblem;
use crate::route::Route;
use crate::runtime::admin::{Desk, work};
use leptos::prelude::*;

const FIELD: &str = "attach-email";

/// The form.
pub fn section(person: Person) -> AnyView {
    if !person.may(Action::AttachEmail) {
        return ().into_any();
    }
    let t = &texts().email;
    let act = person.act(Action::AttachEmail);
    let problem = RwSignal::new(None::<String>);
    let submit = move || {
        let typed = field::typed(FIELD).trim().to_owned();
        let wrong = EmailProblem::of(&typed);
        let server = person.desk.server_name();
        problem.set(wrong.map(|wrong| i18n::email_problem(wrong, &server)));
        if wrong.is_some() {
            return page::focus(FIELD);
        }
        let id = person.id();
        act.begin(&person.id(), Vec::new(), move || {
            let (id, typed) = (id.clone(), typed.clone());
            async move {
                let report = attach(person.desk, &id, &typed).await?;
                // The field of the next person is another one.
                if !problem.is_disposed() {
                    field::prefill(FIELD, "");
                }
                person.load();
                Ok(report)
            }
        });
    };
    // It is somebody else's address, which no browser has to remember.
    let kind = Kind { autocomplete: "off", ..EMAIL };
    let fields = view! {
        {plain(t.lead).line("")}
        {plain(t.sure).line("hint")}
        <Field id=FIELD label=t.field kind problem/>
        <div class="actions">
            <Button label=t.submit busy=act.label(t.submitting) blocked=false
                weight=Weight::Primary/>
        </div>
    };
    let content = view! { {form_of(submit, || {}, fields)} {act.view()} };
    folded("email", t.title, content.into_any())
}

async fn attach(desk: Desk, user_id: &str, email: &str) -> Result<Report, Fault> {
    let t = &texts().email;
    let plan = work::plan(desk, Work::AttachEmails, user_id, email).await?;
    let outcome = work::carry_out(desk, Work::AttachEmails, &plan.user, email, None).await?;
    let link = desk.link_for(Route::Reset, &["email=", &segment(email)].concat());
    let words = |text| fill(text, &[("address", email), ("link", &link)]);
    Ok(match outcome {
        Outcome::Done => words(t.done).into(),
        Outcome::AlreadySo => Report::no_need(words(t.already), texts().log.already),
    })
}
