//! Many accounts at once, as a value: a list, a dry run that says for each what
//! would happen, then one account after the other. There is no network here; what
//! is to be asked comes out, and the answers come in. Every row ends as done, refused
//! with a reason, not tried, or, where an answer got lost and nobody wanted to go on,
//! as not known.

// Who may see the passwords, and who may continue.
mod access;
// A list that was pasted.
mod list;
#[cfg(test)]
mod property;
// What can be said of one row.
mod row;
#[cfg(test)]
mod tests;

pub use access::{Administrator, PasswordAccess};
pub use row::{Fault, Outcome, Plan, Refusal, Row, State};

use super::action::Action;
use crate::matrix::Error;
use crate::matrix::admin::KnownUser;

/// What is done to each account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Work {
    /// The address in the second cell is attached.
    AttachEmails,
    /// A new password for each.
    SetPasswords {
        /// Whether their sessions are signed out.
        sign_out: bool,
    },
    /// All sessions are signed out.
    SignOut,
    /// They are locked.
    Lock,
    /// They are closed.
    Deactivate {
        /// Whether their messages are hidden.
        erase: bool,
    },
}

impl Work {
    /// What that is for one account.
    pub fn action(self) -> Action {
        match self {
            Self::AttachEmails => Action::AttachEmail,
            Self::SetPasswords { .. } => Action::SetPassword,
            Self::SignOut => Action::SignOut,
            Self::Lock => Action::Lock,
            Self::Deactivate { erase: false } => Action::Deactivate,
            Self::Deactivate { erase: true } => Action::Erase,
        }
    }
}

/// How far it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Phase {
    /// The dry run: each account is looked at, and nothing is changed.
    Checking,
    /// The dry run is over. Nothing happens before somebody says so.
    Ready,
    /// One account after the other.
    Running,
    /// Nothing more is begun until somebody says so: they paused it, or the
    /// homeserver does not answer any more.
    Paused {
        /// Whether it was in the dry run.
        checking: bool,
        /// Why, where it was not somebody.
        error: Option<Error>,
    },
    /// All rows have ended.
    Finished,
}

/// What is to be asked of the homeserver.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Task {
    /// What would happen to this row?
    Check(usize),
    /// Do it.
    Run {
        /// To which row.
        row: usize,
        /// The account.
        user: KnownUser,
    },
}

/// Many accounts, and what becomes of them.
#[derive(Clone, Debug)]
pub struct Many {
    /// What is done.
    pub work: Work,
    /// To whom.
    pub rows: Vec<Row>,
    /// How far it is.
    pub phase: Phase,
    /// The administrator who began it.
    pub begun_by: Administrator,
    is_stopped: bool,
}

/// How many rows are where.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// All of them.
    pub all: usize,
    /// Not looked at yet.
    pub waiting: usize,
    /// Looked at, and to be done.
    pub planned: usize,
    /// Done.
    pub done: usize,
    /// Refused, before or after it was tried.
    pub refused: usize,
    /// Not tried.
    pub not_tried: usize,
    /// It is not known whether it was done.
    pub lost: usize,
}

impl Many {
    /// The longest list. Each answer looks at every row.
    pub const LONGEST: usize = 10_000;

    /// Reads a list for the homeserver of this name. `begun_by` is the administrator
    /// who is signed in.
    pub fn new(work: Work, text: &str, server_name: &str, begun_by: Administrator) -> Self {
        let rows = list::read(work, text, server_name, &begun_by.user_id);
        let mut this = Self { work, rows, phase: Phase::Checking, begun_by, is_stopped: false };
        this.settle();
        this
    }

    /// What was not done is looked at anew. What was done stays as it is, with the
    /// passwords that were set.
    pub fn again(&mut self) {
        if self.phase != Phase::Finished {
            return;
        }
        for row in self.rows.iter_mut().filter(|row| row.is_open()) {
            row.is_open_question |= matches!(row.state, State::Lost(_));
            row.halts = 0;
            row.state = State::Waiting;
        }
        self.is_stopped = false;
        self.phase = Phase::Checking;
        self.settle();
    }

    /// Whether there is a row that could be run again.
    pub fn has_open_rows(&self) -> bool {
        self.rows.iter().any(Row::is_open)
    }

    /// What is to be asked next, if anything: one thing at a time. What nothing went on
    /// because of comes last, so that it does not stand in the way of the others.
    pub fn next_task(&mut self) -> Option<Task> {
        if self.rows.iter().any(|row| row.state.is_under_way()) {
            return None;
        }
        let is_next: fn(&State) -> bool = match self.phase {
            Phase::Checking => |state| *state == State::Waiting,
            Phase::Running => is_to_be_done,
            _ => return None,
        };
        let open = self.rows.iter().enumerate().filter(|(_, row)| is_next(&row.state));
        let (number, _) = open.min_by_key(|(_, row)| row.halts)?;
        let row = self.rows.get_mut(number)?;
        if self.phase == Phase::Checking {
            row.state = State::Checking;
            return Some(Task::Check(number));
        }
        let user = row.user.clone()?;
        row.state = State::Working;
        Some(Task::Run { row: number, user })
    }

    /// What a dry run of a row found.
    pub fn checked(&mut self, number: usize, answer: Result<Plan, Fault>) {
        let Some(row) = self.rows.get_mut(number) else { return };
        if row.state != State::Checking {
            return;
        }
        let mut halted = None;
        match answer {
            Ok(plan) => {
                row.user = Some(plan.user.clone());
                row.state = State::Planned(plan);
            }
            Err(Fault::Unsent(error) | Fault::Server(error)) if halts(&error) => {
                row.state = State::Waiting;
                halted = Some(error);
            }
            Err(fault) => refuse(row, fault.into()),
        }
        self.go_on(number, halted, true);
    }

    /// What became of a row.
    pub fn ran(&mut self, number: usize, answer: Result<Outcome, Fault>) {
        let Some(row) = self.rows.get_mut(number) else { return };
        if row.state != State::Working {
            return;
        }
        let mut halted = None;
        match answer {
            Ok(outcome) => row.end(State::Done(outcome)),
            Err(Fault::Server(error)) if error.leaves_it_open() => {
                row.is_open_question = true;
                row.state = State::Lost(None);
                halted = Some(error);
            }
            Err(Fault::Unsent(error) | Fault::Server(error)) if halts(&error) => {
                row.state = match (row.is_open_question, row.user.clone()) {
                    (false, Some(user)) => State::Planned(Plan::of(user)),
                    _ => State::Lost(None),
                };
                halted = Some(error);
            }
            Err(fault) => refuse(row, fault.into()),
        }
        self.go_on(number, halted, false);
    }

    /// Nothing more is begun where the next one would fare no better.
    fn go_on(&mut self, number: usize, halted: Option<Error>, checking: bool) {
        if let (Some(error), Some(row)) = (halted, self.rows.get_mut(number)) {
            row.halts += 1;
            self.phase = Phase::Paused { checking, error: Some(error) };
        }
        // Somebody stopped it in the meantime.
        if self.is_stopped {
            self.give_up();
        }
        self.settle();
    }

    /// The dry run was read, and it may begin.
    pub fn start(&mut self) {
        if self.phase == Phase::Ready {
            self.phase = Phase::Running;
            self.settle();
        }
    }

    /// Nothing more is begun.
    pub fn pause(&mut self) {
        let checking = self.phase == Phase::Checking;
        if checking || self.phase == Phase::Running {
            self.phase = Phase::Paused { checking, error: None };
        }
    }

    /// It goes on.
    pub fn resume(&mut self) {
        if let Phase::Paused { checking, .. } = self.phase {
            self.phase = if checking { Phase::Checking } else { Phase::Running };
            self.settle();
        }
    }

    /// What was not begun is not tried any more.
    pub fn stop(&mut self) {
        self.is_stopped = true;
        self.give_up();
        self.settle();
    }

    fn give_up(&mut self) {
        for row in &mut self.rows {
            if matches!(row.state, State::Waiting | State::Planned(_)) {
                row.end(row.given_up());
            }
        }
        self.phase = Phase::Running;
    }

    /// Goes on to the next phase where there is nothing left to do in this one.
    fn settle(&mut self) {
        let is = |state: fn(&State) -> bool| self.rows.iter().any(|row| state(&row.state));
        if is(State::is_under_way) {
            return;
        }
        // Whoever stopped does not wait for what got lost.
        let is_left = !self.is_stopped && is(is_to_be_done);
        match self.phase {
            Phase::Checking if !is(|state| *state == State::Waiting) => {
                let planned = is(|state| matches!(state, State::Planned(_)));
                self.phase = if planned { Phase::Ready } else { Phase::Finished };
            }
            Phase::Running if !is_left => self.phase = Phase::Finished,
            _ => {}
        }
    }

    /// Whether the homeserver is being asked, or is about to be.
    pub fn is_running(&self) -> bool {
        matches!(self.phase, Phase::Checking | Phase::Running)
    }

    /// Whether something was begun, and is not over.
    pub fn is_busy(&self) -> bool {
        match self.phase {
            Phase::Checking | Phase::Ready | Phase::Finished => false,
            Phase::Running | Phase::Paused { .. } => true,
        }
    }

    /// How many accounts would be changed.
    pub fn changes(&self) -> usize {
        let changes = |row: &&Row| matches!(&row.state, State::Planned(plan) if !plan.already);
        self.rows.iter().filter(changes).count()
    }

    /// Whether there are passwords that were set, or may have been, and that nobody
    /// else knows.
    pub fn has_passwords(&self) -> bool {
        self.rows.iter().any(|row| row.password.is_some() && row.state.may_be_done())
    }

    /// Wipes all passwords.
    pub fn forget_passwords(&mut self) {
        for row in &mut self.rows {
            row.password = None;
        }
    }

    /// How many rows are where.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts { all: self.rows.len(), ..Counts::default() };
        for row in &self.rows {
            *match row.state {
                State::Waiting | State::Checking => &mut counts.waiting,
                State::Planned(_) | State::Working => &mut counts.planned,
                State::Done(_) => &mut counts.done,
                State::Refused(_) => &mut counts.refused,
                State::NotTried => &mut counts.not_tried,
                State::Lost(_) => &mut counts.lost,
            } += 1;
        }
        counts
    }
}

/// Whether it would be done now. What was refused after its answer got lost is not tried
/// a third time.
fn is_to_be_done(state: &State) -> bool {
    matches!(state, State::Planned(_) | State::Lost(None))
}

/// It is not done, for this reason; unless it may have been before.
fn refuse(row: &mut Row, refusal: Refusal) {
    row.end(match row.is_open_question {
        true => State::Lost(Some(refusal)),
        false => State::Refused(refusal),
    });
}

/// Whether the same would happen to the rows that follow, most likely.
fn halts(error: &Error) -> bool {
    error.may_pass()
        || matches!(
            error,
            Error::SessionEnded | Error::Forbidden | Error::NotOffered | Error::NotLoaded
        )
}
