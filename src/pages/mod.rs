//! One file per route. A page shows where a machine is, and sends it what the
//! person does.

// `/account`
pub mod account;
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
// `/reset`
pub mod reset;
// `/reset/check-email`
pub mod reset_check_email;
// `/reset/done`
pub mod reset_done;
// `/reset/resume`
pub mod reset_resume;
// `/reset/verified`
pub mod reset_verified;
// When `config.json` or its homeserver is wrong.
pub mod setup;
