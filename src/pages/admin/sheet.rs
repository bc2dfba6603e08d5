//! What is handed over: shown once, to be copied, printed or read out. It is gone
//! when it is left.

use crate::admin::handover::Certainty;
use crate::browser::{address, clipboard, page};
use crate::components::button::{Button, Weight};
use crate::components::page::HEADING as TITLE;
use crate::components::text::{filled, plain, steps};
use crate::i18n::{admin as texts, fill, fill_bare};
use crate::route::Route;
use crate::runtime::admin::{Desk, Sheet};
use crate::runtime::effect::effect;
use crate::secret::Secret;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::rc::Rc;

const HEADING: &str = "sheet";
const TEXT: &str = "sheet-text";

/// The first sheet of the administrator who is signed in, while there is one, and otherwise
/// the rest of the page, which waits behind it. Of the sheets of others it is only said whose
/// they are.
pub fn before(desk: Desk, rest: AnyView) -> AnyView {
    let first = move || {
        let me = desk.administrator();
        desk.sheets.with(|all| all.iter().find(|sheet| Some(&sheet.by) == me.as_ref()).cloned())
    };
    let sheet = move || first().map(|sheet| view(desk, &sheet));
    let is_shown = move || first().is_some();
    let waiting = move || {
        let me = desk.administrator();
        let mut others: Vec<String> = Vec::new();
        desk.sheets.with(|all| {
            for sheet in all.iter().filter(|sheet| Some(&sheet.by) != me.as_ref()) {
                if !others.contains(&sheet.by.user_id) {
                    others.push(sheet.by.user_id.clone());
                }
            }
        });
        let words = |user: &String| filled(texts().sheet.waiting, &[("user", user)]);
        others.iter().map(|user| words(user).line("notice critical")).collect_view()
    };
    view! { {sheet} <div hidden=is_shown>{waiting} {rest}</div> }.into_any()
}

/// What the person does, each with the address to go to.
fn todo(desk: Desk, sheet: &Sheet) -> Vec<(&'static str, String)> {
    let [first, second, third] = texts().sheet.steps;
    let own = [&address::site(), Route::Account.path(), "#change-password"].concat();
    let mut todo = vec![(first, desk.link_for(Route::Login, "")), (second, own)];
    if sheet.has_past {
        todo.push((third, String::new()));
    }
    todo
}

fn view(desk: Desk, sheet: &Sheet) -> AnyView {
    let t = &texts().sheet;
    let todo = todo(desk, sheet);
    let lines: Vec<_> = todo.iter().map(|(text, link)| filled(text, &[("link", link)])).collect();
    // As the content of the text area and not as its value: browsers keep what was typed
    // into one, and take that for typed.
    let text = text(sheet, &todo).expose().to_owned();
    let copied = RwSignal::new(None::<&'static str>);
    let copy = Callback::new(move |()| {
        spawn_local(async move {
            let words = if clipboard::copy(TEXT).await { t.copied } else { t.selected };
            copied.try_set(Some(words));
        });
    });
    let print = Callback::new(|()| page::print());
    let shown = StoredValue::new_local(sheet.password.clone());
    let close = Callback::new(move |()| {
        let is_shown = |other: &Sheet| shown.with_value(|it| Rc::ptr_eq(it, &other.password));
        desk.sheets.update(|sheets| sheets.retain(|other| !is_shown(other)));
        page::focus(TITLE);
    });
    effect(|| page::focus(HEADING));
    let server = sheet.by.server_name().to_owned();
    let (title, done, doubt) = match sheet.certainty {
        Certainty::Set => (t.title, t.close, None),
        Certainty::MayBeSet => (t.perhaps_title, t.perhaps_close, Some(doubt(sheet))),
    };
    let doubt = doubt.map(|words| plain(&words).line("notice critical"));
    let status = move || copied.get().map(|words| view! { <div class="notice">{words}</div> });
    view! {
        <div class="sheet">
            <h2 class="part" id=HEADING tabindex="-1">{title}</h2>
            {doubt}
            {plain(t.once).line("notice hint")}
            <dl>
                <dt>{t.homeserver}</dt><dd>{server}</dd>
                <dt>{t.user}</dt><dd>{sheet.user_id.clone()}</dd>
                <dt>{t.password}</dt><dd class="secret">{sheet.password.expose().to_owned()}</dd>
            </dl>
            {steps(&lines)}
            {sheet.has_past.then(|| plain(t.key).line(""))}
            <div class="field unprinted">
                <label for=TEXT>{t.text}</label>
                <textarea id=TEXT readonly rows="6" autocomplete="off">{text}</textarea>
            </div>
            <div role="status">{status}</div>
            <div class="actions">
                <Button label=t.copy busy=None blocked=false weight=Weight::Primary press=copy/>
                <Button label=t.print busy=None blocked=false weight=Weight::Secondary press=print/>
                <Button label=done busy=None blocked=false weight=Weight::Tertiary press=close/>
            </div>
        </div>
    }
    .into_any()
}

/// The words for a password whose answer got lost.
fn doubt(sheet: &Sheet) -> String {
    fill(texts().sheet.perhaps, &[("server", sheet.by.server_name())])
}

/// All of it as text.
fn text(sheet: &Sheet, todo: &[(&str, String)]) -> Secret {
    let t = &texts().sheet;
    // Large enough, so that no copy is left behind where it grows.
    let mut text = String::with_capacity(8 * 1024);
    let head = [
        (t.homeserver, sheet.by.server_name()),
        (t.user, &sheet.user_id),
        (t.password, sheet.password.expose()),
    ];
    for (name, value) in head {
        for part in [name, ": ", value, "\n"] {
            text.push_str(part);
        }
    }
    if sheet.certainty == Certainty::MayBeSet {
        for part in [&doubt(sheet), "\n"] {
            text.push_str(part);
        }
    }
    for (words, link) in todo {
        text.push('\n');
        text.push_str(&fill_bare(words, &[("link", link)]));
    }
    if sheet.has_past {
        text.push('\n');
        text.push_str(t.key);
    }
    Secret::new(text)
}
