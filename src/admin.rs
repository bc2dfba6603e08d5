//! Administrators recover other people's accounts: what is decided without a
//! network. Pure.

// What an administrator can do to an account, and where that is to be had.
pub mod action;
// Lists as files.
pub mod csv;
// The requests that deactivate an account.
pub mod deactivation;
// Whether a password is handed over.
pub mod handover;
// What was done, to be kept.
pub mod log;
// Many accounts at once.
pub mod many;
// A password that can be read out on the phone.
pub mod passphrase;
// Whether the Admin API is there, and why not.
pub mod reach;
// What was typed into the search.
pub mod search;
// What somebody would lose.
pub mod stake;
