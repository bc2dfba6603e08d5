//! What of a reset outlives a reload: everything but the password. It is kept
//! for this tab only, until the reset is finished or given up.

use super::Reset;
use super::draft::{Draft, Mail};
use super::form::{OtherSessions, Typed};
use super::step::{Before, Form, NeedsPassword, Step, Unanswered};
use crate::matrix::password_reset::{ClientSecret, Sid};
use crate::matrix::uia::UiaSession;
use crate::matrix::wire::Answer;
use crate::matrix::{BaseUrl, Homeserver, Wait};
use std::time::Duration;

/// After that long, a draft is of no use: links work for about an hour.
const LIFETIME: Duration = Duration::from_secs(2 * 60 * 60);

impl Reset {
    /// What is to be kept, as JSON; nothing if nothing is under way.
    pub fn kept(&self) -> Option<String> {
        of_step(&self.step)
    }

    /// The reset that was kept, up to its password. Whatever is wrong with the
    /// text, there is a reset to begin with.
    pub fn restore(kept: &str, configured: &Homeserver, now: Duration) -> Self {
        let kept = Answer::parse(kept).unwrap_or_default();
        let draft = kept.object("draft").and_then(|draft| read_draft(&draft, configured));
        let is_void = |draft: &Draft| now.saturating_sub(draft.since) > LIFETIME;
        let step = match (kept.object("form"), draft) {
            (None, None) => Step::default(),
            (None, Some(draft)) if is_void(&draft) => Form::instead_of(draft, None).without_draft(),
            (None, Some(draft)) => NeedsPassword::step(draft),
            (Some(form), draft) => {
                let draft = draft.filter(|draft| !is_void(draft));
                Step::Form(Box::new(read_form(&form, draft, configured)))
            }
        };
        Self { step, ..Self::default() }
    }
}

fn of_step(step: &Step) -> Option<String> {
    let (form, draft) = match step {
        Step::Form(form) => (of_form(form.typed.as_ref(), &form.before), form.before.draft()),
        Step::Checking(attempt) => {
            (of_form(Some(&attempt.typed), &attempt.before), attempt.before.draft())
        }
        Step::Sending(attempt) => {
            let form =
                asked_for(of_typed(&attempt.typed), &attempt.homeserver, &attempt.client_secret);
            (Some(form.number("since", ms(attempt.since))), attempt.before.draft())
        }
        Step::Waiting(waiting) => match waiting.leaves_after_reload() {
            Some(step) => return of_step(step),
            None => (None, Some(&waiting.draft)),
        },
        step => (None, step.draft()),
    };
    let at_stake_since = match step {
        Step::Waiting(waiting) => waiting.at_stake_since(),
        _ => None,
    };
    let draft = draft.map(|draft| of_draft(draft, at_stake_since));
    if form.is_none() && draft.is_none() {
        return None;
    }
    Some(Object::default().object("form", form).object("draft", draft).end())
}

/// A JSON object, written key by key: the machinery for any type would be a
/// kilobyte more to download.
#[derive(Default)]
struct Object(String);

impl Object {
    fn value(mut self, key: &str, value: &str) -> Self {
        self.0 += if self.0.is_empty() { "{\"" } else { ",\"" };
        self.0 += key;
        self.0 += "\":";
        self.0 += value;
        self
    }

    fn text(self, key: &str, text: Option<&str>) -> Self {
        match text.and_then(|text| serde_json::to_string(text).ok()) {
            Some(text) => self.value(key, &text),
            None => self,
        }
    }

    fn number(self, key: &str, number: u64) -> Self {
        self.value(key, &number.to_string())
    }

    fn flag(self, key: &str, flag: bool) -> Self {
        self.value(key, if flag { "true" } else { "false" })
    }

    fn object(self, key: &str, object: Option<Self>) -> Self {
        match object {
            Some(object) => self.value(key, &object.end()),
            None => self,
        }
    }

    fn end(mut self) -> String {
        self.0 += "}";
        self.0
    }
}

fn of_form(typed: Option<&Typed>, before: &Before) -> Option<Object> {
    let typed = typed?;
    Some(match &before.unanswered {
        Some(asked) if asked.email == typed.email => {
            asked_for(of_typed(typed), &asked.homeserver, &asked.client_secret)
                .number("since", ms(asked.since))
        }
        _ => of_typed(typed),
    })
}

fn of_typed(typed: &Typed) -> Object {
    let sign_out = typed.other_sessions == OtherSessions::SignOut;
    Object::default().text("email", Some(&typed.email)).flag("sign_out", sign_out)
}

fn asked_for(object: Object, homeserver: &Homeserver, secret: &ClientSecret) -> Object {
    object
        .text("base_url", Some(homeserver.base_url.as_str()))
        .text("server_name", homeserver.server_name())
        .text("client_secret", Some(secret.expose()))
}

/// The session is kept only while it is needed to learn an answer that got
/// lost: two tabs may come to have the same draft, and with two sessions the
/// server lets only one of them set its password. Times are in milliseconds.
fn of_draft(draft: &Draft, at_stake_since: Option<Duration>) -> Object {
    let lost_at = at_stake_since.or(draft.lost_at);
    let is_needed = lost_at.is_some();
    let session = draft.session.as_ref().filter(|_| is_needed);
    let object = asked_for(Object::default(), &draft.homeserver, &draft.client_secret)
        .text("sid", Some(&draft.sid.0))
        .flag("sign_out", draft.other_sessions == OtherSessions::SignOut)
        .number("since", ms(draft.since))
        .text("session", session.map(|session| session.0.as_str()))
        .number("lost_at", ms(lost_at.unwrap_or_default()))
        .flag("confirmed", draft.is_confirmed)
        .flag("may_be_done", draft.may_be_done || is_needed && draft.session.is_none());
    let Some(mail) = &draft.mail else { return object };
    object
        .text("email", Some(&mail.email))
        .number("send_attempt", mail.send_attempt.into())
        .text("return_page", mail.return_page.as_deref())
        .number("again_from", ms(mail.again.from))
        .number("again_after", ms(mail.again.length))
}

fn ms(time: Duration) -> u64 {
    time.as_secs() * 1000 + u64::from(time.subsec_millis())
}

fn time(kept: &Answer, key: &str) -> Duration {
    Duration::from_millis(kept.number(key).unwrap_or(0))
}

fn other_sessions(kept: &Answer) -> OtherSessions {
    match kept.flag("sign_out") {
        true => OtherSessions::SignOut,
        false => OtherSessions::Keep,
    }
}

fn homeserver(kept: &Answer, configured: &Homeserver) -> Option<Homeserver> {
    let base_url = BaseUrl::parse(kept.text("base_url")?)?;
    Some(match base_url == configured.base_url {
        true => configured.clone(),
        false => Homeserver::new(kept.text("server_name").map(str::to_owned), base_url),
    })
}

fn read_form(kept: &Answer, draft: Option<Draft>, configured: &Homeserver) -> Form {
    let email = kept.text("email").unwrap_or_default().to_owned();
    let secret = kept.text("client_secret").and_then(ClientSecret::parse);
    let asked = secret.and_then(|client_secret| {
        let (homeserver, email) = (homeserver(kept, configured)?, email.clone());
        Some(Unanswered { homeserver, email, client_secret, since: time(kept, "since") })
    });
    let parked = draft.map(|draft| Box::new((draft, None)));
    Form {
        typed: Some(Typed {
            email,
            new_password: Default::default(),
            other_sessions: other_sessions(kept),
        }),
        before: Before { parked, unanswered: asked },
        ..Form::default()
    }
}

fn read_draft(kept: &Answer, configured: &Homeserver) -> Option<Draft> {
    let session = kept.text("session").map(|session| UiaSession(session.to_owned()));
    let mail = kept.text("email").map(|email| Mail {
        email: email.to_owned(),
        send_attempt: kept.number("send_attempt").and_then(|n| n.try_into().ok()).unwrap_or(1),
        return_page: kept.text("return_page").map(str::to_owned),
        again: Wait { from: time(kept, "again_from"), length: time(kept, "again_after") },
    });
    Some(Draft {
        homeserver: homeserver(kept, configured)?,
        sid: Sid::parse(kept.text("sid")?)?,
        client_secret: ClientSecret::parse(kept.text("client_secret")?)?,
        other_sessions: other_sessions(kept),
        since: time(kept, "since"),
        lost_at: session.as_ref().map(|_| time(kept, "lost_at")),
        session,
        may_be_done: kept.flag("may_be_done"),
        is_confirmed: kept.flag("confirmed"),
        mail,
        to_confirm: None,
    })
}
