//! A list that was pasted: a Matrix ID in the first cell of each row, and where
//! addresses are attached, an address in the second.

use super::Work;
use super::row::{Refusal, Row};
use crate::admin::csv;
use crate::admin::search::Search;
use crate::matrix::admin::Threepid;
use crate::recovery::reset::EmailProblem;
use std::collections::HashMap;

/// Reads it. What is wrong with a row is known before anybody is asked.
pub(super) fn read(work: Work, text: &str, server_name: &str, me: &str) -> Vec<Row> {
    let mut rows = csv::read(text);
    if has_heading(&rows) {
        rows.remove(0);
    }
    let (mut users, mut emails) = (HashMap::new(), HashMap::new());
    let rows = rows.into_iter().map(|(line, cells)| {
        let first = cells.first().map(String::as_str).unwrap_or_default();
        let email = cells.get(1).map(String::as_str).unwrap_or_default();
        let (typed, id) = match user_id(first, server_name) {
            Ok(id) => (id.clone(), Ok(id)),
            Err(refusal) => (first.to_owned(), Err(refusal)),
        };
        let refusal = id.and_then(|id| {
            if id == me {
                return Err(Refusal::Yourself);
            }
            let email = if work == Work::AttachEmails { address(email)? } else { String::new() };
            match users.get(&id) {
                Some(before) => return Err(Refusal::Double(*before)),
                None => users.insert(id, line),
            };
            match emails.get(&email) {
                Some(before) if !email.is_empty() => return Err(Refusal::AddressDouble(*before)),
                _ => emails.insert(email, line),
            };
            Ok(())
        });
        Row::new(line, typed, email.to_owned(), refusal.err())
    });
    rows.collect()
}

/// Whether the first row names the columns.
fn has_heading(rows: &[(usize, Vec<String>)]) -> bool {
    const NAMES: [&str; 12] = [
        "user",
        "users",
        "user_id",
        "user id",
        "username",
        "matrix_id",
        "matrix id",
        "mxid",
        "id",
        "account",
        "localpart",
        "name",
    ];
    let first = rows.first().and_then(|(_, cells)| cells.first());
    first.is_some_and(|cell| NAMES.contains(&cell.to_lowercase().as_str()))
}

/// The Matrix ID of somebody of here: in full, or only the name.
fn user_id(text: &str, server_name: &str) -> Result<String, Refusal> {
    match Search::parse(text, server_name) {
        Search::User(id) => Ok(id),
        Search::Elsewhere { .. } => Err(Refusal::Elsewhere),
        Search::Name(name) if is_name(&name) => Ok(["@", &name, ":", server_name].concat()),
        _ => Err(Refusal::NotAnId),
    }
}

/// Names of old accounts may have more in them; they are given in full.
fn is_name(text: &str) -> bool {
    let fits = |c: char| c.is_ascii_alphanumeric() || "._=-/+".contains(c);
    !text.is_empty() && text.chars().all(fits)
}

fn address(text: &str) -> Result<String, Refusal> {
    match EmailProblem::of(text.trim()) {
        None => Ok(Threepid::email(text).address),
        Some(_) => Err(Refusal::NoAddress),
    }
}

#[cfg(test)]
mod tests {
    use super::super::row::State;
    use super::*;

    fn states(work: Work, text: &str) -> Vec<(usize, String, State)> {
        let rows = read(work, text, "example.org", "@me:example.org");
        rows.into_iter().map(|row| (row.line, row.typed, row.state)).collect()
    }

    #[test]
    fn what_is_wrong_is_known_at_once() {
        let refused = State::Refused;
        let text = "Matrix ID\n@a:example.org\nb\n@c:example.com\n@A:example.org\n\
            b:example.org\n@me:example.org\nb;\n@\n@a:example.org";
        let wanted = [
            (2, "@a:example.org", State::Waiting),
            (3, "@b:example.org", State::Waiting),
            (4, "@c:example.com", refused(Refusal::Elsewhere)),
            (5, "@A:example.org", State::Waiting),
            (6, "@b:example.org", refused(Refusal::Double(3))),
            (7, "@me:example.org", refused(Refusal::Yourself)),
            (8, "b;", refused(Refusal::NotAnId)),
            (9, "@", refused(Refusal::NotAnId)),
            (10, "@a:example.org", refused(Refusal::Double(2))),
        ];
        let wanted: Vec<_> = wanted
            .into_iter()
            .map(|(line, typed, state)| (line, typed.to_owned(), state))
            .collect();
        assert_eq!(states(Work::Lock, text), wanted);
    }

    #[test]
    fn an_address_is_for_one_person() {
        let text = "@a:example.org,X@y\n@b:example.org,x@Y\n@c:example.org\n@d:example.org,nothing";
        let states = states(Work::AttachEmails, text);
        let states: Vec<_> = states.into_iter().map(|(.., state)| state).collect();
        let wanted = [
            State::Waiting,
            State::Refused(Refusal::AddressDouble(1)),
            State::Refused(Refusal::NoAddress),
            State::Refused(Refusal::NoAddress),
        ];
        assert_eq!(states, wanted);
    }

    #[test]
    fn nobody_is_taken_for_a_heading() {
        assert_eq!(states(Work::Lock, "bob").len(), 1);
        assert_eq!(states(Work::Lock, "bob\n@carol:example.org").len(), 2);
        assert_eq!(states(Work::Lock, "Matrix_ID,email\n@carol:example.org").len(), 1);
    }
}
