//! What there is to say where one signs in, without the words.

/// `/login`
pub struct Login {
    pub(crate) title: &'static str,
    pub(crate) identifier: &'static str,
    pub(crate) password: &'static str,
    pub(crate) submit: &'static str,
    pub(crate) submitting: &'static str,
    pub(crate) forgot: &'static str,
    pub(crate) set_a_new_one: &'static str,
    pub(crate) identifier_missing: &'static str,
    pub(crate) password_missing: &'static str,
    pub(crate) other_server: &'static str,
    pub(crate) ended: &'static str,
    pub(crate) sign_on: &'static str,
    pub(crate) sign_on_only: &'static str,
    pub(crate) sign_on_with: &'static str,
    pub(crate) sign_on_unnamed: &'static str,
    pub(crate) not_started_here: &'static str,
    pub(crate) no_randomness: &'static str,
    pub(crate) elsewhere: &'static str,
    pub(crate) go_there: &'static str,
    pub(crate) no_passwords: &'static str,
    pub(crate) see_how: &'static str,
}
