//! Errors and rules, put into words. The only place that decides
//! what a person reads when something went wrong.

use super::{counted, fill, texts};
use crate::matrix::Error;
use crate::matrix::implementation::Implementation;
use crate::matrix::password_policy::PasswordPolicy;
use crate::matrix::password_rule::PasswordRule;
use crate::recovery::password_strength::Strength;
use crate::recovery::reset::{EmailProblem, PasswordProblem};

/// What happened and what to do, for an answer of this server.
pub fn error(error: &Error, server: &str) -> String {
    let t = &texts().errors;
    let text = match error {
        Error::Offline => t.offline,
        Error::Unreachable => t.unreachable,
        Error::TimedOut => t.timed_out,
        Error::NotMatrix => t.not_matrix,
        Error::AnswerTooLarge => t.answer_too_large,
        Error::ServerFault => t.server_fault,
        Error::RateLimited { .. } => t.rate_limited,
        Error::Refused | Error::PasswordRefused(_) => t.refused,
        Error::NotOffered => t.not_offered,
        Error::NotFound => t.not_found,
        Error::Forbidden => t.forbidden,
        Error::AddressUnknown => texts().fields.email_unknown,
        Error::AddressDenied => texts().fields.email_denied,
        Error::MailOff => t.mail_off,
        Error::NeedsCode => t.needs_code,
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

/// Returns how the user confirms their address on the page behind the link in the
/// email. It is known of some servers only.
pub fn how_to_confirm(implementation: Implementation) -> &'static str {
    let t = &texts().confirm;
    match implementation {
        Implementation::Synapse => t.synapse,
        Implementation::Tuwunel => t.tuwunel,
        Implementation::Continuwuity => t.continuwuity,
        Implementation::Unknown => t.unknown,
    }
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
    ["<p class=\"strength ", class, "\">", words, "</p>"].concat()
}

/// What a homeserver asks of a password, each rule on its own.
pub fn policy(policy: &PasswordPolicy, server: &str) -> Vec<String> {
    policy.0.iter().map(|rule| rule_words(*rule, server).0).collect()
}

/// A rule as a wish and as a complaint.
fn rule_words(rule: PasswordRule, server: &str) -> (String, String) {
    let t = &texts().rules;
    let both = |wanted, broken, count| (counted(wanted, count, &[]), counted(broken, count, &[]));
    let [wanted, broken] = match rule {
        PasswordRule::MinimumLength(Some(minimum)) => {
            return both(&t.minimum_length, &t.minimum_length_broken, minimum);
        }
        PasswordRule::MaximumLength => {
            let longest = PasswordRule::LONGEST as u64;
            return both(&t.maximum_length, &t.maximum_length_broken, longest);
        }
        PasswordRule::MinimumLength(None) => t.minimum_length_unknown,
        PasswordRule::Digit => t.digit,
        PasswordRule::Symbol => t.symbol,
        PasswordRule::Uppercase => t.uppercase,
        PasswordRule::Lowercase => t.lowercase,
        PasswordRule::NotCommon => t.not_common,
        PasswordRule::Stronger => t.stronger,
    };
    let blanks = [("server", server)];
    (fill(wanted, &blanks), fill(broken, &blanks))
}

/// Several things as one text.
pub fn list<T: AsRef<str>>(items: &[T]) -> String {
    let items: Vec<_> = items.iter().map(AsRef::as_ref).collect();
    items.join(texts().site.comma)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_is_said_with_its_number() {
        let broken = vec![PasswordRule::MinimumLength(Some(15)), PasswordRule::Digit];
        let words = password_problem(&PasswordProblem::Breaks(broken.clone()), "example.org");
        assert_eq!(words, "Too short. Use at least 15 characters. Add a digit, such as 7.");
        let wanted = policy(&PasswordPolicy(broken), "example.org");
        assert_eq!(wanted, ["at least 15 characters", "a digit"]);
    }

    #[test]
    fn button_behind_the_link_is_named_where_the_server_is_known() {
        let synapse = how_to_confirm(Implementation::Synapse);
        assert!(synapse.contains("“Confirm changing my password”"), "{synapse}");
        let tuwunel = how_to_confirm(Implementation::Tuwunel);
        assert!(tuwunel.contains("“Verify”"), "{tuwunel}");
        for implementation in [Implementation::Continuwuity, Implementation::Unknown] {
            let words = how_to_confirm(implementation);
            assert!(!words.contains('“'), "{words}");
        }
    }

    #[test]
    fn an_error_names_the_server_and_no_code() {
        for problem in [
            Error::Unreachable,
            Error::MailOff,
            Error::NotMatrix,
            Error::AnswerTooLarge,
            Error::Forbidden,
        ] {
            let words = error(&problem, "example.org");
            assert!(words.contains("example.org"), "{words}");
            assert!(!words.contains("M_") && !words.contains('{'), "{words}");
        }
    }
}
