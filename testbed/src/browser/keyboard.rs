//! The keyboard, and where it types.

use super::Browser;
use super::tree::Node;
use anyhow::{Context, Result, bail, ensure};
use serde_json::json;
pub use thirtyfour::Key;

/// More than any page here has of what takes the focus.
const MANY: usize = 40;

/// What is wrong with how the focus is shown, in words.
///
/// A field may leave it to the box around it to show that it has the focus.
const FOCUS_PROBLEMS: &str = "const focused = document.activeElement;
    const box = focused.getBoundingClientRect();
    const problems = [];
    if (!box.width || !box.height) problems.push('has no size');
    if (box.top < 0 || box.left < 0 || box.bottom > innerHeight || box.right > innerWidth) {
        problems.push('is not within the window');
    }
    const middle = [box.left + box.width / 2, box.top + box.height / 2];
    if (!focused.contains(document.elementFromPoint(...middle))) {
        problems.push('is covered');
    }
    const outlined = (style) => style.outlineStyle !== 'none' && style.outlineWidth !== '0px';
    const style = getComputedStyle(focused);
    const shown = outlined(style) || style.boxShadow !== 'none'
        || outlined(getComputedStyle(focused.parentElement));
    if (!shown) problems.push('does not show that it has the focus');
    return problems.join(' and ')";

impl Browser {
    /// Types a text into whatever has the focus.
    pub async fn keys(&self, text: &str) -> Result<()> {
        Ok(self.driver.action_chain().send_keys(text).perform().await?)
    }

    /// Presses a key, on whatever has the focus.
    pub async fn press_key(&self, key: Key) -> Result<()> {
        Ok(self.driver.action_chain().send_keys(key).perform().await?)
    }

    /// Presses Tab until what has this role and this name has the focus.
    ///
    /// # Errors
    /// If it does not come; with what had the focus meanwhile, and if something
    /// of that could not be seen.
    pub async fn tab_to(&self, role: &str, name: &str) -> Result<()> {
        let mut passed = Vec::new();
        for _ in 0..MANY {
            self.press_key(Key::Tab).await?;
            let Some(focused) = self.focused_node().await? else { continue };
            self.focus_is_seen().await.with_context(|| focused.to_string())?;
            if focused.is(role, name) {
                return Ok(());
            }
            passed.push(focused.to_string());
        }
        bail!("Tab does not lead to the {role} “{name}”. It leads to:\n{}", passed.join("\n"))
    }

    /// What has the focus, as a screen reader says it; nothing where the page
    /// itself has it.
    pub async fn focused_node(&self) -> Result<Option<Node>> {
        let cdp = self.driver.cdp();
        let expression = json!({ "expression": "document.activeElement" });
        let focused = cdp.send_raw("Runtime.evaluate", expression).await?;
        let which = json!({ "objectId": focused["result"]["objectId"], "fetchRelatives": false });
        let tree = cdp.send_raw("Accessibility.getPartialAXTree", which).await?;
        Ok(Node::read(&tree["nodes"][0]))
    }

    /// That what has the focus can be seen, and that it has the focus too. The
    /// heading of a page, which nobody can type into, need not show it.
    async fn focus_is_seen(&self) -> Result<()> {
        let exempt = "return document.activeElement.matches('h1')";
        if self.script(exempt, vec![]).await? == true {
            return Ok(());
        }
        let problems = self.script(FOCUS_PROBLEMS, vec![]).await?;
        ensure!(problems == "", "has the focus but {problems}");
        Ok(())
    }
}
