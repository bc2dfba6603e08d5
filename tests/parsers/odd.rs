//! Texts that are odd, and small changes that make a right one wrong.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

/// What has broken programs before: control characters, marks that turn the
/// direction of writing, letters that change their length with their case, pieces of
/// addresses, of JSON, of tables and of the texts of this site.
const ODD: [&str; 72] = [
    "",
    " ",
    "\0",
    "\u{1}\u{7f}\u{85}",
    "\r\n",
    "\t",
    "\u{2028}",
    "\u{202e}gnp.exe",
    "\u{2066}x\u{2069}",
    "\u{feff}",
    "\u{200b}",
    "\u{ad}",
    "e\u{301}\u{301}\u{301}",
    "👩\u{200d}👩\u{200d}👧",
    "\u{10ffff}",
    "\u{fffd}",
    "İıſßK",
    "ﬀ",
    "١٢٣",
    "ü",
    "null",
    "__proto__",
    "-0",
    "0x7",
    "1e400",
    "NaN",
    "18446744073709551615",
    "18446744073709551616",
    "%",
    "%2",
    "%00",
    "%ff%fe",
    "%25252e",
    "+",
    "&",
    "&amp;",
    "=",
    "?",
    "#",
    "@",
    ":",
    ":0",
    ".",
    "/",
    "//",
    "/_",
    "\\",
    "'",
    "\"",
    "\"\"",
    ",",
    ";",
    "，",
    "<script>alert(1)</script>",
    "javascript:alert(1)",
    "JAVASCRIPT://x/%0aalert(1)",
    "data:text/html,x",
    "https://",
    "http://localhost",
    "https://[::1",
    "https://user:pw@evil.example",
    "mailto:a@b?bcc=c@d",
    "@a:b",
    "a@b",
    "=cmd|' /C calc'!A0",
    "{",
    "}",
    "{server}",
    "\u{1d}",
    "\u{1e}",
    "ed25519:",
    "====",
];

/// An odd text: one of them, several, many, or letters by chance.
pub fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => select(&ODD[..]).prop_map(str::to_owned),
        2 => vec(select(&ODD[..]), 2..5).prop_map(|texts| texts.concat()),
        2 => vec(any::<char>(), 0..12).prop_map(String::from_iter),
        1 => (select(&ODD[..]), 1..300_usize).prop_map(|(text, often)| text.repeat(often)),
    ]
}

/// One change of a text. Where it is made is counted on from the start of the text as
/// often as it takes.
#[derive(Clone, Debug)]
pub struct Change {
    kind: Kind,
    at: usize,
    length: usize,
    odd: String,
}

#[derive(Clone, Copy, Debug)]
enum Kind {
    CutOff,
    Remove,
    Insert,
    Replace,
    Repeat,
    Uppercase,
    Lowercase,
    NextLetter,
    Turn,
}

/// Any change.
pub fn change() -> impl Strategy<Value = Change> {
    const KINDS: [Kind; 9] = [
        Kind::CutOff,
        Kind::Remove,
        Kind::Insert,
        Kind::Replace,
        Kind::Repeat,
        Kind::Uppercase,
        Kind::Lowercase,
        Kind::NextLetter,
        Kind::Turn,
    ];
    (select(&KINDS[..]), 0..100_000_usize, 0..12_usize, text())
        .prop_map(|(kind, at, length, odd)| Change { kind, at, length, odd })
}

impl Change {
    /// The text after it.
    pub fn of(&self, text: &str) -> String {
        let (before, rest) = text.split_at(boundary(text, self.at % (text.len() + 1)));
        let (touched, after) = rest.split_at(boundary(rest, self.length.min(rest.len())));
        let middle = match self.kind {
            Kind::CutOff => return before.to_owned(),
            Kind::Remove => String::new(),
            Kind::Insert => [&self.odd, touched].concat(),
            Kind::Replace => self.odd.clone(),
            Kind::Repeat => touched.repeat(3),
            Kind::Uppercase => touched.to_uppercase(),
            Kind::Lowercase => touched.to_lowercase(),
            Kind::NextLetter => {
                touched.chars().map(|c| char::from_u32(c as u32 + 1).unwrap_or(c)).collect()
            }
            Kind::Turn => touched.chars().rev().collect(),
        };
        [before, &middle, after].concat()
    }
}

/// The last place before this one that is not within a letter.
fn boundary(text: &str, at: usize) -> usize {
    (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}
