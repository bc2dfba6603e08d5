//! How much a first visit downloads.

use crate::route::Route;
use anyhow::{Result, ensure};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

/// What a first visit may weigh, in bytes of brotli: one page for each part of
/// the program.
const BUDGETS: [(Route, usize); 7] = [
    (Route::AdminUser, 240_000),
    (Route::Home, 155_000),
    (Route::Login, 158_000),
    (Route::Account, 210_000),
    (Route::Help, 170_000),
    (Route::ResetCheckEmail, 146_000),
    (Route::Reset, 130_000),
];

/// Prints the weight of first visits, file by file.
///
/// # Errors
/// If one is over its budget; all of them are printed before.
pub fn report(dist: &Path) -> Result<()> {
    let reports = BUDGETS.map(|(route, budget)| report_page(dist, route, budget));
    reports.into_iter().collect()
}

fn report_page(dist: &Path, route: Route, budget: usize) -> Result<()> {
    let path = route.path();
    println!("First visit of /{path}, brotli:");
    let mut sum = 0;
    for file in first_visit(dist, path)? {
        let bytes = fs::read(&file)?;
        let packed = brotli(&bytes)?;
        sum += packed;
        let name = file.strip_prefix(dist).unwrap_or(&file).display();
        println!("{packed:>9} of {:>7}  {name}", bytes.len());
    }
    println!("{sum:>9} of {budget} allowed");
    ensure!(sum <= budget, "The first visit of /{path} is over its budget.");
    Ok(())
}

/// The page and every file that is named in it.
fn first_visit(dist: &Path, path: &str) -> Result<Vec<PathBuf>> {
    let page = dist.join(path).join("index.html");
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
