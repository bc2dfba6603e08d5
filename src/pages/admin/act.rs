//! Something that is done to an account: what it does is said before, questions are
//! asked where something could be lost, and what came of it stays to be read.

use crate::admin::action::Action;
use crate::admin::many::{Fault, Refusal};
use crate::browser::page;
use crate::components::button::{Button, Weight};
use crate::i18n::{self, admin as texts, fill};
use crate::runtime::admin::Desk;
use crate::runtime::effect::effect;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::rc::Rc;

/// Something that can be done, and how far it is.
#[derive(Clone, Copy)]
pub struct Act {
    desk: Desk,
    action: Action,
    /// Whether it is being done.
    pub busy: RwSignal<bool>,
    questions: RwSignal<Vec<Question>, LocalStorage>,
    refusal: RwSignal<Option<Refusal>>,
    done: RwSignal<Option<String>>,
    work: StoredValue<Option<Rc<dyn Fn()>>, LocalStorage>,
}

/// Asked before something is done.
#[derive(Clone)]
pub struct Question {
    title: &'static str,
    words: String,
    yes: &'static str,
}

/// What is asked before an action on an account. Whoever does it to their own account
/// and may not get in again is asked once more.
pub fn questions(
    desk: Desk,
    action: Action,
    user_id: &str,
    asked: &[(&str, &'static str)],
) -> Vec<Question> {
    let t = &texts().ask;
    let ask = |(words, yes): &(&str, &'static str)| Question {
        title: t.title,
        words: (*words).to_owned(),
        yes,
    };
    let mut all: Vec<_> = asked.iter().map(ask).collect();
    if action.locks_out() && desk.is_me(user_id) {
        let words = fill(t.yourself, &[("server", &desk.server_name())]);
        all.push(Question { title: t.yourself_title, words, yes: t.yourself_yes });
        // Twice, also where nobody else would be asked at all.
        if all.len() < 2 {
            let again = Question {
                title: t.title,
                words: [i18n::action(action), ": ", user_id].concat(),
                yes: t.yourself_yes,
            };
            all.push(again);
        }
    }
    all
}

impl Act {
    /// Nothing was done yet.
    pub fn new(desk: Desk, action: Action) -> Self {
        Self {
            desk,
            action,
            busy: RwSignal::new(false),
            questions: RwSignal::new_local(Vec::new()),
            refusal: RwSignal::new(None),
            done: RwSignal::new(None),
            work: StoredValue::new_local(None),
        }
    }

    /// Does it after these questions were answered, one after the other. `work` gives
    /// what to say when it was done.
    pub fn begin<F>(self, user_id: &str, questions: Vec<Question>, work: impl Fn() -> F + 'static)
    where
        F: Future<Output = Result<String, Fault>> + 'static,
    {
        if self.busy.get_untracked() {
            return;
        }
        self.refusal.set(None);
        self.done.set(None);
        let whom = user_id.to_owned();
        let run = move || {
            let (work, whom) = (work(), whom.clone());
            self.busy.set(true);
            spawn_local(async move {
                let answer = work.await;
                self.busy.try_set(false);
                self.ended(&whom, answer);
            });
        };
        self.work.set_value(Some(Rc::new(run)));
        self.ask(questions);
    }

    fn ask(self, questions: Vec<Question>) {
        let is_last = questions.is_empty();
        self.questions.set(questions);
        if is_last && let Some(work) = self.work.try_update_value(Option::take).flatten() {
            work();
        }
    }

    fn ended(self, whom: &str, answer: Result<String, Fault>) {
        let server = self.desk.server_name();
        match answer {
            Ok(words) => {
                self.desk.note(self.action, whom, texts().log.done);
                self.done.try_set(Some(words));
            }
            Err(fault) => {
                let refusal = Refusal::from(fault);
                self.desk.note(self.action, whom, &i18n::failure(&refusal, &server));
                self.refusal.try_set(Some(refusal));
            }
        }
    }

    /// Whether it is asked for something, or being done.
    pub fn is_open(self) -> Signal<bool> {
        Signal::derive(move || self.busy.get() || self.questions.with(|all| !all.is_empty()))
    }

    /// Whether it was done, or refused. Whoever asks is told when that changes.
    pub fn has_result(self) -> Signal<bool> {
        Signal::derive(move || self.done.get().is_some() || self.refusal.get().is_some())
    }

    /// What the button says while it is done.
    pub fn label(self, busy: &'static str) -> Signal<Option<&'static str>> {
        Signal::derive(move || self.busy.get().then_some(busy))
    }

    /// The question, and what came of it.
    pub fn view(self) -> AnyView {
        let id = [i18n::action(self.action).replace(' ', "-").as_str(), "-question"].concat();
        let question = move || {
            let next = self.questions.with(|all| all.first().cloned())?;
            Some(self.question(&id, next))
        };
        let server = self.desk.server_name();
        let refused = move || {
            let words = i18n::failure(&self.refusal.get()?, &server);
            Some(view! { <div class="notice critical">{words}</div> })
        };
        let done =
            move || self.done.get().map(|words| view! { <div class="notice good">{words}</div> });
        view! {
            {question}
            <div role="alert">{refused}</div>
            <div role="status">{done}</div>
        }
        .into_any()
    }

    fn question(self, id: &str, question: Question) -> AnyView {
        let focus = id.to_owned();
        effect(move || page::focus(&focus));
        let yes = Callback::new(move |()| {
            let rest =
                self.questions.with_untracked(|all| all.get(1..).unwrap_or_default().to_vec());
            self.ask(rest);
        });
        let no = Callback::new(move |()| {
            self.work.set_value(None);
            self.questions.set(Vec::new());
        });
        view! {
            <div class="notice critical" id=id.to_owned() tabindex="-1">
                <h3>{question.title}</h3>
                <p>{question.words}</p>
                <div class="actions">
                    <Button label=question.yes busy=None blocked=false weight=Weight::Primary
                        press=yes/>
                    <Button label=texts().ask.no busy=None blocked=false weight=Weight::Tertiary
                        press=no/>
                </div>
            </div>
        }
        .into_any()
    }
}
