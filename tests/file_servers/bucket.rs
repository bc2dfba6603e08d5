//! The example for S3, with a program in the place of Amazon's that writes down what it is asked
//! for.

use crate::copy::{Copy, files};
use crate::example::Example;
use crate::services::FOREVER;
use anyhow::{Context, Result};
use std::collections::BTreeMap;
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::process::Command;
use tempfile::TempDir;
use testbed::tools::run;

/// It writes each word behind a tab.
const AWS: &str = "#!/bin/sh\nprintf '\\t%s' \"$@\" >> \"$0.log\"\necho >> \"$0.log\"\n";

/// A file as it was uploaded.
#[derive(Debug)]
struct Uploaded {
    path: String,
    kind: String,
    kept: String,
}

/// What the example uploads of a site, in its order.
fn uploads(copy: &Copy) -> Result<Vec<Uploaded>> {
    let folder = TempDir::with_prefix("aws-")?;
    let aws = folder.path().join("aws");
    fs::write(&aws, AWS)?;
    fs::set_permissions(&aws, Permissions::from_mode(0o755))?;
    let script = folder.path().join("s3.sh");
    fs::write(&script, Example::read("s3.sh")?.text)?;
    let path = std::env::var("PATH")?;
    let mut sh = Command::new("sh");
    sh.arg(script).arg(copy.site()).arg("s3://example.org/recover/");
    run(sh.env("PATH", format!("{}:{path}", folder.path().display())))?;
    let mut all = Vec::new();
    for line in fs::read_to_string(aws.with_extension("log"))?.lines() {
        let words: Vec<_> = line.split('\t').skip(1).collect();
        all.extend(uploaded(copy, &words).with_context(|| line.to_owned())?);
    }
    Ok(all)
}

/// What Amazon's program does with these words.
fn uploaded(copy: &Copy, words: &[&str]) -> Result<Vec<Uploaded>> {
    let option = |name: &str| {
        let at = words.iter().position(|word| *word == name)?;
        words.get(at + 1).copied()
    };
    let [_, _, from, to, ..] = words else { anyhow::bail!("it is asked for too little") };
    assert_eq!(words[..2], ["s3", "cp"]);
    let site = copy.site().display().to_string();
    let below = from.strip_prefix(&site).context("this is not of the site")?;
    assert_eq!(*to, format!("s3://example.org/recover{below}"));
    let mut paths = files(&copy.site())?;
    let below = below.trim_start_matches('/');
    if words.contains(&"--recursive") {
        assert_eq!(option("--exclude"), Some("*"));
        let end = option("--include").and_then(|it| it.strip_prefix('*')).context("all files")?;
        paths.retain(|path| path.starts_with(below) && path.ends_with(end));
    } else {
        paths.retain(|path| path == below);
    }
    let kind = option("--content-type").context("of which type?")?;
    let kept = option("--cache-control").context("for how long?")?;
    let uploaded = |path| Uploaded { path, kind: kind.to_owned(), kept: kept.to_owned() };
    Ok(paths.into_iter().map(uploaded).collect())
}

#[test]
fn no_page_is_in_the_bucket_before_what_it_names() -> Result<()> {
    let copy = Copy::of_the_site()?;
    let all = uploads(&copy)?;
    let first_page = all.iter().position(|it| it.path.ends_with(".html")).context("no page")?;
    let behind: Vec<_> = all[first_page..].iter().map(|it| &*it.path).collect();
    let late = behind.iter().filter(|path| !path.ends_with(".html") && **path != "SHA256SUMS");
    assert_eq!(late.collect::<Vec<_>>(), [&""; 0], "come after a page");

    // All of it, once, but what a bucket has no use for and what is the operator's own.
    let mut wanted = files(&copy.site())?;
    wanted.retain(|path| !path.ends_with(".br") && !path.ends_with(".gz") && path != "config.json");
    let mut paths: Vec<_> = all.iter().map(|it| it.path.clone()).collect();
    paths.sort();
    assert_eq!(paths, wanted);
    Ok(())
}

#[test]
fn files_in_the_bucket_have_types_and_are_kept_as_elsewhere() -> Result<()> {
    let copy = Copy::of_the_site()?;
    let kinds = BTreeMap::from([
        ("html", "text/html"),
        ("js", "text/javascript"),
        ("wasm", "application/wasm"),
        ("css", "text/css"),
        ("svg", "image/svg+xml"),
        ("txt", "text/plain"),
        ("SHA256SUMS", "text/plain"),
    ]);
    for file in uploads(&copy)? {
        let end = file.path.rsplit('.').next().unwrap_or_default();
        assert_eq!(Some(&&*file.kind), kinds.get(end), "{file:?}");
        let kept = if file.path.starts_with("assets/") { FOREVER } else { "no-cache" };
        assert_eq!(file.kept, kept, "{file:?}");
    }
    Ok(())
}
