//! Every route is a real file, on a server that knows no rewrites, in any
//! folder.

use anyhow::{Context, Result};
use testbed::browser::{self, Browser};
use testbed::guide::{EMAIL, NEW, ROUTES, confirm_and_come_back, send_reset_email, visit};
use testbed::house::{Plan, config_for};
use testbed::net::free_port;
use testbed::site::{self, MissingSlash, Site};

/// No homeserver is needed to see the pages.
async fn site(folder: &str, missing_slash: MissingSlash) -> Result<Site> {
    let nowhere = format!("http://127.0.0.1:{}", free_port()?);
    let config = config_for(&nowhere, "example.org").to_string();
    let folder = folder.into();
    let options =
        site::Options { folder, missing_slash, config: Some(config), ..Default::default() };
    Site::start(options).await
}

#[tokio::test]
async fn every_route_opens_directly() -> Result<()> {
    let browser = Browser::start(browser::Options::default()).await?;
    for folder in ["/", "/some/where/"] {
        for missing_slash in [MissingSlash::Redirects, MissingSlash::ShowsPage] {
            let site = site(folder, missing_slash).await?;
            for (path, heading) in ROUTES {
                for typed in [path, path.trim_end_matches('/'), &[path, "index.html"].concat()] {
                    browser.open(&site.url(typed)).await?;
                    let seen = browser.see_heading(heading).await;
                    seen.map_err(|error| error.context(site.url(typed)))?;
                    let title = browser.title().await?;
                    assert_eq!(title, format!("{heading} – Account recovery"));
                }
            }
        }
    }
    Ok(())
}

#[tokio::test]
async fn links_stay_in_the_folder_and_change_the_address() -> Result<()> {
    let browser = Browser::start(browser::Options::default()).await?;
    for (folder, missing_slash) in [
        ("/some/where/", MissingSlash::Redirects),
        ("/some/where/", MissingSlash::ShowsPage),
        ("/ein%20Ordner/f%C3%BCr/", MissingSlash::Redirects),
    ] {
        let site = site(folder, missing_slash).await?;
        browser.open(&site.url("reset")).await?;
        browser.see_heading("Set a new password").await?;
        browser.script("window.isOld = true", vec![]).await?;
        browser.press("Sign in instead").await?;
        browser.see_heading("Sign in").await?;
        let is_old = browser.script("return window.isOld", vec![]).await?;
        assert_eq!(is_old, true, "a link does not load the page again");
        assert_eq!(browser.address().await?, site.url("login/"));
        browser.press("Account recovery").await?;
        browser.see_heading("Get back into your Matrix account").await?;
        assert_eq!(browser.address().await?, site.url(""));
        browser.press("Set a new password").await?;
        browser.see_heading("Set a new password").await?;
        assert_eq!(browser.address().await?, site.url("reset/"));
        browser.reload().await?;
        browser.see_heading("Set a new password").await?;
        browser.back().await?;
        browser.see_heading("Get back into your Matrix account").await?;
        assert_eq!(browser.address().await?, site.url(""));
    }
    Ok(())
}

#[tokio::test]
async fn the_heading_takes_the_focus_on_every_page() -> Result<()> {
    let site = site("/", MissingSlash::Redirects).await?;
    let browser = Browser::start(browser::Options::default()).await?;
    for (path, heading) in ROUTES {
        browser.open(&site.url(path)).await?;
        browser.see_heading(heading).await?;
        assert_eq!(browser.focused().await?, "title", "{path}");
    }
    for (link, heading) in [
        ("Account recovery", "Get back into your Matrix account"),
        ("Set a new password", "Set a new password"),
        ("Sign in instead", "Sign in"),
    ] {
        browser.press(link).await?;
        browser.see_heading(heading).await?;
        assert_eq!(browser.focused().await?, "title", "{heading}");
    }
    Ok(())
}

#[tokio::test]
async fn skipping_to_the_content_stays_on_the_page() -> Result<()> {
    let site = site("/", MissingSlash::Redirects).await?;
    let browser = Browser::start(browser::Options::default()).await?;
    browser.open(&site.url("reset/")).await?;
    browser.fill("Email address", "alice@example.org").await?;
    browser.script("document.querySelector('.skip').click()", vec![]).await?;
    assert_eq!(browser.focused().await?, "title");
    assert_eq!(browser.address().await?, site.url("reset/"));
    assert_eq!(browser.value("Email address").await?, "alice@example.org");
    Ok(())
}

/// A path may be written so that a part of it looks like another host.
#[tokio::test]
async fn a_path_that_looks_like_a_host_leads_nowhere_else() -> Result<()> {
    let browser = Browser::start(browser::Options::default()).await?;
    for missing_slash in [MissingSlash::Redirects, MissingSlash::ShowsPage] {
        let site = site("/", missing_slash).await?;
        for path in ["/evil.example/..%2F./reset/done/", "/evil.example/..%2F./reset"] {
            browser.open(&site.url(path)).await?;
            browser.see("Account recovery").await?;
            let hosts = "return [...document.querySelectorAll('[href], [src]')]
                .map((element) => new URL(element.href ?? element.src).host)
                .concat(location.host, new URL(document.baseURI).host)
                .filter((host) => host !== arguments[0])";
            let host = site.url("").replace("http://", "").replace('/', "");
            let strangers = browser.script(hosts, vec![host.into()]).await?;
            assert_eq!(strangers, serde_json::json!([]), "{path}");
        }
    }
    Ok(())
}

#[tokio::test]
async fn an_unknown_address_leads_back_to_the_site() -> Result<()> {
    let site = site("/some/where/", MissingSlash::Redirects).await?;
    let browser = Browser::start(browser::Options::default()).await?;
    for (typed, link) in [("nowhere", "The start of this folder"), ("nowhere/", "One folder up")] {
        browser.open(&site.url(typed)).await?;
        browser.see_heading("There is no page at this address").await?;
        browser.press(link).await?;
        browser.see_heading("Get back into your Matrix account").await?;
    }
    assert!(browser.console().await?.iter().all(|line| !line.contains("Content Security Policy")));
    Ok(())
}

#[tokio::test]
async fn a_program_that_cannot_start_or_stops_says_so() -> Result<()> {
    let site = site("/some/where/", MissingSlash::Redirects).await?;
    let browser = Browser::start(browser::Options::default()).await?;
    // The program, what starts it, and its words.
    for file in ["*.wasm", "*assets/main-*.js", "*/en/reset.txt"] {
        browser.block(file).await?;
        browser.open(&site.url("reset/")).await?;
        browser.see_heading("This page has stopped working").await?;
        browser.block("").await?;
        browser.press_and_load("Load the page again").await?;
        browser.see_heading("Set a new password").await.context(file)?;
    }

    // A real trap, as a fault in the program is one: a module that has nothing but `unreachable`.
    let trap = "const bytes = [0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0,
            7, 5, 1, 1, 102, 0, 0, 10, 5, 1, 3, 0, 0, 11];
        WebAssembly.instantiate(new Uint8Array(bytes))
            .then(({ instance }) => setTimeout(() => instance.exports.f()))";
    browser.script(trap, vec![]).await?;
    browser.see_heading("This page has stopped working").await?;
    browser.press_and_load("Start again").await?;
    browser.see_heading("Get back into your Matrix account").await
}

/// What is loaded when it is needed may not be there then.
#[tokio::test]
async fn a_part_that_does_not_come_can_be_asked_for_again() -> Result<()> {
    let site = site("/some/where/", MissingSlash::Redirects).await?;
    let browser = Browser::start(browser::Options::default()).await?;
    browser.open(&site.url("reset/")).await?;
    browser.see_heading("Set a new password").await?;
    browser.block("*split_help*").await?;
    browser.press("Help").await?;
    browser.see("This part of the site could not be loaded.").await?;
    browser.block("").await?;
    browser.press("Try again").await?;
    browser.see_heading("Help").await?;
    assert_eq!(browser.address().await?, site.url("help/"));
    Ok(())
}

/// What comes after the form is there before it is needed.
#[tokio::test]
async fn the_form_leads_on_even_if_nothing_more_can_be_loaded() -> Result<()> {
    let (mut house, browser) = visit(Plan::default(), "reset/").await?;
    browser.fill("Email address", EMAIL).await?;
    let loaded = "return performance.getEntriesByType('resource')
        .some((file) => file.name.includes('split_wait') && file.responseEnd > 0)";
    browser.wait_until(loaded, vec![]).await?;
    browser.block("*.wasm").await?;
    send_reset_email(&browser, EMAIL, NEW).await?;
    confirm_and_come_back(&mut house, &browser, 1).await
}

/// Where what sends it could not be loaded, the form says so, keeps what was typed, and can be
/// sent again.
#[tokio::test]
async fn a_form_that_could_not_be_sent_is_sent_later() -> Result<()> {
    let (house, browser) = visit(Plan::default(), "reset/").await?;
    browser.see_heading("Set a new password").await?;
    browser.block("*split_wait*").await?;
    send_reset_email(&browser, EMAIL, NEW).await?;
    browser.see("This part of the site could not be loaded.").await?;
    assert_eq!(browser.value("Email address").await?, EMAIL);
    assert!(house.proxy.exchanges("/requestToken").is_empty());
    browser.block("").await?;
    browser.press("Send Reset Email").await?;
    browser.see_heading("Check your email").await
}

/// What the page says of itself.
fn attribute<'a>(page: &'a str, name: &str) -> &'a str {
    let found = page.split_once(&format!("{name}=\""));
    found.and_then(|(_, rest)| rest.split('"').next()).unwrap_or_default()
}

/// What is counted by the build is what a browser really loads, in one go.
#[tokio::test]
async fn a_first_visit_loads_what_was_counted_and_nothing_twice() -> Result<()> {
    let dist = testbed::tools::project().join("dist").canonicalize()?;
    for (path, heading) in [ROUTES[0], ROUTES[1], ROUTES[2]] {
        let site = site("/", MissingSlash::Redirects).await?;
        let browser = Browser::start(browser::Options::default()).await?;
        browser.open(&site.url(path)).await?;
        browser.see_heading(heading).await?;
        let page = std::fs::read_to_string(dist.join(path).join("index.html"))?;
        let own = [path, "index.html"].concat();
        let (folder, part) = (attribute(&page, "data-texts"), attribute(&page, "data-part"));
        let texts = ["reset", part].map(|name| format!("{folder}/en/{name}.txt"));
        let mut served = site.served();
        for file in &served {
            let name = file.strip_prefix(&dist)?.to_string_lossy();
            let counted =
                page.contains(&*name) || name == own || texts.contains(&name.into_owned());
            assert!(counted, "{} is loaded but not counted for /{path}", file.display());
        }
        let all = served.len();
        served.sort();
        served.dedup();
        assert_eq!(served.len(), all, "a file is loaded twice: {:?}", site.served());
    }
    Ok(())
}
