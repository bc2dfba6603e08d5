//! English, as the program's types: a module for each table, with a function of the same
//! name for its texts in the reader's language. They are read in the order of the file.

use crate::{TABLE, TEXT, Table, Text};
use std::fmt::Write;

/// What stands between texts, and a module for each table of the file.
pub fn rust(locale: &Table) -> String {
    let mut code = format!("const TABLE: char = {TABLE:?};\nconst TEXT: char = {TEXT:?};\n");
    for (name, text) in locale {
        let Text::Table(table) = text else { continue };
        let kind = camel(name);
        let _ = write!(
            code,
            "/// The texts of `[{name}]`.\npub mod {name} {{\nuse super::{{Here, Lines}};\n\
             /// These texts in the reader's language.\n\
             pub fn {name}() -> &'static {kind} {{\n\
             thread_local!(static HERE: Here<{kind}> = const {{ Here::new() }});\n\
             HERE.with(|here| here.read(\"{name}\", {kind}::read))\n}}\n"
        );
        structs(&mut code, name, name, &kind, table);
        code += "}\n";
    }
    code
}

fn structs(code: &mut String, module: &str, path: &str, name: &str, table: &Table) {
    let inner = |key: &str| match path == module {
        true => camel(key),
        false => format!("{name}{}", camel(key)),
    };
    let mut fields = String::new();
    let mut reads = String::new();
    for (key, text) in table {
        let (kind, read) = match text {
            Text::Words(_) => ("&'static str".to_owned(), "lines.text()".to_owned()),
            Text::List(items) => {
                (format!("[&'static str; {}]", items.len()), "lines.list()".to_owned())
            }
            Text::Plural(_) => {
                ("super::Plural".to_owned(), "super::Plural(lines.list())".to_owned())
            }
            Text::Table(_) => (inner(key), format!("{}::read(lines)", inner(key))),
        };
        let _ = writeln!(fields, "pub(crate) {key}: {kind},");
        let _ = writeln!(reads, "{key}: {read},");
    }
    let _ = write!(
        code,
        "/// The texts of `[{path}]`.\npub struct {name} {{\n{fields}}}\n\
         impl {name} {{\npub(crate) fn read(lines: &mut Lines) -> Self {{\nSelf {{\n{reads}}}\n}}\n}}\n"
    );
    for (key, text) in table {
        if let Text::Table(more) = text {
            structs(code, module, &format!("{path}.{key}"), &inner(key), more);
        }
    }
}

fn camel(key: &str) -> String {
    let word = |word: &str| {
        let mut letters = word.chars();
        letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect()
    };
    key.split('_').map(word).collect::<Vec<String>>().concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse;

    #[test]
    fn a_table_becomes_a_struct_that_reads_itself() {
        let code = rust(&parse("[a]\nb = \"c\"\n[a.d_e]\nf = [\"g\", \"h\"]").unwrap_or_default());
        for wanted in [
            "pub mod a {",
            "pub struct A {\npub(crate) b: &'static str,\npub(crate) d_e: DE,\n}",
            "pub(crate) f: [&'static str; 2],",
            "d_e: DE::read(lines),",
        ] {
            assert!(code.contains(wanted), "{wanted} in {code}");
        }
    }
}
