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

// What can happen to a reset, and what is to be done then.
mod event;
// What a person types, and what is wrong with it.
mod form;
// How far a reset is.
mod step;

pub use event::{Ask, Effect, Event, Submission, Ticket};
pub use form::{EmailProblem, OtherSessions, PasswordProblem, Problems, Typed};
pub use step::{Attempt, Doing, Done, Form, Notice, Step, Waiting};

use crate::matrix::Error;
use crate::matrix::password_reset::{
    ChangePassword, CheckPassword, PasswordChange, PasswordCheck, Sid,
};
use crate::route::Route;
use step::Before;

/// A reset, wherever it is.
#[derive(Debug, Default)]
pub struct Reset {
    step: Step,
    last_ticket: Ticket,
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

    /// The address that a mail was sent to whose link can still be waited for.
    pub fn awaited_email(&self) -> Option<&str> {
        Some(&self.step.awaited()?.attempt.typed.email)
    }

    /// The page to show when somebody asks for this one: a step that was not
    /// reached yet leads to where the person really is, and so does the form
    /// while the password is being changed, and after.
    pub fn page_for(&self, asked: Route) -> Route {
        let can_wait = self.step.awaited().is_some() && !self.is_sending();
        match (asked, &self.step) {
            (Route::Reset, Step::Done(_)) => Route::ResetDone,
            (Route::Reset, _) if self.is_confirming() => Route::ResetCheckEmail,
            (Route::ResetCheckEmail | Route::ResetDone, Step::Done(_)) => Route::ResetDone,
            (Route::ResetCheckEmail, _) if can_wait => asked,
            (Route::ResetDone, Step::Waiting(_)) => Route::ResetCheckEmail,
            (Route::ResetCheckEmail | Route::ResetDone, _) => Route::Reset,
            _ => asked,
        }
    }

    /// The only way a reset moves on.
    pub fn on(mut self, event: Event) -> (Self, Option<Effect>) {
        let busy = self.is_sending() || self.is_confirming();
        let step = std::mem::take(&mut self.step);
        let (step, effect) = match (step, event) {
            (step, Event::Submit(submission)) if !busy => {
                self.submit(submission, step.into_before())
            }
            (step, Event::StartOver) if !busy => (start_over(step), None),
            (Step::Form(form), Event::GoOnWaiting) => (go_on_waiting(form), None),
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

    fn submit(&mut self, submission: Submission, before: Before) -> (Step, Option<Effect>) {
        let problems = Problems::of(&submission.typed, &submission.policy);
        if problems != Problems::default() {
            return (Step::Form(Form { typed: Some(submission.typed), problems, before }), None);
        }
        let attempt = Attempt::new(submission, before);
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
            Err(error) => (Step::Form(attempt.failed(error, false)), None),
        }
    }

    fn email_requested(
        &mut self,
        mut attempt: Attempt,
        answer: Result<Sid, Error>,
    ) -> (Step, Option<Effect>) {
        match answer {
            Ok(sid) => {
                attempt.before = Before::default();
                (Step::Waiting(Waiting::new(attempt, sid)), None)
            }
            Err(Error::Refused) if attempt.next_link.take().is_some() => {
                let effect = self.ask(&attempt, attempt.request_email());
                (Step::Sending(attempt), Some(effect))
            }
            Err(error) => (Step::Form(attempt.failed(error, true)), None),
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
                return (Step::Form(waiting.attempt.failed(error, false)), None);
            }
            Err(error) => {
                let no_session = waiting.attempt.session.is_none();
                waiting.may_be_done |= no_session && error.leaves_it_open();
                waiting.notice = Some(Notice::NotChanged(error));
            }
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
            Err(error) => waiting.notice = Some(Notice::NotSent(error)),
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
        self.last_ticket = self.last_ticket.next();
        Effect { ticket: self.last_ticket, homeserver: attempt.homeserver.clone(), ask }
    }
}

fn start_over(step: Step) -> Step {
    let typed = step.typed().cloned();
    Step::Form(Form { typed, ..Form::default() })
}

fn go_on_waiting(mut form: Form) -> Step {
    match form.before.waiting.take() {
        Some(waiting) => Step::Waiting(*waiting),
        None => Step::Form(form),
    }
}

#[cfg(test)]
mod property;
#[cfg(test)]
mod tests;
