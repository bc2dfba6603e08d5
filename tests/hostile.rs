//! A server that answers everything that a server should not, to every request
//! of a reset in turn. Each time the page has words and a way on, and once the
//! server is well again, the reset ends well.

use anyhow::{Context, Result};
use testbed::browser::{self, Browser};
use testbed::guide::{EMAIL, OLD, send_reset_email};
use testbed::house::{House, Plan};
use testbed::proxy::{Canned, Instead, Which};

/// A request of a reset.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asked {
    Rules,
    Check,
    Mail,
    AnotherMail,
    Change,
}

impl Asked {
    const ALL: [Self; 5] = [Self::Rules, Self::Check, Self::Mail, Self::AnotherMail, Self::Change];

    fn path(self) -> &'static str {
        match self {
            Self::Rules => "/password_policy",
            Self::Check | Self::Change => "/account/password",
            Self::Mail | Self::AnotherMail => "/requestToken",
        }
    }

    fn which(self) -> Which {
        match self {
            Self::Check => Which::WithoutAuth,
            Self::Change => Which::WithAuth,
            _ => Which::All,
        }
    }
}

const NO_ANSWER: &str = "example.org does not answer.";
const NOT_MATRIX: &str = "What answers at example.org is not a Matrix homeserver.";
const FAULT: &str = "example.org has a problem at the moment.";

/// What is wrong, how it is done, and what the page says.
fn wrongs() -> Vec<(&'static str, Instead, &'static str)> {
    let limited = r#"{"errcode": "M_LIMIT_EXCEEDED", "retry_after_ms": 1500}"#;
    let types =
        r#"{"sid": 17, "session": [], "flows": "none", "errcode": {}, "m.minimum_length": "x"}"#;
    let long =
        format!(r#"{{"sid": "{0}", "session": "{0}", "flows": [1]}}"#, "a".repeat(8_000_000));
    let no_cors = Canned {
        status: 200,
        content_type: "application/json",
        body: r#"{"sid": "abc"}"#.into(),
        cors: false,
    };
    vec![
        ("429, and how long to wait", Instead::json(429, limited), "You can try again"),
        ("429", Instead::json(429, r#"{"errcode": "M_LIMIT_EXCEEDED"}"#), "Wait a few minutes"),
        ("500", Instead::json(500, r#"{"errcode": "M_SOMETHING"}"#), FAULT),
        ("502 with HTML", Instead::html(502, true), FAULT),
        ("half a JSON", Instead::json(200, r#"{"sid": "ab"#), NOT_MATRIX),
        ("wrong types", Instead::json(401, types), NOT_MATRIX),
        ("megabytes", Instead::json(200, &long), NOT_MATRIX),
        ("a closed connection", Instead::Closed, NO_ANSWER),
        ("no CORS header", Instead::Answer(no_cors), NO_ANSWER),
        ("a redirect", Instead::Redirect("http://127.0.0.1:9/".into()), NO_ANSWER),
    ]
}

/// A homeserver where the password changes again and again.
struct Visit {
    house: House,
    browser: Browser,
    resets: usize,
}

impl Visit {
    async fn begin() -> Result<Self> {
        let house = House::build(Plan::default()).await?;
        house.synapse.register("alice", OLD, Some(EMAIL)).await?;
        let browser = Browser::start(browser::Options::default()).await?;
        Ok(Self { house, browser, resets: 0 })
    }

    /// One reset, in which this request is answered wrongly at first.
    async fn reset(&mut self, asked: Asked, wrong: Instead, words: &str) -> Result<()> {
        self.resets += 1;
        let password = format!("new password number {}", self.resets);
        match asked {
            Asked::Rules => {
                self.break_it(asked, wrong);
                self.open().await?;
                send_reset_email(&self.browser, EMAIL, &password).await?;
            }
            Asked::Check | Asked::Mail => {
                self.open().await?;
                self.break_it(asked, wrong);
                send_reset_email(&self.browser, EMAIL, &password).await?;
                self.is_said(words).await?;
                assert_eq!(self.browser.value("Email address").await?, EMAIL);
                assert_eq!(self.browser.value("New password").await?, password);
                self.house.proxy.be_honest();
                self.browser.press_later("Send Reset Email").await?;
            }
            Asked::AnotherMail | Asked::Change => {
                self.open().await?;
                send_reset_email(&self.browser, EMAIL, &password).await?;
                self.browser.see_heading("Check your email").await?;
                self.ask_again(asked, wrong, words).await?;
            }
        }
        self.house.proxy.be_honest();
        self.browser.see_heading("Check your email").await?;
        self.confirm().await?;
        self.browser.see_heading("Your password has been changed").await?;
        self.house.synapse.login("alice", &password).await?;
        Ok(())
    }

    /// While the link is waited for.
    async fn ask_again(&self, asked: Asked, wrong: Instead, words: &str) -> Result<()> {
        // A minute passes, as the page sees it.
        let later = "const now = Date.now; Date.now = () => now() + 60000";
        self.browser.script(later, vec![]).await?;
        self.break_it(asked, wrong);
        match asked {
            Asked::AnotherMail => self.browser.press_later("Send the email again").await?,
            _ => self.browser.press("I have verified my email address").await?,
        }
        self.is_said(words).await
    }

    async fn open(&self) -> Result<()> {
        self.browser.open(&self.house.site.url("reset/")).await?;
        self.browser.see_heading("Set a new password").await?;
        self.is_said("").await
    }

    fn break_it(&self, asked: Asked, wrong: Instead) {
        self.house.proxy.answer_some(asked.path(), asked.which(), wrong);
    }

    /// The words are there, and no code is; the page has not stopped.
    async fn is_said(&self, words: &str) -> Result<()> {
        self.browser.see(words).await?;
        let text = self.browser.text().await?;
        assert!(!text.contains("M_") && !text.contains("errcode"), "a code is shown:\n{text}");
        assert!(!text.contains("This page has stopped working"), "{text}");
        Ok(())
    }

    /// Presses the button on the page behind the newest link.
    async fn confirm(&mut self) -> Result<()> {
        let mails = self.house.proxy.exchanges("/requestToken");
        let mut sent =
            mails.iter().filter(|mail| mail.status == 200 && mail.answer.contains("sid"));
        let secret = sent.next_back().context("no mail was sent")?.json()["client_secret"].clone();
        let secret = secret.as_str().context("no secret")?;
        let link = self.house.mail.wait_for_link(EMAIL, secret).await?;
        reqwest::Client::new().post(link).send().await?.error_for_status()?;
        Ok(())
    }
}

#[tokio::test]
async fn every_wrong_answer_to_every_request() -> Result<()> {
    let mut visit = Visit::begin().await?;
    let mut table = String::new();
    for asked in Asked::ALL {
        for (what, wrong, words) in wrongs() {
            let ended = visit.reset(asked, wrong, words).await;
            ended.with_context(|| format!("{what}, in answer to {asked:?}"))?;
            let words = if asked == Asked::Rules { "nothing: they are a help only" } else { words };
            table += &format!("| {asked:?} | {what} | {words} |\n");
        }
    }
    println!("\n| asked | answered | said |\n|---|---|---|\n{table}");
    Ok(())
}

/// The page gives up after a minute, or a minute and a half where the password
/// may be changed. All of them at the same time, since that is long.
#[tokio::test]
async fn an_answer_that_never_comes() -> Result<()> {
    const TOO_LONG: &str = "example.org took too long to answer.";
    async fn silence(asked: Asked) -> Result<()> {
        let mut visit = Visit::begin().await?;
        visit.browser.be_patient(120);
        let ended = visit.reset(asked, Instead::Silence, TOO_LONG).await;
        ended.with_context(|| format!("no answer to {asked:?}"))
    }
    let all = tokio::join!(
        silence(Asked::Rules),
        silence(Asked::Check),
        silence(Asked::Mail),
        silence(Asked::AnotherMail),
        silence(Asked::Change),
    );
    all.0.and(all.1).and(all.2).and(all.3).and(all.4)?;
    println!("\n| asked | answered | said |\n|---|---|---|\n| each of them | never | {TOO_LONG} |");
    Ok(())
}
