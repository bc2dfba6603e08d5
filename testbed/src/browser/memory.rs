//! What happens on a phone where memory is short.

use super::engine::{self, Started};
use super::{Browser, Options, PATIENCE};
use crate::net::wait_for;
use anyhow::Result;
use serde_json::json;

impl Browser {
    /// Another app comes to the front, and the system ends the browser behind it. Then its
    /// owner comes back, and the browser loads the tab at this address again, with what that
    /// tab kept for itself.
    pub async fn forget_and_restore(&mut self, address: &str) -> Result<()> {
        // It writes down what was open, and takes away its lock when it has.
        let _ = self.driver.cdp().send_raw("Browser.close", json!({})).await;
        let lock = self.profile.path().join("profile/SingletonLock");
        wait_for("the browser to end", PATIENCE, || async {
            Ok(lock.symlink_metadata().is_err().then_some(()))
        })
        .await?;
        let _ = self.driver.clone().leak();
        self.programs.clear();
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
}
