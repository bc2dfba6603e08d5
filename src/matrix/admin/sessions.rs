//! The sessions of an account.

use super::account::KnownUser;
use super::{PATIENCE, path};
use crate::matrix::Error;
use crate::matrix::devices::{Device, read_devices};
use crate::matrix::wire::{Endpoint, Request, Response, SignedIn};
use serde::Serialize;

/// `GET /_synapse/admin/v2/users/{user_id}/devices`
pub struct GetSessions<'a>(pub &'a KnownUser);

impl Endpoint for GetSessions<'_> {
    type Access = SignedIn;
    /// The one that was seen last comes first.
    type Answer = Vec<Device>;

    fn request(&self) -> Request {
        Request::get(path("v2/users", self.0.as_str(), "/devices")).large_answer()
    }

    fn read(&self, response: &Response) -> Result<Vec<Device>, Error> {
        read_devices(response)
    }
}

/// `POST /_synapse/admin/v2/users/{user_id}/delete_devices`
///
/// Signs these sessions out. Those that are gone already do no harm.
pub struct SignOutSessions<'a> {
    /// Whose.
    pub user: &'a KnownUser,
    /// Which of them, by their ids.
    pub devices: &'a [String],
}

#[derive(Serialize)]
struct Body<'a> {
    devices: &'a [String],
}

impl Endpoint for SignOutSessions<'_> {
    type Access = SignedIn;
    type Answer = ();

    fn request(&self) -> Request {
        let path = path("v2/users", self.user.as_str(), "/delete_devices");
        Request::post(path, &Body { devices: self.devices }).patience(PATIENCE)
    }

    fn read(&self, response: &Response) -> Result<(), Error> {
        Ok(response.open().map(|_| ())?)
    }
}

#[cfg(test)]
mod tests {
    use super::super::account::tests::bob;
    use super::*;

    #[test]
    fn sessions_as_synapse_lists_them() {
        let body = r#"{"devices":[{"device_id":"A","display_name":"Phone","last_seen_ip":"127.0.0.1",
            "last_seen_user_agent":"x","last_seen_ts":5,"user_id":"@bob:example.org"},
            {"device_id":"B","last_seen_ts":9}],"total":2}"#;
        let sessions = GetSessions(bob().user()).read(&Response::of(200, body)).unwrap();
        let ids: Vec<_> = sessions.iter().map(|session| session.id.as_str()).collect();
        assert_eq!(ids, ["B", "A"]);
    }

    #[test]
    fn several_are_signed_out_at_once() {
        let bob = bob();
        let devices = ["A".to_owned(), "B".to_owned()];
        let request = SignOutSessions { user: bob.user(), devices: &devices }.request();
        let path = "/_synapse/admin/v2/users/%40bob%3Aexample.org/delete_devices";
        assert_eq!(request.path, path);
        assert_eq!(request.body.unwrap().expose(), r#"{"devices":["A","B"]}"#);
    }
}
