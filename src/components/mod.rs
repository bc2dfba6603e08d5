//! What pages are made of. Presentation only: an error is worded here, but
//! nothing here knows a request.

// A button that says what it is doing.
pub mod button;
// How long a person still has to wait.
pub mod countdown;
// A field with its label, its hint and what is wrong with it.
pub mod field;
// A form.
pub mod form;
// The switch between languages.
pub mod language;
// What is around every page.
pub mod layout;
// What is downloaded when it is needed.
pub mod lazy;
// Something to know before going on.
pub mod notice;
// A page: its heading, its title, its focus.
pub mod page;
// A password, which can be shown.
pub mod password;
// A picture for whoever would rather look than read.
pub mod picture;
// Where one is in the guide.
pub mod progress;
// One of several answers to a question.
pub mod radio;
// How hard a new password is to guess.
pub mod strength;
// What is wrong with a form.
pub mod summary;
// Texts as HTML.
pub mod text;
// The switch between light and dark.
pub mod theme;
