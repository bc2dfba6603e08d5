//! Which way leads back into an account, by what its homeserver told.

use crate::matrix::auth_metadata::AuthMetadata;
use crate::matrix::email_reset::EmailReset;
use crate::matrix::implementation::Implementation;
use crate::matrix::login_flows::{LoginFlows, Providers};
use crate::matrix::password_policy::PasswordPolicy;
use crate::matrix::{Error, WebLink};

/// What a homeserver told of itself, or why it did not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// How one signs in.
    pub flows: Result<LoginFlows, Error>,
    /// Whether its accounts are left to OAuth 2.0; it need not be asked where new
    /// passwords come by email.
    pub oauth: Result<Option<AuthMetadata>, Error>,
    /// Whether it sends mail for new passwords.
    pub email: Result<EmailReset, Error>,
    /// Its rules for passwords.
    pub policy: Result<PasswordPolicy, Error>,
    /// Which software answers at a version path of its own. Synapse has no such
    /// path and is not asked.
    pub by_version: Implementation,
}

/// The way back into an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Way {
    /// A new password by email, here.
    Email {
        /// Whether it is known that the server sends mail. Many tell only when
        /// they are asked for one.
        sends_mail: bool,
        /// Where one may sign in without a password of this server.
        providers: Option<Providers>,
    },
    /// The server's own page for forgotten passwords.
    RecoveryPage(WebLink),
    /// The server's own page for accounts, where it has told one.
    AccountPage(Option<WebLink>),
    /// The password is kept elsewhere.
    Provider(Providers),
    /// The server's administrators can help.
    Administrator(Why),
    /// The server did not tell, for this reason.
    Unknown(Error),
}

/// Why only administrators can help.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// The server sends no mail.
    MailOff,
    /// The server has no new passwords by email.
    NotOffered,
    /// Nobody signs in with a password there.
    NoPasswords,
}

impl Told {
    /// The way, by the first of these that is known: new passwords by email
    /// where passwords are in use; OAuth 2.0; single sign-on; what is missing.
    pub fn way(&self) -> Way {
        // Where a server does not say how one signs in, nothing speaks against
        // a password.
        let has_passwords = self.flows.as_ref().map_or(true, |flows| flows.password);
        match (&self.email, &self.oauth) {
            (Ok(EmailReset::Offered), _) if has_passwords => {
                Way::Email { sends_mail: self.is_synapse(), providers: self.providers() }
            }
            (_, Ok(Some(metadata))) => match metadata.recovery_page() {
                // Passwords may be switched off there too: then it only leads on
                // to where they are kept.
                Some(page) if !self.is_single_sign_on_only() => Way::RecoveryPage(page),
                _ => Way::AccountPage(metadata.account_page.clone()),
            },
            // The accounts may be kept elsewhere, which the server did not tell.
            (_, Err(error)) if !has_passwords && !self.names_a_provider() => {
                Way::Unknown(error.clone())
            }
            _ if !has_passwords => {
                self.providers().map_or(Way::Administrator(Why::NoPasswords), Way::Provider)
            }
            (Ok(EmailReset::NotOffered), Err(error)) | (Err(error), _) => {
                Way::Unknown(error.clone())
            }
            (Ok(EmailReset::Off), _) => Way::Administrator(Why::MailOff),
            (Ok(_), _) => Way::Administrator(Why::NotOffered),
        }
    }

    /// Returns the software of the homeserver. Only Synapse answers
    /// `GET /password_policy`; Tuwunel and Continuwuity answer it with 404
    /// `M_UNRECOGNIZED`, and name themselves at a version path or by the address
    /// of their account page.
    pub fn implementation(&self) -> Implementation {
        if self.is_synapse() {
            return Implementation::Synapse;
        }
        let metadata = self.oauth.as_ref().ok().and_then(Option::as_ref);
        let page = metadata.and_then(|metadata| metadata.account_page.as_ref());
        match self.by_version {
            Implementation::Unknown => {
                page.map_or(Implementation::Unknown, |page| Implementation::of_link(page.as_str()))
            }
            known => known,
        }
    }

    /// Whether the version paths are worth a request: the server has no rules to
    /// ask for, so it is not Synapse, and the Matrix Authentication Service, which
    /// runs beside Synapse only, does not keep its accounts.
    pub fn wants_version(&self) -> bool {
        self.policy == Err(Error::NotOffered) && !self.is_mas()
    }

    /// Whether the Matrix Authentication Service keeps the accounts.
    pub fn is_mas(&self) -> bool {
        matches!(&self.oauth, Ok(Some(metadata)) if metadata.is_mas)
    }

    /// Returns where the Matrix Authentication Service lists the devices of an
    /// account, where it keeps the accounts.
    pub fn devices_page(&self) -> Option<WebLink> {
        let Ok(Some(metadata)) = &self.oauth else { return None };
        metadata.devices_page().filter(|_| metadata.is_mas)
    }

    /// Whether an email address can be a name to sign in with. Tuwunel 1.9 and the
    /// Matrix Authentication Service 1.22 refuse `m.id.thirdparty` with 400
    /// `M_UNKNOWN`.
    pub fn signs_in_by_email(&self) -> bool {
        self.implementation() != Implementation::Tuwunel && !self.is_mas()
    }

    /// Only Synapse has rules for passwords that one may ask for, and it is the
    /// one that looks first whether it sends mail.
    fn is_synapse(&self) -> bool {
        self.policy.is_ok()
    }

    fn is_single_sign_on_only(&self) -> bool {
        self.flows.as_ref().is_ok_and(|flows| flows.single_sign_on && !flows.password)
    }

    fn names_a_provider(&self) -> bool {
        self.flows.as_ref().is_ok_and(|flows| !flows.providers.0.is_empty())
    }

    fn providers(&self) -> Option<Providers> {
        let flows = self.flows.as_ref().ok().filter(|flows| flows.single_sign_on)?;
        Some(flows.providers.clone())
    }
}

impl Way {
    /// Whether it begins with the form for a new password. What a server does
    /// not tell, the form finds out.
    pub fn is_here(&self) -> bool {
        matches!(self, Self::Email { .. } | Self::Unknown(_))
    }
}

#[cfg(test)]
mod tests;
