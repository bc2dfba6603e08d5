//! `cargo xtask bench`: what is slower than something else, and how much. Each figure
//! is a ratio of two that were measured in the same run, on the same machine.

// How soon the form is there.
mod speed;

use crate::{build, size};
use anyhow::{Context, Result};
use testbed::browser::{self, Browser};
use testbed::guide::enter_as_administrator;
use testbed::house::{House, Plan};
use testbed::tools::{python, say};

/// So many searches of each kind; the one in the middle counts.
const TIMES: usize = 31;

/// Few accounts, and many.
const CROWDS: [usize; 2] = [10, 10_000];

/// Builds the site and measures.
pub fn bench() -> Result<()> {
    python()?;
    build::site()?;
    size::report(&build::dist())?;
    println!("\n{}", size::table(&build::dist())?);
    tokio::runtime::Runtime::new()?.block_on(async {
        speed::speed().await?;
        search().await
    })
}

/// A search in the list of accounts, from the press to the result.
async fn search() -> Result<()> {
    say("Searching for an account");
    let mut medians = Vec::new();
    for count in CROWDS {
        let mut house = House::build(Plan::default()).await?;
        house.synapse.add_accounts("person", count).await?;
        house.synapse.settle().await?;
        let browser = at_the_desk(&house).await?;
        let (whole, server) = measure(&browser).await?;
        println!("among {count:>6}: {whole:>6.1} ms, of it {server:.1} ms for the homeserver");
        medians.push((whole, server));
    }
    if let [(few, few_server), (many, many_server)] = medians[..] {
        let [ratio, server] = [many / few, many_server / few_server];
        let own = (many - many_server) / (few - few_server);
        println!("ratio: {ratio:.2} (the homeserver {server:.2}, the site itself {own:.2})");
    }
    Ok(())
}

async fn at_the_desk(house: &House) -> Result<Browser> {
    let browser = Browser::start(browser::Options::default()).await?;
    browser.open(&house.site.url("admin/")).await?;
    enter_as_administrator(&browser).await?;
    browser.see_heading("Find an account").await?;
    // The first list has come.
    browser.see("With the arrow keys").await?;
    Ok(browser)
}

/// The median of the whole, and of what the homeserver took.
async fn measure(browser: &Browser) -> Result<(f64, f64)> {
    let (mut whole, mut server) = (Vec::new(), Vec::new());
    for number in 0..TIMES {
        // Never the same twice in a row, so that the result is another one.
        let wanted = format!("person0000{}", number % 9 + 1);
        browser.script(SEARCH, vec![wanted.into()]).await?;
        browser.wait_until("return window.took !== undefined", vec![]).await?;
        let took = browser.script("return window.took", vec![]).await?;
        whole.push(took[0].as_f64().context("no time")?);
        server.push(took[1].as_f64().context("no time")?);
    }
    Ok((median(whole), median(server)))
}

const SEARCH: &str = "const [wanted] = arguments;
    const form = document.querySelector('[role=search] form');
    document.getElementById('search').value = wanted;
    window.took = undefined;
    performance.clearResourceTimings();
    const start = performance.now();
    const seen = new MutationObserver(() => {
        const found = [...document.querySelectorAll('.results a')];
        if (found.length !== 1 || !found[0].innerText.includes(`@${wanted}:`)) return;
        if (form.querySelector('[type=submit][aria-disabled]')) return;
        seen.disconnect();
        requestAnimationFrame(() => {
            const end = performance.now();
            const asked = performance.getEntriesByType('resource')
                .filter((entry) => entry.name.includes('/v2/users'));
            const server = asked.reduce((sum, entry) => sum + entry.duration, 0);
            window.took = [end - start, server];
        });
    });
    const what = { subtree: true, childList: true, attributes: true };
    seen.observe(document.querySelector('main'), what);
    form.requestSubmit();";

fn median(mut all: Vec<f64>) -> f64 {
    all.sort_by(f64::total_cmp);
    all.get(all.len() / 2).copied().unwrap_or_default()
}
