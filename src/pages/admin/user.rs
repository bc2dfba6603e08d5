//! `/admin/user#id=`: what is at stake, and the ways back in.

// Closing an account, and opening it again.
mod close;
// Attaching an email address.
mod email;
// Letting a person set up their encryption anew.
mod encryption;
// Locking, unlocking, and lifting a suspension.
mod lock;
// A new password.
pub mod password;
// Signing out of sessions.
mod sessions;
// What is at stake.
mod stake;

use super::act::{Act, Question, Report, questions};
use super::frame::framed;
use super::users::marks;
use crate::admin::action::Action;
use crate::admin::many::{Fault, Refusal};
use crate::admin::reach::Software;
use crate::admin::stake::{Price, Stake};
use crate::browser::address;
use crate::components::button::{Button, Weight};
use crate::components::text::{filled, plain};
use crate::i18n::{self, admin as texts, fill};
use crate::matrix::Error;
use crate::matrix::admin::account::GetAccount;
use crate::matrix::admin::{Account, KnownUser};
use crate::route::Route;
use crate::runtime::admin::{Desk, work};
use crate::site::Site;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

/// Whose account is looked at, and what is known of it.
#[derive(Clone, Copy)]
pub struct Person {
    desk: Desk,
    id: StoredValue<String>,
    /// The account as it was last told.
    account: RwSignal<Option<Arc<Account>>>,
    stake: RwSignal<Option<Arc<Stake>>>,
    error: RwSignal<Option<Error>>,
    /// Which look this is: what is answered to an earlier one does not count.
    number: StoredValue<u32>,
}

/// The page.
pub fn page(site: &Site) -> AnyView {
    framed(site, Route::AdminUser, texts().user.title, |desk| {
        // The address bar is written later than the page is built.
        let (navigation, site) = (site.navigation, site.clone());
        let hash = Memo::new(move |_| navigation.here().hash);
        let content = move || match address::value_of(&hash.get(), "id") {
            Some(id) => person(desk, id),
            // Nobody is named.
            None => {
                site.go_to_place(Route::AdminUsers, "");
                ().into_any()
            }
        };
        content.into_any()
    })
}

/// The account of somebody, by their Matrix ID.
pub fn person(desk: Desk, id: String) -> AnyView {
    if desk.software() == Some(Software::Dendrite) {
        return super::dendrite::view(desk);
    }
    let person = Person {
        desk,
        id: StoredValue::new(id),
        account: RwSignal::new(None),
        stake: RwSignal::new(None),
        error: RwSignal::new(None),
        number: StoredValue::new(0),
    };
    person.load();
    let is_there = Memo::new(move |_| person.account.with(Option::is_some));
    let content = move || match is_there.get() {
        true => person.known(),
        false => person.waiting(),
    };
    content.into_any()
}

impl Person {
    fn id(self) -> String {
        self.id.get_value()
    }

    /// Asks for all that is known of the account.
    fn load(self) {
        let next = self.number.try_update_value(|number| {
            *number = number.wrapping_add(1);
            *number
        });
        // The page may have been left meanwhile.
        let (Some(number), Some(id)) = (next, self.id.try_get_value()) else { return };
        let is_last = move || self.number.try_get_value() == Some(number);
        self.error.set(None);
        spawn_local(async move {
            let account = self.desk.session.send(&GetAccount(&id)).await;
            if !is_last() {
                return;
            }
            match account {
                Ok(account) => {
                    let user = account.user().clone();
                    self.account.set(Some(Arc::new(account)));
                    let stake = work::stake(self.desk, &user).await;
                    if is_last() {
                        self.stake.set(Some(Arc::new(stake)));
                    }
                }
                Err(error) => self.error.set(Some(error)),
            }
        });
    }

    fn waiting(self) -> AnyView {
        let t = &texts().user;
        let (id, server) = (self.id(), self.desk.server_name());
        let loading = fill(t.loading, &[("server", &server)]);
        let words =
            move || match self.error.get()? {
                Error::NotFound | Error::Refused => {
                    let words = filled(t.no_user, &[("user", &id), ("server", &server)]);
                    Some(words.line("notice critical"))
                }
                error => {
                    let words = i18n::refusal(&Refusal::Server(error), &server);
                    let again = Callback::new(move |()| self.load());
                    Some(view! {
                    {plain(&words).line("notice critical")}
                    <div class="actions">
                        <Button label=t.again busy=None blocked=false weight=Weight::Secondary
                            press=again/>
                    </div>
                }.into_any())
                }
            };
        let loading = move || self.error.get().is_none().then(|| plain(&loading).line("loading"));
        view! { {loading} <div role="alert">{words}</div> }.into_any()
    }

    /// What the account is, whenever it is told anew.
    fn is(self, test: impl Fn(&Account) -> bool + Send + Sync + 'static) -> Signal<bool> {
        Signal::derive(move || {
            self.account.with(|account| account.as_ref().is_some_and(|it| test(it)))
        })
    }

    /// Whose account it is, as the homeserver told.
    fn user(self) -> Result<KnownUser, Fault> {
        let account = self.account.get_untracked();
        let user = account.map(|account| account.user().clone());
        user.ok_or(Fault::Refused(Refusal::NoAccount))
    }

    /// What signing out everywhere would cost, as far as it is known.
    fn price(self) -> Price {
        let price = self.stake.with_untracked(|stake| Some(stake.as_ref()?.price()));
        price.unwrap_or(Price::Unknown)
    }

    /// Whether it is the account of a bridge or a bot.
    fn is_bridge(self) -> bool {
        self.account.with_untracked(|account| {
            account.as_ref().is_some_and(|account| account.appservice.is_some())
        })
    }

    /// Whether this may be done to the account here.
    fn may(self, action: Action) -> bool {
        self.desk.offers(action) && !(self.is_bridge() && action.breaks_bridges())
    }

    /// Something that may be done to it.
    fn act(self, action: Action) -> Act {
        Act::new(self.desk, action)
    }

    /// What is asked before it is done.
    fn questions(self, action: Action, asked: &[(&str, &'static str)]) -> Vec<Question> {
        let user = self.user().map(|user| user.as_str().to_owned()).unwrap_or_default();
        questions(self.desk, action, &user, asked)
    }

    fn known(self) -> AnyView {
        let t = &texts().user;
        let head = move || self.account.get().map(|account| self.head(&account));
        let bridge = self.account.with_untracked(|account| account.as_ref()?.appservice.clone());
        let bridge =
            bridge.map(|name| filled(t.appservice, &[("name", &name)]).line("notice critical"));
        let yourself = self.desk.is_me(&self.id());
        let yourself = yourself.then(|| plain(t.yourself).line("notice"));
        // A password is for an account that is open, and opens one that is closed.
        let closed = self.is(|account| account.listed.is_deactivated);
        let closed = Memo::new(move |_| closed.get());
        let password = move || match closed.get() {
            true => close::open_again(self),
            false => password::section(self),
        };
        let rest = view! {
            <h2 class="part" id="ways" tabindex="-1">{t.ways_title}</h2>
            {lock::undo(self)}
            {email::section(self)}
            {password}
            {encryption::section(self)}
            <h2 class="part" id="more" tabindex="-1">{t.more_title}</h2>
            {sessions::section(self)}
            {lock::section(self)}
            {close::section(self)}
        };
        let server = self.desk.server_name();
        let error = move || {
            let words = i18n::refusal(&Refusal::Server(self.error.get()?), &server);
            Some(plain(&words).line("notice critical"))
        };
        view! {
            <div role="alert">{error}</div>
            {head}
            {yourself}
            {bridge}
            {stake::section(self)}
            {rest}
        }
        .into_any()
    }

    fn head(self, account: &Account) -> AnyView {
        let t = &texts().user;
        let name = account.listed.display_name.clone();
        let known_as = account.external_ids.iter().map(|(provider, name)| {
            let blanks = [("provider", provider.as_str()), ("name", name)];
            view! { <p class="hint">{fill(t.known_as, &blanks)}</p> }
        });
        view! {
            <p class="lead person">
                {name.map(|name| view! { <strong><bdi>{name}</bdi></strong>" " })}
                <bdi class="name">{account.user().as_str().to_owned()}</bdi>
                {marks(&account.listed)}
            </p>
            {known_as.collect_view()}
        }
        .into_any()
    }
}

/// A thing that can be done, folded up until somebody wants it.
fn folded(id: &'static str, title: &'static str, content: AnyView) -> AnyView {
    view! { <details id=id><summary>{title}</summary>{content}</details> }.into_any()
}
