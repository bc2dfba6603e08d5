//! The way on in a Matrix app: part of all pages where the work here is done.

use crate::components::button::Weight;
use crate::components::text::link_out_button;
use crate::i18n::{fill, texts};
use crate::site::Site;
use leptos::prelude::*;

/// A link to the app that the operator named, if they named one.
pub fn open_client(site: &Site) -> Option<AnyView> {
    let client = site.config.client.as_ref()?;
    let label = fill(texts().site.open_client, &[("client", &client.name)]);
    Some(link_out_button(Weight::Secondary, &client.url, &label).actions())
}
