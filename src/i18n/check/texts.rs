//! What there is to say to whoever is still signed in somewhere, without the words.

/// `/check`
pub struct Check {
    pub(crate) title: &'static str,
    pub(crate) lead: &'static str,
    pub(crate) stay: &'static str,
    /// Backed up, verified, the key at hand.
    pub(crate) questions: [Question; 3],
    pub(crate) yes: &'static str,
    pub(crate) no: &'static str,
    pub(crate) unsure: &'static str,
    pub(crate) where_web: &'static str,
    pub(crate) where_x: &'static str,
    pub(crate) good: &'static str,
    pub(crate) result_title: &'static str,
    pub(crate) by_your_word: &'static str,
    pub(crate) not_sure: &'static str,
    pub(crate) keep: &'static str,
    pub(crate) sign_out: &'static str,
    pub(crate) no_key_how: &'static str,
    pub(crate) open: &'static str,
    pub(crate) reset: &'static str,
    pub(crate) know_password: &'static str,
    pub(crate) sign_in: &'static str,
}

/// One of the three checks of the guide: as a question, where to look in Element
/// Web and in Element X, and what a good answer looks like there.
pub struct Question {
    pub(crate) question: &'static str,
    pub(crate) web: &'static str,
    pub(crate) x: &'static str,
    pub(crate) good: &'static str,
}
