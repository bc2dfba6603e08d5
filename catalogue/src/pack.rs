//! What the browser downloads: the texts alone, in the order of the keys.

use crate::plural::CATEGORIES;
use crate::{Table, Text};

/// Stands before each table.
pub const TABLE: char = '\u{1d}';

/// Stands before each text.
pub const TEXT: char = '\u{1e}';

/// These tables, one after the other: the name of each, then its texts. A form that the
/// language does not need is empty.
pub fn pack(locale: &Table, tables: &[&str]) -> String {
    let mut packed = String::new();
    for (name, table) in locale.iter().filter(|(name, _)| tables.contains(&name.as_str())) {
        packed.push(TABLE);
        packed += name;
        add(&mut packed, table);
    }
    packed
}

fn add(packed: &mut String, text: &Text) {
    let mut one = |words: &str| {
        packed.push(TEXT);
        *packed += words;
    };
    match text {
        Text::Words(words) => one(words),
        Text::List(items) => items.iter().for_each(|words| one(words)),
        Text::Plural(forms) => CATEGORIES.iter().for_each(|category| {
            let form = forms.iter().find(|(name, _)| name == category);
            one(form.map_or("", |(_, words)| words));
        }),
        Text::Table(table) => table.iter().for_each(|(_, text)| add(packed, text)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse;

    #[test]
    fn texts_follow_one_another() {
        let locale = parse("[a]\nx = \"1\"\ny = { one = \"2\", other = \"3\" }\n[b]\nz = [\"4\"]");
        let packed = pack(&locale.unwrap_or_default(), &["b", "a"]);
        assert_eq!(packed.replace(TABLE, "|").replace(TEXT, "/"), "|a/1//2////3|b/4");
    }
}
