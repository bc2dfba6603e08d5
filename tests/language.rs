//! In the reader's language: which one is taken, that it can be changed at any time, and
//! that the whole guide works in others than English.

use anyhow::{Context, Result};
use catalogue::plural;
use serde_json::json;
use std::path::{Path, PathBuf};
use std::time::Duration;
use testbed::browser::{self, Browser};
use testbed::guide::{EMAIL, NEW, OLD, confirm_in_new_tab, sign_in, visit};
use testbed::house::{House, Plan, config_for};
use testbed::net::wait_for;
use testbed::proxy::Instead;
use testbed::tools::project;
use testbed::words::Words;

const ROOT: &str = "const { lang, dir } = document.documentElement; return [lang, dir]";

async fn reader_of(languages: &'static str) -> Result<Browser> {
    Browser::start(browser::Options { languages, ..Default::default() }).await
}

/// Waits until the page is in this language.
async fn see_language(browser: &Browser, code: &str, dir: &str) -> Result<()> {
    let wanted = json!([code, dir]);
    wait_for(&format!("a page in {code}"), Duration::from_secs(20), || async {
        Ok((browser.script(ROOT, vec![]).await? == wanted).then_some(()))
    })
    .await
}

/// Waits until this stands in the field with this label.
async fn see_typed(browser: &Browser, label: &str, text: &str) -> Result<()> {
    wait_for(&format!("“{text}” in “{label}”"), Duration::from_secs(20), || async {
        Ok((browser.value(label).await? == text).then_some(()))
    })
    .await
}

#[tokio::test]
async fn the_browsers_language_is_taken() -> Result<()> {
    let house = House::build(Plan::default()).await?;
    for (languages, code) in [
        ("de-CH,en", "de"),
        ("pt,en", "pt-BR"),
        ("zh-CN,en", "zh-Hans"),
        // Traditional Chinese is another script.
        ("zh-TW,ja", "ja"),
        ("xx,uk", "uk"),
        ("xx", "en"),
    ] {
        let browser = reader_of(languages).await?;
        browser.open(&house.site.url("reset/")).await?;
        let title = Words::of(code)?.get("main.reset.title")?.to_owned();
        browser.see_heading(&title).await?;
        see_language(&browser, code, "ltr").await?;
        assert!(browser.title().await?.starts_with(&title));
    }
    Ok(())
}

#[tokio::test]
async fn only_the_language_in_use_is_downloaded() -> Result<()> {
    let (house, browser) = visit(Plan::default(), "login/?lang=fr").await?;
    browser.see_heading(Words::of("fr")?.get("login.title")?).await?;
    let texts = |folder: &Path| {
        let parts: Vec<_> = folder.iter().rev().map(|it| it.to_string_lossy()).collect();
        let is_text = parts.get(2).is_some_and(|name| name.starts_with("texts-"));
        is_text.then(|| [parts[1].as_ref(), parts[0].as_ref()].join("/"))
    };
    let mut served: Vec<_> = house.site.served().iter().filter_map(|file| texts(file)).collect();
    served.sort();
    assert_eq!(served, ["fr/login-shell.txt", "fr/login.txt", "fr/reset.txt"], "each once");
    Ok(())
}

#[tokio::test]
async fn an_address_and_the_operator_can_choose() -> Result<()> {
    let (house, browser) = visit(Plan::default(), "?lang=ja#homeserver").await?;
    let ja = Words::of("ja")?;
    browser.see_heading(ja.get("start.home.title")?).await?;
    assert!(!browser.address().await?.contains("lang="), "the choice leaves the address bar");
    // It stays chosen in this browser.
    browser.open(&house.site.url("help/")).await?;
    browser.see_heading(ja.get("desk.help.title")?).await?;
    // What is asked for in vain is passed over.
    browser.open(&house.site.url("help/?lang=tlh")).await?;
    browser.see_heading(ja.get("desk.help.title")?).await?;

    let mut config = config_for(&house.proxy.url(), "example.org");
    config["setting_defaults"] = json!({ "language": "pt_BR" });
    house.site.set_config(&config.to_string());
    let browser = reader_of("de").await?;
    browser.open(&house.site.url("help/")).await?;
    browser.see_heading(Words::of("pt-BR")?.get("desk.help.title")?).await?;
    // The person's own choice counts for more.
    browser.select(Words::of("pt-BR")?.get("main.site.language")?, "Deutsch").await?;
    browser.see_heading(Words::of("de")?.get("desk.help.title")?).await?;
    browser.reload().await?;
    browser.see_heading(Words::of("de")?.get("desk.help.title")?).await
}

#[tokio::test]
async fn another_language_loses_nothing_that_was_typed() -> Result<()> {
    let (house, browser) = visit(Plan::default(), "reset/").await?;
    browser.fill("Email address", EMAIL).await?;
    browser.fill("New password", NEW).await?;
    browser.choose("Keep my other sessions signed in").await?;
    browser.see("Hard to guess.").await?;
    browser.select("Language", "Deutsch").await?;
    let de = Words::of("de")?;
    browser.see_heading(de.get("main.reset.title")?).await?;
    browser.see(de.get("main.strength.good")?).await?;
    see_typed(&browser, de.get("main.reset.email")?, EMAIL).await?;
    assert_eq!(browser.value(de.get("main.reset.password")?).await?, NEW);
    assert!(browser.is_chosen(de.get("main.reset.keep")?).await?);
    assert_eq!(browser.focused().await?, "language");
    // From right to left, and it still works.
    browser.select(de.get("main.site.language")?, "العربية").await?;
    let ar = Words::of("ar")?;
    see_language(&browser, "ar", "rtl").await?;
    see_typed(&browser, ar.get("main.reset.email")?, EMAIL).await?;
    browser.press(ar.get("main.reset.submit")?).await?;
    browser.see_heading(ar.get("wait.check_email.title")?).await?;
    // The wait goes on where it was, and the password is still there.
    browser.select(ar.get("main.site.language")?, "English").await?;
    browser.see_heading("Check your email").await?;
    let mut house = house;
    let first_tab = browser.tab().await?;
    confirm_in_new_tab(&mut house, &browser, 1).await?;
    browser.see_heading("Your email address is confirmed").await?;
    browser.switch_to(&first_tab).await?;
    browser.see_heading("Your password has been changed").await?;
    house.synapse.login("alice", NEW).await?;
    Ok(())
}

/// What waits for an answer of the homeserver gets its words back too.
#[tokio::test]
async fn what_is_typed_signed_in_is_kept_too() -> Result<()> {
    let (_house, browser) = visit(Plan::default(), "login/").await?;
    sign_in(&browser, "alice", OLD).await?;
    browser.see_heading("Your account").await?;
    browser.fill("New email address", "new@example.org").await?;
    browser.fill("New password", NEW).await?;
    browser.select("Language", "Deutsch").await?;
    let de = Words::of("de")?;
    browser.see_heading(de.get("account.title")?).await?;
    see_typed(&browser, de.get("account.emails.field")?, "new@example.org").await?;
    assert_eq!(browser.value(de.get("main.reset.password")?).await?, NEW);
    Ok(())
}

/// The whole guide as somebody reads it who reads this language.
async fn the_guide_in(code: &'static str, dir: &str) -> Result<()> {
    let mut house = House::build(Plan::default()).await?;
    house.synapse.register("alice", OLD, Some(EMAIL)).await?;
    let browser = reader_of(code).await?;
    let words = Words::of(code)?;
    browser.open(&house.site.url("login/")).await?;
    see_language(&browser, code, dir).await?;
    browser.press(words.get("login.set_a_new_one")?).await?;
    browser.see_heading(words.get("main.reset.title")?).await?;
    browser.fill(words.get("main.reset.email")?, EMAIL).await?;
    browser.fill(words.get("main.reset.password")?, NEW).await?;
    browser.press(words.get("main.reset.submit")?).await?;
    browser.see_heading(words.get("wait.check_email.title")?).await?;
    let first_tab = browser.tab().await?;
    browser.press(words.get("wait.check_email.verified")?).await?;
    browser.see(words.get("wait.check_email.not_yet")?).await?;
    confirm_in_new_tab(&mut house, &browser, 1).await?;
    browser.see_heading(words.get("wait.verified.title")?).await?;
    browser.see(words.get("wait.verified.done")?).await?;
    browser.switch_to(&first_tab).await?;
    browser.see_heading(words.get("wait.done.title")?).await?;
    browser.press(words.get("wait.done.back")?).await?;
    browser.see_heading(words.get("login.title")?).await?;
    browser.fill(words.get("login.password")?, NEW).await?;
    browser.press(words.get("login.submit")?).await?;
    browser.see_heading(words.get("account.title")?).await?;
    browser.press(words.get("account.sign_out")?).await?;
    browser.see_heading(words.get("account.leaving.title")?).await?;
    browser.press(words.get("account.leaving.submit")?).await?;
    browser.see_heading(words.get("login.title")?).await
}

#[tokio::test]
async fn the_guide_in_german() -> Result<()> {
    the_guide_in("de", "ltr").await
}

#[tokio::test]
async fn the_guide_in_arabic() -> Result<()> {
    the_guide_in("ar", "rtl").await
}

#[tokio::test]
async fn the_guide_in_japanese() -> Result<()> {
    the_guide_in("ja", "ltr").await
}

/// The forms that the files must have are those that a browser asks for.
#[tokio::test]
async fn browsers_ask_for_the_forms_that_are_there() -> Result<()> {
    let browser = Browser::start(browser::Options::default()).await?;
    let script = "const rules = new Intl.PluralRules(arguments[0]);
        const numbers = [...Array(10000).keys(), 10000, 12000, 100000, 999999];
        const forms = {};
        for (const n of numbers) (forms[rules.select(n)] ??= []).push(n);
        return Object.entries(forms).map(([form, all]) => [form, all.length])";
    let codes = std::fs::read_dir(project().join("locales"))?;
    for file in codes {
        let file = file?.path();
        let code = file.file_stem().and_then(|stem| stem.to_str()).context("not a name")?;
        let asked: Vec<(String, u64)> =
            serde_json::from_value(browser.script(script, vec![code.into()]).await?)?;
        let mut forms: Vec<_> = asked.iter().map(|(form, _)| form.as_str()).collect();
        forms.sort();
        let mut needed = plural::needed(code).to_vec();
        needed.sort();
        assert_eq!(forms, needed, "{code}");
        for (form, numbers) in &asked {
            let is_one = plural::is_one_number(code, form);
            assert!(!is_one || *numbers == 1, "{code}: {form} is for {numbers} numbers");
        }
    }
    Ok(())
}

/// Nothing runs out of the page from right to left, and addresses read as they are.
#[tokio::test]
async fn from_right_to_left_addresses_stay_as_they_are() -> Result<()> {
    let (_house, browser) = visit(Plan::default(), "reset/?lang=ar").await?;
    see_language(&browser, "ar", "rtl").await?;
    browser.see_heading(Words::of("ar")?.get("main.reset.title")?).await?;
    for id in ["email", "new-password"] {
        let direction = "return getComputedStyle(document.getElementById(arguments[0])).direction";
        assert_eq!(browser.script(direction, vec![id.into()]).await?, "ltr", "{id}");
    }
    let isolated = "return [...document.querySelectorAll('bdi.name')].every(
        (name) => getComputedStyle(name).unicodeBidi === 'isolate')";
    assert_eq!(browser.script(isolated, vec![]).await?, true);
    browser.set_screen(320, 640).await?;
    let wide = "return document.documentElement.scrollWidth";
    assert_eq!(browser.script(wide, vec![]).await?, 320);
    Ok(())
}

/// Without its texts there is no other language, and nothing else is lost either.
#[tokio::test]
async fn a_language_that_cannot_be_loaded_changes_nothing() -> Result<()> {
    let (_house, browser) = visit(Plan::default(), "reset/").await?;
    browser.fill("Email address", EMAIL).await?;
    browser.block("*/de/*").await?;
    browser.select("Language", "Deutsch").await?;
    browser.see("This part of the site could not be loaded.").await?;
    see_language(&browser, "en", "ltr").await?;
    assert_eq!(browser.value("Email address").await?, EMAIL);
    let chosen = "return document.getElementById('language').value";
    assert_eq!(browser.script(chosen, vec![]).await?, "en");
    browser.block("").await?;
    browser.select("Language", "Deutsch").await?;
    let de = Words::of("de")?;
    browser.see_heading(de.get("main.reset.title")?).await?;
    see_typed(&browser, de.get("main.reset.email")?, EMAIL).await?;
    Ok(())
}

/// Whoever passes over languages with the arrow keys gets the last one.
#[tokio::test]
async fn the_last_choice_counts() -> Result<()> {
    let (_house, browser) = visit(Plan::default(), "reset/").await?;
    browser.fill("Email address", EMAIL).await?;
    let choose = "const list = document.getElementById('language');
        for (const code of ['de', 'ar', 'ja', 'fr']) {
            list.value = code;
            list.dispatchEvent(new Event('change', { bubbles: true }));
        }";
    browser.script(choose, vec![]).await?;
    let fr = Words::of("fr")?;
    browser.see_heading(fr.get("main.reset.title")?).await?;
    see_language(&browser, "fr", "ltr").await?;
    see_typed(&browser, fr.get("main.reset.email")?, EMAIL).await?;
    Ok(())
}

/// An answer that comes after the language was changed is not lost.
#[tokio::test]
async fn a_switch_waits_for_what_is_under_way() -> Result<()> {
    let (mut house, browser) = visit(Plan::default(), "login/").await?;
    sign_in(&browser, "alice", OLD).await?;
    browser.see_heading("Your account").await?;
    house.proxy.answer("/account/3pid/email/requestToken", Instead::Held);
    browser.fill("New email address", "new@example.org").await?;
    browser.press("Send the email").await?;
    browser.see("Sending the email…").await?;
    browser.select("Language", "Deutsch").await?;
    wait_for("the texts", Duration::from_secs(20), || async {
        let is_account = |file: &PathBuf| file.ends_with("de/account.txt");
        Ok(house.site.served().iter().any(is_account).then_some(()))
    })
    .await?;
    see_language(&browser, "en", "ltr").await?;
    browser.see("Sending the email…").await?;
    house.proxy.be_honest();
    let de = Words::of("de")?;
    browser.see_heading(de.get("account.title")?).await?;
    browser.see(de.get("account.emails.opened")?).await?;
    browser.see("new@example.org").await?;
    house.mail.wait("new@example.org", 1).await.map(|_| ())
}

/// Whoever wrote the message themselves keeps it; one that the page wrote is written anew.
#[tokio::test]
async fn a_message_is_in_the_readers_language_until_it_is_theirs() -> Result<()> {
    let (_house, browser) = visit(Plan::default(), "help/").await?;
    let message = "return document.getElementById('message')?.value ?? ''";
    browser.wait_until(message, vec![]).await?;
    let de = Words::of("de")?;
    browser.select("Language", "Deutsch").await?;
    browser.see_heading(de.get("desk.help.title")?).await?;
    let german = de.piece("desk.plea.attach")?;
    wait_for("the message in German", Duration::from_secs(20), || async {
        let message = browser.script(message, vec![]).await?;
        Ok(message.as_str().is_some_and(|message| message.contains(german)).then_some(()))
    })
    .await?;
    let write = "const area = document.getElementById('message');
        area.value = 'Meine Worte';
        area.dispatchEvent(new Event('input', { bubbles: true }))";
    browser.script(write, vec![]).await?;
    let fr = Words::of("fr")?;
    browser.select(de.get("main.site.language")?, "Français").await?;
    browser.see_heading(fr.get("desk.help.title")?).await?;
    wait_for("their words", Duration::from_secs(20), || async {
        Ok((browser.script(message, vec![]).await? == "Meine Worte").then_some(()))
    })
    .await
}
