//! The software of a homeserver.

/// The software of a homeserver, as far as it is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Implementation {
    /// Synapse.
    Synapse,
    /// Tuwunel.
    Tuwunel,
    /// Continuwuity.
    Continuwuity,
    /// Another one, or it is not known.
    #[default]
    Unknown,
}

impl Implementation {
    /// Reads it from the page behind the link in an email: each has a path of its
    /// own.
    pub fn of_link(link: &str) -> Self {
        let paths = [
            ("/_synapse/", Self::Synapse),
            ("/_tuwunel/", Self::Tuwunel),
            ("/_continuwuity/", Self::Continuwuity),
        ];
        let known = paths.into_iter().find(|(path, _)| link.contains(path));
        known.map_or(Self::Unknown, |(_, implementation)| implementation)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn link_tells_the_software() {
        for (link, wanted) in [
            (
                "https://a.example/_synapse/client/password_reset/email/submit_token?token=t",
                Implementation::Synapse,
            ),
            ("https://a.example/_tuwunel/3pid/email/validate?sid=s", Implementation::Tuwunel),
            ("https://a.example/x/_continuwuity/3pid/email", Implementation::Continuwuity),
            ("https://a.example/_other/validate", Implementation::Unknown),
        ] {
            assert_eq!(Implementation::of_link(link), wanted, "{link}");
        }
    }
}
