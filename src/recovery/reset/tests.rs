//! The reset, walked as a person walks it.

use super::*;
use crate::matrix::password_policy::PasswordPolicy;
use crate::matrix::password_reset::{ClientSecret, RequestToken};
use crate::matrix::password_rule::PasswordRule;
use crate::matrix::uia::UiaSession;
use crate::matrix::{BaseUrl, Homeserver};
use crate::secret::Secret;
use std::rc::{Rc, Weak};

pub(super) fn secret(seed: u8) -> ClientSecret {
    ClientSecret::generate(|| Some([seed % 248; 64])).unwrap()
}

pub(super) fn submission(email: &str, password: &str, seed: u8) -> Submission {
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

pub(super) fn session(id: &str) -> UiaSession {
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
    assert_eq!(walk.reset.page_for(Route::Reset), Route::ResetDone, "it cannot be missed");
    assert_eq!(walk.on(Event::StartOver).reset.page_for(Route::Reset), Route::Reset);
}

#[test]
fn what_was_typed_wrong_is_said_beside_it_and_nothing_is_sent() {
    for (email, password, wanted_email, wanted_password) in [
        ("", "", Some(EmailProblem::Missing), Some(PasswordProblem::Missing)),
        ("alice", "correct horse", Some(EmailProblem::NotAnAddress), None),
        ("alice@", "correct horse", Some(EmailProblem::NotAnAddress), None),
        ("alice@@example.org", "correct horse", Some(EmailProblem::NotAnAddress), None),
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
    let limited = Error::RateLimited { until: None };
    let walk = Walk::waiting().on(Event::Resend).mailed(Err(limited.clone()));
    assert_eq!(walk.notice(), Some(&Notice::NotSent(limited)));
    assert_eq!(walk.on(Event::Verified).change().sid, Sid("sid1".into()));
}

#[test]
fn a_lost_answer_is_asked_for_again_with_the_same_session() {
    let walk = Walk::waiting().on(Event::Verified).changed(Err(Error::TimedOut));
    assert_eq!(walk.notice(), Some(&Notice::NotChanged(Error::TimedOut)));
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
fn the_answer_that_changed_the_password_cannot_be_missed() {
    let walk = Walk::waiting().on(Event::Verified);
    let walk = walk.on(Event::StartOver).on(good()).changed(Ok(PasswordChange::Done));
    assert!(matches!(walk.reset.step(), Step::Done(_)));
}

#[test]
fn a_late_answer_changes_nothing() {
    let accepted = || Ok(PasswordCheck::Accepted(session("uia")));
    let late_mail = |ticket| Event::EmailRequested(ticket, Ok(Sid("late".into())));
    let first = Walk::waiting().on(Event::Resend);
    let late = first.ticket();

    let sending = first.on(Event::StartOver).on(good()).checked(accepted());
    let sending = sending.on(late_mail(late));
    assert!(matches!(sending.reset.step(), Step::Sending(_)), "late for the first mail");

    let waiting = sending.mailed(Ok("sid2")).on(late_mail(late)).on(Event::Resend);
    let resending = waiting.on(late_mail(late));
    assert_eq!(resending.notice(), None, "late for another mail");
    assert_eq!(resending.mailed(Ok("sid3")).on(Event::Verified).change().sid, Sid("sid3".into()));

    let checking = Walk::new().on(good());
    let late = checking.ticket();
    let again = checking.checked(Err(Error::Offline)).on(good());
    let again = again.on(Event::PasswordChecked(late, accepted()));
    assert!(matches!(again.reset.step(), Step::Checking(_)), "late for the check");
}

#[test]
fn a_mail_is_waited_for_until_another_one_was_sent() {
    let on_its_way = || Walk::waiting().on(Event::Resend);
    let awaited = |walk: &Walk| walk.reset.awaited_email().map(str::to_owned);
    let other = |email| Event::Submit(submission(email, "correct horse", 2));
    let mistyped = on_its_way().on(other("bob"));
    let offline = on_its_way().on(other("bob@example.org")).checked(Err(Error::Offline));
    let unknown = on_its_way().on(other("bob@example.org")).checked(Ok(PasswordCheck::Unknown));
    let unknown = unknown.mailed(Err(Error::AddressUnknown));
    for walk in [mistyped, offline, unknown] {
        assert_eq!(awaited(&walk).as_deref(), Some("alice@example.org"));
        assert_eq!(walk.reset.page_for(Route::ResetCheckEmail), Route::ResetCheckEmail);
        let walk = walk.on(Event::GoOnWaiting).on(Event::Verified);
        assert_eq!(walk.change().sid, Sid("sid1".into()));
        assert_eq!(walk.change().client_secret, secret(1));
    }
    let sent = on_its_way().on(other("bob@example.org")).checked(Ok(PasswordCheck::Unknown));
    let sent = sent.mailed(Ok("sid2")).on(Event::GoOnWaiting);
    assert_eq!(awaited(&sent).as_deref(), Some("bob@example.org"));
    assert_eq!(sent.on(Event::Verified).change().client_secret, secret(2));
}

#[test]
fn a_mail_whose_answer_got_lost_is_asked_for_again_with_its_secret() {
    let again = |email| Event::Submit(submission(email, "correct horse", 2));
    let lost = || {
        let walk = Walk::new().on(good()).checked(Ok(PasswordCheck::Unknown));
        walk.mailed(Err(Error::TimedOut))
    };
    let same = lost().on(again("alice@example.org")).checked(Err(Error::Offline));
    let same = same.on(again("alice@example.org")).checked(Ok(PasswordCheck::Unknown));
    assert_eq!((&same.mail().client_secret, same.mail().send_attempt), (&secret(1), 1));
    let other = lost().on(again("bob@example.org")).checked(Ok(PasswordCheck::Unknown));
    assert_eq!(other.mail().client_secret, secret(2));
    let refused = Walk::new().on(good()).checked(Ok(PasswordCheck::Unknown));
    let refused = refused.mailed(Err(Error::AddressUnknown)).on(again("alice@example.org"));
    let refused = refused.checked(Ok(PasswordCheck::Unknown));
    assert_eq!(refused.mail().client_secret, secret(2), "nothing was lost");
}

#[test]
fn a_lost_answer_that_nobody_can_ask_for_again_is_said() {
    let may_be_done = |walk: &Walk| match walk.reset.step() {
        Step::Waiting(waiting) => waiting.may_be_done,
        other => panic!("{other:?} does not wait"),
    };
    let walk = Walk::new().on(good()).checked(Ok(PasswordCheck::Unknown)).mailed(Ok("sid"));
    let walk = walk.on(Event::Verified).changed(Err(Error::TimedOut));
    assert!(may_be_done(&walk));
    let walk = walk.on(Event::Verified).changed(Ok(PasswordChange::NotConfirmed(None)));
    assert!(may_be_done(&walk), "the used link looks as if it was never confirmed");
    let walk = Walk::waiting().on(Event::Verified).changed(Err(Error::TimedOut));
    assert!(!may_be_done(&walk), "with its session, the server answers again");
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
