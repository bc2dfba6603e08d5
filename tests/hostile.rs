//! A server that answers everything that a server should not, to every request
//! of a reset in turn. Each time the page has words and a way on, and once the
//! server is well again, the reset ends well.

use anyhow::{Context, Result};
use serde_json::json;
use testbed::browser::{self, Browser};
use testbed::guide::{EMAIL, OLD, send_reset_email};
use testbed::house::{House, Plan, config_for};
use testbed::proxy::{Canned, Instead, Which};
use testbed::site::{self, Site};

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
const TOO_LARGE: &str = "sent more data than this page can read.";
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
        ("megabytes", Instead::json(200, &long), TOO_LARGE),
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

/// HTML that the page's policy has to refuse as a whole.
const REFUSED: &[&str] = &[
    "<img src=x onerror=\"alert(1)\">",
    "<img src=\"x\">",
    "<p class=\"a>b\" onclick=\"alert(1)\">x</p>",
    "<p title=\"a>b\" onmouseover=\"alert(1)\">x</p>",
    "<a href=\"javascript:alert(1)\">x</a>",
    "<a href=\" javascript:alert(1)\">x</a>",
    "<a href=\"JavaScript:alert(1)\">x</a>",
    "<a href=\"java\tscript:alert(1)\">x</a>",
    "<a href=\"java&#115;cript:alert(1)\">x</a>",
    "<a href=\"javascript&#58;alert(1)\">x</a>",
    "<a href=\"javascript&colon;alert(1)\">x</a>",
    "<a href=\"javascript&#x3A;alert(1)\">x</a>",
    "<a href=\"&amp;javascript:alert(1)\">x</a>",
    "<a href=\"data:text/html,x\">x</a>",
    "<a href=javascript:alert(1)>x</a>",
    "<a href='help/'>x</a>",
    "<a href=\"help/\"onclick=\"alert(1)\">x</a>",
    "<a/href=\"help/\">x</a>",
    "<A HREF=\"help/\">x</A>",
    "<svg onload=\"alert(1)\"></svg>",
    "<svg><use xlink:href=\"data:x\"/></svg>",
    "<svg><animate attributeName=\"href\"/></svg>",
    "<form action=\"https://other.invalid/\"></form>",
    "<button formaction=\"https://other.invalid/\">x</button>",
    "<style>p { color: red }</style>",
    "<p style=\"color: red\">x</p>",
    "<iframe srcdoc=\"&lt;script&gt;\"></iframe>",
    "<script>alert(1)</script>",
    "<base href=\"https://other.invalid/\">",
    "<template><p>x</p></template>",
    "<!-- x -->",
    "<![CDATA[x]]>",
    "<p class=\"x",
    "<p",
    "<p class=\"a\"b\">x</p>",
    "a < b",
];

/// HTML that has to pass as it is.
const PASSED: &[&str] = &[
    "",
    "Words, and more.",
    "/onboarding=1",
    "script:",
    "a &lt; b &gt; c &amp; d &quot;e&quot;",
    "onerror = \"alert(1)\" > javascript:",
    "<bdi class=\"name\">&lt;img src=x onerror=&quot;alert(1)&quot;></bdi>",
    "<a href=\"help/#mailbox\">x</a> <a class=\"button primary\" href=\"./\">y</a>",
    "<a href=\"https://example.org:8448/?a=1&amp;b=2\" target=\"_blank\" rel=\"noreferrer\">x</a>",
    "<a href=\"http://127.0.0.1:80/\">x</a><a href=\"HTTPS://example.org\">x</a>",
    "<a href=\"mailto:a@example.org?subject=x\">x</a><a href=\"/x/a:b\">x</a>",
    "<svg aria-hidden=\"true\"><use href=\"pictures.svg#mail\"/></svg>",
    "<option value=\"de\" lang=\"de\" selected>Deutsch</option>",
    "<form method=\"post\" novalidate=\"\"></form>",
];

/// The policy for HTML (`public/trusted.js`), in the browser.
#[tokio::test]
async fn only_known_html_is_parsed() -> Result<()> {
    let config = config_for("https://matrix.invalid", "example.org").to_string();
    let site = Site::start(site::Options { config: Some(config), ..Default::default() }).await?;
    let browser = Browser::start(browser::Options::default()).await?;
    browser.open(&site.url("")).await?;
    browser.see_heading("Get back into your Matrix account").await?;
    let create = "return arguments[0].map((html) =>
        trustedTypes.defaultPolicy.createHTML(html).toString())";
    let created = browser.script(create, vec![json!(REFUSED)]).await?;
    for (html, created) in REFUSED.iter().zip(created.as_array().context("no list")?) {
        assert_eq!(created, "", "{html}");
    }
    assert_eq!(browser.script(create, vec![json!(PASSED)]).await?, json!(PASSED));
    Ok(())
}
