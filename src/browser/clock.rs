//! What time it is.

use std::time::Duration;

/// The time since 1970, by this device.
pub fn now() -> Duration {
    Duration::from_millis(js_sys::Date::now().max(0.0) as u64)
}
