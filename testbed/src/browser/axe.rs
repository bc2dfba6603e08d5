//! What is wrong with a page for whoever cannot see it, or not well, as far as
//! a program can tell: axe-core.

use super::Browser;
use crate::npm;
use anyhow::{Context, Result};
use serde_json::{Value, json};
use std::fs;

/// The rules of WCAG 2.0, 2.1 and 2.2 up to AA, and axe's own advice.
const TAGS: [&str; 6] = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

const RUN: &str = "const [options, done] = arguments;
    axe.run(document, options).then(
        ({ violations }) => done(violations), (error) => done(`axe failed: ${error}`))";

impl Browser {
    /// What axe-core finds wrong with the whole page, one text for each rule that
    /// is broken: the rule, what it asks for, and the elements that break it.
    pub async fn axe(&self) -> Result<Vec<String>> {
        let is_there = self.script("return 'axe' in window", vec![]).await?;
        if is_there == false {
            let axe = fs::read_to_string(npm::axe_core()?.join("axe.min.js"))?;
            self.script(&axe, vec![]).await?;
        }
        let options = json!({
            "runOnly": { "type": "tag", "values": TAGS },
            // The only rule of WCAG 2.2, which axe leaves out unless asked.
            "rules": { "target-size": { "enabled": true } },
            "resultTypes": ["violations"],
        });
        let violations = self.driver.execute_async(RUN, vec![options]).await?;
        let violations = violations.json();
        let list = violations.as_array().with_context(|| violations.to_string())?;
        Ok(list.iter().map(violation).collect())
    }
}

fn violation(violation: &Value) -> String {
    let nodes = violation["nodes"].as_array().into_iter().flatten();
    let nodes = nodes.map(|node| {
        let why = text(&node["failureSummary"]).replace('\n', " ");
        format!("\n  {}\n    {}\n    {why}", node["target"], text(&node["html"]))
    });
    let nodes = nodes.collect::<String>();
    format!("{}: {}{nodes}", text(&violation["id"]), text(&violation["help"]))
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}
