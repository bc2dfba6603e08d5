//! How far a reset is.

use super::event::{Ask, Submission, Ticket};
use super::form::{OtherSessions, Problems, Typed};
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

/// The form, with what was typed before and what was wrong with it.
#[derive(Debug, Default)]
pub struct Form {
    /// What was typed, if the person comes back to the form.
    pub typed: Option<Typed>,
    /// Why the person is back.
    pub problems: Problems,
    /// What is left of earlier attempts.
    pub(super) before: Before,
}

/// What is left of earlier attempts while the form is in use.
#[derive(Debug, Default)]
pub(super) struct Before {
    /// A mail is on its way, and its link can still be waited for.
    pub waiting: Option<Box<Waiting>>,
    /// A mail may be on its way: it was asked for, but the answer got lost. It
    /// is asked for again with the same secret, since a server that sent it
    /// then answers what it answered before.
    pub unanswered: Option<(Homeserver, String, ClientSecret)>,
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
    pub(super) before: Before,
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
    /// Whether the password may have been changed without our knowing: an
    /// answer got lost, and the server has no session that would tell.
    pub may_be_done: bool,
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
    /// Another mail was asked for.
    SentAgain,
    /// Another mail could not be asked for; the wait goes on.
    NotSent(Error),
    /// The password could not be changed; the wait goes on.
    NotChanged(Error),
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

    /// The wait for a mail that was sent, be it under way or left for the form.
    pub(super) fn awaited(&self) -> Option<&Waiting> {
        match self {
            Self::Form(form) => form.before.waiting.as_deref(),
            Self::Checking(attempt) | Self::Sending(attempt) => attempt.before.waiting.as_deref(),
            Self::Waiting(waiting) => Some(waiting),
            Self::Done(_) => None,
        }
    }

    /// What is left of this step when the form is sent again.
    pub(super) fn into_before(self) -> Before {
        match self {
            Self::Form(form) => form.before,
            Self::Waiting(mut waiting) => {
                waiting.doing = Doing::Nothing;
                Before { waiting: Some(Box::new(waiting)), unanswered: None }
            }
            Self::Checking(attempt) | Self::Sending(attempt) => attempt.before,
            Self::Done(_) => Before::default(),
        }
    }
}

impl Waiting {
    pub(super) fn new(attempt: Attempt, sid: Sid) -> Self {
        Self { attempt, sid, doing: Doing::Nothing, notice: None, may_be_done: false }
    }
}

impl Attempt {
    pub(super) fn new(submission: Submission, before: Before) -> Self {
        let Submission { homeserver, typed, client_secret, next_link, .. } = submission;
        let client_secret = match &before.unanswered {
            Some((server, email, secret)) if *server == homeserver && *email == typed.email => {
                secret.clone()
            }
            _ => client_secret,
        };
        let session = None;
        Self { homeserver, typed, client_secret, send_attempt: 1, next_link, session, before }
    }

    /// Back to the form, after the server said this of the password or the mail.
    pub(super) fn failed(mut self, error: Error, was_sending: bool) -> Form {
        if was_sending {
            let asked = (self.homeserver, self.typed.email.clone(), self.client_secret);
            self.before.unanswered = error.leaves_it_open().then_some(asked);
        }
        Form { typed: Some(self.typed), problems: Problems::from(error), before: self.before }
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
