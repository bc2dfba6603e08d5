//! The texts that people read. English is part of the program.

// The texts for whoever is signed in.
mod account;
// The texts for administrators.
mod admin;
// The texts for whoever is still signed in somewhere.
mod check;
// The texts of the desk.
mod desk;
// English.
mod en;
// Filling in what a text leaves open.
mod fill;
// The texts of signing in.
mod login;
// The texts of the start.
mod start;
// The texts for many accounts at once.
mod many;
// What there is to say.
mod texts;
// What would become of encrypted messages, in words.
mod verdict;
// Errors, rules and durations, put into words.
mod words;

pub use account::account;
pub use admin::{action, admin, failure, outcome, plan, price, refusal};
pub use check::{Question as CheckQuestion, check};
pub use desk::{Question, desk};
pub use fill::{Part, fill, parts};
pub use login::login;
pub use many::many;
pub use start::{no_server, not_found, start};
pub use texts::Texts;
pub use verdict::{reason, verdict};
pub use words::{duration, email_problem, error, password_problem, policy, strength};

/// The texts in the reader's language.
pub fn texts() -> &'static Texts {
    &en::ENGLISH
}
