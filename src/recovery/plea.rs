//! A message to the administrators of a homeserver, as a link that opens it in
//! a mail program.

/// The address of a new mail (RFC 6068). Whatever could end one of its parts and
/// begin another is written out.
pub fn mailto(address: &str, subject: &str, body: &str) -> String {
    let mut link = "mailto:".to_owned();
    encode(&mut link, address, b"@");
    link += "?subject=";
    encode(&mut link, subject, b"");
    link += "&body=";
    encode(&mut link, &body.replace('\n', "\r\n"), b"");
    link
}

/// Writes all but letters, digits and a few signs as `%41`.
fn encode(link: &mut String, text: &str, and_these: &[u8]) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) || and_these.contains(&byte) {
            link.push(char::from(byte));
        } else {
            let digits = [byte >> 4, byte & 15].map(|digit| DIGITS.get(usize::from(digit)));
            link.push('%');
            link.extend(digits.into_iter().flatten().map(|digit| char::from(*digit)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_with_its_parts() {
        let link = mailto("o'neill+x@example.org", "Help & more?", "Hello,\nünd 100 %");
        let wanted = "mailto:o%27neill%2Bx@example.org?subject=Help%20%26%20more%3F\
            &body=Hello%2C%0D%0A%C3%BCnd%20100%20%25";
        assert_eq!(link, wanted);
    }

    proptest::proptest! {
        /// No part can become another one, whatever is in it.
        #[test]
        fn parts_stay_apart(subject in ".{0,40}", body in "(?s).{0,80}") {
            let link = mailto("a@example.org?bcc=b@example.org", &subject, &body);
            let rest = link.strip_prefix("mailto:a@example.org%3Fbcc%3Db@example.org?subject=").unwrap();
            let (subject, body) = rest.split_once("&body=").unwrap();
            for part in [subject, body] {
                proptest::prop_assert!(!part.contains(['?', '&', '=', '#', ' ', '"', '<', '\n']));
            }
        }
    }
}
