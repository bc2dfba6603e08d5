//! What time it is.

use super::{intl, language};
use std::time::Duration;

/// The time since 1970, by this device.
pub fn now() -> Duration {
    Duration::from_millis(js_sys::Date::now().max(0.0) as u64)
}

/// The hour and the minute here, as the language of the page writes them.
pub fn time_of_day(time: Duration) -> String {
    written(time, &[("timeStyle", "short")])
}

/// A day and a time of it, as the language of the page writes them.
pub fn date(time: Duration) -> String {
    written(time, &[("dateStyle", "medium"), ("timeStyle", "short")])
}

fn written(time: Duration, how: &[(&str, &str)]) -> String {
    let date = date_at(time);
    String::from(date.to_locale_string(&language::code(), &intl::options(how)))
}

/// A time for a file: `2026-11-26T01:02:03.000Z`.
pub fn iso(time: Duration) -> String {
    String::from(date_at(time).to_iso_string())
}

/// The date of a time. Homeservers may say any, and after the last one that
/// JavaScript has, writing it would fail.
fn date_at(time: Duration) -> js_sys::Date {
    const LAST: f64 = 8.64e15;
    js_sys::Date::new(&(time.as_secs() as f64 * 1000.0).min(LAST).into())
}
