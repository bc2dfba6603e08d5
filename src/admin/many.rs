//! Many accounts at once, as a value: a list, a dry run that says for each what
//! would happen, then one account after the other. There is no network here; what
//! is to be asked comes out, and the answers come in. Every row ends as done, refused
//! with a reason, not tried, or, where an answer got lost and nobody wanted to go on,
//! as not known.

// A list that was pasted.
mod list;
#[cfg(test)]
mod property;
// What can be said of one row.
mod row;

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
        /// Whether it was done before, perhaps: the answer got lost.
        again: bool,
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
    stopped: bool,
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
    /// Reads a list for the homeserver of this name. `me` is who is signed in.
    pub fn new(work: Work, text: &str, server_name: &str, me: &str) -> Self {
        Self::of(work, list::read(work, text, server_name, me))
    }

    fn of(work: Work, rows: Vec<Row>) -> Self {
        let mut this = Self { work, rows, phase: Phase::Checking, stopped: false };
        this.settle();
        this
    }

    /// The rows that were not done, to be looked at anew.
    pub fn again(&self) -> Self {
        let open = self.rows.iter().filter(|row| row.is_open());
        Self::of(self.work, open.map(Row::anew).collect())
    }

    /// Whether there is a row that could be run again.
    pub fn has_open_rows(&self) -> bool {
        self.rows.iter().any(Row::is_open)
    }

    /// What is to be asked next, if anything: one thing at a time.
    pub fn next_task(&mut self) -> Option<Task> {
        if self.rows.iter().any(|row| row.state.is_under_way()) {
            return None;
        }
        match self.phase {
            Phase::Checking => {
                let row = self.rows.iter().position(|row| row.state == State::Waiting)?;
                self.rows.get_mut(row)?.state = State::Checking;
                Some(Task::Check(row))
            }
            Phase::Running => {
                // What got lost comes first: it may be half done.
                let lost = |row: &Row| matches!(row.state, State::Lost(_));
                let planned = |row: &Row| matches!(row.state, State::Planned(_));
                let found = self.rows.iter().position(lost);
                let row = found.or_else(|| self.rows.iter().position(planned))?;
                let state = &mut self.rows.get_mut(row)?.state;
                let (user, again) = match state {
                    State::Lost(user) => (user.clone(), true),
                    State::Planned(plan) => (plan.user.clone(), false),
                    _ => return None,
                };
                *state = State::Working(user.clone());
                Some(Task::Run { row, user, again })
            }
            _ => None,
        }
    }

    /// What a dry run of a row found.
    pub fn checked(&mut self, row: usize, answer: Result<Plan, Fault>) {
        if self.rows.get(row).is_none_or(|row| row.state != State::Checking) {
            return;
        }
        let (state, halted) = match answer {
            Ok(plan) => (State::Planned(plan), None),
            Err(Fault::Server(error)) if halts(&error) => (State::Waiting, Some(error)),
            Err(fault) => (State::Refused(fault.into()), None),
        };
        self.end(row, state, halted, true);
    }

    /// What became of a row.
    pub fn ran(&mut self, row: usize, answer: Result<Outcome, Fault>) {
        let Some(State::Working(user)) = self.rows.get(row).map(|row| row.state.clone()) else {
            return;
        };
        let (state, halted) = match answer {
            Ok(outcome) => (State::Done(user, outcome), None),
            Err(Fault::Server(error)) if error.leaves_it_open() => (State::Lost(user), Some(error)),
            Err(Fault::Server(error)) if halts(&error) => {
                (State::Planned(Plan::of(user)), Some(error))
            }
            Err(fault) => (State::Refused(fault.into()), None),
        };
        self.end(row, state, halted, false);
    }

    fn end(&mut self, row: usize, state: State, halted: Option<Error>, checking: bool) {
        if let Some(row) = self.rows.get_mut(row) {
            row.state = state;
        }
        if let Some(error) = halted {
            self.phase = Phase::Paused { checking, error: Some(error) };
        }
        // Somebody stopped it in the meantime.
        if self.stopped {
            self.end_all();
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
        self.stopped = true;
        self.end_all();
        self.settle();
    }

    fn end_all(&mut self) {
        for row in &mut self.rows {
            if matches!(row.state, State::Waiting | State::Planned(_)) {
                row.state = State::NotTried;
            }
        }
        self.phase = Phase::Running;
    }

    /// Goes on to the next phase where there is nothing left to do in this one.
    fn settle(&mut self) {
        let is = |state: fn(&State) -> bool| self.rows.iter().any(|row| state(&row.state));
        let under_way = is(State::is_under_way);
        let waiting = is(|state| *state == State::Waiting);
        let planned = is(|state| matches!(state, State::Planned(_)));
        // Whoever stopped does not wait for what got lost.
        let lost = !self.stopped && is(|state| matches!(state, State::Lost(_)));
        match self.phase {
            Phase::Checking if !waiting && !under_way => {
                self.phase = if planned { Phase::Ready } else { Phase::Finished };
            }
            Phase::Running if !planned && !lost && !under_way => self.phase = Phase::Finished,
            _ => {}
        }
    }

    /// Whether the homeserver is being asked, or is about to be.
    pub fn is_running(&self) -> bool {
        matches!(self.phase, Phase::Checking | Phase::Running)
    }

    /// Whether it is not over: something was begun, or is being asked.
    pub fn is_busy(&self) -> bool {
        match self.phase {
            Phase::Checking | Phase::Ready | Phase::Finished => false,
            Phase::Running | Phase::Paused { .. } => true,
        }
    }

    /// Whether there are passwords that nobody else knows.
    pub fn has_passwords(&self) -> bool {
        self.rows.iter().any(|row| row.password.is_some())
    }

    /// Wipes all passwords.
    pub fn forget_passwords(&mut self) {
        for row in &mut self.rows {
            row.password = None;
        }
    }

    /// Wipes the password of a row that did not get it.
    pub fn forget_password(&mut self, row: usize) {
        if let Some(row) = self.rows.get_mut(row) {
            row.password = None;
        }
    }

    /// How many rows are where.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts { all: self.rows.len(), ..Counts::default() };
        for row in &self.rows {
            *match row.state {
                State::Waiting | State::Checking => &mut counts.waiting,
                State::Planned(_) | State::Working(_) => &mut counts.planned,
                State::Done(..) => &mut counts.done,
                State::Refused(_) => &mut counts.refused,
                State::NotTried => &mut counts.not_tried,
                State::Lost(_) => &mut counts.lost,
            } += 1;
        }
        counts
    }
}

/// Whether the same would happen to every row that follows.
fn halts(error: &Error) -> bool {
    error.may_pass() || matches!(error, Error::SessionEnded | Error::Forbidden | Error::NotOffered)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matrix::admin::account::tests::user;

    fn plan(name: &str) -> Plan {
        Plan::of(user(name))
    }

    fn three(work: Work) -> Many {
        let mut many = Many::new(work, "@a:b\n@c:b\n@d:b", "b", "@me:b");
        for (number, name) in ["@a:b", "@c:b", "@d:b"].into_iter().enumerate() {
            assert_eq!(many.next_task(), Some(Task::Check(number)));
            many.checked(number, Ok(plan(name)));
        }
        assert_eq!((many.next_task(), &many.phase), (None, &Phase::Ready));
        many
    }

    fn run(row: usize, name: &str, again: bool) -> Option<Task> {
        Some(Task::Run { row, user: user(name), again })
    }

    #[test]
    fn nothing_is_changed_before_somebody_says_so() {
        let mut many = three(Work::Lock);
        many.resume();
        assert_eq!(many.next_task(), None);
        many.start();
        assert_eq!(many.next_task(), run(0, "@a:b", false));
        assert_eq!(many.next_task(), None, "one at a time");
        many.ran(0, Ok(Outcome::Done));
        assert_eq!(many.next_task(), run(1, "@c:b", false));
    }

    #[test]
    fn a_server_that_is_gone_pauses_it_and_nothing_is_done_twice() {
        let mut many = three(Work::Lock);
        many.start();
        many.next_task();
        many.ran(0, Ok(Outcome::Done));
        many.next_task();
        many.ran(1, Err(Fault::Server(Error::Unreachable)));
        let error = Some(Error::Unreachable);
        assert_eq!(many.phase, Phase::Paused { checking: false, error });
        assert_eq!(many.next_task(), None);
        many.resume();
        assert_eq!(many.next_task(), run(1, "@c:b", true), "what got lost comes first");
        many.ran(1, Ok(Outcome::AlreadySo));
        many.next_task();
        many.ran(2, Ok(Outcome::Done));
        assert_eq!(many.phase, Phase::Finished);
        assert_eq!(many.counts().done, 3);
    }

    #[test]
    fn a_rate_limit_loses_nothing() {
        let mut many = three(Work::Lock);
        many.start();
        many.next_task();
        many.ran(0, Err(Fault::Server(Error::RateLimited { wait: None })));
        assert!(matches!(many.phase, Phase::Paused { .. }));
        many.resume();
        assert_eq!(many.next_task(), run(0, "@a:b", false));
    }

    #[test]
    fn who_stops_learns_what_was_not_tried() {
        let mut many = three(Work::Lock);
        many.start();
        many.next_task();
        many.stop();
        assert_eq!(many.phase, Phase::Running, "one is still under way");
        many.ran(0, Ok(Outcome::Done));
        assert_eq!(many.phase, Phase::Finished);
        let counts = many.counts();
        assert_eq!((counts.done, counts.not_tried), (1, 2));
        let mut again = many.again();
        assert_eq!(again.rows.len(), 2);
        assert_eq!(again.next_task(), Some(Task::Check(0)));
    }

    #[test]
    fn what_was_refused_stays_in_the_list() {
        let mut many = three(Work::Lock);
        many.start();
        many.next_task();
        many.ran(0, Err(Fault::Server(Error::Refused)));
        many.next_task();
        many.ran(1, Err(Fault::Refused(Refusal::Appservice("irc".into()))));
        many.next_task();
        many.ran(2, Ok(Outcome::Done));
        assert_eq!(many.phase, Phase::Finished);
        assert_eq!((many.counts().refused, many.counts().done), (2, 1));
        assert_eq!(many.again().rows.len(), 2);
    }

    #[test]
    fn the_dry_run_waits_for_the_server_too() {
        let mut many = Many::new(Work::Lock, "@a:b", "b", "@me:b");
        many.next_task();
        many.checked(0, Err(Fault::Server(Error::Offline)));
        let error = Some(Error::Offline);
        assert_eq!(many.phase, Phase::Paused { checking: true, error });
        many.resume();
        assert_eq!(many.next_task(), Some(Task::Check(0)));
        many.checked(0, Err(Fault::Refused(Refusal::NoAccount)));
        assert_eq!(many.phase, Phase::Finished, "there is nothing to do");
    }
}
