//! The email addresses on the account: be ready before you lose it.

use super::Account;
use super::owner::Proving;
use super::password::not_here;
use crate::browser::{page, random};
use crate::components::button::{Button, Weight};
use crate::components::countdown::{must_wait, time_left};
use crate::components::field::{self, EMAIL, Field};
use crate::components::form::form as form_of;
use crate::components::notice::Problem;
use crate::components::text::{filled, plain};
use crate::i18n::{self, account as texts, fill};
use crate::matrix::Error;
use crate::matrix::password_reset::{ClientSecret, RequestToken};
use crate::matrix::session::Session;
use crate::matrix::threepids::{AddEmail, GetEmails, RemoveEmail, RequestEmail, displaced};
use crate::net;
use crate::recovery::reset::EmailProblem;
use crate::runtime::effect::effect;
use crate::runtime::new_email::NewEmail;
use leptos::prelude::*;
use leptos::task::spawn_local;

const FIELD: &str = "new-email";
/// Where the focus goes when a question has been answered, and where it is asked.
const HEADING: &str = "emails";
const QUESTION: &str = "remove-email";

/// The addresses, and the one that is being added.
#[derive(Clone, Copy)]
struct Emails {
    account: Account,
    session: StoredValue<Session, LocalStorage>,
    all: RwSignal<Option<Result<Vec<String>, Error>>>,
    sent: RwSignal<Option<NewEmail>, LocalStorage>,
    problem: RwSignal<Option<String>>,
    error: RwSignal<Option<Error>>,
    busy: RwSignal<bool>,
    removing: RwSignal<bool>,
    /// The address that is to be removed, until the person has agreed.
    asked: RwSignal<Option<String>>,
    notice: RwSignal<Option<String>>,
    proving: Proving,
}

/// The list, and adding one.
pub fn section(account: Account, session: &Session) -> AnyView {
    let t = &texts().emails;
    let this = Emails {
        account,
        session: StoredValue::new_local(session.clone()),
        all: RwSignal::new(None),
        sent: RwSignal::new_local(NewEmail::kept(session)),
        problem: RwSignal::new(None),
        error: RwSignal::new(None),
        busy: RwSignal::new(false),
        removing: RwSignal::new(false),
        asked: RwSignal::new(None),
        notice: RwSignal::new(None),
        proving: Proving::new("add-email-password"),
    };
    this.load();
    let server = session.homeserver.name.clone();
    let list = {
        let server = server.clone();
        move || this.all.get().map(|all| this.list(all, &server))
    };
    let adding = {
        let server = server.clone();
        move || {
            Some(match (account.may.get()?.emails, this.sent.get()) {
                (false, _) => not_here(account, t.not_here, &server),
                (true, None) => this.form(),
                (true, Some(sent)) => this.waiting(&sent),
            })
        }
    };
    let notice = move || this.notice.get().map(|words| view! { <div class="notice">{words}</div> });
    let left = time_left(this.error.into());
    view! {
        <h2 class="part" id=HEADING tabindex="-1">{t.title}</h2>
        {plain(t.lead).line("")}
        {list}
        <div role="status">{notice}</div>
        <Problem error=this.error time_left=left server/>
        {adding}
        {this.proving.view(session)}
    }
    .into_any()
}

impl Emails {
    fn load(self) {
        let session = self.account.session;
        spawn_local(async move {
            let all = session.send(&GetEmails).await;
            self.all.try_set(Some(all));
        });
    }

    /// Reads the list after an address was added, and says what took its place: some
    /// servers keep one address only.
    fn load_after_adding(self, added: String) {
        let session = self.account.session;
        let before = self.all.get_untracked().and_then(Result::ok).unwrap_or_default();
        let server = self.session.with_value(|session| session.homeserver.name.clone());
        spawn_local(async move {
            let all = session.send(&GetEmails).await;
            if let Ok(after) = &all {
                let t = &texts().emails;
                // With several left, it was removed for another reason.
                let words = if after.len() == 1 { t.keeps_one } else { t.removed };
                let gone = displaced(&before, after);
                let gone = gone
                    .iter()
                    .map(|address| fill(words, &[("server", &server), ("address", address)]));
                let words: Vec<_> = std::iter::once(added).chain(gone).collect();
                self.notice.try_set(Some(words.join(" ")));
            }
            self.all.try_set(Some(all));
        });
    }

    fn list(self, all: Result<Vec<String>, Error>, server: &str) -> AnyView {
        let t = &texts().emails;
        let all = match all {
            Ok(all) => all,
            Err(error) => return plain(&i18n::error(&error, server)).line("notice"),
        };
        if all.is_empty() {
            return filled(t.none, &[("server", server)]).line("notice critical");
        }
        let is_only = all.len() == 1;
        let rows = all.into_iter().map(|address| self.row(address, is_only)).collect_view();
        view! { <ul class="emails">{rows}</ul> }.into_any()
    }

    fn row(self, address: String, is_only: bool) -> AnyView {
        let t = &texts().emails;
        let shown = address.clone();
        let view = move || {
            let address = address.clone();
            if self.account.may.get().is_none_or(|may| !may.emails) {
                return ().into_any();
            }
            match self.asked.get().as_ref() == Some(&address) {
                true => self.question(address, is_only),
                false => {
                    let label = fill(t.remove, &[("address", &address)]);
                    let ask = move |_| {
                        self.notice.set(None);
                        self.asked.set(Some(address.clone()));
                    };
                    view! { <button type="button" class="button tertiary" on:click=ask>{label}</button> }
                        .into_any()
                }
            }
        };
        view! { <li><bdi class="name">{shown}</bdi> {view}</li> }.into_any()
    }

    fn question(self, address: String, is_only: bool) -> AnyView {
        let t = &texts().emails;
        let yes = Callback::new(move |()| self.remove(address.clone()));
        let no = Callback::new(move |()| {
            self.asked.set(None);
            page::focus(HEADING);
        });
        let busy = Signal::derive(move || self.removing.get().then_some(t.removing));
        effect(move || page::focus(QUESTION));
        view! {
            <div id=QUESTION tabindex="-1">
                {is_only.then(|| plain(t.remove_last).line("notice critical"))}
                <div class="actions">
                    <Button label=t.yes busy blocked=false weight=Weight::Secondary press=yes/>
                    <Button label=t.no busy=None blocked=false weight=Weight::Tertiary press=no/>
                </div>
            </div>
        }
        .into_any()
    }

    fn remove(self, address: String) {
        let session = self.account.session;
        self.error.set(None);
        self.removing.set(true);
        spawn_local(async move {
            let words = fill(texts().emails.removed, &[("address", &address)]);
            let answer = session.send(&RemoveEmail(address)).await;
            if self.removing.try_set(false).is_some() {
                return;
            }
            self.asked.set(None);
            page::focus(HEADING);
            match answer {
                Ok(()) => {
                    self.notice.set(Some(words));
                    self.load();
                }
                Err(error) => self.error.set(Some(error)),
            }
        });
    }

    fn form(self) -> AnyView {
        let t = &texts().emails;
        let busy = Signal::derive(move || self.busy.get().then_some(t.submitting));
        let blocked = must_wait(time_left(self.error.into()));
        let fields = view! {
            <Field id=FIELD label=t.field kind=EMAIL problem=self.problem/>
            <div class="actions">
                <Button label=t.submit busy blocked weight=Weight::Secondary/>
            </div>
        };
        form_of(move || self.submit(), || {}, fields)
    }

    fn submit(self) {
        let email = field::typed(FIELD).trim().to_owned();
        let problem = EmailProblem::of(&email);
        let server = self.session.with_value(|session| session.homeserver.name.clone());
        self.problem.set(problem.map(|problem| i18n::email_problem(problem, &server)));
        let Some(client_secret) = ClientSecret::generate(random::bytes) else {
            return self.problem.set(Some(i18n::texts().reset.no_randomness.to_owned()));
        };
        if problem.is_none() {
            self.send(RequestToken { client_secret, email, send_attempt: 1, next_link: None });
        }
    }

    fn send(self, request: RequestToken) {
        self.notice.set(None);
        self.error.set(None);
        self.proving.stop();
        self.busy.set(true);
        let server = self.session.with_value(|session| session.homeserver.base_url.clone());
        spawn_local(async move {
            let request = RequestEmail(request);
            let answer = net::send(&server, &request).await;
            if self.busy.try_set(false).is_some() {
                return;
            }
            let RequestEmail(RequestToken { client_secret, email, send_attempt, .. }) = request;
            match answer {
                Ok(sid) => {
                    let sent = NewEmail { email, sid, client_secret, send_attempt };
                    self.session.with_value(|session| sent.keep(session));
                    self.sent.set(Some(sent));
                }
                Err(error) => self.error.set(Some(error)),
            }
        });
    }

    /// The mail is on its way.
    fn waiting(self, sent: &NewEmail) -> AnyView {
        let t = &texts().emails;
        let words = filled(t.sent, &[("email", &sent.email)]);
        let opened = Callback::new(move |()| self.add());
        let again = Callback::new(move |()| self.send_again());
        let cancel = Callback::new(move |()| {
            self.proving.stop();
            self.finished();
        });
        let adding = Signal::derive(move || self.proving.busy.get().then_some(t.adding));
        let sending = Signal::derive(move || self.busy.get().then_some(t.submitting));
        let hidden = move || self.proving.is_asking();
        view! {
            {words.line("notice")}
            <div class="actions" hidden=hidden>
                <Button label=t.opened busy=adding blocked=false weight=Weight::Primary press=opened/>
                <Button label=t.again busy=sending blocked=false weight=Weight::Tertiary press=again/>
                <Button label=t.cancel busy=None blocked=false weight=Weight::Tertiary press=cancel/>
            </div>
        }
        .into_any()
    }

    fn send_again(self) {
        if let Some(NewEmail { email, client_secret, send_attempt, .. }) = self.sent.get_untracked()
        {
            let send_attempt = send_attempt.saturating_add(1);
            self.send(RequestToken { client_secret, email, send_attempt, next_link: None });
        }
    }

    fn finished(self) {
        NewEmail::forget();
        self.sent.set(None);
    }

    fn add(self) {
        let Some(sent) = self.sent.get_untracked() else { return };
        let session = self.account.session;
        let words = fill(texts().emails.added, &[("address", &sent.email)]);
        let action = move |owner| {
            let (sid, client_secret) = (sent.sid.clone(), sent.client_secret.clone());
            let add = AddEmail { sid, client_secret, owner };
            async move { session.send(&add).await }
        };
        let done = move || {
            self.finished();
            self.notice.set(Some(words.clone()));
            self.load_after_adding(words.clone());
        };
        self.proving.start(action, done);
    }
}
