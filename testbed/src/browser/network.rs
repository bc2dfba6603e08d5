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

    /// A network of so many kbit/s that takes so many milliseconds for an answer, and a
    /// processor that is so many times slower.
    pub async fn slow_down(&self, speed: u64, latency: u64, processor: u64) -> Result<()> {
        let bytes = speed * 1000 / 8;
        self.emulate(json!({
            "offline": false, "latency": latency,
            "downloadThroughput": bytes, "uploadThroughput": bytes,
        }))
        .await?;
        let rate = json!({ "rate": processor });
        self.driver.cdp().send_raw("Emulation.setCPUThrottlingRate", rate).await?;
        Ok(())
    }

    /// Nothing is known of what was downloaded before.
    pub async fn forget_files(&self) -> Result<()> {
        let cdp = self.driver.cdp();
        cdp.send_raw("Network.enable", json!({})).await?;
        cdp.send_raw("Network.setCacheDisabled", json!({ "cacheDisabled": true })).await?;
        cdp.send_raw("Network.clearBrowserCache", json!({})).await?;
        Ok(())
    }

    async fn set_network(&self, offline: bool, latency: Duration) -> Result<()> {
        self.emulate(json!({
            "offline": offline, "latency": latency.as_millis() as u64,
            "downloadThroughput": -1, "uploadThroughput": -1,
        }))
        .await
    }

    async fn emulate(&self, conditions: serde_json::Value) -> Result<()> {
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
