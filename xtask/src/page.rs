//! The pages: one `index.html` for each route, made of the one in the project.
//!
//! What is painted first waits for no other file: the style and the scripts that come before
//! it are in the page itself, and a policy names them by their hashes and allows nothing else.

use crate::digest::integrity;
use crate::route::Part;
use crate::split::{Asset, Program};
use anyhow::{Context, Result, ensure};
use std::fs;
use std::path::Path;

/// Where the program may ask. Everything encrypted, since people choose their homeservers;
/// and this machine, for the demo and for administrators' tunnels. `early.js` narrows it to
/// what `config.json` allows.
const POLICY: &str = "default-src 'none'; \
    script-src 'self' 'wasm-unsafe-eval'{scripts}; style-src 'self'{styles}; img-src 'self'; \
    connect-src 'self' https: http://localhost:* http://127.0.0.1:*; \
    base-uri 'self'; form-action 'none'; \
    require-trusted-types-for 'script'; trusted-types default";

/// Where the program is started: before anything else is asked for, since a browser asks for six
/// files at a time only.
const START: &str = "<script type=\"module\"></script>";

/// Where Trunk's page has nothing but a word.
const SHELL: &str = "<div id=\"shell\"><p class=\"loading\">Loading…</p></div>";

/// What is in all pages.
pub struct Pages<'a> {
    /// Where they are written to.
    pub dist: &'a Path,
    /// What they are made of.
    pub template: String,
}

/// What is in one of them.
pub struct Page<'a> {
    /// Its path.
    pub path: &'a str,
    /// The part of the program that shows it.
    pub part: Part,
    /// What is painted before that is there: its name, and in English.
    pub shell: (&'a str, &'a str),
    /// The program.
    pub program: &'a Program,
    /// The parts of it that are needed at once.
    pub parts: &'a [Asset],
}

impl Pages<'_> {
    /// Writes a page: it says where the site's folder is, seen from there, and what is to be
    /// loaded at once.
    pub fn write(&self, page: &Page) -> Result<()> {
        let needs = [&page.program.wasm].into_iter().chain(page.parts);
        let needs: Vec<String> =
            needs.map(|Asset { path, integrity }| [path, "#", integrity].concat()).collect();
        let script = &page.program.js;
        // Behind the charset, which has to come soon.
        let start = format!(
            "<meta name=\"needs\" content=\"{}\"><script type=\"module\" src=\"{}\" integrity=\"{}\"></script>",
            needs.join(" "),
            script.path,
            script.integrity
        );
        let html = replace_once(&self.template, START, &start)?;
        let (name, shell) = page.shell;
        let html = replace_once(&html, SHELL, &format!("<div id=\"shell\">{shell}</div>"))?;
        let html = replace_once(
            &html,
            "data-part=\"\"",
            &format!("data-part=\"{}\" data-shell=\"{name}\"", page.part.texts().0),
        )?;
        place(self.dist, page.path, &locked(&html)?)
    }
}

/// Writes a page where it belongs, with the way from there to the site's folder.
pub fn place(dist: &Path, path: &str, html: &str) -> Result<()> {
    let folder = dist.join(path);
    fs::create_dir_all(&folder)?;
    let up = match path.matches('/').count() {
        0 => "./".to_owned(),
        depth => "../".repeat(depth),
    };
    let html = replace_once(html, "<base href=\"./\">", &format!("<base href=\"{up}\">"))?;
    let html = replace_once(&html, "data-route=\"\"", &format!("data-route=\"{path}\""))?;
    Ok(fs::write(folder.join("index.html"), html)?)
}

/// The page with a policy that allows what is in it, and nothing else that is in a page.
fn locked(html: &str) -> Result<String> {
    let hashes = |open: &str, close: &str| {
        let inside = html.split(open).skip(1).filter_map(|rest| rest.split(close).next());
        inside.map(|inside| format!(" '{}'", integrity(inside))).collect::<String>()
    };
    let policy = POLICY
        .replace("{scripts}", &hashes("<script>", "</script>"))
        .replace("{styles}", &hashes("<style>", "</style>"));
    let charset = "<meta charset=\"utf-8\">";
    let meta =
        format!("{charset}<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">");
    replace_once(html, charset, &meta)
}

/// The page for unknown addresses cannot know how deep it is shown, so it uses
/// no file but itself. Its style is allowed by its hash and nothing else is.
pub fn write_not_found(dist: &Path) -> Result<()> {
    let file = dist.join("404.html");
    let page = fs::read_to_string(&file)?;
    let (_, style) = page.split_once("<style>").context("404.html has no style")?;
    let (style, _) = style.split_once("</style>").context("404.html has no style")?;
    let page = replace_once(&page, "{hash of the style}", &integrity(style))?;
    Ok(fs::write(file, page)?)
}

/// The page that all are made of: what Trunk left, with the scripts and the style inside, and
/// without what only whoever reads it in the project needs.
pub fn template(html: &str, scripts: &[(&str, String)], style: &str) -> Result<String> {
    let base = "<script src=\"theme.js\"></script>";
    let mut html = replace_once(html, base, &[base, "\n", START].concat())?;
    for (name, script) in scripts {
        let tag = format!("<script src=\"{name}\"></script>");
        ensure!(!script.contains("</script"), "{name} cannot be put into a page");
        html = replace_once(&html, &tag, &format!("<script>{script}</script>"))?;
    }
    // As few as can be, since the policy names each by a hash. The first one stands alone, so
    // that an old browser can read it.
    let (first, rest) = html.split_once("</script>").context("there is no script")?;
    let html = [first, "</script>", &joined(rest)].concat();
    let lines = html.lines().map(str::trim);
    let is_trunks = |line: &str| line.contains("trunk.js");
    let (lines, trunks): (Vec<_>, Vec<_>) = lines.partition(|line| !is_trunks(line));
    ensure!(trunks.len() == 1, "Trunk starts the program in another way than was expected");
    let mut html = without_comments(&lines.concat());
    // Trunk's own links name files that are not there any more.
    while let Some((before, after)) =
        html.split_once("<link rel=\"modulepreload\"").or(html.split_once("<link rel=\"preload\""))
    {
        let (_, rest) = after.split_once('>').context("a link does not end")?;
        html = [before, rest].concat();
    }
    let sheet =
        html.split("<link rel=\"stylesheet\"").nth(1).and_then(|rest| rest.split('>').next());
    let sheet = ["<link rel=\"stylesheet\"", sheet.context("the page has no style")?, ">"].concat();
    replace_once(&html, &sheet, &format!("<style>{}</style>", style.trim()))
}

/// Scripts that follow each other, as one.
fn joined(html: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    for line in html.lines().map(str::trim) {
        let script = line.strip_prefix("<script>");
        match (script, lines.last_mut().and_then(|last| last.strip_suffix("</script>"))) {
            (Some(script), Some(last)) if last.starts_with("<script>") => {
                let both = [last, ";", script].concat();
                lines.pop();
                lines.push(both);
            }
            _ => lines.push(line.to_owned()),
        }
    }
    lines.join("\n")
}

fn without_comments(html: &str) -> String {
    let mut parts = html.split("<!--");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |all, part| all + part.split_once("-->").map_or("", |(_, rest)| rest))
}

/// Replaces what has to be there exactly once.
pub fn replace_once(text: &str, old: &str, new: &str) -> Result<String> {
    ensure!(text.matches(old).count() == 1, "{old} is not there exactly once");
    Ok(text.replacen(old, new, 1))
}
