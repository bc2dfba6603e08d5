//! Where the site is, and what is in the address bar.

use leptos::prelude::{document, window};
use wasm_bindgen::JsValue;

/// The site's own folder as an absolute address, ending in `/`. Every page
/// names it in its `<base>`, so that one build works in any folder.
pub fn site() -> String {
    document().base_uri().ok().flatten().unwrap_or_default()
}

/// The path of the site's folder without the `/` at its end: empty where the
/// site has a host for itself. It never starts with `//`, as a path can that
/// somebody made up: in a link, what follows would be another host.
pub fn site_path() -> String {
    let path = web_sys::Url::new(&site()).map(|url| url.pathname());
    match path.unwrap_or_default().trim_matches('/') {
        "" => String::new(),
        folder => ["/", folder].concat(),
    }
}

/// A path as people read it: the router compares those.
pub fn decoded(path: &str) -> String {
    js_sys::decode_uri(path).map_or_else(|_| path.to_owned(), String::from)
}

/// The part of the address after `#`, and takes it out of the address bar.
pub fn take_fragment() -> String {
    let location = window().location();
    let fragment = location.hash().unwrap_or_default();
    if let (false, Ok(path), Ok(history)) =
        (fragment.is_empty(), location.pathname(), window().history())
    {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&path));
    }
    fragment.trim_start_matches('#').to_owned()
}

/// The host that the site is on.
pub fn host() -> String {
    window().location().host().unwrap_or_default()
}

/// Loads the page once more.
pub fn reload() {
    let _ = window().location().reload();
}
