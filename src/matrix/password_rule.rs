//! One thing that a homeserver asks of a password.

/// One thing that a homeserver asks of a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasswordRule {
    /// So many characters at least; the number is not always told.
    MinimumLength(Option<u64>),
    /// Not longer than homeservers take ([`PasswordRule::LONGEST`]).
    MaximumLength,
    /// `0-9`
    Digit,
    /// Anything but `0-9`, `A-Z` and `a-z`.
    Symbol,
    /// `A-Z`
    Uppercase,
    /// `a-z`
    Lowercase,
    /// Not one of the passwords that everybody uses.
    NotCommon,
    /// The server calls the password weak and says no more.
    Stronger,
}

impl PasswordRule {
    /// Synapse takes no more characters than this.
    pub const LONGEST: usize = 512;

    /// The rule that a refusal is about: Synapse's codes, and
    /// `M_WEAK_PASSWORD` of the specification.
    pub(super) fn from_code(code: &str) -> Option<Self> {
        Some(match code {
            "M_PASSWORD_TOO_SHORT" => Self::MinimumLength(None),
            "M_PASSWORD_NO_DIGIT" => Self::Digit,
            "M_PASSWORD_NO_SYMBOL" => Self::Symbol,
            "M_PASSWORD_NO_UPPERCASE" => Self::Uppercase,
            "M_PASSWORD_NO_LOWERCASE" => Self::Lowercase,
            "M_PASSWORD_IN_DICTIONARY" => Self::NotCommon,
            "M_WEAK_PASSWORD" => Self::Stronger,
            _ => return None,
        })
    }
}
