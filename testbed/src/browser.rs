//! A browser, driven as a person would: by what is to be read on the page.

use crate::net::wait_for;
use crate::process::Process;
use anyhow::{Context, Result, bail, ensure};
use engine::Started;
use serde_json::{Value, json};
use std::fs;
use std::time::Duration;
use tempfile::TempDir;
use thirtyfour::error::WebDriverErrorInner;
use thirtyfour::prelude::*;

// What is wrong with a page for whoever cannot see it, or not well.
mod axe;
// The browsers there are.
mod engine;
// The keyboard, and where it types.
mod keyboard;
mod lacks;
// What a browser keeps, and what it writes.
mod kept;
// What happens where memory is short.
mod memory;
// The network of the browser: cut, slow, or closed to some files.
mod network;
// The screen: how large it is, how bright, and what is to be seen on it.
mod screen;
// The tabs of a browser.
mod tabs;
// The page as a screen reader knows it.
mod tree;

pub use engine::Engine;
pub use keyboard::Key;
pub use tabs::Tab;
pub use tree::{Node, words};

/// How long a page may take to show something.
const PATIENCE: Duration = Duration::from_secs(20);

/// A browser with an empty profile.
pub struct Browser {
    driver: WebDriver,
    programs: Vec<Process>,
    profile: TempDir,
    patience: Duration,
}

/// How a browser is started.
#[derive(Default)]
pub struct Options {
    /// Which browser. The rest is for Chromium alone.
    pub engine: Engine,
    /// Host names that are answered for by something on loopback, as
    /// `name:port` and `address:port`. Their certificates are not looked at.
    pub hosts: Vec<(String, String)>,
    /// What its owner reads, best first, as in `de-CH,fr`; English, where it is empty.
    pub languages: &'static str,
    /// Whether it opens the tabs again that were open when it ended.
    pub restores: bool,
}

impl Browser {
    /// Starts it: once more where that fails, since another program may have
    /// taken the port that was meant for it.
    pub async fn start(options: Options) -> Result<Self> {
        match Self::try_to_start(&options).await {
            Ok(browser) => Ok(browser),
            Err(_) => Self::try_to_start(&options).await,
        }
    }

    async fn try_to_start(options: &Options) -> Result<Self> {
        let profile = TempDir::with_prefix("browser-")?;
        let Started { driver, programs } = engine::start(options, profile.path()).await?;
        Ok(Self { driver, programs, profile, patience: PATIENCE })
    }

    /// From now on, lets a page take so many seconds to show something.
    pub fn be_patient(&mut self, seconds: u64) {
        self.patience = Duration::from_secs(seconds);
    }

    /// The port on loopback where another program may drive the browser too.
    pub fn port(&self) -> Result<u16> {
        let port = fs::read_to_string(self.profile.path().join("profile/DevToolsActivePort"))?;
        port.lines().next().context("the browser has no port")?.parse().context("not a port")
    }

    /// Types an address.
    pub async fn open(&self, url: &str) -> Result<()> {
        Ok(self.driver.goto(url).await?)
    }

    /// Waits until the program's page has taken the place of what was painted before.
    pub async fn arrive(&self) -> Result<()> {
        self.wait_until("return !document.getElementById('shell')", vec![]).await
    }

    /// Presses the browser's button for loading the page again.
    pub async fn reload(&self) -> Result<()> {
        Ok(self.driver.refresh().await?)
    }

    /// Presses the browser's forward button.
    pub async fn forward(&self) -> Result<()> {
        Ok(self.driver.forward().await?)
    }

    /// Presses the browser's back button.
    pub async fn back(&self) -> Result<()> {
        Ok(self.driver.back().await?)
    }

    /// What is in the address bar.
    pub async fn address(&self) -> Result<String> {
        Ok(self.driver.current_url().await?.to_string())
    }

    /// The title of the window.
    pub async fn title(&self) -> Result<String> {
        Ok(self.driver.title().await?)
    }

    /// Waits until the heading of the page is this.
    pub async fn see_heading(&self, heading: &str) -> Result<()> {
        let path = format!("//h1[normalize-space()={}]{PROGRAMS}", quote(heading));
        self.find("heading", heading, &path).await.map(|_| ())
    }

    /// Waits until this is to be read somewhere on the page.
    pub async fn see(&self, words: &str) -> Result<()> {
        let what = format!("“{words}”");
        let seen = wait_for(&what, self.patience, || async {
            Ok(self.text().await?.contains(words).then_some(()))
        });
        match seen.await {
            Ok(()) => Ok(()),
            Err(error) => bail!("{error} on the page:\n{}", self.text().await?),
        }
    }

    /// Everything that is to be read on the page.
    pub async fn text(&self) -> Result<String> {
        let script = "return document.body ? document.body.innerText : ''";
        let text = self.script(script, vec![]).await?;
        Ok(text.as_str().unwrap_or_default().replace('\u{a0}', " "))
    }

    /// Types into the field with this label, in place of what was there.
    pub async fn fill(&self, label: &str, text: &str) -> Result<()> {
        self.with_field(label, async |field| {
            field.clear().await?;
            field.send_keys(text).await
        })
        .await
    }

    /// Chooses the answer with this label.
    pub async fn choose(&self, label: &str) -> Result<()> {
        self.with_field(label, async |field| field.click().await).await
    }

    /// Whether the answer with this label is chosen.
    pub async fn is_chosen(&self, label: &str) -> Result<bool> {
        self.with_field(label, async |field| field.is_selected().await).await
    }

    /// What is in the field with this label.
    pub async fn value(&self, label: &str) -> Result<String> {
        let value = self.with_field(label, async |field| field.prop("value").await).await?;
        Ok(value.unwrap_or_default())
    }

    /// An attribute of the field with this label.
    pub async fn attribute(&self, label: &str, name: &str) -> Result<Option<String>> {
        self.with_field(label, async |field| field.attr(name).await).await
    }

    /// What is said beside the field with this label.
    pub async fn beside(&self, label: &str) -> Result<String> {
        let described = self.attribute(label, "aria-describedby").await?.unwrap_or_default();
        let script = "return arguments[0].split(' ').filter(Boolean)
            .map((id) => document.getElementById(id).innerText).join(' ')";
        let words = self.script(script, vec![json!(described)]).await?;
        Ok(words.as_str().unwrap_or_default().to_owned())
    }

    /// Presses the button or the link with this label, once it can be pressed.
    pub async fn press(&self, label: &str) -> Result<()> {
        let words = quote(label);
        let path = format!(
            "//*[self::button or self::a][normalize-space()={words}][not(@aria-disabled='true')]{PROGRAMS}"
        );
        wait_for(&format!("“{label}” to be pressed"), self.patience, || async {
            let button = self.find("button", label, &path).await?;
            self.press_once(&button).await
        })
        .await
    }

    /// A page that is still arriving may move what is pressed from under the pointer, or lay
    /// something over it. Whoever presses beside it presses again; whether the press arrived
    /// is asked of the page, since a second one may be one too many.
    async fn press_once(&self, button: &WebElement) -> Result<Option<()>> {
        let listen = "window.pressed = false;
            arguments[0].addEventListener('click', () => { window.pressed = true },
                { capture: true, once: true })";
        self.driver.execute(listen, vec![button.to_json()?]).await?;
        match button.click().await.map_err(WebDriverError::into_inner) {
            Ok(()) => {}
            Err(
                WebDriverErrorInner::ElementClickIntercepted(_)
                | WebDriverErrorInner::StaleElementReference(_),
            ) => return Ok(None),
            Err(error) => bail!(error),
        }
        // Where the page is gone, or the button, or a dialogue stands before it, the press arrived.
        let pressed = "return window.pressed !== false || !arguments[0].isConnected";
        let pressed = self.driver.execute(pressed, vec![button.to_json()?]).await;
        Ok(pressed.map_or(true, |pressed| *pressed.json() != false).then_some(()))
    }

    /// Presses a button that cannot be pressed for up to a minute.
    pub async fn press_later(&self, label: &str) -> Result<()> {
        let what = format!("the button “{label}” to be free");
        wait_for(&what, Duration::from_secs(60), || async {
            Ok((!self.is_blocked(label).await?).then_some(()))
        })
        .await?;
        self.press(label).await
    }

    /// Presses a button that loads the page again, and waits until it has.
    pub async fn press_and_load(&self, label: &str) -> Result<()> {
        self.script("window.isOld = true", vec![]).await?;
        self.press(label).await?;
        wait_for("the page to be loaded again", PATIENCE, || async {
            let is_old = self.script("return window.isOld === true", vec![]).await?;
            Ok((is_old == false).then_some(()))
        })
        .await
    }

    /// Waits until this is not to be read on the page any more.
    pub async fn see_no_text(&self, words: &str) -> Result<()> {
        wait_for(&format!("“{words}” to go"), PATIENCE, || async {
            Ok((!self.text().await?.contains(words)).then_some(()))
        })
        .await
    }

    /// Chooses from the list with this label.
    pub async fn select(&self, label: &str, choice: &str) -> Result<()> {
        let (label, choice) = (quote(label), quote(choice));
        let path = format!("//label[contains(., {label})]//option[normalize-space()={choice}]");
        Ok(self.find("choice", &choice, &path).await?.click().await?)
    }

    /// Waits until there is no button with this label any more.
    pub async fn see_no_more(&self, label: &str) -> Result<()> {
        let path = format!("//button[normalize-space()={}]", quote(label));
        let what = format!("the button “{label}” to go");
        wait_for(&what, PATIENCE, || async {
            let buttons = self.driver.find_all(By::XPath(path.as_str())).await?;
            Ok(buttons.is_empty().then_some(()))
        })
        .await
    }

    /// Whether the button with this label cannot be pressed.
    pub async fn is_blocked(&self, label: &str) -> Result<bool> {
        let path = format!("//button[normalize-space()={}]", quote(label));
        let button = self.find("button", label, &path).await?;
        Ok(button.attr("aria-disabled").await?.as_deref() == Some("true"))
    }

    /// The text of what has the focus.
    pub async fn focused(&self) -> Result<String> {
        let script = "return document.activeElement.id || document.activeElement.innerText";
        let text = self.script(script, vec![]).await?;
        Ok(text.as_str().unwrap_or_default().to_owned())
    }

    /// Runs a script on the page and gives back what it returns.
    pub async fn script(&self, script: &str, arguments: Vec<Value>) -> Result<Value> {
        Ok(self.driver.execute(script, arguments).await?.json().clone())
    }

    /// Waits until a script on the page returns something true.
    pub async fn wait_until(&self, script: &str, arguments: Vec<Value>) -> Result<()> {
        let holds = wait_for(script, self.patience, || async {
            let answer = self.script(script, arguments.clone()).await?;
            Ok((!answer.is_null() && answer != false && answer != 0).then_some(()))
        });
        match holds.await {
            Ok(()) => Ok(()),
            Err(error) => bail!("{error} on the page:\n{}", self.text().await?),
        }
    }

    /// Does something with the field with this label. Where the program takes the place of what
    /// was painted first in that moment, it is done with the field that is there then.
    async fn with_field<T>(
        &self,
        label: &str,
        act: impl AsyncFn(WebElement) -> WebDriverResult<T>,
    ) -> Result<T> {
        let path = format!("//input[@id=//label[normalize-space()={}]/@for]", quote(label));
        wait_for(&format!("the field “{label}” to stay"), self.patience, || async {
            let field = self.find("field", label, &path).await?;
            match act(field).await.map_err(WebDriverError::into_inner) {
                Ok(done) => Ok(Some(done)),
                Err(WebDriverErrorInner::StaleElementReference(_)) => Ok(None),
                Err(error) => bail!(error),
            }
        })
        .await
    }

    async fn find(&self, what: &str, name: &str, path: &str) -> Result<WebElement> {
        let waited_for = format!("the {what} “{name}”");
        let found = wait_for(&waited_for, self.patience, || async {
            let mut elements = self.driver.find_all(By::XPath(path)).await?;
            ensure!(elements.len() < 2, "more than one {what} “{name}”");
            match elements.pop() {
                Some(element) if element.is_displayed().await.unwrap_or(false) => Ok(Some(element)),
                _ => Ok(None),
            }
        });
        match found.await {
            Ok(element) => Ok(element),
            Err(error) => bail!("{error} on the page:\n{}", self.text().await?),
        }
    }
}

/// Ending the program that drives the browser ends the browser. Left to itself,
/// the session would be ended by a request that blocks this thread for minutes.
impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.driver.clone().leak();
    }
}

/// What the program shows, and not what was painted before it was there.
const PROGRAMS: &str = "[not(ancestor::*[@id='shell'])]";

/// A text as XPath wants it.
fn quote(text: &str) -> String {
    format!("\"{text}\"")
}
