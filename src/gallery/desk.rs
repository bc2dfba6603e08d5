//! What administrators see. The homeserver that answers is the test's.

use crate::admin::handover::Certainty;
use crate::admin::many::{Administrator, Fault, Many, Outcome, Plan, Refusal, Task, Work};
use crate::admin::reach::Software;
use crate::matrix::Error;
use crate::matrix::admin::KnownUser;
use crate::matrix::admin::account::GetAccount;
use crate::matrix::session::{Session, Tokens};
use crate::matrix::wire::{Endpoint, Response};
use crate::pages::admin;
use crate::runtime::admin::{Desk, Sheet};
use crate::secret::Secret;
use crate::site::Site;
use leptos::prelude::*;
use std::rc::Rc;
use std::time::Duration;

/// Where administrators sign in.
pub fn entrance(site: &Site) -> AnyView {
    let desk = Desk::here();
    desk.forget();
    desk.reach.set(None);
    admin::page(site)
}

/// The accounts.
pub fn users(site: &Site) -> AnyView {
    sign_in(site, Software::Synapse);
    admin::users::page(site)
}

/// All that Dendrite has.
pub fn dendrite(site: &Site) -> AnyView {
    sign_in(site, Software::Dendrite);
    admin::users::page(site)
}

/// One account.
pub fn user(site: &Site) -> AnyView {
    sign_in(site, Software::Synapse);
    styled(admin::user::person(Desk::here(), "@bob:example.org".to_owned()))
}

/// What is handed over.
pub fn sheet(site: &Site) -> AnyView {
    sign_in(site, Software::Synapse);
    let password = Rc::new(Secret::new("abandon-ability-able-about-above-absent-absorb".into()));
    let user_id = "@bob:example.org".to_owned();
    let (certainty, by) = (Certainty::Set, administrator(site));
    Desk::here().hand_over(Sheet { user_id, password, certainty, by, has_past: true });
    styled(admin::sheet::before(Desk::here(), ().into_any()))
}

/// No list yet.
pub fn list(site: &Site) -> AnyView {
    sign_in(site, Software::Synapse);
    admin::many::page(site)
}

/// After the dry run.
pub fn ready(site: &Site) -> AnyView {
    sign_in(site, Software::Synapse);
    Desk::here().many.set(Some(checked(site)));
    admin::many::page(site)
}

/// The homeserver is gone.
pub fn paused(site: &Site) -> AnyView {
    sign_in(site, Software::Synapse);
    let mut many = checked(site);
    many.start();
    run(&mut many, Ok(Outcome::Done));
    run(&mut many, Err(Fault::Server(Error::Unreachable)));
    Desk::here().many.set(Some(many));
    admin::many::page(site)
}

/// All is over.
pub fn finished(site: &Site) -> AnyView {
    sign_in(site, Software::Synapse);
    let mut many = checked(site);
    many.start();
    run(&mut many, Ok(Outcome::Done));
    run(&mut many, Err(Fault::Refused(Refusal::Appservice("irc".into()))));
    run(&mut many, Ok(Outcome::AlreadySo));
    if let Some(row) = many.rows.first_mut() {
        row.password = Some(Rc::new(Secret::new("seven plain words".into())));
    }
    Desk::here().many.set(Some(many));
    admin::many::page(site)
}

/// As in the frame of these pages.
fn styled(content: AnyView) -> AnyView {
    view! { <link rel="stylesheet" href=admin::STYLE/> {content} }.into_any()
}

fn sign_in(site: &Site, software: Software) {
    let access = Rc::new(Secret::new("token".into()));
    let session = Session {
        homeserver: (*site.homeserver()).clone(),
        user_id: "@admin:example.org".into(),
        device_id: None,
        tokens: Tokens { access, refresh: None, until: None },
    };
    let desk = Desk::here();
    desk.many.set(None);
    desk.sheets.set(Vec::new());
    desk.begin(session, software, false, true);
}

fn administrator(site: &Site) -> Administrator {
    let server = site.homeserver().base_url.clone();
    Administrator { user_id: "@admin:example.org".into(), server }
}

/// Three accounts that are there, and some that are not.
fn checked(site: &Site) -> Many {
    let list = "@bob:example.org\ncarol\n@dave:example.org\n@nobody:example.org\nno name\nbob";
    let work = Work::SetPasswords { sign_out: true };
    let mut many = Many::new(work, list, "example.org", administrator(site));
    while let Some(Task::Check(row)) = many.next_task() {
        let id = many.rows.get(row).map(|row| row.typed.clone()).unwrap_or_default();
        let plan = match known(&id).filter(|_| !id.contains("nobody")) {
            Some(user) => Ok(Plan { sessions: Some(3), ..Plan::of(user) }),
            None => Err(Fault::Refused(Refusal::NoAccount)),
        };
        many.checked(row, plan);
    }
    many
}

fn run(many: &mut Many, answer: Result<Outcome, Fault>) {
    if let Some(Task::Run { row, .. }) = many.next_task() {
        many.ran(row, answer);
    }
}

/// Somebody whom a homeserver told of.
fn known(id: &str) -> Option<KnownUser> {
    let body = ["{\"name\":\"", id, "\"}"].concat();
    let told = Response { status: 200, body, retry_after: None, received: Duration::ZERO };
    Some(GetAccount(id).read(&told).ok()?.user().clone())
}
