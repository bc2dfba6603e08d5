//! Mounts the site, and says which page belongs to which route. Read this first.

use crate::browser::{address, language as shown, page};
use crate::components::layout::Layout;
use crate::components::lazy::{Shown, lazy, loading};
use crate::matrix::Error;
use crate::pages;
use crate::route::{Part, Route};
use crate::runtime::language::{self, Choose, LanguageRuntime};
use crate::runtime::navigation::router::take_over;
use crate::runtime::navigation::{Navigation, TakeOver};
use crate::runtime::reset::{self, Machine, ResetRuntime};
use crate::runtime::setup::{self, Find, Setup, SetupProblem};
use crate::site::{Runtimes, Site};
use futures_util::future::join;
use leptos::mount::mount_to;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

/// The pages of a part of the program, by the route that is asked for.
pub type Pages = fn(&Site, Option<Route>) -> AnyView;

/// A part of the program.
#[derive(Clone, Copy)]
pub struct Loaded {
    /// Its pages.
    pub pages: Pages,
    /// What follows links from then on: each part has it, and the first one has not.
    pub follow: TakeOver,
}

/// The part for what comes after the form.
#[derive(Clone, Copy)]
pub struct Wait {
    /// Its pages.
    pub loaded: Loaded,
    /// What moves a reset on.
    pub machine: Machine,
}

/// The part for the start, which also finds homeservers.
#[derive(Clone, Copy)]
pub struct Start {
    /// Its pages.
    pub loaded: Loaded,
    /// The page of a site that cannot be used yet.
    pub trouble: fn(&SetupProblem) -> AnyView,
    /// Finds a homeserver.
    pub find: Find,
    /// Changes the language.
    pub choose: Choose,
}

/// Something on its way; nothing comes of it where that fails.
pub type Loading<T> = Pin<Box<dyn Future<Output = Option<T>>>>;

/// Loads the parts of the program that are not there from the beginning.
pub struct Load {
    /// [`Part::Start`]
    pub start: fn() -> Loading<Start>,
    /// The form for a new password.
    pub reset: fn(&Site) -> AnyView,
    /// The other ones.
    pub pages: fn(Part) -> Loading<Loaded>,
    /// What changes the language, which is in [`Part::Start`].
    pub language: fn() -> Loading<Choose>,
    /// What follows links, for a page that has none of it: it is in [`Part::Wait`].
    pub router: fn() -> Loading<TakeOver>,
    /// What moves a reset on, which is there too; nothing where there are no resets.
    pub machine: Option<fn() -> Loading<Machine>>,
}

/// The start, and whatever else does not lead straight to a new password.
pub const START: Start = Start {
    loaded: loaded(start_pages),
    trouble: pages::setup::page,
    find: crate::runtime::find_server::find,
    choose: language::choose::choose,
};

fn start_pages(site: &Site, route: Option<Route>) -> AnyView {
    if let Some(question) = pages::suggestion::page(site) {
        return question;
    }
    match route {
        Some(Route::Home) => pages::home::page(site),
        Some(Route::Reset) => pages::reset_elsewhere::page(site),
        Some(Route::ResetResume) => pages::reset_resume::page(site),
        _ => pages::not_found::page(site),
    }
}

/// What comes after the form.
pub const WAIT: Wait = Wait { loaded: loaded(wait_pages), machine: reset::MACHINE };

/// Signing in, and what to look at before one signs out.
pub const LOGIN: Loaded = loaded(login_pages);

/// What one does signed in.
pub const ACCOUNT: Loaded = loaded(account_pages);

/// Help.
pub const HELP: Loaded = loaded(help_pages);

/// What administrators do.
pub const ADMIN: Loaded = loaded(admin_pages);

const fn loaded(pages: Pages) -> Loaded {
    Loaded { pages, follow: take_over }
}

fn wait_pages(site: &Site, route: Option<Route>) -> AnyView {
    match route {
        Some(Route::ResetVerified) => pages::reset_verified::page(site),
        Some(Route::ResetDone) => pages::reset_done::page(site),
        _ => pages::reset_check_email::page(site),
    }
}

fn login_pages(site: &Site, route: Option<Route>) -> AnyView {
    match route {
        Some(Route::Check) => pages::check::page(site),
        _ => pages::login::page(site),
    }
}

fn account_pages(site: &Site, route: Option<Route>) -> AnyView {
    match route {
        Some(Route::SignOut) => pages::sign_out::page(site),
        _ => pages::account::page(site),
    }
}

fn help_pages(site: &Site, _: Option<Route>) -> AnyView {
    pages::help::page(site)
}

/// The form for a new password. What follows is got ready when somebody begins to
/// type.
pub fn reset_page(site: &Site) -> AnyView {
    pages::reset::page(site)
}

/// The pages of another program.
pub const ELSEWHERE: Loaded = loaded(elsewhere);

/// The browser loads it, and leaves this one.
pub fn elsewhere(_: &Site, _: Option<Route>) -> AnyView {
    // The router has written the address by then.
    set_timeout(address::reload, Duration::ZERO);
    loading()
}

/// What the program for administrators has of the start.
pub const ADMIN_START: Start = Start { loaded: loaded(admin_start), ..START };

fn admin_start(site: &Site, route: Option<Route>) -> AnyView {
    pages::suggestion::page(site).unwrap_or_else(|| elsewhere(site, route))
}

fn admin_pages(site: &Site, route: Option<Route>) -> AnyView {
    match route {
        Some(Route::AdminUsers) => pages::admin::users::page(site),
        Some(Route::AdminUser) => pages::admin::user::page(site),
        Some(Route::AdminMany) => pages::admin::many::page(site),
        _ => pages::admin::page(site),
    }
}

/// Puts the site in the place of what the page shows while it loads.
pub fn mount(load: &'static Load) {
    if let Some(place) = page::element("app") {
        mount_to(place, move || app(load)).forget();
    }
}

/// Loads what the site needs to know before it can show a page.
fn app(load: &'static Load) -> impl IntoView {
    let setup = RwSignal::new_local(None);
    let runtimes = Runtimes {
        language: LanguageRuntime::new(load.language),
        navigation: Navigation::new(load.router),
        reset: ResetRuntime::new(load.machine),
    };
    spawn_local(async move {
        let finder = async || Some((load.start)().await?.find);
        let loading = join(setup::load(finder), language::load(Part::Reset));
        let ((mut loaded, texts), is_whole) = match reset::is_kept() {
            true => join(loading, runtimes.reset.load()).await,
            false => (loading.await, true),
        };
        // Without what moves it on, the reset that waits would begin anew.
        if !is_whole {
            loaded = Err(SetupProblem::Loading(Error::NotLoaded));
        }
        match texts {
            true => {
                language::word_trouble();
                setup.set(Some(loaded));
            }
            false => {
                shown::forget();
                page::stop();
            }
        }
    });
    move || match setup.get() {
        None => loading(),
        Some(setup) => ready(setup, runtimes, load),
    }
}

fn ready(setup: Result<Setup, SetupProblem>, runtimes: Runtimes, load: &'static Load) -> AnyView {
    match setup {
        Ok(setup) => {
            runtimes.reset.restore(&setup.homeserver);
            routes(&Site::new(setup, &address::site_path(), runtimes), load)
        }
        Err(problem) => {
            let problem = Arc::new(problem);
            lazy(move || {
                let problem = problem.clone();
                Box::pin(async move {
                    let trouble = with_texts((load.start)(), Part::Start).await?.trouble;
                    let shown: Shown = Arc::new(move || trouble(&problem));
                    Some(shown)
                })
            })
        }
    }
}

/// The page that is asked for.
fn routes(site: &Site, load: &'static Load) -> AnyView {
    let route = Memo::new({
        let site = site.clone();
        move |_| site.route(&site.navigation.here().path)
    });
    let here = site.clone();
    let page = move || match (here.server.suggested(), route.get()) {
        // Unless the homeserver has another way.
        (None, Some(Route::Reset)) if !here.server.is_elsewhere() => (load.reset)(&here),
        #[cfg(debug_assertions)]
        (None, None) if address::path().ends_with(crate::gallery::PATH) => gallery(&here),
        // Help needs no answer to the question.
        (suggested, route) => {
            let may_go = |route: &Route| suggested.is_none() || *route == Route::Help;
            let of_route = route.filter(may_go).map(Route::part);
            // The form is here only where the homeserver has another way.
            let of_route = of_route.filter(|part| *part != Part::Reset);
            part(&here, route, of_route.unwrap_or(Part::Start), load)
        }
    };
    let site = site.clone();
    let view = move || {
        site.language.track();
        let page = page.clone();
        view! { <Layout site=site.clone()>{page}</Layout> }
    };
    view.into_any()
}

/// A page of a part that is loaded now, with what follows its links, and what its reset needs.
fn part(site: &Site, route: Option<Route>, part: Part, load: &'static Load) -> AnyView {
    let site = site.clone();
    lazy(move || {
        let site = site.clone();
        Box::pin(async move {
            let needs_reset = part == Part::Wait || route == Some(Route::ResetResume);
            let loading = with_texts((load.pages)(part), part);
            let (loaded, is_whole) = match needs_reset {
                true => join(loading, site.reset.load()).await,
                false => (loading.await, true),
            };
            let Loaded { pages, follow } = loaded.filter(|_| is_whole)?;
            site.navigation.follow_by(follow);
            let shown: Shown = Arc::new(move || pages(&site, route));
            Some(shown)
        })
    })
}

/// The gallery, which shows pages of all parts.
#[cfg(debug_assertions)]
fn gallery(site: &Site) -> AnyView {
    let site = site.clone();
    lazy(move || {
        let site = site.clone();
        Box::pin(async move {
            for part in
                [Part::Wait, Part::Start, Part::Login, Part::Account, Part::Help, Part::Admin]
            {
                language::load(part).await;
            }
            let shown: Shown = Arc::new(move || crate::gallery::page(&site).into_any());
            Some(shown)
        })
    })
}

/// A part of the program, once its texts are there too. Both are loaded at the same time.
async fn with_texts<T>(loading: Loading<T>, part: Part) -> Option<T> {
    let (loaded, texts) = join(loading, language::load(part)).await;
    loaded.filter(|_| texts)
}
