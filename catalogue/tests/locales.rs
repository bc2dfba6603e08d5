//! Every language says all that English says.

#[path = "../../src/i18n/languages.rs"]
#[allow(missing_docs)]
mod languages;

use languages::LANGUAGES;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../locales")
}

fn read(code: &str) -> Result<catalogue::Table, String> {
    catalogue::read(&folder().join(code).with_extension("toml"))
}

#[test]
fn no_language_differs_from_english_in_what_it_says() -> Result<(), String> {
    let english = read("en")?;
    let mut problems = Vec::new();
    for (code, ..) in LANGUAGES {
        problems.extend(catalogue::compare(&english, &read(code)?, code));
    }
    assert!(problems.is_empty(), "in locales/:\n{}", problems.join("\n"));
    Ok(())
}

#[test]
fn every_file_is_a_language_of_the_site() -> Result<(), String> {
    let files = std::fs::read_dir(folder()).map_err(|error| error.to_string())?;
    let files: BTreeSet<_> =
        files.filter_map(|file| file.ok()?.file_name().into_string().ok()).collect();
    let wanted: BTreeSet<_> = LANGUAGES.iter().map(|(code, ..)| format!("{code}.toml")).collect();
    assert_eq!(files, wanted, "in locales/, and in src/i18n/languages.rs");
    Ok(())
}

/// Whoever was led here by the guide has to know its buttons again.
#[test]
fn the_buttons_of_the_guide_stand_word_for_word() -> Result<(), String> {
    let english = catalogue::pack(&read("en")?, &["main", "wait", "login", "account"]);
    let texts: Vec<_> = english.split([catalogue::TEXT, catalogue::TABLE]).collect();
    for button in [
        "Sign out",
        "Set a new one",
        "Send Reset Email",
        "I have verified my email address",
        "Return to login screen",
        "Sign in",
    ] {
        assert!(texts.contains(&button), "{button}");
    }
    Ok(())
}
