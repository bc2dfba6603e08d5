//! The requests that deactivate an account, in order.

use super::reach::Software;

/// A request on the way to a deactivated account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// All email addresses and telephone numbers are removed.
    RemoveAddresses,
    /// The account is deactivated.
    Deactivate,
}

/// Returns the steps. Each one is sent only after the one before it succeeded.
///
/// Tuwunel 1.9.0 keeps the addresses of a deactivated account, and a password reset by email
/// activates the account again. So they are removed first: if that fails, nothing else was
/// changed.
pub fn steps(software: Option<Software>) -> &'static [Step] {
    match software {
        Some(Software::Tuwunel) => &[Step::RemoveAddresses, Step::Deactivate],
        _ => &[Step::Deactivate],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tuwunel_loses_the_addresses_before_the_account_is_deactivated() {
        let both = [Step::RemoveAddresses, Step::Deactivate];
        assert_eq!(steps(Some(Software::Tuwunel)), both);
        // Synapse removes the addresses itself.
        assert_eq!(steps(Some(Software::Synapse)), [Step::Deactivate]);
    }
}
