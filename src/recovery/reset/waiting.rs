//! Everything that can happen while the link is waited for.

use super::event::{Ask, Effect, Event};
use super::step::{
    Asking, By, Doing, Done, Form, NeedsPassword, Notice, Step, Then, Tone, Waiting,
};
use super::{PasswordProblem, Reset};
use crate::matrix::Error;
use crate::matrix::password_reset::{
    ChangePassword, CheckPassword, PasswordChange, PasswordCheck, Sid,
};
use std::time::Duration;

type Next = (Step, Option<Effect>);

impl Reset {
    pub(super) fn waiting(&mut self, waiting: Box<Waiting>, event: Event, now: Duration) -> Next {
        match waiting.doing {
            Doing::Nothing => self.idle(waiting, event, now),
            Doing::Asking(_) => self.asking(waiting, event, now),
            Doing::Resending(_) => self.resending(waiting, event, now),
        }
    }

    /// Nothing is being asked of the server.
    fn idle(&mut self, mut waiting: Box<Waiting>, event: Event, now: Duration) -> Next {
        let is_ours = |sid: &Sid| *sid == waiting.draft.sid;
        let repeats = match &event {
            Event::Poll | Event::Woke | Event::Verified => true,
            Event::LinkConfirmed(sid) => is_ours(sid),
            _ => false,
        };
        let is_told = waiting.notice == Some(Notice::MayBeChanged);
        let needs_consent = is_told || waiting.draft.is_lost_for_long(now);
        if repeats && needs_consent {
            waiting.notice = Some(Notice::MayBeChanged);
            return (Step::Waiting(waiting), None);
        }
        let is_limited = matches!(
            waiting.notice,
            Some(Notice::NotChanged(Error::RateLimited { wait: Some(_) }))
        );
        let effect = match event {
            Event::Poll if !waiting.is_over() => {
                waiting.polls = waiting.polls.saturating_add(1);
                self.change_password(&mut waiting, Tone::Quiet, now)
            }
            Event::Woke if !waiting.is_over() && !is_limited => {
                waiting.polls = 0;
                self.change_password(&mut waiting, Tone::Quiet, now)
            }
            Event::LinkConfirmed(sid) if is_ours(&sid) => {
                waiting.polls = 0;
                self.change_password(&mut waiting, Tone::Aloud, now)
            }
            Event::Verified => {
                waiting.polls = 0;
                self.change_password(&mut waiting, Tone::Aloud, now)
            }
            Event::SetAgain if is_told => {
                waiting.polls = 0;
                self.change_password(&mut waiting, Tone::Aloud, now)
            }
            // The lost request would be repeated in its session with each later
            // one.
            Event::Resend if needs_consent && waiting.draft.mail.is_some() => {
                waiting.forget_session();
                let effect = self.resend(&mut waiting);
                return (Step::Waiting(waiting), effect);
            }
            // Who has confirmed the link a moment ago needs no other mail, and
            // some servers forget a confirmation when they send one.
            Event::Resend if waiting.draft.mail.is_some() => {
                let effect = self.change_password(&mut waiting, Tone::Quiet, now);
                if let Doing::Asking(asking) = &mut waiting.doing {
                    asking.then = Then::Resend;
                }
                effect
            }
            event => return (waiting.leave(event), None),
        };
        (Step::Waiting(waiting), Some(effect))
    }

    /// The server is being asked to change the password. Its answer must not be
    /// missed, so whatever is wanted meanwhile comes after it.
    fn asking(&mut self, mut waiting: Box<Waiting>, event: Event, now: Duration) -> Next {
        let is_ours = |sid: &Sid| *sid == waiting.draft.sid;
        let is_checked = waiting.is_checked;
        let Doing::Asking(asking) = &mut waiting.doing else {
            return (Step::Waiting(waiting), None);
        };
        match event {
            Event::PasswordChanged(ticket, answer) if ticket == asking.ticket && is_checked => {
                return self.password_changed(waiting, answer, now);
            }
            Event::PasswordChecked(ticket, answer) if ticket == asking.ticket && !is_checked => {
                return self.password_checked_again(waiting, answer, now);
            }
            Event::Slow(ticket) if ticket == asking.ticket && asking.tone == Tone::Quiet => {
                asking.tone = Tone::Slow;
            }
            // What was asked before a phone froze the tab may never be answered.
            Event::Woke => {
                waiting.polls = 0;
                if let Then::Stay = asking.then {
                    asking.then = Then::AskAgain;
                }
            }
            Event::Verified if asking.tone != Tone::Aloud => {
                asking.tone = Tone::Aloud;
                asking.want(Then::AskAgain);
            }
            Event::LinkConfirmed(sid) if is_ours(&sid) => {
                asking.tone = Tone::Aloud;
                asking.want(Then::AskAgain);
            }
            Event::Resend if waiting.draft.mail.is_some() => asking.want(Then::Resend),
            Event::OpenForm => asking.want(Then::OpenForm),
            Event::StartOver => asking.want(Then::Leave(Box::default())),
            Event::TakeUp(draft) if !is_ours(&draft.sid) => {
                let step = NeedsPassword::step(draft);
                asking.want(Then::Leave(Box::new(step)));
            }
            Event::DoneElsewhere(sid) if is_ours(&sid) => {
                let done = Done::step(waiting.draft.clone(), By::AnotherTab);
                asking.then = Then::Leave(Box::new(done));
            }
            _ => {}
        }
        (Step::Waiting(waiting), None)
    }

    /// The server is being asked for another mail. Its answer may be missed.
    fn resending(&mut self, mut waiting: Box<Waiting>, event: Event, now: Duration) -> Next {
        match (&waiting.doing, event) {
            (Doing::Resending(asked), Event::EmailRequested(ticket, answer))
                if *asked == ticket =>
            {
                let effect = self.email_requested_again(&mut waiting, answer, now);
                (Step::Waiting(waiting), effect)
            }
            (_, event) => (waiting.leave(event), None),
        }
    }

    fn password_changed(
        &mut self,
        mut waiting: Box<Waiting>,
        answer: Result<PasswordChange, Error>,
        now: Duration,
    ) -> Next {
        let draft = &mut waiting.draft;
        match answer {
            Ok(PasswordChange::Done) => {
                let by = By::ThisTab(draft.other_sessions);
                (Done::step(waiting.draft, by), None)
            }
            Ok(PasswordChange::NotConfirmed(session)) => {
                draft.lost_at = None;
                draft.session = session.or(draft.session.take());
                let is_confirmed = draft.is_confirmed;
                let Asking { tone, then, .. } = waiting.answered();
                let was_failing = matches!(waiting.notice, Some(Notice::NotChanged(_)));
                match tone {
                    // Servers say of a link that was used what they say of one
                    // that was never confirmed.
                    _ if is_confirmed => waiting.notice = Some(Notice::LinkUsed),
                    Tone::Aloud => waiting.notice = Some(Notice::NotConfirmedYet),
                    _ if was_failing => waiting.notice = None,
                    _ => {}
                }
                waiting.failing_since = None;
                match then {
                    Then::AskAgain if tone != Tone::Aloud => (Step::Waiting(waiting), None),
                    then => self.then(waiting, tone, then, now),
                }
            }
            Ok(PasswordChange::SessionForgotten) => {
                waiting.forget_session();
                match waiting.is_second_try() {
                    false => self.ask_on(waiting, now),
                    // At once again would be for ever.
                    true => self.not_changed(waiting, Error::ServerFault, now),
                }
            }
            Err(error) => {
                if error.leaves_it_open() {
                    let sent = waiting.at_stake_since().unwrap_or(now);
                    waiting.draft.answer_got_lost(sent);
                    if waiting.leaves_for().is_some_and(|step| !matches!(step, Step::Done(_))) {
                        return (waiting.stay_to_be_told(), None);
                    }
                }
                self.not_changed(waiting, error, now)
            }
        }
    }

    fn password_checked_again(
        &mut self,
        mut waiting: Box<Waiting>,
        answer: Result<PasswordCheck, Error>,
        now: Duration,
    ) -> Next {
        match answer {
            Ok(check) => {
                waiting.draft.session = check.session();
                waiting.is_checked = true;
                self.ask_on(waiting, now)
            }
            Err(error) => self.not_changed(waiting, error, now),
        }
    }

    /// The next request of the same question to the server, unless the person
    /// wants something else by now: nothing was changed yet.
    fn ask_on(&mut self, mut waiting: Box<Waiting>, now: Duration) -> Next {
        let Asking { tone, then, .. } = waiting.answered();
        if let Then::OpenForm | Then::Leave(_) = then {
            return self.then(waiting, tone, then, now);
        }
        let effect = self.change_password(&mut waiting, tone, now);
        if let Doing::Asking(asking) = &mut waiting.doing {
            asking.then = then;
            asking.is_second_try = true;
        }
        (Step::Waiting(waiting), Some(effect))
    }

    fn not_changed(&mut self, mut waiting: Box<Waiting>, error: Error, now: Duration) -> Next {
        let Asking { tone, then, .. } = waiting.answered();
        if let Then::Leave(step) = then {
            return (*step, None);
        }
        if let Error::PasswordRefused(rule) = error {
            let problem = PasswordProblem::Breaks(vec![rule]);
            let refused = Some((waiting.new_password, problem));
            let needs = NeedsPassword { draft: waiting.draft, refused };
            return (Step::NeedsPassword(Box::new(needs)), None);
        }
        let since = waiting.failing_since.unwrap_or(now);
        let got_lost = error.leaves_it_open();
        waiting.failing_since = got_lost.then_some(since);
        waiting.notice = Some(Notice::NotChanged(error));
        match then {
            // The server is there, and would say the same again.
            Then::AskAgain if !got_lost => (Step::Waiting(waiting), None),
            then => self.then(waiting, tone, then, now),
        }
    }

    /// What the person wanted while the server was asked.
    fn then(&mut self, mut waiting: Box<Waiting>, tone: Tone, then: Then, now: Duration) -> Next {
        let effect = match then {
            Then::Stay => None,
            // The tab may have been asleep since the request was sent.
            Then::AskAgain if waiting.draft.is_lost_for_long(now) => {
                waiting.notice = Some(Notice::MayBeChanged);
                None
            }
            Then::AskAgain => Some(self.change_password(&mut waiting, tone, now)),
            Then::Resend => self.resend(&mut waiting),
            Then::OpenForm => return (waiting.leave(Event::OpenForm), None),
            Then::Leave(step) => return (*step, None),
        };
        (Step::Waiting(waiting), effect)
    }

    fn email_requested_again(
        &mut self,
        waiting: &mut Waiting,
        answer: Result<Sid, Error>,
        now: Duration,
    ) -> Option<Effect> {
        waiting.doing = Doing::Nothing;
        let mail = waiting.draft.mail.as_mut()?;
        match answer {
            Ok(sid) => {
                waiting.draft.sent_again(sid, now);
                waiting.polls = 0;
                waiting.notice = Some(Notice::SentAgain);
            }
            Err(Error::Refused) if mail.return_page.take().is_some() => {
                return self.ask_for_mail(waiting);
            }
            Err(error) => {
                if let Error::RateLimited { wait: Some(wait) } = error {
                    mail.again = wait;
                }
                waiting.notice = Some(Notice::NotSent(error));
            }
        }
        None
    }

    pub(super) fn change_password(
        &mut self,
        waiting: &mut Waiting,
        tone: Tone,
        now: Duration,
    ) -> Effect {
        let ask = match waiting.is_checked {
            true => Ask::ChangePassword(ChangePassword {
                new_password: waiting.new_password(),
                sid: waiting.draft.sid.clone(),
                client_secret: waiting.draft.client_secret.clone(),
                session: waiting.draft.session.clone(),
            }),
            false => Ask::CheckPassword(CheckPassword(waiting.new_password())),
        };
        let effect = self.ask(&waiting.draft.homeserver, ask);
        let ticket = effect.ticket;
        let (then, is_second_try) = (Then::Stay, false);
        waiting.doing = Doing::Asking(Asking { ticket, sent: now, tone, then, is_second_try });
        if tone == Tone::Aloud {
            waiting.notice = None;
        }
        effect
    }

    fn resend(&mut self, waiting: &mut Waiting) -> Option<Effect> {
        let mail = waiting.draft.mail.as_mut()?;
        mail.send_attempt = mail.send_attempt.saturating_add(1);
        self.ask_for_mail(waiting)
    }

    fn ask_for_mail(&mut self, waiting: &mut Waiting) -> Option<Effect> {
        let ask = Ask::RequestEmail(waiting.draft.request_email(waiting.draft.mail.as_ref()?));
        let effect = self.ask(&waiting.draft.homeserver, ask);
        waiting.doing = Doing::Resending(effect.ticket);
        waiting.notice = None;
        Some(effect)
    }
}

impl Asking {
    /// The last word counts, but not against what another tab has done already.
    fn want(&mut self, then: Then) {
        if !self.is_done_elsewhere() {
            self.then = then;
        }
    }

    /// Whether another tab has changed the password meanwhile.
    fn is_done_elsewhere(&self) -> bool {
        matches!(&self.then, Then::Leave(step) if matches!(**step, Step::Done(_)))
    }
}

impl Waiting {
    /// Where the user goes as soon as the server has answered, if that is
    /// decided.
    fn leaves_for(&self) -> Option<&Step> {
        match &self.doing {
            Doing::Asking(Asking { then: Then::Leave(step), .. }) => Some(step),
            _ => None,
        }
    }

    /// Where the user is after a reload in place of here. What may change the
    /// password at this moment is not forgotten, unless another tab has changed
    /// it.
    pub(super) fn leaves_after_reload(&self) -> Option<&Step> {
        let is_settled =
            |step: &&Step| self.at_stake_since().is_none() || matches!(step, Step::Done(_));
        self.leaves_for().filter(is_settled)
    }

    /// Stays although the user wanted to leave: they do not know yet that the
    /// password may have been changed.
    fn stay_to_be_told(mut self: Box<Self>) -> Step {
        self.doing = Doing::Nothing;
        self.notice = Some(Notice::MayBeChanged);
        self.failing_since = None;
        Step::Waiting(self)
    }

    /// Forgets the session of the authentication. The next one begins with the
    /// question whether the server would take the password.
    fn forget_session(&mut self) {
        self.draft.forget_session();
        self.is_checked = false;
    }

    fn is_second_try(&self) -> bool {
        matches!(&self.doing, Doing::Asking(asking) if asking.is_second_try)
    }

    /// The server answered. What had been asked, and what comes now.
    fn answered(&mut self) -> Asking {
        match std::mem::replace(&mut self.doing, Doing::Nothing) {
            Doing::Asking(asking) => asking,
            _ => Asking::default(),
        }
    }

    /// Where an event leads that ends the wait. Any other changes nothing.
    fn leave(mut self: Box<Self>, event: Event) -> Step {
        match event {
            Event::OpenForm => Form::instead_of(self.draft, Some(self.new_password)),
            // The user is told once that the password may have been changed.
            Event::StartOver
                if self.draft.lost_at.is_some() && self.notice != Some(Notice::MayBeChanged) =>
            {
                self.stay_to_be_told()
            }
            Event::StartOver => Step::default(),
            Event::DoneElsewhere(sid) if sid == self.draft.sid => {
                Done::step(self.draft, By::AnotherTab)
            }
            Event::TakeUp(draft) if draft.sid == self.draft.sid => {
                self.draft.to_confirm = draft.to_confirm;
                Step::Waiting(self)
            }
            Event::TakeUp(draft) => NeedsPassword::step(draft),
            _ => Step::Waiting(self),
        }
    }
}
