//! The language of the page: loads its texts, those of each part with the part.

// Another language.
pub mod choose;

use crate::browser::{intl, language, page};
use crate::i18n::{self, texts};
use crate::net;
use crate::route::{Part, Texts};
use leptos::prelude::*;
use std::cell::RefCell;
use std::pin::Pin;

/// The `id` of the switch. It keeps the focus.
pub const SWITCH: &str = "language";

thread_local! {
    /// The files of texts that are there.
    static LOADED: RefCell<Vec<Texts>> = const { RefCell::new(Vec::new()) };
}

/// The language of this tab. Whoever shows texts is told when it changes.
#[derive(Clone, Copy)]
pub struct LanguageRuntime {
    changed: RwSignal<u32>,
    find: Find,
}

/// Changes the language to the one with this code, and then says so.
pub type Choose = fn(String, RwSignal<u32>) -> Pin<Box<dyn Future<Output = bool>>>;

/// Loads what changes the language: few do.
pub type Find = fn() -> Pin<Box<dyn Future<Output = Option<Choose>>>>;

/// Loads the texts of a part, unless they are there. Gives back whether they are now.
pub async fn load(part: Part) -> bool {
    let texts = part.texts();
    if LOADED.with_borrow(|loaded| loaded.contains(&texts)) {
        return true;
    }
    let is_there = match language::folder() {
        Some(folder) => loop {
            let code = language::code();
            let file = download(&folder, &code, texts).await;
            // Meanwhile another one may have been chosen, which did not know of this part.
            if code == language::code() {
                break file.is_some_and(|file| i18n::take(texts.1, &file));
            }
        },
        None => i18n::has(texts.1),
    };
    LOADED.with_borrow_mut(|loaded| {
        if is_there && !loaded.contains(&texts) {
            loaded.push(texts);
        }
    });
    is_there
}

async fn download(folder: &str, code: &str, (name, _): Texts) -> Option<String> {
    let file = [folder, "/", code, "/", name, ".txt"].concat();
    let answer = net::load(&file).await.ok()?;
    (answer.status == 200).then_some(answer.body)
}

/// What `index.html` says where the program cannot go on, in the language of the page.
pub fn word_trouble() {
    let t = &texts().boot;
    page::say(&[
        ("stopped", t.stopped),
        ("stopped-why", t.stopped_why),
        ("load-again", texts().site.load_again),
        ("start-again", t.start_again),
    ]);
    page::speak("trouble");
}

impl LanguageRuntime {
    /// The language that the page is in. `find` loads what changes it.
    pub fn new(find: Find) -> Self {
        i18n::intl::ask(intl::INTL);
        Self { changed: RwSignal::new(0), find }
    }

    /// Whoever asks is told when the language changes.
    pub fn track(self) {
        self.changed.track();
    }

    /// Changes the language of the page. Where its texts cannot be loaded, nothing changes
    /// and this is `false`.
    pub async fn choose(self, code: String) -> bool {
        match (self.find)().await {
            Some(choose) => choose(code, self.changed).await,
            None => false,
        }
    }
}
