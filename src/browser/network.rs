//! Whether there is a network.

use leptos::prelude::window;

/// Whether the browser is sure that it is offline. It is never sure of more.
pub fn is_offline() -> bool {
    !window().navigator().on_line()
}
