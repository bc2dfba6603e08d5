//! A reset at any step, without a homeserver: what one would have answered is
//! told to the machine, and what it wants to send is not sent.

use crate::config::Config;
use crate::matrix::auth_metadata::AuthMetadata;
use crate::matrix::email_reset::EmailReset;
use crate::matrix::implementation::Implementation;
use crate::matrix::login_flows::{LoginFlows, Providers};
use crate::matrix::password_policy::PasswordPolicy;
use crate::matrix::password_reset::{ClientSecret, PasswordChange, PasswordCheck, Sid};
use crate::matrix::password_rule::PasswordRule;
use crate::matrix::reset_link::ResetLink;
use crate::matrix::{Error, Homeserver, WebLink};
use crate::recovery::check::{Answer, Answers};
use crate::recovery::reset::{
    Draft, Event, MissingPassword, OtherSessions, Reset, Submission, Ticket, Typed,
};
use crate::recovery::ways::Told;
use crate::runtime::reset::ResetRuntime;
use crate::runtime::server::ServerRuntime;
use crate::secret::Secret;
use crate::site::Site;
use serde_json::json;
use std::rc::Rc;
use std::time::Duration;

/// A homeserver that has told this of itself.
pub fn that_told(site: &Site, told: Option<Told>) -> Site {
    let server = ServerRuntime::that_told((*site.homeserver()).clone(), told);
    Site { server, ..site.clone() }
}

/// A link led here that names this homeserver.
pub fn that_suggests(site: &Site, name: &str) -> Site {
    let server = ServerRuntime::new((*site.homeserver()).clone(), Some(name.into()));
    Site { server, ..site.clone() }
}

/// No other homeserver may be chosen, and there is an app to go on with.
pub fn locked(site: &Site) -> Site {
    let file = r#"{
        "default_server_config": { "m.homeserver": { "base_url": "https://matrix.example.org" } },
        "disable_custom_urls": true,
        "client": { "name": "Element", "url": "https://app.example.org" }
    }"#;
    match Config::parse(file, |_| None) {
        Ok(config) => Site { config: config.into(), ..site.clone() },
        Err(_) => site.clone(),
    }
}

/// A homeserver that sends mail for new passwords.
pub fn sends_mail() -> Told {
    Told {
        flows: Ok(LoginFlows { password: true, ..LoginFlows::default() }),
        oauth: Ok(None),
        email: Ok(EmailReset::Offered),
        policy: Ok(PasswordPolicy::default()),
        by_version: Implementation::Unknown,
    }
}

/// One that may send mail, and has another way to sign in.
pub fn unsure() -> Told {
    let flows = LoginFlows { password: true, single_sign_on: true, providers: providers() };
    Told { flows: Ok(flows), policy: Err(Error::NotOffered), ..sends_mail() }
}

/// One that does not answer.
pub fn silent() -> Told {
    let gone = || Error::Unreachable;
    Told {
        flows: Err(gone()),
        oauth: Err(gone()),
        email: Err(gone()),
        policy: Err(gone()),
        by_version: Implementation::Unknown,
    }
}

/// One with the Matrix Authentication Service.
pub fn mas() -> Told {
    let account_page = WebLink::parse("https://account.example.org/account/");
    let metadata = AuthMetadata { is_mas: true, account_page, lists_devices: true };
    Told { oauth: Ok(Some(metadata)), email: Ok(EmailReset::NotOffered), ..sends_mail() }
}

/// One with another service for accounts.
pub fn oauth() -> Told {
    let account_page = WebLink::parse("https://example.org/_tuwunel/oidc/account");
    let metadata = AuthMetadata { is_mas: false, account_page, lists_devices: false };
    Told { oauth: Ok(Some(metadata)), email: Ok(EmailReset::NotOffered), ..sends_mail() }
}

/// One where people sign in elsewhere.
pub fn provider() -> Told {
    let flows = LoginFlows { password: false, single_sign_on: true, providers: providers() };
    Told { flows: Ok(flows), ..sends_mail() }
}

fn providers() -> Providers {
    Providers(vec![json!({ "id": "oidc-keycloak", "name": "Keycloak" })])
}

/// One that leaves accounts to OAuth, and knows no other way.
pub fn no_way_here() -> Told {
    Told { flows: Ok(LoginFlows::default()), ..oauth() }
}

/// Somebody who does not have their key any more.
pub fn without_key() -> Answers {
    let yes = Some(Answer::Yes);
    Answers { backup: yes, verified: yes, key: Some(Answer::No) }
}

/// One that sends no mail.
pub fn mail_off() -> Told {
    Told { email: Ok(EmailReset::Off), ..sends_mail() }
}

/// Whenever the pictures are taken, it is this time.
const NOW: Duration = Duration::from_secs(1_700_000_000);

/// A reset on its way, and the request that it waits for.
#[derive(Default)]
struct Walk {
    reset: Reset,
    ticket: Ticket,
}

impl Walk {
    fn on(self, event: impl FnOnce(Ticket) -> Event) -> Self {
        let (reset, effect) = self.reset.on(event(self.ticket), NOW);
        Self { reset, ticket: effect.map_or(self.ticket, |effect| effect.ticket) }
    }

    /// From the form to the wait for the link.
    fn until_it_waits(self) -> Self {
        self.on(|ticket| Event::PasswordChecked(ticket, Ok(PasswordCheck::Unknown)))
            .on(|ticket| Event::EmailRequested(ticket, Ok(Sid("sid".into()))))
    }

    fn at(self, site: &Site) -> Site {
        Site { reset: ResetRuntime::at(self.reset), ..site.clone() }
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
        homeserver: (*site.homeserver()).clone(),
        typed,
        policy: PasswordPolicy::default(),
        client_secret,
        return_page: String::new(),
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

/// It takes long to change the password, though nobody pressed anything.
pub fn slow(site: &Site) -> Site {
    alice(site).until_it_waits().on(|_| Event::Poll).on(Event::Slow).at(site)
}

/// The password was not changed: the link was not confirmed, or this happened.
pub fn not_yet(site: &Site, error: Option<Error>) -> Site {
    let answer = error.map_or(Ok(PasswordChange::NotConfirmed(None)), Err);
    let walk = alice(site).until_it_waits().on(|_| Event::Verified);
    walk.on(|ticket| Event::PasswordChanged(ticket, answer)).at(site)
}

/// An answer got lost that may say that the password was changed.
pub fn may_be_changed(site: &Site) -> Site {
    let walk = alice(site).until_it_waits().on(|_| Event::Verified).on(|_| Event::StartOver);
    walk.on(|ticket| Event::PasswordChanged(ticket, Err(Error::TimedOut))).at(site)
}

/// Another mail was asked for, or this happened.
pub fn resent(site: &Site, error: Option<Error>) -> Site {
    let answer = error.map_or(Ok(Sid("newer".into())), Err);
    let not_yet = |ticket| Event::PasswordChanged(ticket, Ok(PasswordChange::NotConfirmed(None)));
    let walk = alice(site).until_it_waits().on(|_| Event::Resend).on(not_yet);
    walk.on(|ticket| Event::EmailRequested(ticket, answer)).at(site)
}

/// The page was loaded again while the link was waited for.
pub fn loaded_again(site: &Site) -> Site {
    let kept = alice(site).until_it_waits().reset.kept().unwrap_or_default();
    let reset = Reset::restore(&kept, &site.homeserver(), NOW);
    Walk { reset, ..Walk::default() }.at(site)
}

/// The server refused the password after all.
pub fn refused(site: &Site) -> Site {
    let refused = Err(Error::PasswordRefused(PasswordRule::MinimumLength(Some(30))));
    let walk = alice(site).until_it_waits().on(|_| Event::Verified);
    walk.on(|ticket| Event::PasswordChanged(ticket, refused)).at(site)
}

/// Only the link is known, which belongs to this homeserver.
fn linked(site: &Site, base_url: &str) -> Walk {
    let link =
        ["https://", base_url, "/_synapse/client/password_reset/x?token=a&client_secret=b&sid=c"];
    let Ok(link) = ResetLink::find(&link.concat()) else { return Walk::default() };
    let ours = base_url == site.homeserver().base_url.host();
    let homeserver = match ours {
        true => (*site.homeserver()).clone(),
        false => Homeserver::new(None, link.base_url.clone()),
    };
    let draft = Draft::from_link(link, homeserver, NOW);
    Walk::default().on(|_| Event::TakeUp(draft))
}

/// Only the link is known.
pub fn by_link(site: &Site) -> Site {
    linked(site, site.homeserver().base_url.host()).at(site)
}

/// Only the link is known, and it belongs to another homeserver.
pub fn by_foreign_link(site: &Site) -> Site {
    linked(site, "matrix.elsewhere.example").at(site)
}

/// The link that was pasted is waited for.
pub fn waiting_by_link(site: &Site) -> Site {
    let password = Event::Password(MissingPassword {
        new_password: Rc::new(Secret::new("wardrobe cloud pencil".into())),
        other_sessions: OtherSessions::SignOut,
        policy: PasswordPolicy::default(),
    });
    let walk = linked(site, site.homeserver().base_url.host()).on(|_| password);
    walk.on(|ticket| Event::PasswordChanged(ticket, Ok(PasswordChange::NotConfirmed(None))))
        .at(site)
}

/// The password was changed with nothing but a link.
pub fn done_by_link(site: &Site) -> Site {
    let password = Event::Password(MissingPassword {
        new_password: Rc::new(Secret::new("wardrobe cloud pencil".into())),
        other_sessions: OtherSessions::Keep,
        policy: PasswordPolicy::default(),
    });
    linked(site, site.homeserver().base_url.host())
        .on(|_| password)
        .on(|ticket| Event::PasswordChecked(ticket, Ok(PasswordCheck::Unknown)))
        .on(|ticket| Event::PasswordChanged(ticket, Ok(PasswordChange::Done)))
        .at(site)
}

/// The mail led to another tab, which heard this from the tab that waits.
pub fn heard(site: &Site, verb: &str) -> Site {
    let site = waiting(site);
    site.reset.pretend_to_hear(verb, &Sid("sid".into()));
    site
}

/// Another tab changed the password.
pub fn done_elsewhere(site: &Site) -> Site {
    alice(site).until_it_waits().on(|_| Event::DoneElsewhere(Sid("sid".into()))).at(site)
}

/// The password was changed.
pub fn done(site: &Site, other_sessions: OtherSessions) -> Site {
    form(site, "alice@example.org", "wardrobe cloud pencil", other_sessions)
        .until_it_waits()
        .on(|_| Event::Verified)
        .on(|ticket| Event::PasswordChanged(ticket, Ok(PasswordChange::Done)))
        .at(site)
}
