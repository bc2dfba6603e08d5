//! User-interactive authentication: the server answers 401 with the flows that
//! would prove who one is, and a session in which they are proven.
//! (Client-server API, "User-Interactive Authentication API".)

use super::refusal::Refusal;
use serde_json::Value;

/// The session of one interactive authentication. It is kept and sent with
/// every later try: Synapse then does not hash the new password again at each
/// of them, and answers 200 again when the answer to a finished try was lost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UiaSession(pub String);

/// What a 401 asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Challenge {
    /// The session, where the server opened one.
    pub session: Option<UiaSession>,
    /// Whether a confirmed email address is all the proof that is asked for.
    pub email_is_enough: bool,
}

impl Challenge {
    /// A 401 is a challenge if it has flows; otherwise it is just a refusal.
    pub fn of(refusal: &Refusal) -> Option<Self> {
        if refusal.status != 401 {
            return None;
        }
        let flows = refusal.answer.list("flows")?;
        let session = refusal.answer.text("session");
        Some(Self {
            session: session.map(|session| UiaSession(session.to_owned())),
            email_is_enough: flows.iter().any(is_email_only),
        })
    }
}

fn is_email_only(flow: &Value) -> bool {
    let stages = flow.get("stages").and_then(Value::as_array);
    matches!(stages.map(Vec::as_slice), Some([stage]) if stage == "m.login.email.identity")
}
