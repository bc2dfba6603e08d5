//! The field for a new password with all that helps to choose one, and what
//! happens to the other sessions: part of `/reset` and `/reset/check-email`.

use crate::components::field::{self, NEW_PASSWORD};
use crate::components::password::Password;
use crate::components::radio::{Answer, either};
use crate::components::strength::Strength;
use crate::i18n::{self, fill, texts};
use crate::matrix::Homeserver;
use crate::matrix::password_policy::{GetPasswordPolicy, PasswordPolicy};
use crate::net;
use crate::recovery::password_strength::strength;
use crate::recovery::reset::OtherSessions;
use crate::runtime::effect::effect;
use crate::runtime::server::ServerRuntime;
use crate::secret::Secret;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

/// The email address, where it is asked for.
pub const EMAIL_FIELD: &str = "email";
/// The new password.
pub const PASSWORD_FIELD: &str = "new-password";
/// Nobody sees it: it tells a password manager whose password this is.
const USERNAME_FIELD: &str = "account";

/// A new password, as the person chooses it.
#[derive(Clone)]
pub struct NewPassword {
    policy: Rc<RefCell<PasswordPolicy>>,
    rules: RwSignal<Option<String>>,
    common: Rc<RefCell<Option<String>>>,
    strength: RwSignal<Option<String>>,
    shown: RwSignal<bool>,
    timer: Rc<Cell<Option<TimeoutHandle>>>,
    sign_out: RwSignal<bool>,
}

impl NewPassword {
    /// With this chosen for the other sessions.
    pub fn new(other_sessions: OtherSessions) -> Self {
        Self {
            policy: Rc::default(),
            rules: RwSignal::new(None),
            common: Rc::default(),
            strength: RwSignal::new(None),
            shown: RwSignal::new(false),
            timer: Rc::default(),
            sign_out: RwSignal::new(other_sessions == OtherSessions::SignOut),
        }
    }

    /// The rules are those of the homeserver of this tab, which is asked for all that it can do.
    pub fn follow_rules(&self, server: ServerRuntime) {
        let this = self.clone();
        effect(move || {
            if let Some(policy) = server.policy() {
                this.apply(policy, &server.now().name);
            }
        });
    }

    /// Asks a homeserver for its rules only. They are a help and no more: without them the
    /// server still says no.
    pub fn ask_for_rules(&self, homeserver: Homeserver) {
        let this = self.clone();
        spawn_local(async move {
            if let Ok(policy) = net::send(&homeserver.base_url, &GetPasswordPolicy).await {
                this.apply(policy, &homeserver.name);
            }
        });
    }

    /// What was typed. From now on it is not shown any more.
    pub fn take(&self) -> Rc<Secret> {
        self.shown.set(false);
        Rc::new(Secret::new(field::typed(PASSWORD_FIELD)))
    }

    /// What was chosen for the other sessions.
    pub fn other_sessions(&self) -> OtherSessions {
        match self.sign_out.get_untracked() {
            true => OtherSessions::SignOut,
            false => OtherSessions::Keep,
        }
    }

    /// Whether they are signed out, as it is chosen now.
    pub fn signs_out(&self) -> Signal<bool> {
        self.sign_out.into()
    }

    /// The homeserver's rules, as far as they are known.
    pub fn policy(&self) -> PasswordPolicy {
        self.policy.borrow().clone()
    }

    /// Puts what was typed before into the fields. The password goes from where
    /// it is kept to its field without another copy of it.
    pub fn prefill(&self, email: &str, password: &Secret) {
        field::prefill(EMAIL_FIELD, email);
        field::prefill(USERNAME_FIELD, email);
        field::prefill(PASSWORD_FIELD, password.expose());
        self.typing();
    }

    /// Somebody types. What is said of a password waits until they pause, since
    /// it is read out.
    pub fn typing(&self) {
        const PAUSE: Duration = Duration::from_millis(700);
        if !Secret::new(field::typed(PASSWORD_FIELD)).is_empty() {
            self.load_common();
        }
        if let Some(timer) = self.timer.take() {
            timer.clear();
        }
        let later = self.clone();
        self.timer.set(set_timeout_with_handle(move || later.look(), PAUSE).ok());
    }

    /// Says how hard the password is to guess, unless the page was left.
    fn look(&self) {
        let Some(before) = self.strength.try_get_untracked() else { return };
        let email = field::typed(USERNAME_FIELD);
        let password = Secret::new(field::typed(PASSWORD_FIELD));
        let common = self.common.borrow();
        let verdict = strength(password.expose(), &email, common.as_deref().unwrap_or_default());
        let verdict = verdict.map(i18n::strength);
        if before != verdict {
            self.strength.set(verdict);
        }
    }

    /// The most common passwords, loaded when somebody begins to type one. They
    /// are a help and no more: without them the rest is still looked at.
    fn load_common(&self) {
        if self.common.borrow().is_some() {
            return;
        }
        self.common.replace(Some(String::new()));
        let this = self.clone();
        spawn_local(async move {
            if let Ok(list) = net::load("common-passwords.txt").await
                && list.status == 200
            {
                this.common.replace(Some(list.body));
                this.look();
            }
        });
    }

    fn apply(&self, policy: PasswordPolicy, server: &str) {
        self.rules.try_set(rules_wanted(&policy, server));
        self.policy.replace(policy);
    }

    /// The field for the password.
    pub fn field(&self, problem: Signal<Option<String>>) -> AnyView {
        let (rules, verdict, shown) = (self.rules, self.strength, self.shown);
        view! {
            <input hidden id=USERNAME_FIELD type="text" autocomplete="username"/>
            <Password id=PASSWORD_FIELD label=texts().reset.password kind=NEW_PASSWORD
                shown problem hint=rules>
                <Strength verdict/>
            </Password>
        }
        .into_any()
    }

    /// What happens to the other sessions.
    pub fn sessions(&self) -> AnyView {
        let t = &texts().reset;
        let answers = [
            Answer { id: "sign-out", label: t.sign_out, why: t.sign_out_why, is_yes: true },
            Answer { id: "keep", label: t.keep, why: t.keep_why, is_yes: false },
        ];
        either(t.other_sessions, "other-sessions", answers, self.sign_out)
    }
}

/// A password manager is told at once under which name to keep the password.
pub fn name_account(email: &str) {
    field::prefill(USERNAME_FIELD, email);
}

fn rules_wanted(policy: &PasswordPolicy, server: &str) -> Option<String> {
    let rules = i18n::policy(policy, server);
    let intro = fill(texts().fields.rules, &[("server", server)]);
    (!rules.is_empty()).then(|| [&intro, " ", &i18n::list(&rules)].concat())
}
