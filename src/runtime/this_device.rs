//! The device ID that this browser asks for when the user signs in. Signing in
//! once more takes the same device up: without that, each visit would leave
//! another one in the lists of their apps.

use crate::browser::{address, random, storage};
use crate::matrix::BaseUrl;
use crate::matrix::password_reset::ClientSecret;

/// The start of the keys, before the base URL of a homeserver.
const KEY: &str = "matrix-account-recovery.device ";

/// Returns the device ID to ask this homeserver for: the one from before, or a
/// new one. `None` where the browser has no random numbers.
///
/// It is all that this browser keeps of a sign-in, and names no user. Each
/// homeserver gets one of its own, and none is ever taken from an answer: a
/// dishonest homeserver would choose the device that the next one takes over. It
/// is stored before anything is sent: a lost answer leaves no device behind that
/// is never taken up again.
pub fn id(server: &BaseUrl) -> Option<String> {
    let key = [KEY, server.as_str()].concat();
    if let Some(id) = storage::get(&key).filter(|id| is_id(id)) {
        return Some(id);
    }
    let random = ClientSecret::generate(random::bytes)?;
    let id = ["RECOVER", random.expose().get(..10)?].concat().to_ascii_uppercase();
    storage::set(&key, &id);
    Some(id)
}

/// Whether it is one that was made here.
fn is_id(id: &str) -> bool {
    let random = id.strip_prefix("RECOVER").unwrap_or_default();
    random.len() == 10 && random.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// Returns what the device is called in the lists of other apps: what it is for,
/// and the site that it is of.
pub fn name(brand: &str) -> String {
    [brand, " (", &address::host(), ")"].concat()
}
