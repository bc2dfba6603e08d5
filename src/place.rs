//! Places on pages that other pages lead to, as they stand behind `#`.

/// Choosing a homeserver, on the start page.
pub const HOMESERVER: &str = "homeserver";
/// Who helps where no mail does, among the help.
pub const MAILBOX: &str = "mailbox";
/// How one finds out which homeserver one has, among the help.
pub const WHICH: &str = "which-homeserver";
/// On `/account`: what the verdict rests on, and what to do about it.
pub const MESSAGES: &str = "messages";
