//! What Lighthouse, by which many judge a website, says of a page.

use crate::browser::Browser;
use crate::npm;
use crate::tools::run;
use anyhow::{Context, Result};
use serde_json::Value;
use std::fs;
use std::process::{Command, Stdio};
use tempfile::TempDir;
use tokio::task::spawn_blocking;

/// What a page is judged by.
const CATEGORIES: [&str; 2] = ["accessibility", "best-practices"];

/// Has a page judged in this browser, as on a phone. Gives back a text for each
/// category that does not reach 100: its marks, and what it lost them for.
///
/// # Errors
/// If the page cannot be judged.
pub async fn complaints(browser: &Browser, url: &str) -> Result<Vec<String>> {
    let folder = TempDir::with_prefix("lighthouse-")?;
    let report = folder.path().join("report.json");
    let mut command = Command::new("node");
    command
        .arg(npm::lighthouse()?.join("cli/index.js"))
        .arg(url)
        .arg(format!("--port={}", browser.port()?))
        .arg(format!("--only-categories={}", CATEGORIES.join(",")))
        .args(["--output=json", "--output-path"])
        .arg(&report)
        .args(["--quiet", "--no-enable-error-reporting"])
        .stdout(Stdio::null());
    // The site is served by this program, so this must not wait.
    spawn_blocking(move || run(&mut command)).await??;
    let report: Value = serde_json::from_slice(&fs::read(report)?)?;
    read(&report)
}

/// The audit of what is said on the console.
const CONSOLE: &str = "errors-in-console";

fn read(report: &Value) -> Result<Vec<String>> {
    let mut complaints = Vec::new();
    for name in CATEGORIES {
        let category = &report["categories"][name];
        let score = category["score"].as_f64();
        let score = score.with_context(|| format!("no marks for {name}: {report}"))?;
        let lost = lost(report, category);
        if score < 1.0 && !(lost.is_empty() && is_answer_wanted(report)) {
            let lost = lost.join("\n  ");
            complaints.push(format!("{name}: {:.0} of 100 for\n  {lost}", score * 100.0));
        }
    }
    Ok(complaints)
}

/// Whether all that the console complains of is the homeserver's 400 to a request
/// for a mail with nothing in it, by which the site learns that there are mails.
/// No site can keep that from the console.
fn is_answer_wanted(report: &Value) -> bool {
    let items = report["audits"][CONSOLE]["details"]["items"].as_array();
    let is_wanted = |item: &Value| {
        let url = item["sourceLocation"]["url"].as_str().unwrap_or_default();
        let words = item["description"].as_str().unwrap_or_default();
        url.ends_with("/account/password/email/requestToken") && words.contains(" 400 ")
    };
    items.is_some_and(|items| !items.is_empty() && items.iter().all(is_wanted))
}

/// What marks were lost for, with the elements where there are some.
fn lost(report: &Value, category: &Value) -> Vec<String> {
    let audits = category["auditRefs"].as_array().into_iter().flatten();
    let audits = audits.filter_map(|audit| report["audits"].get(audit["id"].as_str()?));
    let lost = audits.filter(|audit| audit["score"].as_f64().is_some_and(|score| score < 1.0));
    let lost = lost.filter(|audit| audit["id"] != CONSOLE || !is_answer_wanted(report));
    lost.map(|audit| {
        let title = audit["title"].as_str().unwrap_or_default();
        let items = audit["details"]["items"].as_array().into_iter().flatten();
        let items = items.map(|item| format!("\n    {}", element(item))).collect::<String>();
        format!("{}: {title}{items}", audit["id"].as_str().unwrap_or_default())
    })
    .collect()
}

/// What an audit points at: an element, or whatever else it is.
fn element(item: &Value) -> String {
    let snippet = item["node"]["snippet"].as_str();
    snippet.map_or_else(|| item.to_string(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn report(score: f64) -> Value {
        let audits = json!([{ "id": "bad" }, { "id": "good" }, { "id": "not-asked" }]);
        json!({
            "categories": {
                "accessibility": { "score": score, "auditRefs": audits },
                "best-practices": { "score": 1, "auditRefs": audits },
            },
            "audits": {
                "bad": { "id": "bad", "title": "Too pale", "score": 0, "details": {
                    "items": [{ "node": { "snippet": "<p>" } }],
                }},
                "good": { "id": "good", "title": "Dark", "score": 1 },
                "not-asked": { "id": "not-asked", "title": "Video", "score": null },
            },
        })
    }

    #[test]
    fn a_page_with_full_marks_has_no_complaints() -> Result<()> {
        assert!(read(&report(1.0))?.is_empty());
        Ok(())
    }

    #[test]
    fn a_complaint_says_what_the_marks_were_lost_for() -> Result<()> {
        let wanted = "accessibility: 97 of 100 for\n  bad: Too pale\n    <p>";
        assert_eq!(read(&report(0.97))?, [wanted]);
        Ok(())
    }

    #[test]
    fn only_the_answer_that_was_wanted_may_be_on_the_console() -> Result<()> {
        let said = |path: &str, status: &str| {
            let url = format!("http://127.0.0.1/_matrix/client/v3/account/{path}");
            let words = format!("the server responded with a status of {status} (Words)");
            json!({ "description": words, "sourceLocation": { "url": url } })
        };
        let wanted = said("password/email/requestToken", "400");
        for (items, is_good) in [
            (vec![wanted.clone()], true),
            (vec![wanted.clone(), said("whoami", "404")], false),
            (vec![said("password/email/requestToken", "429")], false),
            (vec![], false),
        ] {
            let mut report = report(0.96);
            report["audits"]["bad"]["score"] = json!(1);
            report["categories"]["accessibility"]["auditRefs"] = json!([{ "id": CONSOLE }]);
            report["audits"][CONSOLE] =
                json!({ "id": CONSOLE, "score": 0, "details": { "items": items } });
            assert_eq!(read(&report)?.is_empty(), is_good, "{items:?}");
        }
        Ok(())
    }

    #[test]
    fn a_page_without_marks_is_not_a_good_page() {
        assert!(read(&json!({ "runtimeError": "no page" })).is_err());
    }
}
