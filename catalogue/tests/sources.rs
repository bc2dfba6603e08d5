//! No text for people stands in the program itself: it would stay in English.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use std::path::{Path, PathBuf};
use std::{fs, io};

/// These are for machines, or the same in every language.
const NOT_FOR_PEOPLE: [&str; 16] = [
    "# In the server block of ",
    "Authorization",
    "Bearer ",
    "Caddy",
    "CapsLock",
    "ClientSecret(redacted)",
    "Content-Type",
    "Ed25519",
    "Es",
    "Files",
    "Retry-After",
    "Secret(redacted)",
    "TimeoutError",
    "mas-cli manage set-password NAME PASSWORD",
    "ArrowDown",
    "ArrowUp",
];

/// Languages by their own names; what only the gallery and the tests show.
const LEFT_OUT: [&str; 7] = [
    "answers.rs",
    "gallery",
    "gallery.rs",
    "languages.rs",
    "property.rs",
    "tests.rs",
    "two_tabs.rs",
];

#[test]
fn no_text_for_people_is_outside_of_the_catalogue() -> io::Result<()> {
    let mut found = Vec::new();
    let mut files = 0;
    each_file(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../src"), &mut |file| {
        let code = fs::read_to_string(file)?
            .parse::<TokenStream>()
            .map_err(|error: proc_macro2::LexError| io::Error::other(error.to_string()))?;
        files += 1;
        let mut texts = Vec::new();
        literals(code, &mut texts);
        let for_people = texts.into_iter().filter(|text| is_for_people(text));
        found.extend(for_people.map(|text| format!("{}: {text:?}", file.display())));
        Ok(())
    })?;
    assert!(files > 150, "{files} files were read");
    assert!(found.is_empty(), "these belong into locales/en.toml:\n{}", found.join("\n"));
    Ok(())
}

#[test]
fn what_is_for_people_is_known_by_how_it_is_written() {
    for text in ["Sign in", "Help", "Éteindre", "save the file", ", and then", "of {count}"] {
        assert!(is_for_people(text), "{text}");
    }
    for text in
        ["notice critical", "a[href]", "/_matrix/client", "<div class=\"x\">", "M_FORBIDDEN"]
    {
        assert!(!is_for_people(text), "{text}");
    }
}

fn each_file(folder: &Path, see: &mut impl FnMut(&PathBuf) -> io::Result<()>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        match path.is_dir() {
            _ if LEFT_OUT.contains(&name) => {}
            true => each_file(&path, see)?,
            false if name.ends_with(".rs") => see(&path)?,
            false => {}
        }
    }
    Ok(())
}

/// All string literals but those in attributes and in test code.
fn literals(code: TokenStream, found: &mut Vec<String>) {
    let mut tokens = code.into_iter().peekable();
    let mut is_test = false;
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Punct(mark) if mark.as_char() == '#' => {
                if let Some(TokenTree::Punct(_)) = tokens.peek() {
                    tokens.next();
                }
                if let Some(TokenTree::Group(attribute)) = tokens.peek()
                    && attribute.delimiter() == Delimiter::Bracket
                {
                    is_test |= attribute.stream().to_string().contains("cfg (test)");
                    tokens.next();
                }
            }
            TokenTree::Group(group) => {
                let is_body = group.delimiter() == Delimiter::Brace;
                if !(is_test && is_body) {
                    literals(group.stream(), found);
                }
                is_test &= !is_body;
            }
            TokenTree::Literal(literal) => {
                if let Ok(text) = syn::parse_str::<syn::LitStr>(&literal.to_string()) {
                    found.push(text.value());
                }
            }
            // `#[cfg(test)] mod tests;` has no body.
            TokenTree::Punct(mark) if mark.as_char() == ';' => is_test = false,
            _ => {}
        }
    }
}

/// A word that begins with a capital letter, or several small ones that are not a list of
/// classes. What has an underscore or a bracket in it is for a machine.
fn is_for_people(text: &str) -> bool {
    let is_for_machines =
        text.contains(['_', '[']) || text.trim_start().starts_with(['<', '/', '.']);
    if is_for_machines || NOT_FOR_PEOPLE.contains(&text) {
        return false;
    }
    let mut letters = text.trim_start().chars();
    let is_capital = letters.next().is_some_and(char::is_uppercase)
        && letters.next().is_some_and(char::is_lowercase);
    let is_word = |word: &str| {
        let word = word.trim_end_matches(['.', ',', ':', '?', '…']);
        word.len() > 1 && word.chars().all(char::is_alphabetic)
    };
    let words = text.split_whitespace().filter(|word| is_word(word)).count();
    let is_sentence = words > 2 || (words > 0 && text.contains([',', '{', '…']));
    is_capital || (text.contains(' ') && is_sentence)
}
