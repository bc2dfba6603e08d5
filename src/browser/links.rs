//! Links that are pressed.

use super::wake::on;
use leptos::prelude::window;
use wasm_bindgen::prelude::*;
use web_sys::{Element, HtmlElement, MouseEvent};

/// A link to a page of the site.
pub struct Link(HtmlElement);

impl Link {
    /// Presses it once more.
    pub fn press(&self) {
        self.0.click();
    }

    /// Lets the browser load the page.
    pub fn leave(&self) {
        if let Some(address) = self.0.get_attribute("href") {
            let _ = window().location().set_href(&address);
        }
    }
}

/// Calls `pressed` for links to pages of the site, in place of the browser, while it
/// `should`. What is opened in another tab, saved, or led away is left to the browser.
pub fn listen(should: impl Fn() -> bool + 'static, pressed: impl Fn(Link) + 'static) {
    let listener = Closure::<dyn Fn(MouseEvent)>::new(move |event: MouseEvent| {
        if event.default_prevented() || !is_plain(&event) || !should() {
            return;
        }
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        // Links within the site begin with its folder (`Site::href`).
        let link =
            target.and_then(|it| it.closest("a[href^='/']:not([target],[download],[rel])").ok()?);
        if let Some(link) = link.and_then(|link| link.dyn_into().ok()) {
            event.prevent_default();
            pressed(Link(link));
        }
    });
    let _ = window().add_event_listener_with_callback("click", listener.as_ref().unchecked_ref());
    listener.forget();
}

fn is_plain(event: &MouseEvent) -> bool {
    let key = event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key();
    event.button() == 0 && !key
}

/// Calls this when the browser went back or forward.
pub fn on_back(went: impl Fn() + 'static) {
    on(&["popstate"], went);
}
