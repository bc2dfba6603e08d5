//! What was typed, chosen and unfolded on a page, to be put back after the page was made
//! anew. It is in memory only, and no longer than that takes.

use leptos::prelude::document;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event};

/// Something on the page that a person can change, by its `id`, as it was.
pub struct Kept {
    id: String,
    values: [JsValue; 3],
}

/// What a person cannot change, or has not, is made anew with the page. (`data-made` is a
/// message that nobody has edited yet.)
const ALL: &str = "main :is(input:not([type=file]), \
    textarea:not([readonly], [data-made]), select, details)[id]";
const VALUES: [&str; 3] = ["value", "checked", "open"];

/// Everything on the page, as it is.
pub fn keep() -> Vec<Kept> {
    let Ok(all) = document().query_selector_all(ALL) else { return Vec::new() };
    let elements = (0..all.length()).filter_map(|at| all.get(at)?.dyn_into::<Element>().ok());
    elements.map(|element| Kept { id: element.id(), values: values(&element) }).collect()
}

/// Puts it back, and says so to whoever listens, as if it had just been typed. What has no
/// place on the page yet is given back.
pub fn put_back(kept: Vec<Kept>) -> Vec<Kept> {
    kept.into_iter().filter(|it| !put_one_back(it)).collect()
}

fn put_one_back(kept: &Kept) -> bool {
    let Some(element) = document().get_element_by_id(&kept.id) else { return false };
    let now = values(&element);
    if now == kept.values {
        return true;
    }
    for (name, (now, kept)) in VALUES.iter().zip(now.iter().zip(&kept.values)) {
        if now != kept && !kept.is_undefined() {
            let _ = js_sys::Reflect::set(&element, &(*name).into(), kept);
        }
    }
    for kind in ["input", "change"] {
        // The same events as of a key, which go up to the form.
        let options = web_sys::EventInit::new();
        options.set_bubbles(true);
        if let Ok(event) = Event::new_with_event_init_dict(kind, &options) {
            let _ = element.dispatch_event(&event);
        }
    }
    true
}

fn values(element: &Element) -> [JsValue; 3] {
    VALUES.map(|name| js_sys::Reflect::get(element, &name.into()).unwrap_or(JsValue::UNDEFINED))
}
