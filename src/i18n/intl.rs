//! How a language writes numbers and times. The browser knows that; here is only what is
//! asked of it, so that the texts stay pure.

use std::cell::Cell;
use std::time::Duration;

/// The kinds of numbers that languages tell apart, in the order of the forms in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Category {
    /// None, in Arabic.
    Zero,
    /// One; in some languages also others, such as 21 or 0.
    One,
    /// Two.
    Two,
    /// A few.
    Few,
    /// Many.
    Many,
    /// All the rest.
    Other,
}

/// What knows how the reader's language does it.
#[derive(Clone, Copy)]
pub struct Intl {
    /// Which form of a text a number wants.
    pub category: fn(u64) -> Category,
    /// A number as it is written.
    pub number: fn(u64) -> String,
    /// A number of hours, minutes or seconds, which are named in English.
    pub unit: fn(u64, &'static str) -> String,
    /// Whether the language is written from right to left.
    pub is_rtl: fn() -> bool,
}

/// English, where no browser is asked.
const PLAIN: Intl = Intl {
    category: |number| if number == 1 { Category::One } else { Category::Other },
    number: |number| number.to_string(),
    unit: |number, unit| {
        let number_words = number.to_string();
        [number_words.as_str(), " ", unit, if number == 1 { "" } else { "s" }].concat()
    },
    is_rtl: || false,
};

thread_local! {
    static INTL: Cell<Intl> = const { Cell::new(PLAIN) };
}

/// From now on this one is asked.
pub fn ask(intl: Intl) {
    INTL.set(intl);
}

pub(super) fn intl() -> Intl {
    INTL.get()
}

/// A number as the language writes it.
pub fn number(number: u64) -> String {
    (intl().number)(number)
}

/// A duration in the two largest units that matter, rounded up to a second.
pub fn duration(duration: Duration) -> String {
    let seconds = duration.as_secs() + u64::from(duration.subsec_millis() > 0);
    let units = [(seconds / 3600, "hour"), (seconds / 60 % 60, "minute"), (seconds % 60, "second")];
    let first = units.iter().position(|(number, _)| *number > 0).unwrap_or(2);
    let matter = units.iter().skip(first).take(2);
    let words = matter.enumerate().filter(|(at, (number, _))| *at == 0 || *number > 0);
    let words: Vec<_> = words.map(|(_, (number, unit))| (intl().unit)(*number, unit)).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_readable() {
        for (ms, wanted) in [
            (0, "0 seconds"),
            (1, "1 second"),
            (333_000, "5 minutes 33 seconds"),
            (60_000, "1 minute"),
            (3_600_000, "1 hour"),
            (3_605_000, "1 hour"),
            (5_430_000, "1 hour 30 minutes"),
        ] {
            assert_eq!(duration(Duration::from_millis(ms)), wanted);
        }
    }
}
