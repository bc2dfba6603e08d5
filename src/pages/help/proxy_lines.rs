//! The lines that forward what is needed, for the two web servers that most have:
//! part of the doctor's page.

use crate::browser::address;
use crate::components::text::{filled, plain};
use crate::i18n::{desk, fill};
use crate::matrix::Homeserver;
use crate::recovery::doctor::Setup;
use leptos::prelude::*;

/// Where the homeserver is expected; it is to be replaced where it is elsewhere.
pub const UPSTREAM: &str = "127.0.0.1:8008";
/// Where the Matrix Authentication Service is expected, as in its documentation.
const MAS: &str = "127.0.0.1:8080";
/// What the Matrix Authentication Service answers in place of Synapse, from the
/// chapter "Configuring a reverse proxy" of its documentation. Its `(.*)` for the
/// version is narrowed to the versions that there are.
const MAS_ROUTES: &str = "^/_matrix/client/(api/v1|r0|v3|unstable)/(login|logout|refresh)(/|$)";
/// What is to be replaced. It is no address, so the doctor finds where it was
/// left.
const CONTACT: &str = "ADDRESS";

/// The lines for this homeserver.
pub fn lines(server: &Homeserver, setup: Setup) -> AnyView {
    let t = &desk().doctor;
    let names = Names::of(server, setup);
    let site = fill(t.next_link, &[("site", &address::host())]);
    let blanks = [("upstream", UPSTREAM), ("contact", CONTACT), ("mas", MAS)];
    let mas = (setup == Setup::Mas).then(|| filled(t.proxy_mas, &blanks).line(""));
    // Only Synapse that sends the email itself has such a list.
    let site = (setup == Setup::Synapse).then(|| plain(&site).line("hint"));
    view! {
        <h2 class="part" id="proxy" tabindex="-1">{t.proxy_title}</h2>
        {filled(t.proxy_lead, &blanks).line("")}
        {mas}
        <h3>"nginx"</h3>
        <pre tabindex="0">{names.nginx()}</pre>
        <h3>"Caddy"</h3>
        <pre tabindex="0">{names.caddy()}</pre>
        {site}
    }
    .into_any()
}

/// The hosts, and what has to be in the two files.
struct Names {
    api: String,
    name: String,
    files: [(&'static str, String); 2],
    setup: Setup,
}

impl Names {
    fn of(server: &Homeserver, setup: Setup) -> Self {
        let api = server.base_url.host().to_owned();
        let name = server.server_name().unwrap_or(&api).to_owned();
        let base_url = server.base_url.as_str();
        let client = ["{\"m.homeserver\":{\"base_url\":\"", base_url, "\"}}"].concat();
        let support = "{\"contacts\":[{\"role\":\"m.role.admin\",\"email_address\":\"";
        let support = [support, CONTACT, "\"}]}"].concat();
        Self { api, name, files: [("client", client), ("support", support)], setup }
    }

    /// The paths that go to the homeserver.
    fn paths(&self) -> Vec<&'static str> {
        let all = ["/_synapse/client", "/_tuwunel", "/_continuwuity"];
        let link_paths = match self.setup {
            Setup::Unknown => all.to_vec(),
            // Synapse has pages there that have nothing to do with passwords.
            Setup::Mas => vec!["/_synapse/client"],
            setup => setup.link_path().into_iter().collect(),
        };
        [vec!["/_matrix"], link_paths].concat()
    }

    /// Why there are more paths than any one homeserver has.
    fn note(&self) -> &'static str {
        match self.setup {
            Setup::Unknown => {
                "# Keep the path that your homeserver has:\n# Synapse /_synapse/client, Tuwunel /_tuwunel, Continuwuity /_continuwuity\n"
            }
            _ => "",
        }
    }

    fn nginx(&self) -> String {
        let to = |path: &str, upstream: &str| {
            [
                "location ~ ",
                path,
                " {\n    proxy_pass http://",
                upstream,
                ";\n    proxy_set_header X-Forwarded-For $remote_addr;\n    proxy_set_header X-Forwarded-Proto $scheme;\n    proxy_set_header Host $host;\n    client_max_body_size 50M;\n}\n",
            ]
            .concat()
        };
        let mut lines = ["# In the server block of ", &self.api, ":\n", self.note()].concat();
        if self.setup == Setup::Mas {
            lines += &to(MAS_ROUTES, MAS);
        }
        let paths: Vec<_> = self.paths().iter().map(|path| path.trim_start_matches('/')).collect();
        lines += &to(&["^/(", &paths.join("|"), ")"].concat(), UPSTREAM);
        lines += &["\n", "# In the server block of ", &self.name, ":\n"].concat();
        for (file, content) in &self.files {
            lines += &[
                "location = /.well-known/matrix/",
                file,
                " {\n    default_type application/json;\n    add_header Access-Control-Allow-Origin *;\n    return 200 '",
                content,
                "';\n}\n",
            ]
            .concat();
        }
        lines
    }

    fn caddy(&self) -> String {
        let mut lines = [self.note(), &self.api, " {\n"].concat();
        // Caddy sorts what is not in a `route`, and would put the longer path first.
        let is_mas = self.setup == Setup::Mas;
        if is_mas {
            lines += &[
                "    @mas path_regexp ",
                MAS_ROUTES,
                "\n    route {\n    reverse_proxy @mas ",
                MAS,
                "\n",
            ]
            .concat();
        }
        for path in self.paths() {
            lines += &["    reverse_proxy ", path, "/* ", UPSTREAM, "\n"].concat();
        }
        if is_mas {
            lines += "    }\n";
        }
        if self.name != self.api {
            lines += &["}\n\n", &self.name, " {\n"].concat();
        }
        lines += "    header /.well-known/matrix/* Content-Type application/json\n    header /.well-known/matrix/* Access-Control-Allow-Origin *\n";
        for (file, content) in &self.files {
            lines += &["    respond /.well-known/matrix/", file, " `", content, "`\n"].concat();
        }
        lines += "}\n";
        lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matrix::BaseUrl;

    fn both(setup: Setup) -> [String; 2] {
        let url = BaseUrl::parse("https://matrix.example.org").unwrap();
        let names = Names::of(&Homeserver::new(Some("example.org".into()), url), setup);
        [names.nginx(), names.caddy()]
    }

    #[test]
    fn lines_forward_the_paths_of_the_server() {
        let all = ["_synapse/client", "_tuwunel", "_continuwuity"];
        for (setup, wanted) in [
            (Setup::Synapse, &all[..1]),
            (Setup::Tuwunel, &all[1..2]),
            (Setup::Continuwuity, &all[2..]),
            (Setup::Unknown, &all[..]),
        ] {
            for lines in both(setup) {
                assert!(lines.contains("_matrix"), "{lines}");
                for path in all {
                    assert_eq!(lines.contains(path), wanted.contains(&path), "{path}\n{lines}");
                }
            }
        }
    }

    #[test]
    fn sign_in_goes_to_the_matrix_authentication_service_first() {
        for lines in both(Setup::Mas) {
            let [service, homeserver] = [MAS, UPSTREAM].map(|upstream| lines.find(upstream));
            assert!(service.is_some() && service < homeserver, "{lines}");
            assert!(lines.contains("(login|logout|refresh)"), "{lines}");
        }
        for setup in [Setup::Synapse, Setup::Tuwunel, Setup::Continuwuity, Setup::Unknown] {
            assert!(both(setup).iter().all(|lines| !lines.contains("(login|logout|refresh)")));
        }
    }
}
