//! What is at stake, before anything is changed.

use super::Person;
use crate::admin::stake::Stake;
use crate::browser::clock;
use crate::components::button::{Button, Weight};
use crate::components::text::{Html, list_of, plain};
use crate::i18n::{self, admin as texts, counted, fill};
use crate::matrix::Error;
use crate::matrix::admin::Account;
use leptos::prelude::*;

/// The list.
pub fn section(person: Person) -> AnyView {
    let t = &texts().user;
    let server = person.desk.server_name();
    let list = move || match (person.account.get(), person.stake.get()) {
        (Some(account), Some(stake)) => lines(&account, &stake, &server),
        _ => plain(&fill(t.loading, &[("server", &server)])).line("loading"),
    };
    let again = Callback::new(move |()| person.load());
    view! {
        <h2 class="part" id="stake" tabindex="-1">{t.stake_title}</h2>
        {list}
        <div class="actions">
            <Button label=t.again busy=None blocked=false weight=Weight::Tertiary press=again/>
        </div>
    }
    .into_any()
}

fn lines(account: &Account, stake: &Stake, server: &str) -> AnyView {
    let t = &texts().user;
    let emails: Vec<_> = account.emails().collect();
    let emails = match (&account.threepids, emails.as_slice()) {
        (None, _) => fill(t.emails_unknown, &[("server", server)]),
        (_, []) => t.emails_none.to_owned(),
        (_, all) => fill(t.emails, &[("emails", &i18n::list(all))]),
    };
    let storage = match &stake.secrets {
        Ok(kept) if kept.has_backup_key => t.storage.to_owned(),
        Ok(kept) if kept.has_storage => t.storage_only.to_owned(),
        Ok(_) => t.storage_none.to_owned(),
        Err(error) => unknown(error, server),
    };
    let all = [sessions(stake, server), emails, storage];
    let all: Vec<Html> = all.iter().map(|words| plain(words)).collect();
    let price = plain(i18n::price(stake.price())).strong();
    view! {
        {list_of("checks", &all)}
        {price.line("notice")}
        {plain(t.limits).line("hint")}
    }
    .into_any()
}

fn sessions(stake: &Stake, server: &str) -> String {
    let t = &texts().user;
    let sessions = match &stake.sessions {
        Ok(sessions) => sessions,
        Err(error) => return unknown(error, server),
    };
    let seen = sessions.iter().filter_map(|session| session.last_seen).max();
    let seen = seen.map_or_else(|| "–".to_owned(), clock::date);
    match sessions.len() {
        0 => t.sessions_none.to_owned(),
        count => counted(&t.sessions, count as u64, &[("time", &seen)]),
    }
}

fn unknown(error: &Error, server: &str) -> String {
    fill(texts().user.unknown, &[("problem", &i18n::error(error, server))])
}
