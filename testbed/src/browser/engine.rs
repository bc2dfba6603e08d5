//! The browsers there are, each with the program that drives it.

use super::{Options, PATIENCE};
use crate::net::{free_port, wait_for};
use crate::process::Process;
use crate::tools;
use anyhow::{Context, Result};
use serde_json::{Value, json};
use std::path::Path;
use std::process::Command;
use thirtyfour::{
    Capabilities, CapabilitiesHelper, ChromiumCapabilities, ChromiumLikeCapabilities, WebDriver,
};

/// A browser, by what it is made of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Engine {
    /// Chromium. What is driven through its own protocol (the console, the network,
    /// colours, the keyboard of a phone) can be tried in it alone.
    #[default]
    Chromium,
    /// Firefox.
    Firefox,
    /// WebKit, as Safari has it. It needs a screen, and runs once at a time.
    WebKit,
}

/// A browser that was started, and what has to run as long as it does: its driver last.
pub(super) struct Started {
    pub(super) driver: WebDriver,
    pub(super) programs: Vec<Process>,
}

pub(super) async fn start(options: &Options, profile: &Path) -> Result<Started> {
    match options.engine {
        Engine::Chromium => chromium(options, profile).await,
        Engine::Firefox => firefox(profile).await,
        Engine::WebKit => webkit(profile).await,
    }
}

async fn chromium(options: &Options, profile: &Path) -> Result<Started> {
    let chromium = tools::chromium()?;
    let mut command = Command::new(&chromium.driver);
    command.arg("--port=0");
    let wanted = capabilities(&chromium, options, profile)?;
    drive("chromedriver", command, profile, Vec::new(), port_in, wanted.into()).await
}

fn capabilities(
    chromium: &tools::Chromium,
    options: &Options,
    profile: &Path,
) -> Result<ChromiumCapabilities> {
    let mut capabilities = ChromiumCapabilities::new();
    capabilities.set("browserName", "chrome")?;
    if let Some(browser) = &chromium.browser {
        capabilities.set_binary(&browser.to_string_lossy())?;
    }
    for argument in [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--window-size=1280,900",
    ] {
        capabilities.add_arg(argument)?;
    }
    capabilities.add_arg(&format!("--user-data-dir={}", profile.join("profile").display()))?;
    if options.restores {
        capabilities.add_arg("--restore-last-session")?;
    }
    if !options.languages.is_empty() {
        capabilities.add_arg(&format!("--accept-lang={}", options.languages))?;
    }
    if !options.hosts.is_empty() {
        let rules = options.hosts.iter().map(|(name, address)| format!("MAP {name} {address}"));
        let rules = rules.collect::<Vec<_>>().join(",");
        capabilities.add_arg(&format!("--host-resolver-rules={rules}"))?;
        capabilities.add_arg("--ignore-certificate-errors")?;
    }
    capabilities.set("goog:loggingPrefs", json!({ "browser": "ALL" }))?;
    Ok(capabilities)
}

async fn firefox(profile: &Path) -> Result<Started> {
    let firefox = tools::firefox()?;
    let mut command = Command::new(&firefox.driver);
    command.arg("--port=0").arg("--profile-root").arg(profile);
    let options = json!({ "binary": firefox.browser, "args": ["-headless"] });
    let wanted =
        capabilities_of(&[("browserName", json!("firefox")), ("moz:firefoxOptions", options)]);
    drive("geckodriver", command, profile, Vec::new(), port_of_geckodriver, wanted).await
}

async fn webkit(profile: &Path) -> Result<Started> {
    let webkit = tools::webkit()?;
    let log = profile.join("screen.log");
    let mut screen = Command::new(&webkit.screen);
    screen.args(["-displayfd", "1", "-screen", "0", "1280x1024x24", "-nolisten", "tcp"]);
    let mut screen = Process::start("Xvfb", &mut screen, &log)?;
    let display = wait_for("a screen", PATIENCE, || {
        let number = screen.log().lines().find_map(|line| line.trim().parse::<u32>().ok());
        let alive = screen.check();
        async move { alive.map(|()| number) }
    })
    .await?;
    let port = free_port()?;
    let mut command = Command::new(&webkit.driver);
    command.args(["--host=127.0.0.1", &format!("--port={port}")]);
    command.env("DISPLAY", format!(":{display}")).env("HOME", profile);
    let options = json!({ "binary": webkit.browser, "args": ["--automation"] });
    let wanted = capabilities_of(&[("webkitgtk:browserOptions", options)]);
    drive("WebKitWebDriver", command, profile, vec![screen], move |_| Some(port), wanted).await
}

fn capabilities_of(pairs: &[(&str, Value)]) -> Capabilities {
    let pairs = pairs.iter().map(|(name, value)| ((*name).to_owned(), value.clone()));
    pairs.collect::<serde_json::Map<_, _>>().into()
}

/// Starts the driver, and with it the browser.
async fn drive(
    name: &str,
    mut command: Command,
    profile: &Path,
    mut programs: Vec<Process>,
    port: impl Fn(&str) -> Option<u16>,
    wanted: Capabilities,
) -> Result<Started> {
    let log = profile.join("driver.log");
    // One that was there before said something else.
    let _ = std::fs::remove_file(&log);
    // What is left in its folder for such files goes with its profile.
    command.env("TZ", "UTC").env("TMPDIR", profile);
    let mut driver = Process::start(name, &mut command, &log)?;
    let port = wait_for(name, PATIENCE, || {
        let (alive, port) = (driver.check(), port(&driver.log()));
        async move {
            alive?;
            let listens =
                port.filter(|port| std::net::TcpStream::connect(("127.0.0.1", *port)).is_ok());
            Ok(listens)
        }
    })
    .await?;
    let session = WebDriver::new(format!("http://127.0.0.1:{port}"), wanted).await;
    let session = session.with_context(|| format!("{name} did not start a browser"))?;
    session.set_page_load_timeout(PATIENCE).await?;
    programs.push(driver);
    Ok(Started { driver: session, programs })
}

/// `chromedriver` says on which port it was started.
fn port_in(log: &str) -> Option<u16> {
    let (_, after) = log.split_once("started successfully on port ")?;
    // The line may be half written yet.
    after.split_once('.')?.0.trim().parse().ok()
}

/// `geckodriver` does so too.
fn port_of_geckodriver(log: &str) -> Option<u16> {
    let (_, after) = log.split_once("Listening on 127.0.0.1:")?;
    after.split_once('\n')?.0.trim().parse().ok()
}
