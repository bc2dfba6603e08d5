//! Whether a password is handed over after the request that sets it.

use crate::matrix::Error;

/// Whether a password that is handed over is known to work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Certainty {
    /// The server confirmed that it set the password.
    Set,
    /// The answer got lost: the server may have set the password.
    MayBeSet,
}

impl Certainty {
    /// Returns what the answer to the request says of the password. `None` where the server
    /// certainly did not set it.
    pub fn of<T>(answer: &Result<T, Error>) -> Option<Self> {
        match answer {
            Ok(_) => Some(Self::Set),
            Err(error) if error.leaves_it_open() => Some(Self::MayBeSet),
            Err(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn password_is_handed_over_unless_it_was_refused() {
        assert_eq!(Certainty::of(&Ok(())), Some(Certainty::Set));
        for lost in [Error::TimedOut, Error::Unreachable, Error::ServerFault, Error::NotMatrix] {
            assert_eq!(Certainty::of::<()>(&Err(lost)), Some(Certainty::MayBeSet));
        }
        for refused in [Error::Forbidden, Error::NotFound, Error::PasswordChangeOff] {
            assert_eq!(Certainty::of::<()>(&Err(refused)), None);
        }
    }
}
