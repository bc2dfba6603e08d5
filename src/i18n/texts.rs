//! What there is to say, without the words: a language that lacks one does not
//! compile. `{name}` in a text is filled in by whoever shows it.

/// The texts of the way to a new password, and those that all pages share, by the
/// page or the part they belong to.
pub struct Texts {
    pub(crate) site: Site,
    pub(crate) progress: Progress,
    pub(crate) themes: Themes,
    pub(crate) reset: Reset,
    pub(crate) check_email: CheckEmail,
    pub(crate) missing: Missing,
    pub(crate) verified: Verified,
    pub(crate) done: Done,
    pub(crate) errors: Errors,
    pub(crate) fields: Fields,
    pub(crate) strength: Strength,
    pub(crate) rules: Rules,
    pub(crate) time: Time,
}

/// Around every page.
pub struct Site {
    pub(crate) name: &'static str,
    pub(crate) skip: &'static str,
    pub(crate) loading: &'static str,
    pub(crate) homeserver: &'static str,
    pub(crate) change: &'static str,
    pub(crate) help: &'static str,
    pub(crate) no_mailbox: &'static str,
    pub(crate) start: &'static str,
    pub(crate) try_again: &'static str,
    pub(crate) load_again: &'static str,
    pub(crate) wrong: &'static str,
}

/// Where one is in the guide.
pub struct Progress {
    pub(crate) step: &'static str,
    pub(crate) names: [&'static str; 4],
}

/// Light or dark.
pub struct Themes {
    pub(crate) label: &'static str,
    pub(crate) device: &'static str,
    pub(crate) light: &'static str,
    pub(crate) dark: &'static str,
    pub(crate) light_high_contrast: &'static str,
    pub(crate) dark_high_contrast: &'static str,
}

/// `/reset`
pub struct Reset {
    pub(crate) title: &'static str,
    pub(crate) lead: &'static str,
    pub(crate) email: &'static str,
    pub(crate) password: &'static str,
    pub(crate) other_sessions: &'static str,
    pub(crate) sign_out: &'static str,
    pub(crate) sign_out_why: &'static str,
    pub(crate) keep: &'static str,
    pub(crate) keep_why: &'static str,
    pub(crate) still_signed_in: &'static str,
    pub(crate) look_there: &'static str,
    pub(crate) submit: &'static str,
    pub(crate) checking: &'static str,
    pub(crate) sending: &'static str,
    pub(crate) sign_in_instead: &'static str,
    pub(crate) have_a_link: &'static str,
    pub(crate) resume: &'static str,
    pub(crate) on_its_way: &'static str,
    pub(crate) on_its_way_by_link: &'static str,
    pub(crate) back_to_waiting: &'static str,
    pub(crate) no_randomness: &'static str,
}

/// `/reset/check-email`
pub struct CheckEmail {
    pub(crate) title: &'static str,
    pub(crate) sent: &'static str,
    pub(crate) by_link: &'static str,
    pub(crate) steps: [&'static str; 3],
    pub(crate) open_the_link: &'static str,
    pub(crate) new_tab: &'static str,
    pub(crate) stay: &'static str,
    pub(crate) sent_at: &'static str,
    pub(crate) verified: &'static str,
    pub(crate) verifying: &'static str,
    pub(crate) slow: &'static str,
    pub(crate) waiting_for_answer: &'static str,
    pub(crate) not_yet: &'static str,
    pub(crate) not_yet_by_link: &'static str,
    pub(crate) link_used: &'static str,
    pub(crate) elsewhere: &'static str,
    pub(crate) sign_in: &'static str,
    pub(crate) keeps_trying: &'static str,
    pub(crate) may_be_done: &'static str,
    pub(crate) try_to_sign_in: &'static str,
    pub(crate) not_received: &'static str,
    pub(crate) resend: &'static str,
    pub(crate) resend_in: &'static str,
    pub(crate) resending: &'static str,
    pub(crate) resent: &'static str,
    pub(crate) other_address: &'static str,
    pub(crate) new_email: &'static str,
}

/// `/reset/check-email`, where all that is missing is the new password
pub struct Missing {
    pub(crate) locked: &'static str,
    pub(crate) title: &'static str,
    pub(crate) lead: &'static str,
    pub(crate) again_title: &'static str,
    pub(crate) again: &'static str,
    pub(crate) refused_title: &'static str,
    pub(crate) refused: &'static str,
    pub(crate) submit: &'static str,
    pub(crate) cancel: &'static str,
    pub(crate) one_moment: &'static str,
    pub(crate) sign_in_elsewhere: &'static str,
    pub(crate) other_server_title: &'static str,
    pub(crate) other_server: &'static str,
    pub(crate) other_server_why: &'static str,
    pub(crate) other_server_go_on: &'static str,
}

/// `/reset/verified`
pub struct Verified {
    pub(crate) title: &'static str,
    pub(crate) looking: &'static str,
    pub(crate) finishing: &'static str,
    pub(crate) done: &'static str,
    pub(crate) alone: &'static str,
    pub(crate) here: &'static str,
    pub(crate) back_title: &'static str,
    pub(crate) lead: &'static str,
    pub(crate) tab_gone: &'static str,
}

/// `/reset/done`
pub struct Done {
    pub(crate) title: &'static str,
    pub(crate) signed_out: &'static str,
    pub(crate) kept: &'static str,
    pub(crate) elsewhere: &'static str,
    pub(crate) next: &'static str,
    pub(crate) open_client: &'static str,
    pub(crate) back: &'static str,
    pub(crate) again: &'static str,
}

/// What a server or the network answered.
pub struct Errors {
    pub(crate) title: &'static str,
    pub(crate) offline: &'static str,
    pub(crate) unreachable: &'static str,
    pub(crate) timed_out: &'static str,
    pub(crate) not_matrix: &'static str,
    pub(crate) server_fault: &'static str,
    pub(crate) rate_limited: &'static str,
    pub(crate) rate_limited_for: &'static str,
    pub(crate) rate_limited_over: &'static str,
    pub(crate) refused: &'static str,
    pub(crate) not_offered: &'static str,
    pub(crate) not_found: &'static str,
    pub(crate) forbidden: &'static str,
    pub(crate) mail_off: &'static str,
    pub(crate) mail_not_sent: &'static str,
    pub(crate) password_change_off: &'static str,
    pub(crate) address_gone: &'static str,
    pub(crate) wrong_credentials: &'static str,
    pub(crate) no_addresses: &'static str,
    pub(crate) deactivated: &'static str,
    pub(crate) locked: &'static str,
    pub(crate) suspended: &'static str,
    pub(crate) sign_on_expired: &'static str,
    pub(crate) address_taken: &'static str,
    pub(crate) link_not_opened: &'static str,
    pub(crate) session_ended: &'static str,
    pub(crate) not_loaded: &'static str,
}

/// Beside a field.
pub struct Fields {
    pub(crate) check: &'static str,
    pub(crate) show: &'static str,
    pub(crate) hide: &'static str,
    pub(crate) caps_lock: &'static str,
    pub(crate) email_missing: &'static str,
    pub(crate) email_not_an_address: &'static str,
    pub(crate) email_unknown: &'static str,
    pub(crate) email_denied: &'static str,
    pub(crate) password_missing: &'static str,
    pub(crate) rules: &'static str,
}

/// How hard a new password is to guess.
pub struct Strength {
    pub(crate) common: &'static str,
    pub(crate) guessable: &'static str,
    pub(crate) short: &'static str,
    pub(crate) fair: &'static str,
    pub(crate) good: &'static str,
}

/// What a homeserver asks of a password.
pub struct Rules {
    pub(crate) minimum_length: Rule,
    pub(crate) minimum_length_unknown: Rule,
    pub(crate) maximum_length: Rule,
    pub(crate) digit: Rule,
    pub(crate) symbol: Rule,
    pub(crate) uppercase: Rule,
    pub(crate) lowercase: Rule,
    pub(crate) not_common: Rule,
    pub(crate) stronger: Rule,
}

/// How long something takes.
pub struct Time {
    pub(crate) second: &'static str,
    pub(crate) seconds: &'static str,
    pub(crate) minute: &'static str,
    pub(crate) minutes: &'static str,
    pub(crate) hour: &'static str,
    pub(crate) hours: &'static str,
}

/// A rule, as a wish and as a complaint.
pub struct Rule {
    pub(crate) wanted: &'static str,
    pub(crate) broken: &'static str,
}
