//! `/help?doctor`: the questions that this site asks a homeserver, one by one,
//! with what is to be changed.

use super::contacts::{self, Found};
use super::proxy_lines;
use crate::browser::network;
use crate::components::button::{Button, Weight};
use crate::components::page::page as show;
use crate::components::text::{Html, filled, plain};
use crate::i18n::{self, desk};
use crate::matrix::auth_metadata::AuthMetadata;
use crate::matrix::discovery::{GetVersions, GetWellKnown, at, well_known_host};
use crate::matrix::email_reset::AskForEmailReset;
use crate::matrix::implementation::Implementation;
use crate::matrix::link_pages::AskForLinkPages;
use crate::matrix::login_flows::GetLoginFlows;
use crate::matrix::password_policy::{GetPasswordPolicy, PasswordPolicy};
use crate::matrix::{Error, Homeserver};
use crate::net;
use crate::recovery::doctor::{Check, Finding, Setup, Verdict};
use crate::runtime::server::{auth_metadata, by_version};
use crate::site::Site;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

/// What was found so far, and in which run: whoever checks again is not told any
/// more what the run before finds.
#[derive(Clone, Copy)]
struct Findings {
    found: RwSignal<Vec<(Check, Finding)>>,
    run: RwSignal<u32>,
    /// The software, once it is known.
    setup: RwSignal<Setup>,
}

/// The page.
pub fn page(site: &Site) -> AnyView {
    let t = &desk().doctor;
    let findings = Findings {
        found: RwSignal::new(Vec::new()),
        run: RwSignal::new(0),
        setup: RwSignal::new(Setup::Unknown),
    };
    findings.examine(site);
    let homeserver = site.homeserver();
    let server = homeserver.name.clone();
    let again = {
        let site = site.clone();
        Callback::new(move |()| findings.examine(&site))
    };
    let summary = {
        let server = server.clone();
        move || summary(&findings.found.get(), &server)
    };
    let list = move || {
        let found = findings.found.get();
        let setup = findings.setup.get();
        let item = |(check, finding): &(_, _)| item(*check, finding, &homeserver, setup);
        found.iter().map(item).collect_view()
    };
    let lines = {
        let homeserver = site.homeserver();
        move || proxy_lines::lines(&homeserver, findings.setup.get())
    };
    let content = view! {
        {filled(t.lead, &[("server", &server)]).line("lead")}
        <div role="status">{summary}</div>
        <ul class="findings">{list}</ul>
        <div class="actions">
            <Button label=t.again busy=None blocked=false weight=Weight::Secondary press=again/>
        </div>
        {lines}
    };
    show(site, t.title, content)
}

impl Findings {
    /// Asks one after the other.
    fn examine(self, site: &Site) {
        let run = self.run.get_untracked() + 1;
        self.run.set(run);
        self.found.set(Vec::new());
        let homeserver = site.homeserver();
        let has_contacts =
            !site.config.contacts().is_empty() || site.config.support_page().is_some();
        spawn_local(async move {
            let server = &homeserver.base_url;
            let policy = net::send(server, &GetPasswordPolicy).await;
            let oauth = auth_metadata(server).await;
            // Synapse has no version path and is not asked for one.
            let by_version = match policy {
                Err(Error::NotOffered) => by_version(server).await,
                _ => Implementation::Unknown,
            };
            let setup = Setup::of(&policy, &oauth, by_version);
            if self.run.try_get_untracked() == Some(run) {
                self.setup.set(setup);
            }
            let patient = Patient { homeserver, has_contacts, policy, oauth, by_version, setup };
            for check in Check::ALL {
                let finding = patient.look(check).await;
                if self.run.try_get_untracked() != Some(run) {
                    return;
                }
                self.found.update(|found| found.push((check, finding)));
            }
        });
    }
}

/// What is examined, with what the verdict on the rest depends on.
struct Patient {
    homeserver: Arc<Homeserver>,
    has_contacts: bool,
    policy: Result<PasswordPolicy, Error>,
    oauth: Result<Option<AuthMetadata>, Error>,
    by_version: Implementation,
    setup: Setup,
}

impl Patient {
    async fn look(&self, check: Check) -> Finding {
        let server = &self.homeserver.base_url;
        let setup = self.setup;
        let accounts = Finding::of_oauth(self.oauth.clone(), setup);
        match check {
            Check::WellKnown => self.well_known().await,
            Check::Versions => {
                let answer = net::send(server, &GetVersions).await;
                let is_there =
                    answer.is_ok() || net::answers(&server.join(GetVersions::PATH)).await;
                Finding::of_versions(answer, is_there)
            }
            Check::SignIn => Finding::of_flows(net::send(server, &GetLoginFlows).await, &accounts),
            Check::Email => {
                let answer = net::send(server, &AskForEmailReset).await;
                Finding::of_email(answer, setup, &accounts)
            }
            Check::LinkPage if matches!(accounts, Finding::OAuth(_)) => Finding::DoneElsewhere,
            Check::LinkPage => {
                let answer = match setup {
                    Setup::Synapse => Some(net::send(server, &AskForLinkPages).await),
                    _ => None,
                };
                Finding::of_link_page(answer, setup, self.by_version)
            }
            Check::Support if self.has_contacts => Finding::Support,
            Check::Support => match contacts::find(&self.homeserver).await {
                Found::Somebody(_) => Finding::Support,
                Found::Nobody | Found::NoAnswer => Finding::NoSupport,
            },
            Check::Site if network::is_safe() => Finding::SiteSafe,
            Check::Site => Finding::SiteOpen,
            Check::Rules => Finding::of_policy(self.policy.clone(), setup),
            Check::Accounts => accounts,
        }
    }

    async fn well_known(&self) -> Finding {
        let server = &*self.homeserver;
        let Some(name) = server.server_name() else { return Finding::NoName };
        let Some(host) = well_known_host(name) else { return Finding::NoName };
        let is_at_name = at(name).as_ref() == Some(&server.base_url);
        Finding::of_well_known(server, net::send(&host, &GetWellKnown).await, is_at_name)
    }
}

fn summary(found: &[(Check, Finding)], server: &str) -> AnyView {
    let t = &desk().doctor;
    let any = |verdict| found.iter().any(|(_, finding)| finding.verdict() == verdict);
    match found.len() < Check::ALL.len() {
        true => filled(t.running, &[("server", server)]).line("asking"),
        false if any(Verdict::Bad) => plain(t.some_wrong).line("notice critical"),
        false if any(Verdict::Unknown) => plain(t.some_unknown).line("notice"),
        false => plain(t.all_done).line("notice"),
    }
}

fn item(check: Check, finding: &Finding, server: &Homeserver, setup: Setup) -> AnyView {
    let t = &desk().doctor;
    let (class, verdict) = match finding.verdict() {
        Verdict::Good => ("good", t.good),
        Verdict::Bad => ("bad", t.bad),
        Verdict::Unknown => ("unknown", t.unknown),
    };
    let (what, fix) = words(finding, server, setup);
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
fn words(finding: &Finding, server: &Homeserver, setup: Setup) -> (Html, Option<Html>) {
    let t = &desk().doctor;
    let is_synapse = setup == Setup::Synapse;
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
        Finding::DoneElsewhere => (say(t.elsewhere_right), None),
        Finding::SignInElsewhere => (say(t.sign_in_elsewhere), None),
        Finding::DoneOnOwnPage => (say(t.own_page_right), None),
        Finding::NoPasswords => {
            let file = if is_synapse { say(t.sign_in_fix_synapse) } else { Html::default() };
            (say(t.sign_in_missing), Some(say(t.sign_in_fix).and(file)))
        }
        Finding::OwnAccounts => (say(t.accounts_right), None),
        Finding::OAuth(metadata) => {
            let page = metadata.recovery_page().or_else(|| metadata.account_page.clone());
            let page = page.as_ref().map_or("…", |page| page.as_str());
            let fix = if setup == Setup::Mas { t.accounts_fix } else { t.accounts_fix_other };
            (with(t.accounts_oauth, "page", page), Some(say(fix)))
        }
        Finding::OwnOAuth(metadata) => {
            let page = metadata.account_page.as_ref().map_or("…", |page| page.as_str());
            (with(t.accounts_own_page, "page", page), None)
        }
        Finding::Mail => (say(t.email_right), None),
        Finding::MailUnsure => (say(t.email_unsure), None),
        Finding::MailOff => (say(t.email_off), Some(say(t.email_off_fix))),
        Finding::MailNotOffered => (say(t.email_missing), Some(say(t.email_missing_fix))),
        Finding::LinkPage(path) => (with(t.link_page_right, "path", path), None),
        Finding::NoLinkPage(path) => {
            let mut fix = with(t.link_page_fix, "path", path);
            if is_synapse {
                fix = fix.and(say(t.link_page_fix_synapse));
            }
            (with(t.link_page_missing, "path", path), Some(fix))
        }
        Finding::LinkPageUnknown => (say(t.link_page_unknown), None),
        Finding::Rules(policy) => {
            (with(t.rules_right, "rules", &i18n::list(&i18n::policy(policy, name))), None)
        }
        Finding::NoRules if is_synapse => (say(t.rules_none).and(say(t.rules_none_synapse)), None),
        Finding::NoRules => (say(t.rules_none), None),
        Finding::RulesUnknown => (say(t.rules_unknown), None),
        Finding::Support => (say(t.support_right), None),
        Finding::NoSupport => (say(t.support_missing), Some(say(t.support_fix))),
        Finding::SiteSafe => (say(t.site_right), None),
        Finding::SiteOpen => (say(t.site_insecure), Some(say(t.site_fix))),
        Finding::NoAnswer(error) => (with(t.no_answer, "problem", &i18n::error(error, name)), None),
    }
}
