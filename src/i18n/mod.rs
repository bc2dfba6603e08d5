//! The texts that people read. English is part of the program.

// The texts of the desk.
mod desk;
// English.
mod en;
// Filling in what a text leaves open.
mod fill;
// The texts of the start.
mod start;
// What there is to say.
mod texts;
// Errors, rules and durations, put into words.
mod words;

pub use desk::{Question, desk};
pub use fill::{Part, fill, parts};
pub use start::{no_server, not_found, start};
pub use texts::Texts;
pub use words::{duration, email_problem, error, password_problem, policy, strength};

/// The texts in the reader's language.
pub fn texts() -> &'static Texts {
    &en::ENGLISH
}
