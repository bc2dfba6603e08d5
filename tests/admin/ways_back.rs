//! The other ways back in, and what must not happen on them.

use super::{
    BOBS, FIND, addresses, at_account, at_bobs_account, at_the_desk, at_the_entrance, made, search,
    unfold,
};
use anyhow::{Result, bail};
use serde_json::json;
use testbed::accounts::{self, Kind};
use testbed::browser::{self, Browser};
use testbed::guide::{NEW, OLD, enter_as_administrator, send_reset_email};
use testbed::house::{House, Plan};
use testbed::proxy::Instead;
use testbed::synapse::{ADMIN, ADMIN_PASSWORD};

#[tokio::test]
async fn an_address_is_attached_and_bob_sets_a_new_password_himself() -> Result<()> {
    let (mut house, browser) = at_the_desk().await?;
    house.synapse.register("carol", OLD, Some("carol@example.org")).await?;
    let phone = json!([{ "medium": "msisdn", "address": "4912345" }]);
    house.synapse.change_account("bob", &json!({ "threepids": phone })).await?;
    let session = house.synapse.login("bob", OLD).await?;
    at_bobs_account(&browser).await?;
    browser.fill("Their email address", "Carol@Example.org").await?;
    browser.press("Attach it").await?;
    browser.see("This address is on @carol:example.org.").await?;
    assert_eq!(addresses(&house, "carol").await?, ["carol@example.org"]);
    assert_eq!(addresses(&house, "bob").await?, ["4912345"]);
    browser.fill("Their email address", "nonsense").await?;
    browser.press("Attach it").await?;
    browser.see("This is not an email address.").await?;
    browser.fill("Their email address", BOBS).await?;
    browser.press("Attach it").await?;
    browser.see("bob@example.org is on the account now.").await?;
    assert_eq!(addresses(&house, "bob").await?, ["4912345", BOBS], "nothing was lost");
    assert!(house.synapse.is_signed_in(&session).await?);

    // Bob, on his own device, follows the link.
    let bob = Browser::start(browser::Options::default()).await?;
    bob.open(&house.site.url("reset/#email=bob%40example.org")).await?;
    bob.see_heading("Set a new password").await?;
    assert_eq!(bob.value("Email address").await?, BOBS);
    send_reset_email(&bob, BOBS, NEW).await?;
    bob.see_heading("Check your email").await?;
    let first = bob.tab().await?;
    let mail = house.mail.wait(BOBS, 1).await?;
    bob.open_in_new_tab(mail.link()?).await?;
    bob.press("Confirm changing my password").await?;
    bob.switch_to(&first).await?;
    bob.see_heading("Your password has been changed").await?;
    house.synapse.login("bob", NEW).await.map(|_| ())
}

#[tokio::test]
async fn a_closed_account_is_opened_again() -> Result<()> {
    let (house, browser) = at_the_entrance(Plan::default()).await?;
    house.synapse.settle().await?;
    enter_as_administrator(&browser).await?;
    at_bobs_account(&browser).await?;
    browser.press("Deactivate it").await?;
    browser.see("@bob:example.org leaves all rooms").await?;
    browser.press("Leave it as it is").await?;
    assert_eq!(house.synapse.account("bob").await?["deactivated"], false);
    browser.press("Deactivate it").await?;
    browser.press("Deactivate the account").await?;
    browser.see("The account was deactivated.").await?;
    assert_eq!(house.synapse.account("bob").await?["deactivated"], true);
    assert_eq!(house.synapse.account("bob").await?["erased"], false);
    browser.see("Open the account again").await?;
    unfold(&browser).await?;
    let password = made(&browser, "reactivate-password").await?;
    browser.press("Open it with this password").await?;
    browser.see("Hand this over").await?;
    browser.press("I have handed it over").await?;
    house.synapse.login("bob", &password).await?;

    browser.choose("Hide what they wrote").await?;
    browser.press("Deactivate it").await?;
    browser.press("Deactivate the account").await?;
    browser.see("The messages of @bob:example.org are hidden for good.").await?;
    assert_eq!(house.synapse.account("bob").await?["deactivated"], false, "it was asked twice");
    browser.press("Hide them too").await?;
    browser.see("The account was deactivated, and its messages are hidden.").await?;
    assert_eq!(house.synapse.account("bob").await?["erased"], true);
    Ok(())
}

/// Synapse, taken for Tuwunel because it has no rules for passwords.
async fn at_tuwunels_desk() -> Result<(House, Browser)> {
    let (house, browser) = at_the_entrance(Plan::default()).await?;
    no_policy(&house);
    browser.open("about:blank").await?;
    browser.open(&house.site.url("admin/")).await?;
    enter_as_administrator(&browser).await?;
    browser.see_heading(FIND).await?;
    Ok((house, browser))
}

/// What Tuwunel 1.9.0 answers to `GET /password_policy`.
fn no_policy(house: &House) {
    let unrecognized = r#"{"errcode":"M_UNRECOGNIZED","error":"M_UNRECOGNIZED: Not Found"}"#;
    house.proxy.answer("/_matrix/client/v3/password_policy", Instead::json(404, unrecognized));
}

/// What was asked for that changes this account.
fn changes(house: &House, name: &str) -> Vec<(String, String)> {
    let account = format!("%40{name}%3Aexample.org");
    let all = house.proxy.exchanges(&account).into_iter();
    all.filter(|it| it.method != "GET").map(|it| (it.path, it.request)).collect()
}

#[tokio::test]
async fn addresses_are_removed_before_an_account_of_tuwunel_is_deactivated() -> Result<()> {
    let (house, browser) = at_tuwunels_desk().await?;
    let email = json!([{ "medium": "email", "address": BOBS }]);
    house.synapse.change_account("bob", &json!({ "threepids": email })).await?;
    at_bobs_account(&browser).await?;
    browser.see("The email addresses are removed first").await?;
    // Where that fails, nothing else is done.
    let account = "/v2/users/%40bob%3Aexample.org";
    house.proxy.answer(account, Instead::json(403, r#"{"errcode":"M_FORBIDDEN"}"#));
    browser.press("Deactivate it").await?;
    browser.press("Deactivate the account").await?;
    browser.see("example.org does not let you do this.").await?;
    assert_eq!(house.synapse.account("bob").await?["deactivated"], false);
    house.proxy.be_honest();
    no_policy(&house);
    let before = changes(&house, "bob").len();
    browser.press("Deactivate it").await?;
    browser.press("Deactivate the account").await?;
    browser.see("The account was deactivated.").await?;
    let [first, second] = &changes(&house, "bob")[before..] else { bail!("not two changes") };
    assert!(first.0.ends_with("/v2/users/%40bob%3Aexample.org"), "{first:?}");
    assert_eq!(first.1, r#"{"threepids":[]}"#);
    assert!(second.0.ends_with("/v1/deactivate/%40bob%3Aexample.org"), "{second:?}");
    assert_eq!(house.synapse.account("bob").await?["deactivated"], true);
    assert_eq!(addresses(&house, "bob").await?, [""; 0]);
    Ok(())
}

#[tokio::test]
async fn many_accounts_of_tuwunel_lose_their_addresses_first() -> Result<()> {
    let (house, browser) = at_tuwunels_desk().await?;
    let email = json!([{ "medium": "email", "address": BOBS }]);
    house.synapse.change_account("bob", &json!({ "threepids": email })).await?;
    browser.press("Many at once").await?;
    browser.see("their email addresses are removed").await?;
    browser.choose("Deactivate the accounts").await?;
    let paste = "document.getElementById('list').value = 'bob'";
    browser.script(paste, vec![]).await?;
    browser.press("Show what would happen").await?;
    browser.see("Of 1 row: 1 to be done").await?;
    browser.press("Do it").await?;
    browser.press("Yes, do it").await?;
    browser.see("Of 1 row: 1 done").await?;
    let [first, second] = &changes(&house, "bob")[..] else { bail!("not two changes") };
    assert_eq!(first.1, r#"{"threepids":[]}"#);
    assert!(second.0.ends_with("/v1/deactivate/%40bob%3Aexample.org"), "{second:?}");
    assert_eq!(house.synapse.account("bob").await?["deactivated"], true);
    Ok(())
}

/// Tuwunel has no search by the name at a provider, and lists an account of its own.
#[tokio::test]
async fn search_on_tuwunel_offers_what_it_has() -> Result<()> {
    let (house, browser) = at_tuwunels_desk().await?;
    house.synapse.register("conduit", OLD, None).await?;
    assert!(!browser.text().await?.contains("oidc-work"));
    search(&browser, "oidc-work=b.builder").await?;
    browser.see("No account has this in its name.").await?;
    let by_provider = house.proxy.exchanges("/users/b.builder");
    assert!(by_provider.is_empty(), "{by_provider:?}");
    search(&browser, "o").await?;
    browser.see("@bob:example.org").await?;
    assert!(!browser.text().await?.contains("@conduit:example.org"));
    search(&browser, "@conduit:example.org").await?;
    browser.see("@conduit:example.org").await?;
    browser.see("1 account").await
}

#[tokio::test]
async fn what_keeps_somebody_out_is_lifted() -> Result<()> {
    let (house, browser) = at_the_desk().await?;
    let session = house.synapse.login("bob", OLD).await?;
    accounts::prepare(&house.synapse.url(), Kind::ByPassphrase, "bob", OLD).await?;
    house.synapse.suspend("bob").await?;
    at_bobs_account(&browser).await?;
    browser.press("Lock it").await?;
    browser.press("Lock the account").await?;
    browser.see("The account is locked.").await?;
    assert!(!house.synapse.is_signed_in(&session).await?);
    browser.press("Unlock it").await?;
    browser.see("The account is unlocked.").await?;
    assert!(house.synapse.is_signed_in(&session).await?, "nothing was lost");
    browser.press("Lift it").await?;
    browser.see("The account is not suspended any more.").await?;
    assert_eq!(house.synapse.account("bob").await?["suspended"], false);

    // Synapse takes a request to allow it without a proof, and does not keep to it.
    browser.see("example.org asks for their password there, and for nothing else.").await?;
    assert!(!browser.text().await?.contains("Allow it for ten minutes"));

    browser.press("Sign out of all sessions").await?;
    browser.see("All sessions are signed out.").await?;
    browser.press("Yes, sign out").await?;
    browser.see("All sessions were signed out.").await?;
    assert_eq!(house.synapse.sessions("bob").await?, []);
    house.synapse.login("bob", OLD).await.map(|_| ())
}

#[tokio::test]
async fn one_session_is_signed_out_and_the_others_stay() -> Result<()> {
    let (house, browser) = at_the_desk().await?;
    let phone = house.synapse.login_as("bob", OLD, "Phone").await?;
    let laptop = house.synapse.login_as("bob", OLD, "Laptop").await?;
    at_bobs_account(&browser).await?;
    browser.press("Sign out of Phone").await?;
    browser.see("Message keys that only Phone holds are deleted with it.").await?;
    assert!(house.synapse.is_signed_in(&phone).await?);
    browser.press("Yes, sign out").await?;
    browser.see("Phone was signed out.").await?;
    assert!(!house.synapse.is_signed_in(&phone).await?);
    assert!(house.synapse.is_signed_in(&laptop).await?);
    Ok(())
}

#[tokio::test]
async fn what_was_not_done_is_not_said_to_be() -> Result<()> {
    let (house, browser) = at_the_desk().await?;
    let session = house.synapse.login("bob", OLD).await?;
    house.proxy.answer("/users/%40bob%3Aexample.org/devices", Instead::html(200, true));
    at_bobs_account(&browser).await?;
    browser.press("Sign out of all sessions").await?;
    browser.press("Yes, sign out").await?;
    browser.see("What answers at example.org is not a Matrix homeserver.").await?;
    assert!(!browser.text().await?.contains("All sessions were signed out."));
    assert!(house.synapse.is_signed_in(&session).await?);
    // Where it is known by now, the sessions are those of now, and not of before.
    house.proxy.be_honest();
    browser.press("Look again").await?;
    browser.see("1 session.").await?;
    let later = house.synapse.login("bob", OLD).await?;
    browser.press("Sign out of all sessions").await?;
    browser.press("Yes, sign out").await?;
    browser.see("All sessions were signed out.").await?;
    assert!(!house.synapse.is_signed_in(&later).await?);

    // An address that Synapse would take for somebody else's.
    house.synapse.register("carol", OLD, Some("strasse@example.org")).await?;
    browser.fill("Their email address", "stra\u{df}e@example.org").await?;
    browser.press("Attach it").await?;
    browser.see("Only addresses in plain letters without accents are attached here").await?;
    assert_eq!(addresses(&house, "carol").await?, ["strasse@example.org"]);
    Ok(())
}

#[tokio::test]
async fn nobody_locks_themselves_out_without_being_asked_twice() -> Result<()> {
    let (house, browser) = at_the_desk().await?;
    at_account(&browser, "@admin:example.org").await?;
    browser.see("This is your own account.").await?;
    made(&browser, "set-password").await?;
    for (button, first) in [
        ("Lock it", "Lock the account"),
        ("Deactivate it", "Deactivate the account"),
        ("Sign out of all sessions", "Yes, sign out"),
        ("Set this password", "I know, go on"),
    ] {
        browser.press(button).await?;
        browser.press(first).await?;
        // Whoever presses twice in one place presses this.
        let answers = "return [...document.querySelectorAll('[id$=-question] button')]
            .map((button) => button.innerText)";
        let answers = browser.script(answers, vec![]).await?;
        assert_eq!(answers, json!(["Leave it as it is", "I know, go on"]), "{button}");
        let account = house.synapse.account(ADMIN).await?;
        assert_eq!((&account["locked"], &account["deactivated"]), (&json!(false), &json!(false)));
        house.synapse.login(ADMIN, ADMIN_PASSWORD).await?;
        browser.press("Leave it as it is").await?;
    }
    // And two answers are enough.
    let password = made(&browser, "set-password").await?;
    browser.press("Set this password").await?;
    browser.press("I know, go on").await?;
    browser.press("I know, go on").await?;
    browser.see("Hand this over").await?;
    house.synapse.login(ADMIN, &password).await.map(|_| ())
}

#[tokio::test]
async fn the_account_of_a_bridge_is_left_alone() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("bridge.yaml");
    let bridge = json!({
        "id": "irc-bridge", "url": null, "as_token": "as", "hs_token": "hs",
        "sender_localpart": "irc", "rate_limited": false,
        "namespaces": { "users": [{ "exclusive": true, "regex": "@irc_.*" }] },
    });
    std::fs::write(&file, bridge.to_string())?;
    let homeserver = json!({ "app_service_config_files": [file] });
    let (house, browser) = at_the_entrance(Plan { homeserver, ..Plan::default() }).await?;
    house.synapse.register_for_bridge("as", "irc_bob").await?;
    enter_as_administrator(&browser).await?;
    at_account(&browser, "@irc_bob:example.org").await?;
    browser.see("This account belongs to irc-bridge, a bridge or a bot.").await?;
    let text = browser.text().await?;
    for closed in ["Set a new password", "Attach an email address", "Deactivate", "Lock the"] {
        assert!(!text.contains(closed), "{closed} in {text}");
    }
    Ok(())
}
