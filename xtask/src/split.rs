//! Takes the program apart: what is not needed for a new password is downloaded
//! when it is. The marks in `src/main.rs` say where.
//!
//! Trunk cannot do that. It builds the site with the program in one piece; then
//! that piece is taken from the compiler once more, cut, and put in the place of
//! what Trunk made of it.

use crate::digest;
use crate::names;
use crate::route::{Part, Route};
use anyhow::{Context, Result, anyhow, ensure};
use std::collections::{BTreeMap, HashMap};
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use testbed::tools::{project, run};
use wasm_bindgen_cli_support::Bindgen;
use wasm_encoder::{Module, RawSection};
use wasm_split_cli_support::{Options, transform};
use wasmparser::{Parser, Payload};

/// What the compiler leaves behind.
const COMPILED: &str = "target/wasm32-unknown-unknown/release/matrix-account-recovery.wasm";

/// What was found to make the program smallest; after it, a second `-O1` is
/// worth 0.2 kB of brotli. Nothing is kept in the first kilobyte of memory, where the stack
/// ends. The features are those that the compiler uses.
const OPTIMIZE: [&str; 18] = [
    "--low-memory-unused",
    "--one-caller-inline-max-function-size",
    "20",
    "-Os",
    "--flatten",
    "--rereloop",
    "-O1",
    "-O1",
    "-Os",
    "--converge",
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
    "--strip-debug",
    "--strip-producers",
];

/// wasm-bindgen names the file that loads the parts once for each of them.
const QUIET: &str = "--log-override:duplicate-object-key=silent";

/// A file that is named by its bytes, which are the last ones.
#[derive(Clone, PartialEq)]
pub struct Asset {
    /// Where it is, seen from the site's folder.
    pub path: String,
    /// What its bytes have to be.
    pub integrity: String,
}

/// A program.
pub struct Program {
    /// What starts it.
    pub js: Asset,
    /// The program itself.
    pub wasm: Asset,
}

/// The files of each part that was cut off, by its name in `src/main.rs`.
pub struct Parts(HashMap<String, Vec<Asset>>);

/// Names of modules.
type StemsByPart = HashMap<String, Vec<String>>;

impl Parts {
    /// What a page needs besides the first part.
    pub fn of(&self, route: Route) -> Result<Vec<Asset>> {
        let names: &[&str] = match route.part() {
            // The first part, and another program.
            Part::Reset | Part::Admin => &[],
            Part::Wait => &["wait"],
            // It moves a reset on.
            Part::Start if route == Route::ResetResume => &["start", "wait"],
            Part::Start => &["start"],
            Part::Login => &["login"],
            Part::Account => &["account"],
            Part::Help => &["help"],
        };
        let mut all: Vec<Asset> = Vec::new();
        for name in names {
            let files = self.0.get(*name);
            for file in files.with_context(|| format!("nothing was cut off for {name}"))? {
                if !all.contains(file) {
                    all.push(file.clone());
                }
            }
        }
        Ok(all)
    }
}

/// Takes the program apart and puts it into `dist`. `path` is where the tools are.
pub fn split(dist: &Path, work: &Path, path: &OsStr) -> Result<(Program, Parts)> {
    if work.exists() {
        fs::remove_dir_all(work)?;
    }
    let (modules, needed) = cut(work)?;
    bind(&work.join("main.wasm"), work, true)?;
    names::shorten(&work.join("main_bg.wasm"), &work.join("main.js"))?;
    let wasm = optimize(&work.join("main_bg.wasm"), dist, "main", path)?;
    let mut assets = BTreeMap::new();
    for module in modules {
        let stem = stem(&module);
        assets.insert(stem.clone(), optimize(&module, dist, &stem, path)?);
    }
    link(dist, work, &assets)?;
    let program = Program { js: bundle(dist, work, "main", &wasm, path)?, wasm };
    let mut parts = HashMap::new();
    for (part, stems) in needed {
        let files = stems.iter().map(|stem| assets.get(stem).cloned());
        let files: Option<Vec<_>> = files.collect();
        let files = files.with_context(|| format!("a file of the part {part} was not made"))?;
        parts.insert(part, files);
    }
    Ok((program, Parts(parts)))
}

/// Puts the program for administrators into `dist`, in one piece.
pub fn admin(dist: &Path, work: &Path, path: &OsStr) -> Result<Program> {
    let compiled = project().join("target/wasm32-unknown-unknown/release/admin.wasm");
    bind(&compiled, work, false)?;
    let bound = work.join("admin_bg.wasm");
    fs::write(&bound, without_links(&fs::read(&bound)?)?)?;
    names::shorten(&bound, &work.join("admin.js"))?;
    let wasm = optimize(&bound, dist, "admin", path)?;
    Ok(Program { js: bundle(dist, work, "admin", &wasm, path)?, wasm })
}

/// Writes what connects a program with the browser. `wasm-bindgen` as a program, which Trunk calls,
/// is built from the newest of its own packages; this one is from `Cargo.lock`, so that its bytes
/// are always the same.
fn bind(module: &Path, work: &Path, has_parts: bool) -> Result<()> {
    let mut bindgen = Bindgen::new();
    bindgen.input_path(module).web(true)?.typescript(false).keep_lld_exports(has_parts);
    bindgen.generate(work)
}

/// A module without what only whoever cuts it needs.
fn without_links(module: &[u8]) -> Result<Vec<u8>> {
    let mut kept = Module::new();
    for payload in Parser::new(0).parse_all(module) {
        let payload = payload?;
        let is_link = match &payload {
            Payload::CustomSection(section) => {
                section.name() == "linking" || section.name().starts_with("reloc.")
            }
            _ => false,
        };
        if let (Some((id, range)), false) = (payload.as_section(), is_link) {
            let range = range.start as usize..range.end as usize;
            let data = module.get(range).context("a section ends behind its module")?;
            kept.section(&RawSection { id, data });
        }
    }
    Ok(kept.finish())
}

/// Makes one file of what starts a program. Nothing of it writes to the console.
fn bundle(dist: &Path, work: &Path, name: &str, wasm: &Asset, path: &OsStr) -> Result<Asset> {
    let start = format!(
        "import * as program from \"./{name}.js\";
import {{ boot }} from \"./boot.js\";
boot(() => [program, early[{:?}]]);
",
        wasm.path
    );
    fs::copy(dist.join("boot.js"), work.join("boot.js"))?;
    fs::write(work.join("start.js"), start)?;
    let mut bundle = Command::new("esbuild");
    bundle.current_dir(work).args(["start.js", "--bundle", "--minify", "--format=esm"]);
    bundle.args(["--drop:console", "--log-level=warning", QUIET, "--outfile=bundled.js"]);
    run(bundle.env("PATH", path))?;
    asset(dist, name, "js", &fs::read(work.join("bundled.js"))?)
}

/// Puts a file into `dist`, named by its bytes.
fn asset(dist: &Path, name: &str, end: &str, bytes: &[u8]) -> Result<Asset> {
    let folder = dist.join("assets");
    fs::create_dir_all(&folder)?;
    let file = format!("{name}-{}.{end}", digest::short(bytes));
    fs::write(folder.join(&file), bytes)?;
    Ok(Asset { path: format!("assets/{file}"), integrity: digest::integrity(bytes) })
}

/// Cuts, and gives back the modules that were cut off, and which part needs
/// which of them, by their names without the ending.
fn cut(work: &Path) -> Result<(Vec<PathBuf>, StemsByPart)> {
    let compiled = fs::read(project().join(COMPILED)).context("there is no program to cut")?;
    let main = work.join("main.wasm");
    let mut options = Options::new(&compiled);
    (options.output_dir, options.main_out_path) = (work, &main);
    let cut = transform(options).map_err(|error| anyhow!("the program cannot be cut: {error}"))?;
    ensure!(!cut.split_modules.is_empty(), "nothing was cut off the program");
    Ok((cut.split_modules, cut.prefetch_map))
}

/// Writes into what loads the modules where they are: in a file of its own, since the first
/// page needs none of them. How a module is loaded is written once. A server may not know what
/// a wasm file is, so they are not compiled while they arrive: they are small.
fn link(dist: &Path, work: &Path, assets: &BTreeMap<String, Asset>) -> Result<()> {
    let file = work.join("__wasm_split.js");
    let mut script = fs::read_to_string(&file)?;
    for stem in assets.keys() {
        let from = format!(
            "() => {{
    const src = fetch(new URL(\"./{stem}.wasm\", import.meta.url));
    src.catch(() => {{}});
    return async (imports) => (WebAssembly.instantiateStreaming(src, imports));
}}
"
        );
        ensure!(script.contains(&from), "{stem}.wasm is loaded in another way than was expected");
        script = script.replace(&from, &format!("fetchPart({stem:?})"));
    }
    let start = script.find("function makeLoad").context("nothing is loaded")?;
    let lines =
        assets.iter().map(|(stem, asset)| format!("{stem} {}#{}", asset.path, asset.integrity));
    let list = asset(dist, "parts", "txt", lines.collect::<Vec<_>>().join("\n").as_bytes())?;
    let fetch = include_str!("fetch_part.js")
        .replace("{list}", &list.path)
        .replace("{integrity}", &list.integrity);
    script.insert_str(start, &fetch);
    Ok(fs::write(file, script)?)
}

/// Makes a module small, and puts it into `dist`.
fn optimize(module: &Path, dist: &Path, name: &str, path: &OsStr) -> Result<Asset> {
    let small = module.with_extension("small");
    let mut tool = Command::new("wasm-opt");
    run(tool.arg(module).args(OPTIMIZE).arg("-o").arg(&small).env("PATH", path))?;
    asset(dist, name, "wasm", &fs::read(small)?)
}

fn stem(file: &Path) -> String {
    file.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}
