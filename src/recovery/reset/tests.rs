//! The reset, walked as a person walks it.

use super::*;
use crate::matrix::Wait;
use crate::matrix::password_policy::PasswordPolicy;
use crate::matrix::password_reset::{ChangePassword, PasswordChange};
use crate::matrix::password_reset::{ClientSecret, RequestToken};
use crate::matrix::password_rule::PasswordRule;
use crate::matrix::reset_link::ResetLink;
use crate::matrix::uia::UiaSession;
use crate::matrix::{BaseUrl, Homeserver};
use crate::secret::Secret;
use std::rc::{Rc, Weak};

pub(super) fn secret(seed: u8) -> ClientSecret {
    ClientSecret::generate(|| Some([seed % 248; 64])).unwrap()
}

pub(super) fn submission(email: &str, password: &str, seed: u8) -> Submission {
    Submission {
        homeserver: homeserver(),
        typed: Typed {
            email: email.into(),
            new_password: Rc::new(Secret::new(password.into())),
            other_sessions: OtherSessions::SignOut,
        },
        policy: PasswordPolicy(vec![PasswordRule::MinimumLength(Some(4))]),
        client_secret: secret(seed),
        return_page: "https://recovery.example/reset/verified/".into(),
    }
}

pub(super) const NOW: Duration = Duration::from_secs(1_700_000_000);

pub(super) fn homeserver() -> Homeserver {
    Homeserver::new(None, BaseUrl::parse("https://example.org").unwrap())
}

/// A reset of which only the link is known.
pub(super) fn linked(seed: u8, sid: &str) -> Draft {
    let link = ResetLink {
        base_url: homeserver().base_url,
        client_secret: secret(seed),
        sid: Sid(sid.into()),
        to_confirm: None,
        logout_devices: None,
    };
    Draft::from_link(link, homeserver(), NOW)
}

pub(super) fn password(text: &str) -> Event {
    Event::Password(MissingPassword {
        new_password: Rc::new(Secret::new(text.into())),
        other_sessions: OtherSessions::SignOut,
        policy: PasswordPolicy(vec![PasswordRule::MinimumLength(Some(4))]),
    })
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
    now: Duration,
}

impl Walk {
    fn new() -> Self {
        Self { reset: Reset::default(), asked: None, now: NOW }
    }

    fn on(mut self, event: Event) -> Self {
        let (reset, effect) = self.reset.on(event, self.now);
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

    /// The link was not confirmed yet.
    fn not_yet(self) -> Self {
        self.changed(Ok(PasswordChange::NotConfirmed(None)))
    }

    /// The page is loaded again.
    fn reloaded(self) -> Self {
        let kept = self.reset.kept().unwrap_or_default();
        assert!(!kept.contains("correct horse"), "{kept}");
        Self { reset: Reset::restore(&kept, &homeserver(), self.now), asked: None, ..self }
    }

    /// The password is typed once more, and the server would take it.
    fn typed_again(self) -> Self {
        let walk = self.on(password("correct horse"));
        let Ask::CheckPassword(_) = walk.asked.as_ref().unwrap().ask else {
            panic!("{:?} checks nothing", walk.asked)
        };
        walk.checked(Ok(PasswordCheck::Accepted(session("new"))))
    }

    fn wait(&self) -> &Waiting {
        match self.reset.step() {
            Step::Waiting(waiting) => waiting,
            other => panic!("{other:?} does not wait"),
        }
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
        self.wait().notice.as_ref()
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
    let done = Done {
        homeserver: homeserver(),
        email: Some("alice@example.org".into()),
        by: By::ThisTab(OtherSessions::SignOut),
        sid: Sid("sid1".into()),
    };
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
fn a_forgotten_session_is_asked_for_anew() {
    let walk = Walk::waiting().on(Event::Verified).changed(Ok(PasswordChange::SessionForgotten));
    let walk = walk.checked(Ok(PasswordCheck::Accepted(session("new"))));
    assert_eq!(walk.change().session, Some(session("new")));
    let walk = walk.changed(Ok(PasswordChange::Done));
    assert!(matches!(walk.reset.step(), Step::Done(_)));
}

#[test]
fn another_mail_uses_the_same_secret_and_the_newest_sid() {
    let walk = Walk::waiting().on(Event::Resend);
    assert_eq!(walk.change().sid, Sid("sid1".into()), "who has confirmed it needs no other mail");
    let walk = walk.not_yet();
    assert_eq!(walk.mail().client_secret, secret(1));
    assert_eq!(walk.mail().send_attempt, 2);
    let walk = walk.mailed(Ok("sid2"));
    assert_eq!(walk.notice(), Some(&Notice::SentAgain));
    assert_eq!(walk.on(Event::Verified).change().sid, Sid("sid2".into()));
}

#[test]
fn a_failed_resend_keeps_the_old_mail() {
    let wait = Wait { from: NOW, length: Duration::from_secs(333) };
    let limited = Error::RateLimited { wait: Some(wait) };
    let walk = Walk::waiting().on(Event::Resend).not_yet().mailed(Err(limited.clone()));
    assert_eq!(walk.notice(), Some(&Notice::NotSent(limited)));
    let walk = walk.on(Event::Poll).not_yet();
    assert_eq!(walk.wait().draft.mail.as_ref().unwrap().again, wait, "it still counts down");
    assert_eq!(walk.on(Event::Verified).change().sid, Sid("sid1".into()));
}

#[test]
fn a_lost_answer_is_asked_for_again_with_the_same_session() {
    let walk = Walk::waiting().on(Event::Verified).changed(Err(Error::TimedOut));
    assert_eq!(walk.notice(), Some(&Notice::NotChanged(Error::TimedOut)));
    assert_eq!(walk.on(Event::Verified).change().session, Some(session("uia")));
}

#[test]
fn a_password_refused_after_all_needs_no_new_mail() {
    let refused = Error::PasswordRefused(PasswordRule::MinimumLength(None));
    let walk = Walk::waiting().on(Event::Verified).changed(Err(refused));
    let Step::NeedsPassword(needs) = walk.reset.step() else { panic!("{:?}", walk.reset) };
    let rule = PasswordRule::MinimumLength(None);
    let (typed, problem) = needs.refused.as_ref().unwrap();
    assert_eq!((typed.expose(), problem), ("correct horse", &PasswordProblem::Breaks(vec![rule])));
    assert_eq!(walk.reset.page_for(Route::ResetCheckEmail), Route::ResetCheckEmail);
    let walk = walk.on(password("a longer password"));
    assert_eq!(walk.change().sid, Sid("sid1".into()));
    assert_eq!(walk.change().new_password.new_password.expose(), "a longer password");
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
    let walk = walk.on(Event::Verified).on(Event::Poll).on(Event::Woke).on(good());
    assert_eq!(walk.ticket(), ticket);
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
    let first = Walk::waiting().on(Event::Resend).not_yet();
    let late = first.ticket();

    let sending = first.on(Event::StartOver).on(good()).checked(accepted());
    let sending = sending.on(late_mail(late));
    assert!(matches!(sending.reset.step(), Step::Sending(_)), "late for the first mail");

    let waiting = sending.mailed(Ok("sid2")).on(late_mail(late)).on(Event::Resend).not_yet();
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
    let on_its_way = || Walk::waiting().on(Event::OpenForm);
    let awaited = |walk: &Walk| {
        let mail = walk.reset.draft().and_then(|draft| draft.mail.as_ref());
        mail.map(|mail| mail.email.clone())
    };
    let other = |email| Event::Submit(submission(email, "correct horse", 2));
    let mistyped = on_its_way().on(other("bob"));
    let offline = on_its_way().on(other("bob@example.org")).checked(Err(Error::Offline));
    let unknown = on_its_way().on(other("bob@example.org")).checked(Ok(PasswordCheck::Unknown));
    let unknown = unknown.mailed(Err(Error::AddressUnknown));
    for walk in [mistyped, offline, unknown] {
        assert_eq!(awaited(&walk).as_deref(), Some("alice@example.org"));
        let walk = walk.on(Event::GoOnWaiting).on(Event::Verified);
        assert_eq!(walk.reset.page_for(Route::ResetCheckEmail), Route::ResetCheckEmail);
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

/// A tab that wakes up hours later would revert a password that was changed
/// meanwhile.
#[test]
fn lost_request_is_not_repeated_by_itself_after_minutes() {
    let lost = || Walk::waiting().on(Event::Poll).changed(Err(Error::Unreachable));
    let link = || Event::LinkConfirmed(Sid("sid1".into()));
    for event in [|| Event::Poll, || Event::Woke, || Event::Verified, link] {
        let mut soon = lost();
        soon.now += Duration::from_secs(4 * 60);
        let ticket = soon.ticket();
        let soon = soon.on(event());
        assert_ne!(soon.ticket(), ticket, "soon after it, the answer is asked for");
        assert_eq!(soon.change().session, Some(session("uia")));

        let mut late = lost();
        late.now += Duration::from_secs(6 * 60);
        let ticket = late.ticket();
        let late = late.on(event());
        assert_eq!(late.ticket(), ticket, "the user is asked");
        assert_eq!(late.notice(), Some(&Notice::MayBeChanged));
        assert_eq!(late.reset.next_poll(late.now), None);
        let late = late.on(Event::Poll).on(Event::Woke).on(link()).on(Event::Verified);
        assert_eq!(late.ticket(), ticket, "nothing but the user's word repeats it");
        let again = late.on(Event::SetAgain);
        assert_ne!(again.ticket(), ticket);
        assert_eq!(again.change().session, Some(session("uia")));
        let done = again.changed(Ok(PasswordChange::Done));
        assert!(matches!(done.reset.step(), Step::Done(_)));
    }
    let ticket = lost().ticket();
    assert_eq!(lost().on(Event::SetAgain).ticket(), ticket, "it was not offered");
}

/// A phone freezes the tab while the request is under way.
#[test]
fn request_that_slept_for_hours_is_not_repeated_on_waking() {
    let mut frozen = Walk::waiting().on(Event::Poll);
    frozen.now += Duration::from_secs(3 * 60 * 60);
    let ticket = frozen.ticket();
    let woke = frozen.on(Event::Woke).changed(Err(Error::Unreachable));
    assert_eq!(woke.ticket(), ticket);
    assert_eq!(woke.notice(), Some(&Notice::MayBeChanged));
}

#[test]
fn time_of_lost_request_survives_reload() {
    let walk = Walk::waiting().on(Event::Poll).reloaded();
    let mut walk = walk.on(password("correct horse")).changed(Err(Error::Unreachable));
    walk.now += Duration::from_secs(60);
    let mut reloaded = walk.reloaded();
    let Step::NeedsPassword(needs) = reloaded.reset.step() else { panic!("{:?}", reloaded.reset) };
    assert!(needs.draft.may_be_changed(), "the page says so");
    reloaded.now += Duration::from_secs(6 * 60);
    let typed = reloaded.on(password("correct horse"));
    let Some(Ask::ChangePassword(_)) = typed.asked.as_ref().map(|asked| &asked.ask) else {
        panic!("{:?}", typed.asked)
    };
}

/// Another email is another proof: the session that may have set the password is
/// not used with it.
#[test]
fn another_email_after_a_lost_answer_forgets_the_session() {
    let mut walk = Walk::waiting().on(Event::Poll).changed(Err(Error::Unreachable));
    walk.now += Duration::from_secs(6 * 60);
    let walk = walk.on(Event::Woke).on(Event::Resend);
    assert_eq!(walk.mail().send_attempt, 2);
    let walk = walk.mailed(Ok("sid2")).on(Event::Poll);
    let Some(Ask::CheckPassword(_)) = walk.asked.as_ref().map(|asked| &asked.ask) else {
        panic!("{:?}", walk.asked)
    };
    let walk = walk.checked(Ok(PasswordCheck::Accepted(session("new"))));
    assert_eq!(walk.change().session, Some(session("new")));
    assert!(walk.wait().draft.may_be_done);
}

#[test]
fn cancel_after_a_lost_answer_says_that_the_password_may_be_new() {
    let asking = || Walk::waiting().on(Event::Verified);
    let other = || Event::TakeUp(linked(2, "sid2"));
    for event in [|| Event::StartOver, other] {
        let walk = asking().on(event()).changed(Err(Error::TimedOut));
        assert_eq!(walk.notice(), Some(&Notice::MayBeChanged));
        assert_eq!(walk.reset.next_poll(NOW), None, "the user wanted to leave");
    }
    let pending = asking().on(Event::StartOver).reloaded();
    let Step::NeedsPassword(needs) = pending.reset.step() else { panic!("{:?}", pending.reset) };
    assert!(needs.draft.may_be_changed(), "a reload does not hide it");
    let lost = asking().changed(Err(Error::TimedOut)).on(Event::StartOver);
    assert_eq!(lost.notice(), Some(&Notice::MayBeChanged));
    let left = lost.on(Event::StartOver);
    assert!(left.reset.kept().is_none(), "the user knows, and leaves");
    let refused = asking().on(Event::StartOver).changed(Err(Error::Refused));
    assert!(refused.reset.kept().is_none(), "nothing was changed");
}

#[test]
fn email_link_carries_the_choice_about_other_devices() {
    for (other_sessions, flag) in [(OtherSessions::SignOut, "1"), (OtherSessions::Keep, "0")] {
        let mut submission = submission("alice@example.org", "correct horse", 1);
        submission.typed.other_sessions = other_sessions;
        let walk = Walk::new().on(Event::Submit(submission)).checked(Ok(PasswordCheck::Unknown));
        let link = walk.mail().next_link.clone().unwrap();
        let (page, fragment) = link.split_once('#').unwrap();
        assert_eq!(page, "https://recovery.example/reset/verified/");
        assert!(fragment.ends_with(&format!("&logout={flag}")), "{fragment}");
        let link = ResetLink::from_fragment(&[fragment, "?sid=sid1"].concat()).unwrap();
        let draft = Draft::from_link(link, homeserver(), NOW);
        assert_eq!(draft.other_sessions, other_sessions);
    }
    let link = linked(1, "sid");
    assert_eq!(link.other_sessions, OtherSessions::Keep, "a link that does not tell");
    let changed = Walk::waiting().reloaded();
    let keeps = Event::Password(MissingPassword {
        new_password: Rc::new(Secret::new("correct horse".into())),
        other_sessions: OtherSessions::Keep,
        policy: PasswordPolicy::default(),
    });
    let changed = changed.on(keeps).checked(Ok(PasswordCheck::Unknown)).not_yet();
    let changed = changed.on(Event::Resend).not_yet();
    assert!(changed.mail().next_link.as_ref().unwrap().ends_with("&logout=0"), "the last choice");
}

#[test]
fn link_of_another_reset_is_known_to_replace_this_one() {
    let other = Sid("sid2".into());
    for walk in [Walk::waiting(), Walk::waiting().reloaded(), Walk::waiting().on(Event::OpenForm)] {
        let replaced = walk.reset.replaced_by(&other).map(|draft| draft.sid.clone());
        assert_eq!(replaced, Some(Sid("sid1".into())));
        assert!(walk.reset.replaced_by(&Sid("sid1".into())).is_none());
    }
    assert!(Walk::new().reset.replaced_by(&other).is_none());
}

#[test]
fn a_lost_answer_that_nobody_can_ask_for_again_is_said() {
    let may_be_done = |walk: &Walk| walk.wait().draft.may_be_done;
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
    let password: Weak<Secret> = Rc::downgrade(&walk.wait().new_password);
    let mut walk = walk.on(Event::Verified).changed(Ok(PasswordChange::Done));
    walk.asked = None;
    assert!(password.upgrade().is_none());
}

#[test]
fn a_later_step_leads_to_where_the_person_is() {
    let start = Reset::default();
    for (asked, shown) in [
        (Route::ResetCheckEmail, Route::Reset),
        (Route::ResetDone, Route::Login),
        (Route::ResetVerified, Route::ResetVerified),
        (Route::Reset, Route::Reset),
        (Route::Login, Route::Login),
    ] {
        assert_eq!(start.page_for(asked), shown);
    }
    let confirming = Walk::waiting().on(Event::Verified).reset;
    assert_eq!(confirming.page_for(Route::Reset), Route::ResetCheckEmail);
}

#[test]
fn a_quiet_poll_says_nothing_until_something_happens() {
    let walk = Walk::waiting().on(Event::Poll).not_yet();
    assert_eq!(walk.notice(), None);
    let walk = walk.on(Event::Poll).changed(Err(Error::Unreachable));
    assert_eq!(walk.notice(), Some(&Notice::NotChanged(Error::Unreachable)));
    assert_eq!(walk.wait().failing_since, Some(NOW));
    let mut walk = walk.on(Event::Poll);
    walk.now += Duration::from_secs(20);
    let walk = walk.changed(Err(Error::Offline));
    assert_eq!(walk.wait().failing_since, Some(NOW), "since the first time");
    assert!(walk.reset.next_poll(walk.now).is_some(), "it keeps trying");
    let walk = walk.on(Event::Poll).not_yet();
    assert_eq!((walk.notice(), walk.wait().failing_since), (None, None));
    let walk = walk.on(Event::Poll).changed(Ok(PasswordChange::Done));
    assert_eq!(walk.reset.next_poll(walk.now), None);
}

#[test]
fn what_no_waiting_can_heal_ends_it() {
    for error in [Error::AddressGone, Error::PasswordChangeOff, Error::NotOffered, Error::Refused] {
        let walk = Walk::waiting().on(Event::Poll).changed(Err(error));
        assert_eq!(walk.reset.next_poll(NOW), None);
        let ticket = walk.ticket();
        assert_eq!(walk.on(Event::Poll).on(Event::Woke).ticket(), ticket, "nothing more is asked");
    }
}

#[test]
fn a_rate_limit_is_waited_for() {
    let wait = Wait { from: NOW, length: Duration::from_secs(100) };
    let limited = Error::RateLimited { wait: Some(wait) };
    let walk = Walk::waiting().on(Event::Poll).changed(Err(limited));
    assert_eq!(walk.reset.next_poll(NOW), Some(wait.length));
    let ticket = walk.ticket();
    assert_eq!(walk.on(Event::Woke).ticket(), ticket);
}

/// Pressed while a poll is under way that was sent before the link was
/// confirmed: its answer is not the one that is wanted.
#[test]
fn who_says_that_the_link_is_confirmed_gets_an_answer_from_after_that() {
    for event in [|| Event::Verified, || Event::LinkConfirmed(Sid("sid1".into()))] {
        let walk = Walk::waiting().on(Event::Poll);
        let ticket = walk.ticket();
        let walk = walk.on(event());
        assert_eq!(walk.ticket(), ticket, "never two at a time");
        assert_eq!(walk.wait().tone(), Some(Tone::Aloud));
        let walk = walk.not_yet();
        assert_ne!(walk.ticket(), ticket);
        assert_eq!(walk.not_yet().notice(), Some(&Notice::NotConfirmedYet));
    }
    let walk = Walk::waiting().on(Event::LinkConfirmed(Sid("another".into())));
    assert_eq!(walk.wait().tone(), None);
}

#[test]
fn a_slow_answer_is_said_to_be_slow() {
    let walk = Walk::waiting().on(Event::Poll);
    let ticket = walk.ticket();
    let walk = walk.on(Event::Slow(ticket));
    assert_eq!(walk.wait().tone(), Some(Tone::Slow));
    let walk = walk.not_yet().on(Event::Poll).on(Event::Slow(ticket));
    assert_eq!(walk.wait().tone(), Some(Tone::Quiet), "that was about another request");
}

#[test]
fn what_is_wanted_while_the_server_is_asked_comes_after_it() {
    let asking = || Walk::waiting().on(Event::Poll);
    let form = asking().on(Event::OpenForm).not_yet();
    assert_eq!(form.reset.typed().unwrap().email, "alice@example.org");
    let given_up = asking().on(Event::StartOver).not_yet();
    assert!(given_up.reset.kept().is_none());
    let elsewhere = asking().on(Event::DoneElsewhere(Sid("sid1".into()))).not_yet();
    assert!(matches!(elsewhere.reset.step(), Step::Done(done) if done.by == By::AnotherTab));
    let other = asking().on(Event::TakeUp(linked(2, "sid2"))).not_yet();
    assert_eq!(other.reset.draft().unwrap().sid, Sid("sid2".into()));
    for event in [Event::OpenForm, Event::StartOver, Event::TakeUp(linked(2, "sid2"))] {
        let walk = asking().on(event).changed(Ok(PasswordChange::Done));
        assert!(matches!(walk.reset.step(), Step::Done(_)), "it was not missed");
    }
}

#[test]
fn a_reload_asks_for_the_password_and_nothing_else() {
    let waits = Walk::waiting().reloaded();
    assert_eq!(waits.reset.page_for(Route::Reset), Route::ResetCheckEmail);
    let waits = waits.typed_again();
    assert_eq!(waits.change().client_secret, secret(1));
    assert_eq!(waits.change().session, Some(session("new")), "another tab may have this draft");
    let resent = waits.not_yet().on(Event::Resend).not_yet();
    assert_eq!(
        (resent.mail().send_attempt, resent.mail().email.as_str()),
        (2, "alice@example.org")
    );

    let form = Walk::new().on(good()).reloaded();
    assert_eq!(form.reset.typed().unwrap().email, "alice@example.org");
    let sending = Walk::new().on(good()).checked(Ok(PasswordCheck::Unknown)).reloaded();
    let again = Event::Submit(submission("alice@example.org", "correct horse", 2));
    let sending = sending.on(again).checked(Ok(PasswordCheck::Unknown));
    assert_eq!(sending.mail().client_secret, secret(1), "the same mail, if it was sent");

    let parked = Walk::waiting().on(Event::OpenForm).reloaded();
    assert!(matches!(parked.reset.step(), Step::Form(_)));
    let parked = parked.on(Event::GoOnWaiting).typed_again();
    assert_eq!(parked.change().sid, Sid("sid1".into()));

    let done = Walk::waiting().on(Event::Verified).changed(Ok(PasswordChange::Done));
    assert_eq!(done.reset.kept(), None);
}

#[test]
fn an_answer_that_got_lost_in_a_reload_is_asked_for_with_the_same_session() {
    let asking = Walk::waiting().on(Event::Verified).reloaded();
    assert_eq!(asking.on(password("correct horse")).change().session, Some(session("uia")));
    let lost = Walk::waiting().on(Event::Poll).changed(Err(Error::Unreachable)).reloaded();
    let lost = lost.on(password("correct horse"));
    assert_eq!(lost.change().session, Some(session("uia")));
    let asked = lost.not_yet().reloaded().typed_again();
    assert_eq!(asked.change().session, Some(session("new")), "it was not lost after all");
    let forgotten = Walk::waiting().on(Event::Poll).changed(Err(Error::Unreachable));
    let forgotten = forgotten.on(Event::Poll).changed(Ok(PasswordChange::SessionForgotten));
    let forgotten = forgotten.checked(Ok(PasswordCheck::Accepted(session("new"))));
    assert!(forgotten.not_yet().wait().draft.may_be_done);
}

#[test]
fn a_draft_is_void_when_its_link_is() {
    let mut walk = Walk::waiting();
    walk.now += Duration::from_secs(60 * 60);
    let mut walk = walk.reloaded();
    assert!(matches!(walk.reset.step(), Step::NeedsPassword(_)));
    walk.now -= Duration::from_secs(24 * 60 * 60);
    let mut walk = walk.reloaded();
    assert!(matches!(walk.reset.step(), Step::NeedsPassword(_)), "the clock was set");
    walk.now = NOW + Duration::from_secs(3 * 60 * 60);
    let walk = walk.reloaded();
    assert_eq!(walk.reset.typed().unwrap().email, "alice@example.org");
    assert!(walk.reset.draft().is_none());
}

#[test]
fn a_link_alone_is_enough() {
    let walk = Walk::new().on(Event::TakeUp(linked(7, "sid7"))).reloaded();
    let walk = walk.on(password("abc"));
    let Step::NeedsPassword(needs) = walk.reset.step() else { panic!("{:?}", walk.reset) };
    assert!(needs.refused.is_some());
    let walk = walk.typed_again();
    assert_eq!(walk.change().client_secret, secret(7));
    let ticket = walk.ticket();
    assert_eq!(walk.not_yet().on(Event::Resend).ticket(), ticket, "nobody knows where to");
}

#[test]
fn a_link_of_the_reset_that_is_known_here_goes_on_with_it() {
    let link = || Event::TakeUp(linked(1, "sid1"));
    let waiting = Walk::waiting().on(link());
    assert!(waiting.wait().draft.mail.is_some());
    let form = Walk::waiting().on(Event::OpenForm).on(link());
    assert!(form.wait().draft.mail.is_some());
    let reloaded = Walk::waiting().reloaded().on(link());
    assert!(reloaded.reset.draft().unwrap().mail.is_some());
    let done = reloaded.on(Event::DoneElsewhere(Sid("sid1".into())));
    assert_eq!(done.reset.page_for(Route::ResetCheckEmail), Route::ResetDone);
}

#[test]
fn what_is_given_up_before_anything_was_changed_is_not_changed() {
    let checking = || Walk::waiting().reloaded().on(password("correct horse"));
    let accepted = || Ok(PasswordCheck::Accepted(session("new")));
    let given_up = checking().on(Event::StartOver);
    assert_eq!(given_up.reset.kept(), None, "a reload does not bring it back");
    let ticket = given_up.ticket();
    let given_up = given_up.checked(accepted());
    assert_eq!(given_up.ticket(), ticket, "the password was not sent");
    assert_eq!(given_up.reset.page_for(Route::ResetCheckEmail), Route::Reset);
    let form = checking().on(Event::OpenForm).checked(accepted());
    assert!(matches!(form.reset.step(), Step::Form(_)));
    let refused = Err(Error::PasswordRefused(PasswordRule::Digit));
    let elsewhere = checking().on(Event::DoneElsewhere(Sid("sid1".into()))).checked(refused);
    assert!(matches!(elsewhere.reset.step(), Step::Done(_)));
}

#[test]
fn a_session_that_is_forgotten_at_once_is_a_fault_of_the_server() {
    let forgotten = || Ok(PasswordChange::SessionForgotten);
    let walk = Walk::waiting().on(Event::Poll).changed(forgotten());
    let walk = walk.checked(Ok(PasswordCheck::Accepted(session("new")))).changed(forgotten());
    assert_eq!(walk.notice(), Some(&Notice::NotChanged(Error::ServerFault)));
    assert!(walk.reset.next_poll(NOW).is_some(), "after a pause");
}

#[test]
fn a_link_that_was_confirmed_and_is_not_was_used() {
    let link = linked(7, "sid7");
    let walk = Walk::new().on(Event::TakeUp(link)).reloaded().typed_again().not_yet();
    assert_eq!(walk.notice(), Some(&Notice::LinkUsed));
    assert_eq!(walk.reset.next_poll(NOW), None);
}

/// A phone that wakes up reports the requests that it froze as lost.
#[test]
fn who_comes_back_is_not_kept_waiting_by_a_request_from_before() {
    let frozen = Walk::waiting().on(Event::Poll);
    let ticket = frozen.ticket();
    let lost = frozen.on(Event::Woke).changed(Err(Error::Unreachable));
    assert_ne!(lost.ticket(), ticket, "asked again at once");
    let answered = Walk::waiting().on(Event::Poll).on(Event::Woke);
    let ticket = answered.ticket();
    assert_eq!(answered.not_yet().ticket(), ticket, "that was an answer");
}

#[test]
fn the_mail_of_a_lost_answer_is_not_waited_for_for_ever() {
    let mut walk = Walk::new().on(good()).checked(Ok(PasswordCheck::Unknown));
    walk = walk.mailed(Err(Error::TimedOut)).reloaded();
    walk.now += Duration::from_secs(30 * 60);
    let again = Event::Submit(submission("alice@example.org", "correct horse", 2));
    let walk = walk.on(again).checked(Ok(PasswordCheck::Unknown));
    assert_eq!(walk.mail().client_secret, secret(2));
}
