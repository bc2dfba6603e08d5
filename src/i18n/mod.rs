//! The texts that people read. English is part of the program.

// English.
mod en;
// Filling in what a text leaves open.
mod fill;
// What there is to say.
mod texts;
// Errors, rules and durations, put into words.
mod words;

pub use fill::{Part, fill, parts};
pub use texts::Texts;
pub use words::{duration, email_problem, error, password_problem, policy, strength};

/// The texts in the reader's language.
pub fn texts() -> &'static Texts {
    &en::ENGLISH
}
