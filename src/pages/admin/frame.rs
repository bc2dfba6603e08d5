//! What is around every page of an administrator who is signed in: who that is,
//! the ways to the other pages, the way out, and what was done.

use super::{STYLE, history, sheet};
use crate::admin::action::Action;
use crate::browser::address;
use crate::components::button::{Button, Weight};
use crate::components::notice::Problem;
use crate::components::page::page as show;
use crate::components::text::{Html, filled, link};
use crate::i18n::admin as texts;
use crate::matrix::Error;
use crate::route::Route;
use crate::runtime::admin::Desk;
use crate::runtime::effect::effect;
use crate::site::Site;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// A page of somebody who is signed in. Whoever is not signs in first, and comes
/// back.
pub fn framed(
    site: &Site,
    route: Route,
    title: &'static str,
    content: impl FnOnce(Desk) -> AnyView,
) -> AnyView {
    let desk = Desk::here();
    let here = site.clone();
    effect(move || {
        // What was done to many stays to be seen, and to be saved.
        let stays = route == Route::AdminMany && desk.many.with_untracked(Option::is_some);
        if desk.session.get().is_none() && !stays {
            let place = address::fragment().trim_start_matches('#').to_owned();
            desk.wanted.set(Some((route, place)));
            here.go_to_place(Route::Admin, "");
        }
    });
    if desk.session.get_untracked().is_none() {
        return ().into_any();
    }
    let content = content(desk);
    show(site, title, inner(site, desk, content))
}

fn inner(site: &Site, desk: Desk, content: AnyView) -> AnyView {
    let t = &texts().frame;
    let many = link(&site.href(Route::AdminMany), t.many);
    // Dendrite has nothing that could be done to many.
    let many = if desk.offers(Action::AttachEmail) { many } else { Html::default() };
    let ways = link(&site.href(Route::AdminUsers), t.users).and(many);
    let me = desk.me();
    // Dendrite does not say so before something is done.
    let who = if desk.offers(Action::AttachEmail) { t.who } else { t.who_perhaps };
    view! {
        <link rel="stylesheet" href=STYLE/>
        {warning(desk)}
        <div class="desk">
            {filled(who, &[("user", &me)]).line("hint")}
            {ways.inline("links")}
        </div>
        {sheet::before(desk, content)}
        {history::view(desk)}
        {leave(desk)}
    }
    .into_any()
}

/// The session ends soon, unless somebody is there.
fn warning(desk: Desk) -> AnyView {
    let t = &texts().frame;
    let stay = Callback::new(move |()| desk.idle.seen());
    let words = move || {
        desk.idle.warned.get().then(|| {
            view! {
                <div class="notice critical">
                    <p>{t.idle}</p>
                    <div class="actions">
                        <Button label=t.stay busy=None blocked=false weight=Weight::Primary
                            press=stay/>
                    </div>
                </div>
            }
        })
    };
    view! { <div role="alert">{words}</div> }.into_any()
}

/// The way out.
fn leave(desk: Desk) -> AnyView {
    let t = &texts().frame;
    let (busy, error) = (RwSignal::new(false), RwSignal::new(None::<Error>));
    let press = Callback::new(move |()| {
        busy.set(true);
        error.set(None);
        spawn_local(async move {
            if let Err(problem) = desk.leave().await {
                error.try_set(Some(problem));
            }
            busy.try_set(false);
        });
    });
    let label = if desk.is_pasted() { t.forget } else { t.leave };
    let working = Signal::derive(move || busy.get().then_some(t.leaving));
    let server = desk.server_name();
    let forget = Callback::new(move |()| desk.forget());
    let all_the_same = move || {
        error.get().map(|_| {
            view! {
                <Button label=t.forget_all_the_same busy=None blocked=false
                    weight=Weight::Tertiary press=forget/>
            }
        })
    };
    let no_wait = signal(None).0;
    view! {
        <Problem error time_left=no_wait server/>
        <div class="actions">
            <Button label busy=working blocked=false weight=Weight::Tertiary press/>
            {all_the_same}
        </div>
    }
    .into_any()
}
