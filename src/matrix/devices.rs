//! The sessions of an account, which the specification calls devices.

use super::Error;
use super::uia::{Auth, Owned, Owner};
use super::wire::{Answer, Endpoint, Request, Response, SignedIn};
use serde::Serialize;
use std::cmp::Reverse;
use std::time::Duration;

/// A session as the homeserver knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Device {
    /// How the homeserver calls it.
    pub id: String,
    /// How its app or its owner called it.
    pub name: Option<String>,
    /// When it was last seen, as time since 1970 by the homeserver's clock.
    pub last_seen: Option<Duration>,
}

/// `GET /_matrix/client/v3/devices`
pub struct GetDevices;

impl Endpoint for GetDevices {
    type Access = SignedIn;
    /// The one that was seen last comes first.
    type Answer = Vec<Device>;

    fn request(&self) -> Request {
        Request::get("/_matrix/client/v3/devices").large_answer()
    }

    fn read(&self, response: &Response) -> Result<Vec<Device>, Error> {
        read_devices(response)
    }
}

/// Reads a list of sessions. The one that was seen last comes first.
pub(super) fn read_devices(response: &Response) -> Result<Vec<Device>, Error> {
    let answer = response.open()?;
    let all = answer.list("devices").ok_or(Error::NotMatrix)?;
    let mut devices: Vec<_> = all.iter().filter_map(Answer::of).filter_map(device).collect();
    devices.sort_by_key(|device| Reverse(device.last_seen));
    Ok(devices)
}

fn device(entry: Answer) -> Option<Device> {
    const LONGEST: usize = 100;
    let name = entry
        .text("display_name")
        .map(|name| name.chars().filter(|c| !c.is_control()).take(LONGEST).collect::<String>());
    Some(Device {
        id: entry.text("device_id")?.to_owned(),
        name: name.filter(|name| !name.trim().is_empty()),
        last_seen: entry.number("last_seen_ts").map(Duration::from_millis),
    })
}

/// `POST /_matrix/client/v3/delete_devices`
///
/// Signs these sessions out. Those that are gone already do no harm.
pub struct DeleteDevices {
    /// Their ids.
    pub devices: Vec<String>,
    /// Who wants it.
    pub owner: Owner,
}

#[derive(Serialize)]
struct Body<'a> {
    devices: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    auth: Option<Auth<'a>>,
}

impl Endpoint for DeleteDevices {
    type Access = SignedIn;
    type Answer = Owned;

    fn request(&self) -> Request {
        let body = Body { devices: &self.devices, auth: self.owner.auth() };
        Request::post("/_matrix/client/v3/delete_devices", &body)
    }

    fn read(&self, response: &Response) -> Result<Owned, Error> {
        Owned::read(response, Error::from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_list_is_read() {
        assert_eq!(GetDevices.request().longest_answer, Request::LARGE_ANSWER);
    }

    #[test]
    fn sessions_as_servers_list_them() {
        let body = r#"{"devices":[
            {"device_id":"OLD","display_name":"Old phone","last_seen_ts":1000},
            {"device_id":"NEW","display_name":"\u0000 ","last_seen_ts":2000},
            {"device_id":"NEVER","display_name":null},
            {"display_name":"no id"}, "odd"]}"#;
        let devices = GetDevices.read(&Response::of(200, body)).unwrap();
        let ids: Vec<_> = devices.iter().map(|device| device.id.as_str()).collect();
        assert_eq!(ids, ["NEW", "OLD", "NEVER"]);
        let names: Vec<_> = devices.iter().map(|device| device.name.as_deref()).collect();
        assert_eq!(names, [None, Some("Old phone"), None]);
        assert_eq!(GetDevices.read(&Response::of(200, "{}")), Err(Error::NotMatrix));
    }
}
