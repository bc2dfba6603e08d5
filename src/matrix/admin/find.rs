//! An account by something else than its Matrix ID.

use super::account::{KnownUser, Threepid};
use crate::matrix::Error;
use crate::matrix::wire::{Endpoint, Request, Response, SignedIn, segment};

/// What only one account has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Find<'a> {
    /// `GET /_synapse/admin/v1/threepid/email/users/{address}`
    Email(&'a str),
    /// `GET /_synapse/admin/v1/auth_providers/{provider}/users/{external_id}`
    ExternalId {
        /// The provider, by its id in the homeserver's configuration.
        provider: &'a str,
        /// How it calls the person.
        id: &'a str,
    },
}

impl Endpoint for Find<'_> {
    type Access = SignedIn;
    /// [`Error::NotFound`] where no account has it.
    type Answer = KnownUser;

    fn request(&self) -> Request {
        let v1 = "/_synapse/admin/v1/";
        Request::get(match self {
            Self::Email(address) => {
                let address = segment(&Threepid::email(address).address);
                [v1, "threepid/email/users/", &address].concat()
            }
            Self::ExternalId { provider, id } => {
                [v1, "auth_providers/", &segment(provider), "/users/", &segment(id)].concat()
            }
        })
    }

    fn read(&self, response: &Response) -> Result<KnownUser, Error> {
        let answer = response.open()?;
        answer.text("user_id").and_then(KnownUser::of_answer).ok_or(Error::NotMatrix)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_by_its_address_or_by_a_provider() {
        let email = Find::Email(" Bob+X@Example.org");
        let path = email.request().path;
        assert_eq!(path, "/_synapse/admin/v1/threepid/email/users/bob%2Bx%40example.org");
        let found = Response::of(200, r#"{"user_id":"@bob:example.org"}"#);
        assert_eq!(email.read(&found).unwrap().as_str(), "@bob:example.org");
        let none = Response::of(404, r#"{"errcode":"M_NOT_FOUND","error":"User not found"}"#);
        assert_eq!(email.read(&none), Err(Error::NotFound));
        let external = Find::ExternalId { provider: "oidc-work", id: "a/b" };
        let path = external.request().path;
        assert_eq!(path, "/_synapse/admin/v1/auth_providers/oidc-work/users/a%2Fb");
    }
}
