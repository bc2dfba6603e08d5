//! Lists as files: what was pasted or dropped, and what is saved. (RFC 4180.)

/// Reads rows of cells. Cells are apart by commas, or by semicolons, tabs or the commas of
/// other scripts where the first row has more of those. A list with one cell on each line is one too.
/// Empty rows are left out; each row comes with the number of its line.
pub fn read(text: &str) -> Vec<(usize, Vec<String>)> {
    let mut reader = Reader { separator: separator(text), ..Reader::default() };
    for c in text.chars() {
        reader.next(c);
    }
    reader.end_row();
    reader.rows
}

/// What cells may be apart by. Keyboards for Chinese, Japanese and Arabic have commas of
/// their own.
const SEPARATORS: [char; 6] = [',', ';', '\t', '，', '、', '،'];

/// What there is most of in the first row that is not empty. What is within quotes is part
/// of a cell, also where that goes over several lines.
fn separator(text: &str) -> char {
    let (mut found, mut quoted) = (String::new(), false);
    let (mut is_empty, mut may_begin) = (true, true);
    for c in text.chars() {
        match c {
            '"' if quoted || may_begin => quoted = !quoted,
            _ if quoted => {}
            '\n' if is_empty => found.clear(),
            '\n' => break,
            c if SEPARATORS.contains(&c) => {
                found.push(c);
                may_begin = true;
            }
            c => may_begin &= is_unseen(c),
        }
        is_empty &= is_unseen(c);
    }
    let count = |c: &char| found.matches(*c).count();
    SEPARATORS.into_iter().rev().max_by_key(count).unwrap_or(',')
}

#[derive(Default)]
struct Reader {
    separator: char,
    rows: Vec<(usize, Vec<String>)>,
    row: Vec<String>,
    cell: String,
    line: usize,
    started: usize,
    quoted: bool,
    /// A quote within quotes, which either ends them or stands for one.
    pending: bool,
}

impl Reader {
    fn next(&mut self, c: char) {
        if c == '\n' {
            self.line += 1;
        }
        if std::mem::take(&mut self.pending) {
            match c {
                '"' => return self.cell.push('"'),
                _ => self.quoted = false,
            }
        }
        match c {
            '"' if self.quoted => self.pending = true,
            _ if self.quoted => self.cell.push(c),
            '"' if bare(&self.cell).is_empty() => {
                self.cell.clear();
                self.quoted = true;
            }
            '\n' => self.end_row(),
            '\r' => {}
            c if c == self.separator => self.end_cell(),
            c => self.cell.push(c),
        }
    }

    fn end_cell(&mut self) {
        self.row.push(plain(&std::mem::take(&mut self.cell)));
    }

    fn end_row(&mut self) {
        self.end_cell();
        let row = std::mem::take(&mut self.row);
        if row.iter().any(|cell| !cell.is_empty()) {
            self.rows.push((self.started + 1, row));
        }
        self.quoted = false;
        self.started = self.line;
    }
}

/// Files may begin with U+FEFF, and so may each of several that were put together.
fn is_unseen(c: char) -> bool {
    c.is_whitespace() || c == '\u{feff}'
}

fn bare(text: &str) -> &str {
    text.trim_matches(is_unseen)
}

/// A cell without what [`write`] may have put before it.
fn plain(cell: &str) -> String {
    let cell = bare(cell);
    match cell.strip_prefix('\'') {
        Some(rest) if is_formula(rest) => rest.to_owned(),
        _ => cell.to_owned(),
    }
}

/// Writes rows, for any program. Nothing in them is a formula for it: what begins
/// as one gets a `'` before it, but for what can only be a Matrix ID.
pub fn write<'a>(rows: impl IntoIterator<Item = Vec<&'a str>>) -> String {
    let rows: Vec<_> = rows.into_iter().collect();
    // Large enough, so that no copy of a password is left behind where it grows.
    let length = rows.iter().flatten().map(|cell| 2 * cell.len() + 4).sum();
    let mut text = String::with_capacity(length);
    for row in rows {
        for (number, cell) in row.into_iter().enumerate() {
            if number > 0 {
                text.push(',');
            }
            write_cell(&mut text, cell);
        }
        text.push_str("\r\n");
    }
    text
}

fn write_cell(text: &mut String, cell: &str) {
    let mark = if is_formula(cell) { "'" } else { "" };
    if cell.contains(['"', '\n', '\r']) || cell.contains(SEPARATORS) {
        text.push('"');
        text.push_str(mark);
        push(text, cell, "\"\"");
        text.push('"');
    } else {
        text.push_str(mark);
        push(text, cell, "\"");
    }
}

/// What isolates a name in a text from right to left has no place in a file.
fn push(text: &mut String, cell: &str, quote: &str) {
    for c in cell.chars() {
        match c {
            '\u{2066}'..='\u{2069}' => {}
            '"' => text.push_str(quote),
            c => text.push(c),
        }
    }
}

fn is_formula(cell: &str) -> bool {
    match cell.strip_prefix('@') {
        Some(rest) => !rest.chars().all(|c| c.is_ascii_alphanumeric() || "._=-/+:".contains(c)),
        None => cell.starts_with(['=', '+', '-', '\t', '\r']),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cells(text: &str) -> Vec<Vec<String>> {
        read(text).into_iter().map(|(_, row)| row).collect()
    }

    #[test]
    fn what_people_paste() {
        for text in [
            "@a:b,x@y\n@c:d,z@y",
            "@a:b;x@y\r\n\r\n@c:d;z@y\r\n",
            "@a:b，x@y\n@c:d，z@y",
            "\u{feff}@a:b\tx@y\n  @c:d \t z@y ",
            "\"@a:b\",\"x@y\"\n\"@c:d\",\"z@y\"\n\n",
            " \t\n\n@a:b;x@y\n@c:d;z@y",
            "\u{feff}\u{feff}@a:b,x@y\r\n\u{feff}\"@c:d\",z@y",
        ] {
            assert_eq!(cells(text), [["@a:b", "x@y"], ["@c:d", "z@y"]], "{text}");
        }
        assert_eq!(cells("@a:b\n@c:d"), [["@a:b"], ["@c:d"]]);
        assert_eq!(cells("\"a \"\"b\"\", c\",d"), [["a \"b\", c", "d"]]);
        assert!(cells(" \n\n").is_empty());
    }

    #[test]
    fn what_is_within_quotes_is_apart_by_nothing() {
        assert_eq!(cells("\"Builder, Bob, the\";b"), [["Builder, Bob, the", "b"]]);
        assert_eq!(cells("\"a;\nb;\"\"\",c"), [["a;\nb;\"", "c"]]);
        assert_eq!(cells("a,\"b;c;d\""), [["a", "b;c;d"]]);
        assert_eq!(cells("5\" disk;b"), [["5\" disk", "b"]]);
        let text = write([vec!["a，b，c", "d"]]);
        assert_eq!(cells(&text), [["a，b，c", "d"]]);
    }

    #[test]
    fn lines_are_counted() {
        let rows = read("a\n\n\"b\nb\"\nc");
        let lines: Vec<_> = rows.iter().map(|(line, _)| *line).collect();
        assert_eq!(lines, [1, 3, 5]);
    }

    #[test]
    fn no_hidden_mark_is_in_a_file() {
        let cells = vec!["a \u{2068}@bob:example.org\u{2069}", "\u{2066}x\u{2069},y"];
        assert_eq!(write([cells]), "a @bob:example.org,\"x,y\"\r\n");
    }

    #[test]
    fn nothing_becomes_a_formula() {
        let text = write([vec!["=1+1", "@bob:example.org", "@SUM(A1)", "-2", "a,b"]]);
        assert_eq!(text, "'=1+1,@bob:example.org,'@SUM(A1),'-2,\"a,b\"\r\n");
        assert_eq!(cells(&text), [["=1+1", "@bob:example.org", "@SUM(A1)", "-2", "a,b"]]);
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(
            rows in prop::collection::vec(prop::collection::vec("[a-z@=:\",' ]{0,8}", 2..4), 1..5)
        ) {
            let rows: Vec<Vec<String>> = rows
                .into_iter()
                .map(|row| row.into_iter().map(|cell| cell.trim().to_owned()).collect())
                .collect();
            let text = write(rows.iter().map(|row| row.iter().map(String::as_str).collect()));
            let full = rows.iter().filter(|row| row.iter().any(|cell| !cell.is_empty()));
            let wanted: Vec<Vec<_>> =
                full.map(|row| row.iter().map(|cell| plain(cell)).collect()).collect();
            prop_assert_eq!(cells(&text), wanted);
        }

        #[test]
        fn anything_can_be_read(text in any::<String>()) {
            let _ = read(&text);
        }
    }
}
