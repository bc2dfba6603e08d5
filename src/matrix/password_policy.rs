//! The rules that a homeserver has for passwords.

use super::Error;
use super::password_rule::PasswordRule;
use super::wire::{Anyone, Endpoint, Request, Response};

/// `GET /_matrix/client/v3/password_policy`
///
/// Synapse has it (MSC2000). A server without it has told no rule.
pub struct GetPasswordPolicy;

impl Endpoint for GetPasswordPolicy {
    type Access = Anyone;
    type Answer = PasswordPolicy;

    fn request(&self) -> Request {
        Request::get("/_matrix/client/v3/password_policy")
    }

    fn read(&self, response: &Response) -> Result<PasswordPolicy, Error> {
        let answer = response.open()?;
        let minimum = answer.number("m.minimum_length").filter(|minimum| *minimum > 0);
        let mut rules = Vec::new();
        rules.extend(minimum.map(|minimum| PasswordRule::MinimumLength(Some(minimum))));
        let required = [
            ("m.require_digit", PasswordRule::Digit),
            ("m.require_symbol", PasswordRule::Symbol),
            ("m.require_uppercase", PasswordRule::Uppercase),
            ("m.require_lowercase", PasswordRule::Lowercase),
        ];
        rules
            .extend(required.into_iter().filter(|(key, _)| answer.flag(key)).map(|(_, rule)| rule));
        Ok(PasswordPolicy(rules))
    }
}

/// What a homeserver asks of a password, as far as it told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PasswordPolicy(pub Vec<PasswordRule>);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_policy_is_read() {
        let body = r#"{"m.minimum_length":15,"m.require_digit":true,"m.require_symbol":"yes"}"#;
        let policy = GetPasswordPolicy.read(&Response::of(200, body)).unwrap();
        let wanted = vec![PasswordRule::MinimumLength(Some(15)), PasswordRule::Digit];
        assert_eq!(policy.0, wanted, "a field of the wrong type is as good as absent");
    }

    #[test]
    fn no_policy_is_no_rule() {
        for body in ["{}", r#"{"m.minimum_length":0,"m.require_digit":false}"#] {
            let policy = GetPasswordPolicy.read(&Response::of(200, body));
            assert_eq!(policy, Ok(PasswordPolicy::default()));
        }
    }
}
