//! What time it is.

use std::time::Duration;

/// The time since 1970, by this device.
pub fn now() -> Duration {
    Duration::from_millis(js_sys::Date::now().max(0.0) as u64)
}

/// The hour and the minute here, as `14:05`.
pub fn time_of_day(time: Duration) -> String {
    let date = js_sys::Date::new(&(time.as_secs() as f64 * 1000.0).into());
    let two =
        |number: u32| [if number < 10 { "0" } else { "" }, &u64::from(number).to_string()].concat();
    [&two(date.get_hours()), ":", &two(date.get_minutes())].concat()
}
