//! What there is to say to whoever is signed in, without the words.

/// `/account` and `/sign-out`
pub struct Account {
    pub(crate) title: &'static str,
    pub(crate) lead: &'static str,
    pub(crate) loading: &'static str,
    pub(crate) sign_out: &'static str,
    pub(crate) next: Next,
    pub(crate) messages: Messages,
    pub(crate) key: Key,
    pub(crate) sessions: Sessions,
    pub(crate) emails: Emails,
    pub(crate) password: ChangePassword,
    pub(crate) owner: OwnerTexts,
    pub(crate) leaving: Leaving,
}

/// What to do after a reset.
pub struct Next {
    pub(crate) title: &'static str,
    pub(crate) signed_out: [&'static str; 3],
    pub(crate) kept: [&'static str; 3],
    pub(crate) client: &'static str,
}

/// The verdict, and what it rests on.
pub struct Messages {
    pub(crate) title: &'static str,
    pub(crate) settled: &'static str,
    pub(crate) by_server: &'static str,
    pub(crate) by_browser: &'static str,
    pub(crate) good: &'static str,
    pub(crate) bad: &'static str,
    pub(crate) unknown: &'static str,
    pub(crate) to_do: &'static str,
    pub(crate) evidence: &'static str,
    pub(crate) again: &'static str,
    pub(crate) backup: &'static str,
    pub(crate) backup_right_one: &'static str,
    pub(crate) backup_right: &'static str,
    pub(crate) backup_growing: &'static str,
    pub(crate) backup_still: &'static str,
    pub(crate) backup_empty: &'static str,
    pub(crate) backup_missing: &'static str,
    pub(crate) backup_fix: &'static str,
    pub(crate) recovery: &'static str,
    pub(crate) recovery_by_key: &'static str,
    pub(crate) recovery_by_passphrase: &'static str,
    pub(crate) recovery_missing: &'static str,
    pub(crate) recovery_fix: &'static str,
    pub(crate) inside: &'static str,
    pub(crate) inside_right: &'static str,
    pub(crate) inside_proven: &'static str,
    pub(crate) inside_other: &'static str,
    pub(crate) inside_missing: &'static str,
    pub(crate) inside_fix: &'static str,
    pub(crate) identity: &'static str,
    pub(crate) identity_right: &'static str,
    pub(crate) identity_missing: &'static str,
    pub(crate) identity_fix: &'static str,
    pub(crate) verified: &'static str,
    pub(crate) verified_right: &'static str,
    pub(crate) verified_none: &'static str,
    pub(crate) verified_missing: &'static str,
    pub(crate) verified_wrong: &'static str,
    pub(crate) verified_fix: &'static str,
    pub(crate) no_answer: &'static str,
}

/// Whether somebody has their key.
pub struct Key {
    pub(crate) title: &'static str,
    pub(crate) lead: &'static str,
    pub(crate) field: &'static str,
    pub(crate) hint_key: &'static str,
    pub(crate) hint_both: &'static str,
    pub(crate) submit: &'static str,
    pub(crate) checking: &'static str,
    pub(crate) missing: &'static str,
    pub(crate) opens_backup: &'static str,
    pub(crate) other_backup: &'static str,
    pub(crate) right_no_backup: &'static str,
    pub(crate) right_not_inside: &'static str,
    pub(crate) right_browser: &'static str,
    pub(crate) wrong: &'static str,
    pub(crate) mistyped: &'static str,
    pub(crate) only_keys: &'static str,
    pub(crate) nothing_set_up: &'static str,
    pub(crate) undescribed: &'static str,
    pub(crate) browser_cannot: &'static str,
    pub(crate) lost_title: &'static str,
    pub(crate) lost: [&'static str; 3],
}

/// All sessions.
pub struct Sessions {
    pub(crate) title: &'static str,
    pub(crate) this: &'static str,
    pub(crate) this_how: &'static str,
    pub(crate) unnamed: &'static str,
    pub(crate) verified: &'static str,
    pub(crate) not_verified: &'static str,
    pub(crate) wrong: &'static str,
    pub(crate) no_encryption: &'static str,
    pub(crate) seen: &'static str,
    pub(crate) never: &'static str,
    pub(crate) only_this: &'static str,
    pub(crate) chosen: &'static str,
    pub(crate) none_chosen: &'static str,
    pub(crate) all: &'static str,
    pub(crate) ask_title: &'static str,
    pub(crate) ask_title_one: &'static str,
    pub(crate) ask: &'static str,
    pub(crate) yes: &'static str,
    pub(crate) yes_one: &'static str,
    pub(crate) yes_all_the_same: &'static str,
    pub(crate) no: &'static str,
    pub(crate) busy: &'static str,
    pub(crate) done_one: &'static str,
    pub(crate) done: &'static str,
    pub(crate) elsewhere: &'static str,
}

/// The email addresses on the account.
pub struct Emails {
    pub(crate) title: &'static str,
    pub(crate) lead: &'static str,
    pub(crate) none: &'static str,
    pub(crate) remove: &'static str,
    pub(crate) removing: &'static str,
    pub(crate) remove_last: &'static str,
    pub(crate) yes: &'static str,
    pub(crate) no: &'static str,
    pub(crate) removed: &'static str,
    pub(crate) field: &'static str,
    pub(crate) submit: &'static str,
    pub(crate) submitting: &'static str,
    pub(crate) sent: &'static str,
    pub(crate) opened: &'static str,
    pub(crate) adding: &'static str,
    pub(crate) again: &'static str,
    pub(crate) cancel: &'static str,
    pub(crate) added: &'static str,
    pub(crate) not_here: &'static str,
}

/// A new password, signed in.
pub struct ChangePassword {
    pub(crate) title: &'static str,
    pub(crate) submit: &'static str,
    pub(crate) submitting: &'static str,
    pub(crate) done: &'static str,
    pub(crate) not_here: &'static str,
}

/// Proving that one is the owner.
pub struct OwnerTexts {
    pub(crate) lead: &'static str,
    pub(crate) password: &'static str,
    pub(crate) submit: &'static str,
    pub(crate) submitting: &'static str,
    pub(crate) missing: &'static str,
    pub(crate) wrong: &'static str,
    pub(crate) sign_on: &'static str,
    pub(crate) sign_on_open: &'static str,
    pub(crate) sign_on_done: &'static str,
    pub(crate) not_signed_on: &'static str,
    pub(crate) cancel: &'static str,
    pub(crate) go_there: &'static str,
}

/// `/sign-out`
pub struct Leaving {
    pub(crate) title: &'static str,
    pub(crate) lead: &'static str,
    pub(crate) elsewhere_title: &'static str,
    pub(crate) elsewhere: &'static str,
    pub(crate) first: &'static str,
    pub(crate) in_element: &'static str,
    pub(crate) submit: &'static str,
    pub(crate) submitting: &'static str,
    pub(crate) stay: &'static str,
}
