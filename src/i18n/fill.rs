//! Filling in what a text leaves open.

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
/// so a name that looks like a blank stays as it is.
pub fn fill(text: &str, blanks: &[(&str, &str)]) -> String {
    parts(text)
        .map(|part| match part {
            Part::Words(words) => words,
            Part::Blank(name) => {
                let known = blanks.iter().find(|(blank, _)| *blank == name);
                known.map_or("", |(_, value)| value)
            }
        })
        .collect()
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
        const KNOWN: [&str; 22] = [
            "account",
            "address",
            "base",
            "client",
            "contact",
            "count",
            "email",
            "host",
            "id",
            "keys",
            "name",
            "number",
            "other",
            "page",
            "problem",
            "providers",
            "reason",
            "reply",
            "request",
            "rules",
            "server",
            "site",
        ];
        const MORE: [&str; 13] = [
            "emails", "from", "key", "line", "link", "names", "provider", "time", "title", "to",
            "upstream", "user", "what",
        ];
        let files = [
            include_str!("en.rs"),
            include_str!("account/en.rs"),
            include_str!("admin/en.rs"),
            include_str!("check/en.rs"),
            include_str!("desk/en.rs"),
            include_str!("login/en.rs"),
            include_str!("many/en.rs"),
            include_str!("start/en.rs"),
            include_str!("verdict/en.rs"),
        ];
        let mut seen = 0;
        for line in files.iter().flat_map(|file| file.lines()) {
            let Some((_, text)) = line.split_once('"') else { continue };
            for part in parts(text) {
                if let Part::Blank(name) = part {
                    seen += 1;
                    assert!(KNOWN.contains(&name) || MORE.contains(&name), "{{{name}}} in {line}");
                }
            }
        }
        assert!(seen > 100, "{seen}");
    }

    #[test]
    fn a_text_is_taken_apart() {
        let pieces: Vec<_> = parts("{a}b{c}").collect();
        assert_eq!(pieces, [Part::Blank("a"), Part::Words("b"), Part::Blank("c")]);
    }
}
