//! Carries out what the pure parts decide: sends their requests, brings the
//! answers back, and tells the pages.

// What an administrator does in this tab.
pub mod admin;
// The arithmetic of encryption.
pub mod crypto;
// What follows from a change.
pub mod effect;
// What there is to know of an account's encryption.
pub mod evidence;
// Asks the network where a homeserver is.
pub mod find_server;
// The language of the page.
pub mod language;
// Where one is, and the way to other pages.
pub mod navigation;
// An email address that is being added.
pub mod new_email;
// What the address that led here carries.
pub mod prefill;
// Runs a reset.
pub mod reset;
// The homeserver of this tab, and what it told of itself.
pub mod server;
// Keeps the session of whoever signed in here.
pub mod session;
// Loads `config.json` and finds its homeserver.
pub mod setup;
// Signing in at a provider.
pub mod sign_on;
// Which of this browser's sessions is taken up again.
pub mod this_device;
