//! How long a person still has to wait.

use crate::browser::clock;
use crate::matrix::{Error, Wait};
use crate::runtime::effect::effect;
use leptos::prelude::*;
use std::time::Duration;

/// Counts down while a rate limit says how long to wait: nothing without such
/// a limit, zero once it is over.
pub fn time_left(error: Signal<Option<Error>>) -> ReadSignal<Option<Duration>> {
    count_down(move || match error.get() {
        Some(Error::RateLimited { wait }) => wait,
        _ => None,
    })
}

/// Counts down a wait: nothing without one, zero once it is over.
pub fn count_down(wait: impl Fn() -> Option<Wait> + 'static) -> ReadSignal<Option<Duration>> {
    erased(Box::new(wait))
}

fn erased(wait: Box<dyn Fn() -> Option<Wait>>) -> ReadSignal<Option<Duration>> {
    let (left, set_left) = signal(None);
    let timer = StoredValue::new(None::<IntervalHandle>);
    let stop = move || {
        if let Some(timer) = timer.try_update_value(Option::take).flatten() {
            timer.clear();
        }
    };
    let start = move |wait: Wait| {
        let tick = move || {
            let rest = wait.left(clock::now());
            set_left.set(Some(rest));
            if rest.is_zero() {
                stop();
            }
        };
        tick();
        timer.set_value(set_interval_with_handle(tick, Duration::from_secs(1)).ok());
    };
    effect(move || {
        stop();
        match wait() {
            Some(wait) => start(wait),
            None => set_left.set(None),
        }
    });
    on_cleanup(stop);
    left
}

/// Whether the wait is not over yet.
pub fn must_wait(time_left: ReadSignal<Option<Duration>>) -> Signal<bool> {
    Signal::derive(move || time_left.get().is_some_and(|left| !left.is_zero()))
}
