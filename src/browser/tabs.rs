//! The other tabs of this site in the same browser.

use wasm_bindgen::prelude::*;
use web_sys::{BroadcastChannel, MessageEvent};

const NAME: &str = "matrix-account-recovery";

/// What is said here is heard by all other tabs. Nobody else hears it, but it
/// is no place for secrets. Where a browser has none, nobody is heard.
pub struct Tabs(Option<BroadcastChannel>);

impl Tabs {
    /// Listens for as long as the page is there.
    pub fn listen(heard: impl Fn(String) + 'static) -> Self {
        let channel = BroadcastChannel::new(NAME).ok();
        if let Some(channel) = &channel {
            let listener = Closure::<dyn Fn(MessageEvent)>::new(move |message: MessageEvent| {
                if let Some(text) = message.data().as_string() {
                    heard(text);
                }
            });
            channel.set_onmessage(Some(listener.as_ref().unchecked_ref()));
            listener.forget();
        }
        Self(channel)
    }

    /// Says something to the others.
    pub fn say(&self, text: &str) {
        if let Some(channel) = &self.0 {
            let _ = channel.post_message(&text.into());
        }
    }
}
