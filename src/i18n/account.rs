//! The texts for whoever is signed in.

// English.
mod en;
// What there is to say.
mod texts;

pub use texts::Account;

/// These texts in the reader's language.
pub fn account() -> &'static Account {
    &en::ENGLISH
}
