//! What is painted before the program is there is what the program shows, word for word and
//! place for place, and nothing is lost where one takes the place of the other.

use anyhow::{Context, Error, Result, ensure};
use catalogue::keys;
use serde_json::{Value, json};
use std::env;
use std::fs;
use std::path::PathBuf;
use testbed::browser::{self, Browser};
use testbed::guide::{EMAIL, NEW, send_reset_email, visit};
use testbed::house::{Plan, config_for};
use testbed::proxy::{Instead, Proxy};
use testbed::site::{self, Site};
use testbed::tools::project;
use testbed::words::Words;

/// The pages that have a shell of their own, and the texts that are on them.
const PAGES: [(&str, &str, &str); 3] =
    [("home", "", "start"), ("login", "login/", "login"), ("reset", "reset/", "reset")];

/// The site, with a homeserver that takes its time.
async fn site(homeserver: &Proxy) -> Result<Site> {
    homeserver.answer("", Instead::Held);
    let config = config_for(&homeserver.url(), "example.org").to_string();
    Site::start(site::Options { config: Some(config), ..Default::default() }).await
}

fn file(name: &str) -> PathBuf {
    project().join("shells").join(name).with_extension("html")
}

/// What the program shows, as it would be written by hand: without what is below the card, and
/// what only the program needs. A line for each element.
const SHOWN: &str = "const all = document.getElementById('app').cloneNode(true);
    for (const field of document.querySelectorAll('#app input:checked')) {
        all.querySelector('#' + field.id).setAttribute('checked', '');
    }
    const walker = document.createTreeWalker(all, NodeFilter.SHOW_COMMENT);
    const comments = [];
    while (walker.nextNode()) comments.push(walker.currentNode);
    for (const comment of comments) comment.remove();
    const gone = '.foot, .skip, input[hidden], details, [role=status], [role=alert], p:empty';
    for (const it of all.querySelectorAll(gone)) it.remove();
    for (const link of all.querySelectorAll('a')) {
        link.setAttribute('href', link.getAttribute('href').slice(1) || './');
    }
    for (const it of all.querySelectorAll('[tabindex], [aria-live]')) {
        it.removeAttribute('tabindex');
        it.removeAttribute('aria-live');
    }
    return all.innerHTML";

/// The site in the language of keys: what it shows then tells where it has that from.
async fn by_keys(
    site: &Site,
    browser: &Browser,
    (name, path, texts): (&str, &str, &str),
) -> Result<String> {
    let english = catalogue::read(&project().join("locales/en.toml")).map_err(Error::msg)?;
    let marked = keys::by_keys(&english);
    let tables: &[&str] = match texts {
        "login" => &["login", "check", "verdict"],
        "start" => &["start", "wait"],
        _ => &["main"],
    };
    site.replace("en/reset.txt", &catalogue::pack(&marked, &["main"]));
    site.replace(&format!("en/{texts}.txt"), &catalogue::pack(&marked, tables));
    browser.open(&site.url(path)).await?;
    browser.wait_until("return document.querySelector('#app h1')", vec![]).await?;
    let html = browser.script(SHOWN, vec![]).await?;
    let html = html.as_str().with_context(|| format!("nothing is shown for {name}"))?;
    // What cannot be known before `config.json` is there.
    let html = html.replace("example.org", "");
    Ok(html.replace("><", ">\n<") + "\n")
}

#[tokio::test]
async fn each_shell_is_what_the_program_shows() -> Result<()> {
    let browser = Browser::start(browser::Options::default()).await?;
    for page in PAGES {
        let homeserver = Proxy::alone().await?;
        let site = site(&homeserver).await?;
        let shown = by_keys(&site, &browser, page).await?;
        if env::var_os("UPDATE_SHELLS").is_some() {
            fs::write(file(page.0), &shown)?;
        }
        let stored = fs::read_to_string(file(page.0))?;
        assert_eq!(stored, shown, "if it is meant: UPDATE_SHELLS=1 cargo test --test shell");
    }
    Ok(())
}

/// Where everything is that does not wait for an answer.
const PLACES: &str = "const shown = document.getElementById(arguments[0]);
    const all = 'h1, label:not(.theme), input:not([hidden]), legend, .lead, [type=submit], .brand a, .ways a';
    return [...shown.querySelectorAll(all)].map((it) => {
        const { x, y, width, height } = it.getBoundingClientRect();
        return [it.id || it.innerText, ...[x, y, width, height].map(Math.round)];
    })";

#[tokio::test]
async fn nothing_jumps_when_the_program_is_there() -> Result<()> {
    for languages in ["en", "de", "ar", "ja"] {
        let browser = Browser::start(browser::Options { languages, ..Default::default() }).await?;
        for (_, path, _) in [PAGES[1], PAGES[2]] {
            for (width, height) in [(320, 740), (1280, 900)] {
                let homeserver = Proxy::alone().await?;
                let site = site(&homeserver).await?;
                browser.set_screen(width, height).await?;
                site.hold_programs();
                browser.open(&site.url(path)).await?;
                let painted = "return !('unpainted' in document.documentElement.dataset)
                    && document.querySelector('#shell h1')?.checkVisibility()";
                browser.wait_until(painted, vec![]).await?;
                let named = "const name = document.querySelector('#shell .name');
                    return !name || name.textContent === 'example.org'";
                browser.wait_until(named, vec![]).await?;
                let title = Words::of(languages)?;
                let title =
                    title.get(if path == "reset/" { "main.reset.title" } else { "login.title" })?;
                browser.see(title).await?;
                let before = browser.script(PLACES, vec!["shell".into()]).await?;
                site.release_programs();
                browser.arrive().await?;
                let after = browser.script(PLACES, vec!["app".into()]).await?;
                assert_eq!(before, after, "/{path} in {languages} at {width} px");
                ensure!(
                    before.as_array().is_some_and(|all| all.len() > 6),
                    "too little is shown: {before}"
                );
            }
        }
    }
    Ok(())
}

/// Whoever has begun something may be shown another page than the one that was asked for.
#[tokio::test]
async fn a_form_that_may_not_come_is_not_painted() -> Result<()> {
    let (house, browser) = visit(Plan::default(), "reset/").await?;
    send_reset_email(&browser, EMAIL, NEW).await?;
    browser.see_heading("Check your email").await?;
    house.site.hold_programs();
    browser.open(&house.site.url("reset/")).await?;
    let painted = "return ['.brand a', '.card', 'h1', 'input'].map((it) =>
        document.querySelector('#shell ' + it).checkVisibility({ visibilityProperty: true }))";
    assert_eq!(browser.script(painted, vec![]).await?, json!([true, true, false, false]));
    house.site.release_programs();
    browser.see_heading("Set a new password").await?;
    browser.see("Go on waiting for it").await
}

/// Whoever is quick has typed, and sent, before the program is there.
#[tokio::test]
async fn what_was_typed_before_is_kept_and_what_was_sent_is_sent() -> Result<()> {
    let (house, browser) = visit(Plan::default(), "help/").await?;
    house.site.hold_programs();
    browser.open(&house.site.url("reset/")).await?;
    browser.fill("Email address", EMAIL).await?;
    browser.choose("Keep my other sessions signed in").await?;
    browser.fill("New password", NEW).await?;
    house.site.release_programs();
    browser.arrive().await?;
    assert_eq!(browser.value("Email address").await?, EMAIL);
    assert_eq!(browser.value("New password").await?, NEW);
    assert!(browser.is_chosen("Keep my other sessions signed in").await?);
    assert_eq!(browser.focused().await?, "new-password");

    house.site.hold_programs();
    browser.open(&house.site.url("reset/")).await?;
    browser.fill("Email address", EMAIL).await?;
    browser.fill("New password", NEW).await?;
    let press = "document.querySelector('#shell [type=submit]').click()";
    browser.script(press, vec![]).await?;
    // Nothing has been sent, to nobody, and the press can be seen.
    assert_eq!(browser.address().await?, house.site.url("reset/"));
    let look = "return getComputedStyle(document.querySelector('#shell [type=submit]')).cursor";
    assert_eq!(browser.script(look, vec![]).await?, "not-allowed");
    assert!(house.proxy.exchanges("/requestToken").is_empty());
    house.site.release_programs();
    browser.see_heading("Check your email").await?;
    let sent: Vec<Value> =
        house.proxy.exchanges("/requestToken").iter().map(|it| it.json()).collect();
    assert_eq!(sent.len(), 1);
    assert_eq!(sent[0]["email"], EMAIL);
    Ok(())
}
