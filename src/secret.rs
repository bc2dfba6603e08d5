//! Passwords and tokens in memory.

use std::fmt;
use zeroize::Zeroizing;

/// A password or a token. It cannot be printed or cloned, and its memory is
/// overwritten when it is dropped. Where two owners need it, they share it in
/// an `Rc`. What the browser itself keeps of it, in an input field or in a
/// request under way, is out of reach from here.
#[derive(Default)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Takes the text over.
    pub fn new(text: String) -> Self {
        Self(Zeroizing::new(text))
    }

    /// The text itself. Callers hand it to the homeserver, a password back to
    /// the field it was typed into, a token to this tab's `sessionStorage`, and
    /// to nobody else.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(redacted)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_never_printed() {
        let secret = Secret::new("correct horse".into());
        assert_eq!(format!("{secret:?}"), "Secret(redacted)");
        assert_eq!(secret.expose(), "correct horse");
    }
}
