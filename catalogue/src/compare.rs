//! What differs from English in a language's file, and should not.

use crate::plural::{is_one_number, needed};
use crate::{Table, Text};
use std::collections::BTreeSet;

/// What is wrong with a language: one line for each thing.
pub fn compare(english: &Table, other: &Table, language: &str) -> Vec<String> {
    let mut found = Comparison { language, problems: Vec::new() };
    found.tables(language, english, other);
    found.problems
}

struct Comparison<'a> {
    language: &'a str,
    problems: Vec<String>,
}

impl Comparison<'_> {
    fn say(&mut self, path: &str, problem: &str) {
        self.problems.push(format!("{path}: {problem}"));
    }

    fn tables(&mut self, path: &str, english: &Table, other: &Table) {
        let keys = |table: &Table| table.iter().map(|(key, _)| key.clone()).collect::<Vec<_>>();
        let (wanted, there) = (keys(english), keys(other));
        for key in wanted.iter().filter(|key| !there.contains(key)) {
            self.say(&format!("{path}.{key}"), "is missing");
        }
        for key in there.iter().filter(|key| !wanted.contains(key)) {
            self.say(&format!("{path}.{key}"), "is not in English");
        }
        // The browser gets no keys.
        let is_complete =
            wanted.len() == there.len() && wanted.iter().all(|key| there.contains(key));
        if is_complete && wanted != there {
            self.say(path, "its keys are in another order than in English");
        }
        for (key, text) in english {
            let same = other.iter().find(|(name, _)| name == key);
            let Some((_, theirs)) = same else { continue };
            self.texts(&format!("{path}.{key}"), text, theirs);
        }
    }

    fn texts(&mut self, path: &str, english: &Text, other: &Text) {
        match (english, other) {
            (Text::Table(english), Text::Table(other)) => self.tables(path, english, other),
            (Text::Words(english), Text::Words(other)) => self.words(path, english, other),
            (Text::List(english), Text::List(other)) if english.len() == other.len() => {
                for (number, (english, other)) in english.iter().zip(other).enumerate() {
                    self.words(&format!("{path}[{number}]"), english, other);
                }
            }
            (Text::Plural(english), Text::Plural(other)) => self.forms(path, english, other),
            _ => self.say(path, "is of another kind or length than in English"),
        }
    }

    fn forms(&mut self, path: &str, english: &[(String, String)], other: &[(String, String)]) {
        let needed = needed(self.language);
        let there: BTreeSet<_> = other.iter().map(|(name, _)| name.as_str()).collect();
        if there != needed.iter().copied().collect() {
            self.say(path, &format!("needs the forms {needed:?}"));
        }
        let Some((_, last)) = english.last() else { return };
        for (name, words) in other {
            let mut wanted = blanks(last);
            let may_leave_out = is_one_number(self.language, name);
            if may_leave_out && !blanks(words).contains("count") {
                wanted.remove("count");
            }
            let path = format!("{path}.{name}");
            if blanks(words) != wanted {
                self.say(&path, &format!("has the blanks {:?}, not {wanted:?}", blanks(words)));
            }
            self.characters(&path, last, words);
        }
    }

    fn words(&mut self, path: &str, english: &str, other: &str) {
        let (wanted, there) = (blanks(english), blanks(other));
        if wanted != there {
            self.say(path, &format!("has the blanks {there:?}, not {wanted:?}"));
        }
        self.characters(path, english, other);
    }

    fn characters(&mut self, path: &str, english: &str, other: &str) {
        if other.trim().is_empty() {
            self.say(path, "is empty");
        }
        if other.trim() != other && english.trim() == english {
            self.say(path, "begins or ends with a space");
        }
        if has_markup(other) {
            self.say(path, "has markup in it");
        }
        if other.contains(['!', '！', '¡']) && !english.contains('!') {
            self.say(path, "has an exclamation mark");
        }
        // What is filled in is isolated by the program.
        if other.chars().any(is_hidden) {
            self.say(path, "has a hidden character in it");
        }
    }
}

/// The names of what is filled in.
fn blanks(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0)).collect()
}

/// `<b>`, `</b>` or `&amp;`, or what would be taken for it.
fn has_markup(text: &str) -> bool {
    let tag = |rest: &str| rest.starts_with(|c: char| c == '/' || c == '!' || c.is_alphabetic());
    let entity = |rest: &str| {
        let name = rest.split_once(';').map(|(name, _)| name);
        name.is_some_and(|name| {
            !name.is_empty() && name.chars().all(|c| c == '#' || c.is_ascii_alphanumeric())
        })
    };
    text.split('<').skip(1).any(tag) || text.split('&').skip(1).any(entity)
}

/// Marks of direction, and what the program puts between texts. The joiners that Persian
/// and Hindi are written with are letters.
fn is_hidden(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{0}'..='\u{9}' | '\u{b}'..='\u{1f}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse;

    const ENGLISH: &str = "[a]\nb = \"From {server}\"\nc = [\"1\", \"2\"]\n\
        d = { one = \"One of {server}\", other = \"{count} of {server}\" }\ne = \"x\"";

    fn problems(language: &str, file: &str) -> Vec<String> {
        let read = |file| parse(file).unwrap_or_default();
        compare(&read(ENGLISH), &read(file), language)
    }

    #[test]
    fn nothing_is_wrong_with_a_good_one() {
        assert_eq!(problems("en", ENGLISH), [""; 0]);
        let file = "[a]\nb = \"{server} x\"\nc = [\"1\", \"2\"]\nd = { one = \"1 {server}\", \
            few = \"{count} {server}\", many = \"{count} {server}\" }\ne = \"x\"";
        assert_eq!(problems("pl", file), [""; 0]);
    }

    #[test]
    fn each_fault_is_found() {
        for (old, new, wanted) in [
            ("e = \"x\"", "", "de.a.e: is missing"),
            ("e = \"x\"", "e = \"x\"\nf = \"y\"", "de.a.f: is not in English"),
            (
                "b = \"From {server}\"\nc = [\"1\", \"2\"]",
                "c = [\"1\", \"2\"]\nb = \"{server}\"",
                "de.a: its keys",
            ),
            ("From {server}", "From {sever}", "de.a.b: has the blanks"),
            ("From {server}", "From", "de.a.b: has the blanks"),
            ("[\"1\", \"2\"]", "[\"1\"]", "de.a.c: is of another kind"),
            ("\"x\"", "[\"x\"]", "de.a.e: is of another kind"),
            ("one = \"One of {server}\", ", "", "de.a.d: needs the forms"),
            (
                "{server}\", other",
                "{server}\", few = \"Some {server}\", other",
                "de.a.d: needs the forms",
            ),
            ("{count} of {server}", "Some of {server}", "de.a.d.other: has the blanks"),
            ("\"x\"", "\"<b>x\"", "de.a.e: has markup"),
            ("\"x\"", "\"x&nbsp;y\"", "de.a.e: has markup"),
            ("\"x\"", "\"x!\"", "de.a.e: has an exclamation mark"),
            ("\"x\"", "\" \"", "de.a.e: is empty"),
            ("\"x\"", "\" x\"", "de.a.e: begins or ends"),
            ("\"x\"", "\"x\\u2067\"", "de.a.e: has a hidden character"),
        ] {
            let file = ENGLISH.replacen(old, new, 1);
            let problems = problems("de", &file);
            assert!(problems.iter().any(|it| it.starts_with(wanted)), "{wanted}: {problems:?}");
        }
    }
}
