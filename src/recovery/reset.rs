//! The reset of a password by email, from the form to the new password.
//!
//! ```text
//!            Submit            PasswordChecked        EmailRequested
//!   Form ────────────► Checking ────────────► Sending ────────────► Waiting
//!    ▲                    │ error                │ error              │  ▲ │
//!    └────────────────────┴──────────────────────┴── StartOver ───────┘  └─┘ Verified, Resend
//!                                                                     │ PasswordChanged: 200
//!                                                                     ▼
//!                                                                    Done
//! ```
//!
//! Every request has a [`Ticket`], and an answer counts only while its request
//! is the one that is waited for. So an answer that comes late, or to a reset
//! that was given up, changes nothing.

use super::password_rules::broken_rules;
use crate::matrix::password_policy::{PasswordPolicy, PasswordRule};
use crate::matrix::password_reset::{
    ChangePassword, CheckPassword, ClientSecret, NewPassword, PasswordChange, PasswordCheck,
    RequestToken, Sid,
};
use crate::matrix::uia::UiaSession;
use crate::matrix::{Error, Homeserver};
use crate::route::Route;
use crate::secret::Secret;
use std::rc::Rc;

/// A reset, wherever it is.
#[derive(Debug, Default)]
pub struct Reset {
    step: Step,
    last_ticket: Ticket,
}

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
}

/// What a person types into the form.
#[derive(Clone, Debug)]
pub struct Typed {
    /// The email address, without spaces around it.
    pub email: String,
    /// The new password.
    pub new_password: Rc<Secret>,
    /// What happens to the other sessions.
    pub other_sessions: OtherSessions,
}

/// What happens to the sessions that are signed in elsewhere.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OtherSessions {
    /// They are signed out, as the guide has it.
    #[default]
    SignOut,
    /// They stay signed in, with the message keys that they hold.
    Keep,
}

/// What is wrong, by the place where it is said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problems {
    /// Beside the email address.
    pub email: Option<EmailProblem>,
    /// Beside the password.
    pub password: Option<PasswordProblem>,
    /// Above the form.
    pub general: Option<Error>,
}

/// What is wrong with the email address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EmailProblem {
    /// Nothing was typed.
    Missing,
    /// It does not look like an address.
    NotAnAddress,
    /// No account on the homeserver uses it.
    Unknown,
    /// The homeserver sends no mail to it.
    Denied,
}

/// What is wrong with the new password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PasswordProblem {
    /// Nothing was typed.
    Missing,
    /// It breaks rules of the homeserver.
    Breaks(Vec<PasswordRule>),
}

/// One attempt at a reset: what was typed, and what its requests need.
#[derive(Debug)]
pub struct Attempt {
    /// Where the account is. A reset stays with the server that it began on.
    pub homeserver: Homeserver,
    /// What was typed.
    pub typed: Typed,
    client_secret: ClientSecret,
    /// How many mails were asked for.
    send_attempt: u32,
    next_link: Option<String>,
    session: Option<UiaSession>,
}

/// Waiting for the link in the mail.
#[derive(Debug)]
pub struct Waiting {
    /// What is waited for.
    pub attempt: Attempt,
    sid: Sid,
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

/// The number of a request. An answer is told from a stale one by it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ticket(u32);

/// What happened.
#[derive(Debug)]
pub enum Event {
    /// `Send Reset Email` was pressed.
    Submit(Submission),
    /// The server said whether it would take the password.
    PasswordChecked(Ticket, Result<PasswordCheck, Error>),
    /// The server said whether it sent the mail.
    EmailRequested(Ticket, Result<Sid, Error>),
    /// `I have verified my email address` was pressed.
    Verified,
    /// The server said whether the password was changed.
    PasswordChanged(Ticket, Result<PasswordChange, Error>),
    /// Another mail is wanted.
    Resend,
    /// Back to the form. What was typed stays, unless the reset was finished.
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
    /// Where the mail's tab is to land.
    pub next_link: Option<String>,
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

impl Default for Step {
    fn default() -> Self {
        Self::Form(Form::default())
    }
}

impl Step {
    fn typed(&self) -> Option<&Typed> {
        match self {
            Self::Form(form) => form.typed.as_ref(),
            Self::Checking(attempt) | Self::Sending(attempt) => Some(&attempt.typed),
            Self::Waiting(waiting) => Some(&waiting.attempt.typed),
            Self::Done(_) => None,
        }
    }
}

impl Reset {
    /// Where the reset is.
    pub fn step(&self) -> &Step {
        &self.step
    }

    /// Whether the form was sent and the server has not answered yet.
    pub fn is_sending(&self) -> bool {
        matches!(self.step, Step::Checking(_) | Step::Sending(_))
    }

    /// Whether the server is changing the password, as far as is known. While
    /// it does, the reset cannot be left: the answer must not be missed.
    pub fn is_confirming(&self) -> bool {
        matches!(&self.step, Step::Waiting(Waiting { doing: Doing::Confirming(_), .. }))
    }

    /// What was typed into the form, until the reset is finished.
    pub fn typed(&self) -> Option<&Typed> {
        self.step.typed()
    }

    /// The page to show when somebody asks for this one: a step that was not
    /// reached yet leads to where the person really is.
    pub fn page_for(&self, asked: Route) -> Route {
        match (asked, &self.step) {
            (Route::ResetCheckEmail, Step::Waiting(_)) => asked,
            (Route::ResetDone, Step::Done(_)) => asked,
            (Route::Reset, _) if self.is_confirming() => Route::ResetCheckEmail,
            (Route::ResetCheckEmail | Route::ResetDone, step) => match step {
                Step::Waiting(_) => Route::ResetCheckEmail,
                Step::Done(_) => Route::ResetDone,
                Step::Form(_) | Step::Checking(_) | Step::Sending(_) => Route::Reset,
            },
            _ => asked,
        }
    }

    /// The only way a reset moves on.
    pub fn on(mut self, event: Event) -> (Self, Option<Effect>) {
        let busy = self.is_sending() || self.is_confirming();
        let step = std::mem::take(&mut self.step);
        let (step, effect) = match (step, event) {
            (_, Event::Submit(submission)) if !busy => self.submit(submission),
            (step, Event::StartOver) if !busy => (start_over(step), None),
            (Step::Checking(attempt), Event::PasswordChecked(ticket, answer))
                if ticket == self.last_ticket =>
            {
                self.password_checked(attempt, answer)
            }
            (Step::Sending(attempt), Event::EmailRequested(ticket, answer))
                if ticket == self.last_ticket =>
            {
                self.email_requested(attempt, answer)
            }
            (Step::Waiting(waiting), event) => self.waiting(waiting, event),
            (step, _) => (step, None),
        };
        self.step = step;
        (self, effect)
    }

    fn submit(&mut self, submission: Submission) -> (Step, Option<Effect>) {
        let Submission { homeserver, typed, policy, client_secret, next_link } = submission;
        let problems = problems_of(&typed, &policy);
        if problems != Problems::default() {
            return (Step::Form(Form { typed: Some(typed), problems }), None);
        }
        let attempt =
            Attempt { homeserver, typed, client_secret, send_attempt: 1, next_link, session: None };
        let check = Ask::CheckPassword(CheckPassword(attempt.new_password()));
        let effect = self.ask(&attempt, check);
        (Step::Checking(attempt), Some(effect))
    }

    fn password_checked(
        &mut self,
        mut attempt: Attempt,
        answer: Result<PasswordCheck, Error>,
    ) -> (Step, Option<Effect>) {
        match answer {
            Ok(check) => {
                attempt.session = match check {
                    PasswordCheck::Accepted(session) => Some(session),
                    PasswordCheck::Unknown => None,
                };
                let effect = self.ask(&attempt, attempt.request_email());
                (Step::Sending(attempt), Some(effect))
            }
            Err(error) => (back_to_form(attempt, error), None),
        }
    }

    fn email_requested(
        &mut self,
        mut attempt: Attempt,
        answer: Result<Sid, Error>,
    ) -> (Step, Option<Effect>) {
        match answer {
            Ok(sid) => {
                let waiting = Waiting { attempt, sid, doing: Doing::Nothing, notice: None };
                (Step::Waiting(waiting), None)
            }
            Err(Error::Refused) if attempt.next_link.take().is_some() => {
                let effect = self.ask(&attempt, attempt.request_email());
                (Step::Sending(attempt), Some(effect))
            }
            Err(error) => (back_to_form(attempt, error), None),
        }
    }

    fn waiting(&mut self, mut waiting: Waiting, event: Event) -> (Step, Option<Effect>) {
        let effect = match (waiting.doing, event) {
            (Doing::Nothing, Event::Verified) => Some(self.change_password(&mut waiting)),
            (Doing::Nothing, Event::Resend) => {
                waiting.attempt.send_attempt = waiting.attempt.send_attempt.saturating_add(1);
                Some(self.resend(&mut waiting))
            }
            (Doing::Confirming(asked), Event::PasswordChanged(ticket, answer))
                if asked == ticket =>
            {
                return self.password_changed(waiting, answer);
            }
            (Doing::Resending(asked), Event::EmailRequested(ticket, answer)) if asked == ticket => {
                self.email_requested_again(&mut waiting, answer)
            }
            _ => None,
        };
        (Step::Waiting(waiting), effect)
    }

    fn password_changed(
        &mut self,
        mut waiting: Waiting,
        answer: Result<PasswordChange, Error>,
    ) -> (Step, Option<Effect>) {
        waiting.doing = Doing::Nothing;
        match answer {
            Ok(PasswordChange::Done) => {
                let Typed { email, other_sessions, .. } = waiting.attempt.typed;
                return (Step::Done(Done { email, other_sessions }), None);
            }
            Ok(PasswordChange::NotConfirmed(session)) => {
                waiting.attempt.session = session.or(waiting.attempt.session);
                waiting.notice = Some(Notice::NotConfirmedYet);
            }
            Ok(PasswordChange::SessionForgotten) => {
                waiting.attempt.session = None;
                let effect = self.change_password(&mut waiting);
                return (Step::Waiting(waiting), Some(effect));
            }
            Err(error @ Error::PasswordRefused(_)) => {
                return (back_to_form(waiting.attempt, error), None);
            }
            Err(error) => waiting.notice = Some(Notice::Problem(error)),
        }
        (Step::Waiting(waiting), None)
    }

    fn email_requested_again(
        &mut self,
        waiting: &mut Waiting,
        answer: Result<Sid, Error>,
    ) -> Option<Effect> {
        waiting.doing = Doing::Nothing;
        match answer {
            Ok(sid) => {
                waiting.sid = sid;
                waiting.notice = Some(Notice::SentAgain);
            }
            Err(Error::Refused) if waiting.attempt.next_link.take().is_some() => {
                return Some(self.resend(waiting));
            }
            Err(error) => waiting.notice = Some(Notice::Problem(error)),
        }
        None
    }

    fn change_password(&mut self, waiting: &mut Waiting) -> Effect {
        let change = ChangePassword {
            new_password: waiting.attempt.new_password(),
            sid: waiting.sid.clone(),
            client_secret: waiting.attempt.client_secret.clone(),
            session: waiting.attempt.session.clone(),
        };
        let effect = self.ask(&waiting.attempt, Ask::ChangePassword(change));
        waiting.doing = Doing::Confirming(effect.ticket);
        waiting.notice = None;
        effect
    }

    fn resend(&mut self, waiting: &mut Waiting) -> Effect {
        let effect = self.ask(&waiting.attempt, waiting.attempt.request_email());
        waiting.doing = Doing::Resending(effect.ticket);
        waiting.notice = None;
        effect
    }

    fn ask(&mut self, attempt: &Attempt, ask: Ask) -> Effect {
        self.last_ticket = Ticket(self.last_ticket.0.wrapping_add(1));
        Effect { ticket: self.last_ticket, homeserver: attempt.homeserver.clone(), ask }
    }
}

impl Attempt {
    fn new_password(&self) -> NewPassword {
        NewPassword {
            new_password: Rc::clone(&self.typed.new_password),
            logout_devices: self.typed.other_sessions == OtherSessions::SignOut,
        }
    }

    fn request_email(&self) -> Ask {
        Ask::RequestEmail(RequestToken {
            client_secret: self.client_secret.clone(),
            email: self.typed.email.clone(),
            send_attempt: self.send_attempt,
            next_link: self.next_link.clone(),
        })
    }
}

fn start_over(step: Step) -> Step {
    let typed = step.typed().cloned();
    Step::Form(Form { typed, problems: Problems::default() })
}

fn back_to_form(attempt: Attempt, error: Error) -> Step {
    let mut problems = Problems::default();
    match error {
        Error::AddressUnknown => problems.email = Some(EmailProblem::Unknown),
        Error::AddressDenied => problems.email = Some(EmailProblem::Denied),
        Error::PasswordRefused(rule) => {
            problems.password = Some(PasswordProblem::Breaks(vec![rule]));
        }
        error => problems.general = Some(error),
    }
    Step::Form(Form { typed: Some(attempt.typed), problems })
}

fn problems_of(typed: &Typed, policy: &PasswordPolicy) -> Problems {
    let email = match typed.email.as_str() {
        "" => Some(EmailProblem::Missing),
        email if !looks_like_an_address(email) => Some(EmailProblem::NotAnAddress),
        _ => None,
    };
    let broken = broken_rules(policy, typed.new_password.expose());
    let password = if typed.new_password.is_empty() {
        Some(PasswordProblem::Missing)
    } else if broken.is_empty() {
        None
    } else {
        Some(PasswordProblem::Breaks(broken))
    };
    Problems { email, password, general: None }
}

/// Catches slips, not more: whether an address exists, only the mail shows.
fn looks_like_an_address(text: &str) -> bool {
    let odd = |c: char| c.is_whitespace() || c.is_control();
    match text.rsplit_once('@') {
        Some((name, host)) => !name.is_empty() && !host.is_empty() && !text.contains(odd),
        None => false,
    }
}

#[cfg(test)]
#[path = "reset_tests.rs"]
mod tests;
