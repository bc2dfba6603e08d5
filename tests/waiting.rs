//! The original tab finishes by itself, wherever and whenever the link is
//! confirmed.

use anyhow::Result;
use serde_json::json;
use std::time::Duration;
use testbed::browser::Browser;
use testbed::guide::{
    AGAIN, EMAIL, NEW, OLD, confirm_elsewhere, confirm_in_new_tab, send_reset_email, type_again,
    visit,
};
use testbed::house::{House, Plan};
use testbed::net::wait_for;
use testbed::proxy::{Instead, Which};

const DONE: &str = "Your password has been changed";
/// The password that is set elsewhere after the reset.
const LATER: &str = "the-later-password-3";

/// Up to the wait for the link.
async fn wait_for_the_link(plan: Plan) -> Result<(House, Browser)> {
    let (house, browser) = visit(plan, "reset/").await?;
    send_reset_email(&browser, EMAIL, NEW).await?;
    browser.see_heading("Check your email").await?;
    Ok((house, browser))
}

fn with(homeserver: serde_json::Value) -> Plan {
    Plan { homeserver, ..Plan::default() }
}

#[tokio::test]
async fn the_link_is_confirmed_in_another_browser() -> Result<()> {
    let (mut house, browser) = wait_for_the_link(Plan::default()).await?;
    let other = confirm_elsewhere(house.mail.wait(EMAIL, 1).await?.link()?).await?;
    browser.see_heading(DONE).await?;
    other.see("If the tab that you started in is still open").await?;
    house.synapse.login("alice", NEW).await?;
    assert!(house.synapse.login("alice", OLD).await.is_err());
    Ok(())
}

/// The page behind the link says it to the tab that waits. That one has no timer
/// here, and nobody looks at it, so that nothing else can wake it.
#[tokio::test]
async fn the_mails_tab_wakes_the_tab_that_waits() -> Result<()> {
    let (mut house, browser) = wait_for_the_link(Plan::default()).await?;
    browser.script("window.setTimeout = () => 0", vec![]).await?;
    let before = tries(&browser).await?;
    wait_for("the last timer to end", Duration::from_secs(20), || async {
        Ok((tries(&browser).await? != before).then_some(()))
    })
    .await?;
    confirm_in_new_tab(&mut house, &browser, 1).await?;
    browser.see("Your new password is set. You can close this tab.").await?;
    house.synapse.login("alice", NEW).await?;
    Ok(())
}

/// Without a page of ours behind the link, only the server can tell.
#[tokio::test]
async fn a_homeserver_that_refuses_our_return_address() -> Result<()> {
    let (mut house, browser) =
        wait_for_the_link(with(json!({ "next_link_domain_whitelist": [] }))).await?;
    let first_tab = browser.tab().await?;
    confirm_in_new_tab(&mut house, &browser, 1).await?;
    browser.see("Your email has now been validated").await?;
    browser.switch_to(&first_tab).await?;
    browser.see_heading(DONE).await?;
    let asked = house.proxy.exchanges("/requestToken");
    let statuses: Vec<_> = asked.iter().map(|exchange| exchange.status).collect();
    assert_eq!(statuses, [400, 200]);
    house.synapse.login("alice", NEW).await?;
    Ok(())
}

/// The page learns it at once when it can ask again.
#[tokio::test]
async fn the_link_is_confirmed_before_the_person_looks() -> Result<()> {
    let (mut house, browser) = wait_for_the_link(Plan::default()).await?;
    browser.set_offline(true).await?;
    let tried = tries(&browser).await?;
    confirm_elsewhere(house.mail.wait(EMAIL, 1).await?.link()?).await?;
    time_passes(&browser, Duration::from_secs(8)).await?;
    browser.see_heading("Check your email").await?;
    assert_eq!(tries(&browser).await?, tried, "nothing is asked without a network");
    let before = house.proxy.exchanges("/account/password").len();
    browser.set_offline(false).await?;
    browser.see_heading(DONE).await?;
    assert_eq!(house.proxy.exchanges("/account/password").len(), before + 1);
    Ok(())
}

/// How often the page tried to ask the server, with or without an answer.
async fn tries(browser: &Browser) -> Result<serde_json::Value> {
    let tries = "return performance.getEntriesByType('resource')
        .filter((entry) => entry.name.endsWith('/account/password')).length";
    browser.script(tries, vec![]).await
}

async fn time_passes(browser: &Browser, time: Duration) -> Result<()> {
    let now = || browser.script("return performance.now()", vec![]);
    let start = now().await?.as_f64().unwrap_or_default();
    wait_for("time to pass", time * 2, || async {
        let passed = now().await?.as_f64().unwrap_or_default() - start;
        Ok((passed > time.as_millis() as f64).then_some(()))
    })
    .await
}

/// Behind another tab for longer than five minutes, as the page sees it.
#[tokio::test]
async fn a_tab_that_was_forgotten_asks_nothing_until_it_is_seen_again() -> Result<()> {
    let (mut house, browser) = wait_for_the_link(Plan::default()).await?;
    let hide = "Object.defineProperty(document, 'hidden', { get: () => arguments[0], configurable: true });
        document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))";
    browser.script(hide, vec![json!(true)]).await?;
    let before = tries(&browser).await?;
    wait_for("a poll of a hidden tab", Duration::from_secs(20), || async {
        Ok((tries(&browser).await? != before).then_some(()))
    })
    .await?;
    let later = "const now = Date.now; Date.now = () => now() + 6 * 60 * 1000";
    browser.script(later, vec![]).await?;
    let before = tries(&browser).await?;
    time_passes(&browser, Duration::from_secs(12)).await?;
    assert_eq!(tries(&browser).await?, before, "nobody looks");
    confirm_elsewhere(house.mail.wait(EMAIL, 1).await?.link()?).await?;
    browser.script(hide, vec![json!(false)]).await?;
    browser.see_heading(DONE).await
}

/// The answer got lost, and the tab wakes up after the password was changed once
/// more elsewhere.
#[tokio::test]
async fn waking_tab_does_not_revert_a_later_password() -> Result<()> {
    let (mut house, browser) = wait_for_the_link(Plan::default()).await?;
    house.proxy.answer_some("/account/password", Which::WithAuth, Instead::Lost);
    confirm_elsewhere(house.mail.wait(EMAIL, 1).await?.link()?).await?;
    browser.see("example.org does not answer.").await?;
    let token = house.synapse.login("alice", NEW).await?;
    let user = json!({ "type": "m.id.user", "user": "alice" });
    let auth = json!({ "type": "m.login.password", "identifier": user, "password": NEW });
    let change = json!({ "new_password": LATER, "logout_devices": false, "auth": auth });
    house.synapse.post(&token, "/_matrix/client/v3/account/password", &change).await?;

    let later = "const now = Date.now; Date.now = () => now() + 6 * 60 * 1000;
        document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))";
    browser.script(later, vec![]).await?;
    browser.see("so your new password may work already.").await?;
    house.proxy.be_honest();
    let asked = tries(&browser).await?;
    time_passes(&browser, Duration::from_secs(17)).await?;
    browser.see("even if you have changed it since").await?;
    assert_eq!(tries(&browser).await?, asked, "nothing is repeated by itself");
    house.synapse.login("alice", LATER).await?;

    browser.press("Set this password again").await?;
    browser.see_heading(DONE).await?;
    house.synapse.login("alice", NEW).await?;
    Ok(())
}

#[tokio::test]
async fn the_link_is_confirmed_twice() -> Result<()> {
    let (mut house, browser) = wait_for_the_link(Plan::default()).await?;
    let first_tab = browser.tab().await?;
    let mail = house.mail.wait(EMAIL, 1).await?;
    browser.open_in_new_tab(mail.link()?).await?;
    let early = browser.tab().await?;
    confirm_in_new_tab(&mut house, &browser, 1).await?;
    browser.switch_to(&early).await?;
    browser.press("Confirm changing my password").await?;
    browser.see_no_more("Confirm changing my password").await?;
    browser.switch_to(&first_tab).await?;
    browser.see_heading(DONE).await?;
    house.synapse.login("alice", NEW).await?;
    Ok(())
}

#[tokio::test]
async fn the_older_link_works_after_another_mail() -> Result<()> {
    let (mut house, browser) = wait_for_the_link(Plan::default()).await?;
    let older = house.mail.wait(EMAIL, 1).await?;
    browser.press_later("Send the email again").await?;
    browser.see("You asked for another email.").await?;
    house.mail.wait(EMAIL, 2).await?;
    confirm_elsewhere(older.link()?).await?;
    browser.see_heading(DONE).await?;
    house.synapse.login("alice", NEW).await?;
    Ok(())
}

#[tokio::test]
async fn a_link_that_has_expired_is_sent_again() -> Result<()> {
    let plan = with(json!({ "email": { "validation_token_lifetime": "20s" } }));
    let (mut house, browser) = wait_for_the_link(plan).await?;
    let first_tab = browser.tab().await?;
    let mail = house.mail.wait(EMAIL, 1).await?;
    wait_for("the link to expire", Duration::from_secs(30), || async {
        Ok((mail.time.elapsed()? > Duration::from_secs(21)).then_some(()))
    })
    .await?;
    browser.open_in_new_tab(mail.link()?).await?;
    browser.press("Confirm changing my password").await?;
    browser.see("expired").await?;
    browser.switch_to(&first_tab).await?;
    browser.see("If the page behind the link says that the link has expired").await?;
    browser.press_later("Send the email again").await?;
    browser.see("You asked for another email.").await?;
    confirm_in_new_tab(&mut house, &browser, 2).await?;
    browser.switch_to(&first_tab).await?;
    browser.see_heading(DONE).await?;
    house.synapse.login("alice", NEW).await?;
    Ok(())
}

/// Hashing the password takes this server seconds, in which it dies.
#[tokio::test]
async fn the_server_dies_while_it_changes_the_password() -> Result<()> {
    for reloads in [false, true] {
        let (mut house, browser) = wait_for_the_link(with(json!({ "bcrypt_rounds": 15 }))).await?;
        confirm_elsewhere(house.mail.wait(EMAIL, 1).await?.link()?).await?;
        wait_for("the server to be at work", Duration::from_secs(20), || async {
            Ok(house.synapse.is_changing_a_password()?.then_some(()))
        })
        .await?;
        house.synapse.kill();
        browser.see("example.org does not answer.").await?;
        if reloads {
            browser.reload().await?;
            browser.see_heading(AGAIN).await?;
        }
        house.synapse.resume().await?;
        if reloads {
            type_again(&browser, AGAIN, NEW).await?;
        }
        browser.see_heading(DONE).await?;
        house.synapse.login("alice", NEW).await?;
    }
    Ok(())
}

/// The server answers the same for an address that it does not know.
#[tokio::test]
async fn an_address_that_the_server_says_nothing_about() -> Result<()> {
    let plan = with(json!({ "request_token_inhibit_3pid_errors": true }));
    let (mut house, browser) = visit(plan, "reset/").await?;
    let first_tab = browser.tab().await?;
    send_reset_email(&browser, "nobody@example.org", NEW).await?;
    browser.see_heading("Check your email").await?;
    browser.see("If an account on example.org uses nobody@example.org").await?;
    browser.press("I have verified my email address").await?;
    browser.see("Your email address is not confirmed yet.").await?;
    browser.press("Use another email address or password").await?;
    browser.fill("Email address", EMAIL).await?;
    browser.press("Send Reset Email").await?;
    browser.see(EMAIL).await?;
    confirm_in_new_tab(&mut house, &browser, 1).await?;
    browser.switch_to(&first_tab).await?;
    browser.see_heading(DONE).await?;
    assert!(house.mail.to("nobody@example.org")?.is_empty());
    house.synapse.login("alice", NEW).await?;
    Ok(())
}

/// The homeserver's rules are switched on while the link is waited for.
#[tokio::test]
async fn a_password_that_is_refused_after_all() -> Result<()> {
    let (mut house, browser) = wait_for_the_link(Plan::default()).await?;
    let policy =
        json!({ "password_config": { "policy": { "enabled": true, "minimum_length": 30 } } });
    house.synapse.stop();
    house.synapse.configure(&policy)?;
    house.synapse.resume().await?;
    browser.see_heading("Choose another password").await?;
    assert!(browser.beside("New password").await?.contains("Too short"));
    assert_eq!(browser.value("New password").await?, NEW);
    confirm_elsewhere(house.mail.wait(EMAIL, 1).await?.link()?).await?;
    let longer = "a password of more than thirty characters";
    browser.fill("New password", longer).await?;
    browser.press("Go on").await?;
    browser.see_heading(DONE).await?;
    assert_eq!(house.mail.to(EMAIL)?.len(), 1, "no other mail was needed");
    house.synapse.login("alice", longer).await?;
    Ok(())
}

/// One session of user-interactive authentication, and so one password hash,
/// for two minutes of waiting; and one request at a time.
#[tokio::test]
async fn two_minutes_cost_the_server_one_session() -> Result<()> {
    let (house, browser) = wait_for_the_link(Plan::default()).await?;
    let polls = || house.proxy.exchanges("/account/password");
    wait_for("two minutes of polls", Duration::from_secs(150), || async {
        let polls = polls();
        let (first, last) = (polls.first().unwrap().time, polls.last().unwrap().time);
        Ok((last - first > Duration::from_secs(120)).then_some(()))
    })
    .await?;
    let polls = polls();
    assert!(polls.windows(2).all(|pair| pair[0].time < pair[1].asked), "one at a time");
    let times: Vec<_> = polls.iter().map(|poll| poll.time).collect();
    let pauses: Vec<_> = times.windows(2).map(|pair| (pair[1] - pair[0]).as_secs()).collect();
    println!("Pauses between polls, in seconds: {pauses:?}");
    assert!((11..15).contains(&pauses.len()), "{pauses:?}");
    assert!(pauses.last() > pauses.get(1), "it slows down: {pauses:?}");
    assert_eq!(house.synapse.password_sessions()?, 1);
    browser.see_heading("Check your email").await
}
