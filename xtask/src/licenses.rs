//! Whose code the site is made of, and on which terms: `LICENSES.txt`, which most of these
//! licenses ask for.

use anyhow::{Context, Result, ensure};
use cargo_metadata::{CargoOpt, DependencyKind, Metadata, MetadataCommand, Package, PackageId};
use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::path::Path;
use testbed::tools::project;

/// The file, seen from the site's folder. The page with help leads there.
const FILE: &str = "LICENSES.txt";

/// What goes into the program is compiled for it.
const PLATFORM: [&str; 4] =
    ["--filter-platform", "wasm32-unknown-unknown", "--offline", "--locked"];

/// Words of others, each of which says on its first line whose they are (MIT).
const LISTS: [&str; 2] = ["common-passwords.txt", "passphrase-words.txt"];

const RULE: &str = "\n\n----------------------------------------------------------------------\n";

/// Writes the list, and behind it each text once, with the packages that it is from.
pub fn write(dist: &Path) -> Result<()> {
    let metadata = MetadataCommand::new()
        .manifest_path(project().join("Cargo.toml"))
        .features(CargoOpt::SomeFeatures(Vec::new()))
        .other_options(PLATFORM.map(str::to_owned))
        .exec()?;
    let packages = shipped(&metadata)?;
    let mut page = "This site is made of the packages below, and of Rust's standard library\n\
                    (MIT OR Apache-2.0). Their licenses are further down.\n\n"
        .to_owned();
    for package in &packages {
        let license = package.license.as_deref();
        let license = license.with_context(|| format!("{} has no license", package.name))?;
        page += &format!("{} {}: {license}\n", package.name, package.version);
    }
    for list in LISTS {
        let list = fs::read_to_string(project().join("public").join(list))?;
        let line = list.lines().next().unwrap_or_default().trim_start_matches("# ");
        page += &format!("{line}\n");
    }
    for (text, names) in texts(&packages)? {
        page += &[RULE, &names.join(", "), "\n\n", &text].concat();
    }
    page += "\n";
    Ok(fs::write(dist.join(FILE), page)?)
}

/// The packages whose code is in the program, by their names. What only runs in the compiler
/// is not.
fn shipped(metadata: &Metadata) -> Result<Vec<&Package>> {
    let resolve = metadata.resolve.as_ref().context("cargo metadata did not resolve anything")?;
    let mut left: Vec<&PackageId> = resolve.root.iter().collect();
    let mut seen: HashSet<&PackageId> = HashSet::new();
    let mut packages = Vec::new();
    while let Some(id) = left.pop() {
        let package = &metadata[id];
        if !seen.insert(id) || package.targets.iter().any(|target| target.is_proc_macro()) {
            continue;
        }
        packages.push(package);
        let node = resolve.nodes.iter().find(|node| node.id == *id);
        for dep in &node.context("cargo metadata left a package out")?.deps {
            if dep.dep_kinds.iter().any(|it| it.kind == DependencyKind::Normal) {
                left.push(&dep.pkg);
            }
        }
    }
    packages.sort_by_key(|package| (package.name.to_string(), package.version.clone()));
    Ok(packages)
}

/// The texts of licenses, each with the names of the packages that it is for.
fn texts(packages: &[&Package]) -> Result<Vec<(String, Vec<String>)>> {
    let mut texts: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for package in packages {
        let mut carried = carried(package)?;
        if carried.is_empty() {
            carried.push(usual(package)?);
        }
        for text in carried {
            texts.entry(text).or_default().push(package.name.to_string());
        }
    }
    let mut texts: Vec<_> = texts.into_iter().collect();
    for (_, names) in &mut texts {
        names.dedup();
    }
    texts.sort_by(|(_, one), (_, other)| one.cmp(other));
    Ok(texts)
}

/// What a package brings along.
fn carried(package: &Package) -> Result<Vec<String>> {
    const NAMES: [&str; 6] = ["LICENSE", "LICENCE", "COPYING", "COPYRIGHT", "NOTICE", "UNLICENSE"];
    let folder = package.manifest_path.parent().context("a manifest lies in no folder")?;
    let mut texts = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().to_uppercase();
        if NAMES.iter().any(|start| name.starts_with(start)) && entry.path().is_file() {
            texts.push(fs::read_to_string(entry.path())?.replace("\r\n", "\n").trim().to_owned());
        }
    }
    Ok(texts)
}

/// What goes without saying, where a package brings nothing along: our own copy of the license,
/// with its authors.
fn usual(package: &Package) -> Result<String> {
    let license = package.license.as_deref().unwrap_or_default();
    ensure!(license.contains("MIT"), "the license of {} has to be added", package.name);
    let ours = fs::read_to_string(project().join("LICENSE-MIT"))?;
    let line = ours.lines().find(|line| line.starts_with("Copyright"));
    let authors = match &package.authors[..] {
        [] => format!("the authors of {}", package.name),
        authors => authors.join(", "),
    };
    let theirs = ours
        .replace(line.context("LICENSE-MIT names nobody")?, &["Copyright (c) ", &authors].concat());
    Ok(theirs.trim().to_owned())
}
