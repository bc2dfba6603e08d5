//! What a homeserver can do is known before anybody types a password, and the
//! way that does work is shown.

use anyhow::Result;
use serde_json::{Value, json};
use std::time::Duration;
use testbed::browser::{self, Browser};
use testbed::guide::{EMAIL, NEW, OLD, confirm_and_come_back, send_reset_email, sign_in, visit};
use testbed::house::{House, Plan, config_for};
use testbed::mas::Mas;
use testbed::net::wait_for;
use testbed::proxy::{Instead, Which};

const HOME: &str = "Get back into your Matrix account";
const RESET: &str = "Set a new password";

async fn buttons(browser: &Browser) -> Result<Value> {
    let labels = "return [...document.querySelectorAll('#app main .button')]
        .filter((button) => button.checkVisibility()).map((button) => button.innerText)";
    browser.script(labels, vec![]).await
}

/// All addresses that links on the page lead to.
async fn links(browser: &Browser) -> Result<Vec<String>> {
    let links = "return [...document.querySelectorAll('a')].map((link) => link.href)";
    Ok(serde_json::from_value(browser.script(links, vec![]).await?)?)
}

#[tokio::test]
async fn with_mail_it_goes_on_here() -> Result<()> {
    let (mut house, browser) = visit(Plan::default(), "").await?;
    browser.see("On example.org you can set a new password by email.").await?;
    assert_eq!(
        buttons(&browser).await?,
        json!(["Set a new password", "Sign in"]),
        "and the choice of another homeserver is folded up"
    );
    assert!(house.mail.to(EMAIL)?.is_empty(), "no mail was sent to learn that");
    browser.press(RESET).await?;
    send_reset_email(&browser, EMAIL, NEW).await?;
    confirm_and_come_back(&mut house, &browser, 1).await?;
    browser.press("Return to login screen").await?;
    assert_eq!(browser.value("Username, Matrix ID or email address").await?, EMAIL);
    sign_in(&browser, "alice", NEW).await?;
    browser.see("@alice:example.org").await
}

#[tokio::test]
async fn without_mail_it_leads_to_the_administrators() -> Result<()> {
    let (house, browser) = visit(Plan { sends_mail: false, ..Plan::default() }, "").await?;
    for page in ["", "reset/"] {
        browser.open(&house.site.url(page)).await?;
        browser.see("example.org does not send emails for new passwords.").await?;
        browser.see("its administrators can get you back into your account.").await?;
        // Whoever knows their password needs no administrator.
        assert_eq!(buttons(&browser).await?, json!(["Ask the administrators", "Sign in"]));
        browser.press("Ask the administrators").await?;
        browser.see_heading("Help").await?;
        browser.see("ask the administrators of example.org.").await?;
        assert_eq!(browser.focused().await?, "mailbox");
    }
    Ok(())
}

#[tokio::test]
async fn with_single_sign_on_only_it_names_the_provider() -> Result<()> {
    let homeserver = json!({
        "password_config": { "enabled": false },
        "cas_config": {
            "enabled": true, "server_url": "https://cas.example.org", "idp_name": "Example University",
        },
    });
    let house = House::build(Plan { homeserver, ..Plan::default() }).await?;
    let browser = Browser::start(browser::Options::default()).await?;
    for page in ["", "reset/"] {
        browser.open(&house.site.url(page)).await?;
        browser.see("You sign in to example.org with Example University.").await?;
        browser.see("Your password is kept there").await?;
        browser.see_no_more("Send Reset Email").await?;
        assert_eq!(buttons(&browser).await?, json!([]));
    }
    Ok(())
}

#[tokio::test]
async fn with_single_sign_on_too_it_says_so() -> Result<()> {
    let homeserver = json!({ "cas_config": {
        "enabled": true, "server_url": "https://cas.example.org", "idp_name": "Example University",
    } });
    let (_house, browser) = visit(Plan { homeserver, ..Plan::default() }, "").await?;
    browser.see("On example.org you can set a new password by email.").await?;
    browser.see("Do you sign in to example.org with Example University?").await
}

/// matrix.org is of this kind.
#[tokio::test]
async fn with_the_matrix_authentication_service_it_leads_to_its_recovery_page() -> Result<()> {
    let mas = Mas::start().await?;
    let house = House::build(Plan { homeserver: mas.homeserver(), ..Plan::default() }).await?;
    let browser = Browser::start(browser::Options::default()).await?;
    let go = format!("Go to {}", mas.host());
    for page in ["reset/", ""] {
        browser.open(&house.site.url(page)).await?;
        browser.see("example.org has its own page for this.").await?;
        browser.see("Open the link in the email within 10 minutes.").await?;
        browser.see("does not work in a browser that is still signed in").await?;
        browser.see("Does that page say that this is switched off").await?;
        browser.see_no_more("Send Reset Email").await?;
        assert_eq!(buttons(&browser).await?, json!([go]));
        assert!(links(&browser).await?.contains(&mas.recovery_page()));
        browser.see("A new password there signs no device out.").await?;
        assert!(links(&browser).await?.contains(&mas.devices_page()));
        browser.see_no_more("A new password can sign you out everywhere").await?;
    }
    browser.open(&house.site.url("help/")).await?;
    browser.see("A new password there signs no device out.").await?;
    assert!(links(&browser).await?.contains(&mas.devices_page()));
    browser.see_no_more("press “Send Reset Email”").await?;
    browser.open(&house.site.url("")).await?;
    browser.see("example.org has its own page for this.").await?;
    let here = browser.tab().await?;
    browser.press_and_follow(&go).await?;
    browser.see_heading("Reset your password").await?;
    assert_eq!(browser.address().await?, mas.recovery_page());
    browser.switch_to(&here).await?;
    browser.see_heading(HOME).await
}

/// Where a server says where its pages are, that may be anything.
#[tokio::test]
async fn no_address_from_a_server_runs_a_script() -> Result<()> {
    let house = House::build(Plan::default()).await?;
    house.proxy.answer_some(
        "/requestToken",
        Which::Probes,
        Instead::json(404, r#"{"errcode":"M_UNRECOGNIZED"}"#),
    );
    let flows = r#"{"flows":[{"type":"m.login.sso","identity_providers":[
        {"id":"x","name":"<img src=x onerror=window.pwned=1>"}]}]}"#;
    let browser = Browser::start(browser::Options::default()).await?;
    for page in [
        "javascript:window.pwned=1",
        "JaVaScRiPt:window.pwned=1//",
        " javascript:window.pwned=1",
        "data:text/html,<script>window.pwned=1</script>",
        "http://evil.example/",
        "https://example.org@evil.example/",
        "https://evil.example/\" onclick=\"window.pwned=1",
        "https://evil.example/<script>window.pwned=1</script>",
        "//evil.example/",
        "file:///etc/passwd",
    ] {
        for is_mas in [true, false] {
            let mut metadata = json!({ "issuer": "x", "account_management_uri": page });
            if is_mas {
                let key = "org.matrix.matrix-authentication-service.graphql_endpoint";
                metadata[key] = page.into();
            }
            house.proxy.answer("/auth_metadata", Instead::json(200, &metadata.to_string()));
            house.proxy.answer("/login", Instead::json(200, flows));
            browser.open(&house.site.url("")).await?;
            browser.see("has its own page for accounts, but does not say where it is").await?;
            let own = house.site.url("");
            let strange = links(&browser).await?.into_iter();
            let strange: Vec<_> = strange.filter(|link| !link.starts_with(&own)).collect();
            assert!(strange.is_empty(), "{page}: {strange:?}");
        }
    }
    house.proxy.answer("/auth_metadata", Instead::json(404, r#"{"errcode":"M_UNRECOGNIZED"}"#));
    browser.open(&house.site.url("")).await?;
    browser.see("You sign in to example.org with <img src=x onerror=window.pwned=1>").await?;
    assert_eq!(browser.script("return window.pwned ?? null", vec![]).await?, Value::Null);
    Ok(())
}

/// What a server does not tell is called unknown, and the form is still there.
#[tokio::test]
async fn a_server_that_tells_nothing() -> Result<()> {
    let (house, browser) = visit(Plan::default(), "reset/").await?;
    house.proxy.answer_some("/requestToken", Which::Probes, Instead::html(502, false));
    browser.open(&house.site.url("")).await?;
    browser.see("It is not known what example.org can do").await?;
    browser.see("example.org does not answer.").await?;
    assert_eq!(buttons(&browser).await?, json!(["Try again", "Set a new password", "Sign in"]),);
    house.proxy.be_honest();
    browser.press("Try again").await?;
    browser.see("On example.org you can set a new password by email.").await
}

/// What somebody types while the server is asked is not lost when it answers, and
/// the rules for passwords do not wait for the other answers.
#[tokio::test]
async fn an_answer_takes_nothing_away_that_was_typed() -> Result<()> {
    let policy = json!({ "enabled": true, "minimum_length": 12 });
    let homeserver = json!({ "password_config": { "policy": policy } });
    let (house, browser) = visit(Plan { homeserver, ..Plan::default() }, "login/").await?;
    house.proxy.answer_some("/requestToken", Which::Probes, Instead::Held);
    browser.open(&house.site.url("reset/")).await?;
    browser.see("example.org asks for: at least 12 characters").await?;
    browser.fill("Email address", EMAIL).await?;
    browser.fill("New password", NEW).await?;
    browser.choose("Keep my other sessions signed in").await?;
    let before = house.proxy.probes().len();
    house.proxy.be_honest();
    wait_for("the answer", Duration::from_secs(20), || async {
        Ok((house.proxy.probes().len() > before).then_some(()))
    })
    .await?;
    // The start shows what the answer was; the form comes back as it was.
    send_reset_email(&browser, "nobody@example.org", NEW).await?;
    browser.see("No account on example.org uses this email address.").await?;
    assert_eq!(browser.value("Email address").await?, "nobody@example.org");
    assert_eq!(browser.value("New password").await?, NEW);
    assert!(browser.is_chosen("Keep my other sessions signed in").await?);
    Ok(())
}

/// Where the answer leads elsewhere, it takes the place of the form, and only
/// then.
#[tokio::test]
async fn a_late_answer_that_leads_elsewhere_takes_the_place_of_the_form() -> Result<()> {
    let (house, browser) = visit(Plan { sends_mail: false, ..Plan::default() }, "login/").await?;
    house.proxy.answer_some("/requestToken", Which::Probes, Instead::Held);
    browser.open(&house.site.url("reset/")).await?;
    browser.fill("Email address", EMAIL).await?;
    house.proxy.be_honest();
    browser.see("example.org does not send emails for new passwords.").await?;
    browser.see_no_more("Send Reset Email").await
}

/// Where nobody signs in with a password, that is said before one is typed.
#[tokio::test]
async fn the_page_to_sign_in_knows_it_too() -> Result<()> {
    let mas = Mas::start().await?;
    let house = House::build(Plan { homeserver: mas.homeserver(), ..Plan::default() }).await?;
    let browser = Browser::start(browser::Options::default()).await?;
    browser.open(&house.site.url("login/")).await?;
    browser.see("People look after their accounts on example.org on its own page.").await?;
    browser.press("Set a new one").await?;
    browser.see("example.org has its own page for this.").await
}

/// Synapse counts five requests for a mail and then makes one wait for minutes.
/// Looking at the site twelve times is none of them.
#[tokio::test]
async fn asking_what_a_server_can_do_costs_nothing() -> Result<()> {
    let homeserver = json!({ "rc_3pid_validation": null, "rc_login": null });
    let (house, browser) = visit(Plan { homeserver, ..Plan::default() }, "").await?;
    for visit in 0..12 {
        browser.open(&house.site.url(if visit % 2 == 0 { "" } else { "reset/" })).await?;
        browser.see_heading(if visit % 2 == 0 { HOME } else { RESET }).await?;
        wait_for("the server to be asked", Duration::from_secs(20), || async {
            Ok((house.proxy.probes().len() > visit).then_some(()))
        })
        .await?;
    }
    let probes = house.proxy.probes();
    for probe in &probes {
        assert_eq!(probe.status, 400, "{}", probe.answer);
        assert_eq!(serde_json::from_str::<Value>(&probe.answer)?["errcode"], "M_BAD_JSON");
    }
    assert!(house.mail.to(EMAIL)?.is_empty());
    assert_eq!(house.synapse.password_sessions()?, 0);

    let http = reqwest::Client::new();
    let url =
        format!("{}/_matrix/client/v3/account/password/email/requestToken", house.proxy.url());
    let mut statuses = Vec::new();
    for attempt in 1..=6 {
        let body = json!({ "client_secret": "s3cret", "email": EMAIL, "send_attempt": attempt });
        let request = http.post(&url).header("Content-Type", "application/json");
        statuses.push(request.body(body.to_string()).send().await?.status().as_u16());
    }
    assert_eq!(statuses, [200, 200, 200, 200, 200, 429], "all five were still there");
    house.synapse.login("alice", OLD).await?;
    Ok(())
}

/// Element's own file, with the locked homeserver and the app to go on with.
#[tokio::test]
async fn a_locked_homeserver_and_an_app_to_go_on_with() -> Result<()> {
    let mut house = House::build(Plan::default()).await?;
    house.synapse.register("alice", OLD, Some(EMAIL)).await?;
    let mut config = config_for(&house.proxy.url(), "example.org");
    config["disable_custom_urls"] = true.into();
    config["client"] = json!({ "name": "Example chat", "url": "https://chat.example.org/" });
    house.site.set_config(&config.to_string());
    let browser = Browser::start(browser::Options::default()).await?;
    browser.open(&house.site.url("?hs_url=elsewhere.example#homeserver")).await?;
    browser.see_heading(HOME).await?;
    browser.see("On example.org you can set a new password by email.").await?;
    let text = browser.text().await?;
    assert!(!text.contains("another homeserver") && !text.contains("Change homeserver"), "{text}");
    browser.press(RESET).await?;
    send_reset_email(&browser, EMAIL, NEW).await?;
    confirm_and_come_back(&mut house, &browser, 1).await?;
    browser.see("Open Example chat").await?;
    assert!(links(&browser).await?.contains(&"https://chat.example.org/".to_owned()));
    browser.open(&house.site.url("reset/resume/")).await?;
    let link = "https://elsewhere.example/_synapse/client/password_reset/email/submit_token\
        ?token=a&client_secret=b&sid=c";
    browser.fill("The link from the email", link).await?;
    browser.press("Go on").await?;
    browser.see_heading("Is this your homeserver?").await?;
    browser.see("Your new password is not sent there.").await?;
    browser.see_no_more("My account is there, go on").await
}
