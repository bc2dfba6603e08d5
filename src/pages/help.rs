//! `/help`: the guide in the site's own words, questions and answers, and the
//! homeserver's administrators. `/help?doctor` is for whoever runs a homeserver.

// Who runs the homeserver.
mod contacts;
// What is to be changed at a homeserver.
mod doctor;
// Lines for a reverse proxy.
pub mod proxy_lines;
// The guide, with a picture of what to look for.
mod guide;
// A message to the administrators.
mod plea;
// Questions and answers.
mod questions;

use crate::browser::page;
use crate::components::page::page as show;
use crate::components::text::{Html, checks, filled, link, link_out, link_to, plain};
use crate::i18n::{desk, fill, texts};
use crate::place;
use crate::route::Route;
use crate::site::Site;
use leptos::prelude::*;

/// The control panel for customers of Element's hosting.
pub const SERVER_ADMIN: &str = "https://ems.element.io/user/hosting#/admin";
/// Where the guide stands on the page.
const GUIDE: &str = "guide";
/// Where the questions stand on the page.
const QUESTIONS: &str = "questions";

/// The page.
pub fn page(site: &Site) -> AnyView {
    let (navigation, site) = (site.navigation, site.clone());
    let doctor = Memo::new(move |_| is_doctor(&navigation.here().search));
    let page = move || match doctor.get() {
        true => doctor::page(&site),
        false => help(&site),
    };
    page.into_any()
}

fn is_doctor(query: &str) -> bool {
    let query = query.trim_start_matches('?');
    query.split('&').any(|pair| pair.split('=').next() == Some("doctor"))
}

fn help(site: &Site) -> AnyView {
    let t = &desk().help;
    let server = site.homeserver().name.clone();
    let places = [
        (GUIDE, t.guide_title),
        (QUESTIONS, t.questions_title),
        (place::MAILBOX, texts().site.no_mailbox),
    ];
    let places = places.map(|(place, title)| link(&site.href_to(Route::Help, place), title));
    let content = view! {
        {plain(t.lead).line("lead")}
        {checks(&places)}
        {title(GUIDE, t.guide_title)}
        {guide::guide(site)}
        {title(QUESTIONS, t.questions_title)}
        {questions::questions(site)}
        {title(place::MAILBOX, texts().site.no_mailbox)}
        {plea::plea(site)}
        {title("more", t.more_title)}
        {checks(&more(site, &server))}
        {page::version().map(|version| made_of(site, &version))}
    };
    show(site, t.title, content)
}

/// What was built, and whose work is in it.
fn made_of(site: &Site, version: &str) -> AnyView {
    let t = &desk().help;
    let version = filled(t.version, &[("version", version)]);
    version.and(link_out(&[&site.path, "/LICENSES.txt"].concat(), t.licenses)).line("hint")
}

/// The heading of a part of the page, to which links lead.
fn title(id: &'static str, words: &'static str) -> AnyView {
    view! { <h2 class="part" id=id tabindex="-1">{words}</h2> }.into_any()
}

fn more(site: &Site, server: &str) -> Vec<Html> {
    let links = site.config.help_links();
    let links = links.iter().map(link_to);
    let doctor = [&site.href(Route::Help), "?doctor"].concat();
    let words = fill(desk().help.doctor, &[("server", server)]);
    links.chain([link(&doctor, &words)]).collect()
}
