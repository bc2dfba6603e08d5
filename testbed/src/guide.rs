//! The steps of the guide, as Alice takes them, who forgot her password.

use crate::browser::{self, Browser, Tab};
use crate::house::{House, Plan};
use crate::synapse::{ADMIN, ADMIN_PASSWORD};
use anyhow::{Result, ensure};

/// Each route with the heading that somebody finds who is signed out and types its address.
pub const ROUTES: [(&str, &str); 15] = [
    ("", "Get back into your Matrix account"),
    ("login/", "Sign in"),
    ("reset/", "Set a new password"),
    ("reset/check-email/", "Set a new password"),
    ("reset/verified/", "Go back to the first tab"),
    ("reset/resume/", "Go on with the link in the email"),
    ("reset/done/", "Sign in"),
    ("check/", "Before you set a new password"),
    ("account/", "Sign in"),
    ("sign-out/", "Sign in"),
    ("help/", "Help"),
    ("admin/", "Recover somebody’s account"),
    ("admin/users/", "Recover somebody’s account"),
    ("admin/user/", "Recover somebody’s account"),
    ("admin/many/", "Recover somebody’s account"),
];

/// Her email address.
pub const EMAIL: &str = "alice@example.org";
/// The password that she forgot.
pub const OLD: &str = "the-old-password-1";
/// The password that she wants. It is of letters that look the same in an
/// address and in storage, so that it would be found there.
pub const NEW: &str = "the-new-password-2";

/// A homeserver where Alice has an account, and a browser at a page of the site.
pub async fn visit(plan: Plan, page: &str) -> Result<(House, Browser)> {
    let house = House::build(plan).await?;
    house.synapse.register("alice", OLD, Some(EMAIL)).await?;
    let browser = Browser::start(browser::Options::default()).await?;
    browser.open(&house.site.url(page)).await?;
    browser.arrive().await?;
    Ok((house, browser))
}

/// Step 4: the form is filled in and sent.
pub async fn send_reset_email(browser: &Browser, email: &str, password: &str) -> Result<()> {
    browser.see_heading("Set a new password").await?;
    browser.fill("Email address", email).await?;
    browser.fill("New password", password).await?;
    browser.press("Send Reset Email").await
}

/// Steps 5 to 7: Alice's newest mail, after so many of them, is opened in a new
/// tab, and the homeserver's own button is pressed. Gives back the new tab,
/// which is in front and shows what comes after it.
pub async fn confirm_in_new_tab(house: &mut House, browser: &Browser, mails: usize) -> Result<Tab> {
    let mail = house.mail.wait(EMAIL, mails).await?;
    let tab = browser.open_in_new_tab(mail.link()?).await?;
    browser.press("Confirm changing my password").await?;
    browser.see_no_more("Confirm changing my password").await?;
    Ok(tab)
}

/// Steps 5 to 9, from the original tab and back to it. It goes on by itself.
pub async fn confirm_and_come_back(
    house: &mut House,
    browser: &Browser,
    mails: usize,
) -> Result<()> {
    browser.see_heading("Check your email").await?;
    let first_tab = browser.tab().await?;
    confirm_in_new_tab(house, browser, mails).await?;
    browser.switch_to(&first_tab).await?;
    browser.see_heading("Your password has been changed").await
}

/// Step 11.
pub async fn sign_in(browser: &Browser, name: &str, password: &str) -> Result<()> {
    browser.see_heading("Sign in").await?;
    browser.fill("Username, Matrix ID or email address", name).await?;
    browser.fill("Password", password).await?;
    browser.press("Sign in").await
}

/// Steps 1 and 2, of this site's own session.
pub async fn sign_out(browser: &Browser) -> Result<()> {
    browser.see_heading("Your account").await?;
    browser.press("Sign out").await?;
    browser.see_heading("Sign out").await?;
    browser.press("Sign out").await?;
    browser.see_heading("Sign in").await
}

/// A secret is in no storage, in no address, and in no line of the console.
pub async fn secret_is_nowhere(browser: &Browser, secret: &str) -> Result<()> {
    let (storage, address) = (browser.storage().await?, browser.address().await?);
    ensure!(!storage.contains(secret), "a secret is in storage: {storage}");
    ensure!(storage.ends_with(",[],[]]"), "there are databases or caches: {storage}");
    ensure!(!address.contains(secret), "a secret is in the address: {address}");
    let loaded = "return performance.getEntries().map((entry) => entry.name).join(' ')";
    let loaded = browser.script(loaded, vec![]).await?;
    ensure!(!loaded.to_string().contains(secret), "a secret is in an address: {loaded}");
    for line in browser.console().await? {
        ensure!(!line.contains(secret), "a secret is on the console: {line}");
    }
    Ok(())
}

/// Steps 6 and 7 somewhere else: in a browser that knows nothing of the reset.
pub async fn confirm_elsewhere(link: &str) -> Result<Browser> {
    let other = Browser::start(browser::Options::default()).await?;
    other.open(link).await?;
    other.press("Confirm changing my password").await?;
    other.see_no_more("Confirm changing my password").await?;
    Ok(other)
}

/// The heading of the page that asks once more for the password after a reload.
pub const AGAIN: &str = "Type your new password again";

/// All that is missing is the password, on a page with this heading.
pub async fn type_again(browser: &Browser, heading: &str, password: &str) -> Result<()> {
    browser.see_heading(heading).await?;
    browser.fill("New password", password).await?;
    browser.press("Go on").await
}

/// An administrator signs in, at the entrance for them.
pub async fn enter_as_administrator(browser: &Browser) -> Result<()> {
    enter_as(browser, ADMIN, ADMIN_PASSWORD).await
}

/// Somebody tries to sign in at the entrance for administrators.
pub async fn enter_as(browser: &Browser, name: &str, password: &str) -> Result<()> {
    browser.fill("Username or Matrix ID", name).await?;
    browser.fill("Password", password).await?;
    browser.press("Sign in").await
}
