//! The page as a screen reader knows it: the accessibility tree.

use super::{Browser, PATIENCE};
use crate::net::wait_for;
use anyhow::{Context, Result, bail, ensure};
use serde_json::{Map, Value, json};
use std::fmt;

/// Something on the page that a screen reader says.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// What it is, such as `button`.
    pub role: String,
    /// What it is called.
    pub name: String,
    /// What is said after it, such as a hint or what is wrong with it.
    pub description: String,
    /// What else is said of it, such as its `level` or that it is `invalid`.
    pub states: Map<String, Value>,
    /// The browser's own number for the element.
    element: Value,
}

impl Node {
    /// Reads a node as the browser writes it; nothing where nobody hears of it.
    pub(super) fn read(node: &Value) -> Option<Self> {
        if node["ignored"] != false {
            return None;
        }
        let text = |of: &Value| of["value"].as_str().unwrap_or_default().to_owned();
        let states = node["properties"].as_array().into_iter().flatten();
        let states = states.filter_map(|state| {
            Some((state["name"].as_str()?.to_owned(), state["value"]["value"].clone()))
        });
        Some(Self {
            role: text(&node["role"]),
            name: text(&node["name"]).trim().to_owned(),
            description: text(&node["description"]).trim().to_owned(),
            states: states.collect(),
            element: node["backendDOMNodeId"].clone(),
        })
    }

    /// Whether it is this, of this name.
    pub fn is(&self, role: &str, name: &str) -> bool {
        self.role == role && self.name == name
    }
}

impl fmt::Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} “{}”", self.role, self.name)
    }
}

impl Browser {
    /// Everything on the page that a screen reader says, from top to bottom.
    pub async fn tree(&self) -> Result<Vec<Node>> {
        let tree = self.driver.cdp().send_raw("Accessibility.getFullAXTree", json!({})).await?;
        let nodes = tree["nodes"].as_array().context("there is no accessibility tree")?;
        Ok(nodes.iter().filter_map(Node::read).collect())
    }

    /// Waits for the one thing with this role and this name.
    pub async fn hear(&self, role: &str, name: &str) -> Result<Node> {
        let what = format!("the {role} “{name}”");
        let heard = wait_for(&what, PATIENCE, || async {
            let tree = self.tree().await?;
            let mut heard = tree.into_iter().filter(|node| node.is(role, name));
            let first = heard.next();
            ensure!(heard.next().is_none(), "more than one {role} “{name}” is said");
            Ok(first)
        });
        match heard.await {
            Ok(node) => Ok(node),
            Err(error) => bail!("{error} among:\n{}", words(&self.tree().await?)),
        }
    }

    /// Activates something, as a screen reader does for whoever asks it to.
    pub async fn activate(&self, node: &Node) -> Result<()> {
        self.call(node, "function() { this.focus(); this.click(); }").await
    }

    /// Types into something, in place of what was there.
    pub async fn type_into(&self, node: &Node, text: &str) -> Result<()> {
        self.call(node, "function() { this.focus(); this.select(); }").await?;
        let text = json!({ "text": text });
        self.driver.cdp().send_raw("Input.insertText", text).await?;
        Ok(())
    }

    async fn call(&self, node: &Node, function: &str) -> Result<()> {
        let cdp = self.driver.cdp();
        let element = json!({ "backendNodeId": node.element });
        let element = cdp.send_raw("DOM.resolveNode", element).await?;
        let call = json!({
            "objectId": element["object"]["objectId"],
            "functionDeclaration": function,
            "userGesture": true,
        });
        let answer = cdp.send_raw("Runtime.callFunctionOn", call).await?;
        ensure!(answer["exceptionDetails"].is_null(), "{node}: {}", answer["exceptionDetails"]);
        Ok(())
    }
}

/// Nodes, one a line.
pub fn words(nodes: &[Node]) -> String {
    nodes.iter().map(Node::to_string).collect::<Vec<_>>().join("\n")
}
