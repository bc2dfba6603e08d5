//! Asks the network of this browser where a homeserver is.

use crate::matrix::discovery::{GetVersions, GetWellKnown, WellKnown};
use crate::matrix::{BaseUrl, Error, Homeserver};
use crate::net;
use crate::recovery::find_server::{self, NotFound, Wanted};
use std::pin::Pin;

/// Finds a homeserver.
pub fn find(wanted: Wanted) -> Pin<Box<dyn Future<Output = Result<Homeserver, NotFound>>>> {
    Box::pin(async move { find_server::find(&wanted, &Net).await })
}

/// The network of this browser.
struct Net;

impl find_server::Network for Net {
    async fn well_known(&self, host: &BaseUrl) -> Result<WellKnown, Error> {
        net::send(host, &GetWellKnown).await
    }

    async fn versions(&self, base_url: &BaseUrl) -> Result<(), Error> {
        net::send(base_url, &GetVersions).await
    }

    async fn answers(&self, url: &str) -> bool {
        net::answers(url).await
    }
}
