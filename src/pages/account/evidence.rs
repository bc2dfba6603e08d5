//! What the verdict rests on, line by line: what was found, what that means, and
//! what to do about it in Element.

use super::Account;
use crate::browser::clock;
use crate::components::text::{Html, filled, plain};
use crate::encryption::{Evidence, Identity, KeyAnswer, Lock, Trust};
use crate::i18n::{self, account, counted, fill};
use crate::matrix::Error;
use leptos::prelude::*;
use std::sync::Arc;

/// How a line ends.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ending {
    Good,
    Bad,
    Unknown,
}

/// Who stands behind a line.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Witness {
    /// The homeserver alone.
    Server,
    /// This browser, which verified it.
    Browser,
}

/// One line.
struct Line {
    title: &'static str,
    ending: Ending,
    by: Witness,
    what: Html,
    fix: Option<&'static str>,
}

impl Line {
    fn good(title: &'static str, what: Html) -> Self {
        let (ending, by) = (Ending::Good, Witness::Server);
        Self { title, ending, by, what, fix: None }
    }

    fn bad(title: &'static str, what: Html, fix: &'static str) -> Self {
        Self { ending: Ending::Bad, fix: Some(fix), ..Self::good(title, what) }
    }

    fn unknown(title: &'static str, error: &Error, server: &str) -> Self {
        let problem = i18n::error(error, server);
        Self::open(title, filled(account().messages.no_answer, &[("problem", &problem)]))
    }

    fn open(title: &'static str, what: Html) -> Self {
        Self { ending: Ending::Unknown, ..Self::good(title, what) }
    }

    fn by_browser(self) -> Self {
        Self { by: Witness::Browser, ..self }
    }

    fn view(self, server: &str) -> AnyView {
        let t = &account().messages;
        let (class, ending) = match self.ending {
            Ending::Good => ("good", t.good),
            Ending::Bad => ("bad", t.bad),
            Ending::Unknown => ("unknown", t.unknown),
        };
        let by = match (self.ending, self.by) {
            (Ending::Unknown, _) => Html::default(),
            (_, Witness::Server) => filled(t.by_server, &[("server", server)]),
            (_, Witness::Browser) => plain(t.by_browser),
        };
        let fix = self.fix.map(|fix| plain(t.to_do).and(plain(fix)).line(""));
        view! {
            <li class=class>
                <h3>{self.title}</h3>
                <strong class="verdict">{ending}</strong>
                {self.what.line("")}
                {fix}
                {by.line("hint")}
            </li>
        }
        .into_any()
    }
}

/// All lines.
pub fn lines(evidence: Arc<Evidence>, account: Account, server: &str) -> AnyView {
    let t = &i18n::account().messages;
    let mut lines = Vec::new();
    match &evidence.lock {
        Ok(lock) => {
            let key = account.key();
            lines.push(backup(lock, account));
            lines.push(recovery(lock, key, server));
            lines.extend(inside(lock, key));
        }
        Err(error) => lines.push(Line::unknown(t.backup, error, server)),
    }
    match &evidence.identity {
        Ok(identity) => {
            lines.push(of_identity(identity));
            lines.push(verified(identity, &evidence));
        }
        Err(error) => lines.push(Line::unknown(t.identity, error, server)),
    }
    let lines: Vec<_> = lines.into_iter().map(|line| line.view(server)).collect();
    view! { <ul class="findings">{lines}</ul> }.into_any()
}

fn backup(lock: &Lock, account: Account) -> Line {
    let t = &i18n::account().messages;
    let Some(backup) = &lock.backup else {
        return Line::bad(t.backup, plain(t.backup_missing), t.backup_fix);
    };
    let there = match backup.count {
        0 => return Line::bad(t.backup, plain(t.backup_empty), t.backup_fix),
        count => counted(&t.backup_right, count, &[]),
    };
    let grown = match account.grown.get() {
        Some(time) => fill(t.backup_growing, &[("time", &clock::time_of_day(time))]),
        None => t.backup_still.to_owned(),
    };
    Line::good(t.backup, plain(&there).and(plain(&grown)))
}

fn recovery(lock: &Lock, key: Option<KeyAnswer>, server: &str) -> Line {
    let t = &i18n::account().messages;
    let Some(storage) = &lock.storage else {
        return match lock.is_undescribed {
            true => Line::open(t.recovery, filled(t.recovery_undescribed, &[("server", server)])),
            false => Line::bad(t.recovery, plain(t.recovery_missing), t.recovery_fix),
        };
    };
    let what = match storage.passphrase {
        Some(_) => t.recovery_by_passphrase,
        None => t.recovery_by_key,
    };
    let line = Line::good(t.recovery, plain(what));
    if key.is_some_and(KeyAnswer::is_right) { line.by_browser() } else { line }
}

/// Whether the backup opens with the key; there is nothing to say where there is
/// no backup.
fn inside(lock: &Lock, key: Option<KeyAnswer>) -> Option<Line> {
    let t = &i18n::account().messages;
    lock.backup.as_ref()?;
    Some(match (key, &lock.secret) {
        (Some(KeyAnswer::OpensBackup), _) => {
            Line::good(t.inside, plain(t.inside_proven)).by_browser()
        }
        (Some(KeyAnswer::OtherBackup), _) => {
            Line::bad(t.inside, plain(t.inside_other), t.inside_fix).by_browser()
        }
        (_, Some(_)) => Line::open(t.inside, plain(t.inside_open)),
        (_, None) => Line::bad(t.inside, plain(t.inside_missing), t.inside_fix),
    })
}

fn of_identity(identity: &Identity) -> Line {
    let t = &i18n::account().messages;
    match identity.is_set_up {
        true => Line::good(t.identity, plain(t.identity_right)),
        false => Line::bad(t.identity, plain(t.identity_missing), t.identity_fix),
    }
}

/// Whether all sessions are signed with the identity.
fn verified(identity: &Identity, evidence: &Evidence) -> Line {
    let t = &i18n::account().messages;
    let names = |wanted: fn(Trust) -> bool| {
        let of = identity.sessions.iter().filter(|session| wanted(session.trust));
        i18n::list(&of.map(|session| evidence.name_of(&session.id)).collect::<Vec<_>>())
    };
    let say = |text: &str, names: &str| match names.is_empty() {
        true => Html::default(),
        false => filled(text, &[("names", names)]),
    };
    let wrong = names(|trust| trust == Trust::Wrong);
    let unsigned = names(|trust| trust == Trust::Unsigned);
    let what = say(t.verified_wrong, &wrong).and(say(t.verified_missing, &unsigned));
    let line = match (what.is_empty(), identity.sessions.is_empty()) {
        (false, _) => Line::bad(t.verified, what, t.verified_fix),
        (true, true) => Line::good(t.verified, plain(t.verified_none)),
        (true, false) => Line::good(t.verified, plain(t.verified_right)),
    };
    let is_verified = |trust| matches!(trust, Trust::Signed | Trust::Wrong);
    let mut all = identity.sessions.iter().map(|session| session.trust);
    match !identity.sessions.is_empty() && all.all(is_verified) {
        true => line.by_browser(),
        false => line,
    }
}
