//! Starts what the tests and the demo need, on loopback only: a real
//! homeserver, its mail, the site, a browser. Whatever is started here is
//! stopped when its value is dropped.

// Accounts with end-to-end encryption, as a real client leaves them.
pub mod accounts;
// A real file server.
pub mod apache;
// A browser, driven as a person would.
pub mod browser;
// What was installed for this project, for the user who runs it.
pub mod cache;
// Another real reverse proxy and file server.
pub mod caddy;
// The steps of the guide, as a person takes them.
pub mod guide;
// A homeserver with its mail and the site for it.
pub mod house;
// What Lighthouse says of a page.
pub mod lighthouse;
// The mail that the homeserver sends.
pub mod mail;
// A stand-in for the Matrix Authentication Service.
pub mod mas;
// Ports and waiting.
pub mod net;
// A real reverse proxy and file server.
pub mod nginx;
// Packages from npm, each of a fixed version in a folder of its own.
pub mod npm;
// A real OpenID provider, for single sign-on.
pub mod oidc;
// Compares what the pages look like with what they looked like.
pub mod pictures;
// A program that runs beside the test.
pub mod process;
// Stands between the browser and the homeserver, and takes notes.
pub mod proxy;
// Serves the built site as a plain file server does.
pub mod site;
// A real homeserver.
pub mod synapse;
// Certificates for made-up names.
pub mod tls;
// Python with Synapse, and Chromium with its font: found, or installed.
pub mod tools;
// Serves `.well-known` files for a made-up server name.
pub mod well_known;
// What the site says in a language.
pub mod words;
