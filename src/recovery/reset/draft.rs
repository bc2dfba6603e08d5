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
    /// Whether the last answer got lost. The server then gives it again to
    /// whoever asks with the same session.
    pub(super) lost: bool,
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
    pub(super) next_link: Option<String>,
    /// How long until another one may be asked for.
    pub again: Wait,
}

/// Mails take a moment, and who asks for many is made to wait for long.
pub(super) const PAUSE_BETWEEN_MAILS: Duration = Duration::from_secs(30);

impl Draft {
    /// What a link tells. `homeserver` is the one at its address.
    pub fn from_link(link: ResetLink, homeserver: Homeserver, now: Duration) -> Self {
        Self {
            homeserver,
            sid: link.sid,
            client_secret: link.client_secret,
            other_sessions: OtherSessions::default(),
            since: now,
            session: None,
            lost: false,
            may_be_done: false,
            is_confirmed: link.to_confirm.is_none(),
            mail: None,
            to_confirm: link.to_confirm,
        }
    }

    pub(super) fn answer_got_lost(&mut self) {
        match self.session {
            Some(_) => self.lost = true,
            None => self.may_be_done = true,
        }
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
            next_link: mail.next_link.clone(),
        }
    }
}
