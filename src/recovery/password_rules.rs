//! What a new password must be: the homeserver's own rules and nothing else.

use crate::matrix::password_policy::PasswordPolicy;
use crate::matrix::password_rule::PasswordRule;

/// The rules of the homeserver that a password breaks, counted as Synapse
/// counts: characters, not bytes, and only ASCII letters and digits are letters
/// and digits.
pub fn broken_rules(policy: &PasswordPolicy, password: &str) -> Vec<PasswordRule> {
    let always = [PasswordRule::MaximumLength];
    let rules = always.iter().chain(&policy.0).copied();
    rules.filter(|rule| breaks(*rule, password)).collect()
}

fn breaks(rule: PasswordRule, password: &str) -> bool {
    let lacks = |wanted: fn(char) -> bool| !password.chars().any(wanted);
    match rule {
        PasswordRule::MinimumLength(minimum) => {
            (password.chars().count() as u64) < minimum.unwrap_or(0)
        }
        PasswordRule::MaximumLength => password.chars().count() > PasswordRule::LONGEST,
        PasswordRule::Digit => lacks(|c| c.is_ascii_digit()),
        PasswordRule::Symbol => lacks(|c| !c.is_ascii_alphanumeric()),
        PasswordRule::Uppercase => lacks(|c| c.is_ascii_uppercase()),
        PasswordRule::Lowercase => lacks(|c| c.is_ascii_lowercase()),
        // Only the server can tell.
        PasswordRule::NotCommon | PasswordRule::Stronger => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_rule_is_checked_as_synapse_does() {
        let policy = PasswordPolicy(vec![
            PasswordRule::MinimumLength(Some(6)),
            PasswordRule::Digit,
            PasswordRule::Symbol,
            PasswordRule::Uppercase,
            PasswordRule::Lowercase,
        ]);
        use PasswordRule::*;
        for (password, wanted) in [
            ("aB3-xy", vec![]),
            ("ab", vec![MinimumLength(Some(6)), Digit, Symbol, Uppercase]),
            ("ABCDEFG1", vec![Symbol, Lowercase]),
            ("äöüß7Z", vec![Lowercase]),
            ("pass word", vec![Digit, Uppercase]),
        ] {
            assert_eq!(broken_rules(&policy, password), wanted, "{password}");
        }
    }

    #[test]
    fn without_a_policy_only_the_length_has_an_end() {
        let policy = PasswordPolicy::default();
        assert_eq!(broken_rules(&policy, "x"), vec![]);
        assert_eq!(broken_rules(&policy, &"ä".repeat(512)), vec![]);
        assert_eq!(broken_rules(&policy, &"x".repeat(513)), vec![PasswordRule::MaximumLength]);
    }
}
