//! Why no homeserver was found, put into words.

use super::{error, fill, start};
use crate::matrix::Error;
use crate::recovery::find_server::{NoServer, NotFound};

/// Why a text names no homeserver.
pub fn no_server(problem: NoServer) -> &'static str {
    let t = &start().server;
    match problem {
        NoServer::Missing => t.missing,
        NoServer::EmailAddress => t.email_address,
        NoServer::Odd => t.odd,
    }
}

/// Why no homeserver was found.
pub fn not_found(problem: &NotFound) -> String {
    let t = &start().unfound;
    let (text, host) = match problem {
        NotFound::Offline => return error(&Error::Offline, ""),
        NotFound::TimedOut(host) => return error(&Error::TimedOut, host),
        NotFound::Fault(host) => return error(&Error::ServerFault, host),
        NotFound::NoSuchHost(host) => (t.no_such_host, host),
        NotFound::WellKnownBroken(host) => (t.well_known_broken, host),
        NotFound::NoAddress(host) => (t.no_address, host),
        NotFound::Unreadable(host) => (t.unreadable, host),
        NotFound::NoCors(host) => (t.no_cors, host),
        NotFound::NotMatrix(host) => (t.not_matrix, host),
        NotFound::Insecure(host) => (t.insecure, host),
    };
    fill(text, &[("host", host)])
}
