//! What would become of encrypted messages: part of `/account` and `/sign-out`.

use super::{Account, evidence};
use crate::browser::page;
use crate::components::button::{Button, Weight};
use crate::components::text::{Html, filled, list_of, plain};
use crate::encryption::{Evidence, Verdict};
use crate::i18n;
use crate::matrix::key_backup::Backup;
use crate::place;
use crate::runtime::evidence::backup;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;
use std::time::Duration;

/// The verdict, and what it rests on.
pub fn section(account: Account, server: &str) -> AnyView {
    let t = &i18n::account().messages;
    watch(account);
    let again = Callback::new(move |()| {
        account.evidence.set(None);
        account.load();
    });
    // What to do about it is in there.
    let is_bad =
        move || matches!(account.verdict(), Some(Verdict::Lost(_) | Verdict::NothingBackedUp));
    let name = server.to_owned();
    let lines = move || Some(evidence::lines(account.evidence.get()?, account, &name));
    view! {
        <h2 class="part">{t.title}</h2>
        {sentence(account, server)}
        <details id=place::MESSAGES open=is_bad>
            <summary>{t.evidence}</summary>
            {lines}
        </details>
        <div class="actions">
            <Button label=t.again busy=None blocked=false weight=Weight::Tertiary press=again/>
        </div>
    }
    .into_any()
}

/// The verdict in one sentence, with its reasons.
pub fn sentence(account: Account, server: &str) -> AnyView {
    let server = server.to_owned();
    let view = move || match account.verdict() {
        None => filled(i18n::account().loading, &[("server", &server)]).line("asking"),
        Some(verdict) => in_words(&verdict, &server),
    };
    view! { <div role="status">{view}</div> }.into_any()
}

fn in_words(verdict: &Verdict, server: &str) -> AnyView {
    let class = match verdict {
        Verdict::Safe | Verdict::NothingToLose => "notice good",
        Verdict::Lost(_) | Verdict::NothingBackedUp => "notice critical",
        Verdict::SafeWithKey | Verdict::Unknown(_) => "notice",
    };
    let (reasons, settled) = (list(verdict, server), settled(verdict));
    view! {
        <div class=class>
            <strong>{i18n::verdict(verdict)}</strong>
            {reasons}
        </div>
        {settled}
    }
    .into_any()
}

/// What goes with the sentence of a verdict where that stands alone: its reasons, and
/// what only a device itself can know.
pub fn reasons(verdict: &Verdict, server: &str) -> AnyView {
    view! { {list(verdict, server)} {settled(verdict)} }.into_any()
}

/// Says of a backup that only a device knows whether all its keys are in it.
fn settled(verdict: &Verdict) -> Option<AnyView> {
    verdict.is_backed_up().then(|| plain(i18n::account().messages.settled).line("hint"))
}

fn list(verdict: &Verdict, server: &str) -> Option<AnyView> {
    let reasons = match verdict {
        Verdict::Lost(reasons) => {
            reasons.iter().map(|reason| plain(&i18n::reason(*reason))).collect()
        }
        Verdict::Unknown(error) => vec![plain(&i18n::error(error, server))],
        _ => Vec::<Html>::new(),
    };
    (!reasons.is_empty()).then(|| list_of("checks", &reasons))
}

/// Looks again and again whether the backup grows, for as long as somebody looks
/// at the page: whoever has just switched it on in another app waits for that.
pub fn watch(account: Account) {
    const PAUSE: Duration = Duration::from_secs(8);
    let under_way = StoredValue::new(false);
    let look = move || {
        account.settle();
        if page::is_hidden() || under_way.get_value() {
            return;
        }
        under_way.set_value(true);
        spawn_local(async move {
            let now = backup(account.session).await;
            under_way.try_set_value(false);
            let before = account.evidence.try_get_untracked().flatten();
            if let (Some(before), Ok(now)) = (before, now) {
                compare(account, &before, now);
            }
        });
    };
    if let Ok(timer) = set_interval_with_handle(look, PAUSE) {
        on_cleanup(move || timer.clear());
    }
}

fn compare(account: Account, before: &Evidence, now: Option<Backup>) {
    let Ok(lock) = &before.lock else { return };
    if lock.backup == now {
        return;
    }
    account.look_at(now.as_ref());
    let is_another = lock.backup.as_ref().map(Backup::id) != now.as_ref().map(Backup::id);
    if is_another {
        // Then its key may be another one too.
        return account.load();
    }
    let mut lock = lock.clone();
    lock.backup = now;
    account.evidence.set(Some(Arc::new(Evidence { lock: Ok(lock), ..before.clone() })));
}
