//! What a person can do about an answer that is not the wanted one.

use super::password_rule::PasswordRule;
use super::wait::Wait;

/// Everything that can go wrong, told apart by what a person can do about it.
/// It is data until a page words it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
    /// The browser says that there is no network.
    Offline,
    /// No answer: the server is gone, its name is wrong, or it may not be
    /// asked from a website. A browser does not say which.
    Unreachable,
    /// The answer took too long. What was asked for may have happened.
    TimedOut,
    /// Something answered, but not as a homeserver does.
    NotMatrix,
    /// The answer is longer than this program reads. What was asked for may have
    /// happened.
    AnswerTooLarge,
    /// The homeserver, or a proxy before it, has a fault.
    ServerFault,
    /// Too many attempts.
    RateLimited {
        /// How long until the next one is welcome, where the server said so.
        wait: Option<Wait>,
    },
    /// The homeserver understood and said no, for a reason we cannot use.
    Refused,
    /// The homeserver does not have this endpoint.
    NotOffered,
    /// There is no such thing on the homeserver.
    NotFound,
    /// Not allowed.
    Forbidden,

    /// No account on the homeserver uses this email address.
    AddressUnknown,
    /// The homeserver does not send mail to this address.
    AddressDenied,
    /// The homeserver does not send mail for resets at all.
    MailOff,
    /// The homeserver wants a code from the email (`submit_url`), which this site
    /// has no field for.
    NeedsCode,
    /// The homeserver tried to send the mail, and could not.
    MailNotSent,
    /// The new password breaks one of the homeserver's rules.
    PasswordRefused(PasswordRule),
    /// Passwords cannot be changed on this homeserver.
    PasswordChangeOff,
    /// The address was confirmed, but it is not on an account any more.
    AddressGone,

    /// The name or the password is wrong. Which of them, servers do not say.
    WrongCredentials,
    /// One signs in with a user name or a Matrix ID there, not with an address.
    NoAddresses,
    /// The account was deactivated.
    Deactivated,
    /// The account was locked by an administrator.
    Locked,
    /// The account was suspended by an administrator: it may look, and change
    /// nothing.
    Suspended,
    /// What single sign-on came back with is too old, or was used already.
    SignOnExpired,
    /// The session was ended elsewhere.
    SessionEnded,

    /// The email address is on an account already.
    AddressTaken,
    /// The link in the mail to a new address was not opened yet.
    LinkNotOpened,
    /// A part of this site could not be downloaded.
    NotLoaded,
}

impl Error {
    /// Whether asking again later can help.
    pub fn may_pass(&self) -> bool {
        self.leaves_it_open() || matches!(self, Self::RateLimited { .. })
    }

    /// Whether what was asked for may have happened all the same: the answer
    /// got lost, or is not the server's own.
    pub fn leaves_it_open(&self) -> bool {
        use Error::{AnswerTooLarge, NotMatrix, Offline, ServerFault, TimedOut, Unreachable};
        matches!(self, Offline | Unreachable | TimedOut | NotMatrix | AnswerTooLarge | ServerFault)
    }
}
