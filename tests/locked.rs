//! Locked down: the policy of the pages is in force and nothing that the site does is against
//! it; and what a stranger could put in does nothing.

use anyhow::Result;
use serde_json::json;
use testbed::browser::{self, Browser};
use testbed::guide::{EMAIL, OLD, ROUTES, sign_in, visit};
use testbed::house::{House, Plan, config_for};
use testbed::proxy::{Canned, Instead};
use testbed::site::{self, Build, Site};

/// The site, with a homeserver that nobody asks for anything.
async fn site(build: Build) -> Result<Site> {
    let config = config_for("https://matrix.invalid", "example.org").to_string();
    Site::start(site::Options { build, config: Some(config), ..Default::default() }).await
}

/// What the browser said about policies since the last time one looked.
async fn violations(browser: &Browser) -> Result<Vec<String>> {
    let lines = browser.console().await?.into_iter();
    let is_about = |line: &String| {
        ["Content Security Policy", "Content-Security-Policy", "Trusted"]
            .iter()
            .any(|word| line.contains(word))
    };
    Ok(lines.filter(is_about).collect())
}

#[tokio::test]
async fn no_route_is_against_its_policy() -> Result<()> {
    let (house, browser) = visit(Plan::default(), "").await?;
    for (path, heading) in ROUTES {
        browser.open(&house.site.url(path)).await?;
        browser.see_heading(heading).await?;
        let policies = "return document.querySelectorAll(
            'meta[http-equiv=Content-Security-Policy]').length";
        assert_eq!(browser.script(policies, vec![]).await?, 1, "{path}");
        assert_eq!(violations(&browser).await?, [""; 0], "/{path}");
    }
    browser.open(&house.site.url("login/")).await?;
    sign_in(&browser, "alice", OLD).await?;
    browser.see("There is no other session.").await?;
    assert_eq!(violations(&browser).await?, [""; 0], "signed in");
    browser.open(&house.site.url("help/?doctor")).await?;
    browser.see_heading("Is everything set up?").await?;
    browser.see("Check again").await?;
    assert_eq!(violations(&browser).await?, [""; 0], "the doctor");
    // The check itself finds something.
    browser.script("try { setTimeout('window.pwned = 1') } catch {}", vec![]).await?;
    assert_ne!(violations(&browser).await?, [""; 0]);
    Ok(())
}

/// What somebody could put into the page who found a way to, each with what it would do.
const INJECTIONS: [(&str, &str); 8] = [
    (
        "an inline script",
        "const it = document.createElement('script');
        it.append('window.pwned = 1'); document.body.append(it)",
    ),
    (
        "a handler in HTML",
        "document.querySelector('main').insertAdjacentHTML('beforeend',
        '<img src=x onerror=\"window.pwned = 1\">')",
    ),
    (
        "a handler as an attribute",
        "document.querySelector('h1').setAttribute('onclick',
        'window.pwned = 1'); document.querySelector('h1').click()",
    ),
    (
        "a link that is a script",
        "const it = document.createElement('a');
        it.href = 'javascript:window.pwned = 1'; document.body.append(it); it.click()",
    ),
    (
        "a script of somebody else",
        "const it = document.createElement('script');
        it.setAttribute('src', 'data:text/javascript,window.pwned = 1'); document.body.append(it)",
    ),
    ("eval", "try { (0, eval)('window.pwned = 1') } catch {}"),
    (
        "a frame",
        "const it = document.createElement('iframe');
        it.setAttribute('srcdoc', '<script>parent.pwned = 1</script>'); document.body.append(it)",
    ),
    (
        "a form that leads away",
        "const it = document.createElement('form');
        it.action = elsewhere; document.body.append(it); it.submit()",
    ),
];

/// Injects it into the start, and gives back what came of that: what the script left behind,
/// and which page is there by then.
async fn inject(browser: &Browser, site: &Site, script: &str) -> Result<(bool, String)> {
    browser.open(&site.url("")).await?;
    browser.see_heading(ROUTES[0].1).await?;
    // As a task of the page: what drives the browser may do more. Some of it is refused by an
    // exception already.
    let script = format!(
        "const [elsewhere] = arguments; setTimeout(() => {{ try {{ {script} }} catch {{}} }})"
    );
    browser.script(&script, vec![site.url("help/").into()]).await?;
    // Whatever was begun in this moment has been done by then.
    let later = "return new Promise((done) => {
        fetch(location.href).finally(() => setTimeout(done, 100));
    }).then(() => window.pwned === 1)";
    let ran = browser.script(later, vec![]).await? == json!(true);
    Ok((ran, browser.address().await?))
}

#[tokio::test]
async fn what_is_injected_does_nothing() -> Result<()> {
    let browser = Browser::start(browser::Options::default()).await?;
    let [open, site] = [site(Build::Gallery).await?, site(Build::Release).await?];
    for (what, script) in INJECTIONS {
        let (ran, address) = inject(&browser, &open, script).await?;
        assert!(ran || address != open.url(""), "{what} would not do anything anyway");
        let (ran, address) = inject(&browser, &site, script).await?;
        assert!(!ran, "{what}");
        assert_eq!(address, site.url(""), "{what}");
    }
    Ok(())
}

/// Where one homeserver only is allowed, nothing can be sent anywhere else.
#[tokio::test]
async fn a_locked_site_asks_nobody_else() -> Result<()> {
    let house = House::build(Plan::default()).await?;
    house.synapse.register("alice", OLD, Some(EMAIL)).await?;
    let mut config = config_for(&house.proxy.url(), "example.org");
    let ask = "return fetch(arguments[0], { mode: 'no-cors' }).then(() => 1, () => 0)";
    for is_locked in [false, true] {
        config["disable_custom_urls"] = is_locked.into();
        house.site.set_config(&config.to_string());
        let browser = Browser::start(browser::Options::default()).await?;
        browser.open(&house.site.url("")).await?;
        browser.see_heading(ROUTES[0].1).await?;
        violations(&browser).await?;
        for (stranger, is_refused) in
            [("https://other.invalid/", is_locked), ("http://other.invalid/", true)]
        {
            browser.script(ask, vec![stranger.into()]).await?;
            let refused = violations(&browser).await?.iter().any(|it| it.contains(stranger));
            assert_eq!(refused, is_refused, "{stranger}, locked: {is_locked}");
        }
        // And all that the site does still works.
        browser.open(&house.site.url("login/")).await?;
        sign_in(&browser, "alice", OLD).await?;
        browser.see("Your sessions").await?;
        assert_eq!(violations(&browser).await?, [""; 0]);
    }
    Ok(())
}

/// The files of a server name are asked for at its host, without its port.
#[tokio::test]
async fn locked_policy_allows_the_host_of_a_server_name_with_a_port() -> Result<()> {
    let house = House::build(Plan::default()).await?;
    let mut config = config_for(&house.proxy.url(), "named.invalid:8448");
    config["disable_custom_urls"] = true.into();
    house.site.set_config(&config.to_string());
    let browser = Browser::start(browser::Options::default()).await?;
    browser.open(&house.site.url("help/")).await?;
    browser.see_heading("Help").await?;
    // The page has looked for the contacts of the homeserver by then.
    browser.see("This page could not find out who runs").await?;
    assert_eq!(violations(&browser).await?, [""; 0]);
    let ask = "return fetch(arguments[0], { mode: 'no-cors' }).then(() => 1, () => 0)";
    for (address, is_refused) in
        [("https://named.invalid/", false), ("https://named.invalid:8448/", true)]
    {
        browser.script(ask, vec![address.into()]).await?;
        let refused = violations(&browser).await?.iter().any(|it| it.contains(address));
        assert_eq!(refused, is_refused, "{address}");
    }
    Ok(())
}

/// Every text that a server gives is a text.
#[tokio::test]
async fn markup_from_a_server_is_only_read() -> Result<()> {
    let (house, browser) = visit(Plan::default(), "").await?;
    let markup = "<img src=x onerror=window.pwned=1><script>window.pwned=1</script>";
    let seen = "<img src=x onerror=window.pwned=1>";
    let flows = json!({ "flows": [{ "type": "m.login.sso", "identity_providers": [
        { "id": "x", "name": markup, "icon": markup, "brand": markup }] }] });
    house.proxy.answer("/login", Instead::json(200, &flows.to_string()));
    browser.open(&house.site.url("login/")).await?;
    browser.see(seen).await?;
    house.proxy.be_honest();
    browser.open(&house.site.url("login/")).await?;
    let limited = json!({ "errcode": "M_FORBIDDEN", "error": markup });
    house.proxy.answer("/login", Instead::json(403, &limited.to_string()));
    sign_in(&browser, "alice", "wrong").await?;
    browser.see_heading("Sign in").await?;
    house.proxy.be_honest();
    sign_in(&browser, "alice", OLD).await?;
    browser.see("There is no other session.").await?;
    let devices = json!({ "devices": [
        { "device_id": markup, "display_name": markup, "last_seen_ip": markup }] });
    let emails = json!({ "threepids": [{ "medium": "email", "address": markup }] });
    house.proxy.answer("/devices", Instead::json(200, &devices.to_string()));
    house.proxy.answer("/account/3pid", Instead::json(200, &emails.to_string()));
    browser.reload().await?;
    browser.see_heading("Your account").await?;
    browser.see(seen).await?;
    let contacts = json!({ "contacts": [{ "role": "m.role.admin", "matrix_id": markup,
        "email_address": markup }], "support_page": markup });
    house.proxy.answer("/support", Instead::json(200, &contacts.to_string()));
    browser.open(&house.site.url("help/")).await?;
    browser.see_heading("Help").await?;
    let pwned =
        "return [window.pwned ?? null, document.querySelectorAll('main img, main script').length]";
    assert_eq!(browser.script(pwned, vec![]).await?, json!([null, 0]));
    Ok(())
}

/// A page that shows the site in a frame could lay something over it.
#[tokio::test]
async fn it_does_not_work_inside_a_frame() -> Result<()> {
    let house = House::build(Plan::default()).await?;
    let browser = Browser::start(browser::Options::default()).await?;
    let frame = format!("<iframe src='{}' width=800 height=600>", house.site.url("reset/"));
    let around = Canned { status: 200, content_type: "text/html", body: frame, cors: false };
    house.proxy.answer("/around", Instead::Answer(around));
    browser.open(&format!("{}/around", house.proxy.url())).await?;
    browser.enter_frame().await?;
    browser.see_heading("This page is shown inside another page").await?;
    let fields = "return [...document.querySelectorAll('input, button')]
        .filter((it) => it.checkVisibility()).length";
    assert_eq!(browser.script(fields, vec![]).await?, 0);
    let asked = house.proxy.exchanges("").into_iter().map(|it| it.path);
    let asked: Vec<_> = asked.filter(|path| path.starts_with("/_matrix")).collect();
    assert_eq!(asked, [""; 0], "the homeserver is not even asked");
    Ok(())
}

/// Whoever has no JavaScript, an old browser or no WebAssembly reads a sentence.
#[tokio::test]
async fn what_cannot_run_says_so() -> Result<()> {
    let site = site(Build::Release).await?;
    let browser = Browser::start(browser::Options::default()).await?;
    for (missing, heading) in [
        ("delete window.WebAssembly", "This browser cannot show this page"),
        ("delete AbortSignal.timeout", "This browser cannot show this page"),
    ] {
        browser.before_each_page(missing).await?;
        browser.open(&site.url("")).await?;
        browser.see_heading(heading).await?;
    }
    let browser = Browser::start(browser::Options::default()).await?;
    browser.switch_off_scripts().await?;
    browser.open(&site.url("")).await?;
    browser.see_heading("JavaScript is switched off").await
}
