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

/// A day and a time of it, as it is written in English.
pub fn date(time: Duration) -> String {
    let date = js_sys::Date::new(&(time.as_secs() as f64 * 1000.0).into());
    let how = js_sys::Object::new();
    for (part, length) in [("dateStyle", "medium"), ("timeStyle", "short")] {
        let _ = js_sys::Reflect::set(&how, &part.into(), &length.into());
    }
    String::from(date.to_locale_string("en", &how))
}

/// A time for a file: `2026-11-26T01:02:03.000Z`.
pub fn iso(time: Duration) -> String {
    let date = js_sys::Date::new(&(time.as_secs() as f64 * 1000.0).into());
    String::from(date.to_iso_string())
}
