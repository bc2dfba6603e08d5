//! leptos_router follows links within the site, and the browser's back and forward buttons.
//! Which page belongs to which route is not left to its own table (`FlatRoutes`), which makes
//! the program 13.6 kB of brotli larger.

use super::{Address, Navigation};
use crate::browser::{address, page};
use crate::runtime::effect::effect;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::components::Router;
use leptos_router::hooks::use_navigate;
use leptos_router::location::{BrowserUrl, LocationProvider};

/// Takes over from now on. The router shows nothing of its own: what is inside it only tells
/// the navigation where one is.
pub fn take_over(navigation: Navigation) {
    let base = address::decoded(&address::site_path());
    let inside = move || {
        let navigate = use_navigate();
        navigation.go_by(Box::new(move |address, replace| {
            navigate(address, NavigateOptions { resolve: false, replace, ..Default::default() });
        }));
        arrive(navigation);
    };
    let _ = view! { <Router base>{inside()}</Router> };
}

/// Tells the router that the page for an address is there. Only then does it
/// write the address of a link into the address bar. Then the place on the page
/// is gone to, also where the same link is pressed once more.
fn arrive(navigation: Navigation) {
    let Some(address_bar) = use_context::<BrowserUrl>() else { return };
    effect(move || {
        // The address bar itself is written later, or not at all where the
        // same link is pressed once more.
        let address = address_bar.as_url().with(|url| Address {
            path: url.path().to_owned(),
            search: url.search().to_owned(),
            hash: url.hash().to_owned(),
        });
        let place = address.hash.clone();
        navigation.arrive(address);
        address_bar.ready_to_complete();
        page::go_to_place(place);
    });
}
