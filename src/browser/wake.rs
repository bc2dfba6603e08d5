//! When somebody looks at the page again, or the network is back.

use leptos::prelude::window;
use wasm_bindgen::prelude::*;

/// Calls this whenever the page is shown, hidden or used again, and when the
/// network is back, for as long as the page is there.
pub fn listen(woke: impl Fn() + 'static) {
    on(&["focus", "online", "pageshow", "visibilitychange"], woke);
}

/// Calls this at each of these events, for as long as the page is there. Those of the
/// document reach the window too, where they bubble.
pub(super) fn on(events: &[&str], call: impl Fn() + 'static) {
    let listener = Closure::<dyn Fn()>::new(call);
    let function = listener.as_ref().unchecked_ref();
    for event in events {
        let _ = window().add_event_listener_with_callback(event, function);
    }
    listener.forget();
}
