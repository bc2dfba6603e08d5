//! How much a first visit downloads.

use crate::route::Route;
use anyhow::{Result, ensure};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

/// What the first visit of `/reset/` may weigh, in bytes of brotli.
const BUDGET: usize = 130_000;

/// Prints the weight of the first visit of `/reset/`, file by file.
///
/// # Errors
/// If it is over the budget.
pub fn report(dist: &Path) -> Result<()> {
    println!("First visit of /reset/, brotli:");
    let mut sum = 0;
    for file in first_visit(dist)? {
        let bytes = fs::read(&file)?;
        let packed = brotli(&bytes)?;
        sum += packed;
        let name = file.strip_prefix(dist).unwrap_or(&file).display();
        println!("{packed:>9} of {:>7}  {name}", bytes.len());
    }
    println!("{sum:>9} of {BUDGET} allowed");
    ensure!(sum <= BUDGET, "The first visit of /reset/ is over its budget.");
    Ok(())
}

/// The page and every file that is named in it.
fn first_visit(dist: &Path) -> Result<Vec<PathBuf>> {
    let page = dist.join(Route::Reset.path()).join("index.html");
    let html = fs::read_to_string(&page)?;
    let named = html.split('"').map(|text| dist.join(text.trim_start_matches("./")));
    let mut files: Vec<_> = named.filter(|file| file.is_file()).collect();
    files.sort();
    files.dedup();
    files.insert(0, page);
    Ok(files)
}

/// The size of something after brotli at its best.
fn brotli(bytes: &[u8]) -> Result<usize> {
    let mut packer = brotli::CompressorWriter::new(Vec::new(), 4096, 11, 24);
    packer.write_all(bytes)?;
    Ok(packer.into_inner().len())
}
