//! What an administrator can do to an account, and where that is to be had.

use super::reach::Software;

/// What can be done to an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// An email address is attached, with which the person sets a new password
    /// themselves.
    AttachEmail,
    /// A new password.
    SetPassword,
    /// Sessions are signed out.
    SignOut,
    /// Cross-signing keys may be replaced for ten minutes.
    AllowReset,
    /// Nobody can use the account until it is unlocked.
    Lock,
    /// It can be used again.
    Unlock,
    /// It may do more than look again.
    Unsuspend,
    /// It is closed.
    Deactivate,
    /// It is closed, and its messages are hidden.
    Erase,
    /// It is opened again.
    Reactivate,
    /// There is a new account.
    Create,
}

impl Action {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::AttachEmail,
        Self::SetPassword,
        Self::SignOut,
        Self::AllowReset,
        Self::Lock,
        Self::Unlock,
        Self::Unsuspend,
        Self::Deactivate,
        Self::Erase,
        Self::Reactivate,
        Self::Create,
    ];

    /// Its name on a page, for what belongs to it.
    pub fn id(self) -> &'static str {
        match self {
            Self::AttachEmail => "attach-email",
            Self::SetPassword => "set-new-password",
            Self::SignOut => "sign-out",
            Self::AllowReset => "allow-reset",
            Self::Lock => "lock",
            Self::Unlock => "unlock",
            Self::Unsuspend => "unsuspend",
            Self::Deactivate => "deactivate",
            Self::Erase => "erase",
            Self::Reactivate => "reactivate",
            Self::Create => "create",
        }
    }

    /// Whether this homeserver has it. (`docs/admin.md` says how that is known.)
    pub fn is_offered_by(self, software: Software) -> bool {
        match software {
            // Without the Matrix Authentication Service, Synapse takes the request
            // and asks for the password all the same.
            Software::Synapse => self != Self::AllowReset,
            Software::Tuwunel => true,
            Software::Dendrite => self == Self::SetPassword,
        }
    }

    /// Whether an administrator who does this to their own account may not be
    /// able to undo it.
    pub fn locks_out(self) -> bool {
        matches!(
            self,
            Self::SetPassword | Self::SignOut | Self::Lock | Self::Deactivate | Self::Erase
        )
    }

    /// Whether its answer can leave a password that has to be handed over.
    pub fn sets_password(self) -> bool {
        matches!(self, Self::SetPassword | Self::Reactivate | Self::Create)
    }

    /// Whether it can break what a bridge or a bot does with its accounts.
    pub fn breaks_bridges(self) -> bool {
        !matches!(self, Self::Unlock | Self::Unsuspend)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ends_with_a_password_is_known() {
        let with: Vec<_> = Action::ALL.into_iter().filter(|it| it.sets_password()).collect();
        assert_eq!(with, [Action::SetPassword, Action::Reactivate, Action::Create]);
    }

    #[test]
    fn what_a_server_lacks_is_not_offered() {
        let count = |software| Action::ALL.iter().filter(|it| it.is_offered_by(software)).count();
        assert_eq!(count(Software::Synapse), Action::ALL.len() - 1);
        assert_eq!(count(Software::Dendrite), 1);
        assert_eq!(count(Software::Tuwunel), Action::ALL.len());
    }
}
