//! Carries out what the pure parts decide: sends their requests, brings the
//! answers back, and tells the pages.

// What follows from a change.
pub mod effect;
// Asks the network where a homeserver is.
pub mod find_server;
// What a link to this site filled in.
pub mod prefill;
// Runs a reset.
pub mod reset;
// The homeserver of this tab, and what it told of itself.
pub mod server;
// Keeps the session of whoever signed in here.
pub mod session;
// Loads `config.json` and finds its homeserver.
pub mod setup;
