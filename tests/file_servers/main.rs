//! The examples in `docs/hosting/` as they are, on the servers that they are for.

// The example for S3.
mod bucket;
// What has to hold on each of them.
mod checks;
// A copy of the built site that may be changed.
mod copy;
// The examples as files.
mod example;
// Requests to the byte, which no client tidies up before.
mod http;
// The pages in a browser.
mod in_browser;
// The examples for services that cannot be run here.
mod services;
// The servers.
mod serve;
