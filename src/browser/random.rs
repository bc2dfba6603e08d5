//! Random bytes that are fit for secrets.

use leptos::prelude::window;

/// From the browser's generator; `None` where there is none.
pub fn bytes() -> Option<[u8; 64]> {
    let mut bytes = [0; 64];
    window().crypto().ok()?.get_random_values_with_u8_array(&mut bytes).ok()?;
    Some(bytes)
}
