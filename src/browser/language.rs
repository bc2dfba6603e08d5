//! The language of the page. `language.js` chose it before the program began, and began to
//! download its texts (`early.rs`).

use super::storage;
use leptos::prelude::document;
use web_sys::Element;

/// Where `language.js` finds what was chosen.
const KEY: &str = "matrix-account-recovery.language";

fn root() -> Option<Element> {
    document().document_element()
}

/// Its code.
pub fn code() -> String {
    root().and_then(|root| root.get_attribute("lang")).unwrap_or_else(|| "en".to_owned())
}

/// Whether it is written from right to left.
pub fn is_rtl() -> bool {
    root().and_then(|root| root.get_attribute("dir")).is_some_and(|dir| dir == "rtl")
}

/// The folder with the texts of all languages. A program in one piece, built without
/// xtask, has none: it speaks English.
pub fn folder() -> Option<String> {
    root()?.get_attribute("data-texts")
}

/// There are no words but those of the page itself, which are English.
pub fn forget() {
    show("en", false);
}

/// From now on the page is in this language, and later pages in this browser too.
pub fn choose(code: &str, is_rtl: bool) {
    storage::set(KEY, code);
    show(code, is_rtl);
}

fn show(code: &str, is_rtl: bool) {
    if let Some(root) = root() {
        let _ = root.set_attribute("lang", code);
        let _ = root.set_attribute("dir", if is_rtl { "rtl" } else { "ltr" });
    }
}
