//! Why the Admin API cannot be reached, and what to do.

use crate::admin::reach::Reach;
use crate::browser::address;
use crate::components::button::{Button, Weight};
use crate::components::text::{Html, filled, link_out, link_out_button, plain, steps};
use crate::i18n::{self, admin as texts, fill};
use crate::matrix::Homeserver;
use crate::matrix::auth_metadata::AuthMetadata;
use crate::pages::help::proxy_lines::UPSTREAM;
use crate::route::Route;
use crate::site::Site;
use leptos::prelude::*;

/// What is the matter, and the way on.
pub fn view(site: &Site, server: &Homeserver, reach: &Reach, again: Callback<()>) -> AnyView {
    let t = &texts().reach;
    let name = server.name.as_str();
    let content = match reach {
        Reach::Open(_) => return ().into_any(),
        Reach::Blocked => blocked(site, server),
        Reach::Absent => notice(t.absent_title, filled(t.absent, &[("server", name)])),
        Reach::Elsewhere { oauth, has_admin_api } => elsewhere(site, name, oauth, *has_admin_api),
        Reach::Failed(error) => {
            notice(i18n::texts().errors.title, plain(&i18n::error(error, name)))
        }
    };
    view! {
        {content}
        <div class="actions">
            <Button label=t.again busy=None blocked=false weight=Weight::Secondary press=again/>
        </div>
    }
    .into_any()
}

fn notice(title: &'static str, words: Html) -> AnyView {
    view! { <div class="notice critical" role="alert"><h2>{title}</h2>{words.line("")}</div> }
        .into_any()
}

/// The lines that let it through, and the way without them.
fn blocked(site: &Site, server: &Homeserver) -> AnyView {
    let t = &texts().reach;
    let said = filled(t.blocked, &[("server", &server.name)]);
    let upstream = [("upstream", UPSTREAM)];
    view! {
        {notice(t.blocked_title, said)}
        <h2 class="part">{t.lines}</h2>
        {filled(t.lines_why, &upstream).line("")}
        <h3>"nginx"</h3>
        <pre tabindex="0">{nginx()}</pre>
        <h3>"Caddy"</h3>
        <pre tabindex="0">{caddy(server.base_url.host())}</pre>
        <h2 class="part">{t.tunnel_title}</h2>
        {tunnel(site, server)}
    }
    .into_any()
}

fn nginx() -> String {
    [
        "location /_synapse/admin {\n    allow 192.0.2.7;\n    deny all;\n    proxy_pass http://",
        UPSTREAM,
        ";\n    proxy_set_header X-Forwarded-For $remote_addr;\n    proxy_set_header X-Forwarded-Proto $scheme;\n    proxy_set_header Host $host;\n}\n",
    ]
    .concat()
}

fn caddy(host: &str) -> String {
    [
        host,
        " {\n    @admin {\n        path /_synapse/admin/*\n        remote_ip 192.0.2.7\n    }\n    reverse_proxy @admin ",
        UPSTREAM,
        "\n}\n",
    ]
    .concat()
}

fn tunnel(site: &Site, server: &Homeserver) -> AnyView {
    let t = &texts().reach;
    if site.config.is_locked {
        return plain(t.tunnel_locked).line("");
    }
    let port = "8008";
    let host = server.base_url.host().split(':').next().unwrap_or_default().to_owned();
    let command = ["ssh -N -L ", port, ":", UPSTREAM, " ", &host].concat();
    let here = [&address::site(), Route::Admin.path(), "#hs_url=http://127.0.0.1:", port].concat();
    let code = |text: &str| plain("").and(Html::code(text));
    let [first, second, third] = t.tunnel;
    steps(&[plain(first).and(code(&command)), plain(second).and(code(&here)), plain(third)])
}

/// Where accounts are kept by something else, that has its own tools.
fn elsewhere(site: &Site, name: &str, oauth: &AuthMetadata, has_admin_api: bool) -> AnyView {
    let t = &texts().reach;
    let said = filled(t.elsewhere, &[("server", name)]);
    let tool = site.config.admin_page();
    let tool = tool.map(|page| link_out_button(Weight::Primary, &page, t.tool).actions());
    let command = oauth.is_mas.then(|| {
        let command = "mas-cli manage set-password NAME PASSWORD";
        view! { {plain(t.command).line("")} <pre tabindex="0">{command}</pre> }
    });
    // It answers 200 to some changes, which MAS never learns of.
    let open = filled(t.elsewhere_open, &[("server", name)]).line("hint");
    let open = has_admin_api.then_some(open);
    let own = oauth.account_page.as_ref().map(|page| {
        let words = fill(t.account_page, &[("host", page.host())]);
        link_out(page.as_str(), &words).line("hint")
    });
    view! { {notice(t.elsewhere_title, said)} {open} {tool} {command} {own} }.into_any()
}
