//! What makes the forms easy: passwords that can be shown, a word on how hard
//! they are to guess, and a look that stays as it was chosen.

use anyhow::Result;
use std::path::Path;
use std::time::Duration;
use testbed::browser::{self, Browser};
use testbed::guide::{EMAIL, NEW, visit};
use testbed::house::{Plan, config_for};
use testbed::net::{free_port, wait_for};
use testbed::site::{self, Site};

/// The site alone: its homeserver does not answer.
async fn site() -> Result<Site> {
    let nowhere = format!("http://127.0.0.1:{}", free_port()?);
    let config = Some(config_for(&nowhere, "example.org").to_string());
    Site::start(site::Options { config, ..Default::default() }).await
}

async fn browser_at(site: &Site, page: &str) -> Result<Browser> {
    let browser = Browser::start(browser::Options::default()).await?;
    browser.open(&site.url(page)).await?;
    Ok(browser)
}

#[tokio::test]
async fn a_password_can_be_shown_and_hidden() -> Result<()> {
    let site = site().await?;
    for (page, label) in [("reset/", "New password"), ("login/", "Password")] {
        let browser = browser_at(&site, page).await?;
        let long = NEW.repeat(6);
        browser.fill(label, &long).await?;
        assert_eq!(browser.attribute(label, "type").await?.as_deref(), Some("password"));
        browser.press("Show password").await?;
        assert_eq!(browser.attribute(label, "type").await?.as_deref(), Some("text"));
        assert_eq!(browser.value(label).await?, long);
        browser.press("Hide password").await?;
        assert_eq!(browser.attribute(label, "type").await?.as_deref(), Some("password"));
        assert_eq!(browser.value(label).await?, long);
    }
    Ok(())
}

#[tokio::test]
async fn how_hard_a_password_is_to_guess() -> Result<()> {
    let (house, browser) = visit(Plan::default(), "reset/").await?;
    let list = Path::new("common-passwords.txt");
    let loads = || house.site.served().iter().filter(|file| file.ends_with(list)).count();
    browser.fill("Email address", EMAIL).await?;
    assert_eq!(loads(), 0, "the list is loaded when it is needed");
    for (password, words) in [
        ("sunshine1", "many people use this password"),
        ("alice84", "has the name of your email address in it"),
        ("xyzxyzxyzxyz", "it repeats itself"),
        ("gr7-kq", "because it is short"),
        ("wardrobe-42", "A few more characters"),
        ("wardrobe cloud pencil", "Hard to guess."),
    ] {
        browser.fill("New password", password).await?;
        browser.see(words).await?;
    }
    assert_eq!(loads(), 1);
    // A word and no more: what the homeserver takes is taken.
    browser.fill("New password", "gr7-kq").await?;
    browser.press("Send Reset Email").await?;
    browser.see_heading("Check your email").await
}

/// What is late finds another page, and leaves it alone.
#[tokio::test]
async fn a_list_that_comes_late_disturbs_nobody() -> Result<()> {
    let site = site().await?;
    let browser = browser_at(&site, "reset/").await?;
    browser.see_heading("Set a new password").await?;
    browser.set_latency(Duration::from_secs(3)).await?;
    browser.fill("New password", "x").await?;
    browser.press("Sign in instead").await?;
    browser.fill("Username, Matrix ID or email address", "alice").await?;
    let arrived = "return performance.getEntriesByType('resource')
        .some((entry) => entry.name.endsWith('/common-passwords.txt') && entry.responseEnd > 0)";
    wait_for("the list", Duration::from_secs(20), || async {
        Ok((browser.script(arrived, vec![]).await? == true).then_some(()))
    })
    .await?;
    assert_eq!(browser.value("Username, Matrix ID or email address").await?, "alice");
    browser.see_heading("Sign in").await
}

#[tokio::test]
async fn a_password_manager_learns_whose_password_it_is() -> Result<()> {
    let site = site().await?;
    let browser = browser_at(&site, "reset/").await?;
    browser.fill("Email address", EMAIL).await?;
    let username = "const form = document.querySelector('form');
        return form.querySelector('[autocomplete=username]').value";
    assert_eq!(browser.script(username, vec![]).await?, EMAIL);
    Ok(())
}

#[tokio::test]
async fn caps_lock_is_noticed() -> Result<()> {
    let site = site().await?;
    let browser = browser_at(&site, "login/").await?;
    browser.fill("Password", "x").await?;
    let press = "const on = { bubbles: true, modifierCapsLock: arguments[1] };
        document.activeElement.dispatchEvent(new window[arguments[0]]('keyup', on))";
    browser.script(press, vec!["KeyboardEvent".into(), true.into()]).await?;
    browser.see("Caps Lock is on.").await?;
    // As what fills a form in does: an event that only looks like a key.
    browser.script(press, vec!["Event".into(), true.into()]).await?;
    browser.see_no_text("Caps Lock is on.").await
}

#[tokio::test]
async fn the_look_stays_as_it_was_chosen() -> Result<()> {
    let site = site().await?;
    let browser = browser_at(&site, "reset/").await?;
    let theme = "return document.documentElement.dataset.theme";
    assert_eq!(browser.script(theme, vec![]).await?, "");
    browser.fill("Email address", EMAIL).await?;
    let first = browser.tab().await?;
    browser.open_in_new_tab(&site.url("login/")).await?;
    browser.select("Appearance", "Dark, high contrast").await?;
    assert_eq!(browser.script(theme, vec![]).await?, "dark high-contrast");
    browser.reload().await?;
    assert_eq!(browser.script(theme, vec![]).await?, "dark high-contrast");
    browser.switch_to(&first).await?;
    assert_eq!(browser.script(theme, vec![]).await?, "dark high-contrast", "in other tabs too");
    assert_eq!(browser.value("Email address").await?, EMAIL, "and nothing typed is lost");
    browser.select("Appearance", "As on this device").await?;
    assert_eq!(browser.script(theme, vec![]).await?, "");
    Ok(())
}
