//! The question before the link of another email replaces the reset of this tab:
//! part of `/reset/verified` and `/reset/resume`.

use crate::components::button::{Button, Weight};
use crate::components::page::page as show;
use crate::components::progress::{Stage, progress};
use crate::components::text::{filled, link_button, plain};
use crate::i18n;
use crate::recovery::reset::Draft;
use crate::route::Route;
use crate::site::Site;
use leptos::prelude::*;

/// Whether taking up this link would replace another reset.
pub fn replaces(site: &Site, draft: &Draft) -> bool {
    site.reset.with_untracked(|reset| reset.replaced_by(&draft.sid).is_some())
}

/// Shows the question. `replace` is what happens if the user wants the new link.
pub fn question(site: &Site, replace: impl Fn() + Send + Sync + 'static) -> AnyView {
    let t = &i18n::wait().replace;
    let lead = site.reset.with_untracked(|reset| {
        let mail = reset.draft().and_then(|draft| draft.mail.as_ref());
        match mail {
            Some(mail) => filled(t.lead, &[("email", &mail.email)]),
            None => plain(t.lead_by_link),
        }
    });
    let keep = link_button(Weight::Primary, &site.href(Route::ResetCheckEmail), t.keep);
    let press = Callback::new(move |()| replace());
    let content = view! {
        {progress(Stage::Link)}
        {lead.line("lead")}
        {plain(t.only_yours).line("")}
        {keep.actions()}
        <div class="actions">
            <Button label=t.replace busy=None blocked=false weight=Weight::Tertiary press/>
        </div>
    };
    show(site, t.title, content)
}
