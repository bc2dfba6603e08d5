//! `/admin/many`: the same for many accounts. A list is pasted or dropped, a dry run
//! says for each what would happen, and then it is done, one after the other.

// What was pasted, and what is to be done.
mod form;
// The reports.
mod report;
// Row by row.
mod rows;

use super::frame::framed;
use super::{STYLE, history};
use crate::admin::many::{Counts, Many, Phase, Work};
use crate::browser::page;
use crate::components::button::{Button, Weight};
use crate::components::page::page as show;
use crate::components::text::{link, plain};
use crate::i18n::{self, admin, counted, fill, many as texts};
use crate::route::Route;
use crate::runtime::admin::Desk;
use crate::runtime::effect::effect;
use crate::site::Site;
use leptos::prelude::*;

/// The page. What was done stays here also when the session has ended: passwords
/// that were set would be lost otherwise.
pub fn page(site: &Site) -> AnyView {
    let desk = Desk::here();
    let site = site.clone();
    let goes_on =
        Memo::new(move |_| desk.session.get().is_some() || desk.many.with(Option::is_none));
    let page = move || match goes_on.get() {
        true => signed_in(&site),
        false => signed_out(&site, desk),
    };
    page.into_any()
}

fn signed_in(site: &Site) -> AnyView {
    framed(site, Route::AdminMany, texts().title, |desk| {
        let is_there = Memo::new(move |_| desk.many.with(Option::is_some));
        let content = move || match is_there.get() {
            true => work(desk),
            false => form::view(desk),
        };
        content.into_any()
    })
}

fn signed_out(site: &Site, desk: Desk) -> AnyView {
    let sign_in = link(&site.href(Route::Admin), admin().sign_in.submit);
    let content = view! {
        <link rel="stylesheet" href=STYLE/>
        {plain(texts().signed_out).and(sign_in).line("notice critical")}
        {work(desk)}
        {history::view(desk)}
    };
    show(site, texts().title, content)
}

/// Something about the work, told anew whenever it changes.
fn of<T: 'static>(desk: Desk, read: impl Fn(&Many) -> T) -> Option<T> {
    desk.many.with(|many| many.as_ref().map(read))
}

const WORK: &str = "work";

fn work(desk: Desk) -> AnyView {
    let server = desk.server_name();
    let title = of(desk, |many| what(many.work)).unwrap_or_default();
    let status = move || of(desk, |many| status(many, &server));
    let far = Memo::new(move |_| of(desk, progress).flatten());
    let max = move || far.get().map_or(1, |(_, all)| all).to_string();
    let value = move || far.get().map_or(0, |(at, _)| at).to_string();
    let counts = move || of(desk, |many| plain(&summary(many.counts())).line(""));
    let is_asked = RwSignal::new(false);
    let phase = Memo::new(move |_| of(desk, |many| many.phase.clone()));
    let buttons = move || phase.get().map(|phase| buttons(desk, &phase, is_asked));
    // What can be saved, whenever nothing is being done.
    let rests = Memo::new(move |_| !matches!(phase.get(), Some(Phase::Checking | Phase::Running)));
    let files = move || rests.get().then(|| report::view(desk));
    effect(|| page::focus(WORK));
    view! {
        <h2 class="part" id=WORK tabindex="-1">{title}</h2>
        <div role="status">{status}</div>
        <progress aria-labelledby=WORK hidden=move || far.get().is_none() max=max value=value>
        </progress>
        {counts}
        {buttons}
        {files}
        {rows::view(desk)}
    }
    .into_any()
}

/// What is done, in the words in which it was chosen.
fn what(work: Work) -> String {
    let t = texts();
    let (what, also) = match work {
        Work::AttachEmails => (t.attach, None),
        Work::SetPasswords { sign_out } => (t.passwords, sign_out.then_some(t.also_sign_out)),
        Work::SignOut => (t.sign_out, None),
        Work::Lock => (t.lock, None),
        Work::Deactivate { erase } => (t.deactivate, erase.then_some(t.also_erase)),
    };
    match also {
        Some(also) => [what, " – ", also].concat(),
        None => what.to_owned(),
    }
}

/// How far it is, in words.
fn status(many: &Many, server: &str) -> AnyView {
    let t = texts();
    let counts = many.counts();
    let words = match &many.phase {
        Phase::Checking => t.checking.to_owned(),
        Phase::Ready => t.ready.to_owned(),
        Phase::Running => t.running.to_owned(),
        Phase::Paused { error: None, .. } => t.paused.to_owned(),
        Phase::Paused { error: Some(error), .. } => {
            fill(t.paused_by, &[("problem", &i18n::error(error, server))])
        }
        Phase::Finished if counts.refused == counts.all => t.nothing.to_owned(),
        Phase::Finished => t.finished.to_owned(),
    };
    let class = match many.phase {
        Phase::Paused { error: Some(_), .. } => "notice critical",
        Phase::Finished if counts.lost > 0 => "notice critical",
        Phase::Finished if counts.done == counts.all => "notice good",
        _ => "notice",
    };
    plain(&words).line(class)
}

/// How many rows of how many, while something is being done.
fn progress(many: &Many) -> Option<(u64, u64)> {
    if matches!(many.phase, Phase::Ready | Phase::Finished) {
        return None;
    }
    let counts = many.counts();
    let checking = matches!(many.phase, Phase::Checking | Phase::Paused { checking: true, .. });
    let open = if checking { counts.waiting } else { counts.planned };
    Some((counts.all.saturating_sub(open) as u64, counts.all.max(1) as u64))
}

fn summary(counts: Counts) -> String {
    let t = texts();
    let all = counted(&t.summary, counts.all as u64, &[]);
    let parts = [
        (&t.waiting, counts.waiting),
        (&t.planned, counts.planned),
        (&t.done, counts.done),
        (&t.refused, counts.refused),
        (&t.not_tried, counts.not_tried),
        (&t.lost, counts.lost),
    ];
    let parts = parts.into_iter().filter(|(_, count)| *count > 0);
    let parts: Vec<_> = parts.map(|(text, count)| counted(text, count as u64, &[])).collect();
    [&all, " ", &i18n::list(&parts)].concat()
}

fn button(
    label: &'static str,
    weight: Weight,
    press: impl Fn() + Send + Sync + 'static,
) -> AnyView {
    let press = Callback::new(move |()| press());
    view! { <Button label busy=None blocked=false weight press/> }.into_any()
}

fn buttons(desk: Desk, phase: &Phase, is_asked: RwSignal<bool>) -> AnyView {
    let t = texts();
    let stop = || button(t.stop, Weight::Tertiary, move || desk.with_many(Many::stop));
    let pause = || button(t.pause, Weight::Secondary, move || desk.with_many(Many::pause));
    let may_continue = desk.may_continue();
    let all = match phase {
        Phase::Checking => vec![pause()],
        Phase::Running => vec![pause(), stop()],
        Phase::Ready if may_continue => vec![question(desk, is_asked)],
        Phase::Paused { .. } if may_continue => {
            vec![button(t.resume, Weight::Primary, move || desk.with_many(Many::resume)), stop()]
        }
        Phase::Paused { .. } => vec![stop()],
        Phase::Ready | Phase::Finished => Vec::new(),
    };
    view! { <div class="actions">{all}</div> }.into_any()
}

const QUESTION: &str = "many-question";

/// Nothing is changed before somebody has said so twice.
fn question(desk: Desk, is_asked: RwSignal<bool>) -> AnyView {
    let t = texts();
    let view = move || match is_asked.get() {
        false => button(t.start, Weight::Primary, move || is_asked.set(true)),
        true => {
            effect(|| page::focus(QUESTION));
            let words = of(desk, |many| {
                counted(&t.ask_what, many.changes() as u64, &[("what", &what(many.work))])
            });
            let yes = move || {
                page::focus(WORK);
                is_asked.set(false);
                desk.with_many(Many::start);
            };
            let no = move || {
                page::focus(WORK);
                is_asked.set(false);
            };
            view! {
                <div class="notice critical" id=QUESTION tabindex="-1">
                    <h3>{admin().ask.title}</h3>
                    <p>{words}</p>
                    <div class="actions">
                        {button(t.yes, Weight::Primary, yes)}
                        {button(admin().ask.no, Weight::Tertiary, no)}
                    </div>
                </div>
            }
            .into_any()
        }
    };
    view.into_any()
}
