//! What happens on a phone where memory is short.

use super::engine::{self, Started};
use super::{Browser, Options, PATIENCE};
use crate::net::wait_for;
use anyhow::Result;
use serde_json::json;
use std::fs;
use std::path::Path;

impl Browser {
    /// Another app comes to the front, and the system ends the browser behind it.
    pub async fn forget(&mut self) -> Result<()> {
        self.see_written_down().await?;
        // It writes down what was open, and takes away its lock when it has.
        let _ = self.driver.cdp().send_raw("Browser.close", json!({})).await;
        let lock = self.profile.path().join("profile/SingletonLock");
        wait_for("the browser to end", PATIENCE, || async {
            Ok(lock.symlink_metadata().is_err().then_some(()))
        })
        .await?;
        let _ = self.driver.clone().leak();
        self.programs.clear();
        Ok(())
    }

    /// Its owner comes back, and the browser loads the tab at this address again, with what
    /// that tab kept for itself.
    pub async fn restore(&mut self, address: &str) -> Result<()> {
        let options = Options { restores: true, ..Options::default() };
        let Started { driver, programs } = engine::start(&options, self.profile.path()).await?;
        (self.driver, self.programs) = (driver, programs);
        wait_for("the tab to come back", PATIENCE, || async {
            for window in self.driver.windows().await? {
                self.driver.switch_to_window(window).await?;
                if self.address().await? == address {
                    return Ok(Some(()));
                }
            }
            Ok(None)
        })
        .await
    }

    /// Waits until what the tab keeps for itself is on the disk: a browser is ended long
    /// after its tab went out of sight, and it writes every few seconds.
    async fn see_written_down(&self) -> Result<()> {
        let store = self.profile.path().join("profile/Default/Session Storage");
        wait_for("the tab's storage to be written", PATIENCE, || async {
            let kept = self.script("return Object.values(sessionStorage)", vec![]).await?;
            let kept: Vec<String> = serde_json::from_value(kept)?;
            let written = read_all(&store)?;
            let is_written =
                |value: &String| !value.is_empty() && contains(&written, &in_two_bytes(value));
            Ok(kept.iter().all(is_written).then_some(()))
        })
        .await
    }
}

fn read_all(folder: &Path) -> Result<Vec<u8>> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder)? {
        // Some are replaced by others while one looks.
        all.extend(fs::read(entry?.path()).unwrap_or_default());
    }
    Ok(all)
}

/// As Chromium stores a text.
fn in_two_bytes(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn contains(all: &[u8], part: &[u8]) -> bool {
    all.windows(part.len()).any(|window| window == part)
}
