//! What `early.js` asked for before the program ran.

use js_sys::{Promise, Reflect};
use leptos::prelude::window;
use wasm_bindgen::JsCast;

/// The answer for a file of the site, if it was asked for, once.
pub fn take(file: &str) -> Option<Promise> {
    let early = Reflect::get(&window(), &"early".into()).ok()?.dyn_into::<js_sys::Object>().ok()?;
    let promise = Reflect::get(&early, &file.into()).ok()?.dyn_into::<Promise>().ok()?;
    let _ = Reflect::delete_property(&early, &file.into());
    Some(promise)
}
