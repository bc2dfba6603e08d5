//! Runs a reset: every event goes through [`ResetRuntime::dispatch`], and every
//! request that follows from it is sent from here.

use crate::net;
use crate::recovery::reset::{Ask, Effect, Event, Reset};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The reset of this tab.
#[derive(Clone, Copy)]
pub struct ResetRuntime(RwSignal<Reset, LocalStorage>);

impl ResetRuntime {
    /// A reset at its beginning.
    pub fn begin() -> Self {
        Self::at(Reset::default())
    }

    /// A reset that has come so far.
    pub fn at(reset: Reset) -> Self {
        Self(RwSignal::new_local(reset))
    }

    /// Looks at the reset. Whoever looks is told when it moves on.
    pub fn with<T>(self, look: impl FnOnce(&Reset) -> T) -> T {
        self.0.with(look)
    }

    /// Looks at the reset as it is now.
    pub fn with_untracked<T>(self, look: impl FnOnce(&Reset) -> T) -> T {
        self.0.with_untracked(look)
    }

    /// Moves the reset on, and sends what is to be sent.
    pub fn dispatch(self, event: Event) {
        let effect = self.0.try_update(|reset| {
            let (next, effect) = std::mem::take(reset).on(event);
            *reset = next;
            effect
        });
        if let Some(effect) = effect.flatten() {
            spawn_local(async move { self.dispatch(carry_out(effect).await) });
        }
    }
}

async fn carry_out(Effect { ticket, homeserver, ask }: Effect) -> Event {
    let server = &homeserver.base_url;
    match ask {
        Ask::CheckPassword(ask) => Event::PasswordChecked(ticket, net::send(server, &ask).await),
        Ask::RequestEmail(ask) => Event::EmailRequested(ticket, net::send(server, &ask).await),
        Ask::ChangePassword(ask) => Event::PasswordChanged(ticket, net::send(server, &ask).await),
    }
}
