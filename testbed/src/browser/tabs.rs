//! The tabs of a browser.

use super::{Browser, PATIENCE};
use crate::net::wait_for;
use anyhow::Result;
use thirtyfour::WindowHandle;

/// A tab of a browser.
#[derive(Clone, Debug)]
pub struct Tab(WindowHandle);

impl Browser {
    /// Closes the tab that is in front.
    pub async fn close_tab(&self) -> Result<()> {
        Ok(self.driver.close_window().await?)
    }

    /// The tab that is in front.
    pub async fn tab(&self) -> Result<Tab> {
        Ok(Tab(self.driver.window().await?))
    }

    /// Opens an address in a new tab, which comes to the front.
    pub async fn open_in_new_tab(&self, url: &str) -> Result<Tab> {
        let tab = self.driver.new_tab().await?;
        self.driver.switch_to_window(tab.clone()).await?;
        self.open(url).await?;
        Ok(Tab(tab))
    }

    /// Opens a copy of the tab that is in front, with all that it keeps for
    /// itself. The copy comes to the front.
    pub async fn copy_tab(&self) -> Result<Tab> {
        let before = self.driver.windows().await?;
        self.script("window.open(location.href)", vec![]).await?;
        self.new_tab(before).await
    }

    /// Presses a link that opens a new tab, which comes to the front.
    pub async fn press_and_follow(&self, label: &str) -> Result<Tab> {
        let before = self.driver.windows().await?;
        self.press(label).await?;
        self.new_tab(before).await
    }

    async fn new_tab(&self, before: Vec<WindowHandle>) -> Result<Tab> {
        let tab = wait_for("the new tab", PATIENCE, || async {
            let windows = self.driver.windows().await?;
            Ok(windows.into_iter().find(|window| !before.contains(window)))
        })
        .await?;
        self.driver.switch_to_window(tab.clone()).await?;
        Ok(Tab(tab))
    }

    /// Brings a tab to the front.
    pub async fn switch_to(&self, tab: &Tab) -> Result<()> {
        Ok(self.driver.switch_to_window(tab.0.clone()).await?)
    }
}
