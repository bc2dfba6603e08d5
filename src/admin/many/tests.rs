//! One thing after the other, and what comes in between.

use super::*;
use crate::matrix::BaseUrl;
use crate::matrix::admin::account::tests::user;
use crate::secret::Secret;
use std::rc::Rc;

/// An administrator of the server at `https://b.example`.
pub(super) fn administrator(user_id: &str) -> Administrator {
    administrator_at(user_id, "https://b.example")
}

/// An administrator of the server at this address.
pub(super) fn administrator_at(user_id: &str, server: &str) -> Administrator {
    let server = BaseUrl::parse(server).unwrap();
    Administrator { user_id: user_id.to_owned(), server }
}

fn plan(name: &str) -> Plan {
    Plan::of(user(name))
}

fn three(work: Work) -> Many {
    let mut many = Many::new(work, "@a:b\n@c:b\n@d:b", "b", administrator("@me:b"));
    for (number, name) in ["@a:b", "@c:b", "@d:b"].into_iter().enumerate() {
        assert_eq!(many.next_task(), Some(Task::Check(number)));
        many.checked(number, Ok(plan(name)));
    }
    assert_eq!((many.next_task(), &many.phase), (None, &Phase::Ready));
    many
}

fn run(row: usize, name: &str) -> Option<Task> {
    Some(Task::Run { row, user: user(name) })
}

#[test]
fn nothing_is_changed_before_somebody_says_so() {
    let mut many = three(Work::Lock);
    many.resume();
    assert_eq!(many.next_task(), None);
    many.start();
    assert_eq!(many.next_task(), run(0, "@a:b"));
    assert_eq!(many.next_task(), None, "one at a time");
    many.ran(0, Ok(Outcome::Done));
    assert_eq!(many.next_task(), run(1, "@c:b"));
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
    assert_eq!(many.next_task(), run(2, "@d:b"), "one row does not stop the others");
    many.ran(2, Ok(Outcome::Done));
    assert_eq!(many.next_task(), run(1, "@c:b"));
    many.ran(1, Ok(Outcome::AlreadySo));
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
    for (row, name) in [(1, "@c:b"), (2, "@d:b"), (0, "@a:b")] {
        assert_eq!(many.next_task(), run(row, name));
        many.ran(row, Ok(Outcome::Done));
    }
    assert_eq!(many.phase, Phase::Finished);
}

#[test]
fn what_may_have_been_done_is_never_called_not_tried() {
    let mut many = three(Work::SetPasswords { sign_out: false });
    many.start();
    many.next_task();
    many.rows[0].password = Some(Rc::new(Secret::new("words".into())));
    many.ran(0, Err(Fault::Server(Error::TimedOut)));
    many.resume();
    for row in [1, 2] {
        many.next_task();
        many.ran(row, Ok(Outcome::Done));
    }
    many.next_task();
    many.ran(0, Err(Fault::Unsent(Error::SessionEnded)));
    many.stop();
    assert_eq!(many.rows[0].state, State::Lost(None));
    assert!(many.has_passwords(), "it may be the one that works");
    many.again();
    assert_eq!(many.next_task(), Some(Task::Check(0)));
    many.checked(0, Err(Fault::Refused(Refusal::Deactivated)));
    assert_eq!(many.rows[0].state, State::Lost(Some(Refusal::Deactivated)));
    assert_eq!(many.phase, Phase::Finished);
    assert!(many.has_passwords());
}

#[test]
fn what_was_only_looked_at_was_not_done() {
    let mut many = three(Work::SetPasswords { sign_out: false });
    many.start();
    many.next_task();
    many.rows[0].password = Some(Rc::new(Secret::new("words".into())));
    many.ran(0, Err(Fault::Unsent(Error::Unreachable)));
    assert!(!many.has_passwords());
    many.stop();
    assert_eq!(many.counts().not_tried, 3);
    assert!(many.rows[0].password.is_none());
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
    many.again();
    assert_eq!(many.counts().done, 1, "what was done stays");
    assert_eq!(many.next_task(), Some(Task::Check(1)));
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
    many.again();
    assert_eq!(many.counts().waiting, 2);
}

#[test]
fn the_dry_run_waits_for_the_server_too() {
    let mut many = Many::new(Work::Lock, "@a:b", "b", administrator("@me:b"));
    many.next_task();
    many.checked(0, Err(Fault::Server(Error::Offline)));
    let error = Some(Error::Offline);
    assert_eq!(many.phase, Phase::Paused { checking: true, error });
    many.resume();
    assert_eq!(many.next_task(), Some(Task::Check(0)));
    many.checked(0, Err(Fault::Refused(Refusal::NoAccount)));
    assert_eq!(many.phase, Phase::Finished, "there is nothing to do");
}
