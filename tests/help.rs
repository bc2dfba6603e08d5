//! Help: the guide, the questions, the administrators, and the doctor.

use anyhow::{Context, Result};
use percent_encoding::percent_decode_str;
use serde_json::{Value, json};
use testbed::browser::{self, Browser, Key};
use testbed::caddy::Caddy;
use testbed::guide::{EMAIL, visit};
use testbed::house::{House, Plan, config_for};
use testbed::mas::Mas;
use testbed::net::free_port;
use testbed::nginx::Nginx;
use testbed::proxy::Instead;
use testbed::site::Site;
use testbed::well_known::{CLIENT, File, SUPPORT, WellKnown};

const MAILBOX: &str = "I cannot get into this mailbox";

/// Every question can be led to, and everything on the page is where it should
/// be: pictures, and the targets of the page's own links.
#[tokio::test]
async fn every_question_opens_by_its_address() -> Result<()> {
    let (house, browser) = visit(Plan::default(), "help/").await?;
    browser.see_heading("Help").await?;
    let ids = "return [...document.querySelectorAll('main details')].map((one) => one.id)";
    let ids: Vec<String> = serde_json::from_value(browser.script(ids, vec![]).await?)?;
    assert_eq!(ids.len(), 14, "{ids:?}");
    for id in &ids {
        browser.open("about:blank").await?;
        browser.open(&house.site.url(&format!("help/#{id}"))).await?;
        browser.see_heading("Help").await?;
        let open = "return document.activeElement.parentElement.id === arguments[0]
            && document.activeElement.parentElement.open";
        browser.wait_until(open, vec![json!(id)]).await?;
    }
    let pictures = "return fetch('help.svg').then((file) => file.text()).then((svg) =>
        [...document.querySelectorAll('.pictured use')].map((use) => use.getAttribute('href')
            .split('#')[1]).filter((id) => svg.includes(`<symbol id=\"${id}\"`)).length)";
    assert_eq!(browser.script(pictures, vec![]).await?, 9);
    let lost =
        "return [...document.querySelectorAll('#app main a')].map((link) => new URL(link.href))
        .filter((url) => url.pathname === location.pathname && url.hash)
        .filter((url) => !document.getElementById(url.hash.slice(1))).map(String)";
    assert_eq!(browser.script(lost, vec![]).await?, json!([]));
    Ok(())
}

/// The way out is in the same place on every step, and leads to the right one.
#[tokio::test]
async fn the_way_out_is_on_every_step() -> Result<()> {
    let (house, browser) = visit(Plan::default(), "").await?;
    for page in ["", "reset/", "reset/resume/", "reset/verified/", "login/", "help/"] {
        browser.open(&house.site.url(page)).await?;
        let place = "const way = document.querySelector('nav.ways');
            return way?.previousElementSibling?.matches('main.card') && way.innerText";
        browser.wait_until(place, vec![]).await?;
        let words = browser.script(place, vec![]).await?;
        assert!(words.as_str().is_some_and(|words| words.starts_with(MAILBOX)), "{page}: {words}");
    }
    browser.open(&house.site.url("reset/")).await?;
    browser.fill("Email address", EMAIL).await?;
    browser.press(MAILBOX).await?;
    browser.see_heading("Help").await?;
    browser.wait_until("return document.activeElement.id === 'mailbox'", vec![]).await
}

async fn message(browser: &Browser) -> Result<String> {
    let message = "return document.getElementById('message').value";
    let message = browser.script(message, vec![]).await?;
    Ok(message.as_str().context("no message")?.to_owned())
}

/// A site for a homeserver whose name is answered for on this machine.
async fn with_files(files: Vec<File>) -> Result<(House, WellKnown, Browser)> {
    let house = House::build(Plan::default()).await?;
    let names = WellKnown::serve("example.org", files, true).await?;
    let hosts = vec![("example.org:443".to_owned(), names.address.to_string())];
    let browser = Browser::start(browser::Options { hosts, ..Default::default() }).await?;
    Ok((house, names, browser))
}

async fn mails(browser: &Browser) -> Result<Vec<String>> {
    let mails = "return [...document.querySelectorAll('a[href^=mailto]')].map((link) => link.href)";
    Ok(serde_json::from_value(browser.script(mails, vec![]).await?)?)
}

#[tokio::test]
async fn a_message_to_the_administrators() -> Result<()> {
    let support = json!({
        "contacts": [
            { "role": "m.role.admin", "matrix_id": "@admin:example.org", "email_address": "admin@example.org" },
            { "role": "m.role.security", "email_address": "security@example.org" },
        ],
        "support_page": "https://example.org/support",
    });
    let (house, _names, browser) = with_files(vec![File::of(SUPPORT, support)]).await?;
    let mut config = config_for(&house.proxy.url(), "example.org");
    config["contacts"] = json!([{ "email_address": "desk@example.org" }]);
    house.site.set_config(&config.to_string());
    browser.open(&house.site.url("help/#mailbox")).await?;
    browser.see("example.org names these contacts:").await?;
    browser.see("@admin:example.org").await?;
    browser.see("Support page of example.org").await?;
    let text = browser.text().await?;
    let (own, theirs) = (text.find("desk@example.org"), text.find("admin@example.org"));
    assert!(own < theirs, "the operator's contacts come first");
    assert!(text.contains("Nobody at support@matrix.org resets passwords"));

    browser.choose("I cannot get into the mailbox of my address any more").await?;
    browser.fill("Your Matrix ID or username, if you know it", "@alice:example.org & co?").await?;
    browser.fill("How they can reach you", "alice@elsewhere.example").await?;
    let mails = mails(&browser).await?;
    assert_eq!(mails.len(), 2, "who only hears of holes is not asked");
    let (to, rest) = mails[1].split_once('?').context("no parts")?;
    assert_eq!(to, "mailto:admin@example.org");
    let parts: Vec<_> = rest.split('&').collect();
    let [subject, body] = parts[..] else { panic!("{parts:?}") };
    let read = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
    assert_eq!(read(subject), "subject=I cannot get into my Matrix account on example.org");
    let body = read(body).replace("\r\n", "\n");
    let shown = browser.script("return document.getElementById('message').value", vec![]).await?;
    assert_eq!(Some(body.trim_start_matches("body=")), shown.as_str());
    for words in [
        "Account: @alice:example.org & co?",
        "I cannot get into the mailbox of the email address",
        "attach this email address to my account, so that I can set a new password myself: alice@elsewhere.example",
        "Please do not sign out my sessions",
    ] {
        assert!(body.contains(words), "{words}\n{body}");
    }
    browser.press("Copy the message").await?;
    browser.see("Copied.").await?;
    assert_eq!(browser.clipboard().await?, body.trim_start_matches("body="));

    // Only an address can be attached to an account.
    browser.fill("How they can reach you", "+44 20 7946 0000").await?;
    assert!(!message(&browser).await?.contains("Please attach"));
    browser.choose("Somebody else is in my account").await?;
    let intruder = message(&browser).await?;
    assert!(intruder.contains("sign out all sessions of the account and lock it"), "{intruder}");
    assert!(!intruder.contains("do not sign out"), "{intruder}");

    // What somebody wrote themselves stays, until they want it otherwise.
    browser.script("document.getElementById('message').focus()", vec![]).await?;
    browser.press_key(Key::Space).await?;
    browser.choose("The email never arrives").await?;
    assert!(message(&browser).await?.contains("I think that somebody else is using"));
    browser.press("Write the message anew").await?;
    assert!(message(&browser).await?.contains("it never arrives"));
    Ok(())
}

#[tokio::test]
async fn nobody_is_named() -> Result<()> {
    let (house, browser) = visit(Plan::default(), "help/#mailbox").await?;
    // Synapse has no such file, and lets no website read that.
    browser.see("This page could not find out who runs example.org.").await?;
    browser.see("Website of example.org").await?;
    house.proxy.answer("/matrix/support", Instead::html(404, true));
    browser.reload().await?;
    browser.see("example.org does not say who runs it.").await?;
    house.proxy.be_honest();
    // A server says whatever it likes of who runs it.
    let hostile = json!({
        "contacts": [
            { "role": "m.role.admin", "email_address": "a@b.example?bcc=evil@evil.example" },
            { "role": "m.role.admin", "email_address": "a@b.example,evil@evil.example" },
            { "role": "m.role.admin", "email_address": "a@b.example\r\nBcc: evil@evil.example" },
            { "role": "<img src=x onerror=window.pwned=1>", "matrix_id": "@<img/src=x/onerror=window.pwned=1>:b" },
            { "role": 7, "matrix_id": [], "email_address": {} },
            null,
        ],
        "support_page": "javascript:window.pwned=1",
    });
    house.proxy.answer("/matrix/support", Instead::json(200, &hostile.to_string()));
    browser.reload().await?;
    browser.see("example.org names these contacts:").await?;
    browser.see("@<img/src=x/onerror=window.pwned=1>:b").await?;
    assert_eq!(mails(&browser).await?, [""; 0]);
    let scripts = "return [...document.querySelectorAll('a')].map((link) => link.href)
        .filter((link) => !/^(https:|http:.*127)/.test(link))";
    assert_eq!(browser.script(scripts, vec![]).await?, json!([]));
    assert_eq!(browser.script("return window.pwned ?? null", vec![]).await?, Value::Null);
    Ok(())
}

/// Each verdict of the doctor, by the question it answers.
async fn verdicts(browser: &Browser) -> Result<Vec<(String, String)>> {
    browser
        .wait_until("return document.querySelectorAll('.findings li').length === 9", vec![])
        .await?;
    let verdicts = "return [...document.querySelectorAll('.findings li')]
        .map((one) => [one.querySelector('h2').innerText, one.className])";
    Ok(serde_json::from_value(browser.script(verdicts, vec![]).await?)?)
}

fn not_good(verdicts: &[(String, String)]) -> Vec<(&str, &str)> {
    let all = verdicts.iter().map(|(check, verdict)| (check.as_str(), verdict.as_str()));
    all.filter(|(_, verdict)| *verdict != "good").collect()
}

const BY_NAME: &str = "The homeserver is found by its name";
const FROM_WEBSITES: &str = "The homeserver may be asked from websites";
const LINK_PAGE: &str = "The page behind the link in the email";
const ADMINISTRATORS: &str = "Administrators can be found";
const EMAILS: &str = "New passwords by email";
const ACCOUNTS: &str = "The homeserver keeps its accounts itself";
const RULES: &str = "Rules for passwords";

async fn doctor(browser: &Browser, site: &Site) -> Result<Vec<(String, String)>> {
    browser.open("about:blank").await?;
    browser.open(&site.url("help/?doctor")).await?;
    browser.see_heading("Is everything set up?").await?;
    verdicts(browser).await
}

/// A real reverse proxy that forwards too little, and then what the doctor's own
/// page says it should.
#[tokio::test]
async fn the_doctor_mends_a_reverse_proxy() -> Result<()> {
    let (house, _names, browser) = with_files(vec![]).await?;
    let upstream = house.synapse.url().replace("http://", "");
    let mut nginx =
        Nginx::start(&format!("location /_matrix {{ proxy_pass http://{upstream}; }}")).await?;
    house.site.set_config(&config_for(&nginx.url(), "example.org").to_string());
    let found = doctor(&browser, &house.site).await?;
    assert_eq!(not_good(&found), [(BY_NAME, "bad"), (LINK_PAGE, "bad"), (ADMINISTRATORS, "bad")]);
    browser.see("/_synapse/client is not forwarded to the homeserver").await?;
    browser.see("Something has to be changed").await?;

    let lines = browser.script("return document.querySelector('pre').innerText", vec![]).await?;
    let lines = lines.as_str().context("no lines")?.replace("127.0.0.1:8008", &upstream);
    nginx.change(&lines).await?;
    let found = doctor(&browser, &house.site).await?;
    // The name itself is elsewhere here.
    let left = [(BY_NAME, "bad"), (ADMINISTRATORS, "bad")];
    assert_eq!(not_good(&found), left, "nobody is named before somebody wrote who");
    nginx.change(&lines.replace("ADDRESS", "admin@example.org")).await?;
    let found = doctor(&browser, &house.site).await?;
    assert_eq!(not_good(&found), [(BY_NAME, "bad")]);

    // What nginx serves now is what has to be served at the name.
    let http = reqwest::Client::new();
    let file = |path| http.get(format!("{}{path}", nginx.url())).send();
    let client = file(CLIENT).await?.text().await?;
    let support = file(SUPPORT).await?.text().await?;
    let names = WellKnown::serve(
        "example.org",
        vec![File::of(CLIENT, client), File::of(SUPPORT, support)],
        true,
    )
    .await?;
    let hosts = vec![("example.org:443".to_owned(), names.address.to_string())];
    let browser = Browser::start(browser::Options { hosts, ..Default::default() }).await?;
    let found = doctor(&browser, &house.site).await?;
    assert_eq!(not_good(&found), []);
    browser.see("All is set up for new passwords by email.").await?;

    // A proxy that takes away what lets websites read.
    nginx
        .change(&format!(
            "location /_matrix {{ proxy_pass http://{upstream}; \
             proxy_hide_header Access-Control-Allow-Origin; }}"
        ))
        .await?;
    let found = doctor(&browser, &house.site).await?;
    assert!(not_good(&found).contains(&(FROM_WEBSITES, "bad")), "{found:?}");
    browser.see("the header Access-Control-Allow-Origin is missing").await
}

/// The lines for Caddy, on a real one: the address of the API and the name are
/// two hosts here.
#[tokio::test]
async fn the_doctors_lines_for_caddy() -> Result<()> {
    let (house, browser) = visit(Plan::default(), "").await?;
    let (api, name) = (free_port()?, free_port()?);
    let api_url = format!("http://127.0.0.1:{api}");
    house.site.set_config(&config_for(&api_url, "example.org").to_string());
    browser.open(&house.site.url("help/?doctor")).await?;
    browser.see("Lines for your web server").await?;
    let lines = "return document.querySelectorAll('pre')[1].innerText";
    let lines = browser.script(lines, vec![]).await?;
    let lines = lines.as_str().context("no lines")?;
    let lines = lines
        .replace("127.0.0.1:8008", &house.synapse.url().replace("http://", ""))
        .replace(&format!("127.0.0.1:{api} {{"), &format!("{api_url} {{"))
        .replace("example.org {", &format!("http://127.0.0.1:{name} {{"))
        .replace("ADDRESS", "admin@example.org");
    let _caddy = Caddy::start(&lines, api).await?;
    browser.press("Check again").await?;
    let found = verdicts(&browser).await?;
    assert_eq!(not_good(&found), [(BY_NAME, "bad"), (ADMINISTRATORS, "bad")], "{lines}");
    let http = reqwest::Client::new();
    for (path, words) in [(CLIENT, api_url.as_str()), (SUPPORT, "admin@example.org")] {
        let file = http.get(format!("http://127.0.0.1:{name}{path}")).send().await?;
        assert_eq!(file.headers()["access-control-allow-origin"], "*");
        assert_eq!(file.headers()["content-type"], "application/json");
        let file = file.text().await?;
        assert!(serde_json::from_str::<Value>(&file).is_ok() && file.contains(words), "{file}");
    }
    Ok(())
}

#[tokio::test]
async fn the_doctor_finds_what_is_switched_off() -> Result<()> {
    let policy = json!({ "enabled": true, "minimum_length": 15 });
    let homeserver = json!({ "password_config": { "policy": policy } });
    let house = House::build(Plan { sends_mail: false, homeserver, ..Plan::default() }).await?;
    let browser = Browser::start(browser::Options::default()).await?;
    let found = doctor(&browser, &house.site).await?;
    assert!(not_good(&found).contains(&(EMAILS, "bad")), "{found:?}");
    browser.see("fill in the section email").await?;
    browser.see("Passwords need: at least 15 characters.").await?;
    assert!(found.contains(&(RULES.into(), "good".into())));
    house.proxy.answer("/versions", Instead::html(200, true));
    browser.press("Check again").await?;
    browser.see("is not a homeserver.").await?;
    assert!(not_good(&verdicts(&browser).await?).contains(&(FROM_WEBSITES, "bad")));
    Ok(())
}

/// Tuwunel and Continuwuity, as recorded from real ones: what is forwarded is proven
/// by their version path, and their own pages are no other service.
#[tokio::test]
async fn doctor_fits_tuwunel_and_continuwuity() -> Result<()> {
    let house = House::build(Plan::default()).await?;
    let browser = Browser::start(browser::Options::default()).await?;
    let unrecognized = Instead::json(404, r#"{"errcode":"M_UNRECOGNIZED","error":"not found :("}"#);
    for (path, name, page) in [
        ("/_tuwunel", "Tuwunel", "/_tuwunel/oidc/account"),
        ("/_continuwuity", "continuwuity", "/_continuwuity/account/deeplink"),
    ] {
        house.proxy.be_honest();
        house.proxy.answer("/password_policy", unrecognized.clone());
        let metadata = json!({
            "issuer": "https://h.example/",
            "account_management_uri": format!("https://h.example{page}"),
        });
        house.proxy.answer("/auth_metadata", Instead::json(200, &metadata.to_string()));
        let version = json!({ "name": name, "version": "1.9.0" });
        let version_path = format!("{path}/server_version");
        house.proxy.answer(&version_path, Instead::json(200, &version.to_string()));
        let found = doctor(&browser, &house.site).await?;
        for check in [ACCOUNTS, LINK_PAGE] {
            assert!(found.contains(&(check.into(), "good".into())), "{found:?}");
        }
        browser.see(&format!("{path} is forwarded to the homeserver.")).await?;
        browser.see("keeps them itself and has its own page for them").await?;
        let lines = "return document.querySelector('pre').innerText";
        let lines = browser.script(lines, vec![]).await?;
        let lines = lines.as_str().context("no lines")?;
        assert!(lines.contains(&path[1..]) && !lines.contains("_synapse"), "{lines}");
        let text = browser.text().await?;
        for word in ["homeserver.yaml", "Synapse", "Matrix Authentication Service"] {
            assert!(!text.contains(word), "{word}: {text}");
        }
    }
    Ok(())
}

#[tokio::test]
async fn the_doctor_knows_the_matrix_authentication_service() -> Result<()> {
    let mas = Mas::start().await?;
    let house = House::build(Plan { homeserver: mas.homeserver(), ..Plan::default() }).await?;
    let browser = Browser::start(browser::Options::default()).await?;
    let found = doctor(&browser, &house.site).await?;
    // It is no mistake to leave the accounts to it.
    let wanted = [(BY_NAME, "bad"), (ACCOUNTS, "unknown"), (ADMINISTRATORS, "bad")];
    assert_eq!(not_good(&found), wanted);
    browser.see(&mas.recovery_page()).await?;
    browser.see("account.password_recovery_enabled").await?;

    // Its lines, on a real nginx and a real Caddy: signing in goes to the service.
    let upstream = house.synapse.url().replace("http://", "");
    let lines = "return [...document.querySelectorAll('pre')].map((one) => one.innerText)";
    let lines: Vec<String> = serde_json::from_value(browser.script(lines, vec![]).await?)?;
    let [nginx, caddy] = &lines[..] else { panic!("{lines:?}") };
    let here = |lines: &str| {
        lines.replace("127.0.0.1:8008", &upstream).replace("127.0.0.1:8080", &mas.host())
    };
    let nginx = Nginx::start(&here(nginx)).await?;
    let port = free_port()?;
    let proxied = house.proxy.url().replace("http://", "");
    let at = format!("http://127.0.0.1:{port}");
    let name = format!("http://127.0.0.1:{}", free_port()?);
    let caddy = here(caddy)
        .replace(&format!("{proxied} {{"), &format!("{at} {{"))
        .replace("example.org {", &format!("{name} {{"));
    let _caddy = Caddy::start(&caddy, port).await?;
    let http = reqwest::Client::new();
    for url in [nginx.url(), at] {
        for (path, is_service) in [
            ("/_matrix/client/v3/login", true),
            ("/_matrix/client/v3/logout/all", true),
            ("/_matrix/client/v3/refresh", true),
            ("/_matrix/client/v3/password_policy", false),
        ] {
            let answer = http.get(format!("{url}{path}")).send().await?.text().await?;
            assert_eq!(answer.contains("the service"), is_service, "{url}{path}: {answer}");
        }
    }
    Ok(())
}

#[tokio::test]
async fn whose_work_is_in_it_can_be_read() -> Result<()> {
    let (_house, browser) = visit(Plan::default(), "help/").await?;
    browser.press_and_follow("Licenses").await?;
    browser.see("leptos 0.8").await?;
    browser.see("Permission is hereby granted, free of charge").await
}
