//! Single sign-on: the browser goes to the homeserver, from there to a provider,
//! and comes back to `/login` with a token. A token that comes back without the
//! nonce of this tab is not used: somebody else may want to sign a person in to
//! an account that is not theirs.

use super::prefill::Returned;
use crate::browser::{address, random, tab_storage};
use crate::matrix::login_flows::sign_on_path;
use crate::matrix::password_reset::ClientSecret;
use crate::matrix::{BaseUrl, Homeserver};
use crate::route::Route;

const KEY: &str = "matrix-account-recovery.sign-on";

/// Goes there. `false` where the browser has no random numbers.
#[must_use]
pub fn leave(homeserver: &Homeserver, provider: Option<&str>) -> bool {
    // As hard to guess as it has to be, and of letters that an address may have.
    let Some(nonce) = ClientSecret::generate(random::bytes) else { return false };
    let name = homeserver.server_name().unwrap_or_default();
    let kept = [nonce.expose(), "\n", homeserver.base_url.as_str(), "\n", name];
    tab_storage::set(KEY, &kept.concat());
    let back = [&address::site(), Route::Login.path(), "?nonce=", nonce.expose()].concat();
    address::leave_for(&homeserver.base_url.join(&sign_on_path(provider, &back)));
    true
}

/// The homeserver that a token is for, if this tab went there. It is used up.
pub fn homeserver_of(returned: &Returned) -> Option<Homeserver> {
    let kept = tab_storage::get(KEY)?;
    tab_storage::remove(KEY);
    let mut lines = kept.split('\n');
    let (nonce, base_url, name) = (lines.next()?, lines.next()?, lines.next()?);
    let name = (!name.is_empty()).then(|| name.to_owned());
    let homeserver = Homeserver::new(name, BaseUrl::parse(base_url)?);
    (!nonce.is_empty() && nonce == returned.nonce).then_some(homeserver)
}
