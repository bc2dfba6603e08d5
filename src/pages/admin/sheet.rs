//! What is handed over: shown once, to be copied, printed or read out. It is gone
//! when it is left.

use crate::browser::{address, clipboard, page};
use crate::components::button::{Button, Weight};
use crate::components::text::{filled, plain, steps};
use crate::i18n::{admin as texts, fill};
use crate::route::Route;
use crate::runtime::admin::{Desk, Sheet};
use crate::runtime::effect::effect;
use leptos::prelude::*;
use leptos::task::spawn_local;

const HEADING: &str = "sheet";
const TEXT: &str = "sheet-text";

/// Where the sheet is, if there is one.
type Shown = RwSignal<Option<Sheet>, LocalStorage>;

/// The sheet, while there is one, and otherwise the rest of the page, which waits
/// behind it.
pub fn before(desk: Desk, rest: AnyView) -> AnyView {
    let shown = desk.sheet;
    let sheet = move || shown.get().map(|sheet| view(shown, &sheet));
    let is_shown = move || shown.with(Option::is_some);
    view! { {sheet} <div hidden=is_shown>{rest}</div> }.into_any()
}

/// Where people sign in, and where they choose a password of their own.
fn places() -> [String; 2] {
    let site = address::site();
    let login = [&site, Route::Login.path()].concat();
    let own = [&site, Route::Account.path(), "#change-password"].concat();
    [login, own]
}

fn view(shown: Shown, sheet: &Sheet) -> AnyView {
    let t = &texts().sheet;
    let [login, own] = places();
    let [first, second, third] = t.steps;
    let todo =
        [filled(first, &[("link", &login)]), filled(second, &[("link", &own)]), plain(third)];
    let text = text(sheet);
    let copied = RwSignal::new(None::<&'static str>);
    let copy = Callback::new(move |()| {
        spawn_local(async move {
            let words = if clipboard::copy(TEXT).await { t.copied } else { t.selected };
            copied.try_set(Some(words));
        });
    });
    let print = Callback::new(|()| page::print());
    let close = Callback::new(move |()| shown.set(None));
    effect(|| page::focus(HEADING));
    let status = move || copied.get().map(|words| view! { <div class="notice">{words}</div> });
    view! {
        <div class="sheet">
            <h2 class="part" id=HEADING tabindex="-1">{t.title}</h2>
            {plain(t.once).line("notice hint")}
            <dl>
                <dt>{t.homeserver}</dt><dd>{sheet.server.clone()}</dd>
                <dt>{t.user}</dt><dd>{sheet.user_id.clone()}</dd>
                <dt>{t.password}</dt><dd class="secret">{sheet.password.expose().to_owned()}</dd>
            </dl>
            {steps(&todo)}
            {plain(t.key).line("")}
            <div class="field unprinted">
                <label for=TEXT>{t.text}</label>
                <textarea id=TEXT readonly rows="6" prop:value=text></textarea>
            </div>
            <div role="status">{status}</div>
            <div class="actions">
                <Button label=t.copy busy=None blocked=false weight=Weight::Primary press=copy/>
                <Button label=t.print busy=None blocked=false weight=Weight::Secondary press=print/>
                <Button label=t.close busy=None blocked=false weight=Weight::Tertiary press=close/>
            </div>
        </div>
    }
    .into_any()
}

/// All of it as text.
fn text(sheet: &Sheet) -> String {
    let t = &texts().sheet;
    let [login, own] = places();
    let [first, second, third] = t.steps;
    let lines = [
        [t.homeserver, ": ", &sheet.server].concat(),
        [t.user, ": ", &sheet.user_id].concat(),
        [t.password, ": ", sheet.password.expose()].concat(),
        String::new(),
        fill(first, &[("link", &login)]),
        fill(second, &[("link", &own)]),
        third.to_owned(),
        t.key.to_owned(),
    ];
    lines.join("\n")
}
