//! What there is to say at the desk, without the words.

/// All texts of the desk, by the page or the part they belong to.
pub struct Desk {
    pub(crate) login: Login,
    pub(crate) account: Account,
    pub(crate) help: Help,
    pub(crate) plea: Plea,
    pub(crate) doctor: Doctor,
}

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
    pub(crate) elsewhere: &'static str,
    pub(crate) no_passwords: &'static str,
    pub(crate) see_how: &'static str,
}

/// `/account`
pub struct Account {
    pub(crate) title: &'static str,
    pub(crate) lead: &'static str,
    pub(crate) submit: &'static str,
    pub(crate) submitting: &'static str,
}

/// `/help`
pub struct Help {
    pub(crate) title: &'static str,
    pub(crate) lead: &'static str,
    pub(crate) guide_title: &'static str,
    pub(crate) guide: [&'static str; 9],
    pub(crate) guide_start: &'static str,
    pub(crate) questions_title: &'static str,
    pub(crate) questions: Questions,
    pub(crate) more_title: &'static str,
    pub(crate) doctor: &'static str,
    pub(crate) server_admin: &'static str,
    pub(crate) admin_api: &'static str,
    pub(crate) to_reset: &'static str,
    pub(crate) to_administrators: &'static str,
    pub(crate) to_resume: &'static str,
    pub(crate) to_homeserver: &'static str,
}

/// Questions and answers, in their order on the page.
pub struct Questions {
    pub(crate) which_homeserver: Question,
    pub(crate) which_matrix_id: Question,
    pub(crate) no_email: Question,
    pub(crate) no_mail: Question,
    pub(crate) not_me: Question,
    pub(crate) somebody_else: Question,
    pub(crate) lost_key: Question,
    pub(crate) add_address: Question,
    pub(crate) expired: Question,
    pub(crate) messages: Question,
    pub(crate) security_key: Question,
    pub(crate) matrix_org: Question,
    pub(crate) signed_in: Question,
    pub(crate) administrator: Question,
}

/// A question and its answer, in paragraphs.
pub struct Question {
    pub(crate) question: &'static str,
    pub(crate) answer: &'static [&'static str],
}

/// Asking the administrators for help.
pub struct Plea {
    pub(crate) lead: &'static str,
    pub(crate) matrix_org: &'static str,
    pub(crate) not_found_out: &'static str,
    pub(crate) no_support: &'static str,
    pub(crate) hosted: &'static str,
    pub(crate) looking: &'static str,
    pub(crate) contacts: &'static str,
    pub(crate) by_operator: &'static str,
    pub(crate) nobody: &'static str,
    pub(crate) website: &'static str,
    pub(crate) support_page: &'static str,
    pub(crate) admin: &'static str,
    pub(crate) security: &'static str,
    pub(crate) other: &'static str,
    pub(crate) write: &'static str,
    pub(crate) matrix_id_how: &'static str,
    pub(crate) message_title: &'static str,
    pub(crate) account: &'static str,
    pub(crate) account_how: &'static str,
    pub(crate) reply_to: &'static str,
    pub(crate) reply_to_how: &'static str,
    pub(crate) what: &'static str,
    pub(crate) reasons: [Reason; 4],
    pub(crate) attach: &'static str,
    pub(crate) set: &'static str,
    pub(crate) lock: &'static str,
    pub(crate) message: &'static str,
    pub(crate) copy: &'static str,
    pub(crate) copied: &'static str,
    pub(crate) anew: &'static str,
    pub(crate) not_copied: &'static str,
    pub(crate) subject: &'static str,
    pub(crate) body: &'static str,
    pub(crate) unknown_account: &'static str,
    pub(crate) unknown_reply: &'static str,
}

/// Why somebody needs the administrators: as they choose it, and as it is
/// written to them.
pub struct Reason {
    pub(crate) choice: &'static str,
    pub(crate) sentence: &'static str,
    pub(crate) is_intruder: bool,
}

/// `/help?doctor`
pub struct Doctor {
    pub(crate) title: &'static str,
    pub(crate) lead: &'static str,
    pub(crate) running: &'static str,
    pub(crate) all_done: &'static str,
    pub(crate) some_unknown: &'static str,
    pub(crate) some_wrong: &'static str,
    pub(crate) again: &'static str,
    pub(crate) good: &'static str,
    pub(crate) bad: &'static str,
    pub(crate) unknown: &'static str,
    pub(crate) to_do: &'static str,
    pub(crate) well_known: &'static str,
    pub(crate) versions: &'static str,
    pub(crate) sign_in: &'static str,
    pub(crate) accounts: &'static str,
    pub(crate) email: &'static str,
    pub(crate) link_page: &'static str,
    pub(crate) rules: &'static str,
    pub(crate) support: &'static str,
    pub(crate) site: &'static str,
    pub(crate) well_known_right: &'static str,
    pub(crate) well_known_missing: &'static str,
    pub(crate) well_known_needed: &'static str,
    pub(crate) well_known_broken: &'static str,
    pub(crate) well_known_unreadable: &'static str,
    pub(crate) well_known_elsewhere: &'static str,
    pub(crate) well_known_no_name: &'static str,
    pub(crate) well_known_fix: &'static str,
    pub(crate) cors_fix: &'static str,
    pub(crate) versions_right: &'static str,
    pub(crate) versions_unreadable: &'static str,
    pub(crate) versions_not_matrix: &'static str,
    pub(crate) versions_fix: &'static str,
    pub(crate) no_answer: &'static str,
    pub(crate) sign_in_right: &'static str,
    pub(crate) sign_in_elsewhere: &'static str,
    pub(crate) sign_in_missing: &'static str,
    pub(crate) sign_in_fix: &'static str,
    pub(crate) accounts_right: &'static str,
    pub(crate) accounts_oauth: &'static str,
    pub(crate) accounts_fix: &'static str,
    pub(crate) email_right: &'static str,
    pub(crate) email_unsure: &'static str,
    pub(crate) email_off: &'static str,
    pub(crate) email_off_fix: &'static str,
    pub(crate) elsewhere_right: &'static str,
    pub(crate) email_missing: &'static str,
    pub(crate) email_missing_fix: &'static str,
    pub(crate) link_page_right: &'static str,
    pub(crate) link_page_missing: &'static str,
    pub(crate) link_page_fix: &'static str,
    pub(crate) link_page_unknown: &'static str,
    pub(crate) rules_right: &'static str,
    pub(crate) rules_none: &'static str,
    pub(crate) rules_unknown: &'static str,
    pub(crate) support_right: &'static str,
    pub(crate) support_missing: &'static str,
    pub(crate) support_fix: &'static str,
    pub(crate) site_right: &'static str,
    pub(crate) site_insecure: &'static str,
    pub(crate) site_fix: &'static str,
    pub(crate) proxy_title: &'static str,
    pub(crate) proxy_lead: &'static str,
    pub(crate) next_link: &'static str,
}
