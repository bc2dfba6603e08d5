//! Changes the language while the page is there, and loses nothing that was typed.

use super::{LOADED, SWITCH, download, word_trouble};
use crate::browser::{address, language, page, typed};
use crate::i18n::{self, LANGUAGES};
use crate::net;
use js_sys::Promise;
use leptos::prelude::*;
use std::cell::Cell;
use std::pin::Pin;
use std::time::Duration;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

thread_local! {
    /// How often one was chosen. Only the last choice counts, whichever is loaded first.
    static CHOICES: Cell<u32> = const { Cell::new(0) };
}

/// Changes the language to the one with this code, and then counts `changed` on. Where its
/// texts cannot be loaded, nothing changes and this is `false`.
pub fn choose(code: String, changed: RwSignal<u32>) -> Pin<Box<dyn Future<Output = bool>>> {
    Box::pin(async move {
        let known = LANGUAGES.into_iter().find(|(known, ..)| *known == code);
        let (Some((code, _, is_rtl)), Some(folder)) = (known, language::folder()) else {
            return false;
        };
        let number = CHOICES.get() + 1;
        CHOICES.set(number);
        let mut files = Vec::new();
        loop {
            let next = LOADED.with_borrow(|loaded| loaded.get(files.len()).copied());
            let file = match next {
                Some(texts) => Some((texts, download(&folder, code, texts).await)),
                // An answer that something was changed would find its page gone.
                None if net::is_changing() => {
                    pause().await;
                    None
                }
                None => break,
            };
            if CHOICES.get() != number {
                return true;
            }
            match file {
                Some((texts, Some(file))) => files.push((texts, file)),
                Some((_, None)) => return false,
                None => {}
            }
        }
        if !files.iter().all(|(texts, file)| i18n::take(texts.1, file)) {
            return false;
        }
        language::choose(code, is_rtl);
        word_trouble();
        let (kept, path) = (typed::keep(), address::path());
        changed.update(|changed| *changed += 1);
        // Once the page is there.
        set_timeout(
            move || {
                put_back(kept, path, PATIENCE);
                // Once it has gone to the place that its address names.
                set_timeout(|| page::focus(SWITCH), Duration::ZERO);
            },
            Duration::ZERO,
        );
        true
    })
}

async fn pause() {
    let promise = Promise::new(&mut |resolve, _| {
        let go_on = move || drop(resolve.call0(&JsValue::NULL));
        set_timeout(go_on, Duration::from_millis(50));
    });
    let _ = JsFuture::from(promise).await;
}

/// How often is looked for what comes later, such as a form that waits for an answer: as long
/// as an answer may take.
const PATIENCE: u32 = 240;

/// Nothing is put into another page than it was taken from.
fn put_back(kept: Vec<typed::Kept>, path: String, patience: u32) {
    if path != address::path() {
        return;
    }
    let rest = typed::put_back(kept);
    if !rest.is_empty() && patience > 0 {
        set_timeout(move || put_back(rest, path, patience - 1), Duration::from_millis(250));
    }
}
