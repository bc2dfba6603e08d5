//! The texts of the site, as they stand in `locales/*.toml`: reads them, compares
//! languages with English, and makes of them what the program takes.

// What differs from English.
mod compare;
// Texts by their keys.
pub mod keys;
// The numbers that a language tells apart.
pub mod plural;
// What the browser downloads.
mod pack;
// English, as the program's types.
mod rust;

pub use compare::compare;
pub use pack::{TABLE, TEXT, isolated, pack, pack_rtl};
pub use rust::rust;

use std::path::Path;
use toml::Value;

/// What stands under a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Text {
    /// One text.
    Words(String),
    /// Several that belong together.
    List(Vec<String>),
    /// One text in its forms for numbers, by their CLDR names.
    Plural(Vec<(String, String)>),
    /// More keys.
    Table(Table),
}

/// Keys and texts, in the order of the file.
pub type Table = Vec<(String, Text)>;

/// Reads a language's file.
///
/// # Errors
/// If it cannot be read, is not TOML, or holds something that is not a text.
pub fn read(file: &Path) -> Result<Table, String> {
    let name = file.display();
    let text = std::fs::read_to_string(file).map_err(|error| format!("{name}: {error}"))?;
    parse(&text).map_err(|error| format!("{name}: {error}"))
}

/// Reads the text of a language's file.
///
/// # Errors
/// If it is not TOML, or holds something that is not a text.
pub fn parse(text: &str) -> Result<Table, String> {
    let file: toml::Table = toml::from_str(text).map_err(|error| error.to_string())?;
    table(&file, "")
}

fn table(table: &toml::Table, path: &str) -> Result<Table, String> {
    let read = |(key, value): (&String, &Value)| {
        let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
        Ok((key.clone(), value_of(value, &path)?))
    };
    table.iter().map(read).collect()
}

fn value_of(value: &Value, path: &str) -> Result<Text, String> {
    let words = |value: &Value| {
        let words = value.as_str().map(str::to_owned);
        words.ok_or_else(|| format!("{path} is not a text"))
    };
    match value {
        Value::Array(items) => Ok(Text::List(items.iter().map(words).collect::<Result<_, _>>()?)),
        Value::Table(forms) if is_plural(forms) => {
            let form = |(name, text): (&String, &Value)| Ok((name.clone(), words(text)?));
            Ok(Text::Plural(forms.iter().map(form).collect::<Result<_, String>>()?))
        }
        Value::Table(more) => Ok(Text::Table(table(more, path)?)),
        other => Ok(Text::Words(words(other)?)),
    }
}

fn is_plural(table: &toml::Table) -> bool {
    !table.is_empty() && table.keys().all(|key| plural::CATEGORIES.contains(&key.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_lists_forms_and_tables_are_told_apart() {
        let file = "[a]\nb = \"c\"\nd = [\"e\"]\nf = { one = \"1\", other = \"2\" }\n[a.g]\none = \"h\"\nx = \"y\"";
        let words = |text: &str| Text::Words(text.to_owned());
        let pair = |key: &str, text: &str| (key.to_owned(), text.to_owned());
        let a = vec![
            ("b".to_owned(), words("c")),
            ("d".to_owned(), Text::List(vec!["e".to_owned()])),
            ("f".to_owned(), Text::Plural(vec![pair("one", "1"), pair("other", "2")])),
            (
                "g".to_owned(),
                Text::Table(vec![("one".to_owned(), words("h")), ("x".to_owned(), words("y"))]),
            ),
        ];
        assert_eq!(parse(file), Ok(vec![("a".to_owned(), Text::Table(a))]));
    }

    #[test]
    fn what_is_no_text_is_named() {
        assert_eq!(parse("[a]\nb = 1"), Err("a.b is not a text".to_owned()));
        assert!(parse("a").is_err());
    }
}
