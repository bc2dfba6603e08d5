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
    /// Whose account it is, once the homeserver has told of it.
    pub user: Option<KnownUser>,
    /// The password that was made for it. It stays the same when it is set once
    /// more, after an answer got lost.
    pub password: Option<Rc<Secret>>,
    /// What became of it.
    pub state: State,
    /// Whether it may have been done: a request went out, and its answer got lost.
    pub(super) is_open_question: bool,
    /// How often nothing went on because of it.
    pub(super) halts: u32,
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
    Working,
    /// It was done.
    Done(Outcome),
    /// It was not done, for a reason.
    Refused(Refusal),
    /// It was not tried.
    NotTried,
    /// An answer got lost: nobody knows whether it was done. With a reason where it
    /// was tried once more, and refused then.
    Lost(Option<Refusal>),
}

/// What would happen to an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Whose it is.
    pub user: KnownUser,
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
    /// The homeserver could take the address for another one.
    AddressOdd,
    /// What is on the account could not all be read.
    Unreadable,
    /// The email addresses were removed, and the account was not deactivated.
    NotDeactivated(Error),
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
    /// The homeserver could not be asked what would happen. Nothing was sent that
    /// changes anything.
    Unsent(Error),
    /// The homeserver was told to do it, and says no, or nothing.
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
            Fault::Unsent(error) | Fault::Server(error) => Self::Server(error),
        }
    }
}

impl State {
    /// Whether the homeserver is being asked.
    pub fn is_under_way(&self) -> bool {
        matches!(self, Self::Checking | Self::Working)
    }

    /// Whether it was done, or may have been.
    pub fn may_be_done(&self) -> bool {
        matches!(self, Self::Done(_) | Self::Lost(_))
    }
}

impl Row {
    /// A row that nobody has looked at, unless there is something wrong with it.
    pub(super) fn new(line: usize, typed: String, email: String, wrong: Option<Refusal>) -> Self {
        let state = wrong.map_or(State::Waiting, State::Refused);
        let (user, password) = (None, None);
        Self { line, typed, email, user, password, state, is_open_question: false, halts: 0 }
    }

    /// Whether it was not done, and could be when it is tried again. What is wrong with
    /// the row itself stays wrong.
    pub(super) fn is_open(&self) -> bool {
        use Refusal::{AddressDouble, AddressOdd, Double, Elsewhere, NoAddress, NotAnId, Yourself};
        match &self.state {
            State::NotTried | State::Lost(_) => true,
            State::Refused(refusal) => !matches!(
                refusal,
                NotAnId
                    | Elsewhere
                    | Double(_)
                    | Yourself
                    | NoAddress
                    | AddressDouble(_)
                    | AddressOdd
            ),
            _ => false,
        }
    }

    /// Ends it where it is. A password that was certainly not set is of no use.
    pub(super) fn end(&mut self, state: State) {
        if matches!(state, State::Done(_)) {
            self.is_open_question = false;
        }
        if matches!(state, State::Refused(_) | State::NotTried) {
            self.password = None;
        }
        self.state = state;
    }

    /// What it is if it is not tried any more.
    pub(super) fn given_up(&self) -> State {
        if self.is_open_question { State::Lost(None) } else { State::NotTried }
    }
}

impl Plan {
    /// Nothing more is known than whose it is.
    pub fn of(user: KnownUser) -> Self {
        Self { user, sessions: None, is_admin: false, already: false }
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
        // Synapse folds letters that look alike to people into one, and then takes the
        // address from whoever has it.
        if work == Work::AttachEmails && !email.is_ascii() {
            return Err(Refusal::AddressOdd);
        }
        if work == Work::AttachEmails && account.threepids.is_none() {
            return Err(Refusal::Unreadable);
        }
        let already = match work {
            Work::AttachEmails => account.has_email(email),
            Work::SetPasswords { .. } => false,
            Work::SignOut => sessions == Some(0),
            Work::Lock => listed.is_locked,
            Work::Deactivate { erase } => account.is_closed() && !erase,
        };
        Ok(Self { user: listed.user.clone(), sessions, is_admin: listed.is_admin, already })
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
        let with_address = Account { listed: closed.clone(), ..bob() };
        let closed = Account { threepids: Some(Vec::new()), ..with_address.clone() };
        let reset = Work::SetPasswords { sign_out: false };
        assert_eq!(plan(reset, &closed, None), Err(Refusal::Deactivated));
        let again = plan(Work::Deactivate { erase: false }, &closed, None);
        assert!(again.is_ok_and(|plan| plan.already));
        // On Tuwunel, a reset by email would activate it again.
        let again = plan(Work::Deactivate { erase: false }, &with_address, None);
        assert!(again.is_ok_and(|plan| !plan.already));
        let odd = Plan::for_account(attach, &bob(), "stra\u{df}e@example.org", None, None);
        assert_eq!(odd, Err(Refusal::AddressOdd));
        let unread = Account { threepids: None, ..bob() };
        assert_eq!(plan(attach, &unread, None), Err(Refusal::Unreadable));
    }
}
