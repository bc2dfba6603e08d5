//! The texts that people read, in their language, and what went wrong put into words.
//! The words are in `locales/`: see `docs/translating.md`.

// Prices, plans and refusals, for administrators.
mod admin;
// Filling in what a text leaves open.
mod fill;
// How a language writes numbers and times.
pub mod intl;
// The languages that there are.
mod languages;
// Why no homeserver was found.
mod start;
// The texts themselves.
mod texts;
// What would become of encrypted messages, in words.
mod verdict;
// Errors and rules, put into words.
mod words;

pub use admin::{action, failure, outcome, plan, price, refusal};
pub use fill::{Part, counted, fill, fill_bare, parts};
pub use intl::{duration, number};
pub use languages::LANGUAGES;
pub use start::{no_server, not_found};
pub use texts::account::account;
pub use texts::admin::admin;
pub use texts::check::check;
pub use texts::desk::desk;
pub use texts::login::login;
pub use texts::main::main as texts;
pub use texts::many::many;
pub use texts::start::start;
pub use texts::wait::wait;
pub use texts::{Plural, has, take};
pub use verdict::{reason, verdict};
pub use words::{email_problem, error, how_to_confirm, list, password_problem, policy, strength};
