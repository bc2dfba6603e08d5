//! The screen: how large it is, how bright, and what is to be seen on it.

use super::Browser;
use anyhow::{Context, Result};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;

/// Below this width a browser is on a phone. A window on a desktop would not
/// become so narrow.
const PHONE: u32 = 480;

/// Fonts come late, and a cursor that blinks is now there and now not.
const BEFORE_PICTURE: &str = "const done = arguments[0];
    const still = new CSSStyleSheet();
    still.replaceSync('* { caret-color: transparent !important }');
    document.adoptedStyleSheets = [still];
    document.fonts.ready.then(() => requestAnimationFrame(() => done(true)))";

impl Browser {
    /// Makes the page of the tab in front so large, in CSS pixels.
    pub async fn set_screen(&self, width: u32, height: u32) -> Result<()> {
        let metrics = json!({
            "width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < PHONE,
        });
        self.driver.cdp().send_raw("Emulation.setDeviceMetricsOverride", metrics).await?;
        Ok(())
    }

    /// Whether the person who looks at the tab in front likes it dark. In either
    /// case they like nothing to move, so that nothing is seen halfway.
    pub async fn prefer_dark(&self, dark: bool) -> Result<()> {
        let features = json!({ "features": [
            { "name": "prefers-color-scheme", "value": if dark { "dark" } else { "light" } },
            { "name": "prefers-reduced-motion", "value": "reduce" },
        ]});
        self.driver.cdp().send_raw("Emulation.setEmulatedMedia", features).await?;
        Ok(())
    }

    /// Whether the system of the person who looks puts its own few colours in
    /// place of those of every page.
    pub async fn force_colours(&self, forced: bool) -> Result<()> {
        let value = if forced { "active" } else { "none" };
        let features = json!({ "features": [{ "name": "forced-colors", "value": value }] });
        self.driver.cdp().send_raw("Emulation.setEmulatedMedia", features).await?;
        Ok(())
    }

    /// Makes the screen one that is touched.
    pub async fn touch(&self) -> Result<()> {
        let touched = json!({ "enabled": true });
        self.driver.cdp().send_raw("Emulation.setTouchEmulationEnabled", touched).await?;
        Ok(())
    }

    /// The whole page as a PNG, with what one would have to scroll to.
    pub async fn picture(&self) -> Result<Vec<u8>> {
        self.driver.execute_async(BEFORE_PICTURE, vec![]).await?;
        let cdp = self.driver.cdp();
        let page = cdp.send_raw("Page.getLayoutMetrics", json!({})).await?;
        let mut clip = page["cssContentSize"].clone();
        clip["scale"] = json!(1);
        let how = json!({ "format": "png", "captureBeyondViewport": true, "clip": clip });
        let picture = cdp.send_raw("Page.captureScreenshot", how).await?;
        self.script("document.adoptedStyleSheets = []", vec![]).await?;
        let picture = picture["data"].as_str().context("the browser took no picture")?;
        Ok(STANDARD.decode(picture)?)
    }
}
