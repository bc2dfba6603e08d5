//! What is to be changed at a homeserver before everybody can get back into
//! their account there, by what it answered.

use crate::matrix::auth_metadata::AuthMetadata;
use crate::matrix::discovery::WellKnown;
use crate::matrix::email_reset::EmailReset;
use crate::matrix::implementation::Implementation;
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

/// Which software runs at the homeserver, as far as its operator has to know for
/// configuration files and a reverse proxy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setup {
    /// Synapse that keeps the accounts itself, or leaves them to a service that is
    /// not the Matrix Authentication Service.
    Synapse,
    /// Synapse with the Matrix Authentication Service.
    Mas,
    /// Tuwunel.
    Tuwunel,
    /// Continuwuity.
    Continuwuity,
    /// Another one, or it is not known.
    Unknown,
}

impl Setup {
    /// Reads it from the answers to `GET /password_policy`, `GET /auth_metadata`
    /// and the version paths.
    pub fn of(
        policy: &Result<PasswordPolicy, Error>,
        oauth: &Result<Option<AuthMetadata>, Error>,
        by_version: Implementation,
    ) -> Self {
        let metadata = oauth.as_ref().ok().and_then(Option::as_ref);
        if metadata.is_some_and(|metadata| metadata.is_mas) {
            return Self::Mas;
        }
        if policy.is_ok() {
            return Self::Synapse;
        }
        let page = metadata.and_then(|metadata| metadata.account_page.as_ref());
        let by_page = page.map(|page| Implementation::of_link(page.as_str())).unwrap_or_default();
        let known = if by_version == Implementation::Unknown { by_page } else { by_version };
        match known {
            Implementation::Tuwunel => Self::Tuwunel,
            Implementation::Continuwuity => Self::Continuwuity,
            Implementation::Synapse | Implementation::Unknown => Self::Unknown,
        }
    }

    /// Returns the path below which the page behind the link in the email is.
    pub fn link_path(self) -> Option<&'static str> {
        match self {
            Self::Synapse => Some("/_synapse/client"),
            Self::Tuwunel => Some("/_tuwunel"),
            Self::Continuwuity => Some("/_continuwuity"),
            Self::Mas | Self::Unknown => None,
        }
    }

    /// Whether the homeserver's own OAuth 2.0 is meant where it has some.
    fn has_own_oauth(self) -> bool {
        matches!(self, Self::Tuwunel | Self::Continuwuity)
    }
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
    /// Not needed: the homeserver does it on its own pages.
    DoneOnOwnPage,
    /// Accounts are kept by the homeserver.
    OwnAccounts,
    /// They are kept by another service, which may have named its page.
    OAuth(AuthMetadata),
    /// The homeserver keeps them and has OAuth 2.0 with pages of its own.
    OwnOAuth(AuthMetadata),
    /// Mail is sent.
    Mail,
    /// Mail is offered; whether it is sent is not told.
    MailUnsure,
    /// No mail is sent.
    MailOff,
    /// There are no new passwords by mail.
    MailNotOffered,
    /// The page behind the link is reached; it is below this path.
    LinkPage(&'static str),
    /// It is not.
    NoLinkPage(&'static str),
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

    /// `GET /login`. `oauth` is what was found of the accounts.
    pub fn of_flows(answer: Result<LoginFlows, Error>, oauth: &Self) -> Self {
        match (answer, oauth.replaces_api()) {
            (Ok(flows), _) if flows.password => Self::Passwords,
            (Ok(_), Some(done)) => done,
            (Ok(flows), None) if flows.single_sign_on => Self::SignInElsewhere,
            (Ok(_), None) => Self::NoPasswords,
            (Err(error), _) => Self::NoAnswer(error),
        }
    }

    /// `GET /auth_metadata`. Tuwunel and Continuwuity have OAuth 2.0 of their own;
    /// beside Synapse it is another service.
    pub fn of_oauth(answer: Result<Option<AuthMetadata>, Error>, setup: Setup) -> Self {
        match answer {
            Ok(None) => Self::OwnAccounts,
            Ok(Some(metadata)) if setup.has_own_oauth() => Self::OwnOAuth(metadata),
            Ok(Some(metadata)) => Self::OAuth(metadata),
            Err(error) => Self::NoAnswer(error),
        }
    }

    /// The empty request for a mail. Synapse is the one that says so if it sends
    /// none. `oauth` is what was found of the accounts.
    pub fn of_email(answer: Result<EmailReset, Error>, setup: Setup, oauth: &Self) -> Self {
        match (answer, oauth.replaces_api()) {
            (Ok(EmailReset::NotOffered), Some(done)) => done,
            (Ok(EmailReset::Offered), _) if matches!(setup, Setup::Synapse | Setup::Mas) => {
                Self::Mail
            }
            (Ok(EmailReset::Offered), _) => Self::MailUnsure,
            (Ok(EmailReset::Off), _) => Self::MailOff,
            (Ok(EmailReset::NotOffered), None) => Self::MailNotOffered,
            (Err(error), _) => Self::NoAnswer(error),
        }
    }

    /// Whether the path of the page behind the link is forwarded. `answer` is that
    /// of `GET /_synapse/client/`, of which only Synapse says that it knows no such
    /// page. Tuwunel and Continuwuity have their version path beside the page, so
    /// `by_version` says that both are reached.
    pub fn of_link_page(
        answer: Option<Result<(), Error>>,
        setup: Setup,
        by_version: Implementation,
    ) -> Self {
        let Some(path) = setup.link_path() else {
            return if setup == Setup::Mas { Self::DoneElsewhere } else { Self::LinkPageUnknown };
        };
        match answer {
            _ if setup != Setup::Synapse => match by_version {
                Implementation::Unknown => Self::NoLinkPage(path),
                _ => Self::LinkPage(path),
            },
            Some(Ok(())) => Self::LinkPage(path),
            None | Some(Err(Error::Offline | Error::TimedOut)) => Self::LinkPageUnknown,
            Some(Err(_)) => Self::NoLinkPage(path),
        }
    }

    /// `GET /password_policy`. Beside the Matrix Authentication Service, Synapse
    /// answers `{}`, although the service has rules.
    pub fn of_policy(answer: Result<PasswordPolicy, Error>, setup: Setup) -> Self {
        match answer {
            _ if setup == Setup::Mas => Self::DoneElsewhere,
            Ok(policy) if policy.0.is_empty() => Self::NoRules,
            Ok(policy) => Self::Rules(policy),
            Err(_) => Self::RulesUnknown,
        }
    }

    /// Returns what to say of a part of the API that OAuth 2.0 may replace.
    fn replaces_api(&self) -> Option<Self> {
        match self {
            Self::OAuth(_) => Some(Self::DoneElsewhere),
            Self::OwnOAuth(_) => Some(Self::DoneOnOwnPage),
            _ => None,
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
            | Self::DoneOnOwnPage
            | Self::OwnAccounts
            | Self::OwnOAuth(_)
            | Self::Mail
            | Self::LinkPage(_)
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
            | Self::NoLinkPage(_)
            | Self::NoSupport
            | Self::SiteOpen
            | Self::NoAnswer(_) => Verdict::Bad,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matrix::WebLink;
    use crate::recovery::recorded::{
        CONTINUWUITY, CONTINUWUITY_EXCLUSIVE, MAS_SERVER, NOT_FOUND, Server, TUWUNEL,
        TUWUNEL_NATIVE,
    };

    #[test]
    fn what_is_found_follows_from_the_answers() {
        let url = |text| BaseUrl::parse(text).unwrap();
        let server = Homeserver::new(Some("example.org".into()), url("https://matrix.example.org"));
        let of = |answer, is_at_name| Finding::of_well_known(&server, answer, is_at_name);
        let there = WellKnown::At(url("https://matrix.example.org/"));
        let other = || url("https://old.example.org");
        let own = Finding::OwnAccounts;
        let link_page =
            |answer, setup| Finding::of_link_page(answer, setup, Implementation::Unknown);
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
            (
                Finding::of_email(Ok(EmailReset::Offered), Setup::Synapse, &own),
                Finding::Mail,
                Verdict::Good,
            ),
            (
                Finding::of_email(Ok(EmailReset::Offered), Setup::Unknown, &own),
                Finding::MailUnsure,
                Verdict::Unknown,
            ),
            (
                Finding::of_email(Ok(EmailReset::Off), Setup::Synapse, &own),
                Finding::MailOff,
                Verdict::Bad,
            ),
            (
                Finding::of_email(Ok(EmailReset::NotOffered), Setup::Unknown, &own),
                Finding::MailNotOffered,
                Verdict::Bad,
            ),
            (
                link_page(Some(Ok(())), Setup::Synapse),
                Finding::LinkPage("/_synapse/client"),
                Verdict::Good,
            ),
            (
                link_page(Some(Err(Error::Unreachable)), Setup::Synapse),
                Finding::NoLinkPage("/_synapse/client"),
                Verdict::Bad,
            ),
            (
                link_page(Some(Err(Error::TimedOut)), Setup::Synapse),
                Finding::LinkPageUnknown,
                Verdict::Unknown,
            ),
            (link_page(None, Setup::Unknown), Finding::LinkPageUnknown, Verdict::Unknown),
            (
                Finding::of_policy(Ok(PasswordPolicy::default()), Setup::Synapse),
                Finding::NoRules,
                Verdict::Good,
            ),
            (
                Finding::of_flows(Ok(LoginFlows::default()), &own),
                Finding::NoPasswords,
                Verdict::Bad,
            ),
            (
                Finding::of_flows(
                    Ok(LoginFlows { single_sign_on: true, ..LoginFlows::default() }),
                    &own,
                ),
                Finding::SignInElsewhere,
                Verdict::Unknown,
            ),
            (Finding::of_oauth(Ok(None), Setup::Synapse), Finding::OwnAccounts, Verdict::Good),
        ] {
            assert_eq!(found, wanted);
            assert_eq!(found.verdict(), verdict, "{found:?}");
        }
    }

    /// Sign-in, accounts, email, the page behind the link, rules.
    fn examine(server: &Server) -> (Setup, [Finding; 5]) {
        let told = server.told();
        let setup = Setup::of(&told.policy, &told.oauth, told.by_version);
        let accounts = Finding::of_oauth(told.oauth, setup);
        let findings = [
            Finding::of_flows(told.flows, &accounts),
            accounts.clone(),
            Finding::of_email(told.email, setup, &accounts),
            Finding::of_link_page(None, setup, told.by_version),
            Finding::of_policy(told.policy, setup),
        ];
        (setup, findings)
    }

    fn page(text: &str) -> Option<WebLink> {
        WebLink::parse(text)
    }

    #[test]
    fn tuwunel_keeps_its_accounts_and_proves_its_link_page() {
        let wanted = [
            Finding::Passwords,
            Finding::OwnAccounts,
            Finding::MailUnsure,
            Finding::LinkPage("/_tuwunel"),
            Finding::RulesUnknown,
        ];
        assert_eq!(examine(&TUWUNEL), (Setup::Tuwunel, wanted));
        // A proxy that does not forward /_tuwunel hides which server it is.
        let (setup, [.., link_page, _]) = examine(&Server { tuwunel: NOT_FOUND, ..TUWUNEL });
        assert_eq!((setup, link_page), (Setup::Unknown, Finding::LinkPageUnknown));
    }

    #[test]
    fn tuwunel_with_its_own_oauth_is_no_other_service() {
        let account_page = page("https://t.example/_tuwunel/oidc/account");
        let (setup, found) = examine(&TUWUNEL_NATIVE);
        assert_eq!(setup, Setup::Tuwunel);
        assert!(
            matches!(&found[1], Finding::OwnOAuth(metadata) if metadata.account_page == account_page)
        );
        assert_eq!(found[1].verdict(), Verdict::Good);
        // The account page names the server although /_tuwunel is not forwarded.
        let (setup, [.., link_page, _]) = examine(&Server { tuwunel: NOT_FOUND, ..TUWUNEL_NATIVE });
        assert_eq!((setup, link_page), (Setup::Tuwunel, Finding::NoLinkPage("/_tuwunel")));
    }

    #[test]
    fn continuwuity_with_its_own_oauth_is_no_other_service() {
        let (setup, found) = examine(&CONTINUWUITY);
        assert_eq!(setup, Setup::Continuwuity);
        assert!(matches!(found[1], Finding::OwnOAuth(_)), "{found:?}");
        assert_eq!(found[0], Finding::Passwords);
        assert_eq!(found[2..4], [Finding::MailUnsure, Finding::LinkPage("/_continuwuity")]);
    }

    #[test]
    fn continuwuity_without_the_old_sign_in_uses_its_own_pages() {
        let (setup, found) = examine(&CONTINUWUITY_EXCLUSIVE);
        assert_eq!((setup, &found[0]), (Setup::Continuwuity, &Finding::DoneOnOwnPage));
    }

    #[test]
    fn matrix_authentication_service_is_another_service() {
        let (setup, found) = examine(&MAS_SERVER);
        assert_eq!(setup, Setup::Mas);
        assert!(matches!(found[1], Finding::OAuth(_)));
        assert_eq!(found[0], Finding::Passwords);
        let done = [(); 3].map(|()| Finding::DoneElsewhere);
        assert_eq!(found[2..], done, "its rules are its own, although Synapse answers {{}}");
    }
}
