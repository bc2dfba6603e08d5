//! The guide from step 3 to step 11: a password is reset on a real homeserver,
//! with real mail, in a real browser.

use anyhow::Result;
use std::collections::HashSet;
use testbed::browser::Browser;
use testbed::guide::{
    EMAIL, NEW, OLD, confirm_and_come_back, confirm_in_new_tab, secret_is_nowhere,
    send_reset_email, sign_in, sign_out, visit,
};
use testbed::house::{House, Plan};
use testbed::site::MissingSlash;

#[tokio::test]
async fn the_guide_at_the_root() -> Result<()> {
    the_whole_guide(Plan::default()).await
}

#[tokio::test]
async fn the_guide_in_a_folder() -> Result<()> {
    let folder = "/some/where/".into();
    the_whole_guide(Plan { folder, missing_slash: MissingSlash::ShowsPage, ..Plan::default() })
        .await
}

async fn the_whole_guide(plan: Plan) -> Result<()> {
    let (mut house, browser) = visit(plan, "login/").await?;
    let elsewhere = house.synapse.login("alice", OLD).await?;
    let first_tab = browser.tab().await?;

    browser.press("Set a new one").await?;
    assert!(browser.is_chosen("Sign out of all my other sessions").await?);
    send_reset_email(&browser, EMAIL, NEW).await?;

    browser.see_heading("Check your email").await?;
    browser.see(EMAIL).await?;
    browser.see("about an hour").await?;
    secret_is_nowhere(&browser, NEW).await?;

    // Pressed too early: said kindly, and nothing changes.
    browser.press("I have verified my email address").await?;
    browser.see("Your email address is not confirmed yet.").await?;
    assert!(house.synapse.is_signed_in(&elsewhere).await?);
    house.synapse.login("alice", OLD).await?;

    confirm_in_new_tab(&mut house, &browser, 1).await?;
    browser.see_heading("Your email address is confirmed").await?;
    browser.see("Your new password is set. You can close this tab.").await?;
    assert_eq!(browser.address().await?, house.site.url("reset/verified/"));
    secret_is_nowhere(&browser, NEW).await?;
    nothing_is_left(&house, &browser).await?;

    browser.switch_to(&first_tab).await?;
    browser.see_heading("Your password has been changed").await?;
    browser.see("All your other sessions have been signed out.").await?;
    secret_is_nowhere(&browser, NEW).await?;
    nothing_is_left(&house, &browser).await?;

    browser.press("Return to login screen").await?;
    assert_eq!(browser.value("Username, Matrix ID or email address").await?, EMAIL);
    sign_in(&browser, "alice", NEW).await?;
    browser.see_heading("Your account").await?;
    browser.see("@alice:example.org").await?;
    secret_is_nowhere(&browser, NEW).await?;
    let token = token_of_last_sign_in(&house);
    assert!(house.synapse.is_signed_in(&token).await?);
    sign_out(&browser).await?;
    assert!(!house.synapse.is_signed_in(&token).await?, "signed out on the server too");

    assert!(!house.synapse.is_signed_in(&elsewhere).await?, "the other session is gone");
    assert!(house.synapse.login("alice", OLD).await.is_err(), "the old password is refused");
    house.synapse.login("alice", NEW).await?;
    password_requests_are_whole(&house);
    Ok(())
}

/// What belongs to a finished reset is in no storage any more.
async fn nothing_is_left(house: &House, browser: &Browser) -> Result<()> {
    let storage = browser.storage().await?;
    let asked = house.proxy.exchanges("/requestToken")[0].json();
    let secret = asked["client_secret"].as_str().unwrap();
    assert!(!storage.contains(secret) && !storage.contains(EMAIL), "{storage}");
    Ok(())
}

fn token_of_last_sign_in(house: &House) -> String {
    let answers = house.proxy.exchanges("/login");
    let answer = &answers.last().unwrap().answer;
    let answer: serde_json::Value = serde_json::from_str(answer).unwrap();
    answer["access_token"].as_str().unwrap().to_owned()
}

/// No request leaves the password out, and all of them use one UIA session: the
/// one that the first answer opened.
fn password_requests_are_whole(house: &House) {
    let exchanges = house.proxy.exchanges("/account/password");
    assert!(exchanges.len() >= 3, "a check, a poll too early, a poll in time");
    let mut sessions = HashSet::new();
    for exchange in &exchanges {
        assert_eq!(exchange.json()["new_password"], NEW);
        assert_eq!(exchange.json()["logout_devices"], true);
        sessions.insert(exchange.json()["auth"]["session"].to_string());
    }
    let first: serde_json::Value = serde_json::from_str(&exchanges[0].answer).unwrap();
    assert_eq!(sessions.len(), 2, "none in the check, the same in both polls: {sessions:?}");
    assert!(sessions.contains(&first["session"].to_string()));
    let (last, early) = exchanges.split_last().unwrap();
    assert_eq!(last.status, 200);
    assert!(early.iter().all(|exchange| exchange.status == 401));
    let confirmed = house.proxy.exchanges("/submit_token").pop().unwrap();
    let late = last.time.duration_since(confirmed.time);
    println!("The password was changed {} ms after the link was confirmed.", late.as_millis());
}

#[tokio::test]
async fn other_sessions_are_kept_if_that_is_wanted() -> Result<()> {
    let (mut house, browser) = visit(Plan::default(), "reset/").await?;
    let elsewhere = house.synapse.login("alice", OLD).await?;
    browser.choose("Keep my other sessions signed in").await?;
    send_reset_email(&browser, EMAIL, NEW).await?;
    confirm_and_come_back(&mut house, &browser, 1).await?;
    browser.see("Your other sessions are still signed in.").await?;

    assert!(house.synapse.is_signed_in(&elsewhere).await?, "the other session is kept");
    assert!(house.synapse.login("alice", OLD).await.is_err(), "the old password is refused");
    house.synapse.login("alice", NEW).await?;
    Ok(())
}

#[tokio::test]
async fn another_mail_is_sent_and_its_link_works() -> Result<()> {
    let (mut house, browser) = visit(Plan::default(), "reset/").await?;
    send_reset_email(&browser, EMAIL, NEW).await?;
    browser.see("You can send it again in").await?;
    assert!(browser.is_blocked("Send the email again").await?, "mails take a moment");
    browser.press_later("Send the email again").await?;
    browser.see("You asked for another email.").await?;
    let asked = house.proxy.exchanges("/requestToken");
    let (first, second) = (asked[0].json(), asked[1].json());
    assert_eq!(first["client_secret"], second["client_secret"]);
    assert_eq!((&first["send_attempt"], &second["send_attempt"]), (&1.into(), &2.into()));

    confirm_and_come_back(&mut house, &browser, 2).await?;
    house.synapse.login("alice", NEW).await?;
    Ok(())
}

#[tokio::test]
async fn back_to_the_form_and_on_with_another_address() -> Result<()> {
    let (mut house, browser) = visit(Plan::default(), "reset/").await?;
    house.synapse.register("bob", OLD, Some("bob@example.org")).await?;
    browser.choose("Keep my other sessions signed in").await?;
    send_reset_email(&browser, "bob@example.org", NEW).await?;
    browser.see_heading("Check your email").await?;
    browser.press("Use another email address or password").await?;
    browser.see_heading("Set a new password").await?;
    assert_eq!(browser.value("Email address").await?, "bob@example.org");
    assert_eq!(browser.value("New password").await?, NEW);
    assert!(browser.is_chosen("Keep my other sessions signed in").await?);

    // The first mail is still waited for, until another one was sent.
    send_reset_email(&browser, "carol@example.org", NEW).await?;
    browser.see("No account on example.org uses this email address.").await?;
    browser.see("You asked for an email to bob@example.org before.").await?;
    browser.press("Go on waiting for it").await?;
    browser.see_heading("Check your email").await?;
    browser.see("bob@example.org").await?;
    browser.back().await?;
    browser.fill("Email address", EMAIL).await?;
    browser.press("Send Reset Email").await?;
    browser.see(EMAIL).await?;
    let asked = house.proxy.exchanges("/requestToken");
    assert_ne!(asked[0].json()["client_secret"], asked[2].json()["client_secret"]);
    confirm_and_come_back(&mut house, &browser, 1).await?;

    // What was done cannot be missed, and another reset begins with a clean form.
    browser.press("Account recovery").await?;
    browser.press("Set a new password").await?;
    browser.see_heading("Your password has been changed").await?;
    browser.press("Set another new password").await?;
    browser.see_heading("Set a new password").await?;
    assert_eq!(browser.value("Email address").await?, "");
    house.synapse.login("alice", NEW).await?;
    house.synapse.login("bob", OLD).await?;
    Ok(())
}
