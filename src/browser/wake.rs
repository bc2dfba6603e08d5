//! When somebody looks at the page again, or the network is back.

use leptos::prelude::{document, window};
use wasm_bindgen::prelude::*;

/// Calls this whenever the page is shown, hidden or used again, and when the
/// network is back, for as long as the page is there.
pub fn listen(woke: impl Fn() + 'static) {
    let listener = Closure::<dyn Fn()>::new(woke);
    let function = listener.as_ref().unchecked_ref();
    for event in ["focus", "online", "pageshow"] {
        let _ = window().add_event_listener_with_callback(event, function);
    }
    let _ = document().add_event_listener_with_callback("visibilitychange", function);
    listener.forget();
}
