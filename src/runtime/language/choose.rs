//! Changes the language while the page is there, and loses nothing that was typed.

use super::{LOADED, download, word_trouble};
use crate::browser::{language, typed};
use crate::i18n::{self, LANGUAGES};
use leptos::prelude::*;
use std::pin::Pin;
use std::time::Duration;

/// Changes the language to the one with this code, and then counts `changed` on. Where its
/// texts cannot be loaded, nothing changes and this is `false`.
pub fn choose(code: String, changed: RwSignal<u32>) -> Pin<Box<dyn Future<Output = bool>>> {
    Box::pin(async move {
        let known = LANGUAGES.into_iter().find(|(known, ..)| *known == code);
        let (Some((code, _, is_rtl)), Some(folder)) = (known, language::folder()) else {
            return false;
        };
        let mut texts = Vec::new();
        for part in LOADED.with_borrow(Clone::clone) {
            let Some(download) = download(&folder, code, part).await else { return false };
            texts.push((part, download));
        }
        if !texts.iter().all(|(part, texts)| i18n::take(part.texts().1, texts)) {
            return false;
        }
        language::choose(code, is_rtl);
        word_trouble();
        let kept = typed::keep();
        changed.update(|changed| *changed += 1);
        // Once the page is there.
        set_timeout(move || put_back(kept, PATIENCE), Duration::ZERO);
        true
    })
}

/// How often is looked for what comes later, such as a form that waits for an answer.
const PATIENCE: u32 = 40;

fn put_back(kept: Vec<typed::Kept>, patience: u32) {
    let rest = typed::put_back(kept);
    if !rest.is_empty() && patience > 0 {
        set_timeout(move || put_back(rest, patience - 1), Duration::from_millis(250));
    }
}
