//! Mounts the site, and says which page belongs to which route. Read this first.

use crate::browser::{address, language as shown, page};
use crate::components::layout::Layout;
use crate::components::lazy::{Shown, lazy, loading};
use crate::components::page::go_to_place;
use crate::pages;
use crate::route::{Part, Route};
use crate::runtime::effect::effect;
use crate::runtime::language::{self, Choose, LanguageRuntime};
use crate::runtime::setup::{self, Find, Setup, SetupProblem};
use crate::site::Site;
use futures_util::future::join;
use leptos::mount::mount_to;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::components::Router;
use leptos_router::hooks::use_location;
use leptos_router::location::{BrowserUrl, LocationProvider};
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

/// The pages of a part of the program, by the route that is asked for.
pub type Pages = fn(&Site, Option<Route>) -> AnyView;

/// The part for the start, which also finds homeservers.
#[derive(Clone, Copy)]
pub struct Start {
    /// Its pages.
    pub pages: Pages,
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
    pub reset: fn(&Site, fn()) -> AnyView,
    /// The other ones.
    pub pages: fn(Part) -> Loading<Pages>,
    /// What changes the language, which is in [`Part::Start`].
    pub language: fn() -> Loading<Choose>,
    /// Loads [`Part::Wait`] before it is needed: by then there may be no network,
    /// or a newer version of the site, which does not have this one's parts.
    pub prepare: fn(),
}

/// The start, and whatever else does not lead straight to a new password.
pub const START: Start = Start {
    pages: start_pages,
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
pub fn wait_pages(site: &Site, route: Option<Route>) -> AnyView {
    match route {
        Some(Route::ResetVerified) => pages::reset_verified::page(site),
        Some(Route::ResetDone) => pages::reset_done::page(site),
        _ => pages::reset_check_email::page(site),
    }
}

/// Signing in, and what to look at before one signs out.
pub fn login_pages(site: &Site, route: Option<Route>) -> AnyView {
    match route {
        Some(Route::Check) => pages::check::page(site),
        _ => pages::login::page(site),
    }
}

/// What one does signed in.
pub fn account_pages(site: &Site, route: Option<Route>) -> AnyView {
    match route {
        Some(Route::SignOut) => pages::sign_out::page(site),
        _ => pages::account::page(site),
    }
}

/// Help.
pub fn help_pages(site: &Site, _: Option<Route>) -> AnyView {
    pages::help::page(site)
}

/// The form for a new password. What follows is got ready when somebody begins to
/// type.
pub fn reset_page(site: &Site, prepare: fn()) -> AnyView {
    pages::reset::page(site, prepare)
}

/// A page of another program: the browser loads it, and leaves this one.
pub fn elsewhere(_: &Site, _: Option<Route>) -> AnyView {
    // The router has written the address by then.
    set_timeout(address::reload, Duration::ZERO);
    loading()
}

/// What the program for administrators has of the start.
pub const ADMIN_START: Start = Start { pages: admin_start, ..START };

fn admin_start(site: &Site, route: Option<Route>) -> AnyView {
    pages::suggestion::page(site).unwrap_or_else(|| elsewhere(site, route))
}

/// What administrators do.
pub fn admin_pages(site: &Site, route: Option<Route>) -> AnyView {
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
        page::empty(&place);
        mount_to(place, move || app(load)).forget();
    }
}

/// Loads what the site needs to know before it can show a page.
fn app(load: &'static Load) -> impl IntoView {
    let setup = RwSignal::new_local(None);
    let language = LanguageRuntime::new(load.language);
    spawn_local(async move {
        let finder = async || Some((load.start)().await?.find);
        let (loaded, texts) = join(setup::load(finder), language::load(Part::Reset)).await;
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
        Some(setup) => ready(setup, language, load),
    }
}

fn ready(
    setup: Result<Setup, SetupProblem>,
    language: LanguageRuntime,
    load: &'static Load,
) -> AnyView {
    match setup {
        Ok(setup) => {
            let path = address::site_path();
            let site = Site::new(setup, &path, language);
            view! { <Router base=address::decoded(&path)>{routes(&site, load)}</Router> }.into_any()
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

/// The page that is asked for. The router moves the browser between them.
fn routes(site: &Site, load: &'static Load) -> AnyView {
    let location = use_location();
    let path = location.pathname;
    let route = Memo::new({
        let site = site.clone();
        move |_| site.route(&path.get())
    });
    arrive();
    let here = site.clone();
    let page = move || match (here.server.suggested(), route.get()) {
        // Unless the homeserver has another way.
        (None, Some(Route::Reset)) if !here.server.is_elsewhere() => {
            (load.reset)(&here, load.prepare)
        }
        #[cfg(debug_assertions)]
        (None, None) if path.get_untracked().ends_with(crate::gallery::PATH) => gallery(&here),
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

/// A page of a part that is loaded now. Which page belongs to which route is not
/// left to the router's own table (`FlatRoutes`), which makes the wasm 13.6 kB of
/// brotli larger.
fn part(site: &Site, route: Option<Route>, part: Part, load: &'static Load) -> AnyView {
    let site = site.clone();
    lazy(move || {
        let site = site.clone();
        Box::pin(async move {
            let pages = with_texts((load.pages)(part), part).await?;
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
            for part in [Part::Start, Part::Login, Part::Account, Part::Help, Part::Admin] {
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

/// Tells the router that the page for an address is there. Only then does it
/// write the address of a link into the address bar. Then the place on the page
/// is gone to, also where the same link is pressed once more.
fn arrive() {
    let address_bar = use_context::<BrowserUrl>();
    effect(move || {
        if let Some(address_bar) = &address_bar {
            // The address bar itself is written later, or not at all where the
            // same link is pressed once more.
            let place = address_bar.as_url().with(|url| url.hash().to_owned());
            address_bar.ready_to_complete();
            go_to_place(place);
        }
    });
}
