//! A website of static files on which a person gets back into their Matrix
//! account. It runs in the browser and talks to the person's own homeserver.
//!
//! Arrows point one way: [`pages`] use [`components`] and [`runtime`], which
//! carries out what [`recovery`] and [`encryption`] decide; requests leave through [`net`] and
//! texts come from [`i18n`]. All of them may use [`matrix`].

#![forbid(unsafe_code)]
#![deny(missing_docs)]
// Nothing panics in a browser: what could be absent is matched, not unwrapped.
#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::unreachable,
    clippy::indexing_slicing,
    clippy::string_slice
)]

// What administrators can do to other people's accounts. Pure.
pub mod admin;
// Mounts the site, and says which page belongs to which route. Read this first.
pub mod app;
// The only files that know the browser: address bar, storage, focus, randomness.
pub mod browser;
// What pages are made of. Presentation only.
pub mod components;
// `config.json`, as an operator writes it.
pub mod config;
// What would become of encrypted messages, and whether a key is right.
pub mod encryption;
// Every part and every state to look at.
#[cfg(debug_assertions)]
pub mod gallery;
// The texts that people read.
pub mod i18n;
// The homeserver's API as values: requests, and how their answers are read.
pub mod matrix;
// The only file that does HTTP.
pub mod net;
// One file per route.
pub mod pages;
// Places on pages that other pages lead to.
pub mod place;
// The reset as a pure state machine, and the rules for passwords.
pub mod recovery;
// The one place that knows how a route is spelt.
pub mod route;
// Carries out what the pure parts decide.
pub mod runtime;
// Passwords and tokens in memory.
pub mod secret;
// What every page is given.
pub mod site;
