//! What was pasted or dropped, and what is to be done.

use crate::admin::many::{Many, Work};
use crate::admin::reach::Software;
use crate::browser::{file, page};
use crate::components::button::{Button, Weight};
use crate::components::form::form as form_of;
use crate::components::radio::Radio;
use crate::components::text::plain;
use crate::i18n::{counted, many as texts, number};
use crate::runtime::admin::Desk;
use crate::runtime::effect::effect;
use leptos::ev::{DragEvent, Event};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::mem::discriminant;
use wasm_bindgen::JsCast;
use web_sys::HtmlTextAreaElement;

const LIST: &str = "list";

/// The form.
pub fn view(desk: Desk) -> AnyView {
    let t = texts();
    // What was there before the dry run is there again.
    let (before, list_before) =
        desk.draft.get_untracked().unwrap_or((Work::AttachEmails, String::new()));
    let work = RwSignal::new(before);
    let problem = RwSignal::new(None::<String>);
    effect(move || {
        if let Some(area) = area() {
            area.set_value(&list_before);
        }
    });
    let submit = move || {
        problem.set(begin(desk, work.get_untracked()));
        if problem.with_untracked(Option::is_some) {
            page::focus(LIST);
        }
    };
    let signs_out = |sign_out| Work::SetPasswords { sign_out };
    let erases = |erase| Work::Deactivate { erase };
    let fields = view! {
        {kinds(desk, work)}
        {also(work, signs_out, "also-sign-out", t.also_sign_out)}
        {also(work, erases, "also-erase", t.also_erase)}
        {list(work, problem)}
        <div class="actions">
            <Button label=t.submit busy=None blocked=false weight=Weight::Primary/>
        </div>
    };
    view! { {plain(t.lead).line("lead")} {form_of(submit, || {}, fields)} }.into_any()
}

/// Begins with what was pasted. Gives back what is wrong with it, if anything is.
fn begin(desk: Desk, work: Work) -> Option<String> {
    let (t, typed) = (texts(), typed());
    let begun_by = desk.administrator_untracked()?;
    let list = Many::new(work, &typed, &desk.server_name(), begun_by);
    match list.rows.len() {
        0 => Some(t.list_missing.to_owned()),
        rows if rows > Many::LONGEST => {
            let most = number(Many::LONGEST as u64);
            Some(counted(&t.list_long, rows as u64, &[("number", &most)]))
        }
        _ => {
            desk.draft.set(Some((work, typed)));
            desk.begin_many(list);
            None
        }
    }
}

/// Whether both are the same, whatever goes with it.
fn is_like(one: Work, other: Work) -> bool {
    discriminant(&one) == discriminant(&other)
}

fn kinds(desk: Desk, work: RwSignal<Work>) -> AnyView {
    let t = texts();
    let closes_why = match desk.software_untracked() {
        Some(Software::Tuwunel) => t.deactivate_why_tuwunel,
        _ => t.deactivate_why,
    };
    let all = [
        (Work::AttachEmails, "many-attach", t.attach, t.attach_why),
        (Work::SetPasswords { sign_out: false }, "many-passwords", t.passwords, t.passwords_why),
        (Work::SignOut, "many-sign-out", t.sign_out, t.sign_out_why),
        (Work::Lock, "many-lock", t.lock, t.lock_why),
        (Work::Deactivate { erase: false }, "many-deactivate", t.deactivate, closes_why),
    ];
    let offered = all.into_iter().filter(|(it, ..)| desk.offers(it.action()));
    let one = |(it, id, label, why)| {
        let chosen = Signal::derive(move || is_like(work.get(), it));
        let choose = Callback::new(move |()| work.set(it));
        view! { <Radio id group="many" label why chosen choose/> }
    };
    view! { <fieldset><legend>{t.what}</legend>{offered.map(one).collect_view()}</fieldset> }
        .into_any()
}

/// A thing that goes with one of the kinds, or does not.
fn also(
    work: RwSignal<Work>,
    with: fn(bool) -> Work,
    id: &'static str,
    label: &'static str,
) -> AnyView {
    let hidden = move || !is_like(work.get(), with(false));
    let is = move || work.get() == with(true);
    view! {
        <div class="radio also" hidden=hidden>
            <input type="checkbox" id=id prop:checked=is
                on:change=move |event| work.set(with(event_target_checked(&event)))/>
            <label for=id>{label}</label>
        </div>
    }
    .into_any()
}

fn list(work: RwSignal<Work>, problem: RwSignal<Option<String>>) -> AnyView {
    let t = texts();
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
    let hint = move || match work.get() {
        Work::AttachEmails => t.list_hint_emails,
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
