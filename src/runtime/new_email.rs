//! An email address that is being added. It outlives a reload: a phone may have
//! let go of the page while its owner looked into their mailbox. Without the
//! session and the password, it is of no use to anybody.

use crate::browser::tab_storage;
use crate::matrix::password_reset::{ClientSecret, Sid};
use crate::matrix::session::Session;

const KEY: &str = "matrix-account-recovery.new-email";

/// An address whose mail was asked for.
#[derive(Clone)]
pub struct NewEmail {
    /// The address.
    pub email: String,
    /// The number of the mail.
    pub sid: Sid,
    /// The secret that the mail was asked for with.
    pub client_secret: ClientSecret,
    /// How many mails were asked for.
    pub send_attempt: u32,
}

impl NewEmail {
    /// Keeps it for this session.
    pub fn keep(&self, session: &Session) {
        let (sid, secret) = (self.sid.0.as_str(), self.client_secret.expose());
        let attempt = u64::from(self.send_attempt).to_string();
        let lines = [session.user_id.as_str(), &self.email, sid, secret, &attempt];
        tab_storage::set(KEY, &lines.join("\n"));
    }

    /// What was kept for this session.
    pub fn kept(session: &Session) -> Option<Self> {
        let kept = tab_storage::get(KEY)?;
        let mut lines = kept.split('\n');
        lines.next().filter(|user_id| *user_id == session.user_id)?;
        Some(Self {
            email: lines.next()?.to_owned(),
            sid: Sid::parse(lines.next()?)?,
            client_secret: ClientSecret::parse(lines.next()?)?,
            send_attempt: lines.next()?.parse().ok()?,
        })
    }

    /// It was added, or given up.
    pub fn forget() {
        tab_storage::remove(KEY);
    }
}
