//! The texts for whoever is still signed in somewhere.

// English.
mod en;
// What there is to say.
mod texts;

pub use texts::{Check, Question};

/// These texts in the reader's language.
pub fn check() -> &'static Check {
    &en::ENGLISH
}
