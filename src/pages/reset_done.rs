//! `/reset/done`: the password was changed.

use crate::components::button::{Button, Weight};
use crate::components::page::page as show;
use crate::components::picture::picture;
use crate::components::progress::{Stage, progress};
use crate::i18n::texts;
use crate::recovery::reset::{Event, OtherSessions, Step};
use crate::route::Route;
use crate::runtime::effect::effect;
use crate::site::{Leave, Site};
use leptos::prelude::*;

/// The page. Whoever has not come so far is led to where they are.
pub fn page(site: &Site) -> AnyView {
    let there = site.reset.with_untracked(|reset| match reset.step() {
        Step::Done(done) => Ok(done.other_sessions),
        _ => Err(reset.page_for(Route::ResetDone)),
    });
    match there {
        Ok(other_sessions) => done(site, other_sessions),
        Err(route) => {
            let go = site.navigator();
            effect(move || go(route, Leave::Nothing));
            ().into_any()
        }
    }
}

fn done(site: &Site, other_sessions: OtherSessions) -> AnyView {
    let t = &texts().done;
    let sessions = match other_sessions {
        OtherSessions::SignOut => t.signed_out,
        OtherSessions::Keep => t.kept,
    };
    let (reset, go) = (site.reset, site.navigator());
    let again = Callback::new(move |()| {
        reset.dispatch(Event::StartOver);
        go(Route::Reset, Leave::ThisPage);
    });
    let content = view! {
        {progress(Stage::Changed)}
        {picture("done")}
        <p class="lead">{sessions}</p>
        <p>{t.next}</p>
        <div class="actions">
            <a class=Weight::Primary.class() href=site.href(Route::Login)>{t.back}</a>
            <Button label=t.again busy=None blocked=false weight=Weight::Tertiary press=again/>
        </div>
    };
    show(site, t.title, content)
}
