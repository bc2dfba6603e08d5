//! Whether the Admin API is there, and why not.

use crate::matrix::Error;
use crate::matrix::auth_metadata::AuthMetadata;

/// What speaks the Admin API. What each of them has is in
/// [`Action::is_offered_by`](super::action::Action::is_offered_by).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Software {
    /// All of it.
    Synapse,
    /// Nearly all of it.
    Tuwunel,
    /// Only a new password, and that at an address of its own.
    Dendrite,
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reach {
    /// It answers.
    Open(Software),
    /// Accounts are kept by the Matrix Authentication Service, or by something
    /// else that speaks OAuth 2.0: passwords are set there.
    Elsewhere {
        /// What the server says of the service.
        oauth: AuthMetadata,
        /// Whether the Admin API answers all the same.
        has_admin_api: bool,
    },
    /// The homeserver is there, and something before it keeps the Admin API from
    /// being asked.
    Blocked,
    /// The homeserver has none.
    Absent,
    /// The homeserver itself could not be asked.
    Failed(Error),
}

/// What was answered, where it was asked.
#[derive(Clone, Debug)]
pub struct Answers {
    /// The version, by the Admin API.
    pub version: Result<String, Error>,
    /// Whether Dendrite's own endpoint is there; asked where there is no version.
    pub dendrite: bool,
    /// Whether the homeserver has rules for passwords, which Synapse alone has.
    pub policy: Result<(), Error>,
    /// Whether accounts are left to OAuth 2.0.
    pub oauth: Option<AuthMetadata>,
}

impl Reach {
    /// What follows from the answers.
    pub fn of(answers: Answers) -> Self {
        match (answers.oauth, answers.version) {
            (Some(oauth), version) if oauth.is_mas => {
                Self::Elsewhere { oauth, has_admin_api: version.is_ok() }
            }
            // Both write their version in the same way.
            (_, Ok(_)) if answers.policy == Err(Error::NotOffered) => Self::Open(Software::Tuwunel),
            (_, Ok(_)) => Self::Open(Software::Synapse),
            _ if answers.dendrite => Self::Open(Software::Dendrite),
            (Some(oauth), _) => Self::Elsewhere { oauth, has_admin_api: false },
            (None, Err(error)) => match (answers.policy, error) {
                // Synapse always has one.
                (Ok(()), _) => Self::Blocked,
                (Err(policy), _) if policy.leaves_it_open() => Self::Failed(policy),
                // The homeserver says so itself.
                (_, Error::NotOffered) => Self::Absent,
                // It answers elsewhere, and something else answers here.
                _ => Self::Blocked,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answers(version: Result<&str, Error>, policy: Result<(), Error>) -> Answers {
        Answers { version: version.map(str::to_owned), dendrite: false, policy, oauth: None }
    }

    fn oauth(is_mas: bool) -> Option<AuthMetadata> {
        Some(AuthMetadata { is_mas, account_page: None, lists_devices: false })
    }

    #[test]
    fn what_answers_is_named() {
        let synapse = answers(Ok("1.163.2"), Ok(()));
        assert_eq!(Reach::of(synapse), Reach::Open(Software::Synapse));
        let tuwunel = answers(Ok("1.9.0"), Err(Error::NotOffered));
        assert_eq!(Reach::of(tuwunel), Reach::Open(Software::Tuwunel));
        let none = answers(Err(Error::NotOffered), Err(Error::NotOffered));
        assert_eq!(Reach::of(Answers { dendrite: true, ..none }), Reach::Open(Software::Dendrite));
    }

    #[test]
    fn a_proxy_is_told_from_a_server_that_has_none() {
        // nginx says 404 or 403, Caddy 502, and where there is no CORS nothing is heard.
        for error in [Error::NotMatrix, Error::ServerFault, Error::Unreachable] {
            let blocked = answers(Err(error.clone()), Ok(()));
            assert_eq!(Reach::of(blocked), Reach::Blocked);
            // Tuwunel or Dendrite, most likely, behind a proxy too.
            let other = answers(Err(error), Err(Error::NotOffered));
            assert_eq!(Reach::of(other), Reach::Blocked);
        }
        let absent = answers(Err(Error::NotOffered), Err(Error::NotFound));
        assert_eq!(Reach::of(absent), Reach::Absent);
        let gone = answers(Err(Error::Unreachable), Err(Error::Unreachable));
        assert_eq!(Reach::of(gone), Reach::Failed(Error::Unreachable));
        let offline = answers(Err(Error::Offline), Err(Error::Offline));
        assert_eq!(Reach::of(offline), Reach::Failed(Error::Offline));
    }

    #[test]
    fn where_accounts_are_kept_elsewhere_nothing_is_done_here() {
        let synapse = Answers { oauth: oauth(true), ..answers(Ok("1.163.2"), Ok(())) };
        assert!(matches!(Reach::of(synapse), Reach::Elsewhere { has_admin_api: true, .. }));
        // A proxy in between keeps the Admin API away.
        let hidden = Answers { oauth: oauth(true), ..answers(Err(Error::NotMatrix), Ok(())) };
        assert!(matches!(Reach::of(hidden), Reach::Elsewhere { has_admin_api: false, .. }));
        // Tuwunel is a provider itself, and sets passwords all the same.
        let tuwunel =
            Answers { oauth: oauth(false), ..answers(Ok("1.9.0"), Err(Error::NotOffered)) };
        assert_eq!(Reach::of(tuwunel), Reach::Open(Software::Tuwunel));
    }
}
