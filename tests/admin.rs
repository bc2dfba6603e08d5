//! An administrator recovers somebody's account, on a real homeserver: each way
//! back in, and then the person really signs in.

use anyhow::{Context, Result};
use serde_json::{Value, json};
use testbed::accounts::{self, Kind};
use testbed::browser::{self, Browser, Key};
use testbed::guide::{NEW, OLD, secret_is_nowhere, send_reset_email, sign_in, sign_out};
use testbed::house::{House, Plan, config_for};
use testbed::mas::Mas;
use testbed::proxy::Instead;
use testbed::synapse::{ADMIN, ADMIN_PASSWORD};

const ENTRANCE: &str = "Recover somebody’s account";
const FIND: &str = "Find an account";
const RECOVER: &str = "Recover an account";
const WHO: &str = "Who is it?";
/// The sessions of the administrator that are the testbed's own.
const SESSIONS: usize = 2;
const BOBS: &str = "bob@example.org";

/// A homeserver with Bob on it, who has no email address, and a browser at the
/// entrance for administrators.
async fn at_the_entrance(plan: Plan) -> Result<(House, Browser)> {
    let house = House::build(plan).await?;
    house.synapse.register("bob", OLD, None).await?;
    let browser = Browser::start(browser::Options::default()).await?;
    browser.open(&house.site.url("admin/")).await?;
    browser.see_heading(ENTRANCE).await?;
    Ok((house, browser))
}

/// An administrator is signed in.
async fn at_the_desk() -> Result<(House, Browser)> {
    let (house, browser) = at_the_entrance(Plan::default()).await?;
    enter(&browser, ADMIN, ADMIN_PASSWORD).await?;
    browser.see_heading(FIND).await?;
    Ok((house, browser))
}

async fn enter(browser: &Browser, name: &str, password: &str) -> Result<()> {
    browser.fill("Username or Matrix ID", name).await?;
    browser.fill("Password", password).await?;
    browser.press("Sign in").await
}

async fn search(browser: &Browser, typed: &str) -> Result<()> {
    browser.fill(WHO, typed).await?;
    browser.press("Search").await
}

/// Bob's account, all of it unfolded.
async fn at_bobs_account(browser: &Browser) -> Result<()> {
    at_account(browser, "@bob:example.org").await
}

async fn at_account(browser: &Browser, user_id: &str) -> Result<()> {
    browser.see_heading(FIND).await?;
    search(browser, user_id).await?;
    let found = "const all = document.querySelectorAll('.results a');
        return all.length === 1 && all[0].innerText.includes(arguments[0])";
    browser.wait_until(found, vec![user_id.into()]).await?;
    browser.script("document.querySelector('.results a').click()", vec![]).await?;
    browser.see_heading(RECOVER).await?;
    browser.see("Whether the backup is complete").await?;
    unfold(browser).await
}

async fn unfold(browser: &Browser) -> Result<()> {
    let script = "document.querySelectorAll('main details').forEach((it) => { it.open = true })";
    browser.script(script, vec![]).await.map(|_| ())
}

/// The password that stands in a field, once it was made.
async fn made(browser: &Browser, field: &str) -> Result<String> {
    let there = "return (document.getElementById(arguments[0])?.value ?? '').length > 20";
    browser.wait_until(there, vec![field.into()]).await?;
    let read = "return document.getElementById(arguments[0]).value";
    let value = browser.script(read, vec![field.into()]).await?;
    Ok(value.as_str().context("no text")?.to_owned())
}

#[tokio::test]
async fn who_is_no_administrator_is_told_so_and_signed_out() -> Result<()> {
    let (house, browser) = at_the_entrance(Plan::default()).await?;
    browser.see("The Admin API of example.org can be reached.").await?;
    enter(&browser, ADMIN, "wrong").await?;
    browser.see("The name or the password is not right on example.org.").await?;
    assert_eq!(browser.value("Username or Matrix ID").await?, ADMIN);
    enter(&browser, "@bob:elsewhere.example", OLD).await?;
    browser.see("Its password was not sent.").await?;
    enter(&browser, "bob", OLD).await?;
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
        enter(&browser, ADMIN, ADMIN_PASSWORD).await?;
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

async fn addresses(house: &House, name: &str) -> Result<Vec<String>> {
    let account = house.synapse.account(name).await?;
    let all = account["threepids"].as_array().context("no addresses")?.iter();
    let mut all: Vec<_> =
        all.filter_map(|entry| entry["address"].as_str().map(str::to_owned)).collect();
    all.sort();
    Ok(all)
}

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
    enter(&browser, ADMIN, ADMIN_PASSWORD).await?;
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
    enter(&browser, "@admin:example.org", ADMIN_PASSWORD).await?;
    browser.see_heading(FIND).await?;
    browser.see("1 account").await
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
        enter(&browser, ADMIN, ADMIN_PASSWORD).await?;
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
async fn a_closed_account_is_opened_again() -> Result<()> {
    let (house, browser) = at_the_entrance(Plan::default()).await?;
    house.synapse.settle().await?;
    enter(&browser, ADMIN, ADMIN_PASSWORD).await?;
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
async fn two_passwords_are_handed_over_one_after_the_other() -> Result<()> {
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
    browser.press("I have handed it over").await?;
    browser.see(&bobs).await?;
    browser.press("I have handed it over").await?;
    browser.see_no_text("Hand this over").await?;
    house.synapse.login("carol", &carols).await.map(|_| ())
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
    enter(&browser, ADMIN, ADMIN_PASSWORD).await?;
    at_account(&browser, "@irc_bob:example.org").await?;
    browser.see("This account belongs to irc-bridge, a bridge or a bot.").await?;
    let text = browser.text().await?;
    for closed in ["Set a new password", "Attach an email address", "Deactivate", "Lock the"] {
        assert!(!text.contains(closed), "{closed} in {text}");
    }
    Ok(())
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
    enter(&browser, ADMIN, ADMIN_PASSWORD).await?;
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
    browser.see("mas-cli manage set-password").await?;
    let tool = "return document.querySelector('main a.primary').href";
    assert_eq!(browser.script(tool, vec![]).await?, "https://admin.example.org/");
    assert!(!browser.text().await?.contains("Access token"));
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
