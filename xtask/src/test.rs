//! `cargo xtask test`: everything that has to hold.

use crate::{build, deny, reproduce, tools};
use anyhow::{Result, ensure};
use std::process::Command;
use std::time::{Duration, Instant};
use testbed::npm;
use testbed::tools::{
    apache, caddy, chromium, firefox, nginx, nginx_brotli, project, python, say, webkit,
};

/// What was run, and how long it took.
type Parts = Vec<(&'static str, Duration)>;

/// Runs all parts, one after the other, and says how long each took.
pub fn test() -> Result<()> {
    let mut parts = Vec::new();
    let done = run_all(&mut parts);
    report(&parts);
    done
}

fn run_all(parts: &mut Parts) -> Result<()> {
    let mut part = |name: &'static str, run: &dyn Fn() -> Result<()>| {
        say(name);
        let start = Instant::now();
        let done = run();
        parts.push((name, start.elapsed()));
        done
    };
    let wasm = ["--target", "wasm32-unknown-unknown"];
    let deny = ["--", "--deny", "warnings"];
    part("Tools", &tools_of_tests)?;
    part("Format", &|| cargo("fmt", &["--all", "--check"]))?;
    part("Lints", &|| {
        cargo("clippy", &[&["--workspace", "--all-targets"][..], &deny].concat())?;
        cargo("clippy", &[&wasm[..], &deny].concat())?;
        cargo("rustdoc", &["--lib", "--quiet", "--", "--deny", "warnings"])
    })?;
    part("Dependencies", &deny::check)?;
    part("Unit and property tests", &|| cargo("test", &["--workspace", "--lib", "--bins"]))?;
    part("Release build", &build::build)?;
    part("The same bytes elsewhere", &reproduce::compare)?;
    part("Gallery", &build::gallery)?;
    part("The guide in a browser", &|| {
        // Some tests say what they tried, and with which result.
        let how = ["--no-fail-fast", "--", "--test-threads=1", "--show-output"];
        cargo("test", &[&["--workspace", "--test", "*"][..], &how].concat())
    })
}

/// What has to be downloaded is, before anything is measured or waited for.
fn tools_of_tests() -> Result<()> {
    python()?;
    tools::path()?;
    deny::install()?;
    chromium()?;
    firefox()?;
    webkit()?;
    nginx()?;
    nginx_brotli()?;
    caddy()?;
    apache()?;
    npm::axe_core()?;
    Ok(())
}

fn report(parts: &Parts) {
    println!("\nIt took, in seconds:");
    for (name, time) in parts {
        println!("{:>6}  {name}", time.as_secs());
    }
    let whole: Duration = parts.iter().map(|(_, time)| *time).sum();
    println!("{:>6}  in all", whole.as_secs());
}

fn cargo(command: &str, arguments: &[&str]) -> Result<()> {
    let mut cargo = Command::new("cargo");
    let status = cargo.current_dir(project()).arg(command).args(arguments).status()?;
    ensure!(status.success(), "cargo {command} failed");
    Ok(())
}
