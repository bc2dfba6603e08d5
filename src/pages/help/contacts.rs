//! Who runs the homeserver, as far as it says so, and whom the operator of this
//! site names.

use crate::components::button::Weight;
use crate::components::text::{Html, filled, link_button, link_out, list_of, plain};
use crate::i18n::{desk, fill, fill_bare};
use crate::matrix::discovery::{at, well_known_host};
use crate::matrix::support::{Contact, GetSupport, Role, Support};
use crate::matrix::{Homeserver, WebLink};
use crate::net;
use crate::recovery::plea::mailto;
use crate::site::Site;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

/// What was found of who runs a homeserver.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// These can be asked.
    Somebody(Support),
    /// Nobody is named.
    Nobody,
    /// There was no answer that could be read.
    NoAnswer,
}

/// Asks who runs the homeserver: first where its name is, then where its API is.
pub async fn find(homeserver: &Homeserver) -> Found {
    let by_name = well_known_host(&homeserver.name);
    let hosts = by_name.iter().filter(|host| **host != homeserver.base_url);
    let mut found = Found::NoAnswer;
    for host in hosts.chain([&homeserver.base_url]) {
        match net::send(host, &GetSupport).await {
            Ok(Some(told)) if !told.contacts.is_empty() || told.page.is_some() => {
                return Found::Somebody(told);
            }
            Ok(_) => found = Found::Nobody,
            Err(_) => {}
        }
    }
    found
}

/// Asks, and says so once it is known.
pub fn look(homeserver: Arc<Homeserver>, found: RwSignal<Option<Found>>) {
    spawn_local(async move {
        let answer = find(&homeserver).await;
        found.try_set(Some(answer));
    });
}

/// Who can be asked, with a mail that carries the message: those whom the
/// operator of this site names come first.
pub fn list(site: &Site, found: RwSignal<Option<Found>>, message: RwSignal<String>) -> AnyView {
    let t = &desk().plea;
    let (site, homeserver) = (site.clone(), site.homeserver());
    let looking = {
        let server = homeserver.name.clone();
        move || found.get().is_none().then(|| filled(t.looking, &[("server", &server)]).line(""))
    };
    let view = move || {
        let (own, page) = (site.config.contacts(), site.config.support_page());
        let message = message.get();
        let own = people(&homeserver, t.by_operator, &own, page.as_ref(), &message);
        let theirs = match found.get() {
            None => None,
            Some(Found::Somebody(told)) => {
                people(&homeserver, t.contacts, &told.contacts, told.page.as_ref(), &message)
            }
            Some(_) if own.is_some() => None,
            Some(Found::Nobody) => Some(nobody(&homeserver, t.nobody)),
            Some(Found::NoAnswer) => Some(nobody(&homeserver, t.not_found_out)),
        };
        view! { {own} {theirs} }
    };
    // What is looked at again at each key is not read out again.
    view! { <div role="status">{looking}</div> {view} }.into_any()
}

/// Who only hears of holes is asked where there is nobody else.
fn people(
    homeserver: &Homeserver,
    lead: &'static str,
    contacts: &[Contact],
    page: Option<&WebLink>,
    message: &str,
) -> Option<AnyView> {
    let t = &desk().plea;
    let is_helper = |contact: &&Contact| contact.role != Role::Security;
    let has_helper = contacts.iter().any(|contact| is_helper(&contact));
    let contacts = contacts.iter().filter(|contact| !has_helper || is_helper(contact));
    let in_matrix = contacts.clone().any(|contact| contact.matrix_id.is_some());
    let how = in_matrix.then(|| plain(t.matrix_id_how).line("hint"));
    let page =
        page.map(|page| link_out(page.as_str(), &fill(t.support_page, &[("host", page.host())])));
    let people = contacts.map(|contact| person(homeserver, contact, message));
    let people: Vec<_> = people.chain(page).collect();
    let lead = filled(lead, &[("server", &homeserver.name)]);
    (!people.is_empty())
        .then(|| view! { {lead.line("")} {list_of("contacts", &people)} {how} }.into_any())
}

/// Everything here came from a server or a file, and was looked at before
/// (`matrix/support.rs`).
fn person(homeserver: &Homeserver, contact: &Contact, message: &str) -> Html {
    let t = &desk().plea;
    let mut html = plain(match contact.role {
        Role::Admin => t.admin,
        Role::Security => t.security,
        Role::Other => t.other,
    });
    if let Some(id) = &contact.matrix_id {
        html = html.and(filled("{id}", &[("id", id)]));
    }
    if let Some(address) = &contact.email_address {
        let subject = fill_bare(t.subject, &[("server", &homeserver.name)]);
        let label = fill(t.write, &[("address", address)]);
        let mail = mailto(address, &subject, message);
        html = html.and(link_button(Weight::Secondary, &mail, &label));
    }
    html
}

fn nobody(homeserver: &Homeserver, words: &str) -> AnyView {
    let words = filled(words, &[("server", &homeserver.name)]);
    let name = homeserver.server_name().and_then(at);
    let website = name
        .and_then(|url| WebLink::parse(url.as_str()))
        .map(|page| link_out(page.as_str(), &fill(desk().plea.website, &[("host", page.host())])));
    words.and(website.unwrap_or_default()).line("")
}
