//! How far a reset is.

use super::draft::{Draft, Mail, PAUSE_BETWEEN_MAILS, next_link};
use super::event::{Ask, Submission, Ticket};
use super::form::{OtherSessions, PasswordProblem, Problems, Typed};
use crate::matrix::password_reset::{ClientSecret, NewPassword, RequestToken, Sid};
use crate::matrix::uia::UiaSession;
use crate::matrix::{Error, Homeserver, Wait};
use crate::secret::Secret;
use std::rc::Rc;
use std::time::Duration;

/// How far a reset is.
#[derive(Debug)]
pub enum Step {
    /// The form is open. Nothing is under way.
    Form(Box<Form>),
    /// The server is asked whether it would take the password.
    Checking(Box<Attempt>),
    /// The server is asked to send the mail.
    Sending(Box<Attempt>),
    /// All that is missing is the new password: the page was loaded again, the
    /// reset was taken up from its link, or the server refused the password.
    NeedsPassword(Box<NeedsPassword>),
    /// The mail is on its way, and the link in it is waited for.
    Waiting(Box<Waiting>),
    /// The password was changed.
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
    /// A reset whose link can still be waited for, with its password if that
    /// was typed since the page was loaded.
    pub parked: Option<Box<(Draft, Option<Rc<Secret>>)>>,
    /// A mail may be on its way: it was asked for, but the answer got lost. It
    /// is asked for again with the same secret, since a server that sent it
    /// then answers what it answered before.
    pub unanswered: Option<Unanswered>,
}

/// A mail that was asked for, and the answer got lost.
#[derive(Debug)]
pub(super) struct Unanswered {
    pub homeserver: Homeserver,
    pub email: String,
    pub client_secret: ClientSecret,
    /// When it was asked for, as time since 1970.
    pub since: Duration,
}

/// The form was sent: what was typed, and what its requests need.
#[derive(Debug)]
pub struct Attempt {
    /// Where the account is. A reset stays with the server that it began on.
    pub homeserver: Homeserver,
    /// What was typed.
    pub typed: Typed,
    pub(super) client_secret: ClientSecret,
    pub(super) return_page: Option<String>,
    pub(super) session: Option<UiaSession>,
    pub(super) since: Duration,
    pub(super) before: Before,
}

/// All that is missing is the new password.
#[derive(Debug)]
pub struct NeedsPassword {
    /// What is there.
    pub draft: Draft,
    /// A password that was typed, and what is wrong with it.
    pub refused: Option<(Rc<Secret>, PasswordProblem)>,
}

/// Waiting for the link in the mail.
#[derive(Debug)]
pub struct Waiting {
    /// What is waited for.
    pub draft: Draft,
    pub(super) new_password: Rc<Secret>,
    /// Whether the server was asked if it would take the password. It then
    /// opened the session, without which a lost answer stays lost.
    pub(super) is_checked: bool,
    /// What is being asked of the server.
    pub doing: Doing,
    /// What the last answer said.
    pub notice: Option<Notice>,
    /// Since when the server gives no proper answer, as time since 1970.
    pub failing_since: Option<Duration>,
    /// How often it was asked since somebody was last seen here.
    pub(super) polls: u32,
}

/// What is being asked of the server while the link is waited for.
#[derive(Debug)]
pub enum Doing {
    /// Nothing.
    Nothing,
    /// To change the password, or before that, whether it would.
    Asking(Asking),
    /// To send another mail.
    Resending(Ticket),
}

/// The server is asked to change the password, or whether it would.
#[derive(Debug, Default)]
pub struct Asking {
    pub(super) ticket: Ticket,
    /// When the request was sent, as time since 1970.
    pub(super) sent: Duration,
    /// Whether the person is told.
    pub tone: Tone,
    /// What comes after it, if the password was not changed.
    pub then: Then,
    /// Whether it is the second request of one question.
    pub(super) is_second_try: bool,
}

/// Whether the person is told that the server is asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Nobody asked for it, so nothing is said unless something happens.
    #[default]
    Quiet,
    /// Nobody asked for it, but it takes long: the server may be at work.
    Slow,
    /// The person, or another tab, said that the link was confirmed.
    Aloud,
}

/// What comes after a request that did not change the password.
#[derive(Debug, Default)]
pub enum Then {
    /// The wait goes on.
    #[default]
    Stay,
    /// It is sent once more: the link was confirmed while it was under way, or
    /// its answer got lost while the tab was asleep.
    AskAgain,
    /// Another mail is asked for.
    Resend,
    /// The person wants the form.
    OpenForm,
    /// The person wants something else.
    Leave(Box<Step>),
}

/// What there is to say while the link is waited for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// The link was not confirmed yet.
    NotConfirmedYet,
    /// The link was confirmed, and used for another reset than this one.
    LinkUsed,
    /// An answer got lost, and the password may have been changed. The request
    /// is repeated only if the user says so ([`Event::SetAgain`](super::Event::SetAgain)).
    MayBeChanged,
    /// Another mail was asked for.
    SentAgain,
    /// Another mail could not be asked for; the wait goes on.
    NotSent(Error),
    /// The password could not be changed. The wait goes on, if waiting can help.
    NotChanged(Error),
}

/// A reset that was finished. The password is gone from memory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done {
    /// Where.
    pub homeserver: Homeserver,
    /// The address, to sign in with, where it is known.
    pub email: Option<String>,
    /// Who finished it.
    pub by: By,
    /// The mail that it was finished with.
    pub sid: Sid,
}

/// Who finished a reset.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// This tab, with the password that was typed here.
    ThisTab(OtherSessions),
    /// Another tab, with the password that was typed there.
    AnotherTab,
}

impl Done {
    pub(super) fn step(draft: Draft, by: By) -> Step {
        let Draft { homeserver, mail, sid, .. } = draft;
        Step::Done(Self { homeserver, email: mail.map(|mail| mail.email), by, sid })
    }
}

impl Default for Step {
    fn default() -> Self {
        Self::Form(Box::default())
    }
}

impl Step {
    /// What was typed, and nothing of what was waited for.
    pub(super) fn without_draft(mut self) -> Self {
        if let Self::Form(form) = &mut self {
            form.before.parked = None;
        }
        self
    }

    pub(super) fn typed(&self) -> Option<&Typed> {
        match self {
            Self::Form(form) => form.typed.as_ref(),
            Self::Checking(attempt) | Self::Sending(attempt) => Some(&attempt.typed),
            _ => None,
        }
    }

    /// The reset whose link can be waited for, be it waited for now or left
    /// for the form.
    pub(super) fn draft(&self) -> Option<&Draft> {
        match self {
            Self::Form(form) => form.before.draft(),
            Self::Checking(attempt) | Self::Sending(attempt) => attempt.before.draft(),
            Self::NeedsPassword(needs) => Some(&needs.draft),
            Self::Waiting(waiting) => Some(&waiting.draft),
            Self::Done(_) => None,
        }
    }
}

impl Before {
    pub(super) fn draft(&self) -> Option<&Draft> {
        self.parked.as_ref().map(|parked| &parked.0)
    }
}

impl Form {
    /// The form for a reset that waits. What it waits for is kept, and so is
    /// what was typed.
    pub(super) fn instead_of(draft: Draft, new_password: Option<Rc<Secret>>) -> Step {
        let typed = Typed {
            email: draft.mail.as_ref().map(|mail| mail.email.clone()).unwrap_or_default(),
            new_password: new_password.clone().unwrap_or_default(),
            other_sessions: draft.other_sessions,
        };
        let before = Before { parked: Some(Box::new((draft, new_password))), unanswered: None };
        Step::Form(Box::new(Self { typed: Some(typed), problems: Problems::default(), before }))
    }
}

impl NeedsPassword {
    pub(super) fn step(draft: Draft) -> Step {
        Step::NeedsPassword(Box::new(Self { draft, refused: None }))
    }
}

impl Waiting {
    pub(super) fn new(draft: Draft, new_password: Rc<Secret>) -> Box<Self> {
        let (doing, notice, failing_since) = (Doing::Nothing, None, None);
        let is_checked = draft.session.is_some();
        Box::new(Self { draft, new_password, is_checked, doing, notice, failing_since, polls: 0 })
    }

    /// When the request was sent that may change the password at this moment, if
    /// there is one.
    pub(super) fn at_stake_since(&self) -> Option<Duration> {
        match &self.doing {
            Doing::Asking(asking) if self.is_checked => Some(asking.sent),
            _ => None,
        }
    }

    /// Whether the server said something that no waiting can heal.
    pub fn is_over(&self) -> bool {
        match &self.notice {
            Some(Notice::NotChanged(error)) => !error.may_pass(),
            Some(Notice::LinkUsed | Notice::MayBeChanged) => true,
            _ => false,
        }
    }

    /// Whether the server was asked for long without anybody being here. The
    /// reset may have been finished on another device: nobody would tell.
    pub fn is_long(&self) -> bool {
        self.polls > 6
    }

    /// How the server is being asked to change the password, if it is.
    pub fn tone(&self) -> Option<Tone> {
        match &self.doing {
            Doing::Asking(asking) => Some(asking.tone),
            _ => None,
        }
    }

    pub(super) fn new_password(&self) -> NewPassword {
        NewPassword {
            new_password: Rc::clone(&self.new_password),
            logout_devices: self.draft.other_sessions == OtherSessions::SignOut,
        }
    }
}

/// So long the mail of a lost answer is worth waiting for: its link lives for
/// an hour.
const UNANSWERED_FOR: Duration = Duration::from_secs(20 * 60);

impl Attempt {
    pub(super) fn new(submission: Submission, before: Before, now: Duration) -> Box<Self> {
        let Submission { homeserver, typed, client_secret, return_page, .. } = submission;
        let is_same = |asked: &&Unanswered| {
            asked.homeserver == homeserver
                && asked.email == typed.email
                && now.saturating_sub(asked.since) < UNANSWERED_FOR
        };
        let unanswered = before.unanswered.as_ref().filter(is_same);
        let (client_secret, since) = match unanswered {
            Some(asked) => (asked.client_secret.clone(), asked.since),
            None => (client_secret, now),
        };
        let (return_page, session) = (Some(return_page), None);
        Box::new(Self { homeserver, typed, client_secret, return_page, session, since, before })
    }

    /// The mail was sent.
    pub(super) fn draft(&self, sid: Sid, now: Duration) -> Draft {
        let mail = Mail {
            email: self.typed.email.clone(),
            send_attempt: 1,
            return_page: self.return_page.clone(),
            again: Wait { from: now, length: PAUSE_BETWEEN_MAILS },
        };
        Draft {
            homeserver: self.homeserver.clone(),
            sid,
            client_secret: self.client_secret.clone(),
            other_sessions: self.typed.other_sessions,
            since: now,
            session: self.session.clone(),
            lost_at: None,
            may_be_done: false,
            is_confirmed: false,
            mail: Some(mail),
            to_confirm: None,
        }
    }

    /// Back to the form, after the server said this of the password or the mail.
    pub(super) fn failed(self, error: Error, was_sending: bool) -> Step {
        let Self { homeserver, typed, client_secret, since, mut before, .. } = self;
        if was_sending {
            let email = typed.email.clone();
            let asked = Unanswered { homeserver, email, client_secret, since };
            before.unanswered = error.leaves_it_open().then_some(asked);
        }
        Step::Form(Box::new(Form { typed: Some(typed), problems: Problems::from(error), before }))
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
            send_attempt: 1,
            next_link: next_link(
                self.return_page.as_deref(),
                &self.homeserver,
                &self.client_secret,
                self.typed.other_sessions,
            ),
        })
    }
}
