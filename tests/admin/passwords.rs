//! New passwords, from the button to the person who signs in with it.

use super::{
    ENTRANCE, FIND, WHO, at_account, at_bobs_account, at_the_desk, at_the_entrance, made, unfold,
};
use anyhow::{Context, Result};
use serde_json::{Value, json};
use testbed::accounts::{self, Kind};
use testbed::browser::{self, Browser};
use testbed::guide::{OLD, enter_as, enter_as_administrator, secret_is_nowhere, sign_in, sign_out};
use testbed::house::{House, Plan};
use testbed::proxy::Instead;
use testbed::synapse::{ADMIN, ADMIN_PASSWORD};
use testbed::words::Words;

#[tokio::test]
async fn a_password_is_set_and_handed_over_and_sessions_stay() -> Result<()> {
    let (house, browser) = at_the_desk().await?;
    let session = house.synapse.login("bob", OLD).await?;
    at_bobs_account(&browser).await?;
    browser.see("1 session.").await?;
    browser.see("There is no email address on the account").await?;
    let password = made(&browser, "set-password").await?;
    assert!(browser.is_chosen("Keep them signed in").await?);
    assert!(password.split('-').count() >= 7, "{password}");
    browser.press("Make another one").await?;
    let other = made(&browser, "set-password").await?;
    assert_ne!(password, other);
    browser.press("Set this password").await?;
    browser.see("Hand this over").await?;
    assert_eq!(browser.focused().await?, "sheet");
    browser.see(&other).await?;
    browser.press("Copy it").await?;
    let copied = browser.clipboard().await?;
    assert!(copied.contains(&other) && copied.contains("@bob:example.org"), "{copied}");
    browser.press("I have handed it over").await?;
    browser.see_no_text(&other).await?;
    browser.see("The new password is set. All sessions are still signed in.").await?;
    assert!(
        !browser
            .script("return document.body.outerHTML", vec![])
            .await?
            .to_string()
            .contains(&other)
    );
    secret_is_nowhere(&browser, &other).await?;

    assert!(house.synapse.is_signed_in(&session).await?);
    assert!(house.synapse.login("bob", OLD).await.is_err());
    let bob = Browser::start(browser::Options::default()).await?;
    bob.open(&house.site.url("login/")).await?;
    sign_in(&bob, "bob", &other).await?;
    bob.see_heading("Your account").await?;
    sign_out(&bob).await
}

#[tokio::test]
async fn a_password_follows_the_rules_and_sessions_end_after_a_question() -> Result<()> {
    let policy = json!({ "password_config": { "policy": {
        "enabled": true, "minimum_length": 60, "require_digit": true, "require_uppercase": true,
        "require_symbol": true, "require_lowercase": true,
    } } });
    let plan = Plan { homeserver: policy, ..Plan::default() };
    let (house, browser) = at_the_entrance(plan).await?;
    let session = house.synapse.login("bob", OLD).await?;
    accounts::prepare(&house.synapse.url(), Kind::ByPassphrase, "bob", OLD).await?;
    enter_as_administrator(&browser).await?;
    at_bobs_account(&browser).await?;
    browser
        .see("A recovery key is set up, and the key of a message backup is kept with it.")
        .await?;
    browser
        .see("they can read their older encrypted messages only with their recovery key")
        .await?;
    let password = made(&browser, "set-password").await?;
    assert!(password.len() >= 60, "{password}");
    browser.fill("New password", "short").await?;
    browser.press("Set this password").await?;
    browser.see("Too short. Use at least 60 characters.").await?;
    assert_eq!(browser.value("New password").await?, "short");
    browser.fill("New password", &password).await?;
    browser.choose("Sign out of all").await?;
    browser.press("Set this password").await?;
    browser.see("Are you sure?").await?;
    assert!(house.synapse.is_signed_in(&session).await?);
    browser.press("Leave it as it is").await?;
    house.synapse.login("bob", OLD).await?;
    browser.press("Set this password").await?;
    browser.press("Set it and sign out").await?;
    browser.see("Hand this over").await?;
    assert!(!house.synapse.is_signed_in(&session).await?);
    house.synapse.login("bob", &password).await.map(|_| ())
}

/// Nobody else knows the password, so it must not get lost on the way.
#[tokio::test]
async fn a_password_is_not_lost_by_a_press_or_by_the_network() -> Result<()> {
    let (house, browser) = at_the_desk().await?;
    at_bobs_account(&browser).await?;
    let reset = "/reset_password/%40bob%3Aexample.org";
    let password = made(&browser, "set-password").await?;
    house.proxy.answer(reset, Instead::Lost);
    browser.press("Set this password").await?;
    browser.see("Check this password").await?;
    browser.see("The answer of example.org got lost.").await?;
    assert_eq!(browser.focused().await?, "sheet");
    browser.see(&password).await?;
    house.synapse.login("bob", &password).await?;
    browser.press("I have noted the password").await?;
    browser.see("Whether it was done is not known.").await?;
    assert_eq!(browser.value("New password").await?, password, "it can be set once more");
    house.proxy.be_honest();
    house.proxy.answer(reset, Instead::Held);
    browser.press("Set this password").await?;
    // Somebody is impatient, and goes to another page.
    browser.press(FIND).await?;
    browser.see_heading(FIND).await?;
    house.proxy.be_honest();
    browser.see("Hand this over").await?;
    browser.see(&password).await?;
    browser.press("I have handed it over").await?;
    browser.see(WHO).await?;
    house.synapse.login("bob", &password).await.map(|_| ())
}

/// An account that was created, and the answer got lost.
#[tokio::test]
async fn password_of_a_new_account_is_handed_over_though_the_answer_got_lost() -> Result<()> {
    let (house, browser) = at_the_desk().await?;
    unfold(&browser).await?;
    let password = made(&browser, "create-password").await?;
    browser.fill("New username", "frank").await?;
    house.proxy.answer("/v2/users/%40frank%3Aexample.org", Instead::Lost);
    browser.press("Create the account").await?;
    browser.see("Check this password").await?;
    browser.see(&password).await?;
    house.synapse.login("frank", &password).await.map(|_| ())
}

/// Signing out would lose a password that is not handed over.
#[tokio::test]
async fn sign_out_asks_while_a_password_is_open_or_on_its_way() -> Result<()> {
    let (house, browser) = at_the_desk().await?;
    at_bobs_account(&browser).await?;
    let password = made(&browser, "set-password").await?;
    let reset = "/reset_password/%40bob%3Aexample.org";
    house.proxy.answer(reset, Instead::Held);
    browser.press("Set this password").await?;
    browser.see("Setting it…").await?;
    browser.press("Sign out").await?;
    browser.see("A password is not handed over yet").await?;
    assert_eq!(browser.focused().await?, "leave-question");
    browser.press("Stay signed in and keep the password").await?;
    browser.see_no_text("A password is not handed over yet").await?;
    assert_eq!(browser.focused().await?, "leave");
    house.proxy.be_honest();
    browser.see("Hand this over").await?;
    browser.see(&password).await?;
    browser.press("Sign out").await?;
    browser.see("A password is not handed over yet").await?;
    browser.press("Stay signed in and keep the password").await?;
    browser.see(&password).await?;
    browser.press("Sign out").await?;
    browser.press("Sign out and lose the password").await?;
    browser.see_heading(ENTRANCE).await?;
    browser.see_no_text(&password).await?;
    // Without a password, it does not ask.
    enter_as_administrator(&browser).await?;
    browser.see_heading(FIND).await?;
    browser.press("Sign out").await?;
    browser.see_heading(ENTRANCE).await
}

/// An answer that comes after another administrator signed in.
#[tokio::test]
async fn password_on_its_way_is_not_shown_to_the_next_administrator() -> Result<()> {
    let (house, browser) = at_the_entrance(Plan::default()).await?;
    house.synapse.register("zoe", OLD, None).await?;
    house.synapse.change_account("zoe", &json!({ "admin": true })).await?;
    // A pasted token is not signed out, so the request that is held still works.
    let token = house.synapse.login(ADMIN, ADMIN_PASSWORD).await?;
    browser.see("The Admin API of example.org can be reached.").await?;
    unfold(&browser).await?;
    browser.fill("Access token", &token).await?;
    browser.press("Use this token").await?;
    at_bobs_account(&browser).await?;
    let password = made(&browser, "set-password").await?;
    house.proxy.answer("/reset_password/%40bob%3Aexample.org", Instead::Held);
    browser.press("Set this password").await?;
    browser.see("Setting it…").await?;
    browser.press("Forget the token").await?;
    browser.press("Forget the token and lose the password").await?;
    browser.see_heading(ENTRANCE).await?;
    enter_as(&browser, "zoe", OLD).await?;
    browser.see_heading(FIND).await?;
    house.proxy.be_honest();
    browser.see("@admin:example.org still has a password to hand over.").await?;
    browser.see_no_text(&password).await?;
    browser.press("Sign out").await?;
    browser.see_heading(ENTRANCE).await?;
    enter_as_administrator(&browser).await?;
    browser.see("Hand this over").await?;
    browser.see(&password).await?;
    house.synapse.login("bob", &password).await.map(|_| ())
}

/// Bob's password is set while Carol's is looked at, and waits behind it.
async fn two_sheets() -> Result<(House, Browser, [String; 2])> {
    let (house, browser) = at_the_desk().await?;
    house.synapse.register("carol", OLD, None).await?;
    at_bobs_account(&browser).await?;
    let bobs = made(&browser, "set-password").await?;
    house.proxy.answer("/reset_password/%40bob%3Aexample.org", Instead::Held);
    browser.press("Set this password").await?;
    browser.press(FIND).await?;
    at_account(&browser, "@carol:example.org").await?;
    let carols = made(&browser, "set-password").await?;
    browser.press("Set this password").await?;
    browser.see(&carols).await?;
    house.proxy.be_honest();
    testbed::net::wait_for("Bob's password", std::time::Duration::from_secs(20), || async {
        Ok(house.synapse.login("bob", &bobs).await.is_ok().then_some(()))
    })
    .await?;
    Ok((house, browser, [bobs, carols]))
}

#[tokio::test]
async fn two_passwords_are_handed_over_one_after_the_other() -> Result<()> {
    let (house, browser, [bobs, carols]) = two_sheets().await?;
    browser.press("I have handed it over").await?;
    browser.see(&bobs).await?;
    browser.press("I have handed it over").await?;
    browser.see_no_text("Hand this over").await?;
    house.synapse.login("carol", &carols).await.map(|_| ())
}

/// What is copied is what is shown, also after the language was changed.
#[tokio::test]
async fn no_password_is_under_another_name_in_another_language() -> Result<()> {
    let (_house, browser, [bobs, carols]) = two_sheets().await?;
    let de = Words::of("de")?;
    browser.select("Language", "Deutsch").await?;
    browser.see(de.get("admin.sheet.title")?).await?;
    for (name, password, other) in [("carol", &carols, &bobs), ("bob", &bobs, &carols)] {
        browser.see(password).await?;
        browser.press(de.get("admin.sheet.copy")?).await?;
        browser.see(de.get("admin.sheet.copied")?).await?;
        let copied = browser.clipboard().await?;
        assert!(copied.contains(password.as_str()) && !copied.contains(other.as_str()), "{copied}");
        assert!(copied.contains(&format!("@{name}:example.org")), "{copied}");
        assert!(copied.contains(de.get("admin.sheet.password")?), "{copied}");
        browser.press(de.get("admin.sheet.close")?).await?;
    }
    Ok(())
}

#[tokio::test]
async fn dendrite_has_one_thing_to_offer() -> Result<()> {
    let house = House::build(Plan::default()).await?;
    let unrecognized = r#"{"errcode":"M_UNRECOGNIZED","error":"Unrecognized request"}"#;
    let paths = ["/_synapse/admin/v1/server_version", "/_matrix/client/v3/password_policy"];
    for path in paths {
        house.proxy.answer(path, Instead::json(404, unrecognized));
    }
    let missing = r#"{"errcode":"M_MISSING_TOKEN","error":"missing access token"}"#;
    house.proxy.answer("/resetPassword/nobody", Instead::json(401, missing));
    let reset = "/resetPassword/%40bob%3Aexample.org";
    let gone = r#"{"errcode":"M_UNKNOWN","error":"User does not exist"}"#;
    house.proxy.answer(reset, Instead::json(404, gone));
    let browser = Browser::start(browser::Options::default()).await?;
    browser.open(&house.site.url("admin/")).await?;
    enter_as_administrator(&browser).await?;
    browser.see("example.org is Dendrite").await?;
    let password = made(&browser, "dendrite-password").await?;
    browser.fill("Matrix ID", "@bob:elsewhere.example").await?;
    browser.press("Set this password").await?;
    browser.see("Type the whole Matrix ID of somebody on example.org").await?;
    browser.fill("Matrix ID", "@bob:example.org").await?;
    browser.press("Set this password").await?;
    browser.see("There is no such account.").await?;
    let done = Instead::json(200, r#"{"password_updated":true}"#);
    house.proxy.answer(reset, done);
    browser.press("Set this password").await?;
    browser.see("Hand this over").await?;
    let sent = house.proxy.exchanges(reset);
    let sent: Value = serde_json::from_str(&sent.last().context("nothing was sent")?.request)?;
    assert_eq!(sent, json!({ "password": password, "logout_devices": false }));
    Ok(())
}

#[tokio::test]
async fn what_was_done_can_be_saved() -> Result<()> {
    let (_house, browser) = at_the_desk().await?;
    at_bobs_account(&browser).await?;
    let password = made(&browser, "set-password").await?;
    browser.press("Set this password").await?;
    browser.press("I have handed it over").await?;
    unfold(&browser).await?;
    let saved = browser.save("Save it as a file").await?;
    let lines: Vec<_> = saved.lines().collect();
    assert_eq!(lines[0], "time,administrator,action,account,result");
    assert!(lines[1].ends_with("Z,@admin:example.org,set a new password,@bob:example.org,done"));
    assert!(!saved.contains(&password), "no secret is in it");
    Ok(())
}
