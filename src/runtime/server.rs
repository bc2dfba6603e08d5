//! The homeserver that this tab is about, and what it told of itself.

use super::prefill;
use crate::browser::tab_storage;
use crate::matrix::auth_metadata::{AuthMetadata, GetAuthMetadata};
use crate::matrix::email_reset::AskForEmailReset;
use crate::matrix::implementation::Implementation;
use crate::matrix::login_flows::GetLoginFlows;
use crate::matrix::password_policy::{GetPasswordPolicy, PasswordPolicy};
use crate::matrix::server_version::GetServerVersion;
use crate::matrix::wire::Endpoint;
use crate::matrix::{BaseUrl, Error, Homeserver};
use crate::net;
use crate::recovery::ways::{Told, Way};
use futures_util::future::{join, join3};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

/// The homeserver of this tab. What was chosen stays chosen over steps and
/// reloads, and goes with the tab.
#[derive(Clone, Copy)]
pub struct ServerRuntime {
    homeserver: RwSignal<Arc<Homeserver>>,
    told: RwSignal<Option<Arc<Told>>>,
    policy: RwSignal<Option<PasswordPolicy>>,
    asked: RwSignal<bool>,
    elsewhere: RwSignal<bool>,
    suggested: RwSignal<Option<String>>,
}

const KEY: &str = "matrix-account-recovery.server";

impl ServerRuntime {
    /// This homeserver, which has not told anything yet, and another one that a
    /// link named, as it was spelt there.
    pub fn new(homeserver: Homeserver, suggested: Option<String>) -> Self {
        Self {
            homeserver: RwSignal::new(Arc::new(homeserver)),
            told: RwSignal::new(None),
            policy: RwSignal::new(None),
            asked: RwSignal::new(false),
            elsewhere: RwSignal::new(false),
            suggested: RwSignal::new(suggested),
        }
    }

    /// The homeserver as it is now.
    pub fn now(self) -> Arc<Homeserver> {
        self.homeserver.get_untracked()
    }

    /// The homeserver. Whoever asks is told when another one is chosen.
    pub fn get(self) -> Arc<Homeserver> {
        self.homeserver.get()
    }

    /// What a link named, until the person has said whether it is right. Whoever
    /// asks is told when they do, or when another homeserver is chosen.
    pub fn suggested(self) -> Option<String> {
        self.homeserver.track();
        self.suggested.get()
    }

    /// The person does not want what a link named.
    pub fn decline(self) {
        prefill::was_answered();
        self.suggested.set(None);
    }

    /// From now on it is this one.
    pub fn choose(self, homeserver: Homeserver) {
        keep(&homeserver);
        prefill::was_answered();
        self.suggested.try_update_untracked(Option::take);
        self.asked.set(false);
        self.tell(None);
        self.homeserver.set(Arc::new(homeserver));
    }

    /// Asks the homeserver what it can do, unless it was asked before. That
    /// sends no mail and counts against no limit.
    pub fn ask(self) {
        if !self.asked.get_untracked() {
            self.asked.set(true);
            self.ask_again();
        }
    }

    /// Asks the homeserver once more.
    pub fn ask_again(self) {
        let homeserver = self.now();
        self.tell(None);
        self.policy.set(None);
        spawn_local(async move {
            // Another one may have been chosen meanwhile.
            let is_it = || self.homeserver.try_get_untracked().is_some_and(|now| now == homeserver);
            let policy = |policy: &PasswordPolicy| {
                if is_it() {
                    self.policy.set(Some(policy.clone()));
                }
            };
            let told = told(&homeserver.base_url, policy).await;
            if is_it() {
                self.tell(Some(told));
            }
        });
    }

    fn tell(self, told: Option<Told>) {
        let elsewhere = told.as_ref().is_some_and(|told| !told.way().is_here());
        if self.elsewhere.get_untracked() != elsewhere {
            self.elsewhere.set(elsewhere);
        }
        self.told.set(told.map(Arc::new));
    }

    /// Its rules for passwords, once they are known: they do not wait for the
    /// rest. Whoever asks is told then.
    pub fn policy(self) -> Option<PasswordPolicy> {
        self.policy.get()
    }

    /// What it told; nothing while it is asked. Whoever asks is told then.
    pub fn told(self) -> Option<Arc<Told>> {
        self.told.get()
    }

    /// What it told so far.
    pub fn told_untracked(self) -> Option<Arc<Told>> {
        self.told.get_untracked()
    }

    /// The way back into an account there, once it is known.
    pub fn way(self) -> Option<Way> {
        Some(self.told()?.way())
    }

    /// Returns its software, as far as it is known, and tracks it.
    pub fn implementation(self) -> Implementation {
        match self.policy() {
            Some(_) => Implementation::Synapse,
            None => self.told().map(|told| told.implementation()).unwrap_or_default(),
        }
    }

    /// Whether it is known that the way does not begin with the form for a new
    /// password. Whoever asks is told when that changes.
    pub fn is_elsewhere(self) -> bool {
        self.elsewhere.get()
    }

    /// A homeserver that has told this, for pictures.
    #[cfg(debug_assertions)]
    pub fn that_told(homeserver: Homeserver, told: Option<Told>) -> Self {
        let this = Self::new(homeserver, None);
        this.asked.set(true);
        this.policy.set(told.as_ref().and_then(|told| told.policy.clone().ok()));
        this.tell(told);
        this
    }
}

/// At once, since each answer takes a while on a bad line. Whether accounts are
/// left to OAuth 2.0 is asked only where it matters.
async fn told(server: &BaseUrl, policy_came: impl Fn(&PasswordPolicy)) -> Told {
    let ask = |request| net::exchange(server, request);
    let policy = async {
        let answer = ask(GetPasswordPolicy.request()).await;
        let policy = answer.and_then(|answer| GetPasswordPolicy.read(&answer));
        if let Ok(policy) = &policy {
            policy_came(policy);
        }
        policy
    };
    let (flows, email, policy) =
        join3(ask(GetLoginFlows.request()), ask(AskForEmailReset.request()), policy).await;
    let mut told = Told {
        flows: flows.and_then(|answer| GetLoginFlows.read(&answer)),
        oauth: Ok(None),
        email: email.and_then(|answer| AskForEmailReset.read(&answer)),
        policy,
        by_version: Implementation::Unknown,
    };
    if !matches!(told.way(), Way::Email { .. }) {
        told.oauth = auth_metadata(server).await;
    }
    if told.wants_version() {
        told.by_version = by_version(server).await;
    }
    told
}

/// Asks the version paths of Tuwunel and Continuwuity.
pub async fn by_version(server: &BaseUrl) -> Implementation {
    let ask = |endpoint: GetServerVersion| async move {
        let answer = net::exchange(server, endpoint.request()).await;
        answer.and_then(|answer| endpoint.read(&answer)).unwrap_or_default()
    };
    let (tuwunel, continuwuity) =
        join(ask(GetServerVersion::Tuwunel), ask(GetServerVersion::Continuwuity)).await;
    match tuwunel {
        Implementation::Unknown => continuwuity,
        known => known,
    }
}

/// Whether accounts are left to OAuth 2.0, by the old path too.
pub async fn auth_metadata(server: &BaseUrl) -> Result<Option<AuthMetadata>, Error> {
    let mut told = Ok(None);
    for endpoint in [GetAuthMetadata::Stable, GetAuthMetadata::Unstable] {
        if told == Ok(None) {
            let answer = net::exchange(server, endpoint.request()).await;
            told = answer.and_then(|answer| endpoint.read(&answer));
        }
    }
    told
}

/// Keeps what was chosen: the address, and in a line of its own the name.
pub fn keep(homeserver: &Homeserver) {
    let name = homeserver.server_name().unwrap_or_default();
    tab_storage::set(KEY, &[homeserver.base_url.as_str(), "\n", name].concat());
}

/// What was chosen in this tab before.
pub fn kept() -> Option<Homeserver> {
    let kept = tab_storage::get(KEY)?;
    let (base_url, name) = kept.split_once('\n')?;
    let name = (!name.is_empty()).then(|| name.to_owned());
    Some(Homeserver::new(name, BaseUrl::parse(base_url)?))
}
