//! The whole guide by ear: only what the browser hands to a screen reader is
//! used to find the way.

use anyhow::{Result, ensure};
use testbed::browser::{Browser, words};
use testbed::guide::{EMAIL, NEW, visit};
use testbed::house::Plan;

#[tokio::test]
async fn the_guide_by_ear_alone() -> Result<()> {
    let (mut house, browser) = visit(Plan::default(), "login/").await?;
    let first_tab = browser.tab().await?;
    arrive(&browser, "Sign in").await?;
    press(&browser, "link", "Set a new one").await?;
    arrive(&browser, "Set a new password").await?;
    fill(&browser, "Email address", EMAIL).await?;
    fill(&browser, "New password", NEW).await?;
    press(&browser, "radio", "Keep my other sessions signed in").await?;
    press(&browser, "button", "Send Reset Email").await?;
    arrive(&browser, "Check your email").await?;

    let mail = house.mail.wait(EMAIL, 1).await?;
    browser.open_in_new_tab(mail.link()?).await?;
    press(&browser, "button", "Confirm changing my password").await?;
    arrive(&browser, "Your email address is confirmed").await?;

    browser.switch_to(&first_tab).await?;
    arrive(&browser, "Your password has been changed").await?;
    press(&browser, "link", "Return to login screen").await?;
    arrive(&browser, "Sign in").await?;
    fill(&browser, "Username, Matrix ID or email address", "alice").await?;
    fill(&browser, "Password", NEW).await?;
    press(&browser, "button", "Sign in").await?;
    arrive(&browser, "Your account").await?;
    press(&browser, "link", "Sign out").await?;
    arrive(&browser, "Sign out").await?;
    press(&browser, "button", "Sign out").await?;
    arrive(&browser, "Sign in").await
}

/// What is wrong is said with the field that it is about.
#[tokio::test]
async fn what_is_wrong_with_a_field_is_heard_in_it() -> Result<()> {
    let (_house, browser) = visit(Plan::default(), "login/").await?;
    press(&browser, "button", "Sign in").await?;
    browser.see("Type your password.").await?;
    let field = browser.hear("textbox", "Password").await?;
    assert_eq!(field.states["invalid"], "true");
    assert!(field.description.contains("Type your password."), "{field:?}");
    arrive(&browser, "Sign in").await
}

/// The page is there when its heading is, the only one of the first level, and
/// it has the parts that a screen reader jumps to, each of them once.
async fn arrive(browser: &Browser, heading: &str) -> Result<()> {
    let heading = browser.hear("heading", heading).await?;
    ensure!(heading.states["level"] == 1, "{heading} is of level {}", heading.states["level"]);
    let tree = browser.tree().await?;
    let said = words(&tree);
    let first_level = tree.iter().filter(|node| node.states.get("level") == Some(&1.into()));
    let headings = first_level.filter(|node| node.role == "heading").count();
    ensure!(headings == 1, "{headings} headings of level 1 among:\n{said}");
    for landmark in ["banner", "main", "contentinfo"] {
        let landmarks = tree.iter().filter(|node| node.role == landmark).count();
        ensure!(landmarks == 1, "{landmarks} times {landmark} among:\n{said}");
    }
    Ok(())
}

async fn press(browser: &Browser, role: &str, name: &str) -> Result<()> {
    browser.activate(&browser.hear(role, name).await?).await
}

async fn fill(browser: &Browser, name: &str, text: &str) -> Result<()> {
    browser.type_into(&browser.hear("textbox", name).await?, text).await
}
