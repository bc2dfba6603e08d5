//! What one can do signed in: email addresses, the password, sessions, and
//! signing out, on a real homeserver with real mail.

use anyhow::{Context, Result};
use serde_json::{Value, json};
use testbed::accounts::{self, Kind};
use testbed::browser::Browser;
use testbed::guide::{
    EMAIL, NEW, OLD, confirm_and_come_back, secret_is_nowhere, send_reset_email, sign_in, sign_out,
    visit,
};
use testbed::house::{House, Plan, config_for};
use testbed::mas::Mas;
use testbed::proxy::Instead;

const OTHER: &str = "alice@elsewhere.example";
const CURRENT: &str = "Current password";

async fn signed_in() -> Result<(House, Browser)> {
    let (house, browser) = visit(Plan::default(), "login/").await?;
    sign_in(&browser, "alice", OLD).await?;
    browser.see_heading("Your account").await?;
    Ok((house, browser))
}

/// The homeserver wants the password; this one is typed.
async fn confirm(browser: &Browser, password: &str) -> Result<()> {
    browser.fill(CURRENT, password).await?;
    browser.press("Confirm").await
}

async fn emails(house: &House) -> Result<Vec<String>> {
    let token = house.synapse.login("alice", OLD).await?;
    let all = house.synapse.get(&token, "/_matrix/client/v3/account/3pid").await?;
    let all = all["threepids"].as_array().context("no addresses")?.iter();
    Ok(all.filter_map(|entry| entry["address"].as_str().map(str::to_owned)).collect())
}

#[tokio::test]
async fn an_address_is_added_through_a_real_mail() -> Result<()> {
    let (mut house, browser) = signed_in().await?;
    browser.see(EMAIL).await?;
    browser.fill("New email address", "alice").await?;
    browser.press("Send the email").await?;
    browser.see("This is not an email address.").await?;
    browser.fill("New email address", EMAIL).await?;
    browser.press("Send the email").await?;
    browser.see("This email address is on an account already.").await?;
    assert_eq!(browser.value("New email address").await?, EMAIL);

    browser.fill("New email address", OTHER).await?;
    browser.press("Send the email").await?;
    browser.see("An email is on its way to alice@elsewhere.example.").await?;
    // Too early: said kindly, and nothing is lost.
    browser.press("I have opened the link").await?;
    confirm(&browser, OLD).await?;
    browser.see("The link in the email was not opened yet").await?;
    assert_eq!(emails(&house).await?, [EMAIL]);

    let here = browser.tab().await?;
    let mail = house.mail.wait(OTHER, 1).await?;
    browser.open_in_new_tab(mail.link()?).await?;
    browser.close_tab().await?;
    browser.switch_to(&here).await?;
    // A phone may have let go of the page meanwhile.
    browser.reload().await?;
    browser.see("An email is on its way to alice@elsewhere.example.").await?;
    browser.press("I have opened the link").await?;
    confirm(&browser, "wrong").await?;
    browser.see("This is not your password on example.org. Try again.").await?;
    confirm(&browser, OLD).await?;
    browser.see("alice@elsewhere.example was added.").await?;
    assert_eq!(emails(&house).await?, [EMAIL, OTHER]);
    secret_is_nowhere(&browser, OLD).await?;

    // It is there to set a new password with.
    sign_out(&browser).await?;
    browser.press("Set a new one").await?;
    send_reset_email(&browser, OTHER, NEW).await?;
    browser.see_heading("Check your email").await?;
    let mail = house.mail.wait(OTHER, 2).await?;
    browser.open_in_new_tab(mail.link()?).await?;
    browser.press("Confirm changing my password").await?;
    browser.switch_to(&here).await?;
    browser.see_heading("Your password has been changed").await?;
    house.synapse.login("alice", NEW).await.map(|_| ())
}

#[tokio::test]
async fn an_address_is_removed_after_a_question() -> Result<()> {
    let (house, browser) = signed_in().await?;
    browser.press("Remove alice@example.org").await?;
    browser.see("It is the only one. Without it, you cannot set a new password by email.").await?;
    assert_eq!(browser.focused().await?, "remove-email");
    browser.press("Keep it").await?;
    assert_eq!(emails(&house).await?, [EMAIL]);
    browser.press("Remove alice@example.org").await?;
    browser.press("Remove it").await?;
    browser.see("alice@example.org was removed.").await?;
    browser.see("There is no email address on your account.").await?;
    assert_eq!(emails(&house).await?, [""; 0]);
    Ok(())
}

#[tokio::test]
async fn the_password_is_changed_with_or_without_the_other_sessions() -> Result<()> {
    let (house, browser) = signed_in().await?;
    let elsewhere = house.synapse.login("alice", OLD).await?;
    browser.press("Change my password").await?;
    browser.see("Type a new password.").await?;
    browser.fill("New password", NEW).await?;
    assert!(browser.is_chosen("Keep my other sessions signed in").await?);
    browser.press("Change my password").await?;
    confirm(&browser, "wrong").await?;
    browser.see("This is not your password on example.org. Try again.").await?;
    confirm(&browser, OLD).await?;
    browser.see("Your password was changed.").await?;
    assert!(house.synapse.is_signed_in(&elsewhere).await?);
    assert!(house.synapse.login("alice", OLD).await.is_err(), "the old one is refused");
    secret_is_nowhere(&browser, NEW).await?;

    browser.fill("New password", "a-third-password-3").await?;
    browser.choose("Sign out of all my other sessions").await?;
    browser.press("Change my password").await?;
    confirm(&browser, NEW).await?;
    browser.see("Your password was changed.").await?;
    browser.see("There is no other session.").await?;
    assert!(!house.synapse.is_signed_in(&elsewhere).await?, "the other session is gone");
    browser.reload().await?;
    browser.see_heading("Your account").await?;
    house.synapse.login("alice", "a-third-password-3").await.map(|_| ())
}

#[tokio::test]
async fn a_rule_of_the_server_is_said_where_the_password_is() -> Result<()> {
    let policy = json!({ "password_config": { "policy": {
        "enabled": true, "minimum_length": 10, "require_digit": true,
    } } });
    let (_house, browser) = visit(Plan { homeserver: policy, ..Plan::default() }, "login/").await?;
    sign_in(&browser, "alice", OLD).await?;
    browser.see("example.org asks for: at least 10 characters, a digit").await?;
    browser.fill("New password", "no-digits-here").await?;
    browser.press("Change my password").await?;
    browser.see("Add a digit, such as 7.").await?;
    assert_eq!(browser.value("New password").await?, "no-digits-here");
    Ok(())
}

#[tokio::test]
async fn one_several_or_all_other_sessions_are_signed_out() -> Result<()> {
    let (house, browser) = visit(Plan::default(), "login/").await?;
    let mut tokens = Vec::new();
    for name in ["Phone", "Tablet", "Laptop", "Desktop"] {
        tokens.push(house.synapse.login_as("alice", OLD, name).await?);
    }
    sign_in(&browser, "alice", OLD).await?;
    browser.see("Phone").await?;
    browser.press("Sign out of the chosen sessions").await?;
    browser.see("Choose a session first.").await?;

    browser.choose("Phone").await?;
    browser.press("Sign out of the chosen sessions").await?;
    browser.see("Sign out of this session?").await?;
    assert_eq!(browser.focused().await?, "sign-out-question");
    browser.press("Keep it").await?;
    assert!(house.synapse.is_signed_in(&tokens[0]).await?);
    browser.press("Sign out of the chosen sessions").await?;
    browser.press("Sign it out").await?;
    confirm(&browser, OLD).await?;
    browser.see("The session was signed out.").await?;
    let stand = |tokens: Vec<String>| {
        let synapse = &house.synapse;
        async move {
            let mut stand = Vec::new();
            for token in tokens {
                stand.push(synapse.is_signed_in(&token).await?);
            }
            anyhow::Ok(stand)
        }
    };
    assert_eq!(stand(tokens.clone()).await?, [false, true, true, true]);

    browser.choose("Tablet").await?;
    browser.choose("Laptop").await?;
    browser.press("Sign out of the chosen sessions").await?;
    browser.see("Sign out of 2 sessions?").await?;
    browser.press("Sign them out").await?;
    // One thing at a time: while the password is asked for, the question rests.
    browser.see(CURRENT).await?;
    browser.see_no_text("Keep them").await?;
    confirm(&browser, OLD).await?;
    browser.see("The sessions were signed out.").await?;
    assert_eq!(stand(tokens.clone()).await?, [false, false, false, true]);

    tokens.push(house.synapse.login_as("alice", OLD, "Watch").await?);
    browser.press("Look again").await?;
    browser.see("Watch").await?;
    browser.press("Sign out of all my other sessions").await?;
    browser.press("Sign them out").await?;
    confirm(&browser, OLD).await?;
    browser.see("There is no other session.").await?;
    assert_eq!(stand(tokens).await?, [false; 5]);
    // This one is the one that stays.
    browser.reload().await?;
    browser.see_heading("Your account").await
}

/// The careful order: keep the sessions in the reset, look, prove the key, and
/// only then sign out everywhere else.
#[tokio::test]
async fn the_careful_order() -> Result<()> {
    let (mut house, browser) = visit(Plan::default(), "reset/").await?;
    let mut config = config_for(&house.proxy.url(), "example.org");
    config["client"] = json!({ "name": "Element", "url": "https://app.example.org" });
    house.site.set_config(&config.to_string());
    let account = accounts::prepare(&house.synapse.url(), Kind::ByKey, "alice", OLD).await?;
    let desktop = account.devices[0].access_token.clone();
    browser.reload().await?;
    browser.choose("Keep my other sessions signed in").await?;
    send_reset_email(&browser, EMAIL, NEW).await?;
    confirm_and_come_back(&mut house, &browser, 1).await?;
    browser.press("Return to login screen").await?;
    sign_in(&browser, "alice", NEW).await?;
    browser.see_heading("Your account").await?;
    browser.see("What to do next").await?;
    browser.see("Look below whether your encrypted messages are safe").await?;
    let href = "return [...document.querySelectorAll('a')].find((link) => link.innerText === 'Open Element').href";
    assert_eq!(browser.script(href, vec![]).await?, "https://app.example.org/");
    assert!(house.synapse.is_signed_in(&desktop).await?);
    browser.reload().await?;
    browser.see("What to do next").await?;

    // Before the key was shown, it says what could be lost.
    browser.see("Your encrypted messages are safe if you have your recovery key").await?;
    browser.press("Sign out of all my other sessions").await?;
    browser.see("Message keys that only this session holds are deleted with it.").await?;
    browser.press("Keep it").await?;
    browser.fill("Recovery key or passphrase", &account.recovery_key.unwrap()).await?;
    browser.press("Check it").await?;
    browser.see("Your encrypted messages are safe. They are backed up").await?;
    browser.press("Sign out of all my other sessions").await?;
    browser.press("Sign it out").await?;
    confirm(&browser, NEW).await?;
    browser.see("There is no other session.").await?;
    assert!(!house.synapse.is_signed_in(&desktop).await?, "signed out on the server");

    sign_out(&browser).await?;
    let left = house.synapse.sessions("alice").await?;
    assert!(left.is_empty(), "nobody is left signed in: {left:?}");
    Ok(())
}

/// What cannot be done here is said, with the way to where it can.
#[tokio::test]
async fn what_a_server_does_not_allow_is_not_offered() -> Result<()> {
    let homeserver = json!({ "enable_3pid_changes": false });
    let (house, browser) = visit(Plan { homeserver, ..Plan::default() }, "login/").await?;
    sign_in(&browser, "alice", OLD).await?;
    browser.see("example.org does not let you change email addresses here.").await?;
    browser.see(EMAIL).await?;
    let text = browser.text().await?;
    assert!(!text.contains("Remove alice@example.org") && !text.contains("Send the email"));
    browser.see("Change my password").await?;

    // A homeserver that leaves accounts to OAuth says where it is done instead.
    let mas = Mas::start().await?;
    house.synapse.login_as("alice", OLD, "Phone").await?;
    let capabilities = r#"{"capabilities": {
        "m.change_password": {"enabled": false}, "m.3pid_changes": {"enabled": false}}}"#;
    house.proxy.answer("/capabilities", Instead::json(200, capabilities));
    house.proxy.answer("/auth_metadata", Instead::json(200, &mas.metadata()));
    browser.reload().await?;
    browser.see("example.org does not let you change your password here.").await?;
    browser.see("Sessions of accounts on example.org are signed out on its own page.").await?;
    browser.see(&format!("Go to {}", mas.host())).await?;
    browser.see("A new password does not sign out your devices on example.org.").await?;
    browser.see("Phone").await?;
    browser.see_no_more("Change my password").await?;
    browser.see_no_more("Sign out of all my other sessions").await?;
    browser.see_no_more("Sign out of the chosen sessions").await?;
    let boxes = "return document.querySelectorAll('.sessions input').length";
    assert_eq!(browser.script(boxes, vec![]).await?, 0, "nothing is to be chosen");
    let links = "return [...document.querySelectorAll('#app main a')].map((link) => link.href)";
    let links: Value = browser.script(links, vec![]).await?;
    let links = links.to_string();
    let devices = format!("{}?action=org.matrix.devices_list", mas.account_page());
    let password = mas.account_page().replace("account/", "login?kind=change_password");
    for page in [mas.account_page(), devices, password] {
        assert!(links.contains(&format!("\"{page}\"")), "{page}: {links}");
    }
    Ok(())
}

/// Continuwuity keeps one address for an account.
#[tokio::test]
async fn address_that_was_displaced_is_named() -> Result<()> {
    let (mut house, browser) = signed_in().await?;
    browser.see(EMAIL).await?;
    browser.fill("New email address", OTHER).await?;
    browser.press("Send the email").await?;
    browser.see("An email is on its way to alice@elsewhere.example.").await?;
    let here = browser.tab().await?;
    let mail = house.mail.wait(OTHER, 1).await?;
    browser.open_in_new_tab(mail.link()?).await?;
    browser.close_tab().await?;
    browser.switch_to(&here).await?;
    let only = format!(r#"{{"threepids": [{{"medium": "email", "address": "{OTHER}"}}]}}"#);
    house.proxy.answer("/account/3pid", Instead::json(200, &only));
    browser.press("I have opened the link").await?;
    confirm(&browser, OLD).await?;
    browser.see("alice@elsewhere.example was added.").await?;
    browser.see("example.org keeps one address only: alice@example.org was removed.").await
}

/// A list of devices may be long; an answer without end is not read.
#[tokio::test]
async fn large_answer_is_said_to_be_too_large() -> Result<()> {
    let (house, browser) = signed_in().await?;
    let padding = "x".repeat(1_500_000);
    let emails = format!(r#"{{"threepids": [], "padding": "{padding}"}}"#);
    let device = r#"{"device_id": "PHONE", "display_name": "Phone"}"#;
    let devices = format!(r#"{{"devices": [{device}], "padding": "{padding}"}}"#);
    house.proxy.answer("/account/3pid", Instead::json(200, &emails));
    house.proxy.answer("/devices", Instead::json(200, &devices));
    browser.reload().await?;
    browser.see("example.org sent more data than this page can read.").await?;
    browser.see("Phone").await
}
