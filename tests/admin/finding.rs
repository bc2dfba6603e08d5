//! Finding an account, and nothing else.

use super::{
    BOBS, ENTRANCE, FIND, RECOVER, WHO, at_bobs_account, at_the_desk, made, search, unfold,
};
use anyhow::{Context, Result};
use serde_json::json;
use testbed::browser::Key;
use testbed::guide::{OLD, enter_as_administrator};
use testbed::proxy::Instead;

#[tokio::test]
async fn one_box_finds_whatever_is_known_of_a_person() -> Result<()> {
    let (house, browser) = at_the_desk().await?;
    let synapse = &house.synapse;
    for name in ["carol", "dave", "erin"] {
        synapse.register(name, OLD, Some(&format!("{name}@mail.example"))).await?;
    }
    synapse.change_account("carol", &json!({ "displayname": "Caroline Q." })).await?;
    synapse.deactivate("dave").await?;
    synapse.change_account("erin", &json!({ "locked": true })).await?;
    let external = json!([{ "auth_provider": "oidc-work", "external_id": "b.builder" }]);
    synapse.change_account("bob", &json!({ "external_ids": external })).await?;
    for (typed, wanted) in [
        ("carol", "Caroline Q."),
        ("LINE q", "@carol:example.org"),
        ("@dave:example.org", "Deactivated"),
        ("@eri", "Locked"),
        ("Carol@Mail.example", "@carol:example.org"),
        ("oidc-work=b.builder", "@bob:example.org"),
        ("@nobody:example.org", "There is no account @nobody:example.org."),
        ("nobody@mail.example", "No account has the email address nobody@mail.example."),
        ("oidc-work=nobody", "No account is known to oidc-work by that name."),
        ("@bob:example.com", "Only the administrators of example.com can recover it."),
        ("zzz", "No account has this in its name."),
    ] {
        search(&browser, typed).await?;
        browser.see(wanted).await.with_context(|| typed.to_owned())?;
    }
    // Keyboard only.
    search(&browser, "@").await?;
    browser.see("5 accounts").await?;
    browser.fill(WHO, "carol").await?;
    browser.press_key(Key::Enter).await?;
    browser.see("1 account").await?;
    browser.press_key(Key::Down).await?;
    browser.press_key(Key::Enter).await?;
    browser.see_heading(RECOVER).await?;
    browser.see("@carol:example.org").await?;
    // Back, one finds what one had found.
    browser.back().await?;
    browser.see_heading(FIND).await?;
    browser.see("Caroline Q.").await?;
    assert_eq!(browser.value(WHO).await?, "carol");
    Ok(())
}

#[tokio::test]
async fn a_slip_never_makes_an_account() -> Result<()> {
    let (house, browser) = at_the_desk().await?;
    let before = house.synapse.count_accounts().await?;
    for slip in ["@bbo:example.org", "@Bob:example.org", "@bob:example.orgg", "bob"] {
        browser.open("about:blank").await?;
        browser.open(&house.site.url(&format!("admin/user/#id={slip}"))).await?;
        // The token is gone with the page, so one signs in and comes back.
        browser.see_heading(ENTRANCE).await?;
        enter_as_administrator(&browser).await?;
        browser.see_heading(RECOVER).await?;
        browser.see(&format!("There is no account {slip} on example.org.")).await?;
        assert!(!browser.text().await?.contains("Set a new password"));
    }
    assert_eq!(house.synapse.count_accounts().await?, before);

    // Making one is another thing, and asks first whether the name is free.
    browser.press("Find an account").await?;
    unfold(&browser).await?;
    let password = made(&browser, "create-password").await?;
    for (name, problem) in [
        ("bob", "Somebody has this name already"),
        ("not possible", "No account can have this name."),
    ] {
        browser.fill("New username", name).await?;
        browser.press("Create the account").await?;
        browser.see(problem).await?;
    }
    house.synapse.login("bob", OLD).await?;
    assert_eq!(house.synapse.count_accounts().await?, before);
    browser.fill("New username", "frank").await?;
    browser.press("Create the account").await?;
    browser.see("Hand this over").await?;
    browser.press("I have handed it over").await?;
    browser.see("@frank:example.org was created.").await?;
    assert_eq!(house.synapse.count_accounts().await?, before + 1);
    house.synapse.login("frank", &password).await.map(|_| ())
}

#[tokio::test]
async fn odd_answers_stop_nothing_and_nothing_is_made_of_them() -> Result<()> {
    let (house, browser) = at_the_desk().await?;
    let users = "/_synapse/admin/v2/users";
    let bob = "/_synapse/admin/v2/users/%40bob%3Aexample.org";
    let odd = [
        Instead::json(200, "[]"),
        Instead::json(200, r#"{"users":{"name":"@bob:example.org"}}"#),
        Instead::json(200, r#"{"name":7,"threepids":"x"}"#),
        Instead::json(500, "{}"),
        Instead::json(429, r#"{"errcode":"M_LIMIT_EXCEEDED"}"#),
        Instead::html(200, true),
        Instead::html(502, false),
        Instead::Closed,
    ];
    let stopped = "return !document.getElementById('trouble').hidden";
    for (number, answer) in odd.into_iter().enumerate() {
        house.proxy.be_honest();
        let path = if number % 2 == 0 { users } else { bob };
        house.proxy.answer(path, answer);
        search(&browser, if path == bob { "@bob:example.org" } else { "b" }).await?;
        let told = "return document.querySelector('.notice.critical') !== null";
        browser.wait_until(told, vec![]).await.with_context(|| number.to_string())?;
        assert_eq!(browser.script(stopped, vec![]).await?, false);
    }
    house.proxy.be_honest();
    // What cannot be read is not known, and nothing is made of it.
    let threepids = house.synapse.account("bob").await?;
    let mut strange = threepids.clone();
    strange["threepids"] = json!([{ "medium": "email" }]);
    strange["creation_ts"] = json!("yesterday");
    house.proxy.answer(bob, Instead::json(200, &strange.to_string()));
    for path in ["/devices", "/accountdata", "/keys/query"] {
        house.proxy.answer(path, Instead::html(200, true));
    }
    at_bobs_account(&browser).await?;
    browser.see("does not tell all the addresses on the account").await?;
    browser.see("Take it that older encrypted messages are lost.").await?;
    browser.fill("Their email address", BOBS).await?;
    browser.press("Attach it").await?;
    browser.see("Nothing was written, so that none is lost.").await?;
    assert_eq!(browser.script(stopped, vec![]).await?, false);
    assert_eq!(house.synapse.account("bob").await?["threepids"], json!([]));
    Ok(())
}
