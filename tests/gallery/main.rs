//! Every part and every state of the pages, as it looks and as axe-core finds it:
//! light and dark, from a small phone to a desktop.

// What the homeserver says.
mod answers;

use anyhow::Result;
use serde_json::json;
use std::time::Duration;
use testbed::browser::Browser;
use testbed::house::config_for;
use testbed::net::wait_for;
use testbed::pictures::compare;
use testbed::proxy::Proxy;
use testbed::site::{Build, Options, Site};
use testbed::words::Words;

/// These are routes. The rest are other states of them, and parts.
const ROUTES: [&str; 16] = [
    "home",
    "login",
    "reset",
    "check-email",
    "resume",
    "verified",
    "done",
    "check",
    "account",
    "sign-out",
    "help",
    "admin",
    "admin-users",
    "admin-user",
    "admin-many",
    "not-found",
];

/// Whether a password stands in this field.
const MADE: &str = "return (document.getElementById(arguments[0])?.value ?? '').length > 20";

/// The port of the site is another one each time, and must be in no picture.
const ANOTHER_ADDRESS: &str = "
    const words = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
    while (words.nextNode()) {
        const text = words.currentNode;
        text.data = text.data.replaceAll(location.origin, 'https://account.example.org');
    }";

const PHONE: (u32, u32) = (320, 640);
const TABLET: (u32, u32) = (768, 1024);
const DESKTOP: (u32, u32) = (1280, 900);

/// The gallery, and what its homeserver answers to whoever is signed in.
struct Gallery {
    site: Site,
    proxy: Proxy,
    browser: Browser,
    words: Words,
}

impl Gallery {
    async fn open() -> Result<Self> {
        Self::open_in("en").await
    }

    async fn open_in(language: &str) -> Result<Self> {
        let proxy = Proxy::alone().await?;
        let config = config_for(&proxy.url(), "example.org").to_string();
        let site = Site::start(Options {
            build: Build::Gallery,
            config: Some(config),
            ..Default::default()
        })
        .await?;
        let browser = Browser::start(Default::default()).await?;
        browser.open(&site.url(&format!("gallery/?lang={language}"))).await?;
        Ok(Self { site, proxy, browser, words: Words::of(language)? })
    }

    /// The names of all that there is.
    async fn names(&self) -> Result<Vec<String>> {
        self.show("all").await?;
        let names = "return [...document.querySelectorAll('#exhibits a')]
            .map((link) => link.innerText).filter((name) => name !== 'all')";
        let names = self.browser.script(names, vec![]).await?;
        Ok(serde_json::from_value(names)?)
    }

    /// Waits until all is there, and unfolds what is to be seen unfolded.
    async fn see_administrators(&self, name: &str) -> Result<()> {
        let browser = &self.browser;
        // The same bytes each time, so that the same passwords are made.
        let dice = "crypto.getRandomValues = (bytes) => bytes.fill(0)";
        browser.script(dice, vec![]).await?;
        match name {
            "admin" => self.see("admin.reach.open").await,
            "admin-blocked" => self.see("admin.reach.blocked_title").await,
            "admin-absent" => self.see("admin.reach.absent_title").await,
            "admin-elsewhere" => self.see("admin.reach.elsewhere_title").await,
            "admin-users" => self.see("admin.users.next").await,
            "admin-user" => self.see("admin.user.limits").await,
            "admin-user-open" => {
                self.see("admin.user.limits").await?;
                let open =
                    "document.querySelectorAll('main details').forEach((it) => { it.open = true })";
                browser.script(open, vec![]).await?;
                browser.wait_until(MADE, vec!["set-password".into()]).await
            }
            "admin-dendrite" => browser.wait_until(MADE, vec!["dendrite-password".into()]).await,
            "admin-sheet" => {
                self.see("admin.sheet.title").await?;
                browser.script(ANOTHER_ADDRESS, vec![]).await.map(drop)
            }
            _ => self.see("many.title").await,
        }?;
        // What only these pages look like comes a moment later.
        let styled = "const link = document.querySelector('link[href=\"admin.css\"]');
            return !link || !!link.sheet";
        browser.wait_until(styled, vec![]).await
    }

    async fn show(&self, name: &str) -> Result<()> {
        self.answer_for(name)?;
        self.browser.open(&self.site.url(&format!("gallery/#{name}"))).await?;
        wait_for(&format!("the exhibit {name}"), Duration::from_secs(20), || async {
            let shown = "return document.documentElement.dataset.exhibit";
            Ok((self.browser.script(shown, vec![]).await? == name).then_some(()))
        })
        .await?;
        match name {
            // There is nobody to be found.
            "help" => self.see("desk.plea.not_found_out").await,
            "sign-out" => self.see("verdict.some_lost").await,
            "arithmetic" => self.browser.see("Ed25519").await,
            _ if name.starts_with("admin") => self.see_administrators(name).await,
            _ if name.starts_with("account") => {
                let all = "return document.querySelector('.sessions li')
                    && document.querySelector('.emails .button')
                    && document.getElementById('new-password')";
                self.browser.wait_until(all, vec![]).await
            }
            _ => Ok(()),
        }
    }

    /// Waits until a text is to be read, by its key.
    async fn see(&self, key: &str) -> Result<()> {
        self.browser.see(self.words.piece(key)?).await
    }

    async fn look_from(&self, (width, height): (u32, u32), dark: bool) -> Result<()> {
        self.browser.set_screen(width, height).await?;
        self.browser.prefer_dark(dark).await
    }
}

#[tokio::test]
async fn everything_looks_as_it_did_when_it_was_good() -> Result<()> {
    let gallery = Gallery::open().await?;
    let mut differences = Vec::new();
    for name in gallery.names().await? {
        gallery.show(&name).await?;
        for (screen, dark) in views(&name) {
            gallery.look_from(screen, dark).await?;
            let picture = gallery.browser.picture().await?;
            let light = if dark { "dark" } else { "light" };
            if let Err(difference) = compare(&format!("{name}-{}-{light}", screen.0), &picture) {
                differences.push(difference.to_string());
            }
        }
    }
    assert!(differences.is_empty(), "{}", differences.join("\n\n"));
    Ok(())
}

/// German has long words, Arabic is written from right to left, Japanese without spaces.
#[tokio::test]
async fn in_other_languages_too() -> Result<()> {
    let mut differences = Vec::new();
    for code in ["ar", "de", "ja"] {
        let gallery = Gallery::open_in(code).await?;
        for name in ROUTES {
            gallery.show(name).await?;
            for (screen, dark) in [(PHONE, false), (DESKTOP, true)] {
                gallery.look_from(screen, dark).await?;
                let picture = gallery.browser.picture().await?;
                let picture = compare(&format!("{name}-{}-{code}", screen.0), &picture);
                differences.extend(picture.err().map(|it| it.to_string()));
                let hidden = "const root = document.documentElement;
                    return root.scrollWidth - root.clientWidth";
                let hidden = gallery.browser.script(hidden, vec![]).await?;
                assert_eq!(hidden, 0, "{name} in {code} runs out of the page");
                let place = format!("{name} in {code}, {} px", screen.0);
                let problems = gallery.browser.axe().await?;
                differences.extend(problems.iter().map(|problem| format!("{place}: {problem}")));
            }
        }
    }
    assert!(differences.is_empty(), "{}", differences.join("\n\n"));
    Ok(())
}

/// Each route from everywhere; of its other states and of the parts, two views
/// that have the least in common.
fn views(name: &str) -> Vec<((u32, u32), bool)> {
    match ROUTES.contains(&name) {
        true => [PHONE, TABLET, DESKTOP].map(|screen| [(screen, false), (screen, true)]).concat(),
        false => vec![(PHONE, false), (DESKTOP, true)],
    }
}

/// The known answers of those who specified it, computed by the browser itself.
#[tokio::test]
async fn the_browsers_arithmetic_is_right() -> Result<()> {
    let gallery = Gallery::open().await?;
    gallery.show("arithmetic").await?;
    let answers = "return [...document.querySelectorAll('#answers li')].map((li) => li.innerText)";
    let answers = gallery.browser.script(answers, vec![]).await?;
    let all = ["PBKDF2", "HKDF", "AES-CTR", "HMAC", "X25519", "Ed25519"];
    assert_eq!(answers, json!(all.map(|name| format!("{name}: right"))));
    Ok(())
}

#[tokio::test]
async fn the_systems_own_colours_leave_everything_to_be_seen() -> Result<()> {
    let gallery = Gallery::open().await?;
    let mut differences = Vec::new();
    for name in ["buttons", "fields", "passwords", "progress", "reset-wrong"] {
        gallery.show(name).await?;
        gallery.browser.set_screen(PHONE.0, PHONE.1).await?;
        gallery.browser.force_colours(true).await?;
        let picture = gallery.browser.picture().await?;
        differences.extend(compare(&format!("{name}-forced"), &picture).err());
    }
    assert!(differences.is_empty(), "{differences:#?}");
    Ok(())
}

#[tokio::test]
async fn a_form_that_opens_with_an_error_says_so_first() -> Result<()> {
    let gallery = Gallery::open().await?;
    for (name, wanted) in [("reset-wrong", "summary"), ("reset", "title")] {
        gallery.show(name).await?;
        wait_for(&format!("the focus on the {wanted}"), Duration::from_secs(20), || async {
            Ok((gallery.browser.focused().await? == wanted).then_some(()))
        })
        .await?;
    }
    Ok(())
}

/// On the small phone, which is a desktop at 400 %, and with text twice as large.
#[tokio::test]
async fn nobody_has_to_scroll_sideways() -> Result<()> {
    let gallery = Gallery::open().await?;
    for name in gallery.names().await? {
        gallery.show(&name).await?;
        for (screen, text) in [(PHONE, "100%"), ((640, 900), "200%")] {
            gallery.look_from(screen, false).await?;
            let hidden = "const root = document.documentElement;
                root.style.fontSize = arguments[0];
                return root.scrollWidth - root.clientWidth";
            let hidden = gallery.browser.script(hidden, vec![text.into()]).await?;
            assert_eq!(hidden, 0, "{name}, text at {text}");
        }
    }
    Ok(())
}

#[tokio::test]
async fn a_finger_finds_everything() -> Result<()> {
    let gallery = Gallery::open().await?;
    for name in gallery.names().await? {
        gallery.show(&name).await?;
        gallery.look_from(PHONE, false).await?;
        gallery.browser.touch().await?;
        let small = "return [...document.querySelectorAll('a, button, select, input, label[for]')]
            .filter((target) => target.checkVisibility() && !target.matches('.skip'))
            .filter((target) => !(/radio|checkbox/.test(target.type) || target.matches('.field label')))
            .filter((target) => target.getBoundingClientRect().height < 44)
            .map((target) => target.outerHTML)";
        let small = gallery.browser.script(small, vec![]).await?;
        assert_eq!(small, serde_json::json!([]), "{name}: lower than 44 px");
    }
    Ok(())
}

#[tokio::test]
async fn axe_finds_nothing_wrong_with_any_state() -> Result<()> {
    let gallery = Gallery::open().await?;
    let names = gallery.names().await?;
    let mut found = Vec::new();
    for theme in ["", "dark", "high-contrast", "dark high-contrast"] {
        let choose = "localStorage.setItem('matrix-account-recovery.theme', arguments[0])";
        gallery.browser.script(choose, vec![theme.into()]).await?;
        gallery.browser.reload().await?;
        for name in &names {
            gallery.show(name).await?;
            for screen in [PHONE, DESKTOP] {
                gallery.look_from(screen, false).await?;
                let place = format!("{name}, theme “{theme}”, {} px", screen.0);
                let problems = gallery.browser.axe().await?;
                found.extend(problems.iter().map(|problem| format!("{place}: {problem}")));
            }
        }
    }
    assert!(found.is_empty(), "axe-core found:\n{}", found.join("\n\n"));
    Ok(())
}
