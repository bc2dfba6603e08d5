//! The sessions of the account, and signing out of them.

use super::owner::Proving;
use super::{Account, messages};
use crate::browser::{clock, page};
use crate::components::button::{Button, Weight};
use crate::components::text::{filled, link_out, plain};
use crate::encryption::{Evidence, Trust};
use crate::i18n::{self, account as texts, counted, fill};
use crate::matrix::Error;
use crate::matrix::devices::{DeleteDevices, Device};
use crate::matrix::session::Session;
use crate::runtime::effect::effect;
use crate::runtime::session::SessionRuntime;
use leptos::prelude::*;

/// Where the question is, whether to sign out of sessions.
const QUESTION: &str = "sign-out-question";

/// Which sessions are chosen, and what is done with them.
#[derive(Clone, Copy)]
struct Sessions {
    account: Account,
    chosen: RwSignal<Vec<String>>,
    /// Those that are to be signed out, until the person has agreed.
    asked: RwSignal<Vec<String>>,
    notice: RwSignal<Option<&'static str>>,
    proving: Proving,
}

/// The list, and what can be done.
pub fn section(account: Account, session: &Session) -> AnyView {
    let t = &texts().sessions;
    let this = Sessions {
        account,
        chosen: RwSignal::new(Vec::new()),
        asked: RwSignal::new(Vec::new()),
        notice: RwSignal::new(None),
        proving: Proving::new("sign-out-password"),
    };
    let server = session.homeserver.name.clone();
    let list = {
        let server = server.clone();
        // It is shown once, with or without what signs devices out.
        move || {
            let signs_out = !account.devices_are_elsewhere()?;
            account.evidence.get().map(|evidence| this.list(&evidence, &server, signs_out))
        }
    };
    let question = move || {
        let asked = this.asked.get();
        (!asked.is_empty()).then(|| this.question(&asked))
    };
    let notice = move || this.notice.get().map(|words| view! { <div class="notice">{words}</div> });
    let elsewhere = {
        let server = server.clone();
        move || {
            let refused = this.proving.error.get() == Some(Error::NotOffered);
            let page = account.elsewhere.get()?.devices_page()?;
            let label = fill(t.open_devices, &[("host", page.host())]);
            let words = filled(t.elsewhere, &[("server", &server)]);
            let is_only_way = account.devices_are_elsewhere() == Some(true);
            let class = if refused || is_only_way { "notice" } else { "hint" };
            Some(words.and(link_out(page.as_str(), &label)).line(class))
        }
    };
    view! {
        <h2 class="part" id="sessions" tabindex="-1">{t.title}</h2>
        {list}
        {elsewhere}
        {question}
        {this.proving.view(session)}
        <div role="status">{notice}</div>
    }
    .into_any()
}

impl Sessions {
    fn list(self, evidence: &Evidence, server: &str, signs_out: bool) -> AnyView {
        let t = &texts().sessions;
        let devices = match &evidence.devices {
            Ok(devices) => devices,
            Err(error) => return plain(&i18n::error(error, server)).line("notice"),
        };
        let (this, others): (Vec<_>, Vec<_>) =
            devices.iter().partition(|device| Some(&device.id) == evidence.this.as_ref());
        // Nothing is offered that the server does not have.
        let row = |device: &&Device| self.row(device, evidence, signs_out);
        let rows: Vec<_> = others.iter().map(row).collect();
        let this = this.into_iter().map(this_session).collect_view();
        let buttons = match others.is_empty() {
            true => plain(t.only_this).line("hint"),
            false if !signs_out => ().into_any(),
            false => self.buttons(others.iter().map(|device| device.id.clone()).collect()),
        };
        view! { <ul class="sessions">{this}{rows}</ul> {buttons} }.into_any()
    }

    fn row(self, device: &Device, evidence: &Evidence, signs_out: bool) -> AnyView {
        let t = &texts().sessions;
        let id = ["session-", &device.id].concat();
        let (class, trust) = match evidence.trust(&device.id) {
            Some(Trust::Signed) => ("good", t.verified),
            Some(Trust::Claimed) => ("good", t.claimed),
            Some(Trust::Unsigned) => ("bad", t.not_verified),
            Some(Trust::Wrong) => ("bad", t.wrong),
            None if evidence.identity.is_err() => ("", t.unknown),
            None => ("", t.no_encryption),
        };
        let more = ["", &seen(device), &device.id].join(i18n::texts().site.comma);
        if !signs_out {
            return view! {
                <li class=class>
                    <span>{name(device)}</span>
                    <p class="hint"><strong>{trust}</strong>{more}</p>
                </li>
            }
            .into_any();
        }
        let device_id = device.id.clone();
        let is_chosen = {
            let device_id = device_id.clone();
            move || self.chosen.with(|chosen| chosen.contains(&device_id))
        };
        let choose = move |_| {
            self.notice.set(None);
            self.chosen.update(|chosen| match chosen.iter().position(|id| *id == device_id) {
                Some(at) => drop(chosen.remove(at)),
                None => chosen.push(device_id.clone()),
            });
        };
        view! {
            <li class=class>
                <input type="checkbox" id=id.clone() prop:checked=is_chosen on:change=choose/>
                <label for=id>{name(device)}</label>
                <p class="hint"><strong>{trust}</strong>{more}</p>
            </li>
        }
        .into_any()
    }

    fn buttons(self, others: Vec<String>) -> AnyView {
        let t = &texts().sessions;
        let chosen = Callback::new(move |()| {
            let chosen = self.chosen.get_untracked();
            self.notice.set(chosen.is_empty().then_some(t.none_chosen));
            self.ask(chosen);
        });
        let all = Callback::new(move |()| self.ask(others.clone()));
        view! {
            <div class="actions">
                <Button label=t.chosen busy=None blocked=false weight=Weight::Secondary press=chosen/>
                <Button label=t.all busy=None blocked=false weight=Weight::Secondary press=all/>
            </div>
        }
        .into_any()
    }

    fn ask(self, sessions: Vec<String>) {
        self.proving.stop();
        let is_any = !sessions.is_empty();
        self.asked.set(sessions);
        if is_any {
            self.notice.set(None);
        }
    }

    /// What would be lost, before it is.
    fn question(self, asked: &[String]) -> AnyView {
        let t = &texts().sessions;
        let title = match asked.len() {
            1 => t.ask_title_this.to_owned(),
            count => counted(&t.ask_title, count as u64, &[]),
        };
        let (ask, no) = if asked.len() == 1 { (t.ask_this, t.no_this) } else { (t.ask, t.no) };
        let sentence = self.account.verdict().map(|verdict| {
            let words = plain(ask).and(plain(i18n::verdict(&verdict)));
            words.line("")
        });
        let server = self.account.session.get_untracked();
        let server = server.map(|session| session.homeserver.name).unwrap_or_default();
        let more = self.account.verdict().map(|verdict| messages::reasons(&verdict, &server));
        // Once it is there.
        effect(move || page::focus(QUESTION));
        let is_safe = self.account.verdict().is_some_and(|verdict| verdict.is_safe());
        let yes = match (is_safe, asked.len()) {
            (false, _) => t.yes_all_the_same,
            (true, 1) => t.yes_this,
            (true, _) => t.yes,
        };
        let (sessions, session) = (asked.to_vec(), self.account.session);
        let agree = Callback::new(move |()| self.sign_out(session, sessions.clone()));
        let keep = Callback::new(move |()| self.ask(Vec::new()));
        let is_busy = Signal::derive(move || self.proving.busy.get());
        let busy = Signal::derive(move || self.proving.busy.get().then_some(t.busy));
        let hidden = move || self.proving.is_asking();
        view! {
            <div class="notice critical" id=QUESTION tabindex="-1">
                <h3>{title}</h3>
                {sentence}
                {more}
                <div class="actions" hidden=hidden>
                    <Button label=yes busy blocked=false weight=Weight::Primary press=agree/>
                    <Button label=no busy=None blocked=is_busy weight=Weight::Tertiary press=keep/>
                </div>
            </div>
        }
        .into_any()
    }

    fn sign_out(self, session: SessionRuntime, devices: Vec<String>) {
        let t = &texts().sessions;
        let words = if devices.len() == 1 { t.done_this } else { t.done };
        let action = move |owner| {
            let devices = devices.clone();
            async move { session.send(&DeleteDevices { devices, owner }).await }
        };
        let done = move || {
            self.asked.set(Vec::new());
            self.chosen.set(Vec::new());
            self.notice.set(Some(words));
            self.account.load();
        };
        self.proving.start(action, done);
    }
}

fn this_session(device: &Device) -> AnyView {
    let t = &texts().sessions;
    let how = plain(t.this).and(plain(t.this_how));
    view! { <li><span>{name(device)}</span>{how.line("hint")}</li> }.into_any()
}

fn name(device: &Device) -> String {
    device.name.clone().unwrap_or_else(|| texts().sessions.unnamed.to_owned())
}

fn seen(device: &Device) -> String {
    let t = &texts().sessions;
    match device.last_seen {
        Some(time) => fill(t.seen, &[("time", &clock::date(time))]),
        None => t.never.to_owned(),
    }
}
