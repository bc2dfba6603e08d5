//! Whether none is forgotten: each endpoint, and each function with the name of a
//! reader, in the rooms that know no browser.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

const ROOMS: [&str; 7] =
    ["matrix", "admin", "recovery", "encryption", "i18n", "config.rs", "route.rs"];

/// What readers are called.
const READERS: [&str; 9] = [
    "parse",
    "read",
    "find",
    "restore",
    "decode",
    "take",
    "from_fragment",
    "identity",
    "check_key",
];

/// Fed with what another reader has read: keys by [`crate::keys`].
const ELSEWHERE: [&str; 1] = ["encryption/signatures::identity"];

#[test]
fn every_reader_is_fed() {
    let fed: BTreeSet<_> = crate::readers()
        .into_iter()
        .flat_map(|(_, readers)| readers)
        .map(|reader| reader.name.to_owned())
        .collect();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    for room in ROOMS {
        collect(&root.join(room), &mut files);
    }
    let mut found = 0;
    for file in files {
        let text = fs::read_to_string(&file).expect("a file");
        let name = file.strip_prefix(&root).expect("a file of ours").with_extension("");
        for reader in readers_in(&text) {
            let name = format!("{}::{reader}", name.display());
            assert!(fed.contains(&name) || ELSEWHERE.contains(&&*name), "{name} is not fed");
            found += 1;
        }
    }
    assert!(found > 60, "only {found} were found: what they are called has changed");
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) {
    if path.is_file() {
        return files.push(path.to_owned());
    }
    for entry in fs::read_dir(path).expect("a folder") {
        collect(&entry.expect("a file").path(), files);
    }
}

/// The endpoints and the readers of a file.
fn readers_in(text: &str) -> Vec<&str> {
    let code = text.split("#[cfg(test)]").next().unwrap_or_default();
    code.lines().filter_map(reader_in).collect()
}

fn reader_in(line: &str) -> Option<&str> {
    let name = |text: &str| text.find(|c: char| !c.is_alphanumeric() && c != '_');
    if let Some((_, after)) = line.split_once(" Endpoint for ") {
        return after.get(..name(after)?);
    }
    let line = line.trim_start().strip_prefix("pub ")?;
    let after = line.strip_prefix("async ").unwrap_or(line).strip_prefix("fn ")?;
    after.get(..name(after)?).filter(|name| READERS.contains(name))
}
