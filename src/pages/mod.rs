//! One file per route. A page shows where a machine is, and sends it what the
//! person does.

// `/account`
pub mod account;
// `/admin` and what lies below it
pub mod admin;
// `/check`
pub mod check;
// `/help`
pub mod help;
// `/`
pub mod home;
// `/login`
pub mod login;
// All that is missing is the new password.
mod missing_password;
// A new password, and what helps to choose one.
mod new_password;
// An address that is no page.
pub mod not_found;
// The way on in a Matrix app.
mod open_client;
// Choosing a homeserver.
mod picker;
// Whether a link may replace the reset of this tab.
pub mod replace_reset;
// `/reset`
pub mod reset;
// `/reset/check-email`
pub mod reset_check_email;
// `/reset/done`
pub mod reset_done;
// `/reset`, where the homeserver has another way.
pub mod reset_elsewhere;
// `/reset/resume`
pub mod reset_resume;
// `/reset/verified`
pub mod reset_verified;
// `/sign-out`
pub mod sign_out;
// When `config.json` or its homeserver is wrong.
pub mod setup;
// Whether the homeserver that a link named is the right one.
pub mod suggestion;
// What the homeserver can do, and the way there.
mod way;
