//! Signing in as an administrator: with a password, or with the access token of a
//! session that one has elsewhere.

use crate::admin::reach::Software;
use crate::components::button::{Button, Weight};
use crate::components::countdown::{must_wait, time_left};
use crate::components::field::{self, CURRENT_PASSWORD, Field, USERNAME};
use crate::components::form::form as form_of;
use crate::components::notice::Problem;
use crate::components::password::Password;
use crate::components::text::{filled, plain};
use crate::config::ConfiguredServer;
use crate::i18n::{self, admin as texts, fill, login};
use crate::matrix::admin::account::GetAccount;
use crate::matrix::login::{Identifier, Login, Proof};
use crate::matrix::session::{Logout, Session, Tokens};
use crate::matrix::whoami::WhoAmI;
use crate::matrix::wire::{Endpoint, SignedIn};
use crate::matrix::{Error, Homeserver};
use crate::net;
use crate::pages::login::elsewhere;
use crate::runtime::admin::Desk;
use crate::runtime::this_device;
use crate::secret::Secret;
use crate::site::Site;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::rc::Rc;

const USER_FIELD: &str = "admin-username";
const PASSWORD_FIELD: &str = "admin-password";
const TOKEN_FIELD: &str = "admin-token";

/// The form, as the administrator sees it.
#[derive(Clone, Copy)]
pub struct Form {
    user_problem: RwSignal<Option<String>>,
    password_problem: RwSignal<Option<String>>,
    token_problem: RwSignal<Option<String>>,
    error: RwSignal<Option<Error>>,
    /// What else there is to say.
    notice: RwSignal<Option<String>>,
    busy: RwSignal<bool>,
    /// Whether the site is set up for this homeserver.
    is_ours: bool,
}

impl Form {
    /// Nothing was typed.
    pub fn new(site: &Site) -> Self {
        let now = site.homeserver();
        let is_ours = match &site.config.server {
            ConfiguredServer::Given(ours) => ours.base_url == now.base_url,
            ConfiguredServer::Named(name, _) => now.server_name() == Some(name),
        };
        Self {
            is_ours,
            user_problem: RwSignal::new(None),
            password_problem: RwSignal::new(None),
            token_problem: RwSignal::new(None),
            error: RwSignal::new(None),
            notice: RwSignal::new(None),
            busy: RwSignal::new(false),
        }
    }

    /// Whether anything is wrong. Whoever asks is told when that changes.
    pub fn is_wrong(self) -> bool {
        let problems = [self.user_problem, self.password_problem, self.token_problem];
        let wrong = problems.map(|problem| problem.get().is_some());
        wrong.contains(&true) | self.error.get().is_some()
    }

    /// Why one is here again, or what went wrong.
    pub fn notice(self, desk: Desk) -> AnyView {
        let t = &texts().sign_in;
        let words = move || {
            let ended = match (desk.idle.ended.get(), desk.session.was_ended()) {
                (true, _) => Some(t.ended_idle.to_owned()),
                (_, true) => Some(t.ended.to_owned()),
                _ => None,
            };
            let words = self.notice.get().or(ended)?;
            let gone = i18n::list(&desk.idle.gone.get());
            let gone = match gone.is_empty() {
                true => String::new(),
                false => [" ", &fill(t.sheet_gone, &[("names", &gone)])].concat(),
            };
            Some(view! { <div class="notice">{words}{gone}</div> })
        };
        words.into_any()
    }

    fn begin(self) {
        for problem in [self.user_problem, self.password_problem, self.token_problem] {
            problem.set(None);
        }
        self.error.set(None);
        self.notice.set(None);
    }
}

/// Both ways.
pub fn view(site: &Site, desk: Desk, software: Software, form: Form) -> AnyView {
    let t = &texts().sign_in;
    let homeserver = (*site.homeserver()).clone();
    let server = homeserver.name.clone();
    let problem = view! { <Problem error=form.error time_left=time_left(form.error.into()) server=server.clone()/> };
    let reached = filled(texts().reach.open, &[("server", &server)]);
    view! {
        {reached.line("hint")}
        {plain(t.lead).line("")}
        {problem}
        {by_password(site, desk, software, form, homeserver.clone())}
        {by_token(desk, software, form, homeserver)}
    }
    .into_any()
}

fn by_password(
    site: &Site,
    desk: Desk,
    software: Software,
    form: Form,
    homeserver: Homeserver,
) -> AnyView {
    let t = &texts().sign_in;
    let shown = RwSignal::new(false);
    let busy = Signal::derive(move || form.busy.get().then_some(t.submitting));
    let blocked = must_wait(time_left(form.error.into()));
    let brand = site.brand().to_owned();
    let submit = move || {
        form.begin();
        shown.set(false);
        let Some(proof) = read(form, &homeserver) else { return };
        // A session of its own, which ends with the visit. To take another one up
        // again would end it in the other tab.
        let device_name = this_device::name(&brand);
        let homeserver = homeserver.clone();
        let login = Login { homeserver, proof, device_name, device_id: None };
        form.busy.set(true);
        spawn_local(async move {
            let server = login.homeserver.base_url.clone();
            match net::send(&server, &login).await {
                Ok(session) => enter(desk, software, form, session, false).await,
                Err(Error::Refused | Error::NotOffered) => {
                    say(form, t.no_passwords, &[("server", &login.homeserver.name)])
                }
                Err(error) => drop(form.error.try_set(Some(error))),
            }
            form.busy.try_set(false);
        });
    };
    let fields = view! {
        <Field id=USER_FIELD label=t.username kind=USERNAME problem=form.user_problem/>
        <Password id=PASSWORD_FIELD label=t.password kind=CURRENT_PASSWORD shown
            problem=form.password_problem.into()/>
        <div class="actions">
            <Button label=t.submit busy blocked weight=Weight::Primary/>
        </div>
    };
    view! { <h2 class="part">{t.title}</h2> {form_of(submit, || {}, fields)} }.into_any()
}

/// Reads the form, and says what is wrong with it.
fn read(form: Form, homeserver: &Homeserver) -> Option<Proof> {
    let password = Secret::new(field::typed(PASSWORD_FIELD));
    let identifier = Identifier::parse(&field::typed(USER_FIELD));
    let user_problem = match &identifier {
        None => Some(login().identifier_missing.to_owned()),
        Some(identifier) => elsewhere(identifier, homeserver),
    };
    let password_problem = password.is_empty().then(|| login().password_missing.to_owned());
    let is_right = user_problem.is_none() && password_problem.is_none();
    form.user_problem.set(user_problem);
    form.password_problem.set(password_problem);
    Some(Proof::Password(identifier.filter(|_| is_right)?, Rc::new(password)))
}

fn by_token(desk: Desk, software: Software, form: Form, homeserver: Homeserver) -> AnyView {
    let t = &texts().sign_in;
    let shown = RwSignal::new(false);
    let busy = Signal::derive(move || form.busy.get().then_some(t.submitting));
    let submit = move || {
        form.begin();
        shown.set(false);
        let token = Secret::new(field::typed(TOKEN_FIELD).trim().to_owned());
        if token.is_empty() {
            return form.token_problem.set(Some(t.token_missing.to_owned()));
        }
        let tokens = Tokens { access: Rc::new(token), refresh: None, until: None };
        let (homeserver, user_id) = (homeserver.clone(), String::new());
        let session = Session { homeserver, user_id, device_id: None, tokens };
        form.busy.set(true);
        spawn_local(async move {
            match ask(&session, &WhoAmI).await {
                Ok(me) => {
                    let session =
                        Session { user_id: me.user_id, device_id: me.device_id, ..session };
                    enter(desk, software, form, session, true).await;
                }
                Err(Error::SessionEnded) => {
                    let words = fill(t.token_wrong, &[("server", &session.homeserver.name)]);
                    form.token_problem.try_set(Some(words));
                }
                Err(error) => drop(form.error.try_set(Some(error))),
            }
            form.busy.try_set(false);
        });
    };
    let kind = field::OTHER_PASSWORD;
    let hint = Signal::stored(Some(t.token_hint.to_owned()));
    let fields = view! {
        <Password id=TOKEN_FIELD label=t.token kind shown problem=form.token_problem.into() hint/>
        <div class="actions">
            <Button label=t.token_submit busy blocked=false weight=Weight::Secondary/>
        </div>
    };
    view! {
        <details>
            <summary>{t.token_title}</summary>
            {plain(t.token_lead).line("")}
            {form_of(submit, || {}, fields)}
        </details>
    }
    .into_any()
}

async fn ask<E: Endpoint<Access = SignedIn>>(
    session: &Session,
    endpoint: &E,
) -> Result<E::Answer, Error> {
    endpoint.read(&net::exchange_as(session, &endpoint.request()).await?)
}

/// Looks whether this is an administrator. A session that is of no use is signed
/// out again, unless it is another app's.
async fn enter(desk: Desk, software: Software, form: Form, session: Session, is_pasted: bool) {
    let me = session.user_id.clone();
    // Dendrite shows no accounts, and says who may only when something is done.
    let admin = match software {
        Software::Dendrite => Ok(()),
        _ => ask(&session, &GetAccount(&me)).await.map(|_| ()),
    };
    let Err(error) = admin else {
        return desk.begin(session, software, is_pasted, form.is_ours);
    };
    if !is_pasted {
        let _ = ask(&session, &Logout).await;
    }
    match error {
        Error::Forbidden => {
            let blanks = [("user", me.as_str()), ("server", &session.homeserver.name)];
            say(form, texts().sign_in.not_admin, &blanks);
        }
        error => drop(form.error.try_set(Some(error))),
    }
}

fn say(form: Form, words: &str, blanks: &[(&str, &str)]) {
    form.notice.try_set(Some(fill(words, blanks)));
}
