//! The email addresses on an account.

use super::account::{Account, KnownUser, Threepid};
use super::path;
use crate::matrix::Error;
use crate::matrix::wire::{Endpoint, Request, Response, SignedIn};
use serde::Serialize;

/// `PUT /_synapse/admin/v2/users/{user_id}` with `threepids`
///
/// The list takes the place of the one before, and an address of somebody else is
/// taken away from them without a word. So it is made only out of an account that
/// was read just now ([`SetThreepids::with_email`]), or removes all
/// ([`SetThreepids::none`]), and the caller has asked
/// before whose the address is.
pub struct SetThreepids<'a> {
    user: &'a KnownUser,
    threepids: Vec<Threepid>,
}

#[derive(Serialize)]
struct Body<'a> {
    threepids: &'a [Threepid],
}

impl<'a> SetThreepids<'a> {
    /// All that is on the account, and this email address. `None` where not all
    /// that is on it could be read.
    pub fn with_email(account: &'a Account, address: &str) -> Option<Self> {
        let mut threepids = account.threepids.clone()?;
        if !account.has_email(address) {
            threepids.push(Threepid::email(address));
        }
        Some(Self { user: account.user(), threepids })
    }

    /// No address and no number at all.
    pub fn none(user: &'a KnownUser) -> Self {
        Self { user, threepids: Vec::new() }
    }
}

impl Endpoint for SetThreepids<'_> {
    type Access = SignedIn;
    /// The account as it is now.
    type Answer = Account;

    fn request(&self) -> Request {
        let body = Body { threepids: &self.threepids };
        Request::put(path("v2/users", self.user.as_str(), ""), &body)
    }

    fn read(&self, response: &Response) -> Result<Account, Error> {
        Account::read(&response.open()?).ok_or(Error::NotMatrix)
    }
}

#[cfg(test)]
mod tests {
    use super::super::account::tests::bob;
    use super::*;
    use serde_json::{Value, json};

    fn body(account: &Account, address: &str) -> Value {
        let request = SetThreepids::with_email(account, address).unwrap().request();
        assert_eq!(request.path, "/_synapse/admin/v2/users/%40bob%3Aexample.org");
        serde_json::from_str(request.body.unwrap().expose()).unwrap()
    }

    #[test]
    fn what_is_there_stays_there() {
        let old = json!([
            { "medium": "email", "address": "bob@example.org" },
            { "medium": "msisdn", "address": "4912345" },
        ]);
        assert_eq!(body(&bob(), "BOB@example.org")["threepids"], old);
        let mut more = old;
        let new = json!({ "medium": "email", "address": "new@example.org" });
        more.as_array_mut().unwrap().push(new);
        assert_eq!(body(&bob(), " New@example.org")["threepids"], more);
    }

    #[test]
    fn all_addresses_are_removed() {
        let bob = bob();
        let request = SetThreepids::none(bob.user()).request();
        assert_eq!(request.body.unwrap().expose(), r#"{"threepids":[]}"#);
    }

    #[test]
    fn a_list_that_was_not_read_is_not_written() {
        let account = Account { threepids: None, ..bob() };
        assert!(SetThreepids::with_email(&account, "new@example.org").is_none());
    }
}
