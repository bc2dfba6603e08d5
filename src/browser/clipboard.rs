//! The clipboard.

use super::page;
use leptos::prelude::window;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlTextAreaElement;

/// Copies what is in the text area with this `id`. Where the browser does not
/// let a page copy, the text is at least selected.
pub async fn copy(id: &str) -> bool {
    let Some(area) = page::element(id).and_then(|area| area.dyn_into().ok()) else { return false };
    let area: HtmlTextAreaElement = area;
    area.select();
    // Only pages that came encrypted have a clipboard.
    window().is_secure_context()
        && JsFuture::from(window().navigator().clipboard().write_text(&area.value())).await.is_ok()
}
