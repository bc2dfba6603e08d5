//! Something that is done to an account: what it does is said before, questions are
//! asked where something could be lost, and what came of it stays to be read.

use crate::admin::action::Action;
use crate::admin::many::Fault;
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
    failure: RwSignal<Option<String>>,
    done: RwSignal<Option<(String, bool)>>,
    whom: StoredValue<String>,
    work: StoredValue<Option<Rc<dyn Fn()>>, LocalStorage>,
}

/// What came of it.
pub struct Report {
    words: String,
    /// For the log.
    note: &'static str,
    is_good: bool,
}

impl From<String> for Report {
    /// It was done.
    fn from(words: String) -> Self {
        Self { words, note: texts().log.done, is_good: true }
    }
}

impl From<&str> for Report {
    fn from(words: &str) -> Self {
        words.to_owned().into()
    }
}

impl Report {
    /// It was not done, since there was no need.
    pub fn no_need(words: String, note: &'static str) -> Self {
        Self { words, note, is_good: true }
    }

    /// Something is not as it should be.
    pub fn bad(words: String, note: &'static str) -> Self {
        Self { words, note, is_good: false }
    }
}

/// Asked before something is done.
#[derive(Clone)]
pub struct Question {
    title: &'static str,
    words: String,
    yes: &'static str,
    /// Whether another question came before it.
    is_second: bool,
}

/// What is asked before an action on an account. Whoever does it to their own account
/// and may not get in again is asked twice.
pub fn questions(
    desk: Desk,
    action: Action,
    user_id: &str,
    asked: &[(&str, &'static str)],
) -> Vec<Question> {
    let t = &texts().ask;
    let mut all = Vec::new();
    let mut ask = |title, words: String, yes| {
        let is_second = !all.is_empty();
        all.push(Question { title, words, yes, is_second });
    };
    for (words, yes) in asked {
        ask(t.title, (*words).to_owned(), yes);
    }
    if action.locks_out() && desk.is_me(user_id) {
        let words = fill(t.yourself, &[("server", &desk.server_name())]);
        if asked.is_empty() {
            ask(t.yourself_title, words.clone(), t.yourself_yes);
            ask(t.title, t.yourself_again.to_owned(), t.yourself_yes);
        } else {
            ask(t.yourself_title, words, t.yourself_yes);
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
            failure: RwSignal::new(None),
            done: RwSignal::new(None),
            whom: StoredValue::new(String::new()),
            work: StoredValue::new_local(None),
        }
    }

    /// Does it after these questions were answered, one after the other. `work` gives
    /// what to say when it was done.
    pub fn begin<F>(self, user_id: &str, questions: Vec<Question>, work: impl Fn() -> F + 'static)
    where
        F: Future<Output = Result<Report, Fault>> + 'static,
    {
        if self.busy.get_untracked() {
            return;
        }
        self.failure.set(None);
        self.done.set(None);
        let whom = user_id.to_owned();
        self.whom.set_value(whom.clone());
        let run = move || {
            let (work, whom) = (work(), whom.clone());
            self.busy.set(true);
            self.desk.under_way.update_value(|all| all.push(self.action));
            spawn_local(async move {
                let answer = work.await;
                self.desk.under_way.update_value(|all| {
                    if let Some(at) = all.iter().position(|action| *action == self.action) {
                        all.swap_remove(at);
                    }
                });
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

    fn ended(self, whom: &str, answer: Result<Report, Fault>) {
        let server = self.desk.server_name();
        match answer {
            Ok(Report { words, note, is_good }) => {
                self.desk.note(self.action, whom, note);
                self.done.try_set(Some((words, is_good)));
            }
            Err(fault) => {
                let words = i18n::failure(&fault, &server);
                self.desk.note(self.action, whom, &words);
                self.failure.try_set(Some(words));
            }
        }
    }

    /// Whether it is asked for something, or being done.
    pub fn is_open(self) -> Signal<bool> {
        Signal::derive(move || self.busy.get() || self.questions.with(|all| !all.is_empty()))
    }

    /// Whether it was done, or refused. Whoever asks is told when that changes.
    pub fn has_result(self) -> Signal<bool> {
        Signal::derive(move || self.done.get().is_some() || self.failure.get().is_some())
    }

    /// What the button says while it is done.
    pub fn label(self, busy: &'static str) -> Signal<Option<&'static str>> {
        Signal::derive(move || self.busy.get().then_some(busy))
    }

    /// The question, and what came of it.
    pub fn view(self) -> AnyView {
        let id = [self.action.id(), "-question"].concat();
        let result = [self.action.id(), "-result"].concat();
        let home = result.clone();
        let question = move || {
            let next = self.questions.with(|all| all.first().cloned())?;
            Some(self.question(&id, &home, next))
        };
        let failed = move || {
            self.failure.get().map(|words| view! { <div class="notice critical">{words}</div> })
        };
        let done = move || {
            let (words, is_good) = self.done.get()?;
            let class = if is_good { "notice good" } else { "notice critical" };
            Some(view! { <div class=class>{words}</div> })
        };
        view! {
            {question}
            <div class="result" id=result tabindex="-1">
                <div role="alert">{failed}</div>
                <div role="status">{done}</div>
            </div>
        }
        .into_any()
    }

    /// The answers of a second question stand the other way round: whoever presses twice
    /// in one place has not answered it.
    fn question(self, id: &str, home: &str, question: Question) -> AnyView {
        let (focus, home) = (id.to_owned(), home.to_owned());
        effect(move || page::focus(&focus));
        let back = home.clone();
        let yes = Callback::new(move |()| {
            let rest =
                self.questions.with_untracked(|all| all.get(1..).unwrap_or_default().to_vec());
            // The question is about to go, and the focus would with it.
            page::focus(&back);
            self.ask(rest);
        });
        let no = Callback::new(move |()| {
            page::focus(&home);
            self.work.set_value(None);
            self.questions.set(Vec::new());
        });
        let yes = view! {
            <Button label=question.yes busy=None blocked=false weight=Weight::Primary press=yes/>
        };
        let no = view! {
            <Button label=texts().ask.no busy=None blocked=false weight=Weight::Tertiary press=no/>
        };
        let buttons = match question.is_second {
            true => view! { {no} {yes} }.into_any(),
            false => view! { {yes} {no} }.into_any(),
        };
        let what = [&self.whom.get_value(), ": ", i18n::action(self.action)].concat();
        view! {
            <div class="notice critical" id=id.to_owned() tabindex="-1">
                <h3>{question.title}</h3>
                <p><strong>{what}</strong></p>
                <p>{question.words}</p>
                <div class="actions">{buttons}</div>
            </div>
        }
        .into_any()
    }
}
