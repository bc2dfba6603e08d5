//! The only files that know the browser, each a few lines. What a browser
//! refuses is absent here, never an error that stops the page.

// Whether anybody is there.
pub mod activity;
// Where the site is, and what is in the address bar.
pub mod address;
// The clipboard.
pub mod clipboard;
// What time it is.
pub mod clock;
// What was asked for before the program ran.
pub mod early;
// Files that are saved, and files that are dropped.
pub mod file;
// Numbers and times as a language writes them.
pub mod intl;
// The language of the page.
pub mod language;
// Links that are pressed.
pub mod links;
// Whether there is a network.
pub mod network;
// The page as a whole: its title, its focus.
pub mod page;
// Random bytes that are fit for secrets.
pub mod random;
// What this browser remembers after the tab is closed.
pub mod storage;
// What this tab remembers over a reload.
pub mod tab_storage;
// The other tabs of this site.
pub mod tabs;
// How the site looks.
pub mod theme;
// What was typed, to be put back.
pub mod typed;
// When somebody looks at the page again, or the network is back.
pub mod wake;
// The arithmetic of encryption.
pub mod web_crypto;
