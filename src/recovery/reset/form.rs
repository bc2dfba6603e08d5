//! What a person types, and what is wrong with it.

use crate::matrix::Error;
use crate::matrix::password_policy::PasswordPolicy;
use crate::matrix::password_rule::PasswordRule;
use crate::recovery::password_rules::broken_rules;
use crate::secret::Secret;
use std::rc::Rc;

/// What a person types into the form.
#[derive(Clone, Debug)]
pub struct Typed {
    /// The email address, without spaces around it.
    pub email: String,
    /// The new password.
    pub new_password: Rc<Secret>,
    /// What happens to the other sessions.
    pub other_sessions: OtherSessions,
}

/// What happens to the sessions that are signed in elsewhere.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OtherSessions {
    /// They are signed out, as the guide has it.
    #[default]
    SignOut,
    /// They stay signed in, with the message keys that they hold.
    Keep,
}

/// What is wrong, by the place where it is said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problems {
    /// Beside the email address.
    pub email: Option<EmailProblem>,
    /// Beside the password.
    pub password: Option<PasswordProblem>,
    /// Above the form.
    pub general: Option<Error>,
}

/// What is wrong with the email address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EmailProblem {
    /// Nothing was typed.
    Missing,
    /// It does not look like an address.
    NotAnAddress,
    /// No account on the homeserver uses it.
    Unknown,
    /// The homeserver sends no mail to it.
    Denied,
}

impl EmailProblem {
    /// What is wrong with it, as far as can be said without asking.
    pub fn of(email: &str) -> Option<Self> {
        match email {
            "" => Some(Self::Missing),
            email if !looks_like_an_address(email) => Some(Self::NotAnAddress),
            _ => None,
        }
    }
}

/// What is wrong with the new password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PasswordProblem {
    /// Nothing was typed.
    Missing,
    /// It breaks rules of the homeserver.
    Breaks(Vec<PasswordRule>),
}

impl PasswordProblem {
    /// What is wrong with it, as far as can be said without asking.
    pub fn of(new_password: &Secret, policy: &PasswordPolicy) -> Option<Self> {
        let broken = broken_rules(policy, new_password.expose());
        if new_password.is_empty() {
            return Some(Self::Missing);
        }
        (!broken.is_empty()).then_some(Self::Breaks(broken))
    }
}

impl Problems {
    /// What is wrong with what was typed, as far as can be said without asking.
    pub(super) fn of(typed: &Typed, policy: &PasswordPolicy) -> Self {
        let email = EmailProblem::of(&typed.email);
        let password = PasswordProblem::of(&typed.new_password, policy);
        Self { email, password, general: None }
    }
}

/// An answer of the server, said where it belongs.
impl From<Error> for Problems {
    fn from(error: Error) -> Self {
        let mut problems = Self::default();
        match error {
            Error::AddressUnknown => problems.email = Some(EmailProblem::Unknown),
            Error::AddressDenied => problems.email = Some(EmailProblem::Denied),
            Error::PasswordRefused(rule) => {
                problems.password = Some(PasswordProblem::Breaks(vec![rule]));
            }
            error => problems.general = Some(error),
        }
        problems
    }
}

/// Catches slips, not more: whether an address exists, only the mail shows.
fn looks_like_an_address(text: &str) -> bool {
    let odd = |c: char| c.is_whitespace() || c.is_control();
    match text.split_once('@') {
        Some((name, host)) => {
            !name.is_empty() && !host.is_empty() && !host.contains('@') && !text.contains(odd)
        }
        None => false,
    }
}
