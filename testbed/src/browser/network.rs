//! The network of the browser: cut, slow, or closed to some files.

use super::Browser;
use anyhow::Result;
use serde_json::json;
use std::time::Duration;

impl Browser {
    /// Cuts the network, or brings it back.
    pub async fn set_offline(&self, offline: bool) -> Result<()> {
        self.set_network(offline, Duration::ZERO).await
    }

    /// Lets each answer take so long.
    pub async fn set_latency(&self, latency: Duration) -> Result<()> {
        self.set_network(false, latency).await
    }

    async fn set_network(&self, offline: bool, latency: Duration) -> Result<()> {
        let conditions = json!({
            "offline": offline, "latency": latency.as_millis() as u64,
            "downloadThroughput": -1, "uploadThroughput": -1,
        });
        let cdp = self.driver.cdp();
        cdp.send_raw("Network.enable", json!({})).await?;
        cdp.send_raw("Network.emulateNetworkConditions", conditions).await?;
        Ok(())
    }

    /// Lets no file through whose address is like this, or all with `""`.
    pub async fn block(&self, address: &str) -> Result<()> {
        let cdp = self.driver.cdp();
        cdp.send_raw("Network.enable", json!({})).await?;
        let urls: Vec<_> = Some(address).into_iter().filter(|url| !url.is_empty()).collect();
        cdp.send_raw("Network.setBlockedURLs", json!({ "urls": urls })).await?;
        Ok(())
    }
}
