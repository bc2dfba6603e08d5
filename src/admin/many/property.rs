//! Whatever happens in whatever order: no account gets two passwords, none that was set is
//! lost, and every row is accounted for truthfully.

use super::*;
use crate::matrix::admin::account::tests::user;
use crate::secret::Secret;
use proptest::prelude::*;
use std::rc::Rc;

#[derive(Clone, Copy, Debug)]
enum Step {
    /// The next task is asked for.
    Ask,
    Start,
    Pause,
    Resume,
    Stop,
    /// What was not done is tried again.
    Again,
    /// The homeserver does what it is asked for, and says so.
    Well,
    /// It says no.
    Refused,
    /// It is gone before anything is sent.
    Gone,
    /// It does it, and its answer gets lost.
    Late,
    /// It takes no more requests for now.
    Limited,
    /// Nobody is signed in any more.
    Ended,
}

fn step() -> impl Strategy<Value = Step> {
    use Step::*;
    prop_oneof![
        8 => Just(Ask), 8 => Just(Well), 2 => Just(Refused), 2 => Just(Gone), 2 => Just(Late),
        1 => Just(Limited), 1 => Just(Ended), 2 => Just(Again),
        2 => Just(Start), 1 => Just(Pause), 3 => Just(Resume), 1 => Just(Stop),
    ]
}

const ROWS: usize = 6;

/// A homeserver that knows which password each account has, and how often it was changed
/// to another one.
#[derive(Default)]
struct Server {
    passwords: [Option<String>; ROWS],
    changes: [usize; ROWS],
    under_way: Option<Task>,
}

impl Server {
    fn set(&mut self, row: usize, password: String) {
        if self.passwords[row].as_ref() != Some(&password) {
            self.changes[row] += 1;
        }
        self.passwords[row] = Some(password);
    }

    fn answer(&mut self, many: &mut Many, step: Step) {
        let unsent = |error| Fault::Unsent(error);
        let fault = match step {
            Step::Refused => Fault::Refused(Refusal::Deactivated),
            Step::Gone => unsent(Error::Unreachable),
            Step::Limited => Fault::Server(Error::RateLimited { wait: None }),
            Step::Ended => unsent(Error::SessionEnded),
            _ => Fault::Server(Error::TimedOut),
        };
        match self.under_way.take() {
            None => {}
            Some(Task::Check(row)) => {
                let plan = Plan::of(user(&many.rows[row].typed));
                many.checked(row, if matches!(step, Step::Well) { Ok(plan) } else { Err(fault) });
            }
            Some(Task::Run { row, .. }) => {
                let made = || Rc::new(Secret::new(format!("password {row} {:?}", self.changes)));
                let password = many.rows[row].password.clone().unwrap_or_else(made);
                many.rows[row].password = Some(password.clone());
                if matches!(step, Step::Well | Step::Late) {
                    self.set(row, password.expose().to_owned());
                }
                let well = matches!(step, Step::Well);
                many.ran(row, if well { Ok(Outcome::Done) } else { Err(fault) });
            }
        }
    }
}

fn list() -> String {
    (0..ROWS).map(|n| format!("@u{n}:b\n")).collect()
}

/// What is true at every moment.
fn look(many: &Many, server: &Server) -> Result<(), TestCaseError> {
    prop_assert!(server.changes.iter().all(|count| *count <= 1), "{:?}", server.changes);
    for (row, password) in many.rows.iter().zip(&server.passwords) {
        let kept = row.password.as_ref().map(|kept| kept.expose().to_owned());
        if password.is_some() {
            prop_assert_eq!(&kept, password, "a password that was set is not lost: {:?}", row);
        }
        match row.state {
            State::Done(_) => prop_assert!(password.is_some(), "done, and it was not"),
            State::NotTried | State::Refused(_) => prop_assert!(password.is_none(), "{:?}", row),
            _ => {}
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn no_account_is_touched_twice(steps in prop::collection::vec(step(), 0..160)) {
        let work = Work::SetPasswords { sign_out: false };
        let mut many = Many::new(work, &list(), "b", super::tests::administrator("@me:b"));
        let (mut server, mut started) = (Server::default(), false);
        for step in steps {
            match step {
                Step::Ask => {
                    let task = many.next_task();
                    prop_assert!(task.is_none() || server.under_way.is_none(), "one at a time");
                    if let Some(Task::Run { row, .. }) = &task {
                        prop_assert!(started, "nothing happens before somebody says so");
                        prop_assert!(!matches!(many.rows[*row].state, State::Done(_)));
                    }
                    server.under_way = task.or(server.under_way.take());
                }
                Step::Start => {
                    started |= many.phase == Phase::Ready;
                    many.start();
                }
                Step::Pause => many.pause(),
                Step::Resume => many.resume(),
                Step::Stop => many.stop(),
                Step::Again => {
                    if many.phase == Phase::Finished {
                        started = false;
                    }
                    many.again();
                }
                answer => server.answer(&mut many, answer),
            }
            look(&many, &server)?;
        }
        // From wherever it is, there is an end.
        for _ in 0..8 * ROWS {
            many.resume();
            many.start();
            if server.under_way.is_none() {
                server.under_way = many.next_task();
            }
            server.answer(&mut many, Step::Well);
        }
        prop_assert_eq!(&many.phase, &Phase::Finished);
        look(&many, &server)?;
        let counts = many.counts();
        prop_assert_eq!(counts.waiting + counts.planned, 0, "{:?}", many.rows);
        let ended = counts.done + counts.refused + counts.not_tried + counts.lost;
        prop_assert_eq!(ended, ROWS);
    }
}
