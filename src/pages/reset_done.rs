//! `/reset/done`: the password was changed.

use super::missing_password::to_login;
use super::open_client::open_client;
use crate::components::button::{Button, Weight};
use crate::components::page::page as show;
use crate::components::picture::picture;
use crate::components::progress::{Stage, progress};
use crate::components::text::{filled, plain};
use crate::i18n;
use crate::recovery::reset::{By, Done, Event, OtherSessions, Step};
use crate::route::Route;
use crate::runtime::effect::effect;
use crate::site::{Leave, Site};
use leptos::prelude::*;

/// The page. Whoever has not come so far is led to where they are.
pub fn page(site: &Site) -> AnyView {
    let there = site.reset.with_untracked(|reset| match reset.step() {
        Step::Done(done) => Ok((done.clone(), to_login(site, &done.homeserver))),
        _ => Err(reset.page_for(Route::ResetDone)),
    });
    match there {
        Ok((is, to_login)) => done(site, &is, to_login),
        Err(route) => {
            let here = site.clone();
            effect(move || here.go(route, Leave::Nothing));
            ().into_any()
        }
    }
}

fn done(site: &Site, is: &Done, to_login: AnyView) -> AnyView {
    let t = &i18n::wait().done;
    // Of a link alone, this site does not know whose account it is for.
    let by_link = is.email.is_none();
    let title = if by_link { t.title_by_link } else { t.title };
    let whose = by_link.then(|| filled(t.by_link, &[("server", &is.homeserver.name)]).line("lead"));
    let (sessions, next) = match is.by {
        By::ThisTab(OtherSessions::SignOut) => (t.signed_out, t.next),
        By::ThisTab(OtherSessions::Keep) => (t.kept, t.next),
        By::AnotherTab => (t.elsewhere, ""),
    };
    let (reset, here) = (site.reset, site.clone());
    let again = Callback::new(move |()| {
        reset.dispatch(Event::StartOver);
        here.go(Route::Reset, Leave::ThisPage);
    });
    let content = view! {
        {progress(Stage::Changed)}
        {picture("done")}
        {whose}
        {plain(sessions).line("lead")}
        {plain(next).line("")}
        {to_login}
        {open_client(site)}
        <div class="actions">
            <Button label=t.again busy=None blocked=false weight=Weight::Tertiary press=again/>
        </div>
    };
    show(site, title, content)
}
