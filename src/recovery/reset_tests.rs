//! The reset, walked as a person walks it and in every other order.

use super::*;
use crate::matrix::BaseUrl;
use proptest::prelude::*;
use std::rc::Weak;

fn secret(seed: u8) -> ClientSecret {
    ClientSecret::generate(|| Some([seed % 248; 64])).unwrap()
}

fn submission(email: &str, password: &str, seed: u8) -> Submission {
    Submission {
        homeserver: Homeserver::new(None, BaseUrl::parse("https://example.org").unwrap()),
        typed: Typed {
            email: email.into(),
            new_password: Rc::new(Secret::new(password.into())),
            other_sessions: OtherSessions::SignOut,
        },
        policy: PasswordPolicy(vec![PasswordRule::MinimumLength(Some(4))]),
        client_secret: secret(seed),
        next_link: Some("https://recovery.example/reset/verified/#".into()),
    }
}

fn good() -> Event {
    Event::Submit(submission("alice@example.org", "correct horse", 1))
}

fn session(id: &str) -> UiaSession {
    UiaSession(id.into())
}

/// A reset together with the request that it waits for.
struct Walk {
    reset: Reset,
    asked: Option<Effect>,
}

impl Walk {
    fn new() -> Self {
        Self { reset: Reset::default(), asked: None }
    }

    fn on(mut self, event: Event) -> Self {
        let (reset, effect) = self.reset.on(event);
        self.reset = reset;
        self.asked = effect.or(self.asked);
        self
    }

    fn ticket(&self) -> Ticket {
        self.asked.as_ref().unwrap().ticket
    }

    fn checked(self, answer: Result<PasswordCheck, Error>) -> Self {
        let ticket = self.ticket();
        self.on(Event::PasswordChecked(ticket, answer))
    }

    fn mailed(self, answer: Result<&str, Error>) -> Self {
        let ticket = self.ticket();
        self.on(Event::EmailRequested(ticket, answer.map(|sid| Sid(sid.into()))))
    }

    fn changed(self, answer: Result<PasswordChange, Error>) -> Self {
        let ticket = self.ticket();
        self.on(Event::PasswordChanged(ticket, answer))
    }

    /// Up to the wait for the link.
    fn waiting() -> Self {
        let accepted = PasswordCheck::Accepted(session("uia"));
        Self::new().on(good()).checked(Ok(accepted)).mailed(Ok("sid1"))
    }

    fn mail(&self) -> &RequestToken {
        match &self.asked.as_ref().unwrap().ask {
            Ask::RequestEmail(mail) => mail,
            other => panic!("{other:?} is no mail"),
        }
    }

    fn change(&self) -> &ChangePassword {
        match &self.asked.as_ref().unwrap().ask {
            Ask::ChangePassword(change) => change,
            other => panic!("{other:?} changes no password"),
        }
    }

    fn notice(&self) -> Option<&Notice> {
        match self.reset.step() {
            Step::Waiting(waiting) => waiting.notice.as_ref(),
            other => panic!("{other:?} does not wait"),
        }
    }

    fn problems(&self) -> &Problems {
        match self.reset.step() {
            Step::Form(form) => &form.problems,
            other => panic!("{other:?} is no form"),
        }
    }
}

#[test]
fn the_guide_from_step_4_to_step_10() {
    let walk = Walk::waiting();
    assert_eq!(walk.reset.page_for(Route::ResetDone), Route::ResetCheckEmail);
    let walk = walk.on(Event::Verified);
    assert_eq!(walk.change().session, Some(session("uia")));
    assert_eq!(walk.change().sid, Sid("sid1".into()));
    assert!(walk.change().new_password.logout_devices);
    let walk = walk.changed(Ok(PasswordChange::Done));
    let done = Done { email: "alice@example.org".into(), other_sessions: OtherSessions::SignOut };
    assert!(matches!(walk.reset.step(), Step::Done(is) if *is == done));
    assert_eq!(walk.reset.page_for(Route::ResetCheckEmail), Route::ResetDone);
}

#[test]
fn what_was_typed_wrong_is_said_beside_it_and_nothing_is_sent() {
    for (email, password, wanted_email, wanted_password) in [
        ("", "", Some(EmailProblem::Missing), Some(PasswordProblem::Missing)),
        ("alice", "correct horse", Some(EmailProblem::NotAnAddress), None),
        ("alice@", "correct horse", Some(EmailProblem::NotAnAddress), None),
        ("al ice@example.org", "correct horse", Some(EmailProblem::NotAnAddress), None),
        (
            "alice@example.org",
            "abc",
            None,
            Some(PasswordProblem::Breaks(vec![PasswordRule::MinimumLength(Some(4))])),
        ),
    ] {
        let walk = Walk::new().on(Event::Submit(submission(email, password, 1)));
        assert!(walk.asked.is_none(), "{email} {password}");
        let wanted = Problems { email: wanted_email, password: wanted_password, general: None };
        assert_eq!(*walk.problems(), wanted, "{email} {password}");
        assert_eq!(walk.reset.typed().unwrap().email, email);
    }
}

#[test]
fn an_error_leads_back_to_the_form_with_everything_typed() {
    let unknown = Walk::new()
        .on(good())
        .checked(Ok(PasswordCheck::Unknown))
        .mailed(Err(Error::AddressUnknown));
    assert_eq!(unknown.problems().email, Some(EmailProblem::Unknown));
    assert_eq!(unknown.reset.typed().unwrap().new_password.expose(), "correct horse");
    let refused = Walk::new().on(good()).checked(Err(Error::PasswordRefused(PasswordRule::Digit)));
    let wanted = PasswordProblem::Breaks(vec![PasswordRule::Digit]);
    assert_eq!(refused.problems().password, Some(wanted));
    let offline = Walk::new().on(good()).checked(Err(Error::Offline));
    assert_eq!(offline.problems().general, Some(Error::Offline));
}

#[test]
fn a_refused_next_link_is_done_without() {
    let walk = Walk::new().on(good()).checked(Ok(PasswordCheck::Unknown));
    assert!(walk.mail().next_link.is_some());
    let walk = walk.mailed(Err(Error::Refused));
    assert_eq!(walk.mail().next_link, None);
    assert_eq!(walk.mail().send_attempt, 1);
    let again = Walk::new().on(good()).checked(Ok(PasswordCheck::Unknown));
    let again = again.mailed(Err(Error::Refused)).mailed(Err(Error::Refused));
    assert_eq!(again.problems().general, Some(Error::Refused));
}

#[test]
fn a_link_not_confirmed_yet_changes_nothing() {
    let walk = Walk::waiting().on(Event::Verified);
    let walk = walk.changed(Ok(PasswordChange::NotConfirmed(Some(session("uia")))));
    assert_eq!(walk.notice(), Some(&Notice::NotConfirmedYet));
    let walk = walk.on(Event::Verified);
    assert_eq!(walk.change().session, Some(session("uia")), "two polls use one session");
    let walk = walk.changed(Ok(PasswordChange::NotConfirmed(None))).on(Event::Verified);
    assert_eq!(walk.change().session, Some(session("uia")), "a session is not forgotten");
}

#[test]
fn a_forgotten_session_is_done_without() {
    let walk = Walk::waiting().on(Event::Verified).changed(Ok(PasswordChange::SessionForgotten));
    assert_eq!(walk.change().session, None);
    let walk = walk.changed(Ok(PasswordChange::Done));
    assert!(matches!(walk.reset.step(), Step::Done(_)));
}

#[test]
fn another_mail_uses_the_same_secret_and_the_newest_sid() {
    let walk = Walk::waiting().on(Event::Resend);
    assert_eq!(walk.mail().client_secret, secret(1));
    assert_eq!(walk.mail().send_attempt, 2);
    let walk = walk.mailed(Ok("sid2"));
    assert_eq!(walk.notice(), Some(&Notice::SentAgain));
    assert_eq!(walk.on(Event::Verified).change().sid, Sid("sid2".into()));
}

#[test]
fn a_failed_resend_keeps_the_old_mail() {
    let limited = Error::RateLimited { retry_after: None };
    let walk = Walk::waiting().on(Event::Resend).mailed(Err(limited.clone()));
    assert_eq!(walk.notice(), Some(&Notice::Problem(limited)));
    assert_eq!(walk.on(Event::Verified).change().sid, Sid("sid1".into()));
}

#[test]
fn a_lost_answer_is_asked_for_again_with_the_same_session() {
    let walk = Walk::waiting().on(Event::Verified).changed(Err(Error::TimedOut));
    assert_eq!(walk.notice(), Some(&Notice::Problem(Error::TimedOut)));
    assert_eq!(walk.on(Event::Verified).change().session, Some(session("uia")));
}

#[test]
fn a_password_refused_after_all_leads_to_the_form() {
    let refused = Error::PasswordRefused(PasswordRule::MinimumLength(None));
    let walk = Walk::waiting().on(Event::Verified).changed(Err(refused));
    assert!(walk.problems().password.is_some());
    assert_eq!(walk.reset.page_for(Route::ResetCheckEmail), Route::Reset);
}

#[test]
fn the_choice_about_other_sessions_is_sent() {
    let mut submission = submission("alice@example.org", "correct horse", 1);
    submission.typed.other_sessions = OtherSessions::Keep;
    let walk = Walk::new().on(Event::Submit(submission)).checked(Ok(PasswordCheck::Unknown));
    let walk = walk.mailed(Ok("sid")).on(Event::Verified);
    assert!(!walk.change().new_password.logout_devices);
}

#[test]
fn pressing_twice_asks_once() {
    let walk = Walk::new().on(good());
    let ticket = walk.ticket();
    assert_eq!(walk.on(good()).ticket(), ticket);
    let walk = Walk::waiting().on(Event::Verified);
    let ticket = walk.ticket();
    assert_eq!(walk.on(Event::Verified).on(Event::Resend).on(good()).ticket(), ticket);
}

#[test]
fn a_late_answer_to_a_reset_that_was_given_up_changes_nothing() {
    let given_up = Walk::waiting().on(Event::Resend);
    let late = given_up.ticket();
    let walk = given_up.on(Event::StartOver).on(good());
    let walk = walk.on(Event::EmailRequested(late, Ok(Sid("late".into()))));
    assert!(matches!(walk.reset.step(), Step::Checking(_)));
}

#[test]
fn the_password_leaves_memory_with_the_reset() {
    let walk = Walk::waiting();
    let password: Weak<Secret> = Rc::downgrade(&walk.reset.typed().unwrap().new_password);
    let mut walk = walk.on(Event::Verified).changed(Ok(PasswordChange::Done));
    walk.asked = None;
    assert!(password.upgrade().is_none());
}

#[test]
fn a_later_step_leads_to_where_the_person_is() {
    let start = Reset::default();
    for (asked, shown) in [
        (Route::ResetCheckEmail, Route::Reset),
        (Route::ResetDone, Route::Reset),
        (Route::ResetVerified, Route::ResetVerified),
        (Route::Reset, Route::Reset),
        (Route::Login, Route::Login),
    ] {
        assert_eq!(start.page_for(asked), shown);
    }
    let confirming = Walk::waiting().on(Event::Verified).reset;
    assert_eq!(confirming.page_for(Route::Reset), Route::ResetCheckEmail);
}

/// What a person, a server or a bad line may do next.
#[derive(Clone, Debug)]
enum Move {
    Submit {
        valid: bool,
    },
    Verified,
    Resend,
    StartOver,
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
        Error::RateLimited { retry_after: None },
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
        3 => Just(Move::Verified),
        2 => Just(Move::Resend),
        1 => Just(Move::StartOver),
        1 => any::<usize>().prop_map(|request| Move::Confused { request }),
        8 => (any::<usize>(), outcome).prop_map(|(request, outcome)| Move::Answer { request, outcome }),
    ]
}

/// Everything that was ever asked, and what has to hold of it.
#[derive(Default)]
struct Model {
    reset: Reset,
    asked: Vec<Effect>,
    submissions: u8,
}

impl Model {
    fn play(&mut self, action: Move) {
        let (event, finishes) = self.event(action);
        let was_done = matches!(self.reset.step(), Step::Done(_));
        let (reset, effect) = std::mem::take(&mut self.reset).on(event);
        self.reset = reset;
        let is_done = matches!(self.reset.step(), Step::Done(_));
        assert!(!is_done || was_done || finishes, "done without a 200 for what was asked last");
        if let Some(effect) = effect {
            self.check_request(&effect);
            self.asked.push(effect);
        }
        let busy = self.reset.is_sending() || self.is_asking();
        assert!(!busy || !self.asked.is_empty(), "busy, but nothing was asked");
    }

    /// The event of a move, and whether it may finish the reset.
    fn event(&mut self, action: Move) -> (Event, bool) {
        match action {
            Move::Submit { valid } => {
                self.submissions = self.submissions.wrapping_add(1);
                let password = if valid { "correct horse" } else { "" };
                let submission = submission("alice@example.org", password, self.submissions);
                (Event::Submit(submission), false)
            }
            Move::Verified => (Event::Verified, false),
            Move::Resend => (Event::Resend, false),
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

    fn answer(&self, request: usize, outcome: Outcome) -> (Event, bool) {
        let index = request % self.asked.len().max(1);
        let ticket = self.ticket(request);
        let is_last = index + 1 == self.asked.len();
        match (self.asked.get(index).map(|effect| &effect.ask), outcome) {
            (None | Some(Ask::CheckPassword(_)), Outcome::Wrong(error)) => {
                (Event::PasswordChecked(ticket, Err(error)), false)
            }
            (None | Some(Ask::CheckPassword(_)), _) => {
                let accepted = PasswordCheck::Accepted(session("uia"));
                (Event::PasswordChecked(ticket, Ok(accepted)), false)
            }
            (Some(Ask::RequestEmail(_)), Outcome::Wrong(error)) => {
                (Event::EmailRequested(ticket, Err(error)), false)
            }
            (Some(Ask::RequestEmail(_)), _) => {
                (Event::EmailRequested(ticket, Ok(Sid("sid".into()))), false)
            }
            (Some(Ask::ChangePassword(_)), outcome) => {
                let answer = match outcome {
                    Outcome::Good => Ok(PasswordChange::Done),
                    Outcome::NotYet => Ok(PasswordChange::NotConfirmed(Some(session("uia")))),
                    Outcome::Forgotten => Ok(PasswordChange::SessionForgotten),
                    Outcome::Wrong(error) => Err(error),
                };
                let good = answer == Ok(PasswordChange::Done);
                (Event::PasswordChanged(ticket, answer), good && is_last)
            }
        }
    }

    fn is_asking(&self) -> bool {
        matches!(self.reset.step(), Step::Waiting(Waiting { doing, .. }) if *doing != Doing::Nothing)
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
                assert!(!change.new_password.new_password.is_empty());
                let newest = mails.next().expect("a password is changed only after a mail");
                assert_eq!(newest.client_secret, change.client_secret);
            }
            Ask::RequestEmail(mail) => {
                if let Some(before) = mails.find(|old| old.client_secret == mail.client_secret) {
                    let same = before.next_link.is_some() && mail.next_link.is_none();
                    assert!(mail.send_attempt == before.send_attempt + u32::from(!same));
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

    /// Whatever happens in whatever order: the reset is done only when the
    /// server said so to the request that was waited for, and from everywhere
    /// there is a way on.
    #[test]
    fn no_order_of_events_goes_wrong(moves in prop::collection::vec(any_move(), 0..60)) {
        let mut model = Model::default();
        for action in moves {
            model.play(action);
        }
        model.walk_out();
    }
}
