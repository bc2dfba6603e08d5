//! `config.json`: what is wrong with it is said on the page, and a homeserver
//! may be given by its name.

use anyhow::Result;
use matrix_account_recovery::config::Config;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use testbed::browser::{self, Browser};
use testbed::guide::sign_in;
use testbed::house::{House, Plan};
use testbed::net::free_port;
use testbed::site::{self, Site};
use testbed::well_known::WellKnown;

async fn site_with(config: Option<String>) -> Result<Site> {
    Site::start(site::Options { config, ..Default::default() }).await
}

#[tokio::test]
async fn what_is_wrong_is_said() -> Result<()> {
    let browser = Browser::start(browser::Options::default()).await?;
    let broken = |text: &str| Some(text.to_owned());
    for (config, words) in [
        (None, "The file config.json is missing."),
        (broken("{ \"brand\": "), "The file config.json is not valid JSON."),
        (broken("<!doctype html>"), "The file config.json is not valid JSON."),
        (broken("{}"), "The file config.json names no homeserver."),
        (
            broken(r#"{"default_server_name": 7}"#),
            "this is not what it should be: default_server_name.",
        ),
        (
            broken(r#"{"default_server_config": {"m.homeserver": {"base_url": "example.org"}}}"#),
            "this is not what it should be: default_server_config.m.homeserver.base_url.",
        ),
    ] {
        let site = site_with(config).await?;
        browser.open(&site.url("reset/")).await?;
        browser.see_heading("This site is not set up yet").await?;
        browser.see(words).await?;
        browser.press_and_load("Try again").await?;
        browser.see(words).await?;
    }
    // All of it is named at once, with its place.
    let file = r#"{"default_server_name": "example.org", "brand": 7,
        "contacts": [{"email_address": "a@b"}, {"email_address": "a@b,c@d"}]}"#;
    let site = site_with(broken(file)).await?;
    browser.open(&site.url("help/")).await?;
    browser.see("this is not what it should be: brand, contacts[1].email_address.").await
}

#[tokio::test]
async fn what_only_did_not_arrive_is_not_called_wrong() -> Result<()> {
    let nowhere = format!("http://127.0.0.1:{}", free_port()?);
    let config = testbed::house::config_for(&nowhere, "example.org");
    let site = site_with(Some(config.to_string())).await?;
    let browser = Browser::start(browser::Options::default()).await?;
    browser.block("*/config.json").await?;
    browser.open(&site.url("reset/")).await?;
    browser.see_heading("This site could not be loaded").await?;
    browser.see("does not answer.").await?;
    browser.block("").await?;
    browser.press_and_load("Try again").await?;
    browser.see_heading("Set a new password").await
}

#[tokio::test]
async fn the_operators_name_for_the_site() -> Result<()> {
    let nowhere = format!("http://127.0.0.1:{}", free_port()?);
    let mut config = testbed::house::config_for(&nowhere, "example.org");
    config["brand"] = json!("Example chat");
    let link = json!({ "text": "Status", "url": "https://status.example.org/" });
    config["branding"] = json!({ "auth_footer_links": [link] });
    let site = site_with(Some(config.to_string())).await?;
    let browser = Browser::start(browser::Options::default()).await?;
    browser.open(&site.url("reset/")).await?;
    browser.see_heading("Set a new password").await?;
    assert_eq!(browser.title().await?, "Set a new password – Example chat");
    browser.see("Status").await?;
    browser.press("Example chat").await?;
    browser.see_heading("Get back into your Matrix account").await
}

#[tokio::test]
async fn a_homeserver_is_found_by_its_name() -> Result<()> {
    let house = House::build(Plan::default()).await?;
    house.synapse.register("alice", "the password", None).await?;
    let file = json!({ "m.homeserver": { "base_url": house.proxy.url() } });
    let well_known = WellKnown::start("example.org", file.to_string()).await?;
    let config = json!({ "default_server_name": "example.org" });
    let site = site_with(Some(config.to_string())).await?;
    let hosts = vec![("example.org:443".to_owned(), well_known.address.to_string())];
    let browser = Browser::start(browser::Options { hosts, ..Default::default() }).await?;
    browser.open(&site.url("login/")).await?;
    sign_in(&browser, "alice", "the password").await?;
    browser.see("@alice:example.org").await
}

#[tokio::test]
async fn a_name_without_a_homeserver() -> Result<()> {
    let nowhere = format!("127.0.0.1:{}", free_port()?);
    let hosts = vec![("example.org:443".to_owned(), nowhere)];
    let browser = Browser::start(browser::Options { hosts, ..Default::default() }).await?;
    let mut config = json!({ "default_server_name": "example.org" });
    let site = site_with(Some(config.to_string())).await?;
    browser.open(&site.url("")).await?;
    browser.see_heading("The homeserver was not found").await?;
    browser.see("No homeserver could be found for example.org.").await?;

    // Where the file gives an address too, that one is used.
    let given = format!("http://127.0.0.1:{}", free_port()?);
    let both = testbed::house::config_for(&given, "example.org");
    config["default_server_config"] = both["default_server_config"].clone();
    let site = site_with(Some(config.to_string())).await?;
    browser.open(&site.url("")).await?;
    browser.see_heading("Get back into your Matrix account").await
}

/// The schema takes what the site takes, and nothing that it refuses.
#[test]
fn the_schema_and_the_examples_agree() -> Result<()> {
    let docs = testbed::tools::project().join("docs");
    let read = |file: &Path| anyhow::Ok(serde_json::from_slice::<Value>(&fs::read(file)?)?);
    let schema = jsonschema::validator_for(&read(&docs.join("config.schema.json"))?)?;
    let mut examples = vec![testbed::tools::project().join("public/config.json")];
    for entry in fs::read_dir(docs.join("examples"))? {
        examples.push(entry?.path());
    }
    assert_eq!(examples.len(), 4);
    for file in examples {
        let example = read(&file)?;
        schema
            .validate(&example)
            .map_err(|wrong| anyhow::anyhow!("{}: {wrong}", file.display()))?;
        Config::parse(&example.to_string(), |_| None)
            .map_err(|wrong| anyhow::anyhow!("{wrong:?}"))?;
    }
    let name = |more: Value| {
        let mut file = json!({ "default_server_name": "example.org" });
        if let (Some(file), Value::Object(more)) = (file.as_object_mut(), more) {
            file.extend(more);
        }
        file
    };
    for wrong in [
        json!([]),
        json!({}),
        json!({ "default_server_name": 7 }),
        json!({ "default_server_config": { "m.homeserver": { "base_url": "example.org" } } }),
        json!({ "default_server_config": { "m.homeserver": { "base_url": "https://a@b" } } }),
        json!({ "default_server_config": { "m.homeserver": { "base_url": "http://[::1]:8008" } } }),
        name(json!({ "brand": {} })),
        name(json!({ "disable_custom_urls": "yes" })),
        name(json!({ "branding": { "auth_footer_links": [{ "text": 7, "url": "x" }] } })),
        name(json!({ "client": { "url": "javascript:alert(1)" } })),
        name(json!({ "client": { "url": "http://example.org" } })),
        name(json!({ "contacts": [{ "email_address": "a@b,c@d" }] })),
        name(json!({ "contacts": [{ "matrix_id": "alice" }] })),
        name(json!({ "contacts": {} })),
        name(json!({ "support_page": "example.org" })),
        name(json!({ "help_links": [7] })),
        name(json!({ "help_links": [{ "text": "x", "url": "javascript:alert(1)" }] })),
        name(json!({ "contacts": [{}] })),
        name(json!({ "client": { "name": "Element" } })),
    ] {
        assert!(!schema.is_valid(&wrong), "the schema takes {wrong}");
        assert!(Config::parse(&wrong.to_string(), |_| None).is_err(), "the site takes {wrong}");
    }
    Ok(())
}
