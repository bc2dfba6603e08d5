//! What there is to say at the start, without the words.

/// The texts of the start, by the page or the part they belong to.
pub struct Start {
    pub(crate) home: Home,
    pub(crate) server: Server,
    pub(crate) unfound: Unfound,
    pub(crate) ways: Ways,
    pub(crate) resume: Resume,
    pub(crate) not_found: NotFound,
    pub(crate) setup: Setup,
}

/// `/`
pub struct Home {
    pub(crate) title: &'static str,
    pub(crate) lead: &'static str,
    pub(crate) steps: [&'static str; 3],
    pub(crate) set_a_new_one: &'static str,
    pub(crate) sign_in: &'static str,
    pub(crate) before: &'static str,
    pub(crate) checks: [&'static str; 3],
    pub(crate) no_support: &'static str,
}

/// Choosing a homeserver: on `/`, and where a link names one.
pub struct Server {
    pub(crate) other: &'static str,
    pub(crate) label: &'static str,
    pub(crate) how: &'static str,
    pub(crate) submit: &'static str,
    pub(crate) searching: &'static str,
    pub(crate) which: &'static str,
    pub(crate) missing: &'static str,
    pub(crate) email_address: &'static str,
    pub(crate) odd: &'static str,
    pub(crate) suggested: &'static str,
    pub(crate) suggested_why: &'static str,
    pub(crate) unreadable_title: &'static str,
    pub(crate) unreadable: &'static str,
    pub(crate) unreadable_why: &'static str,
    pub(crate) decline: &'static str,
}

/// Why a homeserver was not found.
pub struct Unfound {
    pub(crate) no_such_host: &'static str,
    pub(crate) well_known_broken: &'static str,
    pub(crate) no_address: &'static str,
    pub(crate) unreadable: &'static str,
    pub(crate) no_cors: &'static str,
    pub(crate) not_matrix: &'static str,
    pub(crate) insecure: &'static str,
}

/// What a homeserver can do for whoever forgot their password.
pub struct Ways {
    pub(crate) asking: &'static str,
    pub(crate) email: &'static str,
    pub(crate) email_unsure: &'static str,
    pub(crate) providers: &'static str,
    pub(crate) recovery_page: &'static str,
    pub(crate) recovery_steps: [&'static str; 4],
    pub(crate) recovery_pitfall: &'static str,
    pub(crate) recovery_off: &'static str,
    pub(crate) account_page: &'static str,
    pub(crate) account_page_unknown: &'static str,
    pub(crate) go_there: &'static str,
    pub(crate) come_back: &'static str,
    pub(crate) provider: &'static str,
    pub(crate) provider_unnamed: &'static str,
    pub(crate) provider_then: &'static str,
    pub(crate) mail_off: &'static str,
    pub(crate) not_offered: &'static str,
    pub(crate) no_passwords: &'static str,
    pub(crate) administrators: &'static str,
    pub(crate) ask_administrators: &'static str,
    pub(crate) unknown: &'static str,
    pub(crate) if_it_can: &'static str,
}

/// `/reset/resume`
pub struct Resume {
    pub(crate) title: &'static str,
    pub(crate) lead: &'static str,
    pub(crate) link: &'static str,
    pub(crate) how: &'static str,
    pub(crate) submit: &'static str,
    pub(crate) missing: &'static str,
    pub(crate) not_a_link: &'static str,
    pub(crate) cut_off: &'static str,
    pub(crate) servers_own: &'static str,
}

/// An address that is no page.
pub struct NotFound {
    pub(crate) title: &'static str,
    pub(crate) lead: &'static str,
}

/// When `config.json` or its homeserver is wrong.
pub struct Setup {
    pub(crate) title: &'static str,
    pub(crate) loading_title: &'static str,
    pub(crate) config_missing: &'static str,
    pub(crate) config_not_json: &'static str,
    pub(crate) config_wrong: &'static str,
    pub(crate) config_no_server: &'static str,
    pub(crate) operator: &'static str,
    pub(crate) server_operator: &'static str,
    pub(crate) server_title: &'static str,
    pub(crate) not_found_at: &'static str,
}
