//! The pages in a browser, with the headers of the examples.

use crate::serve::{NAME, Place, Served, Server};
use anyhow::{Context, Result};
use serde_json::json;
use testbed::browser::{self, Browser, Engine};
use testbed::guide::{EMAIL, NEW, OLD, confirm_in_new_tab, send_reset_email};
use testbed::house::{House, Plan, config_for};
use testbed::nginx::Nginx;
use testbed::oidc::{self, OidcProvider};

const FORM: &str = "Set a new password";

/// What the browser complained about since the last time one looked, but for the homeserver and
/// its name, which nobody knows.
async fn complaints(browser: &Browser) -> Result<Vec<String>> {
    let lines = browser.console().await?.into_iter();
    Ok(lines.filter(|line| !line.contains("ERR_NAME_NOT_RESOLVED")).collect())
}

#[tokio::test]
async fn the_site_works_on_each_server_and_not_in_a_frame() -> Result<()> {
    let browser = Browser::start(browser::Options::default()).await?;
    for server in
        [Server::Nginx, Server::NginxAlone, Server::Caddy, Server::Apache, Server::Htaccess]
    {
        for place in [Place::Host, Place::Folder] {
            let served = Served::start(server, place).await?;
            works(&browser, &served).await.with_context(|| format!("{server:?}, {place:?}"))?;
            is_in_no_frame(&browser, &served)
                .await
                .with_context(|| format!("{server:?}, {place:?}, in a frame"))?;
        }
    }
    Ok(())
}

async fn works(browser: &Browser, served: &Served) -> Result<()> {
    for path in ["reset/", "reset"] {
        browser.open(&served.url(path)).await?;
        browser.see_heading(FORM).await?;
        assert_eq!(browser.address().await?, served.url("reset/"));
    }
    // Another part of the program, and another program.
    browser.press("Help").await?;
    browser.see_heading("Help").await?;
    browser.open(&served.url("admin/")).await?;
    browser.see_heading("Recover somebody’s account").await?;
    assert_eq!(complaints(browser).await?, [""; 0]);
    browser.open(&served.url("nowhere/")).await?;
    browser.see_heading("There is no page at this address").await?;
    // That the page itself is missing is all that is said.
    let said = complaints(browser).await?;
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].contains("404"), "{said:?}");
    Ok(())
}

/// Not even the site's own words about frames are shown there.
async fn is_in_no_frame(browser: &Browser, served: &Served) -> Result<()> {
    let page = format!(
        "location / {{ default_type text/html; return 200 '<iframe src=\"{}\"></iframe>'; }}",
        served.url("reset/")
    );
    let around = Nginx::start(&page).await?;
    browser.open(&around.url()).await?;
    let said = complaints(browser).await?.join("\n");
    assert!(said.contains("frame-ancestors 'none'"), "{said:?}");
    browser.enter_frame().await?;
    let text = browser.text().await?;
    assert!(!text.contains(FORM) && !text.contains("inside another page"), "{text}");
    Ok(())
}

#[tokio::test]
async fn it_works_over_tls() -> Result<()> {
    let served = Served::start(Server::Nginx, Place::Host).await?;
    let (tls, _) = served.tls.context("there is no TLS")?;
    let hosts = vec![(format!("{NAME}:443"), format!("127.0.0.1:{tls}"))];
    let browser = Browser::start(browser::Options { hosts, ..Default::default() }).await?;
    browser.open(&format!("https://{NAME}/.well-known/change-password")).await?;
    browser.see_heading(FORM).await?;
    assert_eq!(browser.address().await?, format!("https://{NAME}/reset/"));
    let how = "const [page] = performance.getEntriesByType('navigation');
        return [isSecureContext, page.nextHopProtocol]";
    assert_eq!(browser.script(how, vec![]).await?, json!([true, "h2"]));
    let allowed = "return ['clipboard-write', 'clipboard-read', 'camera']
        .filter((feature) => document.featurePolicy.allowsFeature(feature))";
    assert_eq!(browser.script(allowed, vec![]).await?, json!(["clipboard-write"]));
    assert_eq!(complaints(&browser).await?, [""; 0]);
    Ok(())
}

/// Some servers do not know what a wasm file is. The site does not tell anybody.
#[tokio::test]
async fn it_works_where_nobody_knows_wasm() -> Result<()> {
    let served = Served::start(Server::NginxWithoutWasm, Place::Host).await?;
    let browser = Browser::start(browser::Options::default()).await?;
    for (path, heading) in [("reset/", FORM), ("help/", "Help"), ("account/", "Sign in")] {
        browser.open(&served.url(path)).await?;
        browser.see_heading(heading).await?;
    }
    browser.open(&served.url("admin/")).await?;
    browser.see_heading("Recover somebody’s account").await?;
    let kind = "return fetch(performance.getEntriesByType('resource')
        .find(({ name }) => name.endsWith('.wasm')).name)
        .then((answer) => answer.headers.get('content-type'))";
    assert_eq!(browser.script(kind, vec![]).await?, "application/octet-stream");
    assert_eq!(complaints(&browser).await?, [""; 0]);
    Ok(())
}

/// The site on nginx, for this house.
async fn for_house(house: &House) -> Result<Served> {
    let served = Served::start(Server::Nginx, Place::Host).await?;
    let config = config_for(&house.proxy.url(), "example.org").to_string();
    served.copy.configure(&config)?;
    Ok(served)
}

/// Two tabs know of each other, although neither may reach into the other.
async fn the_mail_leads_back_to_the_first_tab(engine: Engine) -> Result<()> {
    let mut house = House::build(Plan::default()).await?;
    house.synapse.register("alice", OLD, Some(EMAIL)).await?;
    let served = for_house(&house).await?;
    let browser = Browser::start(browser::Options { engine, ..Default::default() }).await?;
    browser.open(&served.url("reset/")).await?;
    send_reset_email(&browser, EMAIL, NEW).await?;
    browser.see_heading("Check your email").await?;
    let first_tab = browser.tab().await?;
    confirm_in_new_tab(&mut house, &browser, 1).await?;
    browser.see("Your new password is set. You can close this tab.").await?;
    browser.switch_to(&first_tab).await?;
    browser.see_heading("Your password has been changed").await?;
    assert_eq!(browser.address().await?, served.url("reset/done/"));
    Ok(())
}

#[tokio::test]
async fn the_mail_leads_back_in_chromium() -> Result<()> {
    the_mail_leads_back_to_the_first_tab(Engine::Chromium).await
}

#[tokio::test]
async fn the_mail_leads_back_in_firefox() -> Result<()> {
    the_mail_leads_back_to_the_first_tab(Engine::Firefox).await
}

#[tokio::test]
async fn the_mail_leads_back_in_webkit() -> Result<()> {
    the_mail_leads_back_to_the_first_tab(Engine::WebKit).await
}

/// A page that opens the site in a tab sees that tab as closed.
#[tokio::test]
async fn nobody_reaches_into_its_window() -> Result<()> {
    let served = Served::start(Server::Nginx, Place::Host).await?;
    let page = "location / { default_type text/html; return 200 '<h1>Around</h1>'; }";
    let (around, other) = (Nginx::start(page).await?, Nginx::start(page).await?);
    let browser = Browser::start(browser::Options::default()).await?;
    browser.open(&around.url()).await?;
    browser
        .script(
            "window.tabs = [...arguments].map((url) => open(url))",
            vec![served.url("").into(), other.url().into()],
        )
        .await?;
    browser.wait_until("return window.tabs[0].closed", vec![]).await?;
    assert_eq!(browser.script("return window.tabs[1].closed", vec![]).await?, false);
    Ok(())
}

/// There and back, through pages of others.
#[tokio::test]
async fn single_sign_on_comes_back() -> Result<()> {
    let provider = OidcProvider::start().await?;
    let homeserver = provider.homeserver("Example University");
    let house = House::build(Plan { homeserver, ..Plan::default() }).await?;
    let served = for_house(&house).await?;
    let browser = Browser::start(browser::Options::default()).await?;
    browser.open(&served.url("login/")).await?;
    browser.press("Sign in with Example University").await?;
    oidc::sign_in(&browser, "alice").await?;
    oidc::confirm(&browser).await?;
    browser.see("You are signed in as @alice:example.org.").await?;
    assert_eq!(browser.address().await?, served.url("account/"));
    Ok(())
}
