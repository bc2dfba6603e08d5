//! What a link to this site filled in: `hs_url` and `email`.

use crate::browser::{address, tab_storage};

const KEY: &str = "matrix-account-recovery.prefill";

/// The homeserver and the email address, now or before a reload.
pub fn take() -> [Option<String>; 2] {
    let taken = address::take(["hs_url", "email"]);
    if taken.iter().any(Option::is_some) {
        let [server, email] = taken.each_ref().map(|text| text.as_deref().unwrap_or_default());
        // Neither has line ends: they are no part of an address.
        tab_storage::set(KEY, &[server, "\n", email].concat());
        return taken;
    }
    let kept = tab_storage::get(KEY).unwrap_or_default();
    let (server, email) = kept.split_once('\n').unwrap_or_default();
    [server, email].map(|text| (!text.is_empty()).then(|| text.to_owned()))
}

/// The person has said whether the homeserver of the link is right.
pub fn was_answered() {
    let kept = tab_storage::get(KEY).unwrap_or_default();
    if let Some((_, email)) = kept.split_once('\n') {
        tab_storage::set(KEY, &["\n", email].concat());
    }
}
