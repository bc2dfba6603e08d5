//! The steps of the guide, as a person takes them.

use crate::browser::{Browser, Tab};
use crate::house::House;
use anyhow::{Result, ensure};

/// Step 4: the form is filled in and sent.
pub async fn send_reset_email(browser: &Browser, email: &str, password: &str) -> Result<()> {
    browser.see_heading("Set a new password").await?;
    browser.fill("Email address", email).await?;
    browser.fill("New password", password).await?;
    browser.press("Send Reset Email").await
}

/// Steps 5 to 7: the newest mail to an address is opened in a new tab, and the
/// homeserver's own button is pressed. Gives back the new tab, which is in front
/// and shows what comes after it.
pub async fn confirm_in_new_tab(
    house: &mut House,
    browser: &Browser,
    email: &str,
    mails: usize,
) -> Result<Tab> {
    let mail = house.mail.wait(email, mails).await?;
    let tab = browser.open_in_new_tab(mail.link()?).await?;
    browser.press("Confirm changing my password").await?;
    browser.see_no_more("Confirm changing my password").await?;
    Ok(tab)
}

/// Step 11.
pub async fn sign_in(browser: &Browser, name: &str, password: &str) -> Result<()> {
    browser.see_heading("Sign in").await?;
    browser.fill("Username, Matrix ID or email address", name).await?;
    browser.fill("Password", password).await?;
    browser.press("Sign in").await
}

/// A secret is in no storage, in no address, and in no line of the console. It
/// is to be of letters that look the same in all of them.
pub async fn secret_is_nowhere(browser: &Browser, secret: &str) -> Result<()> {
    let (storage, address) = (browser.storage().await?, browser.address().await?);
    ensure!(!storage.contains(secret), "a secret is in storage: {storage}");
    ensure!(!address.contains(secret), "a secret is in the address: {address}");
    let history = browser.script("return JSON.stringify(history.state)", vec![]).await?;
    ensure!(!history.to_string().contains(secret), "a secret is in the history: {history}");
    let loaded = "return performance.getEntries().map((entry) => entry.name).join(' ')";
    let loaded = browser.script(loaded, vec![]).await?;
    ensure!(!loaded.to_string().contains(secret), "a secret is in an address: {loaded}");
    for line in browser.console().await? {
        ensure!(!line.contains(secret), "a secret is on the console: {line}");
    }
    Ok(())
}
