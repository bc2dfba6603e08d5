//! The whole guide with the keyboard alone. Each step of the way it can be seen
//! what has the focus.

use anyhow::{Result, ensure};
use testbed::browser::{Browser, Key};
use testbed::guide::{EMAIL, NEW, visit};
use testbed::house::Plan;

#[tokio::test]
async fn the_guide_with_the_keyboard_alone() -> Result<()> {
    let (mut house, browser) = visit(Plan::default(), "login/").await?;
    let first_tab = browser.tab().await?;
    browser.see_heading("Sign in").await?;
    press(&browser, "link", "Set a new one", Key::Enter).await?;
    ask_for_a_mail(&browser).await?;
    browser.see_heading("Check your email").await?;
    press(&browser, "button", "I have verified my email address", Key::Space).await?;
    browser.see("Your email address is not confirmed yet.").await?;

    let mail = house.mail.wait(EMAIL, 1).await?;
    browser.open_in_new_tab(mail.link()?).await?;
    press(&browser, "button", "Confirm changing my password", Key::Enter).await?;
    browser.see_heading("Your email address is confirmed").await?;
    browser.tab_to("link", "Return to login screen").await?;

    browser.switch_to(&first_tab).await?;
    browser.see_heading("Your password has been changed").await?;
    press(&browser, "link", "Return to login screen", Key::Enter).await?;
    sign_in_and_out(&browser).await
}

/// Without this, a focus that is seen might only mean that nobody looked.
#[tokio::test]
async fn a_focus_that_cannot_be_seen_is_found() -> Result<()> {
    let browser = Browser::start(Default::default()).await?;
    for (style, problem) in [
        ("outline: none", "does not show that it has the focus"),
        ("position: fixed; left: -99rem", "is not within the window"),
        ("position: relative; z-index: -1", "is covered"),
    ] {
        let covered = "<div style='position: fixed; inset: 0'></div>";
        let covered = if problem == "is covered" { covered } else { "" };
        let page = format!("<button style='{style}'>one</button><button>two</button>{covered}");
        browser.open(&format!("data:text/html,{page}")).await?;
        let error = format!("{:#}", browser.tab_to("button", "two").await.unwrap_err());
        assert!(error.contains("button “one”") && error.contains(problem), "{style}: {error}");
    }
    Ok(())
}

async fn ask_for_a_mail(browser: &Browser) -> Result<()> {
    browser.see_heading("Set a new password").await?;
    fill(browser, "Email address", EMAIL).await?;
    fill(browser, "New password", NEW).await?;
    browser.tab_to("radio", "Sign out of all my other sessions").await?;
    browser.press_key(Key::Down).await?;
    has_focus(browser, "radio", "Keep my other sessions signed in").await?;
    assert!(browser.is_chosen("Keep my other sessions signed in").await?);
    press(browser, "button", "Send Reset Email", Key::Space).await
}

async fn sign_in_and_out(browser: &Browser) -> Result<()> {
    browser.see_heading("Sign in").await?;
    // The address that is there already is selected on the way in.
    fill(browser, "Username, Matrix ID or email address", "alice").await?;
    fill(browser, "Password", NEW).await?;
    browser.press_key(Key::Enter).await?;
    browser.see_heading("Your account").await?;
    browser.see("@alice:example.org").await?;
    press(browser, "link", "Sign out", Key::Enter).await?;
    browser.see_heading("Sign out").await?;
    press(browser, "button", "Sign out", Key::Space).await?;
    browser.see_heading("Sign in").await
}

async fn press(browser: &Browser, role: &str, name: &str, key: Key) -> Result<()> {
    browser.tab_to(role, name).await?;
    browser.press_key(key).await
}

async fn fill(browser: &Browser, name: &str, text: &str) -> Result<()> {
    browser.tab_to("textbox", name).await?;
    browser.keys(text).await
}

async fn has_focus(browser: &Browser, role: &str, name: &str) -> Result<()> {
    let focused = browser.focused_node().await?;
    let is_it = focused.as_ref().is_some_and(|focused| focused.is(role, name));
    ensure!(is_it, "not the {role} “{name}” has the focus but {focused:?}");
    Ok(())
}
