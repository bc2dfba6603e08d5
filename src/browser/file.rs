//! Files that are saved, and files that are dropped.

use js_sys::{Array, Object, Promise, Reflect};
use leptos::prelude::{document, set_timeout};
use std::time::Duration;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, Event, HtmlElement, Url};

/// Saves a text as a file of this name. It never leaves the browser.
pub fn save(name: &str, text: &str) {
    let parts = Array::of1(&text.into());
    let options: BlobPropertyBag = Object::new().unchecked_into();
    let _ = Reflect::set(&options, &"type".into(), &"text/csv;charset=utf-8".into());
    let Ok(blob) = Blob::new_with_str_sequence_and_options(&parts, &options) else { return };
    let Ok(address) = Url::create_object_url_with_blob(&blob) else { return };
    let link = document().create_element("a").ok().and_then(|link| link.dyn_into().ok());
    if let Some(link) = link {
        let link: HtmlElement = link;
        let _ = link.set_attribute("href", &address);
        let _ = link.set_attribute("download", name);
        link.click();
    }
    // Some browsers begin to read it a moment later.
    const LATER: Duration = Duration::from_secs(60);
    let forget = move || drop(Url::revoke_object_url(&address));
    set_timeout(forget, LATER);
}

/// The text of the file that somebody dropped, or chose.
pub async fn text_of(event: &Event) -> Option<String> {
    let get = |object: &JsValue, key: &str| Reflect::get(object, &key.into()).ok();
    let dropped = get(event, "dataTransfer").filter(|it| !it.is_falsy());
    let from = dropped.or_else(|| get(event, "target"))?;
    let file: Blob = get(&get(&from, "files")?, "0")?.dyn_into().ok()?;
    // Nothing that is read here is nearly as long.
    const LONGEST: f64 = 5_000_000.0;
    if file.size() > LONGEST {
        return None;
    }
    let text = get(&file, "text")?.dyn_into::<js_sys::Function>().ok()?.call0(&file).ok()?;
    JsFuture::from(text.dyn_into::<Promise>().ok()?).await.ok()?.as_string()
}

/// Whether what is dragged here is a file.
pub fn is_file(event: &Event) -> bool {
    let get = |object: &JsValue, key: &str| Reflect::get(object, &key.into()).ok();
    let types = get(event, "dataTransfer").and_then(|dragged| get(&dragged, "types"));
    types.is_some_and(|types| Array::from(&types).includes(&"Files".into(), 0))
}
