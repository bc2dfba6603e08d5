//! Keeps the session of whoever signed in here: in memory, and in this tab's
//! storage so that a reload does not leave a session behind that nobody can
//! sign out any more.

use crate::browser::tab_storage;
use crate::matrix::session::Session;
use crate::matrix::wire::Answer;
use crate::matrix::{BaseUrl, Homeserver};
use crate::secret::Secret;
use leptos::prelude::*;
use serde::Serialize;
use std::rc::Rc;

/// Who is signed in, if anybody is.
#[derive(Clone, Copy)]
pub struct SessionRuntime {
    session: RwSignal<Option<Session>, LocalStorage>,
    ended: RwSignal<bool>,
}

const KEY: &str = "matrix-account-recovery.session";

#[derive(Serialize)]
struct Kept<'a> {
    base_url: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    server_name: Option<&'a str>,
    user_id: &'a str,
    access_token: &'a str,
}

impl SessionRuntime {
    /// The session that this tab had before a reload. It stays with the homeserver
    /// that it began on, whichever one was chosen since.
    pub fn restore() -> Self {
        let kept = tab_storage::get(KEY).and_then(|text| read(&text));
        Self { session: RwSignal::new_local(kept), ended: RwSignal::new(false) }
    }

    /// The session. Whoever asks is told when it changes.
    pub fn get(self) -> Option<Session> {
        self.session.get()
    }

    /// The session as it is now.
    pub fn get_untracked(self) -> Option<Session> {
        self.session.get_untracked()
    }

    /// Whether a session ended without having been signed out here.
    pub fn was_ended(self) -> bool {
        self.ended.get()
    }

    /// Somebody signed in.
    pub fn begin(self, session: Session) {
        let kept = Kept {
            base_url: session.homeserver.base_url.as_str(),
            server_name: session.homeserver.server_name(),
            user_id: &session.user_id,
            access_token: session.access_token.expose(),
        };
        if let Ok(text) = serde_json::to_string(&kept) {
            tab_storage::set(KEY, &text);
        }
        self.ended.set(false);
        self.session.set(Some(session));
    }

    /// The session was signed out.
    pub fn end(self) {
        tab_storage::remove(KEY);
        self.session.set(None);
    }

    /// This session turned out to have been ended elsewhere. If it is not the
    /// current one any more, that is no news.
    pub fn ended_elsewhere(self, ended: &Session) {
        let is_current = |now: Session| Rc::ptr_eq(&now.access_token, &ended.access_token);
        if self.session.get_untracked().is_some_and(is_current) {
            self.ended.set(true);
            self.end();
        }
    }
}

fn read(text: &str) -> Option<Session> {
    let kept = Answer::parse(text)?;
    let name = kept.text("server_name").map(str::to_owned);
    Some(Session {
        homeserver: Homeserver::new(name, BaseUrl::parse(kept.text("base_url")?)?),
        user_id: kept.text("user_id")?.to_owned(),
        access_token: Rc::new(Secret::new(kept.text("access_token")?.to_owned())),
    })
}
