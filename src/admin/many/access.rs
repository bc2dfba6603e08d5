//! Who may see the passwords of a bulk job, and who may continue it.

use super::{Many, Work};
use crate::matrix::BaseUrl;

/// An administrator: the Matrix ID, and the server that confirmed it. Any server can claim
/// any Matrix ID, so both count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Administrator {
    /// The full Matrix ID.
    pub user_id: String,
    /// The address of the server that the administrator is signed in to.
    pub server: BaseUrl,
}

impl Administrator {
    /// The part of the Matrix ID after the colon.
    pub fn server_name(&self) -> &str {
        self.user_id.split_once(':').map_or("", |(_, server_name)| server_name)
    }
}

/// Whether the passwords of a bulk job may be shown and saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasswordAccess {
    /// The administrator who began the job is signed in.
    Granted,
    /// No administrator is signed in.
    SignedOut,
    /// Another administrator is signed in.
    AnotherAdministrator,
}

impl Many {
    /// Whether the passwords may be shown and saved while this administrator is signed in.
    pub fn password_access(&self, signed_in: Option<&Administrator>) -> PasswordAccess {
        match signed_in {
            None => PasswordAccess::SignedOut,
            Some(administrator) if *administrator == self.begun_by => PasswordAccess::Granted,
            Some(_) => PasswordAccess::AnotherAdministrator,
        }
    }

    /// Whether this administrator may continue the job. Another administrator could not
    /// see the passwords that the job would set.
    pub fn may_continue(&self, signed_in: Option<&Administrator>) -> bool {
        match self.password_access(signed_in) {
            PasswordAccess::Granted => true,
            PasswordAccess::SignedOut => false,
            PasswordAccess::AnotherAdministrator => !self.sets_passwords(),
        }
    }

    fn sets_passwords(&self) -> bool {
        matches!(self.work, Work::SetPasswords { .. })
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{administrator, administrator_at};
    use super::*;

    fn many(work: Work) -> Many {
        Many::new(work, "@a:b", "b", administrator("@me:b"))
    }

    #[test]
    fn only_the_administrator_who_began_sees_the_passwords() {
        let many = many(Work::SetPasswords { sign_out: false });
        let another = PasswordAccess::AnotherAdministrator;
        for (signed_in, wanted) in [
            (None, PasswordAccess::SignedOut),
            (Some(administrator("@zoe:b")), another),
            // A server of the user's own can claim any Matrix ID.
            (Some(administrator_at("@me:b", "https://evil.example")), another),
            (Some(administrator("@me:b")), PasswordAccess::Granted),
        ] {
            assert_eq!(many.password_access(signed_in.as_ref()), wanted, "{signed_in:?}");
            let is_granted = wanted == PasswordAccess::Granted;
            assert_eq!(many.may_continue(signed_in.as_ref()), is_granted, "{signed_in:?}");
        }
    }

    #[test]
    fn another_administrator_continues_a_job_without_passwords() {
        let many = many(Work::Lock);
        assert!(many.may_continue(Some(&administrator("@zoe:b"))));
        assert!(!many.may_continue(None));
    }
}
