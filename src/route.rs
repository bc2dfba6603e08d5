//! The routes: one per step of the guide. Every route is a fixed path, so that
//! every route can be a real file on a server that knows no rewrites.
//!
//! This file uses nothing but `core`: the build includes it to learn which
//! files it has to write.

/// A step, and the address of its page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Route {
    /// What will happen, and the choice between a new password and signing in.
    Home,
    /// Sign in.
    Login,
    /// Email address, new password, what happens to the other sessions.
    Reset,
    /// The original tab waits here while the link is clicked in another one.
    ResetCheckEmail,
    /// Where the mail's tab lands after the homeserver confirmed the address.
    ResetVerified,
    /// The link from the mail is pasted here, where the original tab was lost.
    ResetResume,
    /// The password was changed.
    ResetDone,
    /// For whoever is still signed in somewhere: what to look at there first.
    Check,
    /// Who is signed in, and what they would lose.
    Account,
    /// What signing out would lose, and signing out.
    SignOut,
    /// The guide, questions and answers, the homeserver's administrators.
    Help,
    /// An administrator signs in.
    Admin,
    /// An administrator looks for an account.
    AdminUsers,
    /// An administrator recovers an account, which the fragment names.
    AdminUser,
    /// An administrator does the same to many accounts.
    AdminMany,
}

/// A file of texts: its name, and the tables of `locales/` that are in it.
pub type Texts = (&'static str, &'static [&'static str]);

/// A part of the program. All but the first are downloaded when they are needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The form for a new password: what most people come for.
    Reset,
    /// What comes after the form.
    Wait,
    /// The start, the choice of a homeserver, and whatever else does not lead
    /// straight to a new password.
    Start,
    /// Where one signs in, and what to look at before one signs out.
    Login,
    /// Where one is signed in.
    Account,
    /// Help.
    Help,
    /// For administrators.
    Admin,
}

impl Part {
    /// What its pages say, besides the texts of the first part.
    pub const fn texts(self) -> Texts {
        match self {
            Self::Reset => ("reset", &["main"]),
            Self::Wait => ("wait", &["wait"]),
            // To agree to another homeserver is asked for in both.
            Self::Start => ("start", &["start", "wait"]),
            Self::Login => ("login", &["login", "check", "verdict"]),
            Self::Account => ("account", &["account", "verdict"]),
            Self::Help => ("help", &["desk"]),
            Self::Admin => ("admin", &["login", "admin", "many"]),
        }
    }
}

impl Route {
    /// Every route there is.
    pub const ALL: [Self; 15] = [
        Self::Home,
        Self::Login,
        Self::Reset,
        Self::ResetCheckEmail,
        Self::ResetVerified,
        Self::ResetResume,
        Self::ResetDone,
        Self::Check,
        Self::Account,
        Self::SignOut,
        Self::Help,
        Self::Admin,
        Self::AdminUsers,
        Self::AdminUser,
        Self::AdminMany,
    ];

    /// The path below the site's folder. It is empty for [`Route::Home`] and
    /// otherwise ends in `/`, as a folder with an `index.html` in it does.
    pub const fn path(self) -> &'static str {
        match self {
            Self::Home => "",
            Self::Login => "login/",
            Self::Reset => "reset/",
            Self::ResetCheckEmail => "reset/check-email/",
            Self::ResetVerified => "reset/verified/",
            Self::ResetResume => "reset/resume/",
            Self::ResetDone => "reset/done/",
            Self::Check => "check/",
            Self::Account => "account/",
            Self::SignOut => "sign-out/",
            Self::Help => "help/",
            Self::Admin => "admin/",
            Self::AdminUsers => "admin/users/",
            Self::AdminUser => "admin/user/",
            Self::AdminMany => "admin/many/",
        }
    }

    /// The part of the program that shows the page.
    pub const fn part(self) -> Part {
        match self {
            Self::Home | Self::ResetResume => Part::Start,
            Self::Login | Self::Check => Part::Login,
            Self::Account | Self::SignOut => Part::Account,
            Self::Help => Part::Help,
            Self::Admin | Self::AdminUsers | Self::AdminUser | Self::AdminMany => Part::Admin,
            Self::Reset => Part::Reset,
            Self::ResetCheckEmail | Self::ResetVerified | Self::ResetDone => Part::Wait,
        }
    }

    /// Reads a path below the site's folder, with or without slashes around it.
    pub fn parse(path: &str) -> Option<Self> {
        let wanted = path.trim_matches('/');
        Self::ALL.into_iter().find(|route| route.path().trim_matches('/') == wanted)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_route_reads_back_as_itself() {
        for route in Route::ALL {
            assert_eq!(Route::parse(route.path()), Some(route));
            assert_eq!(Route::parse(route.path().trim_end_matches('/')), Some(route));
        }
    }

    #[test]
    fn an_unknown_path_is_no_route() {
        for path in ["/nowhere", "reset/check", "login/now", "/reset//done"] {
            assert_eq!(Route::parse(path), None, "{path}");
        }
    }
}
