//! What is painted before the program is there: the page with its heading and its form, in each
//! language. `shells/` has what the program itself shows, with keys in place of the texts
//! (`tests/shell.rs` keeps it so).

use crate::route::Route;
use anyhow::{Context, Result, anyhow, ensure};
use catalogue::{Table, isolated, keys};
use std::collections::HashMap;
use std::fs;
use testbed::tools::project;

/// The shells, by the names of their files.
pub const ALL: [&str; 4] = ["home", "login", "reset", "other"];

/// Which one stands in the place of a page.
pub fn of(route: Route) -> &'static str {
    match route {
        Route::Home => "home",
        Route::Login => "login",
        Route::Reset => "reset",
        _ => "other",
    }
}

/// A shell in a language.
pub fn fill(name: &str, locale: &Table, is_rtl: bool) -> Result<String> {
    let file = project().join("shells").join(name).with_extension("html");
    let html = fs::read_to_string(&file).with_context(|| file.display().to_string())?;
    let texts: HashMap<_, _> = keys::flat(locale).into_iter().collect();
    let word = |key: &str| {
        let text = texts.get(key)?;
        Some(words(&if is_rtl { isolated(text) } else { text.clone() }))
    };
    let html = keys::resolve(&html, word).map_err(|key| anyhow!("{}: {key}", file.display()))?;
    let lines = html.lines().map(str::trim).collect::<Vec<_>>().concat();
    ensure!(!lines.contains('{'), "shells/{name}.html says what nobody can fill in");
    Ok(lines)
}

/// A text as HTML. The homeserver's name is filled in once `config.json` is there (`shell.js`).
fn words(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    text.replace("{server}", "<bdi class=\"name\"></bdi>")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::process::Command;
    use testbed::tools::output;

    /// Prints each file that the policy of `trusted.js` changes. Node runs it as a browser does.
    const CHECK: &str = "
        const { readFileSync } = require('fs');
        const [, script, ...files] = process.argv;
        let policy;
        globalThis.trustedTypes = { createPolicy: (_, it) => { policy = it; } };
        eval(readFileSync(script, 'utf8'));
        const isChanged = (html) => policy.createHTML(html) !== html;
        console.log(files.filter((file) => isChanged(readFileSync(file, 'utf8'))).join(' '));";

    #[test]
    fn every_shell_passes_the_policy_for_html() -> Result<()> {
        let folder = tempfile::tempdir()?;
        let mut files = Vec::new();
        for language in fs::read_dir(project().join("locales"))? {
            let language = language?.path();
            let locale = catalogue::read(&language).map_err(|problem| anyhow!(problem))?;
            for name in ALL {
                let code = language.file_stem().context("a language has no name")?;
                let file = folder.path().join(format!("{}-{name}", code.display()));
                fs::write(&file, fill(name, &locale, true)?)?;
                files.push(file);
            }
        }
        ensure!(files.len() > ALL.len(), "there are no languages");
        let hostile = folder.path().join("hostile");
        fs::write(&hostile, "<img src=x onerror=alert(1)>")?;
        files.push(hostile.clone());
        let mut node = Command::new("node");
        node.args(["-e", CHECK]).arg(project().join("public/trusted.js")).args(files);
        assert_eq!(output(&mut node)?.trim(), hostile.display().to_string());
        Ok(())
    }
}
