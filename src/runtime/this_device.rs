//! Which session is taken up again when somebody signs in once more in this
//! browser. Without that, each visit would leave another session behind in the
//! lists of their apps.

use crate::browser::{address, random, storage};
use crate::matrix::password_reset::ClientSecret;
use crate::matrix::session::Session;

const KEY: &str = "matrix-account-recovery.device";

/// The id of the session from before, or a new one. It is all that this browser
/// keeps, and names nobody. It is kept before anything is sent: an answer that
/// gets lost leaves no session behind that nobody takes up again.
pub fn id() -> Option<String> {
    if let Some(id) = storage::get(KEY).filter(|id| is_id(id)) {
        return Some(id);
    }
    let random = ClientSecret::generate(random::bytes)?;
    let id = ["RECOVER", random.expose().get(..10)?].concat().to_ascii_uppercase();
    storage::set(KEY, &id);
    Some(id)
}

/// Keeps the id of a session that began.
pub fn keep(session: &Session) {
    if let Some(id) = session.device_id.as_deref().filter(|id| is_id(id)) {
        storage::set(KEY, id);
    }
}

/// Neither too long nor odd, whoever wrote it there.
fn is_id(id: &str) -> bool {
    (1..=255).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_graphic())
}

/// What the session is called in the lists of other apps: what it is for, and
/// the site that it is of.
pub fn name(brand: &str) -> String {
    [brand, " (", &address::host(), ")"].concat()
}
