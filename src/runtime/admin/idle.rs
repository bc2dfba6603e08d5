//! Signing out when nobody is there any more.

use super::Desk;
use crate::browser::{activity, clock, wake};
use leptos::prelude::*;
use std::time::Duration;

/// Whether anybody is there.
#[derive(Clone, Copy)]
pub struct Idle {
    last: StoredValue<Duration>,
    /// Whether the session ends soon. Whoever asks is told when that changes.
    pub warned: RwSignal<bool>,
    /// Whether it ended because of that.
    pub ended: RwSignal<bool>,
    /// Whose passwords were on the screen then, and are gone.
    pub gone: RwSignal<Vec<String>>,
}

impl Idle {
    /// After so long without a key or a press, the session ends.
    pub const PATIENCE: Duration = Duration::from_secs(15 * 60);
    /// So long before that, it is said.
    pub const WARNING: Duration = Duration::from_secs(60);

    pub(super) fn new() -> Self {
        Self {
            last: StoredValue::new(clock::now()),
            warned: RwSignal::new(false),
            ended: RwSignal::new(false),
            gone: RwSignal::new(Vec::new()),
        }
    }

    /// Somebody is there.
    pub fn seen(self) {
        self.last.set_value(clock::now());
        if self.warned.get_untracked() {
            self.warned.set(false);
        }
        if self.ended.get_untracked() {
            self.ended.set(false);
        }
    }

    pub(super) fn listen(self, desk: Desk) {
        const OFTEN: Duration = Duration::from_secs(5);
        activity::listen(move || {
            // Whoever comes back too late finds it ended.
            self.look(desk);
            if desk.session.get_untracked().is_some() {
                self.seen();
            }
        });
        // Timers rest while a tab is hidden or a device sleeps.
        wake::listen(move || self.look(desk));
        set_interval(move || self.look(desk), OFTEN);
    }

    fn look(self, desk: Desk) {
        if desk.session.get_untracked().is_none() {
            return;
        }
        // Work that goes on is as good as somebody.
        if desk.many.with_untracked(|many| many.as_ref().is_some_and(|many| many.is_running())) {
            return self.seen();
        }
        let idle = clock::now().saturating_sub(self.last.get_value());
        if idle >= Self::PATIENCE {
            self.warned.set(false);
            self.ended.set(true);
            let me = desk.administrator_untracked();
            self.gone.set(desk.sheets.with_untracked(|sheets| {
                let mine = sheets.iter().filter(|sheet| Some(&sheet.by) == me.as_ref());
                mine.map(|sheet| sheet.user_id.clone()).collect()
            }));
            desk.leave_at_once();
        } else if idle >= Self::PATIENCE - Self::WARNING && !self.warned.get_untracked() {
            self.warned.set(true);
        }
    }
}
