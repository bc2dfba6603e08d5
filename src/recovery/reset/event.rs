//! What can happen to a reset, and what is to be done then.

use super::draft::Draft;
use super::form::{OtherSessions, Typed};
use crate::matrix::password_policy::PasswordPolicy;
use crate::matrix::password_reset::{
    ChangePassword, CheckPassword, ClientSecret, PasswordChange, PasswordCheck, RequestToken, Sid,
};
use crate::matrix::{Error, Homeserver};
use crate::secret::Secret;
use std::rc::Rc;

/// The number of a request. An answer is told from a stale one by it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ticket(u32);

impl Ticket {
    pub(super) fn next(self) -> Self {
        Self(self.0.wrapping_add(1))
    }
}

/// What happened.
#[derive(Debug)]
pub enum Event {
    /// `Send Reset Email` was pressed.
    Submit(Submission),
    /// The server said whether it would take the password.
    PasswordChecked(Ticket, Result<PasswordCheck, Error>),
    /// The server said whether it sent the mail.
    EmailRequested(Ticket, Result<Sid, Error>),
    /// It is time to ask whether the link was confirmed.
    Poll,
    /// Somebody looks at the page again, or the network is back.
    Woke,
    /// The link of this mail was confirmed, as the tab says that it led to.
    LinkConfirmed(Sid),
    /// `I have verified my email address` was pressed.
    Verified,
    /// The server takes its time over this request.
    Slow(Ticket),
    /// The server said whether the password was changed.
    PasswordChanged(Ticket, Result<PasswordChange, Error>),
    /// Another tab changed the password with the link of this mail.
    DoneElsewhere(Sid),
    /// The user wants the request to be sent again whose answer got lost long
    /// ago ([`Notice::MayBeChanged`](super::Notice::MayBeChanged)).
    SetAgain,
    /// Another mail is wanted.
    Resend,
    /// The form is wanted: another address, or another password.
    OpenForm,
    /// From the form back to the wait for a mail that was sent before.
    GoOnWaiting,
    /// A reset is to be finished here of which only the link is known.
    TakeUp(Draft),
    /// The password that was missing.
    Password(MissingPassword),
    /// Another homeserver was chosen.
    OtherServer,
    /// The reset is given up, or was finished. Nothing stays of it.
    StartOver,
}

/// The form, as it was sent.
#[derive(Debug)]
pub struct Submission {
    /// Where the account is.
    pub homeserver: Homeserver,
    /// What was typed.
    pub typed: Typed,
    /// The homeserver's rules, as far as they are known.
    pub policy: PasswordPolicy,
    /// A new one for every attempt.
    pub client_secret: ClientSecret,
    /// The address of `/reset/verified/`, where the tab of the email is to land.
    pub return_page: String,
}

/// A password for a reset that lacks only that.
#[derive(Debug)]
pub struct MissingPassword {
    /// What was typed.
    pub new_password: Rc<Secret>,
    /// What happens to the other sessions.
    pub other_sessions: OtherSessions,
    /// The homeserver's rules, as far as they are known.
    pub policy: PasswordPolicy,
}

/// What is to be done: a request to send. Its answer comes back as an event
/// with the same ticket.
#[derive(Debug)]
pub struct Effect {
    /// Which request this is.
    pub ticket: Ticket,
    /// Where it goes.
    pub homeserver: Homeserver,
    /// What is asked.
    pub ask: Ask,
}

/// What can be asked of the server.
#[derive(Debug)]
pub enum Ask {
    /// Answered by [`Event::PasswordChecked`].
    CheckPassword(CheckPassword),
    /// Answered by [`Event::EmailRequested`].
    RequestEmail(RequestToken),
    /// Answered by [`Event::PasswordChanged`].
    ChangePassword(ChangePassword),
}
