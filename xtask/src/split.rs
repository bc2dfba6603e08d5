//! Takes the program apart: what is not needed for a new password is downloaded
//! when it is. The marks in `src/main.rs` say where.
//!
//! Trunk cannot do that. It builds the site with the program in one piece; then
//! that piece is taken from the compiler once more, cut, and put in the place of
//! what Trunk made of it.

use crate::route::{Part, Route};
use anyhow::{Context, Result, anyhow, ensure};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use testbed::tools::{project, run};
use wasm_encoder::{Module, RawSection};
use wasm_split_cli_support::{Options, transform};
use wasmparser::{Parser, Payload};

/// What the compiler leaves behind.
const COMPILED: &str = "target/wasm32-unknown-unknown/release/matrix-account-recovery.wasm";

/// What was found to make the program smallest; after it, a second `-O1` is
/// worth 0.2 kB of brotli. The features are those that the compiler uses.
const OPTIMIZE: [&str; 15] = [
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
pub const QUIET: &str = "--log-override:duplicate-object-key=silent";

/// The files of each part that was cut off, by its name in `src/main.rs`.
pub struct Parts(FilesByPart);

type FilesByPart = HashMap<String, Vec<String>>;

impl Parts {
    /// What a page needs besides the first part.
    pub fn of(&self, route: Route) -> Result<&[String]> {
        let name = match route.part() {
            // The first part, and another program.
            Part::Reset | Part::Admin => return Ok(&[]),
            Part::Wait => "wait",
            Part::Start => "start",
            Part::Login => "login",
            Part::Account => "account",
            Part::Help => "help",
        };
        let files = self.0.get(name).with_context(|| format!("nothing was cut off for {name}"))?;
        Ok(files)
    }
}

/// Takes the program in `dist` apart. `main` is what Trunk called it, without
/// its ending; `path` is where the tools are.
pub fn split(dist: &Path, main: &str, path: &OsStr) -> Result<Parts> {
    let work = project().join("target/split");
    if work.exists() {
        fs::remove_dir_all(&work)?;
    }
    let (modules, needed) = cut(&work)?;
    let mut bind = Command::new("wasm-bindgen");
    bind.current_dir(&work).arg("main.wasm").args(["--target", "web", "--out-dir", "."]);
    run(bind.args(["--no-typescript", "--keep-lld-exports"]).env("PATH", path))?;
    optimize(&work.join("main_bg.wasm"), &dist.join(format!("{main}_bg.wasm")), path)?;
    let mut names = HashMap::new();
    for module in modules {
        let (stem, small) = (stem(&module), module.with_extension("small"));
        optimize(&module, &small, path)?;
        let name = format!("{stem}-{}.wasm", hash(&small)?);
        fs::copy(small, dist.join(&name))?;
        names.insert(stem, name);
    }
    link(&work, &names)?;
    bundle(&work, "main.js", &dist.join(format!("{main}.js")), path)?;
    let files =
        |stems: Vec<String>| stems.iter().filter_map(|stem| names.get(stem).cloned()).collect();
    Ok(Parts(needed.into_iter().map(|(part, stems)| (part, files(stems))).collect()))
}

/// Builds the program for administrators into `dist`, in one piece. Gives back what it
/// is called, without its ending.
pub fn admin(dist: &Path, path: &OsStr) -> Result<String> {
    let work = project().join("target/split-admin");
    if work.exists() {
        fs::remove_dir_all(&work)?;
    }
    let mut bind = Command::new("wasm-bindgen");
    bind.arg(project().join("target/wasm32-unknown-unknown/release/admin.wasm"));
    bind.args(["--target", "web", "--no-typescript", "--out-dir"]).arg(&work);
    run(bind.env("PATH", path))?;
    let (bound, small) = (work.join("admin_bg.wasm"), work.join("admin.small"));
    fs::write(&bound, without_links(&fs::read(&bound)?)?)?;
    optimize(&bound, &small, path)?;
    let name = format!("admin-{}", hash(&small)?);
    fs::copy(small, dist.join(format!("{name}_bg.wasm")))?;
    bundle(&work, "admin.js", &dist.join(format!("{name}.js")), path)?;
    Ok(name)
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

/// Makes one file of a script and of what it imports.
fn bundle(work: &Path, script: &str, to: &Path, path: &OsStr) -> Result<()> {
    let mut bundle = Command::new("esbuild");
    bundle.current_dir(work).args([script, "--bundle", "--minify", "--format=esm"]);
    bundle.args(["--log-level=warning", "--allow-overwrite", QUIET]);
    bundle.arg(format!("--outfile={}", to.display()));
    run(bundle.env("PATH", path))
}

/// Cuts, and gives back the modules that were cut off, and which part needs
/// which of them, by their names without the ending.
fn cut(work: &Path) -> Result<(Vec<PathBuf>, FilesByPart)> {
    let compiled = fs::read(project().join(COMPILED)).context("there is no program to cut")?;
    let main = work.join("main.wasm");
    let mut options = Options::new(&compiled);
    (options.output_dir, options.main_out_path) = (work, &main);
    let cut = transform(options).map_err(|error| anyhow!("the program cannot be cut: {error}"))?;
    ensure!(!cut.split_modules.is_empty(), "nothing was cut off the program");
    Ok((cut.split_modules, cut.prefetch_map))
}

/// Writes the names of the modules into what loads them, and that only once how
/// a module is loaded. A server may not know what a wasm file is, so they are not
/// compiled while they arrive: they are small.
fn link(work: &Path, names: &HashMap<String, String>) -> Result<()> {
    const FETCH: &str = "const fetchModule = (name) => () => {
    const src = fetch(new URL(`./${name}.wasm`, import.meta.url));
    src.catch(() => {});
    return async (imports) => WebAssembly.instantiate(await (await src).arrayBuffer(), imports);
};
";
    let file = work.join("__wasm_split.js");
    let mut script = fs::read_to_string(&file)?;
    for (stem, name) in names {
        let from = format!(
            "() => {{
    const src = fetch(new URL(\"./{stem}.wasm\", import.meta.url));
    src.catch(() => {{}});
    return async (imports) => (WebAssembly.instantiateStreaming(src, imports));
}}
"
        );
        ensure!(script.contains(&from), "{stem}.wasm is loaded in another way than was expected");
        let name = name.trim_end_matches(".wasm");
        script = script.replace(&from, &format!("fetchModule({name:?})"));
    }
    let start = script.find("function makeLoad").context("nothing is loaded")?;
    script.insert_str(start, FETCH);
    Ok(fs::write(file, script)?)
}

fn optimize(from: &Path, to: &Path, path: &OsStr) -> Result<()> {
    let mut tool = Command::new("wasm-opt");
    run(tool.arg(from).args(OPTIMIZE).arg("-o").arg(to).env("PATH", path))
}

fn stem(file: &Path) -> String {
    file.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

fn hash(file: &Path) -> Result<String> {
    let hash = Sha256::digest(fs::read(file)?);
    Ok(hash.iter().take(5).map(|byte| format!("{byte:02x}")).collect())
}
