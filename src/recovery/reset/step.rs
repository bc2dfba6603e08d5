//! How far a reset is.

use super::event::{Ask, Submission, Ticket};
use super::form::{Form, OtherSessions, Typed};
use crate::matrix::password_reset::{ClientSecret, NewPassword, RequestToken, Sid};
use crate::matrix::uia::UiaSession;
use crate::matrix::{Error, Homeserver};
use std::rc::Rc;

/// How far a reset is.
#[derive(Debug)]
pub enum Step {
    /// The form is open. Nothing is under way.
    Form(Form),
    /// The server is asked whether it would take the password.
    Checking(Attempt),
    /// The server is asked to send the mail.
    Sending(Attempt),
    /// The mail is on its way, and the link in it is waited for.
    Waiting(Waiting),
    /// The password was changed: the server said so.
    Done(Done),
}

/// One attempt at a reset: what was typed, and what its requests need.
#[derive(Debug)]
pub struct Attempt {
    /// Where the account is. A reset stays with the server that it began on.
    pub homeserver: Homeserver,
    /// What was typed.
    pub typed: Typed,
    pub(super) client_secret: ClientSecret,
    /// How many mails were asked for.
    pub(super) send_attempt: u32,
    pub(super) next_link: Option<String>,
    pub(super) session: Option<UiaSession>,
}

/// Waiting for the link in the mail.
#[derive(Debug)]
pub struct Waiting {
    /// What is waited for.
    pub attempt: Attempt,
    pub(super) sid: Sid,
    /// What is being asked of the server.
    pub doing: Doing,
    /// What the last answer said.
    pub notice: Option<Notice>,
}

/// What is being asked of the server while the link is waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doing {
    /// Nothing.
    Nothing,
    /// To change the password.
    Confirming(Ticket),
    /// To send another mail.
    Resending(Ticket),
}

/// What there is to say while the link is waited for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// The link was not confirmed yet.
    NotConfirmedYet,
    /// Another mail is on its way.
    SentAgain,
    /// Something went wrong; the wait goes on.
    Problem(Error),
}

/// A reset that was finished. The password is gone from memory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done {
    /// The address, to sign in with.
    pub email: String,
    /// What happened to the other sessions.
    pub other_sessions: OtherSessions,
}

impl Default for Step {
    fn default() -> Self {
        Self::Form(Form::default())
    }
}

impl Step {
    pub(super) fn typed(&self) -> Option<&Typed> {
        match self {
            Self::Form(form) => form.typed.as_ref(),
            Self::Checking(attempt) | Self::Sending(attempt) => Some(&attempt.typed),
            Self::Waiting(waiting) => Some(&waiting.attempt.typed),
            Self::Done(_) => None,
        }
    }
}

impl Attempt {
    pub(super) fn new(submission: Submission) -> Self {
        let Submission { homeserver, typed, client_secret, next_link, .. } = submission;
        Self { homeserver, typed, client_secret, send_attempt: 1, next_link, session: None }
    }

    pub(super) fn new_password(&self) -> NewPassword {
        NewPassword {
            new_password: Rc::clone(&self.typed.new_password),
            logout_devices: self.typed.other_sessions == OtherSessions::SignOut,
        }
    }

    pub(super) fn request_email(&self) -> Ask {
        Ask::RequestEmail(RequestToken {
            client_secret: self.client_secret.clone(),
            email: self.typed.email.clone(),
            send_attempt: self.send_attempt,
            next_link: self.next_link.clone(),
        })
    }
}
