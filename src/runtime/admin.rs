//! What an administrator does in this tab: who is signed in, what was done, and
//! the work on many accounts. It is there over all pages of the part, and nothing of
//! it outlives the tab: an administrator's token opens every account.

// Signing out when nobody is there any more.
mod idle;
// Many accounts, one after the other.
pub mod many;
// Whether the Admin API is there.
pub mod reach;
// What several pages do to an account.
pub mod work;

pub use idle::Idle;

use super::session::SessionRuntime;
use crate::admin::action::Action;
use crate::admin::handover::Certainty;
use crate::admin::log::Entry;
use crate::admin::many::{Administrator, Many, Work};
use crate::admin::reach::{Reach, Software};
use crate::browser::{activity, address, clock};
use crate::matrix::session::{Logout, Session};
use crate::matrix::wire::{Endpoint, SignedIn, segment};
use crate::matrix::{BaseUrl, Error};
use crate::net;
use crate::route::{Part, Route};
use crate::secret::Secret;
use leptos::prelude::*;
use std::cell::OnceCell;
use std::rc::Rc;

/// A password for somebody.
#[derive(Clone)]
pub struct Sheet {
    /// Whose account it is.
    pub user_id: String,
    /// The password.
    pub password: Rc<Secret>,
    /// Whether the server confirmed that it set the password.
    pub certainty: Certainty,
    /// The administrator who set it. No other one sees it.
    pub by: Administrator,
    /// Whether there may be older messages to be read with a recovery key.
    pub has_past: bool,
}

/// The desk that an administrator sits at.
#[derive(Clone, Copy)]
pub struct Desk {
    /// Who is signed in.
    pub session: SessionRuntime,
    /// Whether the Admin API is there, once it is known, and at which address it
    /// was asked for.
    pub reach: RwSignal<Option<(BaseUrl, Reach)>, LocalStorage>,
    /// What was done since the tab was opened.
    pub log: RwSignal<Vec<Entry>>,
    /// Many accounts.
    pub many: RwSignal<Option<Many>, LocalStorage>,
    /// Where they wanted to go, before they had to sign in: a page, and what the
    /// address had behind its `#`.
    pub wanted: RwSignal<Option<(Route, String)>>,
    /// What was looked for last, and how many accounts came before the page that is
    /// shown.
    pub searched: RwSignal<(String, u64)>,
    /// Passwords that are to be handed over, one after the other. They are shown on
    /// whichever page is looked at when they were set, so that none is lost.
    pub sheets: RwSignal<Vec<Sheet>, LocalStorage>,
    /// What was pasted last, and what was to be done.
    pub draft: RwSignal<Option<(Work, String)>>,
    /// What is being done: its answer may leave a password.
    pub under_way: StoredValue<Vec<Action>>,
    /// Whether anybody is there.
    pub idle: Idle,
    /// Whether the session is another app's, and its token was pasted.
    is_pasted: RwSignal<bool>,
    software: RwSignal<Option<Software>>,
    is_ours: StoredValue<bool>,
    /// The last one who signed in: a session may end while something is done.
    who: StoredValue<String>,
}

thread_local! {
    // No other part of the program knows of it, so it costs them nothing.
    static DESK: OnceCell<Desk> = const { OnceCell::new() };
}

impl Desk {
    /// The desk of this tab.
    pub fn here() -> Self {
        DESK.with(|desk| {
            let is_new = desk.get().is_none();
            // What is made here stays when the page is left.
            let desk = *desk.get_or_init(|| lasting(Self::new));
            if is_new {
                desk.listen();
            }
            desk
        })
    }

    fn new() -> Self {
        Self {
            session: SessionRuntime::in_memory(),
            reach: RwSignal::new_local(None),
            log: RwSignal::new(Vec::new()),
            many: RwSignal::new_local(None),
            wanted: RwSignal::new(None),
            searched: RwSignal::new((String::new(), 0)),
            sheets: RwSignal::new_local(Vec::new()),
            draft: RwSignal::new(None),
            under_way: StoredValue::new(Vec::new()),
            idle: Idle::new(),
            is_pasted: RwSignal::new(false),
            software: RwSignal::new(None),
            is_ours: StoredValue::new(true),
            who: StoredValue::new(String::new()),
        }
    }

    fn listen(self) {
        activity::on_leave(move || self.leave_at_once());
        let folder = address::site_path();
        activity::leave_by_links(move |path| {
            let route = path.strip_prefix(&*folder).and_then(Route::parse);
            route.is_some_and(|route| route.part() != Part::Admin)
        });
        activity::ask_before_leaving(move || self.would_lose());
        self.idle.listen(self);
    }

    /// An administrator signed in, or pasted a token.
    /// `is_ours` says whether the site leads other people to this homeserver too.
    pub fn begin(self, session: Session, software: Software, is_pasted: bool, is_ours: bool) {
        self.is_ours.set_value(is_ours);
        self.idle.gone.set(Vec::new());
        self.is_pasted.set(is_pasted);
        self.software.set(Some(software));
        self.idle.seen();
        self.who.set_value(session.user_id.clone());
        self.session.begin(session, None);
    }

    /// What the homeserver is.
    pub fn software(self) -> Option<Software> {
        self.software.get()
    }

    /// What the homeserver is, as it is now.
    pub fn software_untracked(self) -> Option<Software> {
        self.software.get_untracked()
    }

    /// Whether the homeserver has this.
    pub fn offers(self, action: Action) -> bool {
        self.software().is_some_and(|software| action.is_offered_by(software))
    }

    /// Whether the session is another app's.
    pub fn is_pasted(self) -> bool {
        self.is_pasted.get()
    }

    /// Whether this is the account of whoever is signed in.
    pub fn is_me(self, user_id: &str) -> bool {
        self.me() == user_id
    }

    /// Whoever is signed in, or was.
    pub fn me(self) -> String {
        self.who.get_value()
    }

    /// The part of Matrix IDs after the colon, which an administrator's own has too.
    pub fn server_name(self) -> String {
        let me = self.me();
        me.split_once(':').map(|(_, server)| server.to_owned()).unwrap_or_default()
    }

    /// Ends the session, or forgets a token that belongs to another one.
    pub async fn leave(self) -> Result<(), Error> {
        if !self.is_pasted.get_untracked() {
            match self.session.send(&Logout).await {
                Ok(()) | Err(Error::SessionEnded) => {}
                Err(error) => return Err(error),
            }
        }
        self.forget();
        Ok(())
    }

    /// Forgets the session without waiting for anybody.
    pub fn leave_at_once(self) {
        if let Some(session) = self.session.get_untracked()
            && !self.is_pasted.get_untracked()
        {
            net::send_last(&session, &Logout.request());
        }
        self.forget();
    }

    /// Forgets the token, and the passwords that this administrator has to hand over.
    pub fn forget(self) {
        let me = self.administrator_untracked();
        self.sheets.update(|sheets| sheets.retain(|sheet| Some(&sheet.by) != me.as_ref()));
        self.session.end();
        self.software.set(None);
    }

    /// Whether leaving the page would lose something that nobody can get back.
    fn would_lose(self) -> bool {
        !self.under_way.with_value(Vec::is_empty)
            || !self.sheets.with_untracked(Vec::is_empty)
            || self.many.with_untracked(|many| {
                many.as_ref().is_some_and(|many| many.is_busy() || many.has_passwords())
            })
    }

    /// The administrator who is signed in. The caller is told when that changes.
    pub fn administrator(self) -> Option<Administrator> {
        self.session.get().map(administrator)
    }

    /// The administrator who is signed in now.
    pub fn administrator_untracked(self) -> Option<Administrator> {
        self.session.get_untracked().map(administrator)
    }

    /// Whether signing out now could lose a password that was set for one account. Those of
    /// many accounts stay in the tab.
    pub fn sign_out_loses_password(self) -> bool {
        let me = self.administrator_untracked();
        self.sheets.with_untracked(|all| all.iter().any(|sheet| Some(&sheet.by) == me.as_ref()))
            || self.under_way.with_value(|all| all.iter().any(|action| action.sets_password()))
    }

    /// Adds a password that is to be handed over.
    pub fn hand_over(self, sheet: Sheet) {
        self.sheets.update(|sheets| sheets.push(sheet));
    }

    /// Sends a request that sets a password for an account. Unless the server refused it, the
    /// password is handed over, also where the answer got lost. `has_past` says whether there
    /// may be older messages to be read with a recovery key.
    pub async fn send_password<E: Endpoint<Access = SignedIn>>(
        self,
        request: &E,
        user_id: &str,
        password: &Rc<Secret>,
        has_past: bool,
    ) -> Result<E::Answer, Error> {
        // Another administrator may be signed in by the time of the answer.
        let by = self.administrator_untracked().ok_or(Error::SessionEnded)?;
        let answer = self.session.send(request).await;
        if let Some(certainty) = Certainty::of(&answer) {
            let (user_id, password) = (user_id.to_owned(), password.clone());
            self.hand_over(Sheet { user_id, password, certainty, by, has_past });
        }
        answer
    }

    /// The address of a page for somebody of this homeserver, to be sent to them.
    pub fn link_for(self, route: Route, fragment: &str) -> String {
        let page = [&address::site(), route.path()].concat();
        let server = match self.is_ours.get_value() {
            true => String::new(),
            false => ["hs_url=", &segment(&self.server_name())].concat(),
        };
        let rest: Vec<_> = [fragment, &server].into_iter().filter(|it| !it.is_empty()).collect();
        if rest.is_empty() { page } else { [&page, "#", &rest.join("&")].concat() }
    }

    /// Writes down what became of something.
    pub fn note(self, action: Action, whom: &str, result: &str) {
        let (time, who) = (clock::now(), self.me());
        let (whom, result) = (whom.to_owned(), result.to_owned());
        self.log.update(|log| log.push(Entry { time, who, action, whom, result }));
    }
}

fn administrator(session: Session) -> Administrator {
    Administrator { user_id: session.user_id, server: session.homeserver.base_url }
}

/// Makes something that belongs to the whole site and to no page.
fn lasting<T>(make: impl FnOnce() -> T) -> T {
    let mut owner = Owner::current();
    while let Some(parent) = owner.as_ref().and_then(Owner::parent) {
        owner = Some(parent);
    }
    match owner {
        Some(owner) => owner.with(make),
        None => make(),
    }
}
