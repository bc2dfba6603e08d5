//! Getting a password back, as values: what happens when is decided here, and
//! carried out elsewhere. No clock, no requests, no browser.

// What follows from a look into an app.
pub mod check;
// What is to be changed at a homeserver.
pub mod doctor;
// Finding the homeserver that a person means.
pub mod find_server;
// What a new password must be.
pub mod password_rules;
// How hard a new password is to guess.
pub mod password_strength;
// A message to the administrators of a homeserver.
pub mod plea;
// Answers of homeservers, for tests.
#[cfg(test)]
mod recorded;
// The reset: every state, every event, every way on.
pub mod reset;
// Which way leads back into an account, by what its homeserver told.
pub mod ways;
