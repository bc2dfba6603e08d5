//! The tab is loaded again, copied, closed, or on another device: the reset goes
//! on, and only the password is asked for again.

use anyhow::Result;
use serde_json::Value;
use testbed::browser::{self, Browser};
use testbed::guide::{
    AGAIN, EMAIL, NEW, OLD, confirm_elsewhere, confirm_in_new_tab, secret_is_nowhere,
    send_reset_email, type_again, visit,
};
use testbed::house::{House, Plan};
use testbed::proxy::{Instead, Which};

const DONE: &str = "Your password has been changed";
const REPLACE: &str = "Another reset is under way here";
/// Of a link alone, the site does not know whose account it is for.
const DONE_BY_LINK: &str = "The password has been changed";
const RESUME: &str = "Go on with the link in the email";

async fn wait_for_the_link() -> Result<(House, Browser)> {
    let (house, browser) = visit(Plan::default(), "reset/").await?;
    send_reset_email(&browser, EMAIL, NEW).await?;
    browser.see_heading("Check your email").await?;
    Ok((house, browser))
}

fn client_secrets(house: &House) -> Vec<Value> {
    let asked = house.proxy.exchanges("/requestToken");
    asked.iter().map(|exchange| exchange.json()["client_secret"].clone()).collect()
}

/// From the form to the end, the page is loaded again wherever it can be.
#[tokio::test]
async fn a_reload_in_every_state() -> Result<()> {
    let (mut house, browser) = visit(Plan::default(), "reset/").await?;
    for (path, busy) in
        [("/account/password", "Checking the password…"), ("/requestToken", "Sending the email…")]
    {
        browser.choose("Keep my other sessions signed in").await?;
        house.proxy.answer(path, Instead::Silence);
        send_reset_email(&browser, EMAIL, NEW).await?;
        browser.see(busy).await?;
        browser.reload().await?;
        browser.see_heading("Set a new password").await?;
        assert_eq!(browser.value("Email address").await?, EMAIL);
        assert!(browser.is_chosen("Keep my other sessions signed in").await?);
        assert_eq!(browser.value("New password").await?, "");
        house.proxy.be_honest();
    }
    // This time the mail was sent, but the page never learned it.
    house.proxy.answer("/requestToken", Instead::Lost);
    send_reset_email(&browser, EMAIL, NEW).await?;
    browser.see("example.org does not answer.").await?;
    browser.reload().await?;
    house.proxy.be_honest();
    send_reset_email(&browser, EMAIL, NEW).await?;
    browser.see_heading("Check your email").await?;
    assert_eq!(house.mail.to(EMAIL)?.len(), 1, "the same mail is waited for");

    browser.reload().await?;
    browser.see_heading(AGAIN).await?;
    browser.see(EMAIL).await?;
    assert!(browser.is_chosen("Keep my other sessions signed in").await?);
    browser.press("Go on").await?;
    browser.see("Type a new password.").await?;
    browser.reload().await?;
    type_again(&browser, AGAIN, NEW).await?;
    browser.see_heading("Check your email").await?;
    secret_is_nowhere(&browser, NEW).await?;

    // While another mail is asked for, and on the way back to the form.
    house.proxy.answer("/requestToken", Instead::Silence);
    browser.press_later("Send the email again").await?;
    browser.see("Sending the email again…").await?;
    browser.reload().await?;
    house.proxy.be_honest();
    type_again(&browser, AGAIN, NEW).await?;
    browser.press("Use another email address or password").await?;
    browser.see_heading("Set a new password").await?;
    browser.reload().await?;
    browser.press("Go on waiting for it").await?;
    type_again(&browser, AGAIN, NEW).await?;
    browser.see_heading("Check your email").await?;

    // While the password is changed: the server does it, the page never learns.
    house.proxy.answer_some("/account/password", Which::WithAuth, Instead::Lost);
    confirm_elsewhere(house.mail.wait(EMAIL, 1).await?.link()?).await?;
    browser.see("example.org does not answer.").await?;
    house.synapse.login("alice", NEW).await?;
    browser.reload().await?;
    house.proxy.be_honest();
    type_again(&browser, AGAIN, NEW).await?;
    browser.see_heading(DONE).await?;
    browser.reload().await?;
    browser.see_heading("Sign in").await?;
    let mut secrets = client_secrets(&house);
    secrets.dedup();
    assert_eq!(secrets.len(), 1, "it was one reset all the way");
    Ok(())
}

#[tokio::test]
async fn back_and_forward() -> Result<()> {
    let (mut house, browser) = wait_for_the_link().await?;
    let first_tab = browser.tab().await?;
    browser.back().await?;
    browser.see_heading("Set a new password").await?;
    assert_eq!(browser.value("Email address").await?, EMAIL);
    browser.forward().await?;
    browser.see_heading("Check your email").await?;
    // Browsers keep a page that was left for a while as it was, password and all.
    browser.open("about:blank").await?;
    browser.back().await?;
    browser.see_heading("Check your email").await?;
    confirm_in_new_tab(&mut house, &browser, 1).await?;
    browser.switch_to(&first_tab).await?;
    browser.see_heading(DONE).await?;
    house.synapse.login("alice", NEW).await?;
    Ok(())
}

/// In a browser that knows nothing of the reset.
#[tokio::test]
async fn the_tab_is_closed_and_the_link_is_pasted_elsewhere() -> Result<()> {
    let (mut house, browser) = wait_for_the_link().await?;
    let mail = house.mail.wait(EMAIL, 1).await?;
    drop(browser);
    let browser = Browser::start(browser::Options::default()).await?;
    browser.open(&house.site.url("")).await?;
    browser.press("Go on with the link in the email").await?;
    browser.see_heading(RESUME).await?;
    for (pasted, words) in [
        ("", "Paste the link from the email."),
        ("hello", "This is not the link from an email for a new password."),
        (&mail.link()?[..mail.link()?.len() - 30], "The end of the link is missing."),
        ("https://x.example/recovery?ticket=1", "This link leads to a page of your homeserver"),
    ] {
        browser.fill("The link from the email", pasted).await?;
        browser.press("Go on").await?;
        browser.see(words).await?;
        assert_eq!(browser.value("The link from the email").await?, pasted);
    }
    let wrapped = mail.link()?.replace(':', "%3A").replace('/', "%2F").replace('&', "%26");
    let wrapped = wrapped.replace('?', "%3F").replace('=', "%3D");
    let wrapped = format!("https://scanner.example/?url={wrapped}&x=1");
    browser.fill("The link from the email", &wrapped).await?;
    browser.press("Go on").await?;
    type_again(&browser, "Choose your new password", NEW).await?;
    browser.see_heading("Check your email").await?;
    secret_is_nowhere(&browser, NEW).await?;

    // The page leads to the page behind the link, and finishes by itself.
    let this_tab = browser.tab().await?;
    let other = browser.press_and_follow("Open the link.").await?;
    browser.press("Confirm changing my password").await?;
    browser.see("Your new password is set.").await?;
    assert_ne!(format!("{other:?}"), format!("{this_tab:?}"));
    browser.switch_to(&this_tab).await?;
    browser.see_heading(DONE_BY_LINK).await?;
    house.synapse.login("alice", NEW).await?;
    assert!(house.synapse.login("alice", OLD).await.is_err());
    Ok(())
}

/// The tab that the mail opened finishes the reset without any pasting.
#[tokio::test]
async fn the_tab_is_closed_and_the_mails_tab_finishes() -> Result<()> {
    let (mut house, browser) = wait_for_the_link().await?;
    let first_tab = browser.tab().await?;
    let mail = house.mail.wait(EMAIL, 1).await?;
    let mails_tab = browser.open_in_new_tab(mail.link()?).await?;
    browser.switch_to(&first_tab).await?;
    browser.close_tab().await?;
    browser.switch_to(&mails_tab).await?;
    browser.press("Confirm changing my password").await?;
    browser.see("If the tab that you started in is still open").await?;
    assert_eq!(browser.address().await?, house.site.url("reset/verified/"));
    browser.reload().await?;
    browser.press("Set my new password here").await?;
    browser.see("Continue only if you requested this email yourself.").await?;
    assert!(browser.is_chosen("Sign out of all my other sessions").await?, "as in the form");
    type_again(&browser, "Choose your new password", NEW).await?;
    browser.see_heading(DONE_BY_LINK).await?;
    house.synapse.login("alice", NEW).await?;
    Ok(())
}

/// The person finishes elsewhere, and the first tab says so in the end.
#[tokio::test]
async fn two_tabs_with_the_same_reset() -> Result<()> {
    let (mut house, browser) = wait_for_the_link().await?;
    let first_tab = browser.tab().await?;
    let copy = browser.copy_tab().await?;
    type_again(&browser, AGAIN, "the-password-of-the-copy").await?;
    browser.see_heading("Check your email").await?;
    confirm_elsewhere(house.mail.wait(EMAIL, 1).await?.link()?).await?;
    browser.see_heading(DONE).await?;
    let copys = browser.text().await?.contains("It was set in another tab.");
    browser.switch_to(&first_tab).await?;
    browser.see_heading(DONE).await?;
    let firsts = browser.text().await?.contains("It was set in another tab.");
    assert_ne!(copys, firsts, "one of them set it, and the other one says so");
    let password = if copys { NEW } else { "the-password-of-the-copy" };
    house.synapse.login("alice", password).await?;
    browser.switch_to(&copy).await?;
    assert!(!browser.storage().await?.contains("client_secret"));
    Ok(())
}

/// The first tab finishes while the password is typed into the mail's tab of
/// another device, where the link is then known to be used.
#[tokio::test]
async fn the_first_tab_finishes_before_another_device() -> Result<()> {
    let (mut house, browser) = wait_for_the_link().await?;
    let other = confirm_elsewhere(house.mail.wait(EMAIL, 1).await?.link()?).await?;
    other.press("Set my new password here").await?;
    browser.see_heading(DONE).await?;
    type_again(&other, "Choose your new password", "another-password").await?;
    other.see("The link of this email has been used already.").await?;
    other.press("Sign in with it").await?;
    other.see_heading("Sign in").await?;
    house.synapse.login("alice", NEW).await?;
    Ok(())
}

/// On another device nobody can tell this one, so it offers to sign in.
#[tokio::test]
async fn another_device_finishes_first() -> Result<()> {
    let (mut house, browser) = wait_for_the_link().await?;
    browser.set_offline(true).await?;
    let other = confirm_elsewhere(house.mail.wait(EMAIL, 1).await?.link()?).await?;
    other.press("Set my new password here").await?;
    type_again(&other, "Choose your new password", NEW).await?;
    other.see_heading(DONE_BY_LINK).await?;
    browser.set_offline(false).await?;
    browser.press("I have verified my email address").await?;
    browser.see("Did you set the new password in another tab or on another device?").await?;
    browser.press("Sign in with it").await?;
    browser.see_heading("Sign in").await?;
    house.synapse.login("alice", NEW).await?;
    Ok(())
}

/// What was chosen in the form holds in the browser that the email opens.
#[tokio::test]
async fn choice_about_other_devices_travels_in_the_link() -> Result<()> {
    let (mut house, browser) = visit(Plan::default(), "reset/").await?;
    let elsewhere = house.synapse.login("alice", OLD).await?;
    browser.choose("Keep my other sessions signed in").await?;
    send_reset_email(&browser, EMAIL, NEW).await?;
    browser.see_heading("Check your email").await?;
    drop(browser);
    let other = confirm_elsewhere(house.mail.wait(EMAIL, 1).await?.link()?).await?;
    other.press("Set my new password here").await?;
    other.see_heading("Choose your new password").await?;
    assert!(other.is_chosen("Keep my other sessions signed in").await?);
    type_again(&other, "Choose your new password", NEW).await?;
    other.see_heading(DONE_BY_LINK).await?;
    assert!(house.synapse.is_signed_in(&elsewhere).await?, "nothing was signed out");

    // The link of another client does not tell, so nothing is lost.
    let link = format!(
        "{}/_synapse/client/password_reset/email/submit_token?token=a&client_secret=b&sid=c",
        house.proxy.url()
    );
    other.open(&house.site.url("reset/resume/")).await?;
    other.fill("The link from the email", &link).await?;
    other.press("Go on").await?;
    other.see_heading("Choose your new password").await?;
    assert!(other.is_chosen("Keep my other sessions signed in").await?);
    Ok(())
}

/// A link that someone else made up leads to their own reset on the right server.
#[tokio::test]
async fn forged_finishing_link_claims_nothing() -> Result<()> {
    let (house, browser) = visit(Plan::default(), "").await?;
    let forged = format!("reset/verified/#hs={}&cs=secret&logout=1?sid=sid", house.proxy.url());
    browser.open(&house.site.url(&forged)).await?;
    browser.see("If you did not request this email, someone else may now be able").await?;
    browser.press("Set my new password here").await?;
    browser.see("the account on example.org that this email was requested for").await?;
    browser.see("Continue only if you requested this email yourself.").await?;
    // Whoever did not request it gets a form for their own address.
    browser.back().await?;
    browser.press("Set a new password now").await?;
    browser.see_heading("Set a new password").await?;
    assert!(browser.is_chosen("Sign out of all my other sessions").await?);
    assert!(!browser.storage().await?.contains("client_secret"), "their reset is given up");
    Ok(())
}

/// In the tab that waits, the link of another email asks before it takes over.
#[tokio::test]
async fn link_of_another_email_asks_before_it_replaces_the_reset() -> Result<()> {
    let (mut house, browser) = wait_for_the_link().await?;
    let second = Browser::start(browser::Options::default()).await?;
    second.open(&house.site.url("reset/")).await?;
    send_reset_email(&second, EMAIL, "the-password-of-the-second").await?;
    second.see_heading("Check your email").await?;
    let link = house.mail.wait(EMAIL, 2).await?.link()?.to_owned();
    drop(second);

    // Pasted.
    browser.open(&house.site.url("reset/resume/")).await?;
    browser.fill("The link from the email", &link).await?;
    browser.press("Go on").await?;
    browser.see_heading(REPLACE).await?;
    browser.see(&format!("you requested an email to {EMAIL}")).await?;
    browser.press("Continue with the first one").await?;
    browser.see_heading(AGAIN).await?;

    // Opened.
    browser.open(&link).await?;
    browser.press("Confirm changing my password").await?;
    browser.see_heading(REPLACE).await?;
    browser.press("Use this link instead").await?;
    browser.see_heading("Your email address is confirmed").await?;
    browser.press("Set my new password here").await?;
    type_again(&browser, "Choose your new password", NEW).await?;
    browser.see_heading(DONE_BY_LINK).await?;
    house.synapse.login("alice", NEW).await?;
    Ok(())
}

#[tokio::test]
async fn a_link_of_a_homeserver_that_the_site_is_not_for() -> Result<()> {
    let (mut house, browser) = wait_for_the_link().await?;
    let link = house.mail.wait(EMAIL, 1).await?.link()?.to_owned();
    let elsewhere =
        House::build(Plan { server_name: "elsewhere.example".into(), ..Plan::default() }).await?;
    browser.open(&elsewhere.site.url("reset/resume/")).await?;
    browser.fill("The link from the email", &link).await?;
    browser.press("Go on").await?;
    browser.see_heading("Is this your homeserver?").await?;
    let host = house.proxy.url().replace("http://", "");
    browser.see(&format!("This link belongs to {host}.")).await?;
    assert!(house.proxy.exchanges("/password_policy").len() < 2, "nothing is asked before");
    browser.press("Cancel").await?;
    browser.see_heading("Set a new password").await?;
    assert!(!browser.storage().await?.contains("client_secret"));

    // Letters that look like others are written out.
    browser.open(&elsewhere.site.url("reset/resume/")).await?;
    let alike = link.replace(&house.proxy.url(), "https://еxample.org");
    browser.fill("The link from the email", &alike).await?;
    browser.press("Go on").await?;
    browser.see("This link belongs to xn--xample-2of.org.").await?;
    browser.press("Cancel").await?;
    browser.see_heading("Set a new password").await?;

    browser.open(&elsewhere.site.url("reset/resume/")).await?;
    browser.fill("The link from the email", &link).await?;
    browser.press("Go on").await?;
    browser.press("My account is there, go on").await?;
    type_again(&browser, "Choose your new password", NEW).await?;
    confirm_elsewhere(&link).await?;
    browser.see_heading(DONE_BY_LINK).await?;
    browser.see(&format!("Sign in on {host} with your Matrix app.")).await?;
    assert!(!browser.text().await?.contains("Return to login screen"), "that is another server's");
    house.synapse.login("alice", NEW).await?;
    assert!(elsewhere.proxy.exchanges("/account/password").is_empty());
    Ok(())
}

#[tokio::test]
async fn what_is_cancelled_leaves_nothing_behind() -> Result<()> {
    let (house, browser) = wait_for_the_link().await?;
    let secret = client_secrets(&house)[0].as_str().unwrap().to_owned();
    assert!(browser.storage().await?.contains(&secret));
    browser.reload().await?;
    type_again(&browser, AGAIN, NEW).await?;
    browser.press("Cancel").await?;
    browser.see_heading("Set a new password").await?;
    assert_eq!(browser.value("Email address").await?, "");
    let storage = browser.storage().await?;
    assert!(!storage.contains(&secret) && !storage.contains(EMAIL), "{storage}");

    // From the form too, while the server is asked.
    house.proxy.answer("/requestToken", Instead::Silence);
    send_reset_email(&browser, EMAIL, NEW).await?;
    browser.press("Cancel").await?;
    browser.see_no_text("Sending the email…").await?;
    assert!(!browser.storage().await?.contains(EMAIL));
    Ok(())
}

/// What moves a reset on may not come where the tab is loaded again.
#[tokio::test]
async fn a_reload_on_a_bad_line_forgets_nothing() -> Result<()> {
    let (_house, browser) = wait_for_the_link().await?;
    browser.block("*split_wait*").await?;
    browser.reload().await?;
    browser.see("This part of the site could not be loaded.").await?;
    browser.block("").await?;
    browser.press_and_load("Try again").await?;
    browser.see_heading(AGAIN).await?;
    browser.see(EMAIL).await?;
    assert_eq!(browser.value("New password").await?, "");
    Ok(())
}

/// Nothing can be put on the page until it has stopped: a fault that nobody foresaw.
async fn break_the_browser(browser: &Browser) -> Result<()> {
    let broken = "const works = [[Document, 'createElement'], [Document, 'createTextNode'],
        [Node, 'cloneNode']].map(([{ prototype }, name]) => [prototype, name, prototype[name]]);
    const trouble = document.getElementById('trouble');
    for (const [prototype, name, real] of works) {
        prototype[name] = function (...given) {
            if (trouble.hidden) throw new Error('broken');
            return real.apply(this, given);
        };
    }";
    browser.script(broken, vec![]).await?;
    Ok(())
}

#[tokio::test]
async fn a_program_that_stopped_goes_on_or_starts_again() -> Result<()> {
    let (_house, browser) = wait_for_the_link().await?;
    break_the_browser(&browser).await?;
    browser.press("Use another email address or password").await?;
    browser.see("This page has stopped working").await?;
    browser.see_no_text("Email address").await?;
    assert_eq!(browser.axe().await?, [""; 0]);
    browser.press("Load the page again").await?;
    browser.see_heading("Set a new password").await?;
    browser.press("Go on waiting for it").await?;
    browser.see_heading(AGAIN).await?;

    break_the_browser(&browser).await?;
    browser.press("Use another email address or password").await?;
    browser.see("This page has stopped working").await?;
    browser.press("Start again").await?;
    browser.see_heading("Get back into your Matrix account").await?;
    let storage = browser.storage().await?;
    assert!(!storage.contains(EMAIL), "{storage}");
    Ok(())
}
