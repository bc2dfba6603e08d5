//! What there is to say to administrators.

/// All of it.
pub struct Admin {
    pub(crate) title: &'static str,
    pub(crate) lead: &'static str,
    pub(crate) hosted: &'static str,
    pub(crate) control_panel: &'static str,
    pub(crate) reach: Reach,
    pub(crate) sign_in: SignIn,
    pub(crate) frame: Frame,
    pub(crate) users: Users,
    pub(crate) create: Create,
    pub(crate) user: User,
    pub(crate) prices: Prices,
    pub(crate) email: Email,
    pub(crate) password: Password,
    pub(crate) sheet: Sheet,
    pub(crate) sessions: Sessions,
    pub(crate) encryption: Encryption,
    pub(crate) lock: Lock,
    pub(crate) close: Close,
    pub(crate) ask: Ask,
    pub(crate) actions: Actions,
    pub(crate) refusals: Refusals,
    pub(crate) log: Log,
}

/// Whether the Admin API is there.
pub struct Reach {
    pub(crate) asking: &'static str,
    pub(crate) again: &'static str,
    pub(crate) open: &'static str,
    pub(crate) blocked_title: &'static str,
    pub(crate) blocked: &'static str,
    pub(crate) lines: &'static str,
    pub(crate) lines_why: &'static str,
    pub(crate) tunnel_title: &'static str,
    pub(crate) tunnel: [&'static str; 3],
    pub(crate) tunnel_locked: &'static str,
    pub(crate) absent_title: &'static str,
    pub(crate) absent: &'static str,
    pub(crate) elsewhere_title: &'static str,
    pub(crate) elsewhere: &'static str,
    pub(crate) tool: &'static str,
    pub(crate) command: &'static str,
    pub(crate) account_page: &'static str,
}

/// Signing in.
pub struct SignIn {
    pub(crate) title: &'static str,
    pub(crate) lead: &'static str,
    pub(crate) username: &'static str,
    pub(crate) password: &'static str,
    pub(crate) submit: &'static str,
    pub(crate) submitting: &'static str,
    pub(crate) no_passwords: &'static str,
    pub(crate) token_title: &'static str,
    pub(crate) token_lead: &'static str,
    pub(crate) token: &'static str,
    pub(crate) token_hint: &'static str,
    pub(crate) token_missing: &'static str,
    pub(crate) token_wrong: &'static str,
    pub(crate) token_submit: &'static str,
    pub(crate) not_admin: &'static str,
    pub(crate) ended_idle: &'static str,
    pub(crate) sheet_gone: &'static str,
    pub(crate) ended: &'static str,
}

/// Around every page of somebody who is signed in.
pub struct Frame {
    pub(crate) who: &'static str,
    pub(crate) who_perhaps: &'static str,
    pub(crate) users: &'static str,
    pub(crate) many: &'static str,
    pub(crate) leave: &'static str,
    pub(crate) leaving: &'static str,
    pub(crate) forget: &'static str,
    pub(crate) forget_all_the_same: &'static str,
    pub(crate) idle: &'static str,
    pub(crate) stay: &'static str,
}

/// Finding an account.
pub struct Users {
    pub(crate) title: &'static str,
    pub(crate) field: &'static str,
    pub(crate) hint: &'static str,
    pub(crate) submit: &'static str,
    pub(crate) submitting: &'static str,
    pub(crate) none: &'static str,
    pub(crate) no_user: &'static str,
    pub(crate) no_email: &'static str,
    pub(crate) no_external: &'static str,
    pub(crate) elsewhere: &'static str,
    pub(crate) count: &'static str,
    pub(crate) count_one: &'static str,
    pub(crate) range: &'static str,
    pub(crate) previous: &'static str,
    pub(crate) next: &'static str,
    pub(crate) keys: &'static str,
    pub(crate) admin: &'static str,
    pub(crate) deactivated: &'static str,
    pub(crate) locked: &'static str,
    pub(crate) suspended: &'static str,
    pub(crate) created: &'static str,
    pub(crate) seen: &'static str,
    pub(crate) never: &'static str,
}

/// A new account.
pub struct Create {
    pub(crate) title: &'static str,
    pub(crate) lead: &'static str,
    pub(crate) field: &'static str,
    pub(crate) hint: &'static str,
    pub(crate) missing: &'static str,
    pub(crate) taken: &'static str,
    pub(crate) impossible: &'static str,
    pub(crate) submit: &'static str,
    pub(crate) submitting: &'static str,
    pub(crate) done: &'static str,
    pub(crate) was_there: &'static str,
    pub(crate) was_there_note: &'static str,
    pub(crate) perhaps: &'static str,
    pub(crate) perhaps_note: &'static str,
}

/// One account.
pub struct User {
    pub(crate) title: &'static str,
    pub(crate) loading: &'static str,
    pub(crate) no_user: &'static str,
    pub(crate) again: &'static str,
    pub(crate) yourself: &'static str,
    pub(crate) appservice: &'static str,
    pub(crate) known_as: &'static str,
    pub(crate) stake_title: &'static str,
    pub(crate) sessions: &'static str,
    pub(crate) sessions_one: &'static str,
    pub(crate) sessions_none: &'static str,
    pub(crate) emails: &'static str,
    pub(crate) emails_none: &'static str,
    pub(crate) emails_unknown: &'static str,
    pub(crate) storage: &'static str,
    pub(crate) storage_only: &'static str,
    pub(crate) storage_none: &'static str,
    pub(crate) unknown: &'static str,
    pub(crate) limits: &'static str,
    pub(crate) ways_title: &'static str,
    pub(crate) more_title: &'static str,
}

/// What signing out everywhere costs.
pub struct Prices {
    pub(crate) no_sessions: &'static str,
    pub(crate) no_encryption: &'static str,
    pub(crate) needs_recovery_key: &'static str,
    pub(crate) no_backup: &'static str,
    pub(crate) lost: &'static str,
    pub(crate) unknown: &'static str,
}

/// Attaching an email address.
pub struct Email {
    pub(crate) title: &'static str,
    pub(crate) lead: &'static str,
    pub(crate) field: &'static str,
    pub(crate) submit: &'static str,
    pub(crate) submitting: &'static str,
    pub(crate) done: &'static str,
    pub(crate) already: &'static str,
    pub(crate) sure: &'static str,
}

/// A new password.
pub struct Password {
    pub(crate) title: &'static str,
    pub(crate) lead: &'static str,
    pub(crate) field: &'static str,
    pub(crate) hint: &'static str,
    pub(crate) missing: &'static str,
    pub(crate) another: &'static str,
    pub(crate) no_random: &'static str,
    pub(crate) no_rules: &'static str,
    pub(crate) sessions: &'static str,
    pub(crate) keep: &'static str,
    pub(crate) keep_why: &'static str,
    pub(crate) sign_out: &'static str,
    pub(crate) sign_out_one: &'static str,
    pub(crate) sign_out_some: &'static str,
    pub(crate) submit: &'static str,
    pub(crate) submitting: &'static str,
    pub(crate) done_kept: &'static str,
    pub(crate) done_dendrite: &'static str,
    pub(crate) done_signed_out: &'static str,
    pub(crate) done_signed_out_others: &'static str,
    pub(crate) ask_signs_out: &'static str,
    pub(crate) yes: &'static str,
    pub(crate) dendrite_lead: &'static str,
    pub(crate) dendrite_old: &'static str,
    pub(crate) dendrite_user: &'static str,
    pub(crate) dendrite_wrong: &'static str,
}

/// What is handed over.
pub struct Sheet {
    pub(crate) title: &'static str,
    pub(crate) once: &'static str,
    pub(crate) homeserver: &'static str,
    pub(crate) user: &'static str,
    pub(crate) password: &'static str,
    pub(crate) steps: [&'static str; 3],
    pub(crate) key: &'static str,
    pub(crate) copy: &'static str,
    pub(crate) copied: &'static str,
    pub(crate) selected: &'static str,
    pub(crate) text: &'static str,
    pub(crate) print: &'static str,
    pub(crate) close: &'static str,
}

/// The sessions of an account.
pub struct Sessions {
    pub(crate) title: &'static str,
    pub(crate) lead: &'static str,
    pub(crate) one: &'static str,
    pub(crate) unnamed: &'static str,
    pub(crate) seen: &'static str,
    pub(crate) never: &'static str,
    pub(crate) all: &'static str,
    pub(crate) busy: &'static str,
    pub(crate) ask_one: &'static str,
    pub(crate) ask_all: &'static str,
    pub(crate) yes: &'static str,
    pub(crate) done_one: &'static str,
    pub(crate) done_all: &'static str,
}

/// Setting encryption up anew.
pub struct Encryption {
    pub(crate) title: &'static str,
    pub(crate) lead: &'static str,
    pub(crate) by_password: &'static str,
    pub(crate) none: &'static str,
    pub(crate) none_note: &'static str,
    pub(crate) submit: &'static str,
    pub(crate) busy: &'static str,
    pub(crate) done: &'static str,
}

/// Locking and suspending.
pub struct Lock {
    pub(crate) title: &'static str,
    pub(crate) lead: &'static str,
    pub(crate) submit: &'static str,
    pub(crate) done: &'static str,
    pub(crate) ask: &'static str,
    pub(crate) yes: &'static str,
    pub(crate) unlock_title: &'static str,
    pub(crate) unlock_lead: &'static str,
    pub(crate) unlock: &'static str,
    pub(crate) unlocked: &'static str,
    pub(crate) unsuspend_title: &'static str,
    pub(crate) unsuspend_lead: &'static str,
    pub(crate) unsuspend: &'static str,
    pub(crate) unsuspended: &'static str,
    pub(crate) busy: &'static str,
}

/// Closing an account, and opening it again.
pub struct Close {
    pub(crate) title: &'static str,
    pub(crate) lead: &'static str,
    pub(crate) plain: &'static str,
    pub(crate) plain_why: &'static str,
    pub(crate) erase: &'static str,
    pub(crate) erase_why: &'static str,
    pub(crate) how: &'static str,
    pub(crate) submit: &'static str,
    pub(crate) busy: &'static str,
    pub(crate) ask: &'static str,
    pub(crate) ask_erase: &'static str,
    pub(crate) yes: &'static str,
    pub(crate) yes_erase: &'static str,
    pub(crate) done: &'static str,
    pub(crate) erased: &'static str,
    pub(crate) open_title: &'static str,
    pub(crate) open_lead: &'static str,
    pub(crate) open: &'static str,
    pub(crate) opening: &'static str,
    pub(crate) opened: &'static str,
}

/// Questions before something is done.
pub struct Ask {
    pub(crate) title: &'static str,
    pub(crate) no: &'static str,
    pub(crate) yourself_title: &'static str,
    pub(crate) yourself: &'static str,
    pub(crate) yourself_again: &'static str,
    pub(crate) yourself_yes: &'static str,
}

/// What was done, in a word or two.
pub struct Actions {
    pub(crate) attach_email: &'static str,
    pub(crate) set_password: &'static str,
    pub(crate) sign_out: &'static str,
    pub(crate) allow_reset: &'static str,
    pub(crate) lock: &'static str,
    pub(crate) unlock: &'static str,
    pub(crate) unsuspend: &'static str,
    pub(crate) deactivate: &'static str,
    pub(crate) erase: &'static str,
    pub(crate) reactivate: &'static str,
    pub(crate) create: &'static str,
}

/// Why something is not done.
pub struct Refusals {
    pub(crate) not_an_id: &'static str,
    pub(crate) elsewhere: &'static str,
    pub(crate) no_account: &'static str,
    pub(crate) double: &'static str,
    pub(crate) yourself: &'static str,
    pub(crate) appservice: &'static str,
    pub(crate) deactivated: &'static str,
    pub(crate) no_address: &'static str,
    pub(crate) address_double: &'static str,
    pub(crate) address_taken: &'static str,
    pub(crate) address_odd: &'static str,
    pub(crate) unreadable: &'static str,
    pub(crate) no_password: &'static str,
    pub(crate) forbidden: &'static str,
    pub(crate) not_offered: &'static str,
    pub(crate) password_change_off: &'static str,
    pub(crate) not_known: &'static str,
}

/// What was done.
pub struct Log {
    pub(crate) title: &'static str,
    pub(crate) save: &'static str,
    pub(crate) done: &'static str,
    pub(crate) already: &'static str,
    pub(crate) headings: [&'static str; 5],
}
