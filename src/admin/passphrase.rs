//! A password that can be read out on the phone: plain words, of which no two
//! begin with the same four letters.

use crate::matrix::password_policy::PasswordPolicy;
use crate::matrix::password_rule::PasswordRule;
use crate::recovery::password_rules::broken_rules;
use crate::secret::Secret;
use zeroize::Zeroizing;

/// How many words there are to choose from: 11 bits each.
const LIST: usize = 2048;
/// How many words are at least taken: 77 bits. Whoever can try a billion a second
/// needs two million years for half of them.
const WORDS: usize = 7;

/// Makes one out of random bytes, from a generator that is fit for secrets, that
/// fits the homeserver's rules. `words` has one on each line. Nothing is made of
/// a list that is too short, or where the rules want more than the bytes give.
pub fn passphrase(words: &str, random: &[u8; 64], policy: &PasswordPolicy) -> Option<Secret> {
    let words: Vec<_> = list(words).collect();
    let words = words.get(..LIST)?;
    let picks = random.chunks_exact(2).filter_map(|pair| match pair {
        [high, low] => words.get((usize::from(*high) << 8 | usize::from(*low)) % LIST),
        _ => None,
    });
    // Large enough, so that no copy is left behind where it grows.
    let mut text = Zeroizing::new(String::with_capacity(1024));
    let wants = |rule| policy.0.contains(&rule);
    for (number, word) in picks.enumerate() {
        if number > 0 {
            text.push('-');
        }
        match (word.split_at_checked(1), number == 0 && wants(PasswordRule::Uppercase)) {
            (Some((first, rest)), true) => {
                text.push_str(&first.to_ascii_uppercase());
                text.push_str(rest);
            }
            _ => text.push_str(word),
        }
        if number == 0 && wants(PasswordRule::Digit) {
            text.push('7');
        }
        if number + 1 >= WORDS && broken_rules(policy, &text).is_empty() {
            return Some(Secret::new(std::mem::take(&mut *text)));
        }
    }
    None
}

fn list(words: &str) -> impl Iterator<Item = &str> {
    words.lines().map(str::trim).filter(|word| !word.is_empty() && !word.starts_with('#'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::HashSet;

    const LIST_OF_WORDS: &str = include_str!("../../public/passphrase-words.txt");

    #[test]
    fn the_list_is_as_long_as_is_said_and_has_no_doubles() {
        let words: Vec<_> = list(LIST_OF_WORDS).collect();
        assert_eq!(words.len(), LIST);
        let starts: HashSet<_> = words.iter().map(|word| word.get(..4).unwrap_or(word)).collect();
        assert_eq!(starts.len(), LIST);
        assert!(words.iter().all(|word| word.bytes().all(|byte| byte.is_ascii_lowercase())));
        // 2048 words are 11 bits, and seven of them 77.
        assert!(LIST.ilog2() as usize * WORDS >= 77);
    }

    #[test]
    fn each_word_is_as_likely_as_another() {
        // The number of words divides the number of what two bytes can be.
        assert_eq!(65_536 % LIST, 0);
    }

    #[test]
    fn without_rules_it_is_words() {
        let made = passphrase(LIST_OF_WORDS, &[0; 64], &PasswordPolicy::default()).unwrap();
        assert_eq!(made.expose(), ["abandon"; WORDS].join("-"));
        let mut random = [0; 64];
        random[..4].copy_from_slice(&[0xff, 0xff, 0, 1]);
        let made = passphrase(LIST_OF_WORDS, &random, &PasswordPolicy::default()).unwrap();
        assert!(made.expose().starts_with("zoo-ability-abandon-"), "{}", made.expose());
    }

    #[test]
    fn a_short_list_makes_none() {
        let short: Vec<_> = LIST_OF_WORDS.lines().take(LIST - 1).collect();
        assert!(passphrase(&short.join("\n"), &[1; 64], &PasswordPolicy::default()).is_none());
    }

    proptest! {
        #[test]
        fn it_fits_all_rules(
            random in prop::array::uniform32(any::<[u8; 2]>()),
            minimum in 0_u64..90,
            chosen in prop::array::uniform4(any::<bool>()),
        ) {
            use PasswordRule::*;
            let rules = [Digit, Symbol, Uppercase, Lowercase].into_iter().zip(chosen);
            let mut rules: Vec<_> =
                rules.filter(|(_, chosen)| *chosen).map(|(rule, _)| rule).collect();
            rules.push(MinimumLength(Some(minimum)));
            let policy = PasswordPolicy(rules);
            let bytes: Vec<u8> = random.concat();
            let made = passphrase(LIST_OF_WORDS, bytes.as_slice().try_into().unwrap(), &policy);
            let made = made.unwrap();
            prop_assert!(broken_rules(&policy, made.expose()).is_empty());
            prop_assert!(made.expose().split('-').count() >= WORDS);
        }
    }
}
