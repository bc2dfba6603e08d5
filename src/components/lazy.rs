//! What is downloaded when it is needed.

use super::button::{Button, Weight};
use crate::browser::{address, network, page};
use crate::i18n::{self, texts};
use crate::matrix::Error;
use crate::runtime::effect::effect;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;

/// Shows what was downloaded.
pub type Shown = Arc<dyn Fn() -> AnyView + Send + Sync>;

/// A download on its way; nothing comes of it where it fails.
pub type Download = Pin<Box<dyn Future<Output = Option<Shown>>>>;

/// What the page says while something is loaded, be it the words.
pub fn loading() -> AnyView {
    let words = Some(texts().site.loading).filter(|words| !words.is_empty());
    view! { <p class="loading">{words.unwrap_or("…")}</p> }.into_any()
}

/// Loads something and shows it. Where that fails, it can be tried again.
pub fn lazy(download: impl Fn() -> Download + 'static) -> AnyView {
    erased(Rc::new(download))
}

fn erased(download: Rc<dyn Fn() -> Download>) -> AnyView {
    let shown = RwSignal::new(None::<Option<Shown>>);
    let start = move || {
        let loaded = download();
        shown.set(None);
        spawn_local(async move {
            let loaded = loaded.await;
            shown.try_set(Some(loaded));
        });
    };
    start();
    let again = StoredValue::new_local(start);
    let again = Callback::new(move |()| again.with_value(|start| start()));
    let view = move || match shown.get() {
        None => loading(),
        Some(Some(shown)) => shown(),
        Some(None) => failed(again),
    };
    view.into_any()
}

fn failed(again: Callback<()>) -> AnyView {
    let error = if network::is_offline() { Error::Offline } else { Error::NotLoaded };
    let words = i18n::error(&error, "");
    effect(|| {
        page::arrive();
    });
    view! {
        <div class="notice critical" role="alert"><p>{words}</p></div>
        <div class="actions">
            <Button label=texts().site.try_again busy=None blocked=false weight=Weight::Primary
                press=again/>
            <Button label=texts().site.load_again busy=None blocked=false weight=Weight::Tertiary
                press=Callback::new(|()| address::reload())/>
        </div>
    }
    .into_any()
}
