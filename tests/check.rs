//! For whoever is still signed in somewhere: three questions, and what follows.

use anyhow::Result;
use testbed::browser::{self, Browser};
use testbed::guide::{EMAIL, NEW, confirm_and_come_back, send_reset_email, visit};
use testbed::house::Plan;

/// Answers the three questions, in their order.
async fn answer(browser: &Browser, answers: [&str; 3]) -> Result<()> {
    browser.see_heading("Before you set a new password").await?;
    for (group, answer) in ["backup", "verified", "has-key"].into_iter().zip(answers) {
        let press = "document.getElementById(arguments[0]).click()";
        browser.script(press, vec![format!("{group}-{answer}").into()]).await?;
    }
    Ok(())
}

/// The way from the start, by somebody whose messages are backed up nowhere.
#[tokio::test]
async fn a_no_leads_to_a_reset_that_keeps_the_sessions() -> Result<()> {
    let (mut house, browser) = visit(Plan::default(), "").await?;
    let elsewhere = house.synapse.login("alice", testbed::guide::OLD).await?;
    browser.press("Look there first").await?;
    browser.see("Answer all three questions first.").await?;
    browser.see("Settings, Encryption: “Allow key storage” is switched on.").await?;
    answer(&browser, ["no", "yes", "yes"]).await?;
    browser.see("Your encrypted messages are not backed up.").await?;
    browser.see("It is preselected for you.").await?;
    browser.press("Set a new password").await?;
    browser.see_heading("Set a new password").await?;
    assert!(browser.is_chosen("Keep my other sessions signed in").await?);
    browser.reload().await?;
    browser.see_heading("Set a new password").await?;
    assert!(browser.is_chosen("Keep my other sessions signed in").await?, "also after a reload");
    send_reset_email(&browser, EMAIL, NEW).await?;
    confirm_and_come_back(&mut house, &browser, 1).await?;
    browser.see("Your other sessions are still signed in.").await?;
    assert!(house.synapse.is_signed_in(&elsewhere).await?);
    Ok(())
}

#[tokio::test]
async fn each_answer_has_its_verdict() -> Result<()> {
    let (house, browser) = visit(Plan::default(), "check/").await?;
    for (answers, words, keeps) in [
        (["yes", "yes", "yes"], "Your encrypted messages are safe.", false),
        (["yes", "no", "yes"], "Some sessions are not verified.", true),
        (["yes", "yes", "no"], "Without your recovery key or passphrase, nobody", true),
        (["yes", "unsure", "yes"], "You cannot be sure", true),
        (["no", "unsure", "no"], "Your encrypted messages are not backed up.", true),
    ] {
        browser.open(&house.site.url("check/")).await?;
        answer(&browser, answers).await?;
        browser.see(words).await?;
        browser.press("Set a new password").await?;
        browser.see_heading("Set a new password").await?;
        let is_kept = browser.is_chosen("Keep my other sessions signed in").await?;
        assert_eq!(is_kept, keeps, "{answers:?}");
    }
    Ok(())
}

/// A page that asks nobody anything works without a homeserver.
#[tokio::test]
async fn it_asks_nobody() -> Result<()> {
    let (house, _) = visit(Plan::default(), "check/").await?;
    let browser = Browser::start(browser::Options::default()).await?;
    let before = house.proxy.exchanges("").len();
    browser.open(&house.site.url("check/")).await?;
    answer(&browser, ["yes", "yes", "yes"]).await?;
    browser.see("Your encrypted messages are safe.").await?;
    assert_eq!(house.proxy.exchanges("").len(), before);
    Ok(())
}
