//! What somebody found who looked into an app in which they are still signed in,
//! and what follows from it for a reset.

use crate::encryption::{Reason, Verdict};
use crate::recovery::reset::OtherSessions;

/// An answer to a question of `/check`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Yes.
    Yes,
    /// No.
    No,
    /// They could not find out.
    Unsure,
}

/// The answers so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    /// Whether the message keys are backed up.
    pub backup: Option<Answer>,
    /// Whether all sessions are verified, so that each adds to the backup.
    pub verified: Option<Answer>,
    /// Whether the key is at hand.
    pub key: Option<Answer>,
}

/// What follows from the answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Advice {
    /// The verdict, by the person's own word; nothing, where they cannot be
    /// sure.
    pub verdict: Option<Verdict>,
    /// What should happen to the other sessions.
    pub other_sessions: OtherSessions,
}

impl Answers {
    /// What follows, once all three are answered. A "no" to the backup decides
    /// by itself.
    pub fn advice(self) -> Option<Advice> {
        use Answer::{No, Unsure, Yes};
        let all = [self.backup?, self.verified?, self.key?];
        let verdict = match all {
            [No, ..] => Some(Verdict::NothingBackedUp),
            [Unsure, ..] => None,
            [Yes, verified, key] => {
                let no_key = (key == No).then_some(Reason::NoKey);
                let unverified = (verified == No).then_some(Reason::Unverified(None));
                let reasons: Vec<_> = no_key.into_iter().chain(unverified).collect();
                match (reasons.is_empty(), [verified, key].contains(&Unsure)) {
                    (false, _) => Some(Verdict::Lost(reasons)),
                    (true, true) => None,
                    (true, false) => Some(Verdict::Safe),
                }
            }
        };
        let is_safe = verdict.as_ref().is_some_and(Verdict::is_safe);
        let other_sessions = if is_safe { OtherSessions::SignOut } else { OtherSessions::Keep };
        Some(Advice { verdict, other_sessions })
    }
}

#[cfg(test)]
mod tests {
    use super::Answer::{No, Unsure, Yes};
    use super::*;

    fn advice(backup: Answer, verified: Answer, key: Answer) -> Advice {
        let [backup, verified, key] = [backup, verified, key].map(Some);
        Answers { backup, verified, key }.advice().unwrap()
    }

    #[test]
    fn only_three_times_yes_is_safe() {
        let all = [Yes, No, Unsure];
        for backup in all {
            for verified in all {
                for key in all {
                    let advice = advice(backup, verified, key);
                    let is_safe = [backup, verified, key] == [Yes; 3];
                    assert_eq!(advice.verdict == Some(Verdict::Safe), is_safe);
                    let signs_out = advice.other_sessions == OtherSessions::SignOut;
                    assert_eq!(signs_out, is_safe, "{backup:?} {verified:?} {key:?}");
                }
            }
        }
    }

    #[test]
    fn a_no_says_what_would_be_lost() {
        assert_eq!(advice(No, Yes, Yes).verdict, Some(Verdict::NothingBackedUp));
        assert_eq!(advice(No, Unsure, No).verdict, Some(Verdict::NothingBackedUp));
        assert_eq!(advice(Unsure, Yes, Yes).verdict, None);
        let lost = |reasons: &[Reason]| Some(Verdict::Lost(reasons.to_vec()));
        assert_eq!(advice(Yes, Yes, No).verdict, lost(&[Reason::NoKey]));
        assert_eq!(advice(Yes, No, Unsure).verdict, lost(&[Reason::Unverified(None)]));
        assert_eq!(advice(Yes, Unsure, Yes).verdict, None);
    }

    #[test]
    fn nothing_follows_before_all_is_answered() {
        let answers = Answers { backup: Some(Yes), verified: Some(Yes), key: None };
        assert_eq!(answers.advice(), None);
    }
}
