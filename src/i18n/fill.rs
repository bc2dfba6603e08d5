//! Filling in what a text leaves open.

use super::Plural;
use super::intl::intl;

/// A piece of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part<'a> {
    /// Words.
    Words(&'a str),
    /// The name of something to fill in, without its braces.
    Blank(&'a str),
}

/// Takes a text with `{blanks}` apart. A brace without its partner is a word.
pub fn parts(text: &str) -> impl Iterator<Item = Part<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        if let Some((name, after)) = rest.strip_prefix('{').and_then(|rest| rest.split_once('}')) {
            rest = after;
            return Some(Part::Blank(name));
        }
        let brace = rest.char_indices().skip(1).find(|(_, c)| *c == '{');
        let (words, after) = rest.split_at(brace.map_or(rest.len(), |(at, _)| at));
        rest = after;
        Some(Part::Words(words))
    })
}

/// A text with its blanks filled in. What is filled in is not looked at again,
/// so a name that looks like a blank stays as it is. In a language that is written from
/// right to left, each name keeps its own direction.
pub fn fill(text: &str, blanks: &[(&str, &str)]) -> String {
    with(text, blanks, (intl().is_rtl)())
}

/// The same for what leaves the page as plain text, where nothing hidden should be.
pub fn fill_bare(text: &str, blanks: &[(&str, &str)]) -> String {
    // A text may have come with some.
    with(text, blanks, false).replace(is_mark, "")
}

/// A mark that isolates the direction of what stands between it and its end.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{2066}'..='\u{2069}')
}

/// A text in its form for a number, which is its blank `{count}`.
pub fn counted(text: &Plural, count: u64, blanks: &[(&str, &str)]) -> String {
    let number = (intl().number)(count);
    let form = text.0.get((intl().category)(count) as usize).copied().unwrap_or_default();
    let [.., other] = text.0;
    let blanks = [blanks, &[("count", number.as_str())]].concat();
    fill(if form.is_empty() { other } else { form }, &blanks)
}

fn with(text: &str, blanks: &[(&str, &str)], isolate: bool) -> String {
    let mut filled = String::new();
    for part in parts(text) {
        match part {
            Part::Words(words) => filled += words,
            Part::Blank(name) => {
                let known = blanks.iter().find(|(blank, _)| *blank == name);
                let value = known.map_or("", |(_, value)| value);
                // First strong isolate, and its end.
                let marks = if isolate { ["\u{2068}", "\u{2069}"] } else { [""; 2] };
                let [start, end] = marks;
                filled.extend([start, value, end]);
            }
        }
    }
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_are_filled_in_once() {
        let text = "An email to {email} from {server}.";
        let filled = fill(text, &[("email", "{server}@x"), ("server", "example.org")]);
        assert_eq!(filled, "An email to {server}@x from example.org.");
    }

    #[test]
    fn a_text_without_blanks_is_itself() {
        for text in ["", "Plain.", "Ünïcödé", "a } b", "a { b"] {
            assert_eq!(fill(text, &[]), text);
        }
    }

    /// A brace in a text is always a blank that somebody fills in: what else is
    /// between braces would be lost.
    #[test]
    fn every_blank_is_one_that_is_filled_in() {
        const KNOWN: &str = "account address base client contact count email emails from host \
            id key keys mas line link name names number other page path problem provider \
            providers reason reply request rules server site time title to total upstream user version what";
        let known: Vec<_> = KNOWN.split(' ').collect();
        let mut seen = 0;
        for line in include_str!("../../locales/en.toml").lines() {
            // Forms of a text for numbers are written between braces too, with spaces.
            let blanks = parts(line).filter_map(|part| match part {
                Part::Blank(name) if !name.contains(' ') && !line.starts_with('#') => Some(name),
                _ => None,
            });
            for name in blanks {
                seen += 1;
                assert!(known.contains(&name), "{{{name}}} in {line}");
            }
        }
        assert!(seen > 100, "{seen}");
    }

    #[test]
    fn a_number_finds_its_form() {
        let text = Plural(["", "one of {of}", "", "", "", "{count} of {of}"]);
        assert_eq!(counted(&text, 1, &[("of", "many")]), "one of many");
        assert_eq!(counted(&text, 2, &[("of", "many")]), "2 of many");
        let without_one = Plural(["", "", "", "", "", "{count}"]);
        assert_eq!(counted(&without_one, 1, &[]), "1");
    }

    #[test]
    fn a_name_keeps_its_direction() {
        assert_eq!(with("a {b} c", &[("b", "x")], true), "a \u{2068}x\u{2069} c");
        assert_eq!(with("a {b} c", &[("b", "x")], false), "a x c");
    }

    #[test]
    fn a_text_is_taken_apart() {
        let pieces: Vec<_> = parts("{a}b{c}").collect();
        assert_eq!(pieces, [Part::Blank("a"), Part::Words("b"), Part::Blank("c")]);
    }
}
