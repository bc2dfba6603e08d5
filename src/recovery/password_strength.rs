//! How hard a password is to guess, for whoever chooses one. A help and never a
//! rule: what has to be is the homeserver's to say. Length counts first, and
//! nothing is asked for that only looks like variety (NIST SP 800-63B-4).

use crate::secret::Secret;
use zeroize::Zeroizing;

/// The verdict, from the worst to the best.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// Many people use it.
    Common,
    /// It repeats itself, counts on, or is the address.
    Guessable,
    /// Too few characters to last.
    Short,
    /// Long enough for most.
    Fair,
    /// As long as NIST asks where a password is all there is.
    Good,
}

/// From so many characters on a password is no longer short, and then good.
const FAIR: usize = 10;
const GOOD: usize = 15;

/// The verdict on a password for the account with this email address. `common`
/// has a password on each line, in small letters.
pub fn strength(password: &str, email: &str, common: &str) -> Option<Strength> {
    let small = Secret::new(password.to_ascii_lowercase());
    let small = small.expose();
    let characters: Zeroizing<Vec<char>> = Zeroizing::new(small.chars().collect());
    let name = email.split('@').next().unwrap_or_default().to_ascii_lowercase();
    Some(match characters.len() {
        0 => return None,
        _ if is_common(small, common) => Strength::Common,
        _ if is_simple(&characters) || is_mostly(small, &name) => Strength::Guessable,
        length if length < FAIR => Strength::Short,
        length if length < GOOD => Strength::Fair,
        _ => Strength::Good,
    })
}

/// Whether it is a common password, or one with a few digits and signs behind
/// it.
fn is_common(password: &str, common: &str) -> bool {
    const FEW: usize = 4;
    let stem = password.trim_end_matches(|c: char| c.is_ascii() && !c.is_ascii_alphabetic());
    let is_near = !stem.is_empty() && password.len() - stem.len() <= FEW;
    common.lines().any(|line| line == password || (is_near && line == stem))
}

/// Whether it is made of few characters, or of characters that follow each
/// other. However long it is, this many different ones are not few.
fn is_simple(password: &[char]) -> bool {
    const MANY: usize = 9;
    let is_new = |(at, c): &(usize, &char)| !password.iter().take(*at).any(|seen| seen == *c);
    let different = password.iter().enumerate().filter(is_new).count();
    let step = |pair: &[char]| match pair {
        [one, next] => (*one as u32).abs_diff(*next as u32),
        _ => 0,
    };
    let follows = password.len() > 3 && password.windows(2).all(|pair| step(pair) <= 1);
    different * 3 <= password.len().min(MANY * 3 - 1) || follows
}

/// Whether there is little in it but this name.
fn is_mostly(password: &str, name: &str) -> bool {
    const LITTLE: usize = 6;
    name.len() > 2 && password.contains(name) && password.len() < name.len() + LITTLE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn length_counts_first() {
        let common = "password\niloveyou\n";
        for (password, wanted) in [
            ("", None),
            ("x7", Some(Strength::Short)),
            ("tr0ub4dor", Some(Strength::Short)),
            ("correct-horse", Some(Strength::Fair)),
            ("correct horse battery staple", Some(Strength::Good)),
            ("richtig pferd akku klammer", Some(Strength::Good)),
            ("the cat sat on the mat and then the dog ate all of the food", Some(Strength::Good)),
            ("password 4711 8152 9981", Some(Strength::Good)),
            ("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822c", Some(Strength::Good)),
        ] {
            assert_eq!(strength(password, "alice@example.org", common), wanted, "{password}");
        }
    }

    #[test]
    fn what_is_tried_first_is_named() {
        let common = "password\niloveyou\n";
        for (password, wanted) in [
            ("PassWord", Strength::Common),
            ("password123!", Strength::Common),
            ("aaaaaaaaaaaaaaaa", Strength::Guessable),
            ("abcabcabcabcabcabc", Strength::Guessable),
            ("abcdefghijklmnopqrst", Strength::Guessable),
            ("9876543210", Strength::Guessable),
            ("alice1984", Strength::Guessable),
        ] {
            assert_eq!(strength(password, "Alice@example.org", common), Some(wanted), "{password}");
        }
    }

    #[test]
    fn without_the_list_the_rest_still_holds() {
        assert_eq!(strength("iloveyou", "", ""), Some(Strength::Short));
    }
}
