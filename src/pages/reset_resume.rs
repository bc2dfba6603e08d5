//! `/reset/resume`: the original tab was lost. The link from the mail is pasted
//! here, and the reset is finished in any browser.

use super::replace_reset::{question, replaces};
use crate::browser::clock;
use crate::components::button::{Button, Weight};
use crate::components::countdown::time_left;
use crate::components::field::{self, Field, LINK};
use crate::components::form::form as form_of;
use crate::components::page::page_with_errors;
use crate::components::progress::{Stage, progress};
use crate::components::summary::{FieldProblem, Summary};
use crate::components::text::{link_button, plain};
use crate::i18n::{self, start};
use crate::matrix::reset_link::{LinkProblem, ResetLink};
use crate::recovery::reset::{Draft, Event};
use crate::route::Route;
use crate::site::{Leave, Site};
use leptos::prelude::*;

const LINK_FIELD: &str = "link";

/// The page. A link that would replace another reset of this tab asks first.
pub fn page(site: &Site) -> AnyView {
    let (pending, site) = (RwSignal::new_local(None), site.clone());
    let page = move || match pending.with(Option::is_some) {
        true => {
            let here = site.clone();
            let replace = move || {
                if let Some(draft) = pending.get_untracked() {
                    take_up(&here, draft);
                }
            };
            question(&site, replace)
        }
        false => form(&site, pending),
    };
    page.into_any()
}

fn form(site: &Site, pending: RwSignal<Option<Draft>, LocalStorage>) -> AnyView {
    let t = &start().resume;
    let problem = RwSignal::new(None::<String>);
    let wrong = Signal::derive(move || problem.get().is_some());
    let fields: [FieldProblem; 2] =
        [(LINK_FIELD, problem.into()), (LINK_FIELD, Signal::derive(|| None))];
    let error = Signal::derive(|| None);
    let here = site.clone();
    let submit = move || match ResetLink::find(&field::typed(LINK_FIELD)) {
        Ok(link) => {
            let server = here.homeserver_at(link.base_url.clone());
            let draft = Draft::from_link(link, server, clock::now());
            match replaces(&here, &draft) {
                true => pending.set(Some(draft)),
                false => take_up(&here, draft),
            }
        }
        Err(wrong) => problem.set(Some(words(wrong).to_owned())),
    };
    let server = site.homeserver().name.clone();
    let instead =
        link_button(Weight::Tertiary, &site.href(Route::Reset), i18n::wait().check_email.new_email);
    let how = Signal::derive(|| Some(t.how.to_owned()));
    let content = view! {
        <Field id=LINK_FIELD label=t.link kind=LINK problem hint=how/>
        <div class="actions">
            <Button label=t.submit busy=None blocked=false weight=Weight::Primary/>
        </div>
        {instead.actions()}
    };
    let content = view! {
        {progress(Stage::Link)}
        <Summary fields error time_left=time_left(error) server/>
        {plain(t.lead).line("lead")}
        {form_of(submit, || {}, content)}
    };
    page_with_errors(site, t.title, wrong, content.into_any())
}

fn take_up(site: &Site, draft: Draft) {
    site.reset.dispatch(Event::TakeUp(draft));
    site.go(Route::ResetCheckEmail, Leave::ThisPage);
}

fn words(problem: LinkProblem) -> &'static str {
    let t = &start().resume;
    match problem {
        LinkProblem::Missing => t.missing,
        LinkProblem::NotALink => t.not_a_link,
        LinkProblem::CutOff => t.cut_off,
        LinkProblem::ServersOwn => t.servers_own,
        LinkProblem::OnlyConfirms => t.only_confirms,
    }
}
