//! A reset without its password: what is needed to finish it once the link was
//! confirmed, in this tab, after a reload, or in another browser.

use super::form::OtherSessions;
use crate::matrix::password_reset::{ClientSecret, RequestToken, Sid};
use crate::matrix::reset_link::ResetLink;
use crate::matrix::uia::UiaSession;
use crate::matrix::{Homeserver, Wait};
use std::time::Duration;

/// A reset without its password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Where the account is.
    pub homeserver: Homeserver,
    /// The number of the newest mail.
    pub sid: Sid,
    pub(super) client_secret: ClientSecret,
    /// What happens to the other sessions.
    pub other_sessions: OtherSessions,
    /// When the newest mail was sent, or the link was taken up, as time since
    /// 1970.
    pub since: Duration,
    pub(super) session: Option<UiaSession>,
    /// When the last request was sent whose answer got lost, as time since
    /// 1970. A server answers the same again to a request with the same
    /// session, and carries it out again.
    pub(super) lost_at: Option<Duration>,
    /// Whether the password may have been changed without our knowing: an
    /// answer got lost, and there is no session that it would be given again
    /// in. A link that was used looks as if it had never been confirmed.
    pub may_be_done: bool,
    /// Whether the link is known to have been confirmed.
    pub(super) is_confirmed: bool,
    /// The mail that was asked for here; nothing if only its link is known.
    pub mail: Option<Mail>,
    /// The page behind the link, where only the link is known. It is kept in
    /// memory only: whoever has it can confirm the address.
    pub to_confirm: Option<String>,
}

/// A mail that was asked for here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// Where it went.
    pub email: String,
    pub(super) send_attempt: u32,
    pub(super) return_page: Option<String>,
    /// How long until another one may be asked for.
    pub again: Wait,
}

/// How long after it was sent a request without an answer is repeated without
/// asking the user. Synapse carries a repeated request out again: later, that
/// would revert a password that was changed meanwhile, and sign out every device
/// again.
const REPEATED_FOR: Duration = Duration::from_secs(5 * 60);

/// Mails take a moment, and who asks for many is made to wait for long.
pub(super) const PAUSE_BETWEEN_MAILS: Duration = Duration::from_secs(30);

/// Returns the address to which the homeserver sends the browser from the page
/// behind the link: our page, with all that finishes the reset in its fragment.
pub(super) fn next_link(
    return_page: Option<&str>,
    homeserver: &Homeserver,
    client_secret: &ClientSecret,
    other_sessions: OtherSessions,
) -> Option<String> {
    let logout_devices = other_sessions == OtherSessions::SignOut;
    let fragment = ResetLink::fragment(&homeserver.base_url, client_secret, logout_devices);
    Some([return_page?, "#", &fragment].concat())
}

impl Draft {
    /// What a link tells. `homeserver` is the one at its address.
    pub fn from_link(link: ResetLink, homeserver: Homeserver, now: Duration) -> Self {
        Self {
            homeserver,
            sid: link.sid,
            client_secret: link.client_secret,
            other_sessions: match link.logout_devices {
                Some(true) => OtherSessions::SignOut,
                // Without a choice, nothing is lost.
                Some(false) | None => OtherSessions::Keep,
            },
            since: now,
            session: None,
            lost_at: None,
            may_be_done: false,
            is_confirmed: link.to_confirm.is_none(),
            mail: None,
            to_confirm: link.to_confirm,
        }
    }

    /// Whether the password may have been changed without an answer that says so.
    pub fn may_be_changed(&self) -> bool {
        self.may_be_done || self.lost_at.is_some()
    }

    /// Whether the last lost answer is too old to ask for it again unasked.
    pub(super) fn is_lost_for_long(&self, now: Duration) -> bool {
        self.lost_at.is_some_and(|sent| now.saturating_sub(sent) > REPEATED_FOR)
    }

    /// Notes that the answer to a request got lost that was sent at this time.
    pub(super) fn answer_got_lost(&mut self, sent: Duration) {
        match self.session {
            Some(_) => self.lost_at = Some(sent),
            None => self.may_be_done = true,
        }
    }

    /// Forgets the session in which a lost answer could be asked for again. A
    /// request without it changes no password that was changed already: the
    /// confirmation of an email works once.
    pub(super) fn forget_session(&mut self) {
        self.may_be_done |= self.lost_at.take().is_some();
        self.session = None;
    }

    /// Another mail was sent.
    pub(super) fn sent_again(&mut self, sid: Sid, now: Duration) {
        self.sid = sid;
        self.is_confirmed = false;
        self.since = now;
        if let Some(mail) = &mut self.mail {
            mail.again = Wait { from: now, length: PAUSE_BETWEEN_MAILS };
        }
    }

    pub(super) fn request_email(&self, mail: &Mail) -> RequestToken {
        RequestToken {
            client_secret: self.client_secret.clone(),
            email: mail.email.clone(),
            send_attempt: mail.send_attempt,
            next_link: next_link(
                mail.return_page.as_deref(),
                &self.homeserver,
                &self.client_secret,
                self.other_sessions,
            ),
        }
    }
}
