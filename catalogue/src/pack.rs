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

/// The same in a language that is written from right to left: what begins with a sign and
/// reads from left to right, such as `@alice:example.org` or `/_matrix`, would otherwise have
/// its sign at the wrong end.
pub fn pack_rtl(locale: &Table, tables: &[&str]) -> String {
    isolated(&pack(locale, tables))
}

/// The same with texts.
pub fn isolated(text: &str) -> String {
    let mut isolated = String::with_capacity(text.len());
    for piece in text.split_inclusive([' ', '\n', '\u{a0}', TEXT, TABLE]) {
        let opening = piece.trim_start_matches(['(', '“', '«', '"', '״', '„']);
        let before = piece.len() - opening.len();
        let is_inside = |c: char| c.is_ascii_graphic() && !matches!(c, '"' | '(' | ')' | ',' | ';');
        let end = opening.find(|c| !is_inside(c)).unwrap_or(opening.len());
        let token = opening[..end].trim_end_matches(['.', ':']);
        if token.len() > 1 && token.starts_with(['@', '/', '*', '#', '.']) {
            isolated.push_str(&piece[..before]);
            isolated.extend(["\u{2066}", token, "\u{2069}"]);
            isolated.push_str(&opening[token.len()..]);
        } else {
            isolated.push_str(piece);
        }
    }
    isolated
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

    #[test]
    fn from_right_to_left_signs_stay_where_they_are() {
        let locale = parse("[a]\nb = \"x @alice:example.org. «/_matrix», {server} a/b\"");
        let packed = pack_rtl(&locale.unwrap_or_default(), &["a"]);
        let packed = packed.replace('\u{2066}', "<").replace('\u{2069}', ">");
        assert!(packed.ends_with("x <@alice:example.org>. «</_matrix>», {server} a/b"), "{packed}");
    }
}
