//! What there is to say of encrypted messages, without the words.

/// One sentence for each verdict, and for each reason.
pub struct Verdicts {
    pub(crate) safe: &'static str,
    pub(crate) safe_with_key: &'static str,
    pub(crate) all_lost: &'static str,
    pub(crate) some_lost: &'static str,
    pub(crate) nothing_backed_up: &'static str,
    pub(crate) nothing_to_lose: &'static str,
    pub(crate) unknown: &'static str,
    pub(crate) key_not_in_storage: &'static str,
    pub(crate) key_nowhere: &'static str,
    pub(crate) growing: &'static str,
    pub(crate) other_backup: &'static str,
    pub(crate) unverified_some: &'static str,
    pub(crate) unverified_one: &'static str,
    pub(crate) unverified: &'static str,
    pub(crate) no_identity: &'static str,
    pub(crate) no_key: &'static str,
}
