//! Where the site is, and what is in the address bar.

use leptos::prelude::{document, window};
use wasm_bindgen::JsValue;
use web_sys::UrlSearchParams;

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

/// The part of the address from `#` on.
pub fn fragment() -> String {
    window().location().hash().unwrap_or_default()
}

/// Takes a place on the page out of the address bar, if it is this one.
pub fn leave(place: &str) {
    if fragment().strip_prefix('#') == Some(place) {
        take_fragment();
    }
}

/// The part of the address after `#`, and takes it out of the address bar.
pub fn take_fragment() -> String {
    let fragment = fragment();
    if !fragment.is_empty() {
        replace(&window().location().pathname().unwrap_or_default());
    }
    fragment.trim_start_matches('#').to_owned()
}

/// What the address has under these names, in its query or behind its `#`. It is
/// taken out of the address bar: it may name a person.
pub fn take<const N: usize>(names: [&str; N]) -> [Option<String>; N] {
    let location = window().location();
    let [query, fragment] = [location.search(), location.hash()].map(|part| {
        let part = part.unwrap_or_default();
        UrlSearchParams::new_with_str(part.trim_start_matches(['?', '#']))
    });
    let (Ok(query), Ok(fragment)) = (query, fragment) else { return [const { None }; N] };
    let taken = names.map(|name| {
        let value = query.get(name).or_else(|| fragment.get(name))?;
        query.delete(name);
        Some((value, fragment.has(name)))
    });
    if taken.iter().any(Option::is_some) {
        let query = String::from(query.to_string());
        let mark = if query.is_empty() { "" } else { "?" };
        let path = location.pathname().unwrap_or_default();
        // What else stands behind the `#` belongs to a page, which reads it as
        // it is.
        let rest = match taken.iter().flatten().any(|(_, in_fragment)| *in_fragment) {
            true => String::new(),
            false => location.hash().unwrap_or_default(),
        };
        replace(&[&path, mark, &query, &rest].concat());
    }
    // In a query, `+` stands for a space, which none of these values has: in an
    // email address, it is a `+`.
    let value =
        |(value, _): (String, bool)| value.replace(char::is_control, "").trim().replace(' ', "+");
    taken.map(|taken| taken.map(value).filter(|value| !value.trim().is_empty()))
}

/// Puts another address of the same host into the address bar.
fn replace(address: &str) {
    if let Ok(history) = window().history() {
        let address = [&origin(), address].concat();
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&address));
    }
}

/// Comes before each path, since a path may start with `//` and would then be
/// read as another host.
fn origin() -> String {
    window().location().origin().unwrap_or_default()
}

/// Writes an address of the site into the address bar, and begins at the top of its page.
/// Whoever `replaces` a page leaves it out of what the browser's back button finds.
pub fn go(address: &str, replaces: bool) {
    let absolute = [&origin(), address].concat();
    if let Ok(history) = window().history() {
        let _ = match replaces {
            true => history.replace_state_with_url(&JsValue::NULL, "", Some(&absolute)),
            false => history.push_state_with_url(&JsValue::NULL, "", Some(&absolute)),
        };
    }
    window().scroll_to_with_x_and_y(0.0, 0.0);
}

/// The path in the address bar, what follows from `?` on, and from `#` on.
pub fn parts() -> [String; 3] {
    let location = window().location();
    [location.pathname(), location.search(), location.hash()].map(Result::unwrap_or_default)
}

/// The path in the address bar.
pub fn path() -> String {
    window().location().pathname().unwrap_or_default()
}

/// The host that the site is on.
pub fn host() -> String {
    window().location().host().unwrap_or_default()
}

/// The host of an address, as the browser asks for it.
pub fn host_of(address: &str) -> Option<String> {
    Some(web_sys::Url::new(address).ok()?.host())
}

/// Goes to a page of another site, in this tab.
pub fn leave_for(address: &str) {
    let _ = window().location().set_href(address);
}

/// Loads the page once more.
pub fn reload() {
    let _ = window().location().reload();
}

/// The value of this name in what stands behind a `#`. There, `+` stands for
/// itself.
pub fn value_of(fragment: &str, name: &str) -> Option<String> {
    let pairs = fragment.trim_start_matches('#').replace('+', "%2B");
    UrlSearchParams::new_with_str(&pairs).ok()?.get(name)
}
