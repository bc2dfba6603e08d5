//! The texts for administrators.

// English.
mod en;
// What there is to say.
mod texts;
// Prices, plans and refusals, put into words.
mod words;

pub use texts::Admin;
pub use words::{action, failure, outcome, plan, price, refusal};

/// These texts in the reader's language.
pub fn admin() -> &'static Admin {
    &en::ENGLISH
}
