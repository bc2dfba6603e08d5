//! `wasm-bindgen`, as Trunk calls it, with every package as `Cargo.lock` pins it. The one on
//! crates.io comes with a lock file that cannot be used. The compiler refuses to build a program
//! of the name wasm-bindgen, so `tools.rs` gives it that name afterwards.

use anyhow::{Context, Result};
use clap::{Parser, ValueEnum};
use std::path::PathBuf;
use wasm_bindgen_cli_support::Bindgen;

/// The options that Trunk gives it. Others are an error, so that none is ignored.
#[derive(Parser)]
#[command(name = "wasm-bindgen", version = version())]
struct Args {
    /// What the compiler made.
    input: PathBuf,
    /// Where the result runs.
    #[arg(long)]
    target: Target,
    /// The folder for the result.
    #[arg(long)]
    out_dir: PathBuf,
    /// The name of the result, without an ending.
    #[arg(long)]
    out_name: String,
    /// Writes no types for TypeScript.
    #[arg(long)]
    no_typescript: bool,
}

#[derive(Clone, ValueEnum)]
enum Target {
    Web,
}

/// The version of the library that does the work.
fn version() -> &'static str {
    let lock = include_str!("../../../Cargo.lock");
    let after = lock.split_once("name = \"wasm-bindgen-cli-support\"\nversion = \"");
    after.and_then(|(_, after)| after.split('"').next()).unwrap_or("unknown")
}

fn main() -> Result<()> {
    let Args { input, target: Target::Web, out_dir, out_name, no_typescript } = Args::parse();
    let mut bindgen = Bindgen::new();
    bindgen.web(true)?.input_path(&input).out_name(&out_name).typescript(!no_typescript);
    // As the program on crates.io does by default, unlike the library.
    bindgen.omit_default_module_path(false);
    bindgen.generate(&out_dir).with_context(|| input.display().to_string())
}
