//! The texts of all languages as the browser downloads them: a folder for each language,
//! and in it a file for each part of the program.

use crate::languages::LANGUAGES;
use crate::route::{Route, Texts};
use crate::shell;
use anyhow::{Context, Error, Result, bail};
use sha2::{Digest, Sha256};
use std::fs;
use std::path::Path;
use testbed::tools::project;

/// Writes them, and gives back what the page says of them, as attributes. Their folder is
/// named by all that is in it: nobody is shown old texts by a new program. It lies `below` the
/// site's folder.
pub fn write(dist: &Path, below: &str) -> Result<String> {
    let mut all = Vec::new();
    let mut hash = Sha256::new();
    for (code, _, is_rtl) in LANGUAGES {
        let locale = read(code)?;
        let pack = if is_rtl { catalogue::pack_rtl } else { catalogue::pack };
        for (name, tables) in files() {
            let packed = pack(&locale, tables);
            all.push((format!("{code}/{name}.txt"), packed));
        }
        for name in shell::ALL {
            all.push((format!("{code}/{name}-shell.txt"), shell::fill(name, &locale, is_rtl)?));
        }
    }
    for (file, content) in &all {
        hash.update([file.as_str(), content].join("\0"));
    }
    let hash: String = hash.finalize().iter().take(5).map(|byte| format!("{byte:02x}")).collect();
    let folder = format!("{below}texts-{hash}");
    for (file, content) in all {
        let place = dist.join(&folder).join(file);
        fs::create_dir_all(place.parent().context("a file lies nowhere")?)?;
        fs::write(place, content)?;
    }
    Ok(attributes(&folder))
}

/// The languages of the site, as `language.js` reads them.
fn attributes(folder: &str) -> String {
    let codes = |rtl_only: bool| {
        let codes = LANGUAGES.iter().filter(|(.., rtl)| *rtl || !rtl_only);
        codes.map(|(code, ..)| *code).collect::<Vec<_>>().join(" ")
    };
    let (all, rtl) = (codes(false), codes(true));
    format!("data-texts=\"{folder}\" data-languages=\"{all}\" data-rtl=\"{rtl}\"")
}

/// The files of a language, each once.
fn files() -> Vec<Texts> {
    let mut files: Vec<Texts> = Route::ALL.iter().map(|route| route.part().texts()).collect();
    files.sort();
    files.dedup();
    files
}

/// A language, if it has all that English has.
pub fn read(code: &str) -> Result<catalogue::Table> {
    let folder = project().join("locales");
    let of =
        |code: &str| catalogue::read(&folder.join(code).with_extension("toml")).map_err(Error::msg);
    let (english, locale) = (of("en")?, of(code)?);
    let problems = catalogue::compare(&english, &locale, code);
    if !problems.is_empty() {
        bail!("locales/{code}.toml is not as it should be:\n{}", problems.join("\n"));
    }
    Ok(locale)
}
