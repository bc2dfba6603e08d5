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

/// A cell without what [`write`] may have put before it, and without what it leaves out.
fn plain(cell: &str) -> String {
    let cell: String = cell.chars().filter(|c| !is_isolate(*c)).collect();
    let cell = bare(&cell);
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

/// Directional isolates, which keep a name in a right-to-left text apart. A file has none.
fn is_isolate(c: char) -> bool {
    matches!(c, '\u{2066}'..='\u{2069}')
}

fn push(text: &mut String, cell: &str, quote: &str) {
    for c in cell.chars().filter(|c| !is_isolate(*c)) {
        match c {
            '"' => text.push_str(quote),
            c => text.push(c),
        }
    }
}

/// Characters that show nothing, so that a spreadsheet may skip or drop them before it
/// decides whether a cell is a formula.
fn is_skipped(c: char) -> bool {
    is_unseen(c)
        || c.is_control()
        || matches!(
            c,
            '\u{ad}'
                | '\u{34f}'
                | '\u{61c}'
                | '\u{180b}'..='\u{180f}'
                | '\u{200b}'..='\u{200f}'
                | '\u{202a}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{fe00}'..='\u{fe0f}'
                | '\u{fff9}'..='\u{fffb}'
                | '\u{e0000}'..='\u{e0fff}'
        )
}

/// Characters with which a formula begins, in each of the widths that spreadsheets take for
/// them.
const STARTERS: [char; 13] =
    ['=', '+', '-', '@', '＝', '＋', '－', '＠', '﹦', '﹢', '﹣', '﹫', '−'];

/// Whether a spreadsheet could take the cell for a formula. A cell that can only be a Matrix
/// ID is not one: it has no parenthesis, so it calls nothing.
fn is_formula(cell: &str) -> bool {
    let in_id = |c: char| c.is_ascii_alphanumeric() || "._=-/+:".contains(c);
    match cell.trim_start_matches(is_isolate).strip_prefix('@') {
        Some(rest) => !rest.chars().all(|c| in_id(c) || is_isolate(c)),
        None => {
            cell.trim_start_matches(is_skipped).starts_with(STARTERS)
                || cell.starts_with(['\t', '\r'])
        }
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

    #[test]
    fn hidden_characters_hide_no_formula() {
        for (cell, wanted) in [
            ("\u{2068}=1+1\u{2069}", "'=1+1"),
            ("\u{feff}=1+1", "'\u{feff}=1+1"),
            (" +1", "' +1"),
            ("\u{200f}\u{2067}@SUM(A1)", "'\u{200f}@SUM(A1)"),
            ("＝1+1", "'＝1+1"),
            ("\u{2068}@bob:example.org\u{2069}", "@bob:example.org"),
        ] {
            let text = write([vec![cell]]);
            assert_eq!(text.trim_end_matches("\r\n"), wanted, "{cell:?}");
        }
        // A cell that was written comes back as it was shown.
        let back =
            cells(&write([vec!["\u{2068}=1+1\u{2069}", "\u{2067}@bob:example.org\u{2069}"]]));
        assert_eq!(back, [["=1+1", "@bob:example.org"]]);
        assert_eq!(cells("'\u{2068}=1+1\u{2069}"), [["=1+1"]]);
    }

    /// The first character of the written cell that can be seen.
    fn first_shown(written: &str) -> Option<char> {
        let written = written.trim_end_matches("\r\n");
        let inner = written.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
        inner.unwrap_or(written).chars().find(|c| !is_skipped(*c))
    }

    proptest! {
        #[test]
        fn no_written_cell_begins_as_a_formula(
            before in "[ \t\r\u{a0}\u{ad}\u{200b}\u{2066}-\u{2069}\u{202a}\u{feff}\u{e0001}]{0,4}",
            cell in "[=+@＝＋－＠−a-]{0,3}",
            after in any::<String>(),
        ) {
            let cell = [before, cell, after].concat();
            let written = write([vec![cell.as_str()]]);
            let is_id = written.starts_with('@')
                && !written.trim_end().contains(|c: char| !c.is_ascii_graphic() || "()|!\"',;".contains(c));
            let first = first_shown(&written);
            prop_assert!(
                is_id || first.is_none_or(|first| !"=+-@＝＋－＠−".contains(first)),
                "{written:?}"
            );
        }

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
