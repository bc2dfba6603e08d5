//! A reset at any step, without a homeserver: what one would have answered is
//! told to the machine, and what it wants to send is not sent.

use crate::matrix::Error;
use crate::matrix::password_policy::PasswordPolicy;
use crate::matrix::password_reset::{ClientSecret, PasswordChange, PasswordCheck, Sid};
use crate::recovery::reset::{Event, OtherSessions, Reset, Submission, Ticket, Typed};
use crate::runtime::reset::ResetRuntime;
use crate::secret::Secret;
use crate::site::Site;
use std::rc::Rc;

/// A reset on its way, and the request that it waits for.
#[derive(Default)]
struct Walk {
    reset: Reset,
    ticket: Ticket,
}

impl Walk {
    fn on(self, event: impl FnOnce(Ticket) -> Event) -> Self {
        let (reset, effect) = self.reset.on(event(self.ticket));
        Self { reset, ticket: effect.map_or(self.ticket, |effect| effect.ticket) }
    }

    /// From the form to the wait for the link.
    fn until_it_waits(self) -> Self {
        self.on(|ticket| Event::PasswordChecked(ticket, Ok(PasswordCheck::Unknown)))
            .on(|ticket| Event::EmailRequested(ticket, Ok(Sid("sid".into()))))
    }

    fn at(self, site: &Site) -> Site {
        let mut site = site.clone();
        site.reset = ResetRuntime::at(self.reset);
        site
    }
}

fn form(site: &Site, email: &str, password: &str, other_sessions: OtherSessions) -> Walk {
    let typed = Typed {
        email: email.into(),
        new_password: Rc::new(Secret::new(password.into())),
        other_sessions,
    };
    let Some(client_secret) = ClientSecret::generate(|| Some([7; 64])) else {
        return Walk::default();
    };
    let submission = Submission {
        homeserver: (*site.homeserver).clone(),
        typed,
        policy: PasswordPolicy::default(),
        client_secret,
        next_link: None,
    };
    Walk::default().on(|_| Event::Submit(submission))
}

fn alice(site: &Site) -> Walk {
    form(site, "alice@example.org", "wardrobe cloud pencil", OtherSessions::SignOut)
}

/// The form was sent with this in it.
pub fn sent(site: &Site, email: &str, password: &str) -> Site {
    form(site, email, password, OtherSessions::SignOut).at(site)
}

/// The server is asked about the password.
pub fn checking(site: &Site) -> Site {
    alice(site).at(site)
}

/// The server would not send a mail.
pub fn failed(site: &Site, error: Error) -> Site {
    alice(site)
        .on(|ticket| Event::PasswordChecked(ticket, Ok(PasswordCheck::Unknown)))
        .on(|ticket| Event::EmailRequested(ticket, Err(error)))
        .at(site)
}

/// The link is waited for.
pub fn waiting(site: &Site) -> Site {
    alice(site).until_it_waits().at(site)
}

/// The password is being changed.
pub fn changing(site: &Site) -> Site {
    alice(site).until_it_waits().on(|_| Event::Verified).at(site)
}

/// The password was not changed: the link was not confirmed, or this happened.
pub fn not_yet(site: &Site, error: Option<Error>) -> Site {
    let answer = error.map_or(Ok(PasswordChange::NotConfirmed(None)), Err);
    let walk = alice(site).until_it_waits().on(|_| Event::Verified);
    walk.on(|ticket| Event::PasswordChanged(ticket, answer)).at(site)
}

/// Another mail was asked for, or this happened.
pub fn resent(site: &Site, error: Option<Error>) -> Site {
    let answer = error.map_or(Ok(Sid("newer".into())), Err);
    let walk = alice(site).until_it_waits().on(|_| Event::Resend);
    walk.on(|ticket| Event::EmailRequested(ticket, answer)).at(site)
}

/// The password was changed.
pub fn done(site: &Site, other_sessions: OtherSessions) -> Site {
    form(site, "alice@example.org", "wardrobe cloud pencil", other_sessions)
        .until_it_waits()
        .on(|_| Event::Verified)
        .on(|ticket| Event::PasswordChanged(ticket, Ok(PasswordChange::Done)))
        .at(site)
}
