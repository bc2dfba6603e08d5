//! `cargo xtask demo | test | gallery | build | reproduce | audit | bench`: what a newcomer would
//! otherwise type by hand.

mod bench;
mod build;
mod demo;
mod deny;
mod digest;
mod gallery;
#[path = "../../src/i18n/languages.rs"]
mod languages;
mod licenses;
mod mail_page;
mod names;
mod pack;
mod page;
mod reproduce;
#[path = "../../src/route.rs"]
#[cfg_attr(not(test), expect(dead_code, reason = "only the site reads routes"))]
mod route;
mod shell;
mod size;
mod split;
mod test;
mod texts;
mod tools;

use clap::Parser;
use std::process::ExitCode;

/// Builds the site, tests it, and shows it.
#[derive(Parser)]
#[command(bin_name = "cargo xtask")]
enum Task {
    /// Starts a homeserver, its mail and the site, all on this machine.
    Demo,
    /// Checks everything: format, lints, unit tests, and the guide in a real
    /// browser against a real homeserver.
    Test,
    /// Shows every part and every state of the pages.
    Gallery,
    /// Builds the site into dist/, ready to be copied to any file server.
    Build,
    /// Builds the site once more, in another folder, and compares every byte.
    Reproduce,
    /// Asks whether anything is known against a package that is used. Needs the
    /// internet.
    Audit,
    /// Measures what is slower than something else, and how much.
    Bench,
}

fn main() -> ExitCode {
    let done = match Task::parse() {
        Task::Demo => demo::demo(),
        Task::Test => test::test(),
        Task::Gallery => gallery::gallery(),
        Task::Build => build::build(),
        Task::Reproduce => reproduce::reproduce(),
        Task::Audit => deny::audit(),
        Task::Bench => bench::bench(),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}
