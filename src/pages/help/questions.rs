//! Questions and answers. Each can be led to by its name, as in
//! `/help/#no-mail`.

use super::SERVER_ADMIN;
use crate::components::text::{Html, filled, link, link_out};
use crate::i18n::{desk, texts};
use crate::place;
use crate::route::Route;
use crate::site::Site;
use leptos::prelude::*;

const MATRIX_ORG: &str = "matrix-org";
/// Synapse's own documentation.
const ADMIN_API: &str = "https://element-hq.github.io/synapse/latest/admin_api/user_admin_api.html";

/// All of them.
pub fn questions(site: &Site) -> AnyView {
    let t = &desk().help;
    let q = &t.questions;
    let reset = || link(&site.href(Route::Reset), t.to_reset);
    let administrators = || link(&site.href_to(Route::Help, place::MAILBOX), t.to_administrators);
    let resume = || link(&site.href(Route::ResetResume), t.to_resume);
    let choose = || match site.config.is_locked {
        true => Html::default(),
        false => link(&site.href_to(Route::Home, place::HOMESERVER), t.to_homeserver),
    };
    let check = || link(&site.href(Route::Check), texts().reset.look_there);
    let try_key = || link(&site.href(Route::Login), t.to_key);
    let all = [
        (place::WHICH, &q.which_homeserver[..], choose()),
        ("which-matrix-id", &q.which_matrix_id, reset()),
        ("no-email", &q.no_email, administrators()),
        ("no-mail", &q.no_mail, reset().and(administrators())),
        ("not-me", &q.not_me, administrators()),
        ("somebody-else", &q.somebody_else, reset().and(administrators())),
        ("lost-key", &q.lost_key, reset()),
        ("add-address", &q.add_address, administrators()),
        ("expired", &q.expired, reset().and(resume())),
        ("messages", &q.messages, check()),
        ("recovery-key", &q.security_key, try_key()),
        (MATRIX_ORG, &q.matrix_org, choose()),
        ("signed-in", &q.signed_in, check().and(reset())),
        (
            "administrator",
            &q.administrator,
            link(&site.href(Route::Admin), t.to_admin)
                .and(link_out(SERVER_ADMIN, t.server_admin))
                .and(link_out(ADMIN_API, t.admin_api)),
        ),
    ];
    let server = site.homeserver().name.clone();
    // Where no homeserver may be chosen, matrix.org cannot be either.
    let is_of_use = |id: &str| !site.config.is_locked || id != MATRIX_ORG;
    let all = all.into_iter().filter(|(id, ..)| is_of_use(id));
    all.map(|(id, words, links)| one(id, words, links, &server)).collect_view().into_any()
}

/// A question, and the paragraphs of its answer.
fn one(id: &'static str, words: &[&'static str], links: Html, server: &str) -> AnyView {
    let [question, answer @ ..] = words else { return ().into_any() };
    let answer = answer.iter().map(|words| filled(words, &[("server", server)]));
    let answer = answer.fold(Html::default(), |answer, words| answer.and(words.paragraph()));
    let links = if links.is_empty() { links } else { links.paragraph() };
    view! {
        <details id=id>
            <summary>{*question}</summary>
            {answer.and(links).block()}
        </details>
    }
    .into_any()
}
