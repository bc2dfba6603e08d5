//! An administrator recovers somebody's account, on a real homeserver: each way
//! back in, and then the person really signs in.

mod entrance;
mod finding;
mod passwords;
mod ways_back;

use anyhow::{Context, Result};
use testbed::browser::{self, Browser};
use testbed::guide::{OLD, enter_as_administrator};
use testbed::house::{House, Plan};

const ENTRANCE: &str = "Recover somebody’s account";
const FIND: &str = "Find an account";
const RECOVER: &str = "Recover an account";
const WHO: &str = "Who is it?";
const BOBS: &str = "bob@example.org";

/// A homeserver with Bob on it, who has no email address, and a browser at the
/// entrance for administrators.
async fn at_the_entrance(plan: Plan) -> Result<(House, Browser)> {
    let house = House::build(plan).await?;
    house.synapse.register("bob", OLD, None).await?;
    let browser = Browser::start(browser::Options::default()).await?;
    browser.open(&house.site.url("admin/")).await?;
    browser.see_heading(ENTRANCE).await?;
    Ok((house, browser))
}

/// An administrator is signed in.
async fn at_the_desk() -> Result<(House, Browser)> {
    let (house, browser) = at_the_entrance(Plan::default()).await?;
    enter_as_administrator(&browser).await?;
    browser.see_heading(FIND).await?;
    Ok((house, browser))
}

async fn search(browser: &Browser, typed: &str) -> Result<()> {
    browser.fill(WHO, typed).await?;
    browser.press("Search").await
}

/// Bob's account, all of it unfolded.
async fn at_bobs_account(browser: &Browser) -> Result<()> {
    at_account(browser, "@bob:example.org").await
}

async fn at_account(browser: &Browser, user_id: &str) -> Result<()> {
    browser.see_heading(FIND).await?;
    search(browser, user_id).await?;
    let found = "const all = document.querySelectorAll('.results a');
        return all.length === 1 && all[0].innerText.includes(arguments[0])";
    browser.wait_until(found, vec![user_id.into()]).await?;
    browser.script("document.querySelector('.results a').click()", vec![]).await?;
    browser.see_heading(RECOVER).await?;
    browser.see("Whether the backup is complete").await?;
    unfold(browser).await
}

async fn unfold(browser: &Browser) -> Result<()> {
    let script = "document.querySelectorAll('main details').forEach((it) => { it.open = true })";
    browser.script(script, vec![]).await.map(|_| ())
}

/// The password that stands in a field, once it was made.
async fn made(browser: &Browser, field: &str) -> Result<String> {
    let there = "return (document.getElementById(arguments[0])?.value ?? '').length > 20";
    browser.wait_until(there, vec![field.into()]).await?;
    let read = "return document.getElementById(arguments[0]).value";
    let value = browser.script(read, vec![field.into()]).await?;
    Ok(value.as_str().context("no text")?.to_owned())
}

/// What is on an account: addresses and numbers.
async fn addresses(house: &House, name: &str) -> Result<Vec<String>> {
    let account = house.synapse.account(name).await?;
    let all = account["threepids"].as_array().context("no addresses")?.iter();
    let mut all: Vec<_> =
        all.filter_map(|entry| entry["address"].as_str().map(str::to_owned)).collect();
    all.sort();
    Ok(all)
}
