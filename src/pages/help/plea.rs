//! Where no mail reaches the person: who runs the homeserver, and a message to
//! them, ready to copy or to send.

use crate::browser::clipboard;
use crate::components::button::{Button, Weight};
use crate::components::field::{self, Field, TEXT};
use crate::components::form::form as form_of;
use crate::components::notice::Status;
use crate::components::radio::Radio;
use crate::components::text::{Html, filled, link_button, link_out, list_of, plain};
use crate::i18n::{desk, fill};
use crate::matrix::discovery::{at, well_known_host};
use crate::matrix::support::{Contact, GetSupport, Role, Support};
use crate::matrix::{Homeserver, WebLink};
use crate::net;
use crate::recovery::plea::mailto;
use crate::site::Site;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

const ACCOUNT_FIELD: &str = "account";
const REPLY_FIELD: &str = "reply-to";
const MESSAGE_FIELD: &str = "message";
const REASONS: [&str; 4] = ["no-address", "lost-mailbox", "no-mail-comes", "intruder"];

/// What is known of the administrators, and what is to be written to them.
#[derive(Clone)]
struct Plea {
    homeserver: Arc<Homeserver>,
    support: RwSignal<Option<Support>>,
    reason: RwSignal<usize>,
    message: RwSignal<String>,
}

/// All of it.
pub fn plea(site: &Site) -> AnyView {
    let t = &desk().plea;
    let this = Plea {
        homeserver: site.homeserver(),
        support: RwSignal::new(None),
        reason: RwSignal::new(0),
        message: RwSignal::new(String::new()),
    };
    this.write();
    this.look();
    let server = [("server", this.homeserver.name.as_str())];
    view! {
        {filled(t.lead, &server).line("")}
        {plain(t.no_support).line("hint")}
        {this.contacts(site)}
        {this.form()}
        {this.message()}
    }
    .into_any()
}

impl Plea {
    /// Asks who runs the homeserver: first where its name is, then where its
    /// API is.
    fn look(&self) {
        let (homeserver, support) = (self.homeserver.clone(), self.support);
        spawn_local(async move {
            let by_name = well_known_host(&homeserver.name);
            let hosts = by_name.iter().filter(|host| **host != homeserver.base_url);
            let mut found = Support::default();
            for host in hosts.chain([&homeserver.base_url]) {
                if let Ok(Some(told)) = net::send(host, &GetSupport).await {
                    found = told;
                    break;
                }
            }
            support.try_set(Some(found));
        });
    }

    /// Writes the message anew, from what was typed and chosen.
    fn write(&self) {
        let t = &desk().plea;
        let typed = |id, otherwise: &str| match field::typed(id).trim() {
            "" => otherwise.to_owned(),
            typed => typed.to_owned(),
        };
        let reason = t.reasons.get(self.reason.get_untracked());
        let blanks = [
            ("server", self.homeserver.name.as_str()),
            ("account", &typed(ACCOUNT_FIELD, t.unknown_account)),
            ("reply", &typed(REPLY_FIELD, t.unknown_reply)),
            ("reason", reason.map_or("", |reason| reason.sentence)),
        ];
        self.message.set(fill(t.body, &blanks));
    }

    /// Who can be asked: those whom the operator of this site names come first.
    fn contacts(&self, site: &Site) -> AnyView {
        let t = &desk().plea;
        let (this, site) = (self.clone(), site.clone());
        let server = this.homeserver.name.clone();
        let view = move || {
            let (own, page) = (site.config.contacts(), site.config.support_page());
            let own = this.people(t.by_operator, &own, page.as_ref());
            let theirs = match this.support.get() {
                None => filled(t.looking, &[("server", &server)]).line("asking"),
                Some(told) if told.contacts.is_empty() && told.page.is_none() => {
                    own.is_none().then(|| this.nobody()).into_any()
                }
                Some(told) => {
                    this.people(t.contacts, &told.contacts, told.page.as_ref()).into_any()
                }
            };
            view! { {own} {theirs} }
        };
        view! { <div aria-live="polite">{view}</div> }.into_any()
    }

    fn people(
        &self,
        lead: &'static str,
        contacts: &[Contact],
        page: Option<&WebLink>,
    ) -> Option<AnyView> {
        let t = &desk().plea;
        let message = self.message.get();
        let people = contacts.iter().map(|contact| self.person(contact, &message));
        let page = page
            .map(|page| link_out(page.as_str(), &fill(t.support_page, &[("host", page.host())])));
        let people: Vec<_> = people.chain(page).collect();
        let server = [("server", self.homeserver.name.as_str())];
        let in_matrix = contacts.iter().any(|contact| contact.matrix_id.is_some());
        let how = in_matrix.then(|| plain(t.matrix_id_how).line("hint"));
        (!people.is_empty()).then(|| {
            view! { {filled(lead, &server).line("")} {list_of("contacts", &people)} {how} }
                .into_any()
        })
    }

    /// Everything here came from a server or a file, and was looked at before
    /// (`matrix/support.rs`).
    fn person(&self, contact: &Contact, message: &str) -> Html {
        let t = &desk().plea;
        let role = match contact.role {
            Role::Admin => t.admin,
            Role::Security => t.security,
            Role::Other => t.other,
        };
        let mut html = plain(role);
        if let Some(id) = &contact.matrix_id {
            html = html.and(filled("{id}", &[("id", id)]));
        }
        if let Some(address) = &contact.email_address {
            let subject = fill(t.subject, &[("server", &self.homeserver.name)]);
            let label = fill(t.write, &[("address", address)]);
            let mail = mailto(address, &subject, message);
            html = html.and(link_button(Weight::Secondary, &mail, &label));
        }
        html
    }

    fn nobody(&self) -> AnyView {
        let t = &desk().plea;
        let words = filled(t.nobody, &[("server", &self.homeserver.name)]);
        let website = at(&self.homeserver.name).and_then(|url| WebLink::parse(url.as_str()));
        let website = website
            .filter(|_| self.homeserver.name_is_server_name)
            .map(|page| link_out(page.as_str(), &fill(t.website, &[("host", page.host())])));
        words.and(website.unwrap_or_default()).line("")
    }

    fn form(&self) -> AnyView {
        let t = &desk().plea;
        let nothing = Signal::derive(|| None::<String>);
        let hint = |words: &'static str| Signal::derive(move || Some(words.to_owned()));
        let reasons =
            REASONS.into_iter().zip(&t.reasons).enumerate().map(|(number, (id, reason))| {
                let (this, chosen) = (self.clone(), self.reason);
                let choose = Callback::new(move |()| {
                    this.reason.set(number);
                    this.write();
                });
                view! {
                    <Radio id group="reason" label=reason.choice why=""
                        chosen=Signal::derive(move || chosen.get() == number) choose/>
                }
            });
        let fields = view! {
            <fieldset class="field">
                <legend>{t.what}</legend>
                {reasons.collect_view()}
            </fieldset>
            <Field id=ACCOUNT_FIELD label=t.account kind=TEXT problem=nothing hint=hint(t.account_how)/>
            <Field id=REPLY_FIELD label=t.reply_to kind=TEXT problem=nothing hint=hint(t.reply_to_how)/>
        };
        let this = self.clone();
        view! {
            <h3>{t.message_title}</h3>
            {form_of(|| {}, move || this.write(), fields)}
        }
        .into_any()
    }

    fn message(&self) -> AnyView {
        let t = &desk().plea;
        let (message, said) = (self.message, RwSignal::new(None));
        let copy = Callback::new(move |()| {
            spawn_local(async move {
                let words =
                    if clipboard::copy(MESSAGE_FIELD).await { t.copied } else { t.not_copied };
                said.try_set(Some(words));
            });
        });
        view! {
            <div class="field">
                <label for=MESSAGE_FIELD>{t.message}</label>
                <textarea id=MESSAGE_FIELD rows="12" prop:value=message
                    on:input=move |event| message.set(event_target_value(&event))></textarea>
            </div>
            <Status text=said/>
            <div class="actions">
                <Button label=t.copy busy=None blocked=false weight=Weight::Primary press=copy/>
            </div>
        }
        .into_any()
    }
}
