//! Everything a person can meet on the way has its own words and a way on, and
//! nothing that was typed is lost.

use anyhow::Result;
use serde_json::json;
use testbed::browser::Browser;
use testbed::guide::{
    EMAIL, NEW, OLD, confirm_in_new_tab, send_reset_email, sign_in, sign_out, visit,
};
use testbed::house::{House, Plan};
use testbed::proxy::{Instead, Which};

/// The words are there, no error code is, and the form is as it was left.
async fn said_in_the_form(browser: &Browser, words: &str, email: &str) -> Result<()> {
    browser.see(words).await?;
    let text = browser.text().await?;
    assert!(!text.contains("M_") && !text.contains("errcode"), "a code is shown:\n{text}");
    assert_eq!(browser.value("Email address").await?, email);
    assert_eq!(browser.value("New password").await?, NEW);
    Ok(())
}

#[tokio::test]
async fn nothing_typed_and_an_address_that_is_none() -> Result<()> {
    let (house, browser) = visit(Plan::default(), "reset/").await?;
    browser.press("Send Reset Email").await?;
    browser.see("Type your email address.").await?;
    assert_eq!(browser.beside("New password").await?.trim(), "Type a new password.");
    assert_eq!(browser.focused().await?, "summary");
    assert!(browser.title().await?.starts_with("Error: Set a new password"));
    browser.press("Type a new password.").await?;
    assert_eq!(browser.focused().await?, "new-password");
    assert_eq!(browser.attribute("Email address", "aria-invalid").await?.as_deref(), Some("true"));
    send_reset_email(&browser, "alice", NEW).await?;
    said_in_the_form(&browser, "This is not an email address.", "alice").await?;
    assert!(house.proxy.exchanges("/account/password").is_empty());
    send_reset_email(&browser, EMAIL, NEW).await?;
    browser.see_heading("Check your email").await
}

#[tokio::test]
async fn an_address_that_no_account_uses() -> Result<()> {
    let (_house, browser) = visit(Plan::default(), "reset/").await?;
    send_reset_email(&browser, "nobody@example.org", NEW).await?;
    let words = "No account on example.org uses this email address.";
    said_in_the_form(&browser, words, "nobody@example.org").await?;
    assert!(browser.beside("Email address").await?.contains(words));
    browser.fill("Email address", EMAIL).await?;
    browser.press("Send Reset Email").await?;
    browser.see_heading("Check your email").await
}

#[tokio::test]
async fn a_homeserver_that_sends_no_mail() -> Result<()> {
    let (house, browser) = visit(Plan { sends_mail: false, ..Plan::default() }, "reset/").await?;
    browser.see_heading("Set a new password").await?;
    browser.see("example.org does not send emails for new passwords.").await?;
    browser.see_no_more("Send Reset Email").await?;

    // Where it tells only when it is asked for a mail, that is said too.
    let exists = r#"{"errcode": "M_BAD_JSON"}"#;
    house.proxy.answer_some("/requestToken", Which::Probes, Instead::json(400, exists));
    browser.reload().await?;
    send_reset_email(&browser, EMAIL, NEW).await?;
    let words = "example.org does not send emails for new passwords. Ask the administrators";
    said_in_the_form(&browser, words, EMAIL).await?;
    assert_eq!(house.proxy.exchanges("/requestToken").len(), 1);
    Ok(())
}

#[tokio::test]
async fn the_homeservers_rules_for_passwords() -> Result<()> {
    let policy = json!({
        "enabled": true, "minimum_length": 12, "require_digit": true, "require_symbol": true,
        "require_lowercase": true, "require_uppercase": true,
    });
    let homeserver = json!({ "password_config": { "policy": policy } });
    let (house, browser) = visit(Plan { homeserver, ..Plan::default() }, "reset/").await?;
    browser.see("example.org asks for: at least 12 characters, a digit").await?;
    for (password, words) in [
        ("aB3-", "Too short. Use at least 12 characters."),
        ("correct Horse-battery", "Add a digit"),
        ("correctHorse7battery", "Add a symbol"),
        ("correct horse-7 battery", "Add an upper-case letter"),
        ("CORRECT HORSE-7 BATTERY", "Add a lower-case letter"),
    ] {
        send_reset_email(&browser, EMAIL, password).await?;
        browser.see(words).await?;
        assert!(browser.beside("New password").await?.contains(words), "{password}");
        assert_eq!(browser.focused().await?, "summary");
    }
    assert!(house.proxy.exchanges("/account/password").is_empty(), "seen without asking");
    send_reset_email(&browser, EMAIL, "correct Horse-7 battery").await?;
    browser.see_heading("Check your email").await
}

/// Where the rules cannot be had beforehand, the server's word counts, and it
/// comes before any mail.
#[tokio::test]
async fn rules_that_only_the_server_knows() -> Result<()> {
    let policy = json!({ "enabled": true, "minimum_length": 30 });
    let homeserver = json!({ "password_config": { "policy": policy } });
    let (house, browser) = visit(Plan { homeserver, ..Plan::default() }, "").await?;
    house.proxy.answer("/password_policy", Instead::html(404, true));
    browser.reload().await?;
    browser.press("Set a new password").await?;
    send_reset_email(&browser, EMAIL, NEW).await?;
    said_in_the_form(&browser, "Too short for example.org. Use a longer one.", EMAIL).await?;
    assert!(house.proxy.exchanges("/requestToken").is_empty(), "no mail was asked for");
    assert!(house.mail.to(EMAIL)?.is_empty());
    Ok(())
}

/// The real limit of a real server, counted down to its end.
#[tokio::test]
async fn too_many_attempts() -> Result<()> {
    let limit = json!({ "per_second": 0.15, "burst_count": 1 });
    let homeserver = json!({ "rc_3pid_validation": limit });
    let (house, browser) = visit(Plan { homeserver, ..Plan::default() }, "reset/").await?;
    send_reset_email(&browser, "nobody@example.org", NEW).await?;
    browser.see("No account on example.org uses this email address.").await?;
    browser.fill("Email address", EMAIL).await?;
    browser.press("Send Reset Email").await?;
    said_in_the_form(&browser, "Too many attempts. You can try again in", EMAIL).await?;
    assert!(browser.is_blocked("Send Reset Email").await?);
    browser.see("You can try again in 3 seconds.").await?;
    browser.see("You can try again in 2 seconds.").await?;
    browser.see("You can try again now.").await?;
    browser.press("Send Reset Email").await?;
    browser.see_heading("Check your email").await?;
    let limited = r#"{"errcode": "M_LIMIT_EXCEEDED", "retry_after_ms": 8000}"#;
    house.proxy.answer("/requestToken", Instead::json(429, limited));
    browser.press_later("Send the email again").await?;
    browser.see("Too many attempts. You can try again in").await?;
    assert!(browser.is_blocked("Send the email again").await?);
    browser.press("I have verified my email address").await?;
    browser.see("Your email address is not confirmed yet.").await?;
    assert!(browser.is_blocked("Send the email again").await?, "it still counts down");
    browser.see("You can send it again in").await?;
    house.proxy.be_honest();
    browser.press_later("Send the email again").await?;
    browser.see("You asked for another email.").await
}

#[tokio::test]
async fn no_network() -> Result<()> {
    let (mut house, browser) = visit(Plan::default(), "reset/").await?;
    let first_tab = browser.tab().await?;
    browser.see_heading("Set a new password").await?;
    browser.set_offline(true).await?;
    send_reset_email(&browser, EMAIL, NEW).await?;
    said_in_the_form(&browser, "You are offline.", EMAIL).await?;
    browser.set_offline(false).await?;
    browser.press("Send Reset Email").await?;
    browser.see_heading("Check your email").await?;

    browser.set_offline(true).await?;
    confirm_in_new_tab(&mut house, &browser, 1).await?;
    browser.switch_to(&first_tab).await?;
    browser.press("I have verified my email address").await?;
    browser.see("You are offline.").await?;
    browser.set_offline(false).await?;
    browser.see_heading("Your password has been changed").await
}

#[tokio::test]
async fn a_server_that_is_gone_and_comes_back() -> Result<()> {
    let (mut house, browser) = visit(Plan::default(), "reset/").await?;
    let first_tab = browser.tab().await?;
    browser.see_heading("Set a new password").await?;
    house.synapse.stop();
    send_reset_email(&browser, EMAIL, NEW).await?;
    said_in_the_form(&browser, "example.org does not answer.", EMAIL).await?;
    house.synapse.resume().await?;
    browser.press("Send Reset Email").await?;
    browser.see_heading("Check your email").await?;

    house.synapse.stop();
    browser.see("example.org does not answer.").await?;
    browser.see("This page keeps trying.").await?;
    house.synapse.resume().await?;
    browser.see_no_text("example.org does not answer.").await?;
    confirm_in_new_tab(&mut house, &browser, 1).await?;
    browser.switch_to(&first_tab).await?;
    browser.see_heading("Your password has been changed").await?;
    house.synapse.login("alice", NEW).await?;
    Ok(())
}

#[tokio::test]
async fn a_server_that_answers_html() -> Result<()> {
    let (house, browser) = visit(Plan::default(), "reset/").await?;
    let not_matrix = "What answers at example.org is not a Matrix homeserver.";
    let fault = "example.org has a problem at the moment.";
    let gone = "example.org does not answer.";
    for path in ["/account/password", "/requestToken"] {
        for (instead, words) in [
            (Instead::html(200, true), not_matrix),
            (Instead::html(404, true), not_matrix),
            (Instead::html(503, true), fault),
            (Instead::html(502, false), gone),
        ] {
            house.proxy.answer(path, instead.clone());
            send_reset_email(&browser, EMAIL, NEW).await?;
            let said = said_in_the_form(&browser, words, EMAIL).await;
            said.map_err(|error| error.context(format!("{path} {instead:?}")))?;
            house.proxy.be_honest();
        }
    }
    send_reset_email(&browser, EMAIL, NEW).await?;
    browser.see_heading("Check your email").await?;
    house.proxy.answer("/account/password", Instead::html(200, true));
    browser.press("I have verified my email address").await?;
    browser.see(not_matrix).await?;
    house.proxy.be_honest();
    browser.press("I have verified my email address").await?;
    browser.see("Your email address is not confirmed yet.").await
}

#[tokio::test]
async fn a_mail_that_could_not_be_sent() -> Result<()> {
    let (house, browser) = visit(Plan::default(), "reset/").await?;
    let House { mail, synapse: _synapse, proxy: _proxy, site: _site } = house;
    browser.see_heading("Set a new password").await?;
    drop(mail);
    send_reset_email(&browser, EMAIL, NEW).await?;
    said_in_the_form(&browser, "example.org could not send the email.", EMAIL).await
}

#[tokio::test]
async fn signing_in_with_the_wrong_words() -> Result<()> {
    let limit = json!({ "per_second": 0.2, "burst_count": 2 });
    let unlimited = json!({ "per_second": 1000, "burst_count": 1000 });
    let limits = json!({ "account": unlimited, "address": unlimited, "failed_attempts": limit });
    let homeserver = json!({ "rc_login": limits });
    let (house, browser) = visit(Plan { homeserver, ..Plan::default() }, "login/").await?;
    browser.press("Sign in").await?;
    browser.see("Type your username, your Matrix ID or your email address.").await?;
    assert_eq!(browser.beside("Password").await?.trim(), "Type your password.");

    sign_in(&browser, "@alice:elsewhere.example", OLD).await?;
    browser.see("This account is on elsewhere.example").await?;
    // The site asked only how one signs in.
    let asked = house.proxy.exchanges("/login");
    assert!(asked.iter().all(|exchange| exchange.request.is_empty()), "it was sent to nobody");

    sign_in(&browser, "alice", "wrong").await?;
    browser.see("The name or the password is not right on example.org.").await?;
    assert_eq!(browser.value("Password").await?, "wrong");
    assert!(!browser.text().await?.contains("M_"));
    browser.press("Sign in").await?;
    browser.press("Sign in").await?;
    browser.see("Too many attempts. You can try again in").await?;
    browser.see("You can try again now.").await?;

    sign_in(&browser, "@alice:example.org", OLD).await?;
    browser.see("@alice:example.org").await?;
    sign_out(&browser).await?;
    sign_in(&browser, EMAIL, OLD).await?;
    browser.see("@alice:example.org").await
}

#[tokio::test]
async fn signing_in_and_out_while_the_server_is_gone() -> Result<()> {
    let (mut house, browser) = visit(Plan::default(), "login/").await?;
    browser.see_heading("Sign in").await?;
    house.synapse.stop();
    sign_in(&browser, "alice", OLD).await?;
    browser.see("example.org does not answer.").await?;
    house.synapse.resume().await?;
    browser.press("Sign in").await?;
    browser.see_heading("Your account").await?;

    house.proxy.answer("/logout", Instead::html(502, true));
    browser.press("Sign out").await?;
    browser.see_heading("Sign out").await?;
    browser.press("Sign out").await?;
    browser.see("example.org has a problem at the moment.").await?;
    browser.see_heading("Sign out").await?;
    browser.see("Forget it in this browser").await?;
    house.proxy.be_honest();
    browser.press("Sign out").await?;
    browser.see_heading("Sign in").await
}

/// A closed tab can be opened again, by whoever sits at the computer then.
#[tokio::test]
async fn a_session_that_was_left_for_long_is_signed_out() -> Result<()> {
    let (house, browser) = visit(Plan::default(), "login/").await?;
    sign_in(&browser, "alice", OLD).await?;
    browser.see_heading("Your account").await?;
    let later = |minutes: u32| {
        format!(
            "var left = 'matrix-account-recovery.left';
            if (sessionStorage[left]) sessionStorage[left] -= {minutes} * 60000"
        )
    };
    browser.before_each_page(&later(9)).await?;
    browser.reload().await?;
    browser.see("@alice:example.org").await?;
    // A second time, so that it was eleven minutes. Help needs no session.
    browser.before_each_page(&later(2)).await?;
    browser.open(&house.site.url("help/")).await?;
    browser.see_heading("Help").await?;
    browser.reload().await?;
    browser.see_heading("Help").await?;
    browser.open(&house.site.url("account/")).await?;
    browser.see_heading("Sign in").await?;
    browser.see("Your session has ended. Sign in again.").await?;
    let storage = browser.storage().await?;
    assert!(!storage.contains("access_token"), "{storage}");
    let signed_out = house.proxy.exchanges("/logout");
    assert_eq!(signed_out.len(), 1);
    Ok(())
}

#[tokio::test]
async fn a_session_that_was_ended_elsewhere() -> Result<()> {
    let (house, browser) = visit(Plan::default(), "login/").await?;
    sign_in(&browser, "alice", OLD).await?;
    browser.see_heading("Your account").await?;
    browser.reload().await?;
    browser.see("@alice:example.org").await?;
    house.synapse.sign_out_everywhere("alice", OLD).await?;
    browser.reload().await?;
    browser.see_heading("Sign in").await?;
    browser.see("Your session has ended. Sign in again.").await?;
    let storage = browser.storage().await?;
    assert!(!storage.contains("access_token"), "{storage}");
    Ok(())
}
