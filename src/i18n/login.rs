//! The texts of signing in.

// English.
mod en;
// What there is to say.
mod texts;

pub use texts::Login;

/// These texts in the reader's language.
pub fn login() -> &'static Login {
    &en::ENGLISH
}
