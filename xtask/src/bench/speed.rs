//! How soon the form is there, on a slow phone and a slow network, beside a page written by hand
//! that has the same form and nothing else.

use super::median;
use crate::{build, pack};
use anyhow::{Context, Result};
use std::fs;
use std::path::Path;
use tempfile::TempDir;
use testbed::browser::{self, Browser};
use testbed::caddy::Caddy;
use testbed::house::config_for;
use testbed::net::free_port;
use testbed::tools::say;

/// So many visits of each; the one in the middle counts.
const TIMES: usize = 9;

/// When a visit was how far, in milliseconds.
struct Visit {
    painted: f64,
    usable: f64,
}

/// Measures, and prints a table.
pub async fn speed() -> Result<()> {
    say("Opening the form at 1.6 Mbit/s, 150 ms, with a processor four times slower");
    let folder = TempDir::with_prefix("speed-")?;
    serve_files(folder.path())?;
    let port = free_port()?;
    let lines = format!(
        ":{port} {{\n bind 127.0.0.1\n root * {}\n file_server {{\n precompressed br\n }}\n}}",
        folder.path().display()
    );
    let _caddy = Caddy::start(&lines, port).await?;
    let browser = Browser::start(browser::Options::default()).await?;
    browser.slow_down(1600, 150, 4).await?;
    browser.before_each_page(WATCH).await?;
    let (mut floors, mut sites) = (Vec::new(), Vec::new());
    for _ in 0..TIMES {
        floors.push(visit(&browser, &format!("http://127.0.0.1:{port}/floor/")).await?);
        sites.push(visit(&browser, &format!("http://127.0.0.1:{port}/site/reset/")).await?);
    }
    print(&floors, &sites);
    println!("longest from a press to its answer: {:.0} ms", presses(&browser).await?);
    Ok(())
}

/// The site, and the page beside it, both compressed.
fn serve_files(folder: &Path) -> Result<()> {
    let floor = folder.join("floor");
    fs::create_dir(&floor)?;
    let page = include_str!("floor.html");
    fs::write(floor.join("index.html"), page)?;
    fs::write(floor.join("index.html.br"), pack::brotli(page.as_bytes())?)?;
    copy(&build::dist(), &folder.join("site"))?;
    let nowhere = format!("http://127.0.0.1:{}", free_port()?);
    let config = config_for(&nowhere, "example.org").to_string();
    Ok(fs::write(folder.join("site/config.json"), config)?)
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &to)?;
        } else {
            fs::copy(entry.path(), to)?;
        }
    }
    Ok(())
}

/// Notes when the form works: the one that was painted before is gone by then.
const WATCH: &str = "const look = () => {
        const works = document.readyState !== 'loading'
            && !document.getElementById('shell') && document.querySelector('#app h1');
        if (works) window.usable = performance.now();
        else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);";

/// Opens a page as somebody does who was never there.
async fn visit(browser: &Browser, url: &str) -> Result<Visit> {
    browser.forget_files().await?;
    browser.open(url).await?;
    let painted = "return performance.getEntriesByName('first-contentful-paint')[0]?.startTime";
    browser.wait_until("return window.usable", vec![]).await?;
    browser.wait_until(painted, vec![]).await?;
    let painted = browser.script(painted, vec![]).await?;
    let usable = browser.script("return window.usable", vec![]).await?;
    let [painted, usable] = [painted.as_f64(), usable.as_f64()];
    Ok(Visit { painted: painted.context("not painted")?, usable: usable.context("not usable")? })
}

fn print(floors: &[Visit], sites: &[Visit]) {
    println!("| | first paint | form works |\n|---|---|---|");
    let figures = |visits: &[Visit]| {
        [
            median(visits.iter().map(|visit| visit.painted).collect()),
            median(visits.iter().map(|visit| visit.usable).collect()),
        ]
    };
    let ([floor_painted, floor_usable], [painted, usable]) = (figures(floors), figures(sites));
    let row = |name: &str, painted: f64, usable: f64| {
        println!("| {name} | {:.2} s | {:.2} s |", painted / 1000.0, usable / 1000.0);
    };
    row("a page written by hand", floor_painted, floor_usable);
    row("`/reset/`", painted, usable);
    println!("| ratio | {:.2} | {:.2} |", painted / floor_painted, usable / floor_usable);
}

/// The longest time from a press on the form to the frame that answers it.
async fn presses(browser: &Browser) -> Result<f64> {
    let observe = "window.longest = 0; new PerformanceObserver((list) => {
        for (const it of list.getEntries()) window.longest = Math.max(window.longest, it.duration);
    }).observe({ type: 'event', durationThreshold: 16 })";
    browser.script(observe, vec![]).await?;
    for label in ["Send Reset Email", "Show password", "Send Reset Email"] {
        browser.press(label).await?;
    }
    browser.choose("Keep my other sessions signed in").await?;
    let settled = "return new Promise((done) => setTimeout(() => done(window.longest), 500))";
    browser.script(settled, vec![]).await?.as_f64().context("no time")
}
