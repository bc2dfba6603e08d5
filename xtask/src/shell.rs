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
