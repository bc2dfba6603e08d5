//! The page as a whole: its title, its focus.

use leptos::prelude::{document, set_timeout, window};
use std::time::Duration;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlElement, HtmlInputElement};

/// Sets the title of the window.
pub fn set_title(title: &str) {
    document().set_title(title);
}

/// What was built, and from which commit, as the page says it of itself.
pub fn version() -> Option<String> {
    document().document_element()?.get_attribute("data-version")
}

/// Whether nobody can see the page, since it is in a tab behind another one.
pub fn is_hidden() -> bool {
    document().hidden()
}

/// Puts words into elements, each by its `id`.
pub fn say(words: &[(&str, &str)]) {
    for (id, words) in words {
        if let Some(element) = element(id) {
            element.set_text_content(Some(words));
        }
    }
}

/// What is in the element with this `id` is in the language of the page now.
pub fn speak(id: &str) {
    if let Some(element) = element(id) {
        let _ = element.remove_attribute("lang");
        let _ = element.remove_attribute("dir");
    }
}

/// Shows what `index.html` says where the program cannot go on (`stopped.js`).
pub fn stop() {
    tell("stopped");
}

/// The page is there. It takes the place of what was painted before (`boot.js`), the first time.
/// Gives back whether somebody is typing.
pub fn arrive() -> bool {
    let is_first = element("shell").is_some();
    if is_first {
        tell("arrived");
    }
    is_first && document().active_element().is_some_and(|element| element.tag_name() == "INPUT")
}

fn tell(event: &str) {
    if let Ok(event) = Event::new(event) {
        let _ = window().dispatch_event(&event);
    }
}

/// The element with this `id`.
pub fn element(id: &str) -> Option<HtmlElement> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

/// The input with this `id`.
pub fn input(id: &str) -> Option<HtmlInputElement> {
    element(id)?.dyn_into().ok()
}

/// Whether there are words in the element with this `id`.
pub fn says_something(id: &str) -> bool {
    element(id).and_then(|element| element.text_content()).is_some_and(|text| !text.is_empty())
}

/// Chooses this option in the list with this `id`.
pub fn select(id: &str, option: &str) {
    if let Some(list) = element(id) {
        let _ = js_sys::Reflect::set(&list, &"value".into(), &option.into());
    }
}

/// Puts the focus on the element with this `id`.
pub fn focus(id: &str) {
    if let Some(element) = element(id) {
        let _ = element.focus();
    }
}

/// Goes to the element with this `id`. What is folded up there is opened. Nothing
/// happens where there is no such element.
pub fn go_to(id: &str) {
    let Some(element) = element(id) else { return };
    element.scroll_into_view();
    let mut target = element.clone();
    if element.tag_name() == "DETAILS" {
        let _ = element.set_attribute("open", "");
        let inside = ["input", "summary"].map(|kind| element.query_selector(kind).ok().flatten());
        let inside = inside.into_iter().flatten().find_map(|inside| inside.dyn_into().ok());
        target = inside.unwrap_or(element);
    }
    let _ = target.focus();
}

/// Goes to a place on the page, as an address names it, once the page is there.
pub fn go_to_place(place: String) {
    set_timeout(move || go_to(place.trim_start_matches('#')), Duration::ZERO);
}

/// Moves the focus among the elements that fit this selector: to the next one, or
/// the one before. Where none of them has it, the first one gets it. Gives back
/// whether there was one to go to.
pub fn move_focus(selector: &str, forward: bool) -> bool {
    let Ok(all) = document().query_selector_all(selector) else { return false };
    let focused = document().active_element();
    let at = (0..all.length()).find(|at| {
        let element: Option<web_sys::Element> = all.get(*at).and_then(|node| node.dyn_into().ok());
        element.is_some() && element == focused
    });
    let next = match (at, forward) {
        (None, true) => Some(0),
        (None, false) => None,
        (Some(at), true) => at.checked_add(1),
        (Some(at), false) => at.checked_sub(1),
    };
    let element: Option<HtmlElement> =
        next.and_then(|next| all.get(next)).and_then(|node| node.dyn_into().ok());
    element.is_some_and(|element| element.focus().is_ok())
}

/// Prints the page.
pub fn print() {
    let _ = window().print();
}
