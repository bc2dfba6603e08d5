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
use crate::admin::many::{Counts, Many, Phase};
use crate::browser::page;
use crate::components::button::{Button, Weight};
use crate::components::page::page as show;
use crate::components::text::{link, plain};
use crate::i18n::{self, admin as texts, fill};
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
    let is_signed_in = Memo::new(move |_| desk.session.get().is_some());
    let page = move || match is_signed_in.get() || desk.many.with_untracked(Option::is_none) {
        true => signed_in(&site),
        false => signed_out(&site, desk),
    };
    page.into_any()
}

fn signed_in(site: &Site) -> AnyView {
    framed(site, Route::AdminMany, texts().many.title, |desk| {
        let is_there = Memo::new(move |_| desk.many.with(Option::is_some));
        let content = move || match is_there.get() {
            true => work(desk),
            false => form::view(desk),
        };
        content.into_any()
    })
}

fn signed_out(site: &Site, desk: Desk) -> AnyView {
    let t = texts();
    let sign_in = link(&site.href(Route::Admin), t.sign_in.submit);
    let content = view! {
        <link rel="stylesheet" href=STYLE/>
        {plain(t.many.signed_out).and(sign_in).line("notice critical")}
        {work(desk)}
        {history::view(desk)}
    };
    show(site, t.many.title, content)
}

/// Something about the work, told anew whenever it changes.
fn of<T: 'static>(desk: Desk, read: impl Fn(&Many) -> T) -> Option<T> {
    desk.many.with(|many| many.as_ref().map(read))
}

fn work(desk: Desk) -> AnyView {
    let server = desk.server_name();
    let title = of(desk, texts_of).unwrap_or_default();
    let status = move || of(desk, |many| status(many, &server));
    let bar = move || {
        let (at, all) = of(desk, progress).flatten()?;
        Some(view! { <progress max=all.to_string() value=at.to_string()></progress> })
    };
    let counts = move || of(desk, |many| plain(&summary(many.counts())).line(""));
    let is_asked = RwSignal::new(false);
    // The buttons change with the phase only, so that they keep the focus.
    let phase = Memo::new(move |_| of(desk, |many| many.phase.clone()));
    let buttons = move || phase.get().map(|phase| buttons(desk, &phase, is_asked));
    let over = move || (phase.get() == Some(Phase::Finished)).then(|| report::view(desk));
    view! {
        <h2 class="part" id="work" tabindex="-1">{title}</h2>
        <div role="status">{status}</div>
        {bar}
        {counts}
        {buttons}
        {over}
        {rows::view(desk)}
    }
    .into_any()
}

fn texts_of(many: &Many) -> &'static str {
    use crate::admin::many::Work;
    let t = &texts().many;
    match many.work {
        Work::AttachEmails => t.attach,
        Work::SetPasswords { .. } => t.passwords,
        Work::SignOut => t.sign_out,
        Work::Lock => t.lock,
        Work::Deactivate { .. } => t.deactivate,
    }
}

/// How far it is, in words.
fn status(many: &Many, server: &str) -> AnyView {
    let t = &texts().many;
    let words = match &many.phase {
        Phase::Checking => t.checking.to_owned(),
        Phase::Ready => t.ready.to_owned(),
        Phase::Running => t.running.to_owned(),
        Phase::Paused { error: None, .. } => t.paused.to_owned(),
        Phase::Paused { error: Some(error), .. } => {
            fill(t.paused_by, &[("problem", &i18n::error(error, server))])
        }
        Phase::Finished if many.counts().done == 0 => t.nothing.to_owned(),
        Phase::Finished => t.finished.to_owned(),
    };
    let class = match many.phase {
        Phase::Paused { error: Some(_), .. } => "notice critical",
        Phase::Finished => "notice good",
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
    let open = if checking { counts.waiting } else { counts.planned + counts.lost };
    Some((counts.all.saturating_sub(open) as u64, counts.all.max(1) as u64))
}

fn summary(counts: Counts) -> String {
    let t = &texts().many;
    let number = |count: usize| (count as u64).to_string();
    let all = fill(t.summary, &[("count", &number(counts.all))]);
    let parts = [
        (t.waiting, counts.waiting),
        (t.planned, counts.planned),
        (t.done, counts.done),
        (t.refused, counts.refused),
        (t.not_tried, counts.not_tried),
        (t.lost, counts.lost),
    ];
    let parts = parts.into_iter().filter(|(_, count)| *count > 0);
    let parts: Vec<_> =
        parts.map(|(text, count)| fill(text, &[("count", &number(count))])).collect();
    [&all, " ", &parts.join(", "), "."].concat()
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
    let t = &texts().many;
    let discard = move |label| button(label, Weight::Tertiary, move || desk.many.set(None));
    let all = match phase {
        Phase::Checking => {
            vec![button(t.pause, Weight::Secondary, move || desk.with_many(Many::pause))]
        }
        Phase::Ready => {
            vec![question(desk, is_asked), discard(t.discard)]
        }
        Phase::Running => vec![
            button(t.pause, Weight::Secondary, move || desk.with_many(Many::pause)),
            button(t.stop, Weight::Tertiary, move || desk.with_many(Many::stop)),
        ],
        Phase::Paused { .. } => vec![
            button(t.resume, Weight::Primary, move || desk.with_many(Many::resume)),
            button(t.stop, Weight::Tertiary, move || desk.with_many(Many::stop)),
        ],
        Phase::Finished => Vec::new(),
    };
    view! { <div class="actions">{all}</div> }.into_any()
}

const QUESTION: &str = "many-question";

/// Nothing is changed before somebody has said so twice.
fn question(desk: Desk, is_asked: RwSignal<bool>) -> AnyView {
    let t = &texts().many;
    let view = move || match is_asked.get() {
        false => button(t.start, Weight::Primary, move || is_asked.set(true)),
        true => {
            effect(|| page::focus(QUESTION));
            let planned = of(desk, |many| many.counts().planned).unwrap_or_default();
            let words = fill(t.ask, &[("count", &(planned as u64).to_string())]);
            let yes = move || {
                is_asked.set(false);
                desk.with_many(Many::start);
            };
            view! {
                <div class="notice critical" id=QUESTION tabindex="-1">
                    <h3>{texts().ask.title}</h3>
                    <p>{words}</p>
                    <div class="actions">
                        {button(t.yes, Weight::Primary, yes)}
                        {button(texts().ask.no, Weight::Tertiary, move || is_asked.set(false))}
                    </div>
                </div>
            }
            .into_any()
        }
    };
    view.into_any()
}
