//! Carries out what the pure parts decide: sends their requests, brings the
//! answers back, and tells the pages.

// What follows from a change.
pub mod effect;
// Runs a reset.
pub mod reset;
// Keeps the session of whoever signed in here.
pub mod session;
// Loads `config.json` and finds its homeserver.
pub mod setup;
