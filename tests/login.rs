//! Signing in: on every server that can sign in here, in words that say what one
//! can do where it does not work, and leaving nothing behind.

use anyhow::{Context, Result};
use serde_json::{Value, json};
use std::time::Duration;
use testbed::browser::{self, Browser};
use testbed::guide::{OLD, sign_in, sign_out, visit};
use testbed::house::{House, Plan, config_for};
use testbed::mas::Mas;
use testbed::net::wait_for;
use testbed::oidc::{self, OidcProvider};
use testbed::proxy::{Exchange, Instead, Which};

async fn house_with_provider(more: Value) -> Result<(OidcProvider, House, Browser)> {
    let provider = OidcProvider::start().await?;
    let mut homeserver = provider.homeserver("Example University");
    for (key, value) in more.as_object().context("not an object")? {
        homeserver[key] = value.clone();
    }
    let house = House::build(Plan { homeserver, ..Plan::default() }).await?;
    let browser = Browser::start(browser::Options::default()).await?;
    Ok((provider, house, browser))
}

/// With a real provider: there and back, and signed in.
#[tokio::test]
async fn single_sign_on_there_and_back() -> Result<()> {
    let (_provider, house, browser) = house_with_provider(json!({})).await?;
    browser.open(&house.site.url("login/")).await?;
    browser.see("You can also sign in to example.org like this:").await?;
    browser.press("Sign in with Example University").await?;
    oidc::sign_in(&browser, "alice").await?;
    oidc::confirm(&browser).await?;
    browser.see("You are signed in as @alice:example.org.").await?;
    assert_eq!(browser.address().await?, house.site.url("account/"), "no token is left in it");
    let login = last_login(&house)?;
    let token = login.json()["token"].as_str().context("no token")?.to_owned();
    assert!(!browser.storage().await?.contains(&token), "the token is in storage");
    let answer: Value = serde_json::from_str(&login.answer)?;
    let access = answer["access_token"].as_str().context("no session")?.to_owned();
    assert!(house.synapse.is_signed_in(&access).await?);
    browser.reload().await?;
    browser.see("You are signed in as @alice:example.org.").await?;

    // Whoever has no password proves who they are where they signed in.
    house.synapse.begin_session("alice", "ANOTHER").await?;
    browser.press("Look again").await?;
    browser.see("ANOTHER").await?;
    browser.press("Sign out of all my other sessions").await?;
    browser.press("Sign it out").await?;
    browser.see("Sign in once more at the service that you sign in with.").await?;
    browser.press("I have signed in there").await?;
    browser.see("example.org does not know of it yet.").await?;
    let here = browser.tab().await?;
    let host = house.proxy.url().replace("http://", "");
    browser.press_and_follow(&format!("Open {host}")).await?;
    browser.press_and_load("Continue with Example University").await?;
    browser.see_heading("Authorize").await?;
    browser.press_and_load("Continue").await?;
    browser.see("Thank you").await?;
    browser.switch_to(&here).await?;
    browser.press("I have signed in there").await?;
    browser.see("The session was signed out.").await?;
    assert_eq!(house.synapse.sessions("alice").await?.len(), 1);

    sign_out(&browser).await?;
    assert!(!house.synapse.is_signed_in(&access).await?, "nobody is left signed in");
    assert!(house.synapse.sessions("alice").await?.is_empty());
    Ok(())
}

fn last_login(house: &House) -> Result<Exchange> {
    let mut all = house.proxy.exchanges("/login").into_iter();
    all.rfind(|exchange| !exchange.request.is_empty()).context("nobody signed in")
}

/// Without passwords, nobody is asked for one.
#[tokio::test]
async fn single_sign_on_only() -> Result<()> {
    let only = json!({ "password_config": { "enabled": false } });
    let (_provider, house, browser) = house_with_provider(only).await?;
    browser.open(&house.site.url("login/")).await?;
    browser.see("You sign in to example.org with another service.").await?;
    browser.see_no_text("Username, Matrix ID or email address").await?;
    browser.press("Sign in with Example University").await?;
    oidc::sign_in(&browser, "carol").await?;
    oidc::confirm(&browser).await?;
    browser.see("You are signed in as @carol:example.org.").await
}

/// Somebody who makes a person open an address with a token of theirs signs
/// nobody in to an account that is not their own.
#[tokio::test]
async fn a_token_that_was_not_asked_for_is_not_used() -> Result<()> {
    let (_provider, house, browser) = house_with_provider(json!({})).await?;
    for query in ["?loginToken=stolen", "?loginToken=stolen&nonce=guessed", "?loginToken=x&nonce="]
    {
        browser.open(&house.site.url(&format!("login/{query}"))).await?;
        browser.see("This sign-in was not started in this tab, so it was not used.").await?;
        assert_eq!(browser.address().await?, house.site.url("login/"));
    }
    let sent = house.proxy.exchanges("/login");
    assert!(sent.iter().all(|exchange| exchange.request.is_empty()), "it was sent to nobody");
    // The other way is there too, and a token that is too old is said to be.
    browser.see("You can also sign in to example.org like this:").await?;
    let refused = Instead::json(403, r#"{"errcode": "M_FORBIDDEN"}"#);
    browser.press("Sign in with Example University").await?;
    oidc::sign_in(&browser, "bob").await?;
    house.proxy.answer_some("/login", Which::All, refused);
    oidc::confirm(&browser).await?;
    browser.see("This sign-in took too long, or was used already.").await
}

/// A homeserver that leaves its accounts to OAuth: there is a plain way on.
#[tokio::test]
async fn where_nobody_signs_in_here_there_is_a_way_on() -> Result<()> {
    let mas = Mas::start().await?;
    let house = House::build(Plan { homeserver: mas.homeserver(), ..Plan::default() }).await?;
    let browser = Browser::start(browser::Options::default()).await?;
    browser.open(&house.site.url("login/")).await?;
    browser.see("People look after their accounts on example.org on its own page.").await?;
    browser.see_no_text("Username, Matrix ID or email address").await?;
    browser.press_and_follow(&format!("Go to {}", mas.host())).await?;
    browser.see_heading("Your account").await
}

#[tokio::test]
async fn what_stands_in_the_way_is_said() -> Result<()> {
    let (house, browser) = visit(Plan::default(), "login/").await?;
    house.synapse.register("bob", OLD, None).await?;
    house.synapse.register("carol", OLD, None).await?;
    house.synapse.register("dave", OLD, None).await?;
    house.synapse.deactivate("bob").await?;
    house.synapse.change_account("carol", &json!({ "locked": true })).await?;
    for (name, words) in [
        ("alice", "The name or the password is not right on example.org."),
        ("nobody", "The name or the password is not right on example.org."),
        // So says Synapse, which keeps no password of such an account.
        ("bob", "The name or the password is not right on example.org."),
        ("carol", "This account was locked. Ask the administrators of example.org."),
    ] {
        let password = if name == "alice" { "wrong" } else { OLD };
        sign_in(&browser, name, password).await?;
        browser.see(words).await?;
        let text = browser.text().await?;
        assert!(!text.contains("M_"), "{text}");
    }
    let deactivated = Instead::json(403, r#"{"errcode": "M_USER_DEACTIVATED"}"#);
    house.proxy.answer_some("/login", Which::All, deactivated);
    sign_in(&browser, "bob", OLD).await?;
    browser.see("This account was deactivated. Ask the administrators of example.org.").await?;
    house.proxy.be_honest();
    // Whoever is suspended may sign in and look, and change nothing.
    sign_in(&browser, "dave", OLD).await?;
    browser.see("You are signed in as @dave:example.org.").await?;
    let suspended = Instead::json(403, r#"{"errcode": "M_USER_SUSPENDED"}"#);
    house.proxy.answer("/account/password", suspended);
    browser.fill("New password", "another-password-4").await?;
    browser.press("Change my password").await?;
    browser.see("This account was suspended").await
}

/// Each visit would otherwise leave another session in everybody's list.
#[tokio::test]
async fn one_session_is_used_again_in_this_browser() -> Result<()> {
    let (house, browser) = visit(Plan::default(), "login/").await?;
    let mut seen = Vec::new();
    for _ in 0..2 {
        sign_in(&browser, "alice", OLD).await?;
        browser.see_heading("Your account").await?;
        seen.push(house.synapse.sessions("alice").await?);
        let kept = browser.script("return Object.keys(localStorage)", vec![]).await?;
        let key = format!("matrix-account-recovery.device {}", house.proxy.url());
        assert_eq!(kept, json!([key]));
        // The tab goes, and nobody signed out.
        browser.script("sessionStorage.clear()", vec![]).await?;
        browser.open(&house.site.url("login/")).await?;
    }
    assert_eq!(seen[0], seen[1], "the same session was taken up again");
    let [(id, name)] = seen[0].as_slice() else { panic!("{seen:?}") };
    let host = house.site.url("").replace("http://", "");
    assert!(name.ends_with(&format!("({})", host.trim_end_matches('/'))), "{name}");
    let kept = browser.script("return Object.values(localStorage)", vec![]).await?;
    assert_eq!(kept, json!([id]), "it is all that is kept");
    Ok(())
}

/// A homeserver that names a device takes over none on another homeserver.
#[tokio::test]
async fn each_homeserver_gets_a_device_of_its_own() -> Result<()> {
    let (house, browser) = visit(Plan::default(), "login/").await?;
    let other = House::build(Plan::default()).await?;
    other.synapse.register("alice", OLD, None).await?;
    house.synapse.begin_session("alice", "ELEMENT").await?;
    let stolen = r#"{"user_id":"@alice:example.org","access_token":"t","device_id":"ELEMENT"}"#;
    house.proxy.answer_some("/login", Which::All, Instead::json(200, stolen));
    sign_in(&browser, "alice", OLD).await?;
    // There is no such token.
    browser.see("Your session has ended. Sign in again.").await?;
    let asked = last_login(&house)?.json()["device_id"].clone();
    house.proxy.be_honest();
    browser.script("sessionStorage.clear()", vec![]).await?;
    browser.open(&house.site.url("login/")).await?;
    sign_in(&browser, "alice", OLD).await?;
    browser.see("You are signed in as @alice:example.org.").await?;
    assert_eq!(last_login(&house)?.json()["device_id"], asked, "what was answered is not kept");
    assert_eq!(house.synapse.sessions("alice").await?.len(), 2, "Element was not taken over");

    let config = config_for(&other.proxy.url(), "example.org").to_string();
    house.site.set_config(&config);
    browser.script("sessionStorage.clear()", vec![]).await?;
    browser.open(&house.site.url("login/")).await?;
    sign_in(&browser, "alice", OLD).await?;
    browser.see("You are signed in as @alice:example.org.").await?;
    assert_ne!(last_login(&other)?.json()["device_id"], asked);
    Ok(())
}

/// A homeserver that the user chose could pass the sign-in on to another one.
#[tokio::test]
async fn single_sign_on_elsewhere_asks_first() -> Result<()> {
    let (_provider, house, browser) = house_with_provider(json!({})).await?;
    let config = config_for("https://matrix.invalid", "configured.invalid").to_string();
    house.site.set_config(&config);
    let link = format!("login/#hs_url={}", house.proxy.url());
    browser.open(&house.site.url(&link)).await?;
    browser.press("My account is there, go on").await?;
    browser.press("Sign in with Example University").await?;
    browser.see("A dishonest server could pass this sign-in on to another server").await?;
    assert!(browser.address().await?.starts_with(&house.site.url("login/")));
    browser.press("Do not sign in there").await?;
    browser.see_no_text("A dishonest server could").await?;
    browser.press("Sign in with Example University").await?;
    browser.press_and_load("I trust them, sign in").await?;
    oidc::sign_in(&browser, "alice").await?;
    oidc::confirm(&browser).await?;
    browser.see("You are signed in as @alice:example.org.").await
}

/// Where the homeserver gives tokens that end, they are renewed, and only once
/// for all that wait.
#[tokio::test]
async fn tokens_that_end_are_renewed() -> Result<()> {
    let homeserver = json!({ "refreshable_access_token_lifetime": "25s" });
    let (house, browser) = visit(Plan { homeserver, ..Plan::default() }, "login/").await?;
    sign_in(&browser, "alice", OLD).await?;
    browser.see_heading("Your account").await?;
    // 20 seconds before its end it counts as stale.
    let renewed = wait_for("a renewal", Duration::from_secs(60), || async {
        browser.press("Look again").await?;
        Ok((!house.proxy.exchanges("/refresh").is_empty()).then_some(()))
    });
    renewed.await?;
    browser.see("There is nothing to lose.").await?;
    let refreshes = house.proxy.exchanges("/refresh");
    assert!(refreshes.iter().all(|exchange| exchange.status == 200), "{refreshes:?}");
    let mut used: Vec<_> = refreshes.iter().map(|exchange| exchange.request.clone()).collect();
    used.dedup();
    assert_eq!(used.len(), refreshes.len(), "each refresh token was used once");
    // Over a reload too.
    browser.reload().await?;
    browser.see("There is nothing to lose.").await?;
    // One that ends too early is renewed once; then the session is over.
    let before = house.proxy.exchanges("/refresh").len();
    let unknown = r#"{"errcode": "M_UNKNOWN_TOKEN", "soft_logout": true}"#;
    house.proxy.answer("/devices", Instead::json(401, unknown));
    browser.press("Look again").await?;
    browser.see("Your session has ended. Sign in again.").await?;
    assert_eq!(house.proxy.exchanges("/refresh").len(), before + 1);
    Ok(())
}
