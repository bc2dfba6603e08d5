//! Lists as files: what was pasted or dropped, and what is saved. (RFC 4180.)

/// Reads rows of cells. Cells are apart by commas, or by semicolons, tabs or the commas of
/// other scripts where the first row has more of those. A list with one cell on each line is one too.
/// Empty rows are left out; each row comes with the number of its line.
pub fn read(text: &str) -> Vec<(usize, Vec<String>)> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let count = |separator| first.matches(separator).count();
    // Keyboards for Chinese, Japanese and Arabic have commas of their own.
    let separators = [',', ';', '\t', '，', '、', '،'];
    let separator = separators.into_iter().rev().max_by_key(|c| count(*c)).unwrap_or(',');
    let mut reader = Reader { separator, ..Reader::default() };
    for c in text.chars() {
        reader.next(c);
    }
    reader.end_row();
    reader.rows
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
            '"' if self.cell.trim().is_empty() => {
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

/// A cell without what [`write`] may have put before it.
fn plain(cell: &str) -> String {
    let cell = cell.trim();
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
    if cell.contains(['"', ',', ';', '\n', '\r', '\t']) {
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
        ] {
            assert_eq!(cells(text), [["@a:b", "x@y"], ["@c:d", "z@y"]], "{text}");
        }
        assert_eq!(cells("@a:b\n@c:d"), [["@a:b"], ["@c:d"]]);
        assert_eq!(cells("\"a \"\"b\"\", c\",d"), [["a \"b\", c", "d"]]);
        assert!(cells(" \n\n").is_empty());
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
