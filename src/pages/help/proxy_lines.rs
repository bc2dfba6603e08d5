//! The lines that forward what is needed, for the two web servers that most have:
//! part of the doctor's page.

use crate::browser::address;
use crate::components::text::{filled, plain};
use crate::i18n::{desk, fill};
use crate::matrix::Homeserver;
use leptos::prelude::*;

/// Where Synapse is expected; it is to be replaced where it is elsewhere.
pub const UPSTREAM: &str = "127.0.0.1:8008";
/// What is to be replaced. It is no address, so the doctor finds where it was
/// left.
const CONTACT: &str = "ADDRESS";

/// The lines for this homeserver.
pub fn lines(server: &Homeserver) -> AnyView {
    let t = &desk().doctor;
    let names = Names::of(server);
    let site = fill(t.next_link, &[("site", &address::host())]);
    let blanks = [("upstream", UPSTREAM), ("contact", CONTACT)];
    view! {
        <h2 class="part" id="proxy" tabindex="-1">{t.proxy_title}</h2>
        {filled(t.proxy_lead, &blanks).line("")}
        <h3>"nginx"</h3>
        <pre tabindex="0">{names.nginx()}</pre>
        <h3>"Caddy"</h3>
        <pre tabindex="0">{names.caddy()}</pre>
        {plain(&site).line("hint")}
    }
    .into_any()
}

/// The hosts, and what has to be in the two files.
struct Names {
    api: String,
    name: String,
    files: [(&'static str, String); 2],
}

impl Names {
    fn of(server: &Homeserver) -> Self {
        let api = server.base_url.host().to_owned();
        let name = server.server_name().unwrap_or(&api).to_owned();
        let base_url = server.base_url.as_str();
        let client = ["{\"m.homeserver\":{\"base_url\":\"", base_url, "\"}}"].concat();
        let support = "{\"contacts\":[{\"role\":\"m.role.admin\",\"email_address\":\"";
        let support = [support, CONTACT, "\"}]}"].concat();
        Self { api, name, files: [("client", client), ("support", support)] }
    }

    fn nginx(&self) -> String {
        let mut lines = [
            "# In the server block of ",
            &self.api,
            ":\nlocation ~ ^/(_matrix|_synapse/client) {\n    proxy_pass http://",
            UPSTREAM,
            ";\n    proxy_set_header X-Forwarded-For $remote_addr;\n    proxy_set_header X-Forwarded-Proto $scheme;\n    proxy_set_header Host $host;\n    client_max_body_size 50M;\n}\n\n# In the server block of ",
            &self.name,
            ":\n",
        ]
        .concat();
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
        let mut lines = [self.api.as_str(), " {\n"].concat();
        for path in ["/_matrix/*", "/_synapse/client/*"] {
            lines += &["    reverse_proxy ", path, " ", UPSTREAM, "\n"].concat();
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
