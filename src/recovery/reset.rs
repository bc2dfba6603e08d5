//! The reset of a password by email, from the form to the new password.
//!
//! ```text
//!           Submit            PasswordChecked       EmailRequested
//!   Form ───────────► Checking ───────────► Sending ───────────► Waiting ◄─┐
//!    ▲ │                 │ error               │ error            │ │ │ │  │ Poll, Verified,
//!    │ └──── GoOnWaiting ┼─────────────────────┼──────────────────┼►│ │ └──┘ Resend
//!    └───────────────────┴─────────────────────┴───── OpenForm ◄──┘ │ │
//!                                                                   │ │ PasswordChanged: 200
//!   a reload, a link ──► NeedsPassword ──── Password ──────────────►│ ▼
//!                          ▲        the server refuses the password │ Done
//!                          └────────────────────────────────────────┘
//! ```
//!
//! Every request has a [`Ticket`], and an answer counts only while its request
//! is the one that is waited for. So an answer that comes late, or to a reset
//! that was given up, changes nothing. An answer to a request that may change
//! the password is always waited for: what the person wants meanwhile is done
//! after it ([`Then`]).

// A reset without its password.
mod draft;
// What can happen to a reset, and what is to be done then.
mod event;
// What a person types, and what is wrong with it.
mod form;
// What of a reset outlives a reload.
mod kept;
// How often the server is asked.
mod pace;
// How far a reset is.
mod step;
// Everything that can happen while the link is waited for.
mod waiting;

pub use draft::{Draft, Mail};
pub use event::{Ask, Effect, Event, MissingPassword, Submission, Ticket};
pub use form::{EmailProblem, OtherSessions, PasswordProblem, Problems, Typed};
pub use step::{
    Asking, Attempt, By, Doing, Done, Form, NeedsPassword, Notice, Step, Then, Tone, Waiting,
};

use crate::matrix::Error;
use crate::matrix::Homeserver;
use crate::matrix::password_reset::{CheckPassword, PasswordCheck, Sid};
use crate::route::Route;
use std::rc::Rc;
use std::time::Duration;
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

    /// What was typed into the form, while it is in use.
    pub fn typed(&self) -> Option<&Typed> {
        self.step.typed()
    }

    /// The reset whose link can be waited for, be it waited for now or left
    /// for the form.
    pub fn draft(&self) -> Option<&Draft> {
        self.step.draft()
    }

    /// Whether it is about this mail.
    pub fn is_about(&self, sid: &Sid) -> bool {
        match &self.step {
            Step::Done(done) => done.sid == *sid,
            step => step.draft().is_some_and(|draft| draft.sid == *sid),
        }
    }

    /// Returns the reset that taking up the link of another email would replace:
    /// its link may still come, or its password may be typed here.
    pub fn replaced_by(&self, sid: &Sid) -> Option<&Draft> {
        self.draft().filter(|draft| draft.sid != *sid)
    }

    /// What moves a reset on could not be loaded: it stays where it begins.
    pub fn fail_to_begin(&mut self, error: Error) {
        if let Step::Form(form) = &mut self.step {
            form.problems.general = Some(error);
        }
    }

    /// The page to show when somebody asks for this one: a step that was not
    /// reached yet, or was left behind, leads to where the person really is.
    pub fn page_for(&self, asked: Route) -> Route {
        let is_of_this = [Route::Reset, Route::ResetCheckEmail, Route::ResetDone].contains(&asked);
        match &self.step {
            _ if !is_of_this => asked,
            Step::NeedsPassword(_) | Step::Waiting(_) => Route::ResetCheckEmail,
            Step::Done(_) => Route::ResetDone,
            // Whoever loads that page again has a new password to sign in with.
            Step::Form(_) if asked == Route::ResetDone => Route::Login,
            _ => Route::Reset,
        }
    }

    /// The only way a reset moves on. `now` is the time since 1970 by this
    /// device's clock, which may be wrong: nothing but words depends on it, and
    /// when to ask the server.
    pub fn on(mut self, event: Event, now: Duration) -> (Self, Option<Effect>) {
        let step = std::mem::take(&mut self.step);
        let (step, effect) = match (step, event) {
            (Step::Waiting(waiting), event) => self.waiting(waiting, event, now),
            (Step::Form(form), Event::Submit(submission)) => {
                self.submit(submission, form.before, now)
            }
            (Step::Form(form), Event::GoOnWaiting) => (go_on_waiting(form), None),
            (Step::Checking(attempt), Event::PasswordChecked(ticket, answer))
                if ticket == self.last_ticket =>
            {
                self.password_checked(attempt, answer)
            }
            (Step::Sending(attempt), Event::EmailRequested(ticket, answer))
                if ticket == self.last_ticket =>
            {
                self.email_requested(attempt, answer, now)
            }
            (Step::NeedsPassword(needs), Event::Password(typed)) => {
                self.password(needs, typed, now)
            }
            (Step::NeedsPassword(needs), Event::OpenForm) => {
                (Form::instead_of(needs.draft, None), None)
            }
            (step, Event::TakeUp(draft)) => (take_up(step, draft), None),
            (step, Event::DoneElsewhere(sid)) => (done_elsewhere(step, &sid), None),
            (step, Event::OtherServer) => (other_server(step), None),
            (_, Event::StartOver) => (Step::default(), None),
            (step, _) => (step, None),
        };
        self.step = step;
        (self, effect)
    }

    fn submit(
        &mut self,
        submission: Submission,
        before: Before,
        now: Duration,
    ) -> (Step, Option<Effect>) {
        let problems = Problems::of(&submission.typed, &submission.policy);
        if problems != Problems::default() {
            let form = Form { typed: Some(submission.typed), problems, before };
            return (Step::Form(Box::new(form)), None);
        }
        let attempt = Attempt::new(submission, before, now);
        let check = Ask::CheckPassword(CheckPassword(attempt.new_password()));
        let effect = self.ask(&attempt.homeserver, check);
        (Step::Checking(attempt), Some(effect))
    }

    fn password_checked(
        &mut self,
        mut attempt: Box<Attempt>,
        answer: Result<PasswordCheck, Error>,
    ) -> (Step, Option<Effect>) {
        match answer {
            Ok(check) => {
                attempt.session = check.session();
                let effect = self.ask(&attempt.homeserver, attempt.request_email());
                (Step::Sending(attempt), Some(effect))
            }
            Err(error) => ((*attempt).failed(error, false), None),
        }
    }

    fn email_requested(
        &mut self,
        mut attempt: Box<Attempt>,
        answer: Result<Sid, Error>,
        now: Duration,
    ) -> (Step, Option<Effect>) {
        match answer {
            Ok(sid) => {
                let draft = attempt.draft(sid, now);
                let mut waiting = Waiting::new(draft, attempt.typed.new_password);
                waiting.is_checked = true;
                (Step::Waiting(waiting), None)
            }
            Err(Error::Refused) if attempt.return_page.take().is_some() => {
                let effect = self.ask(&attempt.homeserver, attempt.request_email());
                (Step::Sending(attempt), Some(effect))
            }
            Err(error) => ((*attempt).failed(error, true), None),
        }
    }

    /// The password is there again. The server is asked at once: the link may
    /// have been confirmed meanwhile.
    fn password(
        &mut self,
        mut needs: Box<NeedsPassword>,
        typed: MissingPassword,
        now: Duration,
    ) -> (Step, Option<Effect>) {
        needs.draft.other_sessions = typed.other_sessions;
        if let Some(problem) = PasswordProblem::of(&typed.new_password, &typed.policy) {
            needs.refused = Some((typed.new_password, problem));
            return (Step::NeedsPassword(needs), None);
        }
        let mut waiting = Waiting::new(needs.draft, typed.new_password);
        let effect = self.change_password(&mut waiting, Tone::Quiet, now);
        (Step::Waiting(waiting), Some(effect))
    }

    fn ask(&mut self, homeserver: &Homeserver, ask: Ask) -> Effect {
        self.last_ticket = self.last_ticket.next();
        Effect { ticket: self.last_ticket, homeserver: homeserver.clone(), ask }
    }
}

fn go_on_waiting(mut form: Box<Form>) -> Step {
    match form.before.parked.take().map(|parked| *parked) {
        Some((draft, Some(new_password))) => Step::Waiting(Waiting::new(draft, new_password)),
        Some((draft, None)) => NeedsPassword::step(draft),
        None => Step::Form(form),
    }
}

/// A reset that is known here already goes on with all that is known of it.
fn take_up(step: Step, draft: Draft) -> Step {
    match step {
        Step::NeedsPassword(mut needs) if needs.draft.sid == draft.sid => {
            needs.draft.to_confirm = draft.to_confirm;
            Step::NeedsPassword(needs)
        }
        Step::Form(form) if form.before.draft().is_some_and(|known| known.sid == draft.sid) => {
            go_on_waiting(form)
        }
        _ => NeedsPassword::step(draft),
    }
}

/// What a homeserver said is nothing for the next one, nor is the password that
/// was typed for it. A mail that is on its way, or may be, is waited for.
fn other_server(step: Step) -> Step {
    let anew = |typed: Option<Typed>, before| {
        let typed = typed.map(|typed| Typed { new_password: Rc::default(), ..typed });
        Step::Form(Box::new(Form { typed, before, ..Form::default() }))
    };
    match step {
        Step::Form(form) => anew(form.typed, form.before),
        Step::Checking(attempt) => anew(Some(attempt.typed), attempt.before),
        Step::Done(_) => Step::default(),
        step => step,
    }
}

fn done_elsewhere(step: Step, sid: &Sid) -> Step {
    match step {
        Step::NeedsPassword(needs) if needs.draft.sid == *sid => {
            Done::step(needs.draft, By::AnotherTab)
        }
        Step::Form(mut form) if form.before.draft().is_some_and(|draft| draft.sid == *sid) => {
            form.before.parked = None;
            Step::Form(form)
        }
        step => step,
    }
}

#[cfg(test)]
mod property;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod two_tabs;
