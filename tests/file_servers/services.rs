//! The examples for services that cannot be run here: read as they read them, and compared with
//! what the real servers do.

use crate::example::Example;
use anyhow::{Context, Result, ensure};
use std::collections::BTreeMap;

/// How long what is in `assets/` may be kept.
pub const FOREVER: &str = "public, max-age=31536000, immutable";

type Headers = BTreeMap<String, String>;

/// The headers of `_headers`, by the paths that they are for.
fn headers() -> Result<BTreeMap<String, Headers>> {
    let mut rules = BTreeMap::<String, Headers>::new();
    let mut path = None;
    for line in Example::read("_headers")?.text.lines() {
        if line.trim().is_empty() || line.trim().starts_with('#') {
            continue;
        }
        if !line.starts_with(' ') {
            path = Some(line.to_owned());
            continue;
        }
        let rule = rules.entry(path.clone().context("a header is for no path")?).or_default();
        let (name, value) = line.split_once(':').context("this is no header")?;
        let before = rule.insert(name.trim().to_owned(), value.trim().to_owned());
        ensure!(before.is_none(), "{name} is there twice");
    }
    Ok(rules)
}

/// What every answer has to have: what `_headers` says, so that no example has other values.
pub fn headers_for_all() -> Result<Headers> {
    headers()?.remove("/*").context("there are no headers for all")
}

#[test]
fn the_headers_say_what_no_page_can() -> Result<()> {
    let rules = headers()?;
    assert_eq!(rules.keys().collect::<Vec<_>>(), ["/*", "/assets/*"]);
    assert_eq!(rules["/assets/*"], Headers::from([("Cache-Control".into(), FOREVER.into())]));
    let all = &rules["/*"];
    for (name, value) in [
        ("X-Frame-Options", "DENY"),
        ("Referrer-Policy", "no-referrer"),
        ("X-Content-Type-Options", "nosniff"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Strict-Transport-Security", "max-age=31536000"),
    ] {
        assert_eq!(all[name], value, "{name}");
    }
    let policy: Vec<_> = all["Content-Security-Policy"].split("; ").collect();
    let wanted = "frame-ancestors 'none'; base-uri 'self'; form-action 'none'; object-src 'none'";
    assert_eq!(policy, wanted.split("; ").collect::<Vec<_>>(), "and nothing of scripts");
    let features: Vec<_> = all["Permissions-Policy"].split(", ").collect();
    for off in ["camera", "microphone", "geolocation", "payment", "usb", "clipboard-read"] {
        assert!(features.contains(&&*format!("{off}=()")), "{off}");
    }
    assert!(features.contains(&"clipboard-write=(self)"));
    assert_eq!(all.len(), 8, "{all:?}");
    Ok(())
}

#[test]
fn the_redirect_leads_to_the_form() -> Result<()> {
    let text = Example::read("_redirects")?.text;
    let lines: Vec<_> = text.lines().filter(|line| !line.starts_with('#')).collect();
    assert_eq!(lines, ["/.well-known/change-password /reset/ 302"]);
    Ok(())
}

/// What runs with the right to publish is exactly what was looked at.
#[test]
fn the_workflow_names_what_it_runs_by_commits() -> Result<()> {
    let text = Example::read("github-pages.yml")?.text;
    let used: Vec<_> = text.lines().filter_map(|line| line.split_once("uses: ")).collect();
    assert_eq!(used.len(), 3, "{used:?}");
    for (_, action) in used {
        let (_, commit) = action.split_once('@').context("it has no version")?;
        let (commit, version) = commit.split_once(" # v").context("nobody can read which")?;
        assert!(commit.len() == 40 && commit.bytes().all(|it| it.is_ascii_hexdigit()), "{action}");
        assert_eq!(version.split('.').count(), 3, "{action}");
    }
    assert!(text.contains("run: cargo xtask build\n"));
    Ok(())
}
