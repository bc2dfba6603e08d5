//! Choosing a homeserver: by its name, by its address or by a Matrix ID, and by
//! the link that leads to the site.

use anyhow::Result;
use serde_json::json;
use testbed::browser::{self, Browser};
use testbed::guide::{EMAIL, NEW, OLD, confirm_and_come_back, send_reset_email, sign_in, sign_out};
use testbed::house::{House, Plan};
use testbed::net::free_port;
use testbed::nginx::Nginx;
use testbed::well_known::{CLIENT, File, VERSIONS, WellKnown};

const HOME: &str = "Get back into your Matrix account";
const FIELD: &str = "Your homeserver";
const USE: &str = "Use this homeserver";
const QUESTION: &str = "Is this your homeserver?";

/// A site that is set up for a homeserver that is gone, another homeserver, and
/// a browser that finds names on this machine.
struct World {
    house: House,
    _hosts: Vec<WellKnown>,
    browser: Browser,
}

impl World {
    /// `hosts` are the files of each name, and whether a website may read them.
    async fn build(hosts: Vec<(&str, Vec<File>, bool)>) -> Result<Self> {
        let plan = Plan { server_name: "other.example".into(), ..Plan::default() };
        let house = House::build(plan).await?;
        house.synapse.register("alice", OLD, Some(EMAIL)).await?;
        let gone = format!("http://127.0.0.1:{}", free_port()?);
        house.site.set_config(&testbed::house::config_for(&gone, "example.org").to_string());
        let other = json!({ "m.homeserver": { "base_url": house.proxy.url() } });
        let mut all = vec![("other.example", vec![File::of(CLIENT, other)], true)];
        all.extend(hosts);
        let (mut servers, mut names) = (Vec::new(), Vec::new());
        for (name, files, cors) in all {
            let server = WellKnown::serve(name, files, cors).await?;
            names.push((format!("{name}:443"), server.address.to_string()));
            servers.push(server);
        }
        let nobody = format!("127.0.0.1:{}", free_port()?);
        names.push(("nobody.example:443".to_owned(), nobody.clone()));
        names.push(("gone.example:443".to_owned(), nobody.clone()));
        names.push(("example.org:443".to_owned(), nobody));
        let browser =
            Browser::start(browser::Options { hosts: names, ..Default::default() }).await?;
        Ok(Self { house, _hosts: servers, browser })
    }

    async fn choose(&self, typed: &str) -> Result<()> {
        self.browser.fill(FIELD, typed).await?;
        self.browser.press(USE).await
    }
}

async fn unfold(browser: &Browser) -> Result<()> {
    browser
        .script("document.querySelector('details#homeserver > summary').click()", vec![])
        .await?;
    browser.see(USE).await
}

#[tokio::test]
async fn every_way_to_name_it_and_every_way_not_to_find_it() -> Result<()> {
    let at = |base_url: &str| json!({ "m.homeserver": { "base_url": base_url } });
    let world = World::build(vec![
        ("broken.example", vec![File::of(CLIENT, "{\"m.homeserver\":")], true),
        ("empty.example", vec![File::of(CLIENT, "{}")], true),
        ("odd.example", vec![File::of(CLIENT, at("not an address"))], true),
        ("script.example", vec![File::of(CLIENT, at("javascript:alert(1)"))], true),
        ("lost.example", vec![File::of(CLIENT, at("https://gone.example"))], true),
        ("website.example", vec![], true),
        ("silent.example", vec![], false),
        ("shy.example", vec![File::of(CLIENT, at("https://silent.example"))], true),
        ("ill.example", vec![File { path: CLIENT, status: 500, body: String::new() }], true),
        ("bare.example", vec![File::of(VERSIONS, json!({ "versions": ["v1.12"] }))], true),
    ])
    .await?;
    let browser = &world.browser;
    browser.open(&world.house.site.url("")).await?;
    browser.see_heading(HOME).await?;
    browser.see("It is not known what example.org can do").await?;
    unfold(browser).await?;
    for (typed, words) in [
        ("", "Type the name of your homeserver, or your Matrix ID."),
        ("alice@example.org", "This is an email address, which does not tell"),
        ("my homeserver", "This is not the name of a homeserver."),
        ("javascript:alert(1)", "This is not the name of a homeserver."),
        ("nobody.example", "There is no answer from nobody.example."),
        ("broken.example", "broken.example has a file that says where its homeserver is, but"),
        ("empty.example", "empty.example has a file that says where its homeserver is, but"),
        ("ill.example", "ill.example has a file that says where its homeserver is, but"),
        (
            "odd.example",
            "odd.example says that its homeserver is at an address that cannot be used.",
        ),
        ("script.example", "script.example says that its homeserver is at an address that cannot"),
        ("@bob:lost.example", "There is no answer from gone.example."),
        ("website.example", "What answers at website.example is not a Matrix homeserver."),
        ("silent.example", "Something answers at silent.example, but this website may not read"),
        ("shy.example", "The homeserver at silent.example does not let websites talk to it."),
    ] {
        world.choose(typed).await?;
        browser.see(words).await.map_err(|error| error.context(typed.to_owned()))?;
        assert_eq!(browser.value(FIELD).await?, typed, "what was typed stays");
        assert_eq!(browser.focused().await?, "server");
        assert!(browser.beside(FIELD).await?.contains(words), "{typed}");
    }
    for (typed, name) in [
        ("@alice:other.example", "other.example"),
        ("bare.example", "bare.example"),
        (" OTHER.example ", "other.example"),
        (&world.house.proxy.url(), &world.house.proxy.url().replace("http://", "")),
        ("https://other.example/", "other.example"),
    ] {
        world.choose(typed).await?;
        browser
            .see(&format!("Homeserver: {name}"))
            .await
            .map_err(|error| error.context(typed.to_owned()))?;
        browser.see_heading(HOME).await?;
        unfold(browser).await?;
    }
    Ok(())
}

#[tokio::test]
async fn what_was_chosen_stays_chosen_to_the_end() -> Result<()> {
    let mut world = World::build(vec![]).await?;
    let (house, browser) = (&mut world.house, &world.browser);
    browser.open(&house.site.url("reset/")).await?;
    browser.see_heading("Set a new password").await?;
    // Pressing it again finds it again.
    for _ in 0..2 {
        browser.press("Change homeserver").await?;
        browser.see(USE).await?;
        browser.script("document.querySelector('details#homeserver').open = false", vec![]).await?;
        browser.see_no_text(USE).await?;
    }
    // From every step, without what was typed getting to the wrong server.
    browser.press("Change homeserver").await?;
    browser.see_heading(HOME).await?;
    browser.see(USE).await?;
    browser.fill(FIELD, "@alice:other.example").await?;
    browser.press(USE).await?;
    browser.see("On other.example you can set a new password by email.").await?;
    assert_eq!(browser.focused().await?, "title", "one is at the top of the page again");
    assert_eq!(browser.address().await?, house.site.url(""));
    // The choice can be made once more at once.
    browser.press("Change homeserver").await?;
    browser.see(USE).await?;
    browser.reload().await?;
    browser.see("On other.example you can set a new password by email.").await?;
    browser.press("Set a new password").await?;
    send_reset_email(browser, EMAIL, NEW).await?;
    browser.see("If an account on other.example uses").await?;
    confirm_and_come_back(house, browser, 1).await?;
    browser.press("Return to login screen").await?;
    sign_in(browser, "alice", NEW).await?;
    browser.see("@alice:other.example").await?;
    browser.reload().await?;
    browser.see("@alice:other.example").await?;
    // Another tab knows nothing of it.
    browser.open_in_new_tab(&house.site.url("")).await?;
    browser.see("Homeserver: example.org").await
}

#[tokio::test]
async fn a_link_fills_in_the_homeserver_and_the_address() -> Result<()> {
    let world = World::build(vec![]).await?;
    let (house, browser) = (&world.house, &world.browser);
    for link in [
        "?hs_url=other.example&email=alice%40example.org",
        "#hs_url=other.example&email=alice+x@example.org",
        "reset/?hs_url=https%3A%2F%2Fother.example&email=alice%40example.org&x=1",
    ] {
        browser.open("about:blank").await?;
        browser.open(&house.site.url(link)).await?;
        browser.see_heading(QUESTION).await?;
        browser.see("The link that you followed is for accounts on other.example.").await?;
        browser.see("This site is set up for accounts on example.org.").await?;
        let address = browser.address().await?;
        assert!(!address.contains("other") && !address.contains("alice"), "{address}");
        browser.press("No, do not use it").await?;
        browser.see("Homeserver: example.org").await?;
    }
    assert_eq!(browser.value("Email address").await?, EMAIL);
    browser.open("about:blank").await?;
    browser.open(&house.site.url("reset/#email=alice+x@example.org")).await?;
    browser.see_heading("Set a new password").await?;
    assert_eq!(browser.value("Email address").await?, "alice+x@example.org");

    browser.open("about:blank").await?;
    browser.open(&house.site.url("#hs_url=nobody.example")).await?;
    browser.press("My account is there, go on").await?;
    browser.see("There is no answer from nobody.example.").await?;
    browser.open("about:blank").await?;
    browser
        .open(&house.site.url("reset/#hs_url=@alice:other.example&email=alice@example.org"))
        .await?;
    browser.press("My account is there, go on").await?;
    browser.see_heading("Set a new password").await?;
    browser.see("other.example will send you an email").await?;
    assert_eq!(browser.value("Email address").await?, EMAIL);
    Ok(())
}

#[tokio::test]
async fn a_link_that_names_nothing_or_the_same_homeserver() -> Result<()> {
    let world = World::build(vec![]).await?;
    let (house, browser) = (&world.house, &world.browser);
    for odd in ["javascript:alert(1)", "https://a@b.example", "%3Cimg%20src=x%3E"] {
        browser.open("about:blank").await?;
        browser.open(&house.site.url(&format!("?hs_url={odd}"))).await?;
        browser.see_heading("Your homeserver").await?;
        browser.see("names a homeserver, but the name cannot be read.").await?;
        let text = browser.text().await?;
        assert!(!text.contains("alert") && !text.contains("<img"), "it is not repeated: {text}");
        browser.see_no_more("My account is there, go on").await?;
        browser.press("Go on").await?;
        browser.see_heading(HOME).await?;
    }
    // Letters that look like others are written out.
    browser.open("about:blank").await?;
    browser.open(&house.site.url("?hs_url=%D0%B5xample.org")).await?;
    browser.see("for accounts on xn--xample-2of.org.").await?;
    browser.open("about:blank").await?;
    browser.open(&house.site.url("?hs_url=EXAMPLE.org")).await?;
    browser.see_heading(HOME).await
}

/// Where the configured name is not found, another one can be chosen.
#[tokio::test]
async fn a_configured_name_that_is_not_found() -> Result<()> {
    let world = World::build(vec![]).await?;
    let config = json!({ "default_server_name": "nobody.example" });
    world.house.site.set_config(&config.to_string());
    let browser = &world.browser;
    browser.open(&world.house.site.url("")).await?;
    browser.see_heading("The homeserver was not found").await?;
    browser.see("There is no answer from nobody.example.").await?;
    world.choose("other.example").await?;
    browser.see_heading(HOME).await?;
    browser.see("On other.example you can set a new password by email.").await
}

/// What one homeserver said is nothing for the next one, nor is the password that
/// was typed for it.
#[tokio::test]
async fn another_homeserver_knows_nothing_of_the_one_before() -> Result<()> {
    let world = World::build(vec![]).await?;
    let (house, browser) = (&world.house, &world.browser);
    browser.open(&house.site.url("reset/")).await?;
    send_reset_email(browser, EMAIL, NEW).await?;
    browser.see("example.org does not answer.").await?;
    browser.press("Change homeserver").await?;
    world.choose("other.example").await?;
    browser.see("On other.example you can set a new password by email.").await?;
    browser.press("Set a new password").await?;
    browser.see("other.example will send you an email").await?;
    let text = browser.text().await?;
    assert!(!text.contains("does not answer"), "{text}");
    assert_eq!(browser.value("Email address").await?, EMAIL);
    assert_eq!(browser.value("New password").await?, "");
    assert!(house.proxy.exchanges("/account/password").is_empty());

    // A mail that was asked for is waited for, also after a reload.
    send_reset_email(browser, EMAIL, NEW).await?;
    browser.see_heading("Check your email").await?;
    browser.press("Change homeserver").await?;
    world.choose("nobody.example").await?;
    browser.see("There is no answer from nobody.example.").await?;
    browser.see("You asked for an email to alice@example.org before.").await?;
    browser.press("Go on waiting for it").await?;
    browser.see_heading("Check your email").await
}

/// Whoever is signed in can sign out, whichever homeserver was chosen since.
#[tokio::test]
async fn a_session_stays_with_its_homeserver() -> Result<()> {
    let versions = File::of(VERSIONS, json!({ "versions": ["v1.12"] }));
    let world = World::build(vec![("bare.example", vec![versions], true)]).await?;
    let (house, browser) = (&world.house, &world.browser);
    browser.open(&house.site.url("#homeserver")).await?;
    browser.see_heading(HOME).await?;
    world.choose("other.example").await?;
    browser.see("On other.example you can set a new password by email.").await?;
    browser.press("Sign in").await?;
    sign_in(browser, "alice", OLD).await?;
    browser.see("You are signed in as @alice:other.example.").await?;
    browser.press("Change homeserver").await?;
    world.choose("bare.example").await?;
    browser.see("Homeserver: bare.example").await?;
    browser.open(&house.site.url("account/")).await?;
    browser.see("You are signed in as @alice:other.example.").await?;
    sign_out(browser).await?;
    assert_eq!(house.proxy.exchanges("/logout").len(), 1);
    Ok(())
}

/// The question whether a homeserver is the right one outlives a reload, and help
/// is there without an answer.
#[tokio::test]
async fn a_question_stays_until_it_is_answered() -> Result<()> {
    let world = World::build(vec![]).await?;
    let (house, browser) = (&world.house, &world.browser);
    browser.open(&house.site.url("reset/?hs_url=other.example&email=alice%40example.org")).await?;
    browser.see_heading(QUESTION).await?;
    browser.press("Help").await?;
    browser.see_heading("Help").await?;
    browser.back().await?;
    browser.see_heading(QUESTION).await?;
    browser.reload().await?;
    browser.see_heading(QUESTION).await?;
    browser.press("No, do not use it").await?;
    browser.see_heading("Set a new password").await?;
    browser.reload().await?;
    browser.see_heading("Set a new password").await?;
    assert_eq!(browser.value("Email address").await?, EMAIL);
    Ok(())
}

/// A page that came encrypted may ask nobody without encryption but this machine.
#[tokio::test]
async fn a_page_over_https_asks_nobody_without() -> Result<()> {
    let house = House::build(Plan::default()).await?;
    let file = |base_url: &str| {
        vec![File::of(CLIENT, json!({ "m.homeserver": { "base_url": base_url } }))]
    };
    let open = WellKnown::serve("open.example", file("http://matrix.open.example"), true).await?;
    let here = WellKnown::serve("here.example", file(&house.proxy.url()), true).await?;
    let config = testbed::house::config_for(&house.proxy.url(), "example.org").to_string();
    let nginx = Nginx::with_site("recover.example", &config).await?;
    let hosts = [
        ("open.example:443", open.address.to_string()),
        ("here.example:443", here.address.to_string()),
        ("recover.example:443", nginx.tls()),
    ];
    let hosts = hosts.map(|(name, address)| (name.to_owned(), address)).to_vec();
    let browser = Browser::start(browser::Options { hosts, ..Default::default() }).await?;
    browser.open("https://recover.example/#homeserver").await?;
    browser.see("On example.org you can set a new password by email.").await?;
    for open in ["open.example", "http://matrix.open.example"] {
        browser.fill(FIELD, open).await?;
        browser.press(USE).await?;
        let words = "The homeserver at matrix.open.example can only be reached without encryption";
        browser.see(words).await?;
        browser.fill(FIELD, "").await?;
        browser.press(USE).await?;
        browser.see("Type the name of your homeserver").await?;
    }
    browser.fill(FIELD, "here.example").await?;
    browser.press(USE).await?;
    browser.see("On here.example you can set a new password by email.").await
}
