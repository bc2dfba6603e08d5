//! Prices, plans and refusals, put into words.

use super::{admin, error, fill, many, number};
use crate::admin::action::Action;
use crate::admin::many::{Fault, Outcome, Plan, Refusal, State, Work};
use crate::admin::stake::Price;
use crate::matrix::Error;

/// What signing out everywhere costs.
pub fn price(price: Price) -> &'static str {
    let t = &admin().prices;
    match price {
        Price::NoSessions => t.no_sessions,
        Price::NoEncryption => t.no_encryption,
        Price::NeedsRecoveryKey => t.needs_recovery_key,
        Price::NoBackup => t.no_backup,
        Price::Lost => t.lost,
        Price::Unknown => t.unknown,
    }
}

/// What is done, in a word or two.
pub fn action(action: Action) -> &'static str {
    let t = &admin().actions;
    match action {
        Action::AttachEmail => t.attach_email,
        Action::SetPassword => t.set_password,
        Action::SignOut => t.sign_out,
        Action::AllowReset => t.allow_reset,
        Action::Lock => t.lock,
        Action::Unlock => t.unlock,
        Action::Unsuspend => t.unsuspend,
        Action::Deactivate => t.deactivate,
        Action::Erase => t.erase,
        Action::Reactivate => t.reactivate,
        Action::Create => t.create,
    }
}

/// Why something is not done.
pub fn refusal(refusal: &Refusal, server: &str) -> String {
    let t = &admin().refusals;
    let line = |text, line: usize| fill(text, &[("line", &number(line as u64))]);
    let text = match refusal {
        Refusal::NotAnId => t.not_an_id,
        Refusal::Elsewhere => t.elsewhere,
        Refusal::NoAccount => t.no_account,
        Refusal::Double(before) => return line(t.double, *before),
        Refusal::Yourself => t.yourself,
        Refusal::Appservice(name) => return fill(t.appservice, &[("name", name)]),
        Refusal::Deactivated => t.deactivated,
        Refusal::NoAddress => t.no_address,
        Refusal::AddressDouble(before) => return line(t.address_double, *before),
        Refusal::AddressTaken(user) => return fill(t.address_taken, &[("user", user.as_str())]),
        Refusal::AddressOdd => t.address_odd,
        Refusal::Unreadable => t.unreadable,
        Refusal::NotDeactivated(problem) => {
            let problem = self::refusal(&Refusal::Server(problem.clone()), server);
            return fill(t.not_deactivated, &[("problem", &problem)]);
        }
        Refusal::NoPassword => t.no_password,
        Refusal::NameTaken => admin().create.taken,
        Refusal::NameImpossible => admin().create.impossible,
        Refusal::Server(problem) => match problem {
            Error::Forbidden => t.forbidden,
            Error::NotOffered => t.not_offered,
            Error::NotFound => t.no_account,
            Error::PasswordChangeOff => t.password_change_off,
            other => return error(other, server),
        },
    };
    fill(text, &[("server", server)])
}

/// Why something is not done, after it was tried. Where the answer got lost, nobody knows
/// whether it was.
pub fn failure(fault: &Fault, server: &str) -> String {
    let words = refusal(&Refusal::from(fault.clone()), server);
    match fault {
        Fault::Server(error) if error.leaves_it_open() => {
            [&words, " ", admin().refusals.not_known].concat()
        }
        _ => words,
    }
}

/// What would happen to an account.
pub fn plan(work: Work, plan: &Plan, email: &str) -> String {
    let t = many();
    let sessions = plan.sessions.map(|count| number(count as u64)).unwrap_or_default();
    let words = match work {
        _ if plan.already => t.plan_already,
        Work::AttachEmails => t.plan_attach,
        Work::SetPasswords { sign_out: false } => t.plan_password_keeps,
        Work::SetPasswords { sign_out: true } => t.plan_password_signs_out,
        Work::SignOut => t.plan_sign_out,
        Work::Lock => t.plan_lock,
        Work::Deactivate { erase: false } => t.plan_deactivate,
        Work::Deactivate { erase: true } => t.plan_erase,
    };
    let words = fill(words, &[("address", email), ("number", &sessions)]);
    if plan.is_admin { [&words, " ", t.plan_admin].concat() } else { words }
}

/// What became of a row: in a word, and why.
pub fn outcome(work: Work, state: &State, email: &str, server: &str) -> (&'static str, String) {
    let t = &many().states;
    match state {
        State::Waiting | State::Checking => (t.waiting, String::new()),
        State::Planned(it) => (t.planned, plan(work, it, email)),
        State::Working => (t.working, String::new()),
        State::Done(Outcome::Done) => (t.done, String::new()),
        State::Done(Outcome::AlreadySo) => (t.done, many().was_so.to_owned()),
        State::Refused(it) => (t.refused, refusal(it, server)),
        State::NotTried => (t.not_tried, String::new()),
        State::Lost(None) => (t.lost, many().lost_why.to_owned()),
        State::Lost(Some(it)) => (t.lost, [many().lost_why, " ", &refusal(it, server)].concat()),
    }
}
