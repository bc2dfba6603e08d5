//! Makes the types of the texts from `locales/en.toml`, and English itself for where
//! the program is in one piece (`src/i18n/texts.rs`).

use std::path::PathBuf;
use std::{env, fs};

const ENGLISH: &str = "locales/en.toml";

fn main() -> Result<(), String> {
    println!("cargo::rerun-if-changed={ENGLISH}");
    let folder = |name: &str| env::var_os(name).map(PathBuf::from).ok_or(format!("no {name}"));
    let english = catalogue::read(&folder("CARGO_MANIFEST_DIR")?.join(ENGLISH))?;
    let out = folder("OUT_DIR")?;
    let write = |name: &str, text: String| {
        fs::write(out.join(name), text).map_err(|error| format!("{name}: {error}"))
    };
    write("texts.rs", catalogue::rust(&english))?;
    write("english.rs", packed(&english))
}

/// The texts of each table, as the browser would download them.
fn packed(english: &catalogue::Table) -> String {
    let table = |name: &str| format!("({name:?}, {:?}),\n", catalogue::pack(english, &[name]));
    let tables: String = english.iter().map(|(name, _)| table(name)).collect();
    format!("&[\n{tables}]")
}
