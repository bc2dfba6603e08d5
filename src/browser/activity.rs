//! Whether anybody is there.

use super::wake::on;
use leptos::prelude::window;
use wasm_bindgen::prelude::*;

/// Calls this whenever somebody presses or types, for as long as the page is
/// there.
pub fn listen(seen: impl Fn() + 'static) {
    on(&["pointerdown", "keydown"], seen);
}

/// Calls this when the page is left: closed, loaded anew, or another one is opened
/// in its place.
pub fn on_leave(leave: impl Fn() + 'static) {
    on(&["pagehide"], leave);
}

/// Links to pages for which `leads_out` says so, by their paths, are followed by the
/// browser itself, and not within the page: whoever would lose something is then asked
/// while the page is still there.
pub fn leave_by_links(leads_out: impl Fn(&str) -> bool + 'static) {
    let listener = Closure::<dyn Fn(web_sys::Event)>::new(move |event: web_sys::Event| {
        let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let link = target.and_then(|target| target.closest("a[href]").ok().flatten());
        let Some(link) = link else { return };
        let path = js_sys::Reflect::get(&link, &"pathname".into()).ok();
        if path.and_then(|path| path.as_string()).is_some_and(|path| leads_out(&path)) {
            // The router leaves those alone.
            let _ = link.set_attribute("rel", "external");
        }
    });
    let function = listener.as_ref().unchecked_ref();
    let _ = window().add_event_listener_with_callback_and_bool("click", function, true);
    listener.forget();
}

/// Asks whoever wants to leave the page whether they really want to, while
/// `should_stay` says so.
pub fn ask_before_leaving(should_stay: impl Fn() -> bool + 'static) {
    let listener = Closure::<dyn Fn(web_sys::Event)>::new(move |event: web_sys::Event| {
        if should_stay() {
            event.prevent_default();
        }
    });
    let function = listener.as_ref().unchecked_ref();
    let _ = window().add_event_listener_with_callback("beforeunload", function);
    listener.forget();
}
