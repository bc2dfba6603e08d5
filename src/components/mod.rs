//! What pages are made of. Presentation only: an error is worded here, but
//! nothing here knows a request.

// A button that says what it is doing.
pub mod button;
// How long a person still has to wait.
pub mod countdown;
// A field with its label, its hint and what is wrong with it.
pub mod field;
// What is around every page.
pub mod layout;
// Something to know before going on.
pub mod notice;
// A page: its heading, its title, its focus.
pub mod page;
// One of several answers to a question.
pub mod radio;
// A text with its blanks filled in and set apart.
pub mod text;
