//! Whether there is a network.

use leptos::prelude::window;

/// Whether the browser is sure that it is offline. It is never sure of more.
pub fn is_offline() -> bool {
    !window().navigator().on_line()
}

/// Whether nobody on the way can read what is typed here.
pub fn is_safe() -> bool {
    window().is_secure_context()
}
