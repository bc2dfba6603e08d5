//! What can be said of one row.

use super::Work;
use crate::matrix::Error;
use crate::matrix::admin::{Account, KnownUser};
use crate::secret::Secret;
use std::rc::Rc;

/// A row of the list.
#[derive(Clone, Debug)]
pub struct Row {
    /// Its line in what was pasted.
    pub line: usize,
    /// Who it is about: a Matrix ID, as far as it is one.
    pub typed: String,
    /// The address in it.
    pub email: String,
    /// The password that was made for it. It stays the same when a lost answer is
    /// asked for once more.
    pub password: Option<Rc<Secret>>,
    /// What became of it.
    pub state: State,
}

/// What became of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// Nobody has looked at it yet.
    Waiting,
    /// The homeserver is asked what would happen.
    Checking,
    /// This would happen.
    Planned(Plan),
    /// It is being done.
    Working(KnownUser),
    /// It was done.
    Done(KnownUser, Outcome),
    /// It was not done, for a reason.
    Refused(Refusal),
    /// It was not tried.
    NotTried,
    /// The answer got lost: nobody knows whether it was done.
    Lost(KnownUser),
}

/// What would happen to an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Whose it is.
    pub user: KnownUser,
    /// What they are called.
    pub display_name: Option<String>,
    /// How many sessions they have, where that matters and is known.
    pub sessions: Option<usize>,
    /// Whether they administer the homeserver.
    pub is_admin: bool,
    /// Whether it is so already.
    pub already: bool,
}

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It was done now.
    Done,
    /// It was so already.
    AlreadySo,
}

/// Why it was not done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// This is no Matrix ID.
    NotAnId,
    /// It is an account of another homeserver.
    Elsewhere,
    /// There is no such account.
    NoAccount,
    /// The same account stands in this line before.
    Double(usize),
    /// It is the account of whoever is signed in.
    Yourself,
    /// It belongs to this bridge or bot.
    Appservice(String),
    /// It was closed.
    Deactivated,
    /// There is no email address in the row.
    NoAddress,
    /// The same address stands in this line before.
    AddressDouble(usize),
    /// The address is on this account.
    AddressTaken(KnownUser),
    /// What is on the account could not all be read.
    Unreadable,
    /// No password could be made.
    NoPassword,
    /// Somebody has this name already, or had it.
    NameTaken,
    /// No account can be called that.
    NameImpossible,
    /// The homeserver said no.
    Server(Error),
}

/// Why there is no answer of the wanted kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It must not be done.
    Refused(Refusal),
    /// The homeserver says so, or nothing.
    Server(Error),
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        Self::Server(error)
    }
}

impl From<Fault> for Refusal {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Refused(refusal) => refusal,
            Fault::Server(error) => Self::Server(error),
        }
    }
}

impl State {
    /// Whether the homeserver is being asked.
    pub fn is_under_way(&self) -> bool {
        matches!(self, Self::Checking | Self::Working(_))
    }
}

impl Row {
    /// Whether it was not done, and could be when it is tried again.
    pub(super) fn is_open(&self) -> bool {
        match &self.state {
            State::NotTried | State::Lost(_) => true,
            State::Refused(refusal) => !matches!(
                refusal,
                Refusal::NotAnId | Refusal::Elsewhere | Refusal::Double(_) | Refusal::Yourself
            ),
            _ => false,
        }
    }

    /// The same row, nobody having looked at it.
    pub(super) fn anew(&self) -> Self {
        Self { state: State::Waiting, ..self.clone() }
    }
}

impl Plan {
    /// Nothing more is known than whose it is.
    pub fn of(user: KnownUser) -> Self {
        Self { user, display_name: None, sessions: None, is_admin: false, already: false }
    }

    /// What would happen to this account.
    ///
    /// # Errors
    /// If it must not happen.
    pub fn for_account(
        work: Work,
        account: &Account,
        email: &str,
        owner: Option<KnownUser>,
        sessions: Option<usize>,
    ) -> Result<Self, Refusal> {
        let listed = &account.listed;
        if let Some(appservice) = &account.appservice {
            return Err(Refusal::Appservice(appservice.clone()));
        }
        let closes = matches!(work, Work::Deactivate { .. });
        // One that is closed may still be erased.
        if listed.is_deactivated && !closes {
            return Err(Refusal::Deactivated);
        }
        if let Some(owner) = owner.filter(|owner| *owner != listed.user) {
            return Err(Refusal::AddressTaken(owner));
        }
        if work == Work::AttachEmails && account.threepids.is_none() {
            return Err(Refusal::Unreadable);
        }
        let already = match work {
            Work::AttachEmails => account.has_email(email),
            Work::SetPasswords { .. } => false,
            Work::SignOut => sessions == Some(0),
            Work::Lock => listed.is_locked,
            Work::Deactivate { erase } => listed.is_deactivated && !erase,
        };
        Ok(Self {
            user: listed.user.clone(),
            display_name: listed.display_name.clone(),
            sessions,
            is_admin: listed.is_admin,
            already,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matrix::admin::Listed;
    use crate::matrix::admin::account::tests::{bob, user};

    #[test]
    fn what_must_not_happen_does_not() {
        let plan = |work, account: &Account, owner| {
            Plan::for_account(work, account, "new@example.org", owner, Some(2))
        };
        let attach = Work::AttachEmails;
        assert!(plan(attach, &bob(), None).is_ok());
        assert!(plan(attach, &bob(), Some(bob().user().clone())).is_ok());
        let taken = plan(attach, &bob(), Some(user("@carol:example.org")));
        assert_eq!(taken, Err(Refusal::AddressTaken(user("@carol:example.org"))));
        let bridge = Account { appservice: Some("irc".into()), ..bob() };
        assert_eq!(plan(Work::SignOut, &bridge, None), Err(Refusal::Appservice("irc".into())));
        let closed = Listed { is_deactivated: true, ..bob().listed };
        let closed = Account { listed: closed, ..bob() };
        let reset = Work::SetPasswords { sign_out: false };
        assert_eq!(plan(reset, &closed, None), Err(Refusal::Deactivated));
        let again = plan(Work::Deactivate { erase: false }, &closed, None);
        assert!(again.is_ok_and(|plan| plan.already));
        let unread = Account { threepids: None, ..bob() };
        assert_eq!(plan(attach, &unread, None), Err(Refusal::Unreadable));
    }
}
