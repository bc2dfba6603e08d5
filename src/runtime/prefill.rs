//! What the address that led here carries: what a link filled in (`hs_url` and
//! `email`), and what single sign-on came back with.

use crate::browser::{address, tab_storage};
use crate::secret::Secret;
use std::rc::Rc;

const KEY: &str = "matrix-account-recovery.prefill";

/// All that the address carries. It is in the address bar no more.
pub struct Taken {
    /// The homeserver that a link named, now or before a reload, as it was spelt.
    pub server: Option<String>,
    /// The email address that it filled in.
    pub email: Option<String>,
    /// What single sign-on came back with. It outlives no reload.
    pub returned: Option<Returned>,
}

/// What single sign-on came back with.
#[derive(Clone, Debug)]
pub struct Returned {
    /// With it one signs in, once.
    pub login_token: Rc<Secret>,
    /// What this tab gave it to bring back.
    pub nonce: String,
}

/// Takes all of it.
pub fn take() -> Taken {
    let [server, email, token, nonce] = address::take(["hs_url", "email", "loginToken", "nonce"]);
    let returned = token.map(|token| Returned {
        login_token: Rc::new(Secret::new(token)),
        nonce: nonce.unwrap_or_default(),
    });
    if server.is_some() || email.is_some() {
        let [server, email] = [&server, &email].map(|text| text.as_deref().unwrap_or_default());
        // Neither has line ends: they are no part of an address.
        tab_storage::set(KEY, &[server, "\n", email].concat());
    }
    let kept = tab_storage::get(KEY).unwrap_or_default();
    let (server, email) = kept.split_once('\n').unwrap_or_default();
    let [server, email] = [server, email].map(|text| (!text.is_empty()).then(|| text.to_owned()));
    Taken { server, email, returned }
}

/// The person has said whether the homeserver of the link is right.
pub fn was_answered() {
    let kept = tab_storage::get(KEY).unwrap_or_default();
    if let Some((_, email)) = kept.split_once('\n') {
        tab_storage::set(KEY, &["\n", email].concat());
    }
}
