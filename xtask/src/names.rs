//! The names by which a program and its script know each other. wasm-bindgen ends each with a
//! hash, in the program and in the script, that no packing makes smaller: 5.4 kB of brotli.

use anyhow::{Result, anyhow};
use std::collections::HashMap;
use std::convert::Infallible;
use std::fs;
use std::path::Path;
use wasm_encoder::reencode::{Error, Reencode, utils};
use wasm_encoder::{ExportSection, ImportSection, Module};
use wasmparser::{Export, Imports, Parser, Payload};

/// What nobody has to know but the two of them is called by a number from now on.
pub fn shorten(module: &Path, script: &Path) -> Result<()> {
    let (bytes, text) = (fs::read(module)?, fs::read_to_string(script)?);
    let mut short = Short(HashMap::new());
    for name in long_names(&bytes)? {
        let number = short.0.len();
        short.0.entry(name).or_insert_with(|| format!("_{number:x}"));
    }
    let mut shortened = Module::new();
    let done = short.parse_core_module(&mut shortened, Parser::new(0), &bytes);
    done.map_err(|error| anyhow!("names cannot be shortened: {error}"))?;
    fs::write(module, shortened.finish())?;
    Ok(fs::write(script, short.in_script(&text))?)
}

/// Those of functions that stand in both.
fn long_names(module: &[u8]) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for payload in Parser::new(0).parse_all(module) {
        match payload? {
            Payload::ImportSection(section) => {
                for import in section.into_imports() {
                    names.push(import?.name.to_owned());
                }
            }
            Payload::ExportSection(section) => {
                for export in section {
                    names.push(export?.name.to_owned());
                }
            }
            _ => {}
        }
    }
    names.retain(|name| is_long(name));
    Ok(names)
}

/// What wasm-bindgen made, and what the parts of the program do not ask for.
fn is_long(name: &str) -> bool {
    name.starts_with("__wbg_") || name.starts_with("wasm_bindgen_")
}

/// What marks a program that is to be cut. Its name is made of the folder that the program was
/// built in.
fn is_mark(name: &str) -> bool {
    name.starts_with("_WASM_SPLIT_MARKER_")
}

struct Short(HashMap<String, String>);

impl Short {
    fn of(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// Word by word.
    fn in_script(&self, script: &str) -> String {
        let is_word = |c: char| c.is_ascii_alphanumeric() || "_$".contains(c);
        let mut short = String::with_capacity(script.len());
        let mut rest = script;
        while let Some(start) = rest.find(is_word) {
            let (before, from) = rest.split_at(start);
            let end = from.find(|c| !is_word(c)).unwrap_or(from.len());
            let (word, after) = from.split_at(end);
            short.extend([before, self.of(word).unwrap_or(word)]);
            rest = after;
        }
        short + rest
    }
}

impl Reencode for Short {
    type Error = Infallible;

    fn parse_imports(
        &mut self,
        section: &mut ImportSection,
        imports: Imports<'_>,
    ) -> Result<(), Error<Infallible>> {
        if let Imports::Single(_, import) = &imports
            && let Some(name) = self.of(import.name).map(str::to_owned)
        {
            let kind = self.entity_type(import.ty)?;
            section.import(import.module, &name, kind);
            return Ok(());
        }
        utils::parse_imports(self, section, imports)
    }

    fn parse_export(
        &mut self,
        section: &mut ExportSection,
        export: Export<'_>,
    ) -> Result<(), Error<Infallible>> {
        if is_mark(export.name) {
            return Ok(());
        }
        let name = self.of(export.name).unwrap_or(export.name).to_owned();
        utils::parse_export(self, section, Export { name: &name, ..export })
    }
}
