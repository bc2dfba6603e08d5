//! How much a first visit downloads.

use crate::languages::LANGUAGES;
use crate::pack;
use crate::route::{Part, Route};
use anyhow::{Context, Result, ensure};
use std::fs;
use std::path::{Path, PathBuf};

/// What a first visit may weigh, in bytes of brotli: one page for each part of
/// the program.
const BUDGETS: [(Route, usize); 7] = [
    (Route::AdminUser, 242_000),
    (Route::Account, 218_000),
    (Route::Help, 176_000),
    (Route::Login, 164_000),
    (Route::Home, 167_000),
    (Route::ResetCheckEmail, 168_000),
    (Route::Reset, 119_000),
];

/// What the program itself may weigh there.
const PROGRAM: usize = 104_000;

/// How much more a first visit of `/reset/` may weigh in another language than in English.
const MORE_IN_A_LANGUAGE: usize = 2_500;

/// Prints the weight of first visits, file by file, in English, and what other languages
/// add to that.
///
/// # Errors
/// If one is over its budget; all of them are printed before.
pub fn report(dist: &Path) -> Result<()> {
    let reports = BUDGETS.map(|(route, budget)| report_page(dist, route, budget));
    let languages = report_languages(dist);
    reports.into_iter().collect::<Result<()>>().and(languages)
}

/// The table of the README.
pub fn table(dist: &Path) -> Result<String> {
    let mut table = "| page | kB |\n|---|---|\n".to_owned();
    for (route, _) in BUDGETS.into_iter().rev() {
        let files = first_visit(dist, route)?;
        let sum = files.iter().map(|file| packed(file)).sum::<Result<usize>>()?;
        let path = ["/", route.path()].concat();
        table += &format!("| `{path}` | {:.1} |\n", sum as f64 / 1000.0);
    }
    Ok(table)
}

fn report_languages(dist: &Path) -> Result<()> {
    let weigh = |code: &str| {
        let mut texts = texts(dist, Route::Reset, code)?;
        // In English, what is painted first is in the page.
        if code != "en" {
            let name = [crate::shell::of(Route::Reset), "-shell.txt"].concat();
            let shell = texts.first().map(|file| file.with_file_name(name));
            texts.extend(shell);
        }
        texts.iter().map(|file| packed(file)).sum::<Result<usize>>()
    };
    let english = weigh("en")?;
    let mut heaviest = 0;
    println!("A first visit of /reset/ in another language, more than in English:");
    for (code, ..) in LANGUAGES {
        let more = weigh(code)?.saturating_sub(english);
        heaviest = heaviest.max(more);
        println!("{more:>9}  {code}");
    }
    let is_over = "Texts in one language are over their budget.";
    ensure!(heaviest <= MORE_IN_A_LANGUAGE, is_over);
    Ok(())
}

/// The files of texts that `language.js` loads for a page.
fn texts(dist: &Path, route: Route, code: &str) -> Result<Vec<PathBuf>> {
    let html = fs::read_to_string(dist.join(route.path()).join("index.html"))?;
    let folder = html.split_once("data-texts=\"").and_then(|(_, rest)| rest.split_once('"'));
    let (folder, _) = folder.context("the page names no texts")?;
    let mut names = vec![Part::Reset.texts().0, route.part().texts().0];
    names.dedup();
    let file = |name: &str| dist.join(folder).join(code).join(name).with_extension("txt");
    Ok(names.into_iter().map(file).collect())
}

fn report_page(dist: &Path, route: Route, budget: usize) -> Result<()> {
    let path = route.path();
    println!("First visit of /{path}, brotli:");
    let (mut sum, mut program) = (0, 0);
    for file in first_visit(dist, route)? {
        let bytes = fs::read(&file)?;
        let packed = packed(&file)?;
        sum += packed;
        program += if file.extension().is_some_and(|end| end == "wasm") { packed } else { 0 };
        let name = file.strip_prefix(dist).unwrap_or(&file).display();
        println!("{packed:>9} of {:>7}  {name}", bytes.len());
    }
    println!("{sum:>9} of {budget} allowed");
    ensure!(sum <= budget, "The first visit of /{path} is over its budget.");
    let is_light = route != Route::Reset || program <= PROGRAM;
    ensure!(is_light, "The program for /{path} is {program} of {PROGRAM} allowed.");
    Ok(())
}

/// What the program asks for on the pages of a part, and no page names.
const fn asked_for(part: Part) -> &'static [&'static str] {
    match part {
        Part::Wait => &["pictures.svg"],
        Part::Help => &["help.svg"],
        Part::Admin => &["admin.css"],
        _ => &[],
    }
}

/// The page, every file that is named in it or asked for, and its texts in English.
fn first_visit(dist: &Path, route: Route) -> Result<Vec<PathBuf>> {
    let page = dist.join(route.path()).join("index.html");
    let html = fs::read_to_string(&page)?;
    let named = html.split(['"', ' ', '#']).map(|text| dist.join(text));
    let mut files: Vec<_> = named.filter(|file| file.is_file()).collect();
    files.push(dist.join("config.json"));
    files.sort();
    files.dedup();
    files.insert(0, page);
    files.extend(asked_for(route.part()).iter().map(|file| dist.join(file)));
    files.extend(texts(dist, route, "en")?);
    Ok(files)
}

/// The size of a file after brotli at its best.
fn packed(file: &Path) -> Result<usize> {
    Ok(pack::brotli(&fs::read(file)?)?.len())
}
