//! What a browser keeps, and what it writes: its clipboard, storage, files and console.

use super::{Browser, PATIENCE};
use crate::net::wait_for;
use anyhow::{Context, Result};
use serde_json::json;

impl Browser {
    /// What is in the clipboard.
    pub async fn clipboard(&self) -> Result<String> {
        let allow = json!({ "permission": { "name": "clipboard-read" }, "setting": "granted" });
        self.driver.cdp().send_raw("Browser.setPermission", allow).await?;
        let read = "const done = arguments[0]; navigator.clipboard.readText().then(done, (e) => done(String(e)))";
        let text = self.driver.execute_async(read, vec![]).await?;
        Ok(text.json().as_str().unwrap_or_default().replace("\r\n", "\n"))
    }

    /// Everything that the page keeps where it outlives the page. Databases and
    /// caches are only named here: the site has none of them.
    pub async fn storage(&self) -> Result<String> {
        let kept = "const done = arguments[0];
            (async () => {
                const stores = [{ ...localStorage }, { ...sessionStorage }, document.cookie];
                const caches = await window.caches?.keys() ?? [];
                return [...stores, history.state, await indexedDB.databases(), caches];
            })().then((all) => done(JSON.stringify(all)))";
        let kept = self.driver.execute_async(kept, vec![]).await?;
        Ok(kept.json().as_str().context("storage could not be read")?.to_owned())
    }

    /// Presses a button that saves a file, and gives back what is in it.
    pub async fn save(&self, label: &str) -> Result<String> {
        let folder = tempfile::TempDir::with_prefix("downloads-")?;
        let allowed = json!({ "behavior": "allow", "downloadPath": folder.path() });
        self.driver.cdp().send_raw("Browser.setDownloadBehavior", allowed).await?;
        self.press(label).await?;
        wait_for(&format!("“{label}” to save a file"), PATIENCE, || async {
            for entry in std::fs::read_dir(folder.path())? {
                let file = entry?.path();
                // What is still on its way has a name of its own, or nothing in it.
                if file.extension().is_some_and(|end| end == "csv") {
                    let text = std::fs::read_to_string(file)?;
                    return Ok((!text.is_empty()).then_some(text));
                }
            }
            Ok(None)
        })
        .await
    }

    /// What was said on the console since the last time one looked.
    pub async fn console(&self) -> Result<Vec<String>> {
        let log = self.driver.browser_log().await?;
        Ok(log.into_iter().map(|entry| entry.message).collect())
    }
}
