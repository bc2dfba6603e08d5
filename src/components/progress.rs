//! Where one is in the guide.

use crate::i18n::{self, fill, texts};
use leptos::prelude::*;

/// The steps of the guide, as a person counts them.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Email address and new password.
    Form = 1,
    /// The link in the mail.
    Link = 2,
    /// The password was changed.
    Changed = 3,
    /// Sign in.
    SignIn = 4,
}

/// Says which step this is, and of how many.
pub fn progress(stage: Stage) -> AnyView {
    let t = &texts().progress;
    let [number, total] = [stage as u64, t.names.len() as u64].map(i18n::number);
    let name = t.names.get(stage as usize - 1).copied().unwrap_or_default();
    let blanks = [("number", number.as_str()), ("total", &total), ("name", name)];
    let words = fill(t.step, &blanks);
    let class = ["progress step-", &(stage as u64).to_string()].concat();
    view! { <p class=class>{words}</p> }.into_any()
}
