//! How readers are called.

use crate::input::Taken;
use matrix_account_recovery::i18n;
use matrix_account_recovery::matrix::Error;
use matrix_account_recovery::matrix::wire::{Endpoint, Response};
use std::time::Duration;

/// Something that reads what comes from outside.
pub struct Reader {
    /// The file that it is in, and what it is called there.
    pub name: &'static str,
    /// What it takes.
    pub takes: Vec<Taken>,
    how: How,
}

/// Reads, looks whether what came of it is what is promised, and says whether it was
/// something.
enum How {
    Answer(fn(&Response) -> bool),
    Text(fn(&str) -> bool),
}

impl Reader {
    /// Reads what came back from a homeserver.
    pub fn answer(name: &'static str, takes: &[(u16, &str)], read: fn(&Response) -> bool) -> Self {
        let takes = takes.iter().map(|(status, body)| (*status, (*body).to_owned())).collect();
        Self { name, takes, how: How::Answer(read) }
    }

    /// Reads a text.
    pub fn text(name: &'static str, takes: &[&str], read: fn(&str) -> bool) -> Self {
        let takes = takes.iter().map(|text| (200, (*text).to_owned())).collect();
        Self { name, takes, how: How::Text(read) }
    }

    /// Whether it reads answers of homeservers.
    pub fn is_answer(&self) -> bool {
        matches!(self.how, How::Answer(_))
    }

    /// Whether this is something.
    pub fn read(&self, response: &Response) -> bool {
        match self.how {
            How::Answer(read) => read(response),
            How::Text(read) => read(&response.body),
        }
    }
}

/// What came back.
pub fn response(status: u16, body: &str) -> Response {
    let received = Duration::from_secs(1_795_000_000);
    Response { status, body: body.to_owned(), retry_after: None, received }
}

/// What an endpoint reads. What went wrong is put into words, as on every page.
pub fn read<E: Endpoint>(endpoint: &E, response: &Response) -> Option<E::Answer> {
    const DAY: Duration = Duration::from_secs(24 * 60 * 60);
    let error = match endpoint.read(response) {
        Ok(answer) => return Some(answer),
        Err(error) => error,
    };
    assert!(!i18n::error(&error, &response.body).is_empty());
    if let Error::RateLimited { wait: Some(wait) } = error {
        assert!(wait.length <= DAY, "nobody waits longer");
        let later = response.received + Duration::from_millis(2_500);
        assert!(!i18n::duration(wait.left(later)).is_empty());
    }
    None
}
