//! Two tabs that finish the same reset, a server, and a bad line between them,
//! in every order.

use super::tests::{NOW, homeserver, linked, session, submission};
use super::*;
use crate::matrix::password_reset::{ChangePassword, PasswordChange};
use crate::matrix::uia::UiaSession;
use proptest::prelude::*;

/// What Synapse knows of one mail.
#[derive(Default)]
struct Server {
    confirmed: bool,
    used: bool,
    /// Sessions, and whether the address was proven in them.
    sessions: Vec<bool>,
    /// The passwords that were set, one after the other.
    passwords: Vec<String>,
}

impl Server {
    fn check(&mut self) -> PasswordCheck {
        self.sessions.push(false);
        PasswordCheck::Accepted(session(&(self.sessions.len() - 1).to_string()))
    }

    fn answer(&mut self, Effect { ticket, ask, .. }: Effect) -> Event {
        match ask {
            Ask::ChangePassword(change) => Event::PasswordChanged(ticket, Ok(self.change(&change))),
            _ => Event::PasswordChecked(ticket, Ok(self.check())),
        }
    }

    fn change(&mut self, change: &ChangePassword) -> PasswordChange {
        let known = change.session.as_ref().map(|UiaSession(id)| id.parse().unwrap());
        let id: usize = known.unwrap_or(self.sessions.len());
        if id == self.sessions.len() {
            self.sessions.push(false);
        }
        if self.confirmed && !self.used {
            self.used = true;
            self.sessions[id] = true;
        }
        if !self.sessions[id] {
            return PasswordChange::NotConfirmed(Some(session(&id.to_string())));
        }
        self.passwords.push(change.new_password.new_password.expose().to_owned());
        PasswordChange::Done
    }
}

/// A tab, and what is under way between it and the server.
struct Tab {
    reset: Reset,
    password: String,
    request: Option<Effect>,
    answer: Option<Event>,
    /// What the other tab said and this one has not heard yet.
    messages: Vec<Event>,
}

#[derive(Clone, Debug)]
enum Move {
    Poll,
    Verified,
    OpenForm,
    GoOnWaiting,
    /// The page is loaded again, and another password is typed.
    Reload,
    /// The request reaches the server.
    Arrive,
    /// The answer reaches the tab.
    Answer,
    /// The line breaks, and nobody knows before or after the server.
    Lose,
    /// The tab hears what the other one said.
    Hear,
}

fn any_move() -> impl Strategy<Value = Option<(bool, Move)>> {
    use Move::*;
    let moves = vec![
        Poll,
        Poll,
        Poll,
        Verified,
        OpenForm,
        GoOnWaiting,
        Reload,
        Arrive,
        Arrive,
        Arrive,
        Answer,
        Answer,
        Answer,
        Lose,
        Hear,
        Hear,
    ];
    // Once in a while, the link is confirmed.
    prop::option::weighted(0.93, (any::<bool>(), prop::sample::select(moves)))
}

impl Tab {
    fn on(&mut self, event: Event) {
        let (reset, effect) = std::mem::take(&mut self.reset).on(event, NOW);
        self.reset = reset;
        if let Some(effect) = effect {
            assert!(self.request.is_none() && self.answer.is_none(), "two requests at a time");
            self.request = Some(effect);
        }
    }

    fn type_password(&mut self, password: String) {
        self.on(super::tests::password(&password));
        self.password = password;
    }

    fn is_done_by(&self, by: fn(By) -> bool) -> bool {
        matches!(self.reset.step(), Step::Done(done) if by(done.by))
    }
}

struct World {
    server: Server,
    tabs: [Tab; 2],
    typed: usize,
}

fn ticket_of(answer: &Event) -> Ticket {
    match answer {
        Event::PasswordChanged(ticket, _) | Event::PasswordChecked(ticket, _) => *ticket,
        other => panic!("{other:?} is no answer of this server"),
    }
}

fn is_here(by: By) -> bool {
    by != By::AnotherTab
}

impl World {
    /// The first tab asked for the mail. The second one was opened by the link,
    /// or has the same draft as the first one.
    fn new(is_copy: bool) -> Self {
        let mut server = Server::default();
        let tab = |reset| Tab {
            reset,
            password: "password 0".into(),
            request: None,
            answer: None,
            messages: vec![],
        };
        let mut first = tab(Reset::default());
        first.on(Event::Submit(submission("alice@example.org", "password 0", 1)));
        let ticket = first.request.take().unwrap().ticket;
        first.on(Event::PasswordChecked(ticket, Ok(server.check())));
        let ticket = first.request.take().unwrap().ticket;
        first.on(Event::EmailRequested(ticket, Ok(Sid("sid".into()))));
        let mut second = tab(Reset::default());
        match is_copy {
            true => second.reset = Reset::restore(&first.reset.kept().unwrap(), &homeserver(), NOW),
            false => second.on(Event::TakeUp(linked(1, "sid"))),
        }
        second.type_password("password 1".into());
        Self { server, tabs: [first, second], typed: 1 }
    }

    fn play(&mut self, is_second: bool, action: Move) {
        let [first, second] = &mut self.tabs;
        let (tab, other) = if is_second { (second, first) } else { (first, second) };
        let was_done = tab.is_done_by(is_here);
        match action {
            Move::Poll => tab.on(Event::Poll),
            Move::Verified => tab.on(Event::Verified),
            Move::OpenForm => tab.on(Event::OpenForm),
            Move::GoOnWaiting => tab.on(Event::GoOnWaiting),
            Move::Reload => {
                let kept = tab.reset.kept().unwrap_or_default();
                (tab.request, tab.answer) = (None, None);
                tab.reset = Reset::restore(&kept, &homeserver(), NOW);
                tab.on(Event::GoOnWaiting);
                self.typed += 1;
                if matches!(tab.reset.step(), Step::NeedsPassword(_)) {
                    tab.type_password(format!("password {}", self.typed));
                }
            }
            Move::Arrive => {
                let arrived = tab.request.take().map(|request| self.server.answer(request));
                tab.answer = arrived.or(tab.answer.take());
            }
            Move::Answer => tab.answer.take().into_iter().for_each(|answer| tab.on(answer)),
            Move::Lose => {
                let ticket = tab.request.take().map(|request| request.ticket);
                let answered = tab.answer.take().map(|answer| ticket_of(&answer));
                if let Some(ticket) = ticket.or(answered) {
                    tab.on(Event::PasswordChecked(ticket, Err(Error::Unreachable)));
                    tab.on(Event::PasswordChanged(ticket, Err(Error::Unreachable)));
                }
            }
            Move::Hear => tab.messages.pop().into_iter().for_each(|event| tab.on(event)),
        }
        if tab.is_done_by(is_here) && !was_done {
            other.messages.push(Event::DoneElsewhere(Sid("sid".into())));
        }
    }

    /// What a tab says is so.
    fn check(&self) {
        let claims: Vec<_> = self.tabs.iter().filter(|tab| tab.is_done_by(is_here)).collect();
        assert!(claims.len() < 2, "two passwords are said to be the new one");
        for tab in claims {
            assert_eq!(self.server.passwords.last(), Some(&tab.password), "not what was set last");
        }
        if self.tabs.iter().any(|tab| tab.is_done_by(|by| !is_here(by))) {
            assert!(!self.server.passwords.is_empty(), "nobody set a password");
        }
    }

    /// The line is good and the link confirmed: whoever still waits asks again.
    fn walk_out(mut self) {
        self.server.confirmed = true;
        for _ in 0..3 {
            for tab in [false, true] {
                let twice = [Move::Arrive, Move::Answer, Move::Arrive, Move::Answer];
                let actions = [
                    &[Move::GoOnWaiting, Move::Poll],
                    &twice[..],
                    &[Move::Verified],
                    &twice,
                    &[Move::Hear],
                ];
                for action in actions.concat() {
                    self.play(tab, action);
                    self.check();
                }
            }
        }
        for tab in &self.tabs {
            assert!(tab.reset.draft().is_none(), "{:?} waits for ever", tab.reset);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4_000, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whoever finishes first wins, the other one learns it, and nobody is told
    /// of a password that does not work.
    #[test]
    fn two_tabs_do_no_harm(is_copy: bool, moves in prop::collection::vec(any_move(), 0..50)) {
        let mut world = World::new(is_copy);
        for action in moves {
            match action {
                Some((tab, action)) => world.play(tab, action),
                None => world.server.confirmed = true,
            }
            world.check();
        }
        world.walk_out();
    }
}
