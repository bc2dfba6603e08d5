//! Signing in at a provider, or on the homeserver's own page.

use super::{Form, sign_in};
use crate::browser::page;
use crate::components::button::{Button, Weight};
use crate::components::text::{Html, changing_line, filled, link, link_out_button};
use crate::i18n::{fill, login};
use crate::matrix::Homeserver;
use crate::matrix::auth_metadata::AuthMetadata;
use crate::matrix::login::Proof;
use crate::matrix::login_flows::{LoginFlows, Provider};
use crate::recovery::ways::Told;
use crate::route::Route;
use crate::runtime::effect::effect;
use crate::runtime::sign_on;
use crate::site::Site;
use leptos::prelude::*;
use std::sync::Arc;

/// Where the question is, and where the focus goes when it goes.
const QUESTION: &str = "sign-on-question";
const BUTTONS: &str = "sign-on";

/// Signs in whoever comes back from a provider.
pub fn come_back(site: &Site, form: Form) {
    let Some(returned) = site.session.take_returned() else { return };
    match sign_on::homeserver_of(&returned) {
        Some(homeserver) => {
            // Where there is no form, its button says nothing.
            form.notice.set(Some(login().submitting));
            sign_in(site, form, homeserver, Proof::Token(returned.login_token));
        }
        None => form.notice.set(Some(login().not_started_here)),
    }
}

fn flows(told: &Told) -> Option<&LoginFlows> {
    told.flows.as_ref().ok()
}

/// Whether people sign in with a password, or may: as long as nothing else is
/// known, the form is there.
pub fn has_passwords(site: &Site) -> Memo<bool> {
    let server = site.server;
    Memo::new(move |_| {
        let told = server.told();
        let flows = told.as_deref().and_then(flows);
        flows.is_none_or(|flows| flows.password)
    })
}

/// Where nobody signs in here, there is a way on to where they do.
pub fn no_way_here(site: &Site) -> AnyView {
    let (server, home) = (site.server, site.href(Route::Home));
    let told = move || {
        let told = server.told()?;
        let flows = flows(&told)?;
        (!flows.password && !flows.single_sign_on).then_some(told)
    };
    let t = login();
    let words = move || {
        let told = told()?;
        let name = server.now().name.clone();
        let say = |text| filled(text, &[("server", &name)]);
        Some(match told.oauth {
            Ok(Some(AuthMetadata { account_page: Some(_), .. })) => say(t.elsewhere),
            _ => say(t.no_passwords).and(link(&home, t.see_how)),
        })
    };
    let there = move || {
        let told = told()?;
        let page = told.oauth.as_ref().ok()?.as_ref()?.account_page.clone()?;
        let label = fill(t.go_there, &[("host", page.host())]);
        Some(link_out_button(Weight::Primary, &page, &label).actions())
    };
    view! { {changing_line("notice", words)} {there} }.into_any()
}

/// A button for each provider.
pub fn providers(site: &Site, form: Form) -> AnyView {
    let site = site.clone();
    let asked = RwSignal::new(None::<Start>);
    let view = move || {
        let told = site.server.told()?;
        let flows = flows(&told).filter(|flows| flows.single_sign_on)?;
        let t = login();
        let words = if flows.password { t.sign_on } else { t.sign_on_only };
        let words = filled(words, &[("server", &site.server.now().name)]);
        Some(buttons(&site, form, asked, words, flows))
    };
    view.into_any()
}

/// Where single sign-on goes.
#[derive(Clone)]
struct Start {
    homeserver: Arc<Homeserver>,
    provider: Option<String>,
}

fn buttons(
    site: &Site,
    form: Form,
    asked: RwSignal<Option<Start>>,
    words: Html,
    flows: &LoginFlows,
) -> AnyView {
    let weight = if flows.password { Weight::Secondary } else { Weight::Primary };
    let providers = flows.providers.named();
    let buttons = match providers.as_slice() {
        [] => vec![button(site, form, asked, weight, None)],
        named => {
            let each =
                named.iter().map(|provider| button(site, form, asked, weight, Some(provider)));
            each.collect()
        }
    };
    let question = move || asked.get().map(|start| question(form, asked, start));
    view! {
        {words.line("")}
        <div class="actions" id=BUTTONS tabindex="-1">{buttons}</div>
        {question}
    }
    .into_any()
}

/// Goes to the homeserver.
fn leave(form: Form, start: &Start) {
    if !sign_on::leave(&start.homeserver, start.provider.as_deref()) {
        form.notice.set(Some(login().no_randomness));
    }
}

/// Asks before single sign-on on a homeserver that the site is not for. It could
/// send the browser on to another homeserver with our address to come back to, and
/// would then be given the token for the account there.
fn question(form: Form, asked: RwSignal<Option<Start>>, start: Start) -> AnyView {
    let t = login();
    effect(|| page::focus(QUESTION));
    let words = filled(t.risk, &[("server", &start.homeserver.name)]);
    let yes = Callback::new(move |()| leave(form, &start));
    let no = Callback::new(move |()| {
        page::focus(BUTTONS);
        asked.set(None);
    });
    view! {
        <div class="notice critical" id=QUESTION tabindex="-1">
            {words.line("")}
            <div class="actions">
                <Button label=t.risk_no busy=None blocked=false weight=Weight::Primary press=no/>
                <Button label=t.risk_yes busy=None blocked=false weight=Weight::Tertiary
                    press=yes/>
            </div>
        </div>
    }
    .into_any()
}

fn button(
    site: &Site,
    form: Form,
    asked: RwSignal<Option<Start>>,
    weight: Weight,
    provider: Option<&Provider>,
) -> AnyView {
    let t = login();
    let label = provider.map_or_else(
        || t.sign_on_unnamed.to_owned(),
        |provider| fill(t.sign_on_with, &[("name", &provider.name)]),
    );
    let (site, id) = (site.clone(), provider.map(|provider| provider.id.clone()));
    let press = move |_| {
        if form.busy.get_untracked() {
            return;
        }
        let start = Start { homeserver: site.homeserver(), provider: id.clone() };
        match site.config.is_for(&start.homeserver) {
            true => leave(form, &start),
            false => asked.set(Some(start)),
        }
    };
    let off = move || form.busy.get().then_some("true");
    view! {
        <button type="button" class=weight.class() aria-disabled=off on:click=press>{label}</button>
    }
    .into_any()
}
