//! Whether the homeserver that a link named is the one that the person expects:
//! in the place of every page, until they have said so.

use super::picker::Search;
use crate::browser::address;
use crate::components::button::{Button, Weight};
use crate::components::page::page as show;
use crate::components::text::{changing_line, filled, plain};
use crate::i18n::{self, start, texts};
use crate::recovery::find_server::Wanted;
use crate::site::Site;
use leptos::prelude::*;
use std::rc::Rc;

/// The question, if there is one.
pub fn page(site: &Site) -> Option<AnyView> {
    let suggested = site.server.suggested()?;
    let (t, server) = (&start().server, site.server);
    let search = Search::new();
    let readable = Wanted::parse(&suggested);
    let homeserver = site.homeserver();
    let other = readable.as_ref().ok().and_then(name_of);
    let other = other.unwrap_or_else(|| suggested.clone());
    let blanks = [("other", other.as_str()), ("server", &homeserver.name)];
    let lead = filled(t.suggested, &blanks).line("lead");
    let rest = match readable {
        Err(problem) => filled(i18n::no_server(problem), &blanks).line(""),
        Ok(_) => filled(t.suggested_why, &blanks).line(""),
    };
    let decline = Callback::new(move |()| server.decline());
    let go_on = readable.is_ok().then(|| {
        let agree = Callback::new(move |()| {
            search.find(&suggested, Rc::new(move |homeserver| server.choose(homeserver)));
        });
        view! {
            <Button label=texts().missing.other_server_go_on busy=search.busy() blocked=false
                weight=Weight::Tertiary press=agree/>
        }
    });
    let problem = move || Some(plain(&search.problem().get()?));
    let content = view! {
        {lead}
        {rest}
        <div role="alert">{changing_line("notice critical", problem)}</div>
        <div class="actions">
            <Button label=t.decline busy=None blocked=false weight=Weight::Primary press=decline/>
            {go_on}
        </div>
    };
    Some(show(site, texts().missing.other_server_title, content))
}

/// A name as the browser will ask for it: letters of other scripts that look
/// like others are written out.
fn name_of(wanted: &Wanted) -> Option<String> {
    match wanted {
        Wanted::Named(name) => address::host_of(&["https://", name].concat()),
        Wanted::At(base_url) => address::host_of(base_url.as_str()),
    }
}
