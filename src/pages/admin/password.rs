//! A new password for somebody else: words that can be read out, or what the
//! administrator types. It is shown, since it is to be handed over.

use crate::browser::page;
use crate::components::button::{Button, Weight};
use crate::components::field::{self, Field, TEXT};
use crate::components::text::plain;
use crate::i18n::{self, admin as texts, fill};
use crate::matrix::password_policy::PasswordPolicy;
use crate::recovery::reset::PasswordProblem;
use crate::runtime::admin::{Desk, work};
use crate::secret::Secret;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::rc::Rc;

/// The field, and what is known for it.
#[derive(Clone, Copy)]
pub struct Password {
    desk: Desk,
    field: &'static str,
    problem: RwSignal<Option<String>>,
    /// The homeserver's rules, and the words; nothing while they are not there.
    known: StoredValue<Option<(PasswordPolicy, String)>>,
    loading: RwSignal<bool>,
    rules: RwSignal<Option<String>>,
}

impl Password {
    /// A field of this `id`, in which a password stands as soon as one can be made.
    pub fn new(desk: Desk, field: &'static str) -> Self {
        Self {
            desk,
            field,
            problem: RwSignal::new(None),
            known: StoredValue::new(None),
            loading: RwSignal::new(false),
            rules: RwSignal::new(None),
        }
    }

    /// Somebody is about to use it: the homeserver's rules and the words are loaded, and
    /// a password is made.
    pub fn open(self) {
        if self.known.with_value(Option::is_some) || self.loading.get_untracked() {
            return;
        }
        self.loading.set(true);
        spawn_local(async move {
            let policy = work::policy(self.desk).await;
            let words = work::words().await;
            self.loading.try_set(false);
            match (policy, words) {
                (Ok(policy), Ok(words)) => {
                    self.rules.try_set(self.rules_of(&policy));
                    self.known.try_set_value(Some((policy, words)));
                    if field::typed(self.field).is_empty() {
                        self.make();
                    }
                }
                (Err(error), _) | (_, Err(error)) => {
                    let words = i18n::error(&error, &self.desk.server_name());
                    self.problem.try_set(Some(words));
                }
            }
        });
    }

    fn rules_of(self, policy: &PasswordPolicy) -> Option<String> {
        let server = self.desk.server_name();
        let wanted = i18n::policy(policy, &server);
        let intro = fill(i18n::texts().fields.rules, &[("server", &server)]);
        (!wanted.is_empty()).then(|| [&intro, " ", &i18n::list(&wanted)].concat())
    }

    /// Makes one, and puts it into the field. What is needed for that is loaded again
    /// where it did not come.
    fn make(self) {
        // The page may have been left meanwhile.
        let Some(known) = self.known.try_get_value() else { return };
        let Some((policy, words)) = known else { return self.open() };
        match work::new_password(&words, &policy) {
            Some(made) => {
                field::prefill(self.field, made.expose());
                self.problem.try_set(None);
            }
            None => drop(self.problem.try_set(Some(texts().password.no_random.to_owned()))),
        }
    }

    /// What stands in the field, if it can be used. It has the focus if it cannot.
    pub fn take(self) -> Option<Rc<Secret>> {
        let typed = Rc::new(Secret::new(field::typed(self.field)));
        let Some((policy, _)) = self.known.get_value() else {
            // Nobody else looks at the homeserver's rules.
            self.problem.set(Some(texts().password.no_rules.to_owned()));
            self.open();
            return None;
        };
        let problem = PasswordProblem::of(&typed, &policy).map(|problem| match problem {
            PasswordProblem::Missing => texts().password.missing.to_owned(),
            broken => i18n::password_problem(&broken, &self.desk.server_name()),
        });
        let is_right = problem.is_none();
        self.problem.set(problem);
        if !is_right {
            page::focus(self.field);
        }
        is_right.then_some(typed)
    }

    /// The password is in use now, and stands in the field no more; unless the page
    /// was left, and the field is another one.
    pub fn clear(self) {
        if !self.problem.is_disposed() {
            field::prefill(self.field, "");
        }
    }

    /// The field.
    pub fn view(self) -> AnyView {
        let t = &texts().password;
        let another = Callback::new(move |()| self.make());
        let hint = Signal::stored(Some(t.hint.to_owned()));
        let rules = move || self.rules.get().map(|rules| plain(&rules).line("hint"));
        view! {
            <div class="spoken">
                <Field id=self.field label=t.field kind=TEXT problem=self.problem hint/>
                {rules}
                <Button label=t.another busy=None blocked=false weight=Weight::Tertiary
                    press=another/>
            </div>
        }
        .into_any()
    }
}
