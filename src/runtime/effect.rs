//! What follows from a change.

use leptos::prelude::Effect;

/// Runs this once the page is there, and again whenever something changed that
/// it looked at. Leptos would otherwise stamp out its machinery for each of
/// them anew: 2 kB of brotli.
pub fn effect(run: impl Fn() + 'static) {
    erased(Box::new(run));
}

fn erased(run: Box<dyn Fn()>) {
    Effect::new(move |_: Option<()>| run());
}
