//! `/admin/users`: one box for whatever an administrator is told of a person.

use super::{create, dendrite, frame::framed};
use crate::admin::many::Refusal;
use crate::admin::reach::Software;
use crate::admin::search::{Search, without_server_account};
use crate::browser::{clock, page};
use crate::components::button::{Button, Weight};
use crate::components::field::{self, Field, TEXT};
use crate::components::form::form as form_of;
use crate::components::text::{Html, filled, plain};
use crate::i18n::{self, admin as texts, counted, fill};
use crate::matrix::Error;
use crate::matrix::admin::Listed;
use crate::matrix::admin::account::GetAccount;
use crate::matrix::admin::accounts::{ListAccounts, Page};
use crate::matrix::admin::find::Find;
use crate::matrix::wire::segment;
use crate::route::Route;
use crate::runtime::admin::Desk;
use crate::runtime::effect::effect;
use crate::site::Site;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;

const FIELD: &str = "search";
/// What the arrow keys go along.
const RESULTS: &str = ".results a";

/// What is looked for, and what was found.
#[derive(Clone, Copy)]
struct Finding {
    desk: Desk,
    found: RwSignal<Option<Found>>,
    error: RwSignal<Option<Error>>,
    busy: RwSignal<bool>,
    /// Which search this is: what is answered to an earlier one does not count.
    number: StoredValue<u32>,
}

/// An answer.
#[derive(Clone)]
struct Found {
    search: Search,
    from: u64,
    page: Page,
}

/// The page.
pub fn page(site: &Site) -> AnyView {
    framed(site, Route::AdminUsers, texts().users.title, |desk| match desk.software() {
        Some(Software::Dendrite) => dendrite::view(desk),
        _ => content(site, desk),
    })
}

fn content(site: &Site, desk: Desk) -> AnyView {
    let t = &texts().users;
    let this = Finding {
        desk,
        found: RwSignal::new(None),
        error: RwSignal::new(None),
        busy: RwSignal::new(false),
        number: StoredValue::new(0),
    };
    // Whoever comes back from an account finds what they had found.
    let (typed, from) = desk.searched.get_untracked();
    this.search(&typed, from);
    effect(move || {
        field::prefill(FIELD, &typed);
        page::focus(FIELD);
    });
    let submit = move || this.search(&field::typed(FIELD), 0);
    let busy = Signal::derive(move || this.busy.get().then_some(t.submitting));
    let hint = match desk.software_untracked() {
        Some(Software::Tuwunel) => t.hint_no_provider,
        _ => t.hint,
    };
    let hint = Signal::stored(Some(hint.to_owned()));
    let fields = view! {
        <Field id=FIELD label=t.field kind=TEXT problem=Signal::stored(None::<String>) hint/>
        <div class="actions">
            <Button label=t.submit busy blocked=false weight=Weight::Primary/>
        </div>
    };
    let results = {
        let site = site.clone();
        move || this.found.get().map(|found| this.results(&site, &found))
    };
    // It is there before anything was found, so that what was found is heard.
    let status = move || this.found.get().map(|found| status(&found));
    let server = desk.server_name();
    let error = move || {
        let words = i18n::refusal(&Refusal::Server(this.error.get()?), &server);
        Some(plain(&words).line("notice critical"))
    };
    let keys = move |event: KeyboardEvent| {
        let went = match event.key().as_str() {
            "ArrowDown" => page::move_focus(RESULTS, true),
            "ArrowUp" => page::move_focus(RESULTS, false) || back_to_field(),
            _ => false,
        };
        if went {
            event.prevent_default();
        }
    };
    view! {
        <div on:keydown=keys>
            <div role="search">{form_of(submit, || {}, fields)}</div>
            <div role="alert">{error}</div>
            <div role="status">{status}</div>
            {results}
        </div>
        {create::section(desk)}
    }
    .into_any()
}

/// Above the first result is the field.
fn back_to_field() -> bool {
    page::focus(FIELD);
    true
}

impl Finding {
    fn search(self, typed: &str, from: u64) {
        let search = Search::on(self.desk.software_untracked(), typed, &self.desk.server_name());
        self.desk.searched.set((typed.to_owned(), from));
        self.number.update_value(|number| *number = number.wrapping_add(1));
        let number = self.number.get_value();
        self.error.set(None);
        // What was found for something else is not shown under this.
        let is_other = self
            .found
            .with_untracked(|found| found.as_ref().is_some_and(|found| found.search != search));
        if is_other {
            self.found.set(None);
        }
        let is_page = self.found.with_untracked(Option::is_some);
        self.busy.set(true);
        spawn_local(async move {
            let answer = self.ask(&search, from).await;
            if self.number.try_get_value() != Some(number) {
                return;
            }
            self.busy.set(false);
            match answer {
                Ok(page) => {
                    self.found.set(Some(Found { search, from, page }));
                    if is_page {
                        let first = || {
                            page::move_focus(RESULTS, true);
                        };
                        set_timeout(first, Duration::ZERO);
                    }
                }
                Err(error) => {
                    self.found.set(None);
                    self.error.set(Some(error));
                }
            }
        });
    }

    /// One request for a name or a Matrix ID; for an address or a provider, the one
    /// that says whose it is comes before that.
    async fn ask(self, search: &Search, from: u64) -> Result<Page, Error> {
        let session = self.desk.session;
        let one = async |find: Find<'_>| match session.send(&find).await {
            Ok(user) => self.one(user.as_str()).await,
            Err(Error::NotFound) => Ok(Page::default()),
            Err(error) => Err(error),
        };
        match search {
            Search::Name(name) => {
                let page = session.send(&ListAccounts { name, from }).await?;
                Ok(match self.desk.software_untracked() {
                    Some(Software::Tuwunel) => {
                        without_server_account(page, &self.desk.server_name())
                    }
                    _ => page,
                })
            }
            Search::User(user_id) => self.one(user_id).await,
            Search::Email(address) => one(Find::Email(address)).await,
            Search::ExternalId { provider, id } => one(Find::ExternalId { provider, id }).await,
            Search::Elsewhere { .. } => Ok(Page::default()),
        }
    }

    async fn one(self, user_id: &str) -> Result<Page, Error> {
        match self.desk.session.send(&GetAccount(user_id)).await {
            Ok(account) => Ok(Page { accounts: vec![account.listed], total: 1, next: None }),
            Err(Error::NotFound) => Ok(Page::default()),
            Err(error) => Err(error),
        }
    }

    fn results(self, site: &Site, found: &Found) -> AnyView {
        if found.page.accounts.is_empty() {
            return ().into_any();
        }
        let rows = found.page.accounts.iter().map(|listed| row(site, listed)).collect_view();
        view! {
            <p class="hint">{texts().users.keys}</p>
            <ul class="results">{rows}</ul>
            {self.pages(found)}
        }
        .into_any()
    }

    fn pages(self, found: &Found) -> AnyView {
        let t = &texts().users;
        let Found { from, page, .. } = found;
        if *from == 0 && page.next.is_none() {
            return ().into_any();
        }
        let go = move |from: u64| {
            Callback::new(move |()| {
                let (typed, _) = self.desk.searched.get_untracked();
                self.search(&typed, from);
            })
        };
        let busy = self.busy;
        let before = from.saturating_sub(ListAccounts::LENGTH);
        let previous = (*from > 0).then(|| {
            view! {
                <Button label=t.previous busy=None blocked=busy weight=Weight::Secondary
                    press=go(before)/>
            }
        });
        let next = page.next.map(|next| {
            view! {
                <Button label=t.next busy=None blocked=busy weight=Weight::Secondary
                    press=go(next)/>
            }
        });
        view! { <div class="actions pages">{previous}{next}</div> }.into_any()
    }
}

/// How much was found, and what of it is shown.
fn status(found: &Found) -> AnyView {
    let t = &texts().users;
    let Found { from, page, search } = found;
    if page.accounts.is_empty() {
        return nothing(search).line("notice");
    }
    // The homeserver said how many come before.
    let [first, last] =
        [1, page.accounts.len() as u64].map(|more| i18n::number(from.saturating_add(more)));
    let words = match *from == 0 && page.next.is_none() {
        true => counted(&t.count, page.total, &[]),
        false => counted(&t.range, page.total, &[("from", &first), ("to", &last)]),
    };
    plain(&words).line("")
}

/// Why nothing was found, and what to do.
fn nothing(search: &Search) -> Html {
    let t = &texts().users;
    match search {
        Search::Name(_) => plain(t.none),
        Search::User(user) => filled(t.no_user, &[("user", user)]),
        Search::Email(address) => filled(t.no_email, &[("address", address)]),
        Search::ExternalId { provider, .. } => filled(t.no_external, &[("provider", provider)]),
        Search::Elsewhere { user_id, server_name } => {
            filled(t.elsewhere, &[("user", user_id), ("other", server_name)])
        }
    }
}

fn row(site: &Site, listed: &Listed) -> AnyView {
    let t = &texts().users;
    let user_id = listed.user.as_str();
    let href = site.href_to(Route::AdminUser, &["id=", &segment(user_id)].concat());
    let name = listed.display_name.clone();
    let seen = match listed.last_seen {
        Some(time) => fill(t.seen, &[("time", &clock::date(time))]),
        None => t.never.to_owned(),
    };
    let since = listed.created.map(|time| {
        [&fill(t.created, &[("time", &clock::date(time))]), i18n::texts().site.comma].concat()
    });
    view! {
        <li>
            <a href=href>
                {name.map(|name| view! { <strong><bdi>{name}</bdi></strong>" " })}
                <bdi>{user_id.to_owned()}</bdi>
            </a>
            {marks(listed)}
            <p class="hint">{since}{seen}</p>
        </li>
    }
    .into_any()
}

/// What is out of the ordinary about an account.
pub fn marks(listed: &Listed) -> AnyView {
    let t = &texts().users;
    let marks = [
        (listed.is_admin, "badge", t.admin),
        (listed.is_deactivated, "badge bad", t.deactivated),
        (listed.is_locked, "badge bad", t.locked),
        (listed.is_suspended, "badge bad", t.suspended),
    ];
    let marks = marks.into_iter().filter(|(is, ..)| *is);
    marks
        .map(|(_, class, words)| view! { " " <span class=class>{words}</span> })
        .collect_view()
        .into_any()
}
