//! What to do after a reset.

use crate::components::button::Weight;
use crate::components::text::{link_out_button, plain, steps};
use crate::i18n::{account, fill};
use crate::recovery::reset::OtherSessions;
use crate::site::Site;
use leptos::prelude::*;

/// In which order one goes on; nothing for whoever did not come from a reset.
pub fn section(site: &Site) -> Option<AnyView> {
    let t = &account().next;
    let order = match site.session.after_reset()? {
        OtherSessions::SignOut => &t.signed_out,
        OtherSessions::Keep => &t.kept,
    };
    let client = site.config.client.as_ref().map(|client| {
        let label = fill(t.client, &[("client", &client.name)]);
        link_out_button(Weight::Primary, &client.url, &label).actions()
    });
    Some(
        view! {
            <section class="notice">
                <h2>{t.title}</h2>
                {steps(&order.each_ref().map(|step| plain(step)))}
                {client}
            </section>
        }
        .into_any(),
    )
}
