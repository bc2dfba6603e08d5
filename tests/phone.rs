//! On a phone: touched, small, with its own keyboards, and with a tab that the system forgets
//! while the mail app is in front.

use anyhow::Result;
use serde_json::{Value, json};
use testbed::browser::Browser;
use testbed::guide::{
    AGAIN, EMAIL, NEW, OLD, confirm_elsewhere, send_reset_email, sign_in, type_again, visit,
};
use testbed::house::{House, Plan};

async fn on_a_phone(page: &str) -> Result<(House, Browser)> {
    let (house, browser) = visit(Plan::default(), page).await?;
    hold(&browser).await?;
    Ok((house, browser))
}

/// What is driven is a phone, as long as the browser runs.
async fn hold(browser: &Browser) -> Result<()> {
    browser.set_screen(360, 740).await?;
    browser.touch().await
}

#[tokio::test]
async fn a_tab_that_was_forgotten_finishes_its_reset() -> Result<()> {
    let (mut house, mut browser) = on_a_phone("reset/").await?;
    send_reset_email(&browser, EMAIL, NEW).await?;
    browser.see_heading("Check your email").await?;
    browser.forget().await?;
    // Meanwhile the link is opened in the browser of the mail app.
    confirm_elsewhere(house.mail.wait(EMAIL, 1).await?.link()?).await?;
    browser.restore(&house.site.url("reset/check-email/")).await?;
    hold(&browser).await?;
    // The password was in memory only, and is all that is asked for.
    type_again(&browser, AGAIN, NEW).await?;
    browser.see_heading("Your password has been changed").await?;
    house.synapse.login("alice", NEW).await?;
    assert_eq!(house.mail.to(EMAIL)?.len(), 1, "no other mail was needed");
    Ok(())
}

#[tokio::test]
async fn a_tab_that_was_forgotten_is_still_signed_in() -> Result<()> {
    let (house, mut browser) = on_a_phone("login/").await?;
    sign_in(&browser, "alice", OLD).await?;
    browser.see_heading("Your account").await?;
    browser.forget().await?;
    browser.restore(&house.site.url("account/")).await?;
    hold(&browser).await?;
    browser.see_heading("Your account").await?;
    browser.see("You are signed in as @alice:example.org.").await
}

/// The keyboard on the screen offers what is typed there, and says what comes next.
#[tokio::test]
async fn the_keyboard_fits_the_field() -> Result<()> {
    let (house, browser) = on_a_phone("login/").await?;
    let fields = "return [...document.querySelectorAll('main input:not([hidden], [type=radio])')]
        .map((it) => [it.id, it.type, it.inputMode, it.enterKeyHint, it.autocomplete,
            it.autocapitalize, it.getAttribute('spellcheck')])";
    let text = |id: &str, kind: &str, keys: &str, enter: &str, fill: &str| -> Value {
        json!([id, kind, keys, enter, fill, "none", "false"])
    };
    browser.see_heading("Sign in").await?;
    let there = browser.script(fields, vec![]).await?;
    let wanted = json!([
        text("username", "text", "email", "next", "username"),
        text("password", "password", "text", "go", "current-password"),
    ]);
    assert_eq!(there, wanted);
    browser.open(&house.site.url("reset/")).await?;
    browser.see_heading("Set a new password").await?;
    let there = browser.script(fields, vec![]).await?;
    let wanted = json!([
        text("email", "email", "email", "", "email"),
        text("new-password", "password", "text", "go", "new-password"),
    ]);
    assert_eq!(there, wanted);
    Ok(())
}
