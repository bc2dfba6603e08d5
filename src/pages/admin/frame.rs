//! What is around every page of an administrator who is signed in: who that is,
//! the ways to the other pages, the way out, and what was done.

use super::{STYLE, history, sheet};
use crate::admin::action::Action;
use crate::browser::{address, page};
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

/// How an administrator ends the session.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ending {
    /// The server signs the session out.
    SignOut,
    /// The token is only forgotten here.
    Forget,
}

const LEAVE: &str = "leave";
const LEAVE_QUESTION: &str = "leave-question";

/// The button that signs out. Where a password could be lost, it asks first.
fn leave(desk: Desk) -> AnyView {
    let t = &texts().frame;
    let (busy, error) = (RwSignal::new(false), RwSignal::new(None::<Error>));
    let asked = RwSignal::new(None::<Ending>);
    let end = move |ending| match ending {
        Ending::Forget => desk.forget(),
        Ending::SignOut => {
            busy.set(true);
            error.set(None);
            spawn_local(async move {
                if let Err(problem) = desk.leave().await {
                    error.try_set(Some(problem));
                }
                busy.try_set(false);
            });
        }
    };
    let begin = move |ending| match desk.sign_out_loses_password() {
        true => asked.set(Some(ending)),
        false => end(ending),
    };
    let press = Callback::new(move |()| begin(Ending::SignOut));
    let forget = Callback::new(move |()| begin(Ending::Forget));
    let label = if desk.is_pasted() { t.forget } else { t.leave };
    let working = Signal::derive(move || busy.get().then_some(t.leaving));
    let server = desk.server_name();
    let all_the_same = move || {
        error.get().map(|_| {
            view! {
                <Button label=t.forget_all_the_same busy=None blocked=false
                    weight=Weight::Tertiary press=forget/>
            }
        })
    };
    let question = move || {
        asked.get().map(|ending| {
            let yes = move || {
                asked.set(None);
                end(ending);
            };
            leave_question(desk, ending, yes, move || asked.set(None))
        })
    };
    let no_wait = signal(None).0;
    view! {
        <Problem error time_left=no_wait server/>
        <div id=LEAVE tabindex="-1">
            {question}
            <div class="actions">
                <Button label busy=working blocked=false weight=Weight::Tertiary press/>
                {all_the_same}
            </div>
        </div>
    }
    .into_any()
}

fn leave_question(
    desk: Desk,
    ending: Ending,
    yes: impl Fn() + Send + Sync + 'static,
    no: impl Fn() + Send + Sync + 'static,
) -> AnyView {
    let t = &texts().frame;
    effect(|| page::focus(LEAVE_QUESTION));
    let only_forgets = desk.is_pasted() || ending == Ending::Forget;
    let label = if only_forgets { t.forget_yes } else { t.leave_yes };
    // The question is about to go, and the focus would with it.
    let yes = Callback::new(move |()| {
        page::focus(LEAVE);
        yes();
    });
    let no = Callback::new(move |()| {
        page::focus(LEAVE);
        no();
    });
    view! {
        <div class="notice critical" id=LEAVE_QUESTION tabindex="-1">
            <h3>{t.leave_title}</h3>
            <p>{t.leave_ask}</p>
            <div class="actions">
                <Button label=t.stay_signed_in busy=None blocked=false weight=Weight::Primary
                    press=no/>
                <Button label busy=None blocked=false weight=Weight::Tertiary press=yes/>
            </div>
        </div>
    }
    .into_any()
}
