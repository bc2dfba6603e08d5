//! Errors, rules and durations, put into words. The only place that decides
//! what a person reads when something went wrong.

use super::{fill, texts};
use crate::matrix::Error;
use crate::matrix::password_policy::PasswordPolicy;
use crate::matrix::password_rule::PasswordRule;
use crate::recovery::password_strength::Strength;
use crate::recovery::reset::{EmailProblem, PasswordProblem};
use std::time::Duration;

/// What happened and what to do, for an answer of this server.
pub fn error(error: &Error, server: &str) -> String {
    let t = &texts().errors;
    let text = match error {
        Error::Offline => t.offline,
        Error::Unreachable => t.unreachable,
        Error::TimedOut => t.timed_out,
        Error::NotMatrix => t.not_matrix,
        Error::ServerFault => t.server_fault,
        Error::RateLimited { .. } => t.rate_limited,
        Error::Refused | Error::PasswordRefused(_) => t.refused,
        Error::NotOffered => t.not_offered,
        Error::NotFound => t.not_found,
        Error::Forbidden => t.forbidden,
        Error::AddressUnknown => texts().fields.email_unknown,
        Error::AddressDenied => texts().fields.email_denied,
        Error::MailOff => t.mail_off,
        Error::MailNotSent => t.mail_not_sent,
        Error::PasswordChangeOff => t.password_change_off,
        Error::AddressGone => t.address_gone,
        Error::WrongCredentials => t.wrong_credentials,
        Error::NoAddresses => t.no_addresses,
        Error::Deactivated => t.deactivated,
        Error::Locked => t.locked,
        Error::Suspended => t.suspended,
        Error::SignOnExpired => t.sign_on_expired,
        Error::AddressTaken => t.address_taken,
        Error::LinkNotOpened => t.link_not_opened,
        Error::SessionEnded => t.session_ended,
        Error::NotLoaded => t.not_loaded,
    };
    fill(text, &[("server", server)])
}

/// What is wrong with an email address.
pub fn email_problem(problem: EmailProblem, server: &str) -> String {
    let t = &texts().fields;
    let text = match problem {
        EmailProblem::Missing => t.email_missing,
        EmailProblem::NotAnAddress => t.email_not_an_address,
        EmailProblem::Unknown => t.email_unknown,
        EmailProblem::Denied => t.email_denied,
    };
    fill(text, &[("server", server)])
}

/// What is wrong with a new password: one sentence for each rule it breaks.
pub fn password_problem(problem: &PasswordProblem, server: &str) -> String {
    match problem {
        PasswordProblem::Missing => texts().fields.password_missing.to_owned(),
        PasswordProblem::Breaks(rules) => {
            let sentences: Vec<_> = rules.iter().map(|rule| rule_words(*rule, server).1).collect();
            sentences.join(" ")
        }
    }
}

/// A verdict on a new password, as HTML: its class shows how good it is, its
/// words say what that means. Nothing that was typed is in it.
pub fn strength(strength: Strength) -> String {
    let t = &texts().strength;
    let (class, words) = match strength {
        Strength::Common => ("weak", t.common),
        Strength::Guessable => ("weak", t.guessable),
        Strength::Short => ("short", t.short),
        Strength::Fair => ("fair", t.fair),
        Strength::Good => ("good", t.good),
    };
    ["<p class='strength ", class, "'>", words, "</p>"].concat()
}

/// What a homeserver asks of a password, each rule on its own.
pub fn policy(policy: &PasswordPolicy, server: &str) -> Vec<String> {
    policy.0.iter().map(|rule| rule_words(*rule, server).0).collect()
}

/// A rule as a wish and as a complaint.
fn rule_words(rule: PasswordRule, server: &str) -> (String, String) {
    let t = &texts().rules;
    let (words, count) = match rule {
        PasswordRule::MinimumLength(Some(minimum)) => (&t.minimum_length, minimum),
        PasswordRule::MinimumLength(None) => (&t.minimum_length_unknown, 0),
        PasswordRule::MaximumLength => (&t.maximum_length, PasswordRule::LONGEST as u64),
        PasswordRule::Digit => (&t.digit, 0),
        PasswordRule::Symbol => (&t.symbol, 0),
        PasswordRule::Uppercase => (&t.uppercase, 0),
        PasswordRule::Lowercase => (&t.lowercase, 0),
        PasswordRule::NotCommon => (&t.not_common, 0),
        PasswordRule::Stronger => (&t.stronger, 0),
    };
    let count = count.to_string();
    let blanks = [("count", count.as_str()), ("server", server)];
    (fill(words.wanted, &blanks), fill(words.broken, &blanks))
}

/// A duration in the two largest units that matter, rounded up to a second.
pub fn duration(duration: Duration) -> String {
    let t = &texts().time;
    let seconds = duration.as_secs() + u64::from(duration.subsec_millis() > 0);
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    let count = |number: u64, one: &str, many: &str| match number {
        1 => one.to_owned(),
        _ => fill(many, &[("count", &number.to_string())]),
    };
    let hours_words = count(hours, t.hour, t.hours);
    let minutes_words = count(minutes, t.minute, t.minutes);
    let seconds_words = count(seconds, t.second, t.seconds);
    match (hours, minutes, seconds) {
        (0, 0, _) => seconds_words,
        (0, _, 0) => minutes_words,
        (0, ..) => [minutes_words, seconds_words].join(" "),
        (_, 0, _) => hours_words,
        _ => [hours_words, minutes_words].join(" "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_readable() {
        for (ms, wanted) in [
            (0, "0 seconds"),
            (1, "1 second"),
            (333_000, "5 minutes 33 seconds"),
            (60_000, "1 minute"),
            (3_600_000, "1 hour"),
            (5_430_000, "1 hour 30 minutes"),
        ] {
            assert_eq!(duration(Duration::from_millis(ms)), wanted);
        }
    }

    #[test]
    fn a_rule_is_said_with_its_number() {
        let broken = vec![PasswordRule::MinimumLength(Some(15)), PasswordRule::Digit];
        let words = password_problem(&PasswordProblem::Breaks(broken.clone()), "example.org");
        assert_eq!(words, "Too short. Use at least 15 characters. Add a digit, such as 7.");
        let wanted = policy(&PasswordPolicy(broken), "example.org");
        assert_eq!(wanted, ["at least 15 characters", "a digit"]);
    }

    #[test]
    fn an_error_names_the_server_and_no_code() {
        for problem in [Error::Unreachable, Error::MailOff, Error::NotMatrix, Error::Forbidden] {
            let words = error(&problem, "example.org");
            assert!(words.contains("example.org"), "{words}");
            assert!(!words.contains("M_") && !words.contains('{'), "{words}");
        }
    }
}
