//! The whole guide, the wait and the signed-in part in each kind of browser. What only
//! Chromium can be driven to do is in the other tests.

use anyhow::Result;
use std::time::Duration;
use testbed::browser::{self, Browser, Engine};
use testbed::guide::{
    EMAIL, NEW, OLD, confirm_in_new_tab, send_reset_email, sign_in, sign_out, type_again,
};
use testbed::house::{House, Plan};
use testbed::net::wait_for;

async fn visit(engine: Engine, page: &str) -> Result<(House, Browser)> {
    let house = House::build(Plan::default()).await?;
    house.synapse.register("alice", OLD, Some(EMAIL)).await?;
    let browser = Browser::start(browser::Options { engine, ..Default::default() }).await?;
    browser.open(&house.site.url(page)).await?;
    browser.arrive().await?;
    Ok((house, browser))
}

/// From the forgotten password to signing out again.
async fn the_whole_guide(engine: Engine) -> Result<()> {
    let (mut house, browser) = visit(engine, "login/").await?;
    let elsewhere = house.synapse.login("alice", OLD).await?;
    browser.press("Set a new one").await?;
    send_reset_email(&browser, EMAIL, NEW).await?;
    browser.see_heading("Check your email").await?;
    let first_tab = browser.tab().await?;
    browser.press("I have verified my email address").await?;
    browser.see("Your email address is not confirmed yet.").await?;
    confirm_in_new_tab(&mut house, &browser, 1).await?;
    browser.see_heading("Your email address is confirmed").await?;
    browser.see("Your new password is set. You can close this tab.").await?;
    browser.switch_to(&first_tab).await?;
    browser.see_heading("Your password has been changed").await?;
    assert!(!house.synapse.is_signed_in(&elsewhere).await?);
    browser.press("Return to login screen").await?;
    assert_eq!(browser.value("Username, Matrix ID or email address").await?, EMAIL);
    sign_in(&browser, "alice", NEW).await?;
    sign_out(&browser).await?;
    assert_eq!(house.synapse.sessions("alice").await?, []);
    Ok(())
}

/// Loaded again while it waits; confirmed in another browser; another mail.
async fn the_wait(engine: Engine) -> Result<()> {
    let (mut house, browser) = visit(engine, "reset/").await?;
    send_reset_email(&browser, EMAIL, NEW).await?;
    browser.see_heading("Check your email").await?;
    browser.reload().await?;
    type_again(&browser, testbed::guide::AGAIN, NEW).await?;
    browser.see_heading("Check your email").await?;
    browser.press_later("Send the email again").await?;
    browser.see("You asked for another email.").await?;
    let link = house.mail.wait(EMAIL, 2).await?;
    testbed::guide::confirm_elsewhere(link.link()?).await?;
    browser.see_heading("Your password has been changed").await?;
    house.synapse.login("alice", NEW).await?;
    Ok(())
}

/// What is at stake, and a recovery key that is tried out; sessions and addresses.
async fn signed_in(engine: Engine) -> Result<()> {
    let (mut house, browser) = visit(engine, "login/").await?;
    let other = house.synapse.login("alice", OLD).await?;
    sign_in(&browser, "alice", OLD).await?;
    browser.see_heading("Your account").await?;
    browser.see("Your sessions").await?;
    browser.press("Sign out of all my other sessions").await?;
    browser.press("Sign it out").await?;
    browser.fill("Current password", OLD).await?;
    browser.press("Confirm").await?;
    browser.see("The session was signed out.").await?;
    wait_for("the other session to end", Duration::from_secs(20), || async {
        Ok((!house.synapse.is_signed_in(&other).await?).then_some(()))
    })
    .await?;
    browser.fill("New email address", "new@example.org").await?;
    browser.press("Send the email").await?;
    browser.see("An email is on its way to new@example.org.").await?;
    let first_tab = browser.tab().await?;
    let mail = house.mail.wait("new@example.org", 1).await?;
    browser.open_in_new_tab(mail.link()?).await?;
    browser.switch_to(&first_tab).await?;
    browser.press("I have opened the link").await?;
    browser.fill("Current password", OLD).await?;
    browser.press("Confirm").await?;
    browser.see("new@example.org was added.").await
}

/// Another language, which loses nothing that was typed.
async fn another_language(engine: Engine) -> Result<()> {
    let (_house, browser) = visit(engine, "reset/?lang=en").await?;
    browser.fill("Email address", EMAIL).await?;
    browser.fill("New password", NEW).await?;
    browser.select("Language", "العربية").await?;
    let root = "return document.documentElement.dir === 'rtl'";
    browser.wait_until(root, vec![]).await?;
    let typed = "return ['email', 'new-password'].map((id) => document.getElementById(id).value)";
    wait_for("what was typed", Duration::from_secs(20), || async {
        let typed = browser.script(typed, vec![]).await?;
        Ok((typed == serde_json::json!([EMAIL, NEW])).then_some(()))
    })
    .await
}

#[tokio::test]
async fn the_whole_guide_in_firefox() -> Result<()> {
    the_whole_guide(Engine::Firefox).await
}

#[tokio::test]
async fn the_whole_guide_in_webkit() -> Result<()> {
    the_whole_guide(Engine::WebKit).await
}

#[tokio::test]
async fn the_wait_in_firefox() -> Result<()> {
    the_wait(Engine::Firefox).await
}

#[tokio::test]
async fn the_wait_in_webkit() -> Result<()> {
    the_wait(Engine::WebKit).await
}

#[tokio::test]
async fn signed_in_in_firefox() -> Result<()> {
    signed_in(Engine::Firefox).await
}

#[tokio::test]
async fn signed_in_in_webkit() -> Result<()> {
    signed_in(Engine::WebKit).await
}

#[tokio::test]
async fn another_language_in_firefox() -> Result<()> {
    another_language(Engine::Firefox).await
}

#[tokio::test]
async fn another_language_in_webkit() -> Result<()> {
    another_language(Engine::WebKit).await
}
