//! What was pasted or dropped, and what is to be done.

use crate::admin::many::{Many, Work};
use crate::browser::{file, page};
use crate::components::button::{Button, Weight};
use crate::components::form::form as form_of;
use crate::components::radio::Radio;
use crate::components::text::plain;
use crate::i18n::{admin as texts, fill};
use crate::runtime::admin::Desk;
use crate::runtime::effect::effect;
use leptos::ev::{DragEvent, Event};
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::HtmlTextAreaElement;

const LIST: &str = "list";

/// What is chosen.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Attach,
    Passwords,
    SignOut,
    Lock,
    Deactivate,
}

impl Kind {
    fn of(work: Work) -> Self {
        match work {
            Work::AttachEmails => Self::Attach,
            Work::SetPasswords { .. } => Self::Passwords,
            Work::SignOut => Self::SignOut,
            Work::Lock => Self::Lock,
            Work::Deactivate { .. } => Self::Deactivate,
        }
    }
}

/// The form.
pub fn view(desk: Desk) -> AnyView {
    let t = &texts().many;
    // What was there before the dry run is there again.
    let (before, list_before) =
        desk.draft.get_untracked().unwrap_or((Work::AttachEmails, String::new()));
    let kind = RwSignal::new(Kind::of(before));
    let signs_out = RwSignal::new(before == Work::SetPasswords { sign_out: true });
    let erases = RwSignal::new(before == Work::Deactivate { erase: true });
    let problem = RwSignal::new(None::<String>);
    effect(move || {
        if let Some(area) = area() {
            area.set_value(&list_before);
        }
    });
    let submit = move || {
        let work = match kind.get_untracked() {
            Kind::Attach => Work::AttachEmails,
            Kind::Passwords => Work::SetPasswords { sign_out: signs_out.get_untracked() },
            Kind::SignOut => Work::SignOut,
            Kind::Lock => Work::Lock,
            Kind::Deactivate => Work::Deactivate { erase: erases.get_untracked() },
        };
        let typed = typed();
        let many = Many::new(work, &typed, &desk.server_name(), &desk.me());
        let wrong = match many.rows.len() {
            0 => t.list_missing.to_owned(),
            rows if rows > Many::LONGEST => {
                let [rows, most] = [rows, Many::LONGEST].map(|rows| (rows as u64).to_string());
                fill(t.list_long, &[("count", &rows), ("number", &most)])
            }
            _ => {
                desk.draft.set(Some((work, typed)));
                return desk.begin_many(many);
            }
        };
        problem.set(Some(wrong));
        page::focus(LIST);
    };
    let fields = view! {
        {kinds(desk, kind)}
        {also(kind, Kind::Passwords, "also-sign-out", t.also_sign_out, signs_out)}
        {also(kind, Kind::Deactivate, "also-erase", t.also_erase, erases)}
        {list(kind, problem)}
        <div class="actions">
            <Button label=t.submit busy=None blocked=false weight=Weight::Primary/>
        </div>
    };
    view! { {plain(t.lead).line("lead")} {form_of(submit, || {}, fields)} }.into_any()
}

fn kinds(desk: Desk, kind: RwSignal<Kind>) -> AnyView {
    let t = &texts().many;
    let all = [
        (Kind::Attach, "many-attach", t.attach, t.attach_why),
        (Kind::Passwords, "many-passwords", t.passwords, t.passwords_why),
        (Kind::SignOut, "many-sign-out", t.sign_out, t.sign_out_why),
        (Kind::Lock, "many-lock", t.lock, t.lock_why),
        (Kind::Deactivate, "many-deactivate", t.deactivate, t.deactivate_why),
    ];
    let offered = all.into_iter().filter(|(it, ..)| desk.offers(action(*it)));
    let one = |(it, id, label, why)| {
        let chosen = Signal::derive(move || kind.get() == it);
        let choose = Callback::new(move |()| kind.set(it));
        view! { <Radio id group="many" label why chosen choose/> }
    };
    view! { <fieldset><legend>{t.what}</legend>{offered.map(one).collect_view()}</fieldset> }
        .into_any()
}

fn action(kind: Kind) -> crate::admin::action::Action {
    let work = match kind {
        Kind::Attach => Work::AttachEmails,
        Kind::Passwords => Work::SetPasswords { sign_out: false },
        Kind::SignOut => Work::SignOut,
        Kind::Lock => Work::Lock,
        Kind::Deactivate => Work::Deactivate { erase: false },
    };
    work.action()
}

/// A thing that goes with one of the kinds.
fn also(
    kind: RwSignal<Kind>,
    of: Kind,
    id: &'static str,
    label: &'static str,
    is: RwSignal<bool>,
) -> AnyView {
    let hidden = move || kind.get() != of;
    view! {
        <div class="radio also" hidden=hidden>
            <input type="checkbox" id=id prop:checked=is
                on:change=move |event| is.set(event_target_checked(&event))/>
            <label for=id>{label}</label>
        </div>
    }
    .into_any()
}

fn list(kind: RwSignal<Kind>, problem: RwSignal<Option<String>>) -> AnyView {
    let t = &texts().many;
    let read = move |event: Event| {
        spawn_local(async move {
            match file::text_of(&event).await {
                Some(text) => {
                    if let Some(area) = area() {
                        area.set_value(&text);
                    }
                    problem.try_set(None);
                }
                None => drop(problem.try_set(Some(t.file_unread.to_owned()))),
            }
        });
    };
    let drop_here = move |event: DragEvent| {
        let event: Event = event.unchecked_into();
        // A text that is dropped lands where it is dropped.
        if file::is_file(&event) {
            event.prevent_default();
            read(event);
        }
    };
    let over = |event: DragEvent| {
        if file::is_file(&event) {
            event.prevent_default();
        }
    };
    let hint = move || match kind.get() {
        Kind::Attach => t.list_hint_emails,
        _ => t.list_hint,
    };
    view! {
        <div class="field" on:drop=drop_here on:dragover=over>
            <label for=LIST>{t.list}</label>
            <textarea id=LIST rows="8" spellcheck="false" autocapitalize="off" autocomplete="off"
                aria-describedby="list-problem list-hint"
                aria-invalid=move || problem.get().map(|_| "true")></textarea>
            <p class="problem" id="list-problem">{move || problem.get()}</p>
            <p class="hint" id="list-hint">{hint}</p>
            <label class="file" for="list-file">{t.file}</label>
            <input id="list-file" type="file" accept=".csv,.txt,text/csv,text/plain" on:change=read/>
        </div>
    }
    .into_any()
}

fn area() -> Option<HtmlTextAreaElement> {
    page::element(LIST)?.dyn_into().ok()
}

fn typed() -> String {
    area().map(|area| area.value()).unwrap_or_default()
}
