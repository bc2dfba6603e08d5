//! Mounts the site, and says which page belongs to which route.

use crate::browser::{address, page};
use crate::components::layout::Layout;
use crate::i18n::texts;
use crate::pages;
use crate::route::Route;
use crate::runtime::effect::effect;
use crate::runtime::setup::{self, Setup, SetupProblem};
use crate::site::Site;
use leptos::mount::mount_to;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::components::Router;
use leptos_router::hooks::use_location;
use leptos_router::location::{BrowserUrl, LocationProvider};

/// Puts the site in the place of what the page shows while it loads.
pub fn mount() {
    if let Some(place) = page::element("app") {
        page::empty(&place);
        mount_to(place, App).forget();
    }
}

/// Loads what the site needs to know before it can show a page.
#[component]
fn App() -> impl IntoView {
    let setup = RwSignal::new(None);
    spawn_local(async move { setup.set(Some(setup::load().await)) });
    move || match setup.get() {
        None => view! { <p class="loading">{texts().site.loading}</p> }.into_any(),
        Some(setup) => ready(setup),
    }
}

fn ready(setup: Result<Setup, SetupProblem>) -> AnyView {
    match setup {
        Ok(setup) => {
            let path = address::site_path();
            let site = Site::new(setup, &path);
            view! { <Router base=address::decoded(&path)><Routes site/></Router> }.into_any()
        }
        Err(problem) => pages::setup::page(problem),
    }
}

/// The routes. The router moves the browser between them; which page belongs
/// to which is matched here, since the compiler then knows that none is
/// forgotten, and since the router's own table (`FlatRoutes`) makes the wasm
/// 13.6 kB of brotli larger.
#[component]
fn Routes(site: Site) -> impl IntoView {
    let path = use_location().pathname;
    let route = Memo::new({
        let site = site.clone();
        move |_| site.route(&path.get())
    });
    arrive(path);
    let page = {
        let site = site.clone();
        move || match route.get() {
            Some(Route::Home) => pages::home::page(&site),
            Some(Route::Login) => pages::login::page(&site),
            Some(Route::Reset) => pages::reset::page(&site),
            Some(Route::ResetCheckEmail) => pages::reset_check_email::page(&site),
            Some(Route::ResetVerified) => pages::reset_verified::page(&site),
            Some(Route::ResetResume) => pages::reset_resume::page(&site),
            Some(Route::ResetDone) => pages::reset_done::page(&site),
            Some(Route::Account) => pages::account::page(&site),
            #[cfg(debug_assertions)]
            None if path.get_untracked().ends_with(crate::gallery::PATH) => {
                crate::gallery::page(&site).into_any()
            }
            None => pages::not_found::page(&site),
        }
    };
    view! { <Layout site>{page}</Layout> }
}

/// Tells the router that the page for a path is there. Only then does it write
/// the path of a link into the address bar.
fn arrive(path: Memo<String>) {
    let address_bar = use_context::<BrowserUrl>();
    effect(move || {
        path.track();
        if let Some(address_bar) = &address_bar {
            address_bar.ready_to_complete();
        }
    });
}
