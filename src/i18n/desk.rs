//! The texts of the desk. They are apart, since who only sets a new password
//! should not download them.

// English.
mod en;
// What there is to say.
mod texts;

pub use texts::{Desk, Question};

/// The texts of the desk in the reader's language.
pub fn desk() -> &'static Desk {
    &en::ENGLISH
}
