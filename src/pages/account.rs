//! `/account`: who is signed in, what would become of their messages, and what
//! they can change.

// Adding an email address, and removing one.
mod emails;
// What the verdict rests on, line by line.
mod evidence;
// Whether somebody has their key.
mod key;
// What would become of encrypted messages.
pub mod messages;
// What to do after a reset.
mod next;
// Proving that one is the owner of the account.
mod owner;
// A new password.
mod password;
// The sessions of the account.
mod sessions;

use crate::browser::clock;
use crate::components::button::Weight;
use crate::components::page::page as show;
use crate::components::text::{filled, link_button};
use crate::encryption::{Evidence, KeyAnswer, Tried, Verdict};
use crate::i18n::account as texts;
use crate::matrix::auth_metadata::AuthMetadata;
use crate::matrix::capabilities::{Capabilities, GetCapabilities};
use crate::matrix::key_backup::Backup;
use crate::matrix::session::Session;
use crate::route::Route;
use crate::runtime::effect::effect;
use crate::runtime::evidence::gather;
use crate::runtime::server::auth_metadata;
use crate::runtime::session::SessionRuntime;
use crate::site::{Leave, Site};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;
use std::time::Duration;

/// What is known of the account so far.
#[derive(Clone, Copy)]
pub struct Account {
    /// Who is signed in.
    pub session: SessionRuntime,
    /// What is known of its encryption; nothing while it is asked.
    pub evidence: RwSignal<Option<Arc<Evidence>>>,
    /// The key that the person tried, and what came of it.
    tried: RwSignal<Option<Arc<Tried>>>,
    /// When the backup was seen to grow, in this session.
    pub grown: RwSignal<Option<Duration>>,
    /// Whether that is so short a time ago that it may still do.
    growing: RwSignal<bool>,
    /// What may be changed here; nothing while it is asked.
    may: RwSignal<Option<Capabilities>>,
    /// Where the rest is changed, on a homeserver that leaves accounts to OAuth.
    elsewhere: RwSignal<Option<AuthMetadata>>,
}

/// The page. Whoever is not signed in is led to where they can.
pub fn page(site: &Site) -> AnyView {
    match signed_in(site) {
        Some((session, account)) => {
            account.load();
            account.ask_what_may_be_changed();
            show(site, texts().title, content(site, &session, account))
        }
        None => ().into_any(),
    }
}

/// Whoever is signed in, with nothing known of them yet. Without a session, the
/// page is left.
pub fn signed_in(site: &Site) -> Option<(Session, Account)> {
    site.session.restore();
    let (session, here) = (site.session, site.clone());
    effect(move || {
        if session.get().is_none() {
            here.go(Route::Login, Leave::Nothing);
        }
    });
    Some((session.get_untracked()?, Account::new(session)))
}

impl Account {
    fn new(session: SessionRuntime) -> Self {
        let growth = session.growth();
        Self {
            session,
            evidence: RwSignal::new(None),
            tried: RwSignal::new(None),
            grown: RwSignal::new(growth.grown()),
            growing: RwSignal::new(growth.is_growing(clock::now())),
            may: RwSignal::new(None),
            elsewhere: RwSignal::new(None),
        }
    }

    /// Asks for all that is known of its encryption.
    pub fn load(self) {
        spawn_local(async move {
            let Some(evidence) = gather(self.session).await else { return };
            if let Some(opened) = self.session.opened() {
                let tried = Tried { lock: (*opened).clone(), answer: KeyAnswer::OpensBackup };
                self.tried.try_set(Some(Arc::new(tried)));
            }
            // Another page may be shown by now, and another user signed in.
            if self.evidence.is_disposed() {
                return;
            }
            if let Ok(lock) = &evidence.lock {
                self.look_at(lock.backup.as_ref());
            }
            self.evidence.set(Some(Arc::new(evidence)));
        });
    }

    /// Takes note of the backup as it is now. What was seen of it lives as long as the
    /// session: the next page goes on from there.
    fn look_at(self, backup: Option<&Backup>) {
        let mut growth = self.session.growth();
        growth.look(backup, clock::now());
        self.session.keep_growth(growth);
        self.settle();
    }

    /// Shows whether the backup grows: one that has not grown for a while has stopped.
    fn settle(self) {
        let growth = self.session.growth();
        let is_growing = growth.is_growing(clock::now());
        if self.grown.get_untracked() != growth.grown() {
            self.grown.set(growth.grown());
        }
        if self.growing.get_untracked() != is_growing {
            self.growing.set(is_growing);
        }
    }

    /// What all that means, once it is known. Whoever asks is told then.
    pub fn verdict(self) -> Option<Verdict> {
        Some(Verdict::of(&*self.evidence.get()?, self.key(), self.growing.get()))
    }

    /// What came of the key that the person tried. It counts only for what it was
    /// tried on. Whoever asks is told when that changes.
    pub fn key(self) -> Option<KeyAnswer> {
        let (tried, evidence) = (self.tried.get()?, self.evidence.get()?);
        let lock = evidence.lock.as_ref().ok()?;
        tried.lock.is_like(lock).then_some(tried.answer)
    }

    /// A key was tried on this lock, as it was just now.
    fn was_tried(self, tried: Tried) {
        if let Some(evidence) = self.evidence.get_untracked() {
            let lock = Ok(tried.lock.clone());
            self.evidence.set(Some(Arc::new(Evidence { lock, ..(*evidence).clone() })));
        }
        if tried.answer == KeyAnswer::OpensBackup {
            self.session.has_opened(tried.lock.clone());
        }
        self.tried.set(Some(Arc::new(tried)));
    }

    /// Whether devices are signed out on the server's own account page only; `None` while
    /// that is not known. Tracks the signals that it reads.
    fn devices_are_elsewhere(self) -> Option<bool> {
        let may = self.may.get()?;
        Some(self.elsewhere.with(|oauth| may.devices_are_elsewhere(oauth.as_ref())))
    }

    fn ask_what_may_be_changed(self) {
        spawn_local(async move {
            let all = Capabilities { password: true, emails: true };
            let may = self.session.send(&GetCapabilities).await.unwrap_or(all);
            let Some(session) = self.session.get_untracked() else { return };
            if may != all
                && let Ok(Some(metadata)) = auth_metadata(&session.homeserver.base_url).await
            {
                self.elsewhere.try_set(Some(metadata));
            }
            self.may.try_set(Some(may));
        });
    }
}

fn content(site: &Site, session: &Session, account: Account) -> AnyView {
    let t = texts();
    let server = session.homeserver.name.as_str();
    let sign_out = link_button(Weight::Secondary, &site.href(Route::SignOut), t.sign_out);
    view! {
        {filled(t.lead, &[("user", &session.user_id)]).line("lead")}
        {next::section(site)}
        {messages::section(account, server)}
        {key::section(account, server)}
        {sessions::section(account, session)}
        {emails::section(account, session)}
        {password::section(account, session)}
        {sign_out.actions()}
    }
    .into_any()
}
