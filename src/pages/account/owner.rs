//! Proving that one is the owner of the account, where the homeserver asks for
//! that: with the password, or by signing in once more at a provider.

use crate::browser::{address, page};
use crate::components::button::{Button, Weight};
use crate::components::countdown::{must_wait, time_left};
use crate::components::field::{self, CURRENT_PASSWORD};
use crate::components::form::form as form_of;
use crate::components::notice::Problem;
use crate::components::password::Password;
use crate::components::text::{filled, link_out, plain};
use crate::i18n::{account, fill};
use crate::matrix::Error;
use crate::matrix::session::Session;
use crate::matrix::uia::{Challenge, Owned, Owner, UiaSession};
use crate::runtime::effect::effect;
use crate::secret::Secret;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::pin::Pin;
use std::rc::Rc;

/// What only the owner may do, with a proof.
type Action = Rc<dyn Fn(Owner) -> Pin<Box<dyn Future<Output = Result<Owned, Error>>>>>;

/// What follows when it was done.
type Done = Rc<dyn Fn()>;

/// Something that only the owner may do, and how far it is.
#[derive(Clone, Copy)]
pub struct Proving {
    field: &'static str,
    challenge: RwSignal<Option<Challenge>>,
    problem: RwSignal<Option<String>>,
    /// What went wrong.
    pub error: RwSignal<Option<Error>>,
    /// Whether the homeserver is asked.
    pub busy: RwSignal<bool>,
    work: StoredValue<Option<(Action, Done)>, LocalStorage>,
    /// Which work this is. What is answered to an earlier one does not count.
    number: StoredValue<u32>,
}

impl Proving {
    /// Nothing is to be done yet. The field for the password has this `id`.
    pub fn new(field: &'static str) -> Self {
        Self {
            field,
            challenge: RwSignal::new(None),
            problem: RwSignal::new(None),
            error: RwSignal::new(None),
            busy: RwSignal::new(false),
            work: StoredValue::new_local(None),
            number: StoredValue::new(0),
        }
    }

    /// Does it, as soon as the homeserver lets one.
    pub fn start<F>(self, action: impl Fn(Owner) -> F + 'static, done: impl Fn() + 'static)
    where
        F: Future<Output = Result<Owned, Error>> + 'static,
    {
        self.stop();
        let action: Action = Rc::new(move |owner| Box::pin(action(owner)));
        self.work.set_value(Some((action, Rc::new(done))));
        self.run(Owner::default());
    }

    /// Gives it up.
    pub fn stop(self) {
        self.number.update_value(|number| *number = number.wrapping_add(1));
        self.busy.set(false);
        self.work.set_value(None);
        self.challenge.set(None);
        self.problem.set(None);
        self.error.set(None);
    }

    /// Whether a proof is asked for. Whoever asks is told when that changes.
    pub fn is_asking(self) -> bool {
        self.challenge.with(Option::is_some)
    }

    fn run(self, owner: Owner) {
        let Some((action, done)) = self.work.get_value() else { return };
        let (has_proof, number) = (owner.session.is_some(), self.number.get_value());
        self.error.set(None);
        self.problem.set(None);
        self.busy.set(true);
        spawn_local(async move {
            let answer = action(owner).await;
            if self.number.try_get_value() != Some(number) {
                return;
            }
            self.busy.set(false);
            match answer {
                Ok(Owned::Done) => {
                    self.stop();
                    done();
                }
                Ok(Owned::Prove(challenge)) => self.ask(challenge, has_proof),
                Err(error) => self.error.set(Some(error)),
            }
        });
    }

    /// Asks for a proof, or once more.
    fn ask(self, challenge: Challenge, was_sent: bool) {
        let t = &account().owner;
        let words = if challenge.was_refused { t.wrong } else { t.not_signed_on };
        self.problem.set(was_sent.then(|| words.to_owned()));
        let by_password = challenge.password_is_enough;
        // The form that is there already stays, with what was typed into it.
        match self.challenge.with_untracked(|before| {
            before.as_ref().map(|before| before.session != challenge.session)
        }) {
            Some(false) if by_password => page::focus(self.field),
            Some(false) => {}
            _ => self.challenge.set(Some(challenge)),
        }
    }

    fn submit(self, user_id: &str) {
        let typed = Secret::new(field::typed(self.field));
        if typed.is_empty() {
            self.problem.set(Some(account().owner.missing.to_owned()));
            return page::focus(self.field);
        }
        let password = Some((user_id.to_owned(), Rc::new(typed)));
        self.run(Owner { password, session: self.session() });
    }

    fn session(self) -> Option<UiaSession> {
        self.challenge.with_untracked(|challenge| challenge.as_ref()?.session.clone())
    }

    /// What went wrong, and the proof that is asked for.
    pub fn view(self, session: &Session) -> AnyView {
        let server = session.homeserver.name.clone();
        let session = session.clone();
        let session = StoredValue::new_local(session);
        let asked = move || {
            let challenge = self.challenge.get()?;
            session.try_with_value(|session| self.form(session, &challenge))
        };
        // A rule for passwords is said where the password is.
        let error = Signal::derive(move || {
            self.error.get().filter(|error| !matches!(error, Error::PasswordRefused(_)))
        });
        view! {
            <Problem error time_left=time_left(error) server/>
            {asked}
        }
        .into_any()
    }

    fn form(self, session: &Session, challenge: &Challenge) -> AnyView {
        let password = challenge.password_is_enough.then(|| self.password(session));
        // Whoever forgot the password may have signed in elsewhere.
        let sign_on = challenge.sign_on_page().map(|path| self.sign_on(session, &path));
        view! { {password} {sign_on} }.into_any()
    }

    fn password(self, session: &Session) -> AnyView {
        let t = &account().owner;
        let (field, shown) = (self.field, RwSignal::new(false));
        effect(move || page::focus(field));
        let user_id = session.user_id.clone();
        let server = [("server", session.homeserver.name.as_str())];
        let problem = named(self.problem, &session.homeserver.name);
        let busy = Signal::derive(move || self.busy.get().then_some(t.submitting));
        let blocked = must_wait(time_left(self.error.into()));
        let stop = Callback::new(move |()| self.stop());
        let fields = view! {
            {filled(t.lead, &server).line("")}
            <input hidden type="text" autocomplete="username" value=user_id.clone()/>
            <Password id=field label=t.password kind=CURRENT_PASSWORD shown problem/>
            <div class="actions">
                <Button label=t.submit busy blocked weight=Weight::Primary/>
                <Button label=t.cancel busy=None blocked=false weight=Weight::Tertiary press=stop/>
            </div>
        };
        let submit = move || {
            shown.set(false);
            self.submit(&user_id);
        };
        view! { <div class="proof">{form_of(submit, || {}, fields)}</div> }.into_any()
    }

    fn sign_on(self, session: &Session, path: &str) -> AnyView {
        let t = &account().owner;
        let url = session.homeserver.base_url.join(path);
        let host = address::host_of(&url).unwrap_or_default();
        let open = link_out(&url, &fill(t.sign_on_open, &[("host", &host)]));
        let problem = named(self.problem, &session.homeserver.name);
        let busy = Signal::derive(move || self.busy.get().then_some(t.submitting));
        let stop = Callback::new(move |()| self.stop());
        let go_on = Callback::new(move |()| {
            self.run(Owner { password: None, session: self.session() });
        });
        let blocked = must_wait(time_left(self.error.into()));
        view! {
            <div class="proof">
                {plain(t.sign_on).and(open).line("")}
                <p class="problem" role="status">{move || problem.get()}</p>
                <div class="actions">
                    <Button label=t.sign_on_done busy blocked weight=Weight::Primary press=go_on/>
                    <Button label=t.cancel busy=None blocked=false weight=Weight::Tertiary
                        press=stop/>
                </div>
            </div>
        }
        .into_any()
    }
}

fn named(problem: RwSignal<Option<String>>, server: &str) -> Signal<Option<String>> {
    let server = server.to_owned();
    Signal::derive(move || problem.get().map(|words| fill(&words, &[("server", &server)])))
}
