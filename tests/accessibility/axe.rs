//! axe-core on every page, in every state that a person can bring it to, light
//! and dark, on a small phone and on a desktop.

use anyhow::Result;
use serde_json::json;
use std::collections::BTreeMap;
use testbed::accounts::{self, Kind};
use testbed::browser::Browser;
use testbed::guide::{
    EMAIL, NEW, OLD, confirm_in_new_tab, enter_as_administrator, send_reset_email, sign_in, visit,
};
use testbed::house::Plan;
use testbed::proxy::Instead;
use testbed::site::{self, Site};

const SCREENS: [(u32, u32); 2] = [(320, 640), (1280, 900)];

/// What was found wrong so far, with where it was.
struct Findings<'a> {
    browser: &'a Browser,
    found: BTreeMap<String, Vec<String>>,
}

impl<'a> Findings<'a> {
    fn new(browser: &'a Browser) -> Self {
        Self { browser, found: BTreeMap::new() }
    }

    /// Looks at the page as it is, in every light and size.
    async fn look(&mut self, page: &str) -> Result<()> {
        for (width, height) in SCREENS {
            for dark in [false, true] {
                self.browser.set_screen(width, height).await?;
                self.browser.prefer_dark(dark).await?;
                let light = if dark { "dark" } else { "light" };
                for problem in self.browser.axe().await? {
                    let places = self.found.entry(problem).or_default();
                    places.push(format!("{page}, {light}, {width} × {height}"));
                }
            }
        }
        Ok(())
    }

    fn report(&self) {
        let found = self.found.iter();
        let found = found.map(|(what, places)| format!("{what}\nOn: {}\n", places.join("; ")));
        let found = found.collect::<Vec<_>>().join("\n");
        assert!(found.is_empty(), "axe-core found:\n{found}");
    }
}

/// One walk through the guide, with every mistake on the way.
#[tokio::test]
async fn axe_finds_nothing_wrong_on_the_way_through_the_guide() -> Result<()> {
    let policy = json!({ "enabled": true, "minimum_length": 12 });
    let homeserver = json!({ "password_config": { "policy": policy } });
    let (mut house, browser) = visit(Plan { homeserver, ..Plan::default() }, "").await?;
    let mut findings = Findings::new(&browser);
    browser.see_heading("Get back into your Matrix account").await?;
    findings.look("home").await?;

    browser.press("Sign in").await?;
    the_wrong_ways_to_sign_in(&mut findings).await?;
    browser.press("Set a new one").await?;
    the_wrong_ways_to_ask_for_a_mail(&mut findings).await?;

    send_reset_email(&browser, EMAIL, NEW).await?;
    browser.see_heading("Check your email").await?;
    findings.look("check-email").await?;
    browser.press("I have verified my email address").await?;
    browser.see("Your email address is not confirmed yet.").await?;
    findings.look("check-email, not confirmed yet").await?;

    let first_tab = browser.tab().await?;
    confirm_in_new_tab(&mut house, &browser, 1).await?;
    browser.see("Your new password is set.").await?;
    findings.look("verified").await?;
    browser.switch_to(&first_tab).await?;
    browser.see_heading("Your password has been changed").await?;
    findings.look("done").await?;

    browser.press("Return to login screen").await?;
    sign_in(&browser, "alice", NEW).await?;
    browser.see("@alice:example.org").await?;
    findings.look("account").await?;
    findings.report();
    Ok(())
}

async fn the_wrong_ways_to_sign_in(findings: &mut Findings<'_>) -> Result<()> {
    let browser = findings.browser;
    browser.see_heading("Sign in").await?;
    findings.look("login").await?;
    browser.press("Sign in").await?;
    browser.see("Type your password.").await?;
    findings.look("login, nothing typed").await?;
    sign_in(browser, "alice", "wrong").await?;
    browser.see("The name or the password is not right").await?;
    findings.look("login, wrong password").await
}

async fn the_wrong_ways_to_ask_for_a_mail(findings: &mut Findings<'_>) -> Result<()> {
    let browser = findings.browser;
    browser.see("asks for: at least 12 characters").await?;
    findings.look("reset").await?;
    browser.press("Send Reset Email").await?;
    browser.see("Type a new password.").await?;
    findings.look("reset, nothing typed").await?;
    send_reset_email(browser, "nobody@example.org", NEW).await?;
    browser.see("No account on example.org uses this email address.").await?;
    findings.look("reset, unknown address").await?;
    send_reset_email(browser, EMAIL, "aB3-").await?;
    browser.see("Too short. Use at least 12 characters.").await?;
    findings.look("reset, password too short").await
}

/// What leads elsewhere: another homeserver, help, the administrators, the doctor.
#[tokio::test]
async fn axe_finds_nothing_wrong_with_the_ways_out() -> Result<()> {
    let (house, browser) = visit(Plan { sends_mail: false, ..Plan::default() }, "").await?;
    let mut findings = Findings::new(&browser);
    browser.see("example.org does not send emails for new passwords.").await?;
    findings.look("home, no mail").await?;
    browser.press("Change homeserver").await?;
    browser.press("Use this homeserver").await?;
    browser.see("Type the name of your homeserver").await?;
    findings.look("home, no homeserver typed").await?;
    browser.press("Ask the administrators").await?;
    browser.see("could not find out who runs example.org.").await?;
    findings.look("help").await?;
    let unfold = "for (const one of document.querySelectorAll('details')) one.open = true";
    browser.script(unfold, vec![]).await?;
    findings.look("help, all questions open").await?;
    let support =
        r#"{"contacts":[{"role":"m.role.admin","matrix_id":"@a:b","email_address":"a@b"}]}"#;
    house.proxy.answer("/matrix/support", Instead::json(200, support));
    browser.reload().await?;
    browser.see("names these contacts").await?;
    browser.press("Copy the message").await?;
    browser.see("Copied.").await?;
    findings.look("help, with contacts").await?;
    browser.open(&house.site.url("help/?doctor")).await?;
    browser.see("Something has to be changed").await?;
    findings.look("doctor").await?;
    browser.open(&house.site.url("?hs_url=elsewhere.example")).await?;
    browser.see_heading("Is this your homeserver?").await?;
    findings.look("another homeserver in the link").await?;
    findings.report();
    Ok(())
}

#[tokio::test]
async fn axe_finds_nothing_wrong_where_there_is_no_page_or_no_config() -> Result<()> {
    let site = Site::start(site::Options::default()).await?;
    let browser = Browser::start(Default::default()).await?;
    let mut findings = Findings::new(&browser);
    browser.open(&site.url("reset/")).await?;
    browser.see("The file config.json is missing.").await?;
    findings.look("config.json missing").await?;
    browser.open(&site.url("nowhere")).await?;
    browser.see_heading("There is no page at this address").await?;
    findings.look("unknown address").await?;
    findings.report();
    Ok(())
}

/// Signed in: what is asked, and what is said, while something is changed.
#[tokio::test]
async fn axe_finds_nothing_wrong_with_what_one_does_signed_in() -> Result<()> {
    let (house, browser) = visit(Plan::default(), "login/").await?;
    accounts::prepare(&house.synapse.url(), Kind::OneUnverified, "alice", OLD).await?;
    sign_in(&browser, "alice", OLD).await?;
    browser.see("One session is not verified.").await?;
    let mut findings = Findings::new(&browser);
    let open = "document.querySelectorAll('details').forEach((each) => each.open = true)";
    browser.script(open, vec![]).await?;
    findings.look("account, all of it").await?;
    browser.fill("Recovery key or passphrase", "wrong").await?;
    browser.press("Check it").await?;
    browser.see("This is not a recovery key").await?;
    browser.choose("Old phone").await?;
    browser.press("Sign out of the chosen sessions").await?;
    browser.press("Sign out all the same").await?;
    browser.press("Confirm").await?;
    browser.see("Type your password.").await?;
    browser.press("Remove alice@example.org").await?;
    browser.fill("New email address", "alice@elsewhere.example").await?;
    browser.press("Send the email").await?;
    browser.see("An email is on its way").await?;
    findings.look("account, with questions").await?;
    browser.open(&house.site.url("sign-out/")).await?;
    browser.see("One session is not verified.").await?;
    findings.look("sign-out").await?;
    findings.report();
    Ok(())
}

/// What administrators are asked, and what is said, while something is changed.
#[tokio::test]
async fn axe_finds_nothing_wrong_with_what_administrators_do() -> Result<()> {
    let (house, browser) = visit(Plan::default(), "admin/").await?;
    let mut findings = Findings::new(&browser);
    browser.press("Sign in").await?;
    browser.see("Type your password.").await?;
    findings.look("admin, wrong").await?;
    enter_as_administrator(&browser).await?;
    browser.see("2 accounts").await?;
    let open = "document.querySelectorAll('main details').forEach((each) => each.open = true)";
    browser.script(open, vec![]).await?;
    browser.press("Create the account").await?;
    browser.see("Type a username.").await?;
    findings.look("admin/users, all of it").await?;
    browser.fill("Who is it?", "@alice:example.org").await?;
    browser.press("Search").await?;
    browser.see("1 account").await?;
    browser.script("document.querySelector('.results a').click()", vec![]).await?;
    browser.see("Whether the backup is complete").await?;
    browser.script(open, vec![]).await?;
    browser.fill("Their email address", "nonsense").await?;
    browser.press("Attach it").await?;
    browser.press("Lock it").await?;
    browser.press("Deactivate it").await?;
    findings.look("admin/user, with questions").await?;
    browser.press("Lock the account").await?;
    browser.see("The account is locked.").await?;
    browser.press("Set this password").await?;
    browser.see("Hand this over").await?;
    findings.look("admin/user, the sheet").await?;
    browser.press("I have handed it over").await?;
    browser.press("Many at once").await?;
    browser.press("Show what would happen").await?;
    browser.see("Paste a list").await?;
    findings.look("admin/many, wrong").await?;
    let paste = "document.getElementById('list').value = '@alice:example.org,a@b.c\\nnobody'";
    browser.script(paste, vec![]).await?;
    browser.press("Show what would happen").await?;
    browser.see("This is what would happen.").await?;
    browser.press("Do it").await?;
    findings.look("admin/many, with a question").await?;
    drop(house);
    findings.report();
    Ok(())
}

/// A message that no mistake on the way leads to.
#[tokio::test]
async fn axe_finds_nothing_wrong_with_a_session_that_has_ended() -> Result<()> {
    let (house, browser) = visit(Plan::default(), "login/").await?;
    sign_in(&browser, "alice", OLD).await?;
    browser.see_heading("Your account").await?;
    house.synapse.sign_out_everywhere("alice", OLD).await?;
    browser.reload().await?;
    browser.see("Your session has ended.").await?;
    let mut findings = Findings::new(&browser);
    findings.look("login, session ended").await?;
    findings.report();
    Ok(())
}

/// Without this, nothing found might only mean that nothing was looked at.
#[tokio::test]
async fn axe_finds_what_is_wrong_in_one_light_or_size_only() -> Result<()> {
    let browser = Browser::start(Default::default()).await?;
    let page = "<!doctype html><html lang=en><title>t</title>
        <meta name=viewport content=width=device-width><style>
        @media (prefers-color-scheme: dark) and (max-width: 20rem) { p { color: silver } }
        </style><main><h1>t</h1><p>pale on white, on a phone in the dark</p></main>";
    browser.open(&format!("data:text/html,{page}")).await?;
    let mut findings = Findings::new(&browser);
    findings.look("page").await?;
    let found = findings.found.into_iter().collect::<Vec<_>>();
    let [(problem, places)] = &found[..] else { panic!("{found:#?}") };
    assert!(problem.starts_with("color-contrast: "), "{problem}");
    assert!(problem.contains("<p>pale on white"), "{problem}");
    assert_eq!(places[..], ["page, dark, 320 × 640"]);
    Ok(())
}
