//! The texts for many accounts at once.

// English.
mod en;
// What there is to say.
mod texts;

pub use texts::Many;

/// These texts in the reader's language.
pub fn many() -> &'static Many {
    &en::ENGLISH
}
