//! The homeserver's API as values. Each endpoint is a value that makes a plain
//! [`wire::Request`] and reads a plain [`wire::Response`]; who sends it is not
//! known here. No HTTP, no browser, no Leptos.

// Other people's accounts, for the administrators of a homeserver.
pub mod admin;
// Whether a homeserver leaves accounts to OAuth 2.0.
pub mod auth_metadata;
// Bytes as text.
pub mod base64;
// What the owner of an account may change.
pub mod capabilities;
// The keys by which sessions are known, and who signed them.
pub mod cross_signing;
// The sessions of an account.
pub mod devices;
// Finding a homeserver by its name, and making sure that it is one.
pub mod discovery;
// Whether a homeserver lets people set a new password by email.
pub mod email_reset;
// What a person can do about an answer that is not the wanted one.
pub mod error;
// Where a homeserver answers.
pub mod homeserver;
// The software of a homeserver.
pub mod implementation;
// The backup of message keys.
pub mod key_backup;
// Whether the pages that Synapse's mails lead to are reached.
pub mod link_pages;
// Signing in, and renewing what proves it.
pub mod login;
// The ways to sign in that a homeserver has.
pub mod login_flows;
// A new password of somebody who is signed in.
pub mod own_password;
// The rules that a homeserver has for passwords.
pub mod password_policy;
// The two requests of a password reset, and the check that comes before them.
pub mod password_reset;
// One thing that a homeserver asks of a password.
pub mod password_rule;
// Answers that are not the wanted ones, and what they mean.
mod refusal;
// The link in the mail, and the address that comes after it.
pub mod reset_link;
// Secrets that are locked with a person's own key.
pub mod secret_storage;
// Which of two homeservers this is, by a path that only it has.
pub mod server_version;
// Who is signed in, and signing out.
pub mod session;
// Who runs a homeserver, and how to reach them.
pub mod support;
// The email addresses on an account.
pub mod threepids;
// User-interactive authentication: the server's way to ask for a proof.
pub mod uia;
// How long a server wants one to wait.
pub mod wait;
// Whose access token something is.
pub mod whoami;
// Addresses of web pages that a stranger's server or a file names.
pub mod web_link;
// Requests and answers as plain values.
pub mod wire;

pub use error::Error;
pub use homeserver::{BaseUrl, Homeserver};
pub use wait::Wait;
pub use web_link::WebLink;
