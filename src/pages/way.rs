//! What the homeserver can do for whoever forgot their password, and the way
//! there: part of `/` and `/reset`.

use super::open_client::open_client;
use crate::components::button::{Button, Weight};
use crate::components::text::{
    Html, filled, link, link_button, link_out, link_out_button, plain, steps,
};
use crate::i18n::{self, start, texts};
use crate::matrix::WebLink;
use crate::matrix::login_flows::Providers;
use crate::place;
use crate::recovery::ways::{Way, Why};
use crate::route::Route;
use crate::site::Site;
use leptos::prelude::*;

/// What is known of a homeserver where a new password can be set here.
pub fn sentence(site: &Site, way: Option<&Way>) -> AnyView {
    let t = &start().ways;
    let homeserver = site.homeserver();
    let server = homeserver.name.as_str();
    let say = |text| filled(text, &[("server", server)]);
    match way {
        None => say(t.asking).line("asking"),
        Some(Way::Unknown(error)) => {
            let server = site.server;
            let again = Callback::new(move |()| server.ask_again());
            let words = say(t.unknown).and(plain(&i18n::error(error, &homeserver.name)));
            view! {
                {words.line("")}
                <div class="actions">
                    <Button label=texts().site.try_again busy=None blocked=false
                        weight=Weight::Tertiary press=again/>
                </div>
            }
            .into_any()
        }
        Some(Way::Email { sends_mail, providers }) => {
            let can = say(if *sends_mail { t.email } else { t.email_unsure });
            let names = providers.as_ref().map(names).filter(|names| !names.is_empty());
            let other = names.map(|names| {
                filled(t.providers, &[("server", server), ("providers", &names)]).line("hint")
            });
            view! { {can.line("")} {other} }.into_any()
        }
        Some(_) => ().into_any(),
    }
}

/// The way to somewhere else.
pub fn elsewhere(site: &Site, way: Way) -> AnyView {
    let t = &start().ways;
    let homeserver = site.homeserver();
    let server = ("server", homeserver.name.as_str());
    let say = |text| filled(text, &[server]);
    let ask = site.href_to(Route::Help, place::MAILBOX);
    match way {
        Way::RecoveryPage(page) => view! {
            {recovery_page(site, say(t.recovery_page), &page, &ask)}
            {open_client(site)}
        }
        .into_any(),
        Way::AccountPage(Some(page)) => view! {
            {say(t.account_page).line("")}
            {leave_for(&page)}
            {open_client(site)}
        }
        .into_any(),
        Way::AccountPage(None) => view! {
            {say(t.account_page_unknown).line("")}
            {open_client(site)}
        }
        .into_any(),
        Way::Provider(providers) => {
            let names = names(&providers);
            let words = match names.is_empty() {
                true => say(t.provider_unnamed),
                false => filled(t.provider, &[server, ("providers", &names)]),
            };
            view! { {words.line("")} {plain(t.provider_then).line("")} {open_client(site)} }
                .into_any()
        }
        Way::Administrator(why) => {
            let has_passwords = why != Why::NoPasswords;
            let words = say(match why {
                Why::MailOff => t.mail_off,
                Why::NotOffered => t.not_offered,
                Why::NoPasswords => t.no_passwords,
            });
            let sign_in =
                link_button(Weight::Secondary, &site.href(Route::Login), start().home.sign_in);
            let sign_in = if has_passwords { sign_in } else { Html::default() };
            view! {
                {words.and(plain(t.administrators)).line("")}
                {link_button(Weight::Primary, &ask, t.ask_administrators).and(sign_in).actions()}
            }
            .into_any()
        }
        Way::Email { .. } | Way::Unknown(_) => ().into_any(),
    }
}

/// What to expect on the page of the Matrix Authentication Service, and what
/// people stumble over there.
fn recovery_page(site: &Site, words: Html, page: &WebLink, ask: &str) -> AnyView {
    let t = &start().ways;
    view! {
        {words.line("")}
        {steps(&t.recovery_steps.map(plain))}
        {filled(t.recovery_pitfall, &[("host", page.host())]).line("hint")}
        {leave_for(page)}
        {devices(site)}
        {plain(t.recovery_off).and(link(ask, t.ask_administrators)).line("hint")}
    }
    .into_any()
}

/// A new password on the Matrix Authentication Service 1.22 ends no session, and
/// its page for devices is where the user ends them.
fn devices(site: &Site) -> Option<AnyView> {
    let t = &start().ways;
    let page = site.server.told_untracked()?.devices_page()?;
    let label = i18n::fill(t.to_devices, &[("host", page.host())]);
    Some(plain(t.recovery_devices).and(link_out(page.as_str(), &label)).line("hint"))
}

fn leave_for(page: &WebLink) -> AnyView {
    let t = &start().ways;
    let label = i18n::fill(t.go_there, &[("host", page.host())]);
    view! {
        {link_out_button(Weight::Primary, page, &label).actions()}
        {plain(t.come_back).line("hint")}
    }
    .into_any()
}

fn names(providers: &Providers) -> String {
    let names: Vec<_> = providers.named().into_iter().map(|provider| provider.name).collect();
    i18n::list(&names)
}
