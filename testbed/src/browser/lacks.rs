//! What a browser may lack.

use super::Browser;
use anyhow::Result;
use serde_json::json;

impl Browser {
    /// Runs a script in each page before its own ones.
    pub async fn before_each_page(&self, script: &str) -> Result<()> {
        let source = json!({ "source": script });
        self.driver.cdp().send_raw("Page.addScriptToEvaluateOnNewDocument", source).await?;
        Ok(())
    }

    /// Runs no script of any page from now on.
    pub async fn switch_off_scripts(&self) -> Result<()> {
        let off = json!({ "value": true });
        self.driver.cdp().send_raw("Emulation.setScriptExecutionDisabled", off).await?;
        Ok(())
    }

    /// Looks into the first frame of a page from now on.
    pub async fn enter_frame(&self) -> Result<()> {
        Ok(self.driver.enter_frame(0).await?)
    }
}
