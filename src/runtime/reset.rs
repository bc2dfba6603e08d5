//! Runs a reset: every event goes through [`ResetRuntime::dispatch`], and every
//! request that follows from it is sent from here. It also keeps the draft for
//! a reload, asks the server again and again while the link is waited for, and
//! talks to the other tabs of this browser.
//!
//! What tabs say to each other is a verb and a `sid`, never a secret:
//!
//! | verb | from | to |
//! |---|---|---|
//! | `verified` | the tab that the mail led to | the tab that waits: ask the server now |
//! | `finishing` | the tab that waits | the tab that the mail led to: it may be closed |
//! | `done` | the tab that changed the password | all others: there is nothing left to do |

use crate::browser::tabs::Tabs;
use crate::browser::{clock, network, page, tab_storage, wake};
use crate::matrix::password_reset::Sid;
use crate::matrix::{Error, Homeserver};
use crate::net;
use crate::recovery::reset::{Ask, By, Effect, Event, Reset, Step, Ticket};
use crate::runtime::effect::effect;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::pin::Pin;
use std::time::Duration;

/// The reset of this tab.
#[derive(Clone, Copy)]
pub struct ResetRuntime {
    reset: RwSignal<Reset, LocalStorage>,
    /// What another tab said last.
    heard: RwSignal<Option<String>>,
    life: StoredValue<Option<Life>, LocalStorage>,
    /// What moves it on, once that was loaded.
    machine: StoredValue<Option<Machine>, LocalStorage>,
    find: Option<Find>,
}

/// What moves a reset on. Whoever has typed nothing yet has no need of it, so it is loaded when
/// somebody begins to.
#[derive(Clone, Copy)]
pub struct Machine {
    /// Listens to other tabs, and to whoever comes back.
    begin: fn(ResetRuntime),
    /// Takes up what was kept.
    restore: fn(ResetRuntime, &Homeserver),
    /// Moves it on.
    dispatch: fn(ResetRuntime, Event),
}

/// The machine there is.
pub const MACHINE: Machine = Machine { begin, restore, dispatch };

/// Loads it.
pub type Find = fn() -> Pin<Box<dyn Future<Output = Option<Machine>>>>;

/// Whether this tab had a reset before a reload.
pub fn is_kept() -> bool {
    tab_storage::get(KEY).is_some()
}

/// What a reset needs to go on.
struct Life {
    tabs: Tabs,
    next_poll: Option<TimeoutHandle>,
    hidden_since: Option<Duration>,
}

const KEY: &str = "matrix-account-recovery.reset";

/// So long a tab that nobody sees goes on asking the server.
const HIDDEN_FOR: Duration = Duration::from_secs(5 * 60);

/// After that long without an answer, the server is probably at work.
const SLOW: Duration = Duration::from_secs(3);

impl ResetRuntime {
    /// A reset at its beginning. `find` loads what moves it on; a program without it has no resets.
    pub fn new(find: Option<Find>) -> Self {
        Self {
            reset: RwSignal::new_local(Reset::default()),
            heard: RwSignal::new(None),
            life: StoredValue::new_local(None),
            machine: StoredValue::new_local(None),
            find,
        }
    }

    /// A reset that has come so far, and asks nobody.
    #[cfg(debug_assertions)]
    pub fn at(reset: Reset) -> Self {
        let this = Self::new(None);
        this.reset.set(reset);
        this.machine.set_value(Some(MACHINE));
        this
    }

    /// Whether it only stands for a picture of itself.
    pub fn is_still(self) -> bool {
        self.life.with_value(Option::is_none)
    }

    /// Takes up what this tab had before a reload.
    pub fn restore(self, homeserver: &Homeserver) {
        if let Some(machine) = self.machine.get_value() {
            (machine.restore)(self, homeserver);
        }
    }

    /// Loads what moves it on, unless that is there. Gives back whether nothing is missing now.
    pub async fn load(self) -> bool {
        let Some(find) = self.find else { return true };
        if self.machine.get_value().is_some() {
            return true;
        }
        let Some(machine) = find().await else { return false };
        if self.machine.get_value().is_none() {
            self.machine.set_value(Some(machine));
            (machine.begin)(self);
        }
        true
    }

    /// Another tab says something.
    #[cfg(debug_assertions)]
    pub fn pretend_to_hear(self, verb: &str, sid: &Sid) {
        self.heard.set(Some(message(verb, sid)));
    }

    /// Looks at the reset. Whoever looks is told when it moves on.
    pub fn with<T>(self, look: impl FnOnce(&Reset) -> T) -> T {
        self.reset.with(look)
    }

    /// Whether something holds of the reset. Whoever asks is told only when that
    /// changes, unlike with [`ResetRuntime::with`].
    pub fn whether(self, holds: fn(&Reset) -> bool) -> RwSignal<bool> {
        let answer = RwSignal::new(self.with_untracked(holds));
        effect(move || {
            let now = self.with(holds);
            if answer.get_untracked() != now {
                answer.set(now);
            }
        });
        answer
    }

    /// Looks at the reset as it is now.
    pub fn with_untracked<T>(self, look: impl FnOnce(&Reset) -> T) -> T {
        self.reset.with_untracked(look)
    }

    /// Whether another tab said this last. Whoever asks is told when one speaks.
    pub fn heard(self, verb: &str, sid: &Sid) -> bool {
        self.heard.with(|heard| heard.as_deref() == Some(&message(verb, sid)))
    }

    /// Says something to the other tabs.
    pub fn say(self, verb: &str, sid: &Sid) {
        let say =
            |life: &Option<Life>| life.as_ref().map(|life| life.tabs.say(&message(verb, sid)));
        self.life.with_value(say);
    }

    /// Moves the reset on, and sends what is to be sent.
    pub fn dispatch(self, event: Event) {
        match self.machine.get_value() {
            Some(machine) => (machine.dispatch)(self, event),
            // A reset at its beginning is where these lead to.
            None if matches!(event, Event::OpenForm | Event::OtherServer) => {}
            None if self.find.is_none() => {}
            None => self.dispatch_later(event),
        }
    }

    fn dispatch_later(self, event: Event) {
        spawn_local(async move {
            match self.load().await {
                true => self.dispatch(event),
                false => {
                    let is_offline = network::is_offline();
                    let error = if is_offline { Error::Offline } else { Error::NotLoaded };
                    self.reset.update(|reset| reset.fail_to_begin(error));
                }
            }
        });
    }

    fn send(self, effect: Effect) {
        let ticket = effect.ticket;
        set_timeout(move || self.is_slow(ticket), SLOW);
        spawn_local(async move { self.dispatch(carry_out(effect).await) });
    }

    /// Where the answer came meanwhile, nothing is to be done, and above all the
    /// next poll is not to be planned anew.
    fn is_slow(self, ticket: Ticket) {
        if self.reset.try_with_untracked(|reset| reset.awaits(ticket)) == Some(true) {
            self.dispatch(Event::Slow(ticket));
        }
    }

    /// After anything that happened: the draft is kept as it is now, and the
    /// next poll is planned.
    fn settle(self) {
        let look = |reset: &Reset| (reset.kept(), reset.next_poll(clock::now()));
        let (kept, pause) = self.reset.with_untracked(look);
        let is_alive = self.life.try_update_value(|life| {
            let Some(life) = life else { return false };
            if let Some(timer) = life.next_poll.take() {
                timer.clear();
            }
            let poll = move || self.poll();
            life.next_poll = pause.and_then(|pause| set_timeout_with_handle(poll, pause).ok());
            true
        });
        if is_alive != Some(true) {
            return;
        }
        match kept {
            Some(kept) => tab_storage::set(KEY, &kept),
            None => tab_storage::remove(KEY),
        }
    }

    fn poll(self) {
        self.ask(Event::Poll);
    }

    /// Whoever types into a form is not disturbed by an event that changes
    /// nothing there.
    fn ask(self, event: Event) {
        let waits = self.reset.with_untracked(|reset| matches!(reset.step(), Step::Waiting(_)));
        if waits && self.may_poll() {
            self.dispatch(event);
        }
    }

    /// Nobody is asked without a network, or for a tab that was forgotten.
    /// Somebody who comes back, or a network that does, is noticed.
    fn may_poll(self) -> bool {
        let is_forgotten = |life: &Option<Life>| {
            let since = life.as_ref().and_then(|life| life.hidden_since);
            since.is_some_and(|since| clock::now().saturating_sub(since) > HIDDEN_FOR)
        };
        !network::is_offline() && !self.life.with_value(is_forgotten)
    }

    fn woke(self) {
        let is_hidden = page::is_hidden();
        self.life.update_value(|life| {
            if let Some(life) = life {
                let since = life.hidden_since.take();
                life.hidden_since = is_hidden.then(|| since.unwrap_or_else(clock::now));
            }
        });
        if !is_hidden {
            self.ask(Event::Woke);
        }
    }

    fn hear(self, text: String) {
        let Some((verb, sid)) = text.split_once(' ') else { return };
        let sid = Sid(sid.to_owned());
        if !self.reset.with_untracked(|reset| reset.is_about(&sid)) {
            return;
        }
        match verb {
            "verified" => self.answer(sid),
            "done" => self.dispatch(Event::DoneElsewhere(sid)),
            _ => {}
        }
        self.heard.set(Some(text));
    }

    /// To the tab that the mail led to, if this is the tab that it looks for.
    fn answer(self, sid: Sid) {
        let verb = self.reset.with_untracked(|reset| match reset.step() {
            Step::Waiting(waiting) if waiting.draft.sid == sid => Some("finishing"),
            Step::Done(done) if done.sid == sid => Some("done"),
            _ => None,
        });
        if let Some(verb) = verb {
            self.say(verb, &sid);
            self.dispatch(Event::LinkConfirmed(sid));
        }
    }
}

fn begin(this: ResetRuntime) {
    let tabs = Tabs::listen(move |text| this.hear(text));
    this.life.set_value(Some(Life { tabs, next_poll: None, hidden_since: None }));
    wake::listen(move || this.woke());
}

fn restore(this: ResetRuntime, homeserver: &Homeserver) {
    let kept = tab_storage::get(KEY).unwrap_or_default();
    this.reset.set(Reset::restore(&kept, homeserver, clock::now()));
    this.settle();
}

fn dispatch(this: ResetRuntime, event: Event) {
    let was_done = this.reset.try_with_untracked(done_here);
    let effect = this.reset.try_update(|reset| {
        let (next, effect) = std::mem::take(reset).on(event, clock::now());
        *reset = next;
        effect
    });
    if let Some(effect) = effect.flatten() {
        this.send(effect);
    }
    this.settle();
    if let (Some(None), Some(Some(sid))) = (was_done, this.reset.try_with_untracked(done_here)) {
        this.say("done", &sid);
    }
}

/// The mail that this tab changed the password with.
fn done_here(reset: &Reset) -> Option<Sid> {
    match reset.step() {
        Step::Done(done) if done.by != By::AnotherTab => Some(done.sid.clone()),
        _ => None,
    }
}

fn message(verb: &str, sid: &Sid) -> String {
    [verb, " ", &sid.0].concat()
}

async fn carry_out(Effect { ticket, homeserver, ask }: Effect) -> Event {
    let server = &homeserver.base_url;
    match ask {
        Ask::CheckPassword(ask) => Event::PasswordChecked(ticket, net::send(server, &ask).await),
        Ask::RequestEmail(ask) => Event::EmailRequested(ticket, net::send(server, &ask).await),
        Ask::ChangePassword(ask) => Event::PasswordChanged(ticket, net::send(server, &ask).await),
    }
}
