//! What was done while an administrator was signed in, to be kept. No secret is in
//! it.

use super::action::Action;
use super::csv;
use std::time::Duration;

/// Something that was done, or tried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// When, as time since 1970 by this device.
    pub time: Duration,
    /// Who did it: a Matrix ID.
    pub who: String,
    /// What.
    pub action: Action,
    /// To whom: a Matrix ID.
    pub whom: String,
    /// What became of it, in words.
    pub result: String,
}

/// The columns of the file. They are for programs too, so they are the same in each
/// language.
const COLUMNS: [&str; 5] = ["time", "administrator", "action", "account", "result"];

/// The log as a file. `time` and `action` put those into words.
pub fn file(
    entries: &[Entry],
    time: impl Fn(Duration) -> String,
    action: impl Fn(Action) -> &'static str,
) -> String {
    let times: Vec<_> = entries.iter().map(|entry| time(entry.time)).collect();
    let rows = entries.iter().zip(&times).map(|(entry, time)| {
        vec![time.as_str(), &entry.who, action(entry.action), &entry.whom, &entry.result]
    });
    csv::write([COLUMNS.to_vec()].into_iter().chain(rows))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_for_each() {
        let entry = Entry {
            time: Duration::from_secs(5),
            who: "@me:b".into(),
            action: Action::Lock,
            whom: "@bob:b".into(),
            result: "done, at once".into(),
        };
        let text = file(&[entry], |time| time.as_secs().to_string(), |_| "lock");
        assert_eq!(
            text,
            "time,administrator,action,account,result\r\n5,@me:b,lock,@bob:b,\"done, at once\"\r\n"
        );
    }
}
