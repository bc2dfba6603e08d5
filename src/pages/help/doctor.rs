//! `/help?doctor`: the questions that this site asks a homeserver, one by one,
//! with what is to be changed.

use crate::browser::{address, network};
use crate::components::button::{Button, Weight};
use crate::components::page::page as show;
use crate::components::text::{Html, filled, plain};
use crate::i18n::{self, desk, fill};
use crate::matrix::Homeserver;
use crate::matrix::auth_metadata::GetAuthMetadata;
use crate::matrix::discovery::{GetVersions, GetWellKnown, at, well_known_host};
use crate::matrix::email_reset::AskForEmailReset;
use crate::matrix::link_pages::AskForLinkPages;
use crate::matrix::login_flows::GetLoginFlows;
use crate::matrix::password_policy::GetPasswordPolicy;
use crate::matrix::support::GetSupport;
use crate::net;
use crate::recovery::doctor::{Check, Finding, Verdict};
use crate::site::Site;
use leptos::prelude::*;
use leptos::task::spawn_local;

type Findings = RwSignal<Vec<(Check, Finding)>>;

/// The page.
pub fn page(site: &Site) -> AnyView {
    let t = &desk().doctor;
    let findings: Findings = RwSignal::new(Vec::new());
    examine(site, findings);
    let homeserver = site.homeserver();
    let server = homeserver.name.clone();
    let again = {
        let site = site.clone();
        Callback::new(move |()| {
            findings.set(Vec::new());
            examine(&site, findings);
        })
    };
    let summary = {
        let server = server.clone();
        move || summary(&findings.get(), &server)
    };
    let list = move || {
        let found = findings.get();
        found.iter().map(|(check, finding)| item(*check, finding, &homeserver)).collect_view()
    };
    let content = view! {
        {filled(t.lead, &[("server", &server)]).line("lead")}
        <div role="status">{summary}</div>
        <ul class="findings">{list}</ul>
        <div class="actions">
            <Button label=t.again busy=None blocked=false weight=Weight::Secondary press=again/>
        </div>
        {proxy(&site.homeserver())}
    };
    show(site, t.title, content)
}

/// Asks one after the other. Whoever left the page is not told any more.
fn examine(site: &Site, findings: Findings) {
    let (homeserver, has_contacts) = (site.homeserver(), has_contacts(site));
    spawn_local(async move {
        let policy = net::send(&homeserver.base_url, &GetPasswordPolicy).await;
        let is_synapse = policy.is_ok();
        for check in Check::ALL {
            let finding = match check {
                Check::Rules => Finding::of_policy(policy.clone()),
                check => look(check, &homeserver, is_synapse, has_contacts).await,
            };
            if findings.try_update(|findings| findings.push((check, finding))).is_none() {
                return;
            }
        }
    });
}

fn has_contacts(site: &Site) -> bool {
    !site.config.contacts().is_empty() || site.config.support_page().is_some()
}

async fn look(check: Check, server: &Homeserver, is_synapse: bool, has_contacts: bool) -> Finding {
    let base_url = &server.base_url;
    match check {
        Check::WellKnown => well_known(server).await,
        Check::Versions => {
            let answer = net::send(base_url, &GetVersions).await;
            let is_there = answer.is_ok() || net::answers(&base_url.join(GetVersions::PATH)).await;
            Finding::of_versions(answer, is_there)
        }
        Check::SignIn => Finding::of_flows(net::send(base_url, &GetLoginFlows).await),
        Check::Accounts => Finding::of_oauth(net::send(base_url, &GetAuthMetadata::Stable).await),
        Check::Email => Finding::of_email(net::send(base_url, &AskForEmailReset).await, is_synapse),
        Check::LinkPage => {
            Finding::of_link_page(net::send(base_url, &AskForLinkPages).await, is_synapse)
        }
        Check::Rules => Finding::RulesUnknown,
        Check::Support if has_contacts => Finding::Support,
        Check::Support => support(server).await,
        Check::Site if network::is_safe() => Finding::SiteSafe,
        Check::Site => Finding::SiteOpen,
    }
}

async fn well_known(server: &Homeserver) -> Finding {
    let host = well_known_host(&server.name).filter(|_| server.name_is_server_name);
    let Some(host) = host else { return Finding::NoName };
    let is_at_name = at(&server.name).as_ref() == Some(&server.base_url);
    Finding::of_well_known(server, net::send(&host, &GetWellKnown).await, is_at_name)
}

async fn support(server: &Homeserver) -> Finding {
    let by_name = well_known_host(&server.name);
    for host in by_name.iter().chain([&server.base_url]) {
        if let Ok(Some(_)) = net::send(host, &GetSupport).await {
            return Finding::Support;
        }
    }
    Finding::NoSupport
}

fn summary(found: &[(Check, Finding)], server: &str) -> AnyView {
    let t = &desk().doctor;
    let is_bad = |(_, finding): &(Check, Finding)| finding.verdict() == Verdict::Bad;
    match found.len() < Check::ALL.len() {
        true => filled(t.running, &[("server", server)]).line("asking"),
        false if found.iter().any(is_bad) => plain(t.some_wrong).line("notice critical"),
        false => plain(t.all_done).line("notice"),
    }
}

fn item(check: Check, finding: &Finding, server: &Homeserver) -> AnyView {
    let t = &desk().doctor;
    let (class, verdict) = match finding.verdict() {
        Verdict::Good => ("good", t.good),
        Verdict::Bad => ("bad", t.bad),
        Verdict::Unknown => ("unknown", t.unknown),
    };
    let (what, fix) = words(finding, server);
    let fix = fix.map(|fix| plain(t.to_do).and(fix).line(""));
    view! {
        <li class=class>
            <h2>{title(check)}</h2>
            <strong class="verdict">{verdict}</strong>
            {what.line("")}
            {fix}
        </li>
    }
    .into_any()
}

fn title(check: Check) -> &'static str {
    let t = &desk().doctor;
    match check {
        Check::WellKnown => t.well_known,
        Check::Versions => t.versions,
        Check::SignIn => t.sign_in,
        Check::Accounts => t.accounts,
        Check::Email => t.email,
        Check::LinkPage => t.link_page,
        Check::Rules => t.rules,
        Check::Support => t.support,
        Check::Site => t.site,
    }
}

/// What was found, and what is to be done about it.
fn words(finding: &Finding, server: &Homeserver) -> (Html, Option<Html>) {
    let t = &desk().doctor;
    let (name, base) = (server.name.as_str(), server.base_url.as_str());
    let say = |text: &str| filled(text, &[("name", name), ("base", base)]);
    let with = |text: &str, blank: &str, value: &str| {
        filled(text, &[("name", name), ("base", base), (blank, value)])
    };
    match finding {
        Finding::WellKnownRight => (say(t.well_known_right), None),
        Finding::WellKnownNotNeeded => (say(t.well_known_missing), None),
        Finding::WellKnownNeeded => (say(t.well_known_needed), Some(say(t.well_known_fix))),
        Finding::WellKnownBroken => (say(t.well_known_broken), Some(say(t.well_known_fix))),
        Finding::WellKnownUnreadable => {
            (say(t.well_known_unreadable), Some(say(t.well_known_fix).and(say(t.cors_fix))))
        }
        Finding::WellKnownElsewhere(other) => {
            (with(t.well_known_elsewhere, "other", other.as_str()), Some(say(t.well_known_fix)))
        }
        Finding::NoName => (say(t.well_known_no_name), None),
        Finding::Answers => (say(t.versions_right), None),
        Finding::AnswersUnreadable => (say(t.versions_unreadable), Some(say(t.versions_fix))),
        Finding::NotMatrix => (say(t.versions_not_matrix), Some(say(t.versions_fix))),
        Finding::Passwords => (say(t.sign_in_right), None),
        Finding::NoPasswords => (say(t.sign_in_missing), Some(say(t.sign_in_fix))),
        Finding::OwnAccounts => (say(t.accounts_right), None),
        Finding::OAuth(metadata) => {
            let page = metadata.recovery_page().or_else(|| metadata.account_page.clone());
            let page = page.as_ref().map_or("?", |page| page.as_str());
            (with(t.accounts_oauth, "page", page), Some(say(t.accounts_fix)))
        }
        Finding::Mail => (say(t.email_right), None),
        Finding::MailUnsure => (say(t.email_unsure), None),
        Finding::MailOff => (say(t.email_off), Some(say(t.email_off_fix))),
        Finding::MailNotOffered => (say(t.email_missing), Some(say(t.email_missing_fix))),
        Finding::LinkPage => (say(t.link_page_right), None),
        Finding::NoLinkPage => (say(t.link_page_missing), Some(say(t.link_page_fix))),
        Finding::LinkPageUnknown => (say(t.link_page_unknown), None),
        Finding::Rules(policy) => {
            (with(t.rules_right, "rules", &i18n::policy(policy, name).join(", ")), None)
        }
        Finding::NoRules => (say(t.rules_none), None),
        Finding::RulesUnknown => (say(t.rules_unknown), None),
        Finding::Support => (say(t.support_right), None),
        Finding::NoSupport => (say(t.support_missing), Some(say(t.support_fix))),
        Finding::SiteSafe => (say(t.site_right), None),
        Finding::SiteOpen => (say(t.site_insecure), Some(say(t.site_fix))),
        Finding::NoAnswer(error) => (with(t.no_answer, "problem", &i18n::error(error, name)), None),
    }
}

/// The lines that forward what is needed, for the two servers that most have.
fn proxy(server: &Homeserver) -> AnyView {
    let t = &desk().doctor;
    const UPSTREAM: &str = "127.0.0.1:8008";
    let files = files(server);
    let nginx = nginx(&files, UPSTREAM);
    let caddy = caddy(server, &files, UPSTREAM);
    let site = fill(t.next_link, &[("site", &address::host())]);
    view! {
        <h2 class="part" id="proxy" tabindex="-1">{t.proxy_title}</h2>
        {filled(t.proxy_lead, &[("upstream", UPSTREAM)]).line("")}
        <h3>"nginx"</h3>
        <pre tabindex="0">{nginx}</pre>
        <h3>"Caddy"</h3>
        <pre tabindex="0">{caddy}</pre>
        {plain(&site).line("hint")}
    }
    .into_any()
}

/// The two files, with what has to be in them.
fn files(server: &Homeserver) -> [(&'static str, String); 2] {
    let name = if server.name_is_server_name { &server.name } else { "example.org" };
    let base_url = server.base_url.as_str();
    let client = ["{\"m.homeserver\":{\"base_url\":\"", base_url, "\"}}"].concat();
    let contact = ["admin@", name].concat();
    let support = "{\"contacts\":[{\"role\":\"m.role.admin\",\"email_address\":\"";
    let support = [support, &contact, "\"}]}"].concat();
    [("client", client), ("support", support)]
}

fn nginx(files: &[(&str, String)], upstream: &str) -> String {
    let mut lines = [
        "location ~ ^/(_matrix|_synapse/client) {\n    proxy_pass http://",
        upstream,
        ";\n    proxy_set_header X-Forwarded-For $remote_addr;\n    proxy_set_header X-Forwarded-Proto $scheme;\n    proxy_set_header Host $host;\n}\n",
    ]
    .concat();
    for (file, content) in files {
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

fn caddy(server: &Homeserver, files: &[(&str, String)], upstream: &str) -> String {
    let mut lines = [server.name.as_str(), " {\n"].concat();
    for path in ["/_matrix/*", "/_synapse/client/*"] {
        lines += &["    reverse_proxy ", path, " ", upstream, "\n"].concat();
    }
    lines += "    header /.well-known/matrix/* Content-Type application/json\n    header /.well-known/matrix/* Access-Control-Allow-Origin *\n";
    for (file, content) in files {
        lines += &["    respond /.well-known/matrix/", file, " `", content, "`\n"].concat();
    }
    lines += "}\n";
    lines
}
