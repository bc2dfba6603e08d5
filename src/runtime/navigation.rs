//! Where one is on the site, and the way to other pages.
//!
//! leptos_router does that, and is loaded when somebody begins to type, presses a link, or
//! opens a page that has more to load anyway: the form does not wait for it. Until then the
//! address bar is written from here.

// With leptos_router.
pub mod router;

use crate::browser::{address, links};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::pin::Pin;

/// What stands in the address bar.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Address {
    /// The path, as people read it.
    pub path: String,
    /// From `?` on.
    pub search: String,
    /// From `#` on.
    pub hash: String,
}

/// Goes to an address of the site; `true` if the page that is left is not to be found by the
/// browser's back button.
pub type Go = Box<dyn Fn(&str, bool)>;

/// Follows links and the browser's buttons from now on.
pub type TakeOver = fn(Navigation);

/// Loads what follows links.
pub type Find = fn() -> Pin<Box<dyn Future<Output = Option<TakeOver>>>>;

/// Where one is.
#[derive(Clone, Copy)]
pub struct Navigation {
    here: RwSignal<Address>,
    go: StoredValue<Option<Go>, LocalStorage>,
    owner: StoredValue<Option<Owner>, LocalStorage>,
    find: Find,
}

impl Navigation {
    /// Where the browser is. `find` loads what follows links.
    pub fn new(find: Find) -> Self {
        let this = Self {
            here: RwSignal::new(now()),
            go: StoredValue::new_local(None),
            owner: StoredValue::new_local(Owner::current()),
            find,
        };
        links::listen(move || !this.is_taken_over(), move |link| this.follow(link));
        links::on_back(move || this.arrive_before_router());
        this
    }

    /// Where one is. Whoever asks is told when that changes.
    pub fn here(self) -> Address {
        self.here.get()
    }

    /// One is here now. Whoever asked is told, if that is somewhere else.
    pub fn arrive(self, address: Address) {
        if self.here.get_untracked() != address {
            self.here.set(address);
        }
    }

    /// Goes to an address of the site. Whoever `replaces` a page leaves it out of what the
    /// browser's back button finds.
    pub fn go(self, address: &str, replaces: bool) {
        let went = self.go.with_value(|go| go.as_ref().map(|go| go(address, replaces)));
        if went.is_none() {
            address::go(address, replaces);
            self.arrive(now());
        }
    }

    /// Loads what follows links, unless it is there. Gives back whether it is now.
    pub async fn load(self) -> bool {
        if self.is_taken_over() {
            return true;
        }
        if let Some(take_over) = (self.find)().await {
            self.follow_by(take_over);
        }
        self.is_taken_over()
    }

    /// What follows links is there.
    pub fn follow_by(self, take_over: TakeOver) {
        if let (false, Some(owner)) = (self.is_taken_over(), self.owner.get_value()) {
            owner.with(|| take_over(self));
        }
    }

    /// This is the way to go from now on.
    fn go_by(self, go: Go) {
        self.go.set_value(Some(go));
    }

    fn is_taken_over(self) -> bool {
        self.go.with_value(Option::is_some)
    }

    /// A link was pressed before anything was there to follow it.
    fn follow(self, link: links::Link) {
        spawn_local(async move {
            match self.load().await {
                true => link.press(),
                false => link.leave(),
            }
        });
    }

    fn arrive_before_router(self) {
        if !self.is_taken_over() {
            self.arrive(now());
        }
    }
}

fn now() -> Address {
    let [path, search, hash] = address::parts();
    Address { path: address::decoded(&path), search, hash }
}
