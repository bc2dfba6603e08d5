//! Finding the homeserver that a person means. (Client-server API, "Server
//! Discovery".) Who asks the network is not known here.

use crate::matrix::discovery::{GetVersions, GetWellKnown, WellKnown, at, well_known_host};
use crate::matrix::{BaseUrl, Error, Homeserver};

/// Which homeserver is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// The one with this server name.
    Named(String),
    /// The one whose API is here.
    At(BaseUrl),
}

/// Why a text names no homeserver.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoServer {
    /// There is no text.
    Missing,
    /// It is an email address.
    EmailAddress,
    /// It is something else.
    Odd,
}

impl Wanted {
    /// Takes what a person typed: a server name, the address of a homeserver,
    /// or a Matrix ID.
    ///
    /// # Errors
    /// If it is none of them.
    pub fn parse(typed: &str) -> Result<Self, NoServer> {
        let text = typed.trim();
        if text.is_empty() {
            return Err(NoServer::Missing);
        }
        if text.contains("://") {
            return BaseUrl::parse(text).map(Self::At).ok_or(NoServer::Odd);
        }
        let name = match (text.strip_prefix('@'), text.split_once(':')) {
            (Some(user_id), _) => user_id.split_once(':').ok_or(NoServer::Odd)?.1,
            (None, _) if text.contains('@') => return Err(NoServer::EmailAddress),
            // A Matrix ID without its `@`, unless a port comes after the colon.
            (None, Some((_, server))) if !is_port(server) && !text.starts_with('[') => server,
            (None, _) => text,
        };
        let name = name.trim_end_matches('/').to_ascii_lowercase();
        let is_of_names =
            |c: char| !c.is_ascii() || c.is_ascii_alphanumeric() || ".-:[]_".contains(c);
        let is_name = at(&name).is_some() && !name.ends_with([':', '.']);
        let is_name = is_name && name.chars().all(is_of_names);
        if is_name { Ok(Self::Named(name)) } else { Err(NoServer::Odd) }
    }
}

fn is_port(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Why no homeserver was found, told apart by what a person can do about it.
/// The hosts are those that the trouble is with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotFound {
    /// There is no network.
    Offline,
    /// There is no such host, or it is gone.
    NoSuchHost(String),
    /// It took too long.
    TimedOut(String),
    /// The well-known file cannot be made sense of (`FAIL_PROMPT`).
    WellKnownBroken(String),
    /// The well-known file names no usable address (`FAIL_ERROR`).
    NoAddress(String),
    /// Something answers there, but it lets no website read what: a homeserver
    /// that does not allow websites, or no homeserver at all.
    Unreadable(String),
    /// The well-known file leads to a homeserver that lets no website read what
    /// it answers.
    NoCors(String),
    /// What answers there is not a homeserver.
    NotMatrix(String),
    /// It has a fault.
    Fault(String),
    /// It can only be asked without encryption, which a page that is encrypted
    /// itself may not do.
    Insecure(String),
}

/// How the network is asked.
#[expect(async_fn_in_trait, reason = "nothing here runs on more than one thread")]
pub trait Network {
    /// Reads the well-known file of a host.
    async fn well_known(&self, host: &BaseUrl) -> Result<WellKnown, Error>;
    /// Whether a homeserver is there.
    async fn versions(&self, base_url: &BaseUrl) -> Result<(), Error>;
    /// Whether anything answers at an address, even if it must not be read.
    async fn answers(&self, url: &str) -> bool;
}

/// Finds a homeserver.
///
/// # Errors
/// If it is not found.
pub async fn find(wanted: &Wanted, network: &impl Network) -> Result<Homeserver, NotFound> {
    match wanted {
        Wanted::Named(name) => named(name, network).await,
        Wanted::At(base_url) => match check(base_url, network).await {
            Ok(()) => Ok(Homeserver::new(None, base_url.clone())),
            // What was typed may be the address of a website, whose host says
            // where the homeserver is.
            Err(problem) => told_by(base_url, network).await.ok_or(problem),
        },
    }
}

async fn named(name: &str, network: &impl Network) -> Result<Homeserver, NotFound> {
    let host = || name.to_owned();
    let (Some(on_host), Some(on_name)) = (well_known_host(name), at(name)) else {
        return Err(NotFound::NoSuchHost(host()));
    };
    let found = |base_url| Homeserver::new(Some(host()), base_url);
    match network.well_known(&on_host).await {
        Ok(WellKnown::At(base_url)) => match check(&base_url, network).await {
            Err(NotFound::Unreadable(host)) => Err(NotFound::NoCors(host)),
            checked => checked.map(|()| found(base_url)),
        },
        Ok(WellKnown::Missing) => check(&on_name, network).await.map(|()| found(on_name)),
        Ok(WellKnown::Broken) => Err(NotFound::WellKnownBroken(host())),
        Ok(WellKnown::NoAddress) => Err(NotFound::NoAddress(host())),
        // Many hosts let no website read their files, also not that there is
        // no such file.
        Err(Error::Unreachable) => {
            if !network.answers(&on_host.join(GetWellKnown::PATH)).await {
                // A name with a port may be answered for there only.
                return match on_host == on_name {
                    true => Err(NotFound::NoSuchHost(host())),
                    false => check(&on_name, network).await.map(|()| found(on_name)),
                };
            }
            let checked = network.versions(&on_name).await;
            checked.map(|()| found(on_name)).map_err(|_| NotFound::Unreadable(host()))
        }
        Err(error) => Err(lost(error, &on_host)),
    }
}

/// The homeserver that a host names in its well-known file.
async fn told_by(address: &BaseUrl, network: &impl Network) -> Option<Homeserver> {
    let name = address.host();
    let host = well_known_host(name)?;
    match network.well_known(&host).await {
        Ok(WellKnown::At(base_url)) if base_url != *address => {
            check(&base_url, network).await.ok()?;
            Some(Homeserver::new(Some(host.host().to_owned()), base_url))
        }
        _ => None,
    }
}

/// Makes sure that a homeserver is there.
async fn check(base_url: &BaseUrl, network: &impl Network) -> Result<(), NotFound> {
    let host = || base_url.host().to_owned();
    if !base_url.is_private() {
        return Err(NotFound::Insecure(host()));
    }
    match network.versions(base_url).await {
        Err(Error::Unreachable) => match network.answers(&base_url.join(GetVersions::PATH)).await {
            true => Err(NotFound::Unreadable(host())),
            false => Err(NotFound::NoSuchHost(host())),
        },
        answer => answer.map_err(|error| lost(error, base_url)),
    }
}

fn lost(error: Error, asked: &BaseUrl) -> NotFound {
    let host = asked.host().to_owned();
    match error {
        Error::Offline => NotFound::Offline,
        Error::TimedOut => NotFound::TimedOut(host),
        Error::ServerFault | Error::RateLimited { .. } => NotFound::Fault(host),
        _ => NotFound::NotMatrix(host),
    }
}

#[cfg(test)]
mod tests;
