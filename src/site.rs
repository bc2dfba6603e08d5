//! What every page is given.

use crate::browser::{address, tab_storage};
use crate::config::Config;
use crate::i18n::texts;
use crate::matrix::{BaseUrl, Homeserver};
use crate::place;
use crate::recovery::reset::{Event, OtherSessions};
use crate::route::{Part, Route};
use crate::runtime::language::{self, LanguageRuntime};
use crate::runtime::navigation::Navigation;
use crate::runtime::reset::ResetRuntime;
use crate::runtime::server::ServerRuntime;
use crate::runtime::session::SessionRuntime;
use crate::runtime::setup::Setup;
use futures_util::future::join3;
use leptos::task::spawn_local;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

const ADVICE: &str = "matrix-account-recovery.advice";
const SIGN_OUT: &str = "sign-out";
const KEEP: &str = "keep";

/// What goes on whichever page is shown.
#[derive(Clone, Copy)]
pub struct Runtimes {
    /// The language of the texts.
    pub language: LanguageRuntime,
    /// Where one is.
    pub navigation: Navigation,
    /// The reset of this tab.
    pub reset: ResetRuntime,
}

/// The site as it is set up, and what is going on in this tab.
#[derive(Clone)]
pub struct Site {
    /// What the operator chose.
    pub config: Arc<Config>,
    /// Whose accounts are recovered here.
    pub server: ServerRuntime,
    /// The email address that the link filled in which led here.
    pub email: Arc<str>,
    /// The reset of this tab.
    pub reset: ResetRuntime,
    /// Who is signed in.
    pub session: SessionRuntime,
    /// The language of the texts.
    pub language: LanguageRuntime,
    /// Where one is.
    pub navigation: Navigation,
    pub(crate) advice: Arc<AtomicU8>,
    pub(crate) path: Arc<str>,
}

impl Site {
    /// A site in the folder `path`, which is empty or starts with `/`.
    pub fn new(setup: Setup, path: &str, runtimes: Runtimes) -> Self {
        let Runtimes { language, navigation, reset } = runtimes;
        let Setup { config, homeserver, suggested, email, returned } = setup;
        Self {
            reset,
            navigation,
            session: SessionRuntime::new(returned),
            advice: Arc::new(kept_advice().into()),
            server: ServerRuntime::new(homeserver, suggested),
            config: Arc::new(config),
            language,
            email: email.unwrap_or_default().into(),
            path: path.into(),
        }
    }

    /// What the site is called.
    pub fn brand(&self) -> &str {
        self.config.brand.as_deref().unwrap_or(texts().site.name)
    }

    /// The homeserver, as it is now.
    pub fn homeserver(&self) -> Arc<Homeserver> {
        self.server.now()
    }

    /// From now on it is this one. Who follows a link to the choice of a
    /// homeserver is done with that place.
    pub fn choose(&self, homeserver: Homeserver) {
        address::leave(place::HOMESERVER);
        self.reset.dispatch(Event::OtherServer);
        self.server.choose(homeserver);
    }

    /// The homeserver at an address. One that is known to the site by its name,
    /// or by the host of its API, is the site's own. Another one is named as the browser asks
    /// for it: letters of other scripts that look like others are written out.
    pub fn homeserver_at(&self, base_url: BaseUrl) -> Homeserver {
        let ours = self.homeserver();
        let host = address::host_of(base_url.as_str());
        let asked = host.and_then(|host| base_url.with_host(&host));
        let asked = asked.unwrap_or_else(|| base_url.clone());
        match ours.is_at(base_url.host()) || ours.is_at(asked.host()) {
            true => (*ours).clone(),
            false => Homeserver::new(None, asked),
        }
    }

    /// What should happen to the other sessions in a reset, by what the user
    /// found. It holds until a form was sent, also over a reload.
    pub fn advise(&self, other_sessions: OtherSessions) {
        let (advice, kept) = match other_sessions {
            OtherSessions::SignOut => (1, SIGN_OUT),
            OtherSessions::Keep => (2, KEEP),
        };
        self.advice.store(advice, Ordering::Relaxed);
        tab_storage::set(ADVICE, kept);
    }

    /// What they were advised, if they were.
    pub fn advised(&self) -> Option<OtherSessions> {
        match self.advice.load(Ordering::Relaxed) {
            0 => None,
            1 => Some(OtherSessions::SignOut),
            _ => Some(OtherSessions::Keep),
        }
    }

    /// They have chosen for themselves.
    pub fn has_chosen(&self) {
        self.advice.store(0, Ordering::Relaxed);
        tab_storage::remove(ADVICE);
    }

    /// Whether this homeserver is the one that the site is for.
    pub fn is_for(&self, homeserver: &Homeserver) -> bool {
        homeserver.base_url == self.homeserver().base_url
    }

    /// The address of a route, for links. The router takes an address that
    /// starts with `/` as it is, hence the site's folder is part of it.
    pub fn href(&self, route: Route) -> String {
        [&self.path, "/", route.path()].concat()
    }

    /// The address of a place on a page.
    pub fn href_to(&self, route: Route, place: &str) -> String {
        [&self.href(route), "#", place].concat()
    }

    /// The route of a path in the address bar.
    pub fn route(&self, path: &str) -> Option<Route> {
        Route::parse(path.strip_prefix(&*self.path)?)
    }

    /// Goes to another page.
    pub fn go(&self, route: Route, leave: Leave) {
        self.navigation.go(&self.href(route), leave == Leave::Nothing);
    }

    /// Goes to another page instead of this one, and there to a place, if one is given.
    pub fn go_to_place(&self, route: Route, place: &str) {
        let href = match place {
            "" => self.href(route),
            place => self.href_to(route, place),
        };
        self.navigation.go(&href, true);
    }

    /// Somebody begins to type. What is needed to go on is loaded before it is: by then there
    /// may be no network, or a newer version of the site, which does not have this one's parts.
    pub fn prepare(&self) {
        let (navigation, reset) = (self.navigation, self.reset);
        spawn_local(async move {
            // Where it fails, it is loaded again when it is needed.
            join3(navigation.load(), reset.load(), language::load(Part::Wait)).await;
        });
    }
}

/// The advice of this tab from before a reload.
fn kept_advice() -> u8 {
    match tab_storage::get(ADVICE).as_deref() {
        Some(SIGN_OUT) => 1,
        Some(KEEP) => 2,
        _ => 0,
    }
}

/// What the browser's back button finds after going to another page.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Leave {
    /// The page that was left.
    ThisPage,
    /// The one before it: this page was not the right one to be on.
    Nothing,
}
