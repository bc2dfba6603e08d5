//! The accounts of the homeserver, page by page.

use super::account::{Listed, listed};
use crate::matrix::Error;
use crate::matrix::wire::{Answer, Endpoint, Request, Response, SignedIn, segment};

/// `GET /_synapse/admin/v2/users`
///
/// Deactivated and locked accounts are in it too, which Synapse leaves out unless
/// it is asked for them; guests are not, which a homeserver with the Matrix
/// Authentication Service refuses to list.
pub struct ListAccounts<'a> {
    /// A part of a user name or of a display name; all of them where it is empty.
    pub name: &'a str,
    /// How many accounts come before this page.
    pub from: u64,
}

/// A page of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// The accounts on it.
    pub accounts: Vec<Listed>,
    /// How many there are on all pages.
    pub total: u64,
    /// How many come before the next page, if there is one.
    pub next: Option<u64>,
}

impl ListAccounts<'_> {
    /// How many accounts are on a page.
    pub const LENGTH: u64 = 20;
}

impl Endpoint for ListAccounts<'_> {
    type Access = SignedIn;
    type Answer = Page;

    fn request(&self) -> Request {
        let (from, length) = (self.from.to_string(), Self::LENGTH.to_string());
        let name = segment(self.name);
        let name = if name.is_empty() { name } else { ["&name=", &name].concat() };
        let path = [
            "/_synapse/admin/v2/users?from=",
            &from,
            "&limit=",
            &length,
            "&guests=false&deactivated=true&locked=true",
            &name,
        ];
        Request::get(path.concat())
    }

    fn read(&self, response: &Response) -> Result<Page, Error> {
        let answer = response.open()?;
        let all = answer.list("users").ok_or(Error::NotMatrix)?;
        let accounts: Vec<_> =
            all.iter().filter_map(Answer::of).filter_map(|entry| listed(&entry)).collect();
        let next = answer.text("next_token").and_then(|next| next.parse().ok());
        let next = next.or_else(|| answer.number("next_token"));
        // The homeserver says how many come before, and may say anything.
        let so_far = self.from.saturating_add(accounts.len() as u64);
        Ok(Page {
            total: answer.number("total").unwrap_or(so_far),
            // A page that leads to itself would never end.
            next: next.filter(|next| *next > self.from),
            accounts,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_as_synapse_writes_it() {
        let list = ListAccounts { name: "Bob & co", from: 40 };
        assert_eq!(
            list.request().path,
            "/_synapse/admin/v2/users?from=40&limit=20&guests=false&deactivated=true&locked=true\
             &name=Bob%20%26%20co"
        );
        let body = r#"{"users":[{"name":"@bob:example.org","user_type":null,"is_guest":false,
            "admin":true,"deactivated":true,"shadow_banned":false,"displayname":"\u0000Bob ",
            "avatar_url":null,"creation_ts":1790000000000,"erased":false,"last_seen_ts":null,
            "locked":1},{"name":"odd"},7],"total":100000,"next_token":"60"}"#;
        let page = list.read(&Response::of(200, body)).unwrap();
        assert_eq!((page.total, page.next, page.accounts.len()), (100_000, Some(60), 1));
        let bob = &page.accounts[0];
        assert_eq!(bob.display_name.as_deref(), Some("Bob"));
        assert!(bob.is_admin && bob.is_deactivated && bob.is_locked && !bob.is_suspended);
        assert_eq!(bob.created.map(|time| time.as_secs()), Some(1_790_000_000));
    }

    #[test]
    fn a_page_at_the_end_of_all_numbers() {
        let body = r#"{"users":[{"name":"@bob:example.org"}],"next_token":18446744073709551615}"#;
        let first = ListAccounts { name: "", from: 0 };
        let from = first.read(&Response::of(200, body)).unwrap().next.unwrap();
        let last = ListAccounts { name: "", from }.read(&Response::of(200, body)).unwrap();
        assert_eq!((last.next, last.total), (None, u64::MAX));
    }

    #[test]
    fn the_last_page_leads_nowhere() {
        let list = ListAccounts { name: "", from: 20 };
        for body in [r#"{"users":[]}"#, r#"{"users":[],"next_token":"20"}"#] {
            let page = list.read(&Response::of(200, body)).unwrap();
            assert_eq!((page.next, page.total), (None, 20), "{body}");
        }
        assert_eq!(list.read(&Response::of(200, "{}")), Err(Error::NotMatrix));
    }
}
