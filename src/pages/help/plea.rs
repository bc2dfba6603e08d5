//! Where no mail reaches the person: who runs the homeserver, and a message to
//! them, ready to copy or to send.

use super::SERVER_ADMIN;
use super::contacts::{self, Found};
use crate::browser::clipboard;
use crate::components::button::{Button, Weight};
use crate::components::field::{self, Field, TEXT};
use crate::components::form::form as form_of;
use crate::components::notice::Status;
use crate::components::radio::Radio;
use crate::components::text::{filled, link_out, plain};
use crate::i18n::{desk, fill_bare};
use crate::matrix::Homeserver;
use crate::site::Site;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

const ACCOUNT_FIELD: &str = "account";
const REPLY_FIELD: &str = "reply-to";
const MESSAGE_FIELD: &str = "message";
const REASONS: [&str; 4] = ["no-address", "lost-mailbox", "no-mail-comes", INTRUDER];
const INTRUDER: &str = "intruder";

/// It says of itself what its support does not do.
const MATRIX_ORG: &str = "matrix.org";

/// What is written to the administrators.
#[derive(Clone)]
struct Plea {
    homeserver: Arc<Homeserver>,
    reason: RwSignal<usize>,
    message: RwSignal<String>,
    /// Whether the person wrote into the message. Then it is theirs.
    is_edited: RwSignal<bool>,
}

/// All of it.
pub fn plea(site: &Site) -> AnyView {
    let t = &desk().plea;
    let homeserver = site.homeserver();
    if homeserver.name == MATRIX_ORG {
        return plain(t.matrix_org).line("");
    }
    let this = Plea {
        homeserver,
        reason: RwSignal::new(0),
        message: RwSignal::new(String::new()),
        is_edited: RwSignal::new(false),
    };
    this.write();
    let found = RwSignal::new(None::<Found>);
    contacts::look(this.homeserver.clone(), found);
    let server = [("server", this.homeserver.name.as_str())];
    let hosted = link_out(SERVER_ADMIN, desk().help.server_admin);
    view! {
        {filled(t.lead, &server).line("")}
        {plain(t.no_support).line("hint")}
        {contacts::list(site, found, this.message)}
        {filled(t.hosted, &server).and(hosted).line("hint")}
        {this.form()}
        {this.message()}
    }
    .into_any()
}

impl Plea {
    /// What may have happened, in their order: what is chosen, and what is written then.
    fn reasons(&self) -> [[&'static str; 2]; 4] {
        let t = &desk().plea;
        [t.reason_no_address, t.reason_lost_mailbox, t.reason_no_mail, t.reason_intruder]
    }

    /// Writes the message anew, from what was typed and chosen.
    fn write(&self) {
        if self.is_edited.get_untracked() {
            return;
        }
        let t = &desk().plea;
        let typed = |id| field::typed(id).trim().to_owned();
        let (account, reply) = (typed(ACCOUNT_FIELD), typed(REPLY_FIELD));
        let or = |text: String, otherwise: &str| match text.as_str() {
            "" => otherwise.to_owned(),
            _ => text,
        };
        let number = self.reason.get_untracked();
        let sentence = self.reasons().get(number).map_or("", |[_, sentence]| *sentence);
        // Only an email address can be attached to an account.
        let request = match REASONS.get(number) {
            Some(&INTRUDER) => t.lock,
            _ if reply.is_empty() || reply.contains('@') => t.attach,
            _ => t.set,
        };
        let reply = or(reply, t.unknown_reply);
        let blanks = [
            ("server", self.homeserver.name.as_str()),
            ("account", &or(account, t.unknown_account)),
            ("reply", &reply),
            ("reason", sentence),
            ("request", &fill_bare(request, &[("reply", &reply)])),
        ];
        self.message.set(fill_bare(t.body, &blanks));
    }

    fn form(&self) -> AnyView {
        let t = &desk().plea;
        let nothing = Signal::derive(|| None::<String>);
        let hint = |words: &'static str| Signal::derive(move || Some(words.to_owned()));
        let reasons = REASONS.into_iter().zip(self.reasons()).enumerate();
        let reasons = reasons.map(|(number, (id, [choice, _]))| {
            let (this, chosen) = (self.clone(), self.reason);
            let choose = Callback::new(move |()| {
                this.reason.set(number);
                this.write();
            });
            view! {
                <Radio id group="reason" label=choice why=""
                    chosen=Signal::derive(move || chosen.get() == number) choose/>
            }
        });
        let fields = view! {
            <fieldset class="field">
                <legend>{t.what}</legend>
                {reasons.collect_view()}
            </fieldset>
            <Field id=ACCOUNT_FIELD label=t.account kind=TEXT problem=nothing
                hint=hint(t.account_how)/>
            <Field id=REPLY_FIELD label=t.reply_to kind=TEXT problem=nothing
                hint=hint(t.reply_to_how)/>
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
        let (message, is_edited, said) = (self.message, self.is_edited, RwSignal::new(None));
        let copy = Callback::new(move |()| {
            spawn_local(async move {
                let words = match clipboard::copy(MESSAGE_FIELD).await {
                    true => t.copied,
                    false => t.not_copied,
                };
                said.try_set(Some(words));
            });
        });
        let edit = move |event| {
            is_edited.set(true);
            message.set(event_target_value(&event));
        };
        let this = self.clone();
        let anew = Callback::new(move |()| {
            this.is_edited.set(false);
            this.write();
        });
        let anew = move || {
            is_edited.get().then(|| {
                view! {
                    <Button label=t.anew busy=None blocked=false weight=Weight::Tertiary
                        press=anew/>
                }
            })
        };
        view! {
            <div class="field">
                <label for=MESSAGE_FIELD>{t.message}</label>
                <textarea id=MESSAGE_FIELD data-made=move || (!is_edited.get()).then_some("") rows="12" prop:value=message on:input=edit></textarea>
            </div>
            <Status text=said/>
            <div class="actions">
                <Button label=t.copy busy=None blocked=false weight=Weight::Primary press=copy/>
                {anew}
            </div>
        }
        .into_any()
    }
}
