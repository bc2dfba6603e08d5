//! Signing in as an administrator, leaving, and what is in the way.

use super::{ENTRANCE, FIND, at_the_desk, at_the_entrance, unfold};
use anyhow::{Context, Result};
use serde_json::{Value, json};
use testbed::browser::{self, Browser};
use testbed::guide::{
    EMAIL, NEW, OLD, enter_as, enter_as_administrator, secret_is_nowhere, send_reset_email, visit,
};
use testbed::house::{House, Plan, config_for};
use testbed::mas::Mas;
use testbed::proxy::Instead;
use testbed::synapse::{ADMIN, ADMIN_PASSWORD};

/// The sessions of the administrator that are the testbed's own.
const SESSIONS: usize = 2;

#[tokio::test]
async fn who_is_no_administrator_is_told_so_and_signed_out() -> Result<()> {
    let (house, browser) = at_the_entrance(Plan::default()).await?;
    browser.see("The Admin API of example.org can be reached.").await?;
    enter_as(&browser, ADMIN, "wrong").await?;
    browser.see("The name or the password is not right on example.org.").await?;
    assert_eq!(browser.value("Username or Matrix ID").await?, ADMIN);
    enter_as(&browser, "@bob:elsewhere.example", OLD).await?;
    browser.see("Your password was not sent.").await?;
    enter_as(&browser, "bob", OLD).await?;
    browser.see("@bob:example.org is not an administrator of example.org").await?;
    assert_eq!(house.synapse.sessions("bob").await?, [], "the session was ended again");
    secret_is_nowhere(&browser, OLD).await
}

#[tokio::test]
async fn the_session_is_in_memory_only_and_ends_when_one_leaves() -> Result<()> {
    let (house, browser) = at_the_desk().await?;
    let count = async || anyhow::Ok(house.synapse.sessions(ADMIN).await?.len());
    assert_eq!(count().await?, SESSIONS + 1);
    let token = token_of(&house)?;
    secret_is_nowhere(&browser, &token).await?;
    browser.press("Sign out").await?;
    browser.see_heading(ENTRANCE).await?;
    assert_eq!(count().await?, SESSIONS);

    // A reload, and a link to another page, leave too.
    for way in ["reload", "Help"] {
        enter_as_administrator(&browser).await?;
        browser.see_heading(FIND).await?;
        match way {
            "reload" => browser.reload().await?,
            link => browser.press_and_load(link).await?,
        }
        wait_for_sessions(&house).await?;
        browser.open(&house.site.url("admin/")).await?;
        browser.see_heading(ENTRANCE).await?;
    }
    secret_is_nowhere(&browser, ADMIN_PASSWORD).await
}

/// The access token that the homeserver gave.
fn token_of(house: &House) -> Result<String> {
    let answers = house.proxy.exchanges("/login").into_iter().map(|login| login.answer);
    let mut tokens = answers.filter_map(|answer| {
        let answer: Value = serde_json::from_str(&answer).ok()?;
        answer["access_token"].as_str().map(str::to_owned)
    });
    tokens.next().context("nobody signed in")
}

/// Waits until the administrator has only the sessions that the testbed has.
async fn wait_for_sessions(house: &House) -> Result<()> {
    testbed::net::wait_for("sessions to end", std::time::Duration::from_secs(20), || {
        let sessions = house.synapse.sessions(ADMIN);
        async move { Ok((sessions.await?.len() == SESSIONS).then_some(())) }
    })
    .await
}

#[tokio::test]
async fn a_pasted_token_is_only_forgotten() -> Result<()> {
    let (house, browser) = at_the_entrance(Plan::default()).await?;
    let token = house.synapse.login(ADMIN, ADMIN_PASSWORD).await?;
    let use_it = async |token: &str| {
        unfold(&browser).await?;
        browser.fill("Access token", token).await?;
        browser.press("Use this token").await
    };
    use_it("nonsense").await?;
    browser.see("example.org does not know this access token").await?;
    use_it(&house.synapse.login("bob", OLD).await?).await?;
    browser.see("@bob:example.org is not an administrator").await?;
    assert_eq!(house.synapse.sessions("bob").await?.len(), 1, "it belongs to another app");
    use_it(&token).await?;
    browser.see_heading(FIND).await?;
    secret_is_nowhere(&browser, &token).await?;
    browser.press("Forget the token").await?;
    browser.see_heading(ENTRANCE).await?;
    assert!(house.synapse.is_signed_in(&token).await?);
    Ok(())
}

#[tokio::test]
async fn nobody_being_there_ends_the_session() -> Result<()> {
    let (house, browser) = at_the_desk().await?;
    let pass = async |minutes: f64| {
        let script = "const real = window.realNow ??= Date.now;
            Date.now = () => real.call(Date) + arguments[0] * 60000";
        browser.script(script, vec![minutes.into()]).await
    };
    pass(14.5).await?;
    browser.see("You will be signed out in a minute").await?;
    browser.press("Stay signed in").await?;
    browser.see_no_text("You will be signed out in a minute").await?;
    pass(31.0).await?;
    browser.see_heading(ENTRANCE).await?;
    browser.see("You were signed out, because nobody was here").await?;
    wait_for_sessions(&house).await
}

/// Through an SSH tunnel, the homeserver has another address.
#[tokio::test]
async fn a_tunnel_leads_there_too() -> Result<()> {
    let house = House::build(Plan::default()).await?;
    let tunnel = house.synapse.url();
    let browser = Browser::start(browser::Options::default()).await?;
    browser.open(&house.site.url(&format!("admin/#hs_url={tunnel}"))).await?;
    browser.see_heading("Is this your homeserver?").await?;
    browser.press("My account is there, go on").await?;
    browser.see_heading(ENTRANCE).await?;
    enter_as(&browser, "@admin:example.org", ADMIN_PASSWORD).await?;
    browser.see_heading(FIND).await?;
    browser.see("1 account").await
}

#[tokio::test]
async fn what_keeps_the_api_away_is_said() -> Result<()> {
    let house = House::build(Plan::default()).await?;
    let browser = Browser::start(browser::Options::default()).await?;
    let version = "/_synapse/admin/v1/server_version";
    let unrecognized = r#"{"errcode":"M_UNRECOGNIZED","error":"Unrecognized request"}"#;
    // nginx and Caddy, which forward what they were told to and nothing else.
    for status in [403, 404, 502] {
        house.proxy.answer(version, Instead::html(status, false));
        browser.open(&house.site.url("admin/")).await?;
        browser.see("The Admin API cannot be reached").await?;
        browser.see("location /_synapse/admin {").await?;
        browser.see("path /_synapse/admin/*").await?;
        browser.see("ssh -N -L 8008:127.0.0.1:8008").await?;
        assert!(!browser.text().await?.contains("Access token"));
    }
    house.proxy.be_honest();
    browser.press("Ask again").await?;
    browser.see("The Admin API of example.org can be reached.").await?;

    let policy = "/_matrix/client/v3/password_policy";
    for path in [version, policy] {
        house.proxy.answer(path, Instead::json(404, unrecognized));
    }
    browser.open(&house.site.url("admin/")).await?;
    browser.see("There is no Admin API here").await?;
    Ok(())
}

#[tokio::test]
async fn where_accounts_are_kept_elsewhere_the_way_there_is_shown() -> Result<()> {
    let house = House::build(Plan::default()).await?;
    let mas = Mas::start().await?;
    house.proxy.answer("/auth_metadata", Instead::json(200, &mas.metadata()));
    let flows = json!({ "flows": [
        { "type": "m.login.password" }, { "type": "m.login.sso", "oauth_aware_preferred": true },
    ] });
    house.proxy.answer("/v3/login", Instead::json(200, &flows.to_string()));
    let mut config = config_for(&house.proxy.url(), "example.org");
    config["admin_page"] = json!("https://admin.example.org/");
    house.site.set_config(&config.to_string());
    let browser = Browser::start(browser::Options::default()).await?;
    browser.open(&house.site.url("admin/")).await?;
    browser.see("Accounts are kept elsewhere").await?;
    browser.see("mas-cli manage set-password NAME PASSWORD").await?;
    browser.see("The Admin API of example.org answers").await?;
    let tool = "return document.querySelector('main a.primary').href";
    assert_eq!(browser.script(tool, vec![]).await?, "https://admin.example.org/");
    assert!(!browser.text().await?.contains("Access token"));
    Ok(())
}

/// These pages are a program of their own, which knows nothing of resets.
#[tokio::test]
async fn a_reset_that_waits_in_the_tab_locks_nobody_out() -> Result<()> {
    let (house, browser) = visit(Plan::default(), "reset/").await?;
    send_reset_email(&browser, EMAIL, NEW).await?;
    browser.see_heading("Check your email").await?;
    browser.open(&house.site.url("admin/")).await?;
    browser.see_heading("Recover somebody’s account").await
}
