//! How the site looks. `theme.js` reads the choice before anything is painted,
//! and again whenever it hears that the storage changed, also in another tab.

use leptos::prelude::window;
use web_sys::{Event, Storage};

/// What the device prefers.
pub const DEVICE: &str = "device";

const KEY: &str = "matrix-account-recovery.theme";

fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

/// What was chosen on this device, in the words of `theme.js`, or [`DEVICE`].
pub fn chosen() -> String {
    let chosen = storage().and_then(|storage| storage.get_item(KEY).ok().flatten());
    chosen.unwrap_or_else(|| DEVICE.to_owned())
}

/// Keeps a choice and shows it.
pub fn choose(theme: &str) {
    if let Some(storage) = storage() {
        let _ = match theme {
            DEVICE => storage.remove_item(KEY),
            theme => storage.set_item(KEY, theme),
        };
    }
    if let Ok(event) = Event::new("storage") {
        let _ = window().dispatch_event(&event);
    }
}
