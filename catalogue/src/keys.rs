//! Texts by their keys.

use crate::{Table, Text};

/// Every text with its key, such as `main.reset.title`; what belongs together has the key of
/// the whole and its number, or the name of its form.
pub fn flat(locale: &Table) -> Vec<(String, String)> {
    let mut all = Vec::new();
    add(&mut all, "", locale);
    all
}

fn add(all: &mut Vec<(String, String)>, before: &str, table: &Table) {
    for (key, text) in table {
        let key = [before, key].concat();
        match text {
            Text::Words(words) => all.push((key, words.clone())),
            Text::List(items) => {
                let items = items.iter().enumerate();
                all.extend(items.map(|(at, words)| (format!("{key}.{at}"), words.clone())));
            }
            Text::Plural(forms) => {
                let forms = forms.iter();
                all.extend(forms.map(|(form, words)| (format!("{key}.{form}"), words.clone())));
            }
            Text::Table(table) => add(all, &[&key, "."].concat(), table),
        }
    }
}

/// A language of which each text is its key, between marks: what a page says then tells from
/// where it has that. What is filled in follows, but for the homeserver's name:
/// `⟦main.progress.step|step=1⟧`.
pub fn by_keys(locale: &Table) -> Table {
    marked("", locale)
}

fn mark(key: &str, words: &str) -> String {
    let blanks = words.split('{').skip(1).filter_map(|rest| rest.split('}').next());
    let blanks = blanks.filter(|blank| *blank != "server");
    let blanks = blanks.map(|blank| format!("|{blank}={{{blank}}}")).collect::<String>();
    ["⟦", key, &blanks, "⟧"].concat()
}

fn marked(before: &str, table: &Table) -> Table {
    let entry = |(name, text): &(String, Text)| {
        let key = [before, name].concat();
        let text = match text {
            Text::Words(words) => Text::Words(mark(&key, words)),
            Text::List(items) => {
                let items = items.iter().enumerate();
                Text::List(items.map(|(at, words)| mark(&format!("{key}.{at}"), words)).collect())
            }
            Text::Plural(forms) => {
                let mark = |form: &str, words: &str| mark(&format!("{key}.{form}"), words);
                let forms = forms.iter().map(|(form, words)| (form.clone(), mark(form, words)));
                Text::Plural(forms.collect())
            }
            Text::Table(table) => Text::Table(marked(&[&key, "."].concat(), table)),
        };
        (name.clone(), text)
    };
    table.iter().map(entry).collect()
}

/// Puts texts in the place of their keys. `word` gives the text for a key.
///
/// # Errors
/// The first key that is unknown.
pub fn resolve(marked: &str, word: impl Fn(&str) -> Option<String>) -> Result<String, String> {
    let mut html = marked.to_owned();
    // The innermost first: a text may be filled in with another one.
    while let Some((before, after)) = html.split_once('⟧') {
        let (before, inside) = before.rsplit_once('⟦').ok_or("⟧")?;
        let mut parts = inside.split('|');
        let key = parts.next().unwrap_or_default();
        let mut text = word(key).ok_or(key)?;
        for (blank, filling) in parts.filter_map(|part| part.split_once('=')) {
            text = text.replace(&format!("{{{blank}}}"), filling);
        }
        html = [before, &text, after].concat();
    }
    Ok(html)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse;

    #[test]
    fn a_text_is_found_by_what_stands_in_its_place() {
        let english =
            "[a]\nb = \"Step {step}: {name}\"\nc = [\"Two\", \"Three\"]\n[a.d]\nb = \"Four\"";
        let locale = parse(english).unwrap();
        let texts = flat(&locale);
        let keys = texts.iter().map(|(key, _)| key.as_str()).collect::<Vec<_>>();
        assert_eq!(keys, ["a.b", "a.c.0", "a.c.1", "a.d.b"]);
        let marked = flat(&by_keys(&locale));
        let filled = marked[0].1.replace("{step}", "1").replace("{name}", &marked[3].1);
        let word = |key: &str| texts.iter().find(|(known, _)| known == key).map(|it| it.1.clone());
        assert_eq!(resolve(&format!("<p>{filled}</p>"), word), Ok("<p>Step 1: Four</p>".into()));
        assert_eq!(resolve("⟦a.x⟧", word), Err("a.x".into()));
    }
}
