//! Whatever happens in whatever order: no account is touched twice, and every row
//! is accounted for.

use super::*;
use crate::matrix::admin::account::tests::user;
use proptest::prelude::*;

#[derive(Clone, Copy, Debug)]
enum Step {
    Ask,
    Start,
    Pause,
    Resume,
    Stop,
    Well,
    Refused,
    Gone,
    Late,
}

fn step() -> impl Strategy<Value = Step> {
    use Step::*;
    prop_oneof![
        8 => Just(Ask), 8 => Just(Well), 2 => Just(Refused), 2 => Just(Gone), 1 => Just(Late),
        1 => Just(Start), 1 => Just(Pause), 2 => Just(Resume), 1 => Just(Stop),
    ]
}

const ROWS: usize = 6;

/// A homeserver that counts what is done to each account.
#[derive(Default)]
struct Server {
    done: [usize; ROWS],
    under_way: Option<Task>,
}

impl Server {
    fn answer(&mut self, many: &mut Many, step: Step) {
        match (self.under_way.take(), step) {
            (Some(Task::Check(row)), Step::Well) => {
                let plan = Plan::of(user(&many.rows[row].typed));
                many.checked(row, Ok(plan));
            }
            (Some(Task::Check(row)), Step::Refused) => {
                many.checked(row, Err(Fault::Refused(Refusal::NoAccount)));
            }
            (Some(Task::Check(row)), Step::Gone) => {
                many.checked(row, Err(Fault::Server(Error::Unreachable)));
            }
            (Some(Task::Run { row, again, .. }), Step::Well | Step::Gone | Step::Late) => {
                // Whoever does it again looks first.
                let outcome = match again && self.done[row] > 0 {
                    true => Outcome::AlreadySo,
                    false => Outcome::Done,
                };
                let arrives = !matches!(step, Step::Gone);
                if outcome == Outcome::Done && arrives {
                    self.done[row] += 1;
                }
                let lost = Err(Fault::Server(Error::TimedOut));
                many.ran(row, if matches!(step, Step::Well) { Ok(outcome) } else { lost });
            }
            (Some(Task::Run { row, .. }), Step::Refused) => {
                many.ran(row, Err(Fault::Server(Error::Refused)));
            }
            (task, _) => self.under_way = task,
        }
    }
}

fn list() -> String {
    (0..ROWS).map(|n| format!("@u{n}:b\n")).collect()
}

proptest! {
    #[test]
    fn no_account_is_touched_twice(steps in prop::collection::vec(step(), 0..120)) {
        let mut many = Many::new(Work::Lock, &list(), "b", "@me:b");
        let (mut server, mut started) = (Server::default(), false);
        for step in steps {
            match step {
                Step::Ask => {
                    let task = many.next_task();
                    prop_assert!(task.is_none() || server.under_way.is_none(), "one at a time");
                    if let Some(Task::Run { row, .. }) = &task {
                        prop_assert!(started, "nothing happens before somebody says so");
                        prop_assert!(!matches!(many.rows[*row].state, State::Done(..)));
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
                answer => server.answer(&mut many, answer),
            }
            prop_assert!(server.done.iter().all(|count| *count <= 1), "{:?}", server.done);
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
        let counts = many.counts();
        prop_assert_eq!(counts.waiting + counts.planned, 0, "{:?}", many.rows);
        let ended = counts.done + counts.refused + counts.not_tried + counts.lost;
        prop_assert_eq!(ended, ROWS);
        for (row, done) in many.rows.iter().zip(server.done) {
            if matches!(row.state, State::Done(..)) {
                prop_assert_eq!(done, 1, "what is said to be done was done");
            }
            if matches!(row.state, State::NotTried) {
                prop_assert_eq!(done, 0, "what was not tried was not done");
            }
        }
    }
}
