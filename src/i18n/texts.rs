//! The texts themselves, in the reader's language. `build.rs` makes a module of each
//! table of `locales/en.toml`. What the browser downloads holds the texts of some tables
//! without their keys, `TEXT` before each and `TABLE` before each table; whoever wants one
//! first takes its table apart.

use std::cell::{Cell, RefCell};

include!(concat!(env!("OUT_DIR"), "/texts.rs"));

/// English is part of the program where that is in one piece.
#[cfg(not(split))]
const ENGLISH: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/english.rs"));
#[cfg(split)]
const ENGLISH: &[(&str, &str)] = &[];

thread_local! {
    static SHELF: RefCell<Vec<(&'static str, &'static str)>> = const { RefCell::new(Vec::new()) };
    /// How often texts were put there.
    static EDITION: Cell<u32> = const { Cell::new(0) };
}

/// Takes a download with at least these tables: from now on their texts are these. Says
/// whether it is one; where it is not, nothing changes.
pub fn take(tables: &[&str], download: &str) -> bool {
    let names = || download.split(TABLE).skip(1).filter_map(|table| table.split(TEXT).next());
    if !tables.iter().all(|table| names().any(|name| name == *table)) {
        return false;
    }
    // Texts are there for as long as the page: there are as many as languages were chosen.
    let download: &'static str = download.to_owned().leak();
    SHELF.with_borrow_mut(|shelf| {
        for table in download.split(TABLE).skip(1) {
            let (name, _) = table.split_once(TEXT).unwrap_or((table, ""));
            shelf.retain(|(other, _)| *other != name);
            shelf.push((name, table));
        }
    });
    EDITION.set(EDITION.get() + 1);
    true
}

/// Whether these tables are there.
pub fn has(tables: &[&str]) -> bool {
    tables.iter().all(|table| !packed(table).is_empty())
}

fn packed(name: &str) -> &'static str {
    let of = |tables: &[(&str, &'static str)]| {
        tables.iter().find(|(table, _)| *table == name).map(|(_, packed)| *packed)
    };
    SHELF.with_borrow(|shelf| of(shelf)).or_else(|| of(ENGLISH)).unwrap_or_default()
}

/// The texts of a table, read from what is on the shelf.
struct Here<T: 'static>(Cell<Option<(u32, &'static T)>>);

impl<T> Here<T> {
    const fn new() -> Self {
        Self(Cell::new(None))
    }

    fn read(&self, name: &str, read: fn(&mut Lines) -> T) -> &'static T {
        let edition = EDITION.get();
        match self.0.get() {
            Some((read_at, texts)) if read_at == edition => texts,
            _ => {
                let mut lines = Lines(packed(name).split(TEXT));
                // Its name.
                lines.text();
                let texts = Box::leak(Box::new(read(&mut lines)));
                self.0.set(Some((edition, texts)));
                texts
            }
        }
    }
}

/// Texts, one after the other.
pub(crate) struct Lines(std::str::Split<'static, char>);

impl Lines {
    /// The next one; nothing where there is none.
    pub(crate) fn text(&mut self) -> &'static str {
        self.0.next().unwrap_or_default()
    }

    /// The next ones.
    pub(crate) fn list<const N: usize>(&mut self) -> [&'static str; N] {
        std::array::from_fn(|_| self.text())
    }
}

/// A text in its forms for numbers, in the order of
/// [`Category`](super::intl::Category).
pub struct Plural(pub(crate) [&'static str; 6]);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_is_there() {
        assert!(has(&["main", "many"]));
        assert_eq!(main::main().reset.submit, "Send Reset Email");
        assert_eq!(login::login().set_a_new_one, "Set a new one");
    }

    #[test]
    fn another_language_takes_its_place_and_no_other_page_does() {
        let english = "Your encrypted messages are safe. They are backed up, and you have the key.";
        assert_eq!(verdict::verdict().safe, english);
        assert!(!take(&["verdict"], "<!doctype html>"));
        assert!(!take(&["verdict", "login"], "\u{1d}verdict\u{1e}Sicher"));
        assert_eq!(verdict::verdict().safe, english);
        assert!(take(&["verdict"], "\u{1d}verdict\u{1e}Sicher.\u{1e}Sicher mit Schlüssel."));
        assert_eq!(verdict::verdict().safe, "Sicher.");
        assert_eq!(verdict::verdict().safe_with_key, "Sicher mit Schlüssel.");
        // What is not there is empty, and nothing panics.
        assert_eq!(verdict::verdict().no_key, "");
        assert_eq!(login::login().set_a_new_one, "Set a new one");
    }
}
