//! A recovery key, as it is written down. (Client-server API, "Key
//! representation".)

use zeroize::Zeroizing;

const ALPHABET: &[u8; 58] = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

/// It begins with these two bytes; then come the key and a check byte.
const PREFIX: [u8; 2] = [0x8B, 0x01];
const LENGTH: usize = 2 + 32 + 1;

/// How many letters that makes.
const LETTERS: usize = 48;

/// The key of secret storage, or of a backup, of which nobody has a copy.
pub struct RecoveryKey(pub Zeroizing<[u8; 32]>);

/// Why a text is no recovery key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotAKey {
    /// It looks like one, but a letter of it is wrong, missing or too much.
    Mistyped,
    /// It does not look like one.
    SomethingElse,
}

impl RecoveryKey {
    /// Reads what a person typed or pasted. Spaces, line ends and dashes between
    /// the letters do not matter.
    pub fn parse(text: &str) -> Result<Self, NotAKey> {
        let dropped = |c: &char| {
            !c.is_whitespace() && !"-\u{2010}\u{2011}\u{2013}\u{ad}\u{200b}\u{feff}".contains(*c)
        };
        // Large enough from the start: growing would leave a piece of it behind.
        let mut letters = Zeroizing::new(String::with_capacity(text.len()));
        letters.extend(text.chars().filter(dropped));
        match decode(&letters) {
            Some(key) => Ok(key),
            None if looks_like_one(&letters) => Err(NotAKey::Mistyped),
            None => Err(NotAKey::SomethingElse),
        }
    }
}

/// Keys begin with `Es` because of their first two bytes. A passphrase is rarely
/// of some 48 letters without anything else.
fn looks_like_one(letters: &str) -> bool {
    let count = letters.chars().count();
    let is_near = count.abs_diff(LETTERS) <= 6;
    let plain = letters.chars().filter(char::is_ascii_alphanumeric).count();
    is_near && plain + 2 >= count || letters.starts_with("Es") && count > 20 && plain == count
}

fn decode(letters: &str) -> Option<RecoveryKey> {
    let mut bytes = Zeroizing::new([0_u8; LENGTH]);
    // With its first two bytes, a key is always of that many.
    if letters.len() != LETTERS {
        return None;
    }
    for letter in letters.bytes() {
        let mut carry = ALPHABET.iter().position(|known| *known == letter)?;
        for byte in bytes.iter_mut().rev() {
            carry += 58 * usize::from(*byte);
            *byte = (carry & 255) as u8;
            carry >>= 8;
        }
        if carry > 0 {
            return None;
        }
    }
    let parity = bytes.iter().fold(0, |parity, byte| parity ^ byte);
    let [first, second, key @ .., _] = &*bytes;
    let is_right = parity == 0 && [*first, *second] == PREFIX;
    is_right.then(|| RecoveryKey(Zeroizing::new(*key)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The private key of RFC 7748, section 6.1, as a recovery key.
    const KEY: &str = "EsTc LW2K PGiF wKEA 3As5 g5c4 BXwk qeeJ ZJV8 Q9fu gUMN UE4d";

    fn read(text: &str) -> Result<[u8; 32], NotAKey> {
        RecoveryKey::parse(text).map(|key| *key.0)
    }

    /// Writes one, as the specification has it.
    fn write(key: [u8; 32]) -> String {
        let mut bytes = vec![PREFIX[0], PREFIX[1]];
        bytes.extend(key);
        bytes.push(bytes.iter().fold(0, |parity, byte| parity ^ byte));
        let mut digits = Vec::new();
        for byte in bytes {
            let mut carry = usize::from(byte);
            for digit in &mut digits {
                carry += 256 * *digit;
                *digit = carry % 58;
                carry /= 58;
            }
            while carry > 0 {
                digits.push(carry % 58);
                carry /= 58;
            }
        }
        digits.iter().rev().map(|digit| char::from(ALPHABET[*digit])).collect()
    }

    #[test]
    fn the_spacing_does_not_matter() {
        let key = read(KEY).unwrap();
        assert_eq!(key[..4], [0x77, 0x07, 0x6d, 0x0a]);
        assert_eq!(key[28..], [0x1d, 0xb9, 0x2c, 0x2a]);
        let close = KEY.replace(' ', "");
        assert_eq!(write(key), close);
        let narrow = KEY.replace(' ', "\u{a0}");
        let lines = KEY.replace(" 3As5", "\r\n\t3As5");
        let dashes = KEY.replace(' ', "-");
        for text in [close, narrow, lines, dashes, format!("  {KEY}\n")] {
            assert_eq!(read(&text), Ok(key), "{text:?}");
        }
    }

    #[test]
    fn a_slip_is_noticed() {
        for text in [
            KEY.replace("EsTc", "EsTd"),
            KEY.replace("UE4d", "UE4"),
            KEY.replace("UE4d", "UE4dd"),
            KEY.replace("LW2K", "LWK2"),
            KEY.replace("LW2K", "LW0K"),
            KEY.to_ascii_lowercase(),
            format!("1{KEY}"),
            "EsTc LW2K PGiF wKEA 3As5 g5c4".to_owned(),
        ] {
            assert_eq!(read(&text), Err(NotAKey::Mistyped), "{text}");
        }
    }

    #[test]
    fn a_passphrase_is_something_else() {
        for text in ["", "correct horse", "it is my birthday!", "Es", &"x".repeat(500)] {
            assert_eq!(read(text), Err(NotAKey::SomethingElse), "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn each_key_is_read_as_it_was_written(key: [u8; 32]) {
            proptest::prop_assert_eq!(read(&write(key)), Ok(key));
        }

        #[test]
        fn one_wrong_letter_is_never_the_same_key(key: [u8; 32], at in 0..48_usize, by in 1..58_usize) {
            let written = write(key);
            let mut letters = written.into_bytes();
            proptest::prop_assume!(at < letters.len());
            let old = ALPHABET.iter().position(|known| *known == letters[at]).unwrap();
            letters[at] = ALPHABET[(old + by) % 58];
            let answer = read(&String::from_utf8(letters).unwrap());
            // A wrong letter changes several bytes, so one in 256 still passes
            // the check byte; it is another key then, and the MAC tells.
            proptest::prop_assert_ne!(answer, Ok(key));
        }

        #[test]
        fn nothing_typed_panics(text in ".{0,80}") {
            let _ = read(&text);
        }
    }
}
