//! The reset in every order that anything can happen in.

use super::tests::{NOW, homeserver, linked, password, session, submission};
use super::*;
use crate::matrix::password_reset::{ClientSecret, PasswordChange};
use crate::matrix::password_rule::PasswordRule;
use proptest::prelude::*;

/// What a person, a server or a bad line may do next.
#[derive(Clone, Debug)]
enum Move {
    Submit {
        valid: bool,
    },
    Poll,
    Woke,
    Verified,
    SetAgain,
    /// Ten minutes pass.
    Later,
    Resend,
    OpenForm,
    GoOnWaiting,
    OtherServer,
    StartOver,
    Password {
        valid: bool,
    },
    /// A link is pasted.
    TakeUp {
        link: u8,
    },
    /// The page is loaded again.
    Reload,
    /// Another tab speaks of the mail that is waited for, or of another one.
    LinkConfirmed {
        ours: bool,
    },
    DoneElsewhere {
        ours: bool,
    },
    /// The nth request takes long.
    Slow {
        request: usize,
    },
    /// The answer to the nth request that was ever sent, whenever it comes.
    Answer {
        request: usize,
        outcome: Outcome,
    },
    /// An answer of the wrong kind.
    Confused {
        request: usize,
    },
}

#[derive(Clone, Debug)]
enum Outcome {
    Good,
    NotYet,
    Forgotten,
    Wrong(Error),
}

fn any_error() -> impl Strategy<Value = Error> {
    prop::sample::select(vec![
        Error::Offline,
        Error::Unreachable,
        Error::TimedOut,
        Error::NotMatrix,
        Error::ServerFault,
        Error::RateLimited { wait: None },
        Error::Refused,
        Error::NotOffered,
        Error::AddressUnknown,
        Error::MailOff,
        Error::PasswordRefused(PasswordRule::Digit),
        Error::PasswordChangeOff,
        Error::AddressGone,
    ])
}

fn any_move() -> impl Strategy<Value = Move> {
    let outcome = prop_oneof![
        4 => Just(Outcome::Good),
        2 => Just(Outcome::NotYet),
        1 => Just(Outcome::Forgotten),
        2 => any_error().prop_map(Outcome::Wrong),
    ];
    prop_oneof![
        2 => any::<bool>().prop_map(|valid| Move::Submit { valid }),
        3 => Just(Move::Poll),
        1 => Just(Move::Woke),
        2 => Just(Move::Verified),
        1 => Just(Move::SetAgain),
        1 => Just(Move::Later),
        2 => Just(Move::Resend),
        1 => Just(Move::OpenForm),
        2 => Just(Move::GoOnWaiting),
        1 => Just(Move::OtherServer),
        1 => Just(Move::StartOver),
        1 => Just(Move::Reload),
        2 => any::<bool>().prop_map(|valid| Move::Password { valid }),
        1 => (200_u8..203).prop_map(|link| Move::TakeUp { link }),
        1 => any::<bool>().prop_map(|ours| Move::LinkConfirmed { ours }),
        1 => any::<bool>().prop_map(|ours| Move::DoneElsewhere { ours }),
        1 => any::<usize>().prop_map(|request| Move::Slow { request }),
        1 => any::<usize>().prop_map(|request| Move::Confused { request }),
        8 => (any::<usize>(), outcome).prop_map(|(request, outcome)| Move::Answer { request, outcome }),
    ]
}

/// Everything that was ever asked, and what has to hold of it.
#[derive(Default)]
struct Model {
    reset: Reset,
    now: Duration,
    asked: Vec<Effect>,
    /// When each of them was sent.
    sent: Vec<Duration>,
    /// Those that were answered, and what that leaves open.
    settled: Vec<usize>,
    /// How many of the requests were answered, from the first on.
    answered: usize,
    submissions: u8,
    /// The number of the newest mail that was answered for each secret.
    sids: Vec<(ClientSecret, Sid)>,
    /// Secrets of mails whose answer got lost.
    lost: Vec<ClientSecret>,
}

impl Model {
    fn play(&mut self, action: Move) {
        match action {
            Move::Reload => return self.reload(),
            Move::Later => return self.now += Duration::from_secs(10 * 60),
            _ => {}
        }
        let is_explicit = matches!(action, Move::SetAgain | Move::Password { .. });
        let (event, finishes) = self.event(action);
        let was_done = self.is_done();
        let (reset, effect) = std::mem::take(&mut self.reset).on(event, NOW + self.now);
        self.reset = reset;
        let is_done = self.is_done();
        assert!(!is_done || was_done || finishes, "done without a 200 for what was asked last");
        assert!(is_done || !finishes, "a 200 was missed");
        if let Some(effect) = effect {
            self.check_request(&effect);
            assert!(is_explicit || !self.repeats_a_lost_one(&effect), "repeated after minutes");
            self.asked.push(effect);
            self.sent.push(self.now);
        }
        let busy = self.reset.is_sending() || self.is_asking();
        assert!(!busy || !self.asked.is_empty(), "busy, but nothing was asked");
    }

    fn is_done(&self) -> bool {
        matches!(self.reset.step(), Step::Done(done) if done.by != By::AnotherTab)
    }

    /// Whoever asked is gone, and so are the answers. All but the password is
    /// there again.
    fn reload(&mut self) {
        if let (Step::Sending(_), Some(Ask::RequestEmail(mail))) =
            (self.reset.step(), self.asked.last().map(|effect| &effect.ask))
        {
            self.lost.push(mail.client_secret.clone());
        }
        let kept = self.reset.kept().unwrap_or_default();
        assert!(!kept.contains("correct horse"), "{kept}");
        let restored = Reset::restore(&kept, &homeserver(), NOW + self.now);
        let before = match self.reset.step() {
            Step::Waiting(waiting) => {
                waiting.leaves_after_reload().unwrap_or(self.reset.step()).draft()
            }
            step => step.draft(),
        };
        let after = restored.draft();
        assert_eq!(before.map(|draft| &draft.sid), after.map(|draft| &draft.sid));
        assert_eq!(before.map(|draft| &draft.mail), after.map(|draft| &draft.mail));
        self.reset = Reset { last_ticket: self.reset.last_ticket, ..restored };
        self.answered = self.asked.len();
    }

    /// The mail that is waited for, or another one.
    fn sid(&self, ours: bool) -> Sid {
        let sid = self.reset.draft().filter(|_| ours).map(|draft| draft.sid.clone());
        sid.unwrap_or(Sid("of another reset".into()))
    }

    /// The event of a move, and whether it finishes the reset: it brings the
    /// first answer to what was asked last, and that is a 200 for the password.
    fn event(&mut self, action: Move) -> (Event, bool) {
        match action {
            Move::Submit { valid } => {
                self.submissions = self.submissions.wrapping_add(1);
                let password = if valid { "correct horse" } else { "" };
                let submission = submission("alice@example.org", password, self.submissions);
                (Event::Submit(submission), false)
            }
            Move::Poll => (Event::Poll, false),
            Move::Woke => (Event::Woke, false),
            Move::Verified => (Event::Verified, false),
            Move::SetAgain => (Event::SetAgain, false),
            Move::Resend => (Event::Resend, false),
            Move::OpenForm => (Event::OpenForm, false),
            Move::Password { valid } => (password(if valid { "correct horse" } else { "" }), false),
            Move::TakeUp { link } => {
                let draft = linked(link, &format!("link-{link}"));
                self.sids.push((draft.client_secret.clone(), draft.sid.clone()));
                (Event::TakeUp(draft), false)
            }
            Move::LinkConfirmed { ours } => (Event::LinkConfirmed(self.sid(ours)), false),
            Move::DoneElsewhere { ours } => (Event::DoneElsewhere(self.sid(ours)), false),
            Move::Slow { request } => (Event::Slow(self.ticket(request)), false),
            Move::Reload | Move::Later => (Event::Poll, false),
            Move::GoOnWaiting => (Event::GoOnWaiting, false),
            Move::OtherServer => (Event::OtherServer, false),
            Move::StartOver => (Event::StartOver, false),
            Move::Answer { request, outcome } => self.answer(request, outcome),
            Move::Confused { request } => {
                let ticket = self.ticket(request);
                match self.asked.get(request % self.asked.len().max(1)).map(|effect| &effect.ask) {
                    Some(Ask::ChangePassword(_)) => {
                        (Event::EmailRequested(ticket, Ok(Sid("wrong".into()))), false)
                    }
                    _ => (Event::PasswordChanged(ticket, Ok(PasswordChange::Done)), false),
                }
            }
        }
    }

    fn ticket(&self, request: usize) -> Ticket {
        let effect = self.asked.get(request % self.asked.len().max(1));
        effect.map(|effect| effect.ticket).unwrap_or_default()
    }

    fn answer(&mut self, request: usize, outcome: Outcome) -> (Event, bool) {
        let index = request % self.asked.len().max(1);
        let ticket = self.ticket(request);
        let is_awaited = index + 1 == self.asked.len() && self.answered <= index;
        self.answered = self.answered.max((index + 1).min(self.asked.len()));
        let is_open = matches!(&outcome, Outcome::Wrong(error) if error.leaves_it_open());
        if is_awaited && !is_open {
            self.settled.push(index);
        }
        match (self.asked.get(index).map(|effect| &effect.ask), outcome) {
            (None | Some(Ask::CheckPassword(_)), Outcome::Wrong(error)) => {
                (Event::PasswordChecked(ticket, Err(error)), false)
            }
            (None | Some(Ask::CheckPassword(_)), _) => {
                let accepted = PasswordCheck::Accepted(session(&index.to_string()));
                (Event::PasswordChecked(ticket, Ok(accepted)), false)
            }
            (Some(Ask::RequestEmail(mail)), Outcome::Wrong(error)) => {
                if error.leaves_it_open() {
                    self.lost.push(mail.client_secret.clone());
                }
                (Event::EmailRequested(ticket, Err(error)), false)
            }
            (Some(Ask::RequestEmail(mail)), _) => {
                let sid = Sid(format!("{index}-{request}"));
                if is_awaited && (self.reset.is_sending() || self.is_asking()) {
                    self.sids.push((mail.client_secret.clone(), sid.clone()));
                }
                (Event::EmailRequested(ticket, Ok(sid)), false)
            }
            (Some(Ask::ChangePassword(change)), outcome) => {
                let same = change.session.clone().or_else(|| Some(session(&index.to_string())));
                let answer = match outcome {
                    Outcome::Good => Ok(PasswordChange::Done),
                    Outcome::NotYet => Ok(PasswordChange::NotConfirmed(same)),
                    Outcome::Forgotten => Ok(PasswordChange::SessionForgotten),
                    Outcome::Wrong(error) => Err(error),
                };
                let good = answer == Ok(PasswordChange::Done);
                (Event::PasswordChanged(ticket, answer), good && is_awaited)
            }
        }
    }

    /// Whether it is sent in the session of an older request that may have been
    /// carried out, and was not answered.
    fn repeats_a_lost_one(&self, effect: &Effect) -> bool {
        let session = |effect: &Effect| match &effect.ask {
            Ask::ChangePassword(change) => change.session.clone(),
            _ => None,
        };
        let Some(wanted) = session(effect) else { return false };
        let before = self.asked.iter().rposition(|asked| session(asked).as_ref() == Some(&wanted));
        before.is_some_and(|before| {
            let is_old = self.now - self.sent[before] > Duration::from_secs(5 * 60);
            is_old && !self.settled.contains(&before)
        })
    }

    fn is_asking(&self) -> bool {
        matches!(self.reset.step(), Step::Waiting(waiting) if !matches!(waiting.doing, Doing::Nothing))
    }

    fn check_request(&self, effect: &Effect) {
        let earlier = |ticket| self.asked.iter().any(|effect| effect.ticket == ticket);
        assert!(!earlier(effect.ticket), "two requests with one ticket");
        let mut mails = self.asked.iter().rev().filter_map(|effect| match &effect.ask {
            Ask::RequestEmail(mail) => Some(mail),
            _ => None,
        });
        match &effect.ask {
            Ask::CheckPassword(check) => assert!(!check.0.new_password.is_empty()),
            Ask::ChangePassword(change) => {
                let is_change = |effect: &Effect| matches!(effect.ask, Ask::ChangePassword(_));
                let before = self.asked.iter().rposition(is_change);
                assert!(before.is_none_or(|before| before < self.answered), "two at a time");
                assert!(!change.new_password.new_password.is_empty());
                let mut sids = self.sids.iter().rev();
                let newest = sids.find(|(secret, _)| *secret == change.client_secret);
                assert_eq!(newest.map(|(_, sid)| sid), Some(&change.sid), "not the newest mail");
            }
            Ask::RequestEmail(mail) => {
                if let Some(before) = mails.find(|old| old.client_secret == mail.client_secret) {
                    let dropped_link = before.next_link.is_some() && mail.next_link.is_none();
                    let same = dropped_link || self.lost.contains(&mail.client_secret);
                    let next = mail.send_attempt == before.send_attempt + 1;
                    assert!(next || same && mail.send_attempt == before.send_attempt);
                }
            }
        }
    }

    /// The line fails, the person starts over, and then all goes well.
    fn walk_out(mut self) {
        for _ in 0..2 {
            let request = self.asked.len().wrapping_sub(1);
            self.play(Move::Answer { request, outcome: Outcome::Wrong(Error::Unreachable) });
        }
        assert!(!self.reset.is_sending() && !self.is_asking(), "stuck: {:?}", self.reset);
        // The first time, the user may be told that the password may be new.
        self.play(Move::StartOver);
        self.play(Move::StartOver);
        self.play(Move::Submit { valid: true });
        for action in [None, None, Some(Move::Verified), None] {
            let request = self.asked.len().wrapping_sub(1);
            let answer = Move::Answer { request, outcome: Outcome::Good };
            self.play(action.unwrap_or(answer));
        }
        assert!(matches!(self.reset.step(), Step::Done(_)), "no way to the end: {:?}", self.reset);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4_000, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever happens in whatever order: the reset is done when the server
    /// said so to the request that was waited for, and only then; and from
    /// everywhere there is a way on.
    #[test]
    fn no_order_of_events_goes_wrong(moves in prop::collection::vec(any_move(), 0..60)) {
        let mut model = Model::default();
        for action in moves {
            model.play(action);
        }
        model.walk_out();
    }
}
