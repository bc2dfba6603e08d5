//! What is to be changed at a homeserver before everybody can get back into
//! their account there, by what it answered.

use crate::matrix::auth_metadata::AuthMetadata;
use crate::matrix::discovery::WellKnown;
use crate::matrix::email_reset::EmailReset;
use crate::matrix::login_flows::LoginFlows;
use crate::matrix::password_policy::PasswordPolicy;
use crate::matrix::{BaseUrl, Error, Homeserver};

/// Something that is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Check {
    /// Whether the homeserver is found by its name.
    WellKnown,
    /// Whether it answers a website.
    Versions,
    /// Whether people sign in with a password.
    SignIn,
    /// Whether it keeps its accounts itself.
    Accounts,
    /// Whether it sends mail for new passwords.
    Email,
    /// Whether the page behind the link in the mail is reached.
    LinkPage,
    /// Its rules for passwords.
    Rules,
    /// Whether its administrators can be found.
    Support,
    /// Whether this site is safe to use.
    Site,
}

impl Check {
    /// All of them, in their order.
    pub const ALL: [Self; 9] = [
        Self::WellKnown,
        Self::Versions,
        Self::SignIn,
        Self::Accounts,
        Self::Email,
        Self::LinkPage,
        Self::Rules,
        Self::Support,
        Self::Site,
    ];
}

/// How good it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is as it should be.
    Good,
    /// It has to be changed.
    Bad,
    /// Nobody can tell from here.
    Unknown,
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// The file is right.
    WellKnownRight,
    /// There is no file, and the homeserver answers at its name.
    WellKnownNotNeeded,
    /// There is no file, and the homeserver answers elsewhere.
    WellKnownNeeded,
    /// The file cannot be made sense of.
    WellKnownBroken,
    /// No website may read the file, or there is none.
    WellKnownUnreadable,
    /// The file names another address.
    WellKnownElsewhere(BaseUrl),
    /// The server name is not known.
    NoName,
    /// The homeserver answers.
    Answers,
    /// Something answers that may not be read.
    AnswersUnreadable,
    /// Something else answers.
    NotMatrix,
    /// Passwords are in use.
    Passwords,
    /// They are not.
    NoPasswords,
    /// People sign in at another service, and only there.
    SignInElsewhere,
    /// Not needed: the service that keeps the accounts does it.
    DoneElsewhere,
    /// Accounts are kept by the homeserver.
    OwnAccounts,
    /// They are kept by another service, which may have named its page.
    OAuth(AuthMetadata),
    /// Mail is sent.
    Mail,
    /// Mail is offered; whether it is sent is not told.
    MailUnsure,
    /// No mail is sent.
    MailOff,
    /// There are no new passwords by mail.
    MailNotOffered,
    /// The page behind the link is reached.
    LinkPage,
    /// It is not.
    NoLinkPage,
    /// Nobody can ask for it.
    LinkPageUnknown,
    /// These are the rules.
    Rules(PasswordPolicy),
    /// There are none.
    NoRules,
    /// They are not told.
    RulesUnknown,
    /// Administrators are named.
    Support,
    /// They are not.
    NoSupport,
    /// The site is encrypted, or on this machine.
    SiteSafe,
    /// It is not.
    SiteOpen,
    /// There was no answer.
    NoAnswer(Error),
}

impl Finding {
    /// The file `/.well-known/matrix/client`. `is_at_name` is whether the API is
    /// at the server name itself.
    pub fn of_well_known(
        homeserver: &Homeserver,
        answer: Result<WellKnown, Error>,
        is_at_name: bool,
    ) -> Self {
        match answer {
            Ok(WellKnown::At(base_url)) if base_url == homeserver.base_url => Self::WellKnownRight,
            Ok(WellKnown::At(base_url)) => Self::WellKnownElsewhere(base_url),
            Ok(WellKnown::Missing) if is_at_name => Self::WellKnownNotNeeded,
            Ok(WellKnown::Missing) => Self::WellKnownNeeded,
            Ok(WellKnown::Broken | WellKnown::NoAddress) => Self::WellKnownBroken,
            Err(Error::Unreachable) => Self::WellKnownUnreadable,
            Err(error) => Self::NoAnswer(error),
        }
    }

    /// `GET /versions`. `is_there` is whether anything answered at all.
    pub fn of_versions(answer: Result<(), Error>, is_there: bool) -> Self {
        match answer {
            Ok(()) => Self::Answers,
            Err(Error::Unreachable) if is_there => Self::AnswersUnreadable,
            Err(Error::NotMatrix | Error::NotOffered | Error::NotFound) => Self::NotMatrix,
            Err(error) => Self::NoAnswer(error),
        }
    }

    /// `GET /login`
    pub fn of_flows(answer: Result<LoginFlows, Error>, is_oauth: bool) -> Self {
        match answer {
            Ok(flows) if flows.password => Self::Passwords,
            Ok(_) if is_oauth => Self::DoneElsewhere,
            Ok(flows) if flows.single_sign_on => Self::SignInElsewhere,
            Ok(_) => Self::NoPasswords,
            Err(error) => Self::NoAnswer(error),
        }
    }

    /// `GET /auth_metadata`
    pub fn of_oauth(answer: Result<Option<AuthMetadata>, Error>) -> Self {
        match answer {
            Ok(None) => Self::OwnAccounts,
            Ok(Some(metadata)) => Self::OAuth(metadata),
            Err(error) => Self::NoAnswer(error),
        }
    }

    /// The empty request for a mail. `is_synapse` is whether it would have said
    /// so if it sent none.
    pub fn of_email(answer: Result<EmailReset, Error>, is_synapse: bool, is_oauth: bool) -> Self {
        match answer {
            Ok(EmailReset::NotOffered) if is_oauth => Self::DoneElsewhere,
            Ok(EmailReset::Offered) if is_synapse => Self::Mail,
            Ok(EmailReset::Offered) => Self::MailUnsure,
            Ok(EmailReset::Off) => Self::MailOff,
            Ok(EmailReset::NotOffered) => Self::MailNotOffered,
            Err(error) => Self::NoAnswer(error),
        }
    }

    /// `GET /_synapse/client/`, where Synapse says that it knows no such page.
    pub fn of_link_page(answer: Result<(), Error>, is_synapse: bool) -> Self {
        match answer {
            Ok(()) => Self::LinkPage,
            Err(Error::Offline | Error::TimedOut) => Self::LinkPageUnknown,
            Err(_) if is_synapse => Self::NoLinkPage,
            Err(_) => Self::LinkPageUnknown,
        }
    }

    /// `GET /password_policy`
    pub fn of_policy(answer: Result<PasswordPolicy, Error>) -> Self {
        match answer {
            Ok(policy) if policy.0.is_empty() => Self::NoRules,
            Ok(policy) => Self::Rules(policy),
            Err(_) => Self::RulesUnknown,
        }
    }

    /// How good that is. Where accounts are kept elsewhere on purpose, and
    /// rules, are for the operator to judge.
    pub fn verdict(&self) -> Verdict {
        match self {
            Self::WellKnownRight
            | Self::WellKnownNotNeeded
            | Self::Answers
            | Self::Passwords
            | Self::DoneElsewhere
            | Self::OwnAccounts
            | Self::Mail
            | Self::LinkPage
            | Self::Rules(_)
            | Self::NoRules
            | Self::Support
            | Self::SiteSafe => Verdict::Good,
            Self::NoName
            | Self::SignInElsewhere
            | Self::OAuth(_)
            | Self::MailUnsure
            | Self::LinkPageUnknown
            | Self::RulesUnknown => Verdict::Unknown,
            Self::WellKnownNeeded
            | Self::WellKnownBroken
            | Self::WellKnownUnreadable
            | Self::WellKnownElsewhere(_)
            | Self::AnswersUnreadable
            | Self::NotMatrix
            | Self::NoPasswords
            | Self::MailOff
            | Self::MailNotOffered
            | Self::NoLinkPage
            | Self::NoSupport
            | Self::SiteOpen
            | Self::NoAnswer(_) => Verdict::Bad,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_found_follows_from_the_answers() {
        let url = |text| BaseUrl::parse(text).unwrap();
        let server = Homeserver::new(Some("example.org".into()), url("https://matrix.example.org"));
        let of = |answer, is_at_name| Finding::of_well_known(&server, answer, is_at_name);
        let there = WellKnown::At(url("https://matrix.example.org/"));
        let other = || url("https://old.example.org");
        for (found, wanted, verdict) in [
            (of(Ok(there), false), Finding::WellKnownRight, Verdict::Good),
            (
                of(Ok(WellKnown::At(other())), false),
                Finding::WellKnownElsewhere(other()),
                Verdict::Bad,
            ),
            (of(Ok(WellKnown::Missing), true), Finding::WellKnownNotNeeded, Verdict::Good),
            (of(Ok(WellKnown::Missing), false), Finding::WellKnownNeeded, Verdict::Bad),
            (of(Ok(WellKnown::NoAddress), true), Finding::WellKnownBroken, Verdict::Bad),
            (of(Err(Error::Unreachable), false), Finding::WellKnownUnreadable, Verdict::Bad),
            (Finding::of_versions(Ok(()), true), Finding::Answers, Verdict::Good),
            (
                Finding::of_versions(Err(Error::Unreachable), true),
                Finding::AnswersUnreadable,
                Verdict::Bad,
            ),
            (
                Finding::of_versions(Err(Error::Unreachable), false),
                Finding::NoAnswer(Error::Unreachable),
                Verdict::Bad,
            ),
            (Finding::of_email(Ok(EmailReset::Offered), true, false), Finding::Mail, Verdict::Good),
            (
                Finding::of_email(Ok(EmailReset::Offered), false, false),
                Finding::MailUnsure,
                Verdict::Unknown,
            ),
            (Finding::of_email(Ok(EmailReset::Off), true, false), Finding::MailOff, Verdict::Bad),
            (Finding::of_link_page(Ok(()), true), Finding::LinkPage, Verdict::Good),
            (
                Finding::of_link_page(Err(Error::Unreachable), true),
                Finding::NoLinkPage,
                Verdict::Bad,
            ),
            (
                Finding::of_link_page(Err(Error::NotMatrix), false),
                Finding::LinkPageUnknown,
                Verdict::Unknown,
            ),
            (Finding::of_policy(Ok(PasswordPolicy::default())), Finding::NoRules, Verdict::Good),
            (
                Finding::of_email(Ok(EmailReset::NotOffered), true, true),
                Finding::DoneElsewhere,
                Verdict::Good,
            ),
            (
                Finding::of_email(Ok(EmailReset::NotOffered), false, false),
                Finding::MailNotOffered,
                Verdict::Bad,
            ),
            (
                Finding::of_flows(Ok(LoginFlows::default()), false),
                Finding::NoPasswords,
                Verdict::Bad,
            ),
            (
                Finding::of_flows(Ok(LoginFlows::default()), true),
                Finding::DoneElsewhere,
                Verdict::Good,
            ),
            (
                Finding::of_flows(
                    Ok(LoginFlows { single_sign_on: true, ..LoginFlows::default() }),
                    false,
                ),
                Finding::SignInElsewhere,
                Verdict::Unknown,
            ),
            (Finding::of_oauth(Ok(None)), Finding::OwnAccounts, Verdict::Good),
        ] {
            assert_eq!(found, wanted);
            assert_eq!(found.verdict(), verdict, "{found:?}");
        }
    }
}
