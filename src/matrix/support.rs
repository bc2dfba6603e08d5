//! Who runs a homeserver, and how to reach them.

use super::wire::{Answer, Anyone, Endpoint, Request, Response};
use super::{Error, WebLink};
use serde_json::Value;

/// `GET /.well-known/matrix/support`, on the host of the server name
pub struct GetSupport;

/// Whom to ask for help.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Support {
    /// People, in the order in which the server names them.
    pub contacts: Vec<Contact>,
    /// A page with more.
    pub page: Option<WebLink>,
}

/// Somebody who can be asked. At least one of the addresses is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// What they are there for.
    pub role: Role,
    /// Their Matrix ID.
    pub matrix_id: Option<String>,
    /// Their email address.
    pub email_address: Option<String>,
}

/// What somebody is there for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// `m.role.admin`: runs the server, and can recover accounts.
    Admin,
    /// `m.role.security`: hears of holes in it.
    Security,
    /// Anything else.
    Other,
}

impl Endpoint for GetSupport {
    type Access = Anyone;
    /// `None` where there is no such file.
    type Answer = Option<Support>;

    fn request(&self) -> Request {
        Request::get("/.well-known/matrix/support")
    }

    fn read(&self, response: &Response) -> Result<Option<Support>, Error> {
        if response.status == 404 {
            return Ok(None);
        }
        let file = response.open()?;
        let page = file.text("support_page").and_then(WebLink::parse);
        Ok(Some(Support { contacts: contacts(&file), page }))
    }
}

/// The list `contacts` of a file. Who cannot be reached is left out.
pub fn contacts(file: &Answer) -> Vec<Contact> {
    const MOST: usize = 20;
    let contacts = file.list("contacts").unwrap_or_default();
    contacts.iter().filter_map(contact).take(MOST).collect()
}

fn contact(value: &Value) -> Option<Contact> {
    let value = Answer::of(value)?;
    let matrix_id = value.text("matrix_id").filter(|id| is_matrix_id(id)).map(str::to_owned);
    let email = value.text("email_address").filter(|address| is_email_address(address));
    if matrix_id.is_none() && email.is_none() {
        return None;
    }
    Some(Contact {
        // An operator who names somebody in `config.json` need not say more.
        role: match value.text("role") {
            Some("m.role.admin") | None => Role::Admin,
            Some("m.role.security") => Role::Security,
            Some(_) => Role::Other,
        },
        matrix_id,
        email_address: email.map(str::to_owned),
    })
}

/// Whether a text can be the email address of somebody, and nothing else too:
/// no list of them, no name beside it, nothing that a mail program would read as
/// a command.
pub fn is_email_address(text: &str) -> bool {
    const LONGEST: usize = 254;
    let is_plain =
        |c: char| !c.is_whitespace() && !c.is_control() && !",;:<>()[]\\\"?&".contains(c);
    match text.split_once('@') {
        Some((name, host)) => {
            !name.is_empty()
                && !host.is_empty()
                && !host.contains('@')
                && text.len() <= LONGEST
                && text.chars().all(is_plain)
        }
        None => false,
    }
}

/// Whether a text can be a Matrix ID.
pub fn is_matrix_id(text: &str) -> bool {
    const LONGEST: usize = 255;
    let is_plain = |c: char| !c.is_whitespace() && !c.is_control();
    let parts = text.strip_prefix('@').and_then(|rest| rest.split_once(':'));
    parts.is_some_and(|(name, server)| !name.is_empty() && !server.is_empty())
        && text.len() <= LONGEST
        && text.chars().all(is_plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(status: u16, body: &str) -> Result<Option<Support>, Error> {
        GetSupport.read(&Response::of(status, body))
    }

    #[test]
    fn the_example_of_the_specification() {
        let body = r#"{"contacts":[
            {"matrix_id":"@admin:example.org","email_address":"admin@example.org","role":"m.role.admin"},
            {"email_address":"security@example.org","role":"m.role.security"}
        ],"support_page":"https://example.org/support.html"}"#;
        let support = read(200, body).unwrap().unwrap();
        let [admin, security] = &support.contacts[..] else { panic!("{support:?}") };
        assert_eq!(admin.role, Role::Admin);
        assert_eq!(admin.matrix_id.as_deref(), Some("@admin:example.org"));
        assert_eq!(security.role, Role::Security);
        assert_eq!(security.email_address.as_deref(), Some("security@example.org"));
        assert_eq!(support.page, WebLink::parse("https://example.org/support.html"));
    }

    #[test]
    fn what_could_be_something_else_is_left_out() {
        let body = r#"{"contacts":[
            {"role":"m.role.admin"},
            {"role":"org.example.friend","matrix_id":"@a:b","email_address":"a@b?bcc=c@d"},
            {"role":"m.role.admin","email_address":"a@b,c@d"},
            {"role":"m.role.admin","matrix_id":"javascript:alert(1)"},
            "x", 7, {}
        ],"support_page":"javascript:alert(1)"}"#;
        let wanted =
            Contact { role: Role::Other, matrix_id: Some("@a:b".into()), email_address: None };
        assert_eq!(read(200, body), Ok(Some(Support { contacts: vec![wanted], page: None })));
        assert_eq!(read(404, "<html>"), Ok(None));
        assert_eq!(read(200, "<html>"), Err(Error::NotMatrix));
        assert_eq!(read(502, ""), Err(Error::ServerFault));
    }

    #[test]
    fn addresses() {
        for address in ["a@b", "alice+x@example.org", "o'neill@example.org", "ä@example.org"] {
            assert!(is_email_address(address), "{address}");
        }
        for text in [
            "",
            "a",
            "@b",
            "a@",
            "a@b@c",
            "a b@c",
            "a@b\r\nBcc: c@d",
            "a@b?cc=c@d",
            "a@b&cc=c@d",
            "A <a@b>",
            "a@b;c@d",
            "mailto:a@b",
            "\"a\"@b",
        ] {
            assert!(!is_email_address(text), "{text}");
        }
        assert!(!is_email_address(&format!("{}@b", "a".repeat(254))));
        for text in ["@a:b", "@a:b:8448", "@:b", "@a:", "a:b", "@a b:c", "@ab"] {
            assert_eq!(is_matrix_id(text), text.starts_with("@a:b"), "{text}");
        }
    }
}
