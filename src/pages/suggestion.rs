//! Whether the homeserver that a link named is the one that the person expects:
//! in the place of every page, until they have said so.

use super::picker::{Search, name_of};
use crate::components::button::{Button, Weight};
use crate::components::page::page as show;
use crate::components::text::{changing_line, filled, plain};
use crate::i18n::{self, start};
use crate::recovery::find_server::Wanted;
use crate::site::Site;
use leptos::prelude::*;
use std::rc::Rc;

/// The question, if there is one.
pub fn page(site: &Site) -> Option<AnyView> {
    let suggested = site.server.suggested()?;
    let (t, server) = (&start().server, site.server);
    let search = Search::new();
    let chooser = site.clone();
    let wanted =
        Wanted::parse(&suggested).ok().and_then(|wanted| Some((name_of(&wanted)?, wanted)));
    let homeserver = site.homeserver();
    let other = wanted.as_ref().map_or("", |(name, _)| name);
    let blanks = [("other", other), ("server", &homeserver.name)];
    // What cannot be read is not repeated: it may be a message of whoever made
    // the link.
    let (title, lead, why, no) = match wanted {
        Some(_) => {
            (i18n::wait().missing.other_server_title, t.suggested, t.suggested_why, t.decline)
        }
        None => (t.unreadable_title, t.unreadable, t.unreadable_why, i18n::wait().missing.submit),
    };
    let decline = Callback::new(move |()| server.decline());
    let go_on = wanted.is_some().then(|| {
        let agree = Callback::new(move |()| {
            let chooser = chooser.clone();
            search.find(&suggested, Rc::new(move |homeserver| chooser.choose(homeserver)));
        });
        view! {
            <Button label=i18n::wait().missing.other_server_go_on busy=search.busy() blocked=false
                weight=Weight::Tertiary press=agree/>
        }
    });
    let problem = move || Some(plain(&search.problem().get()?));
    let content = view! {
        {filled(lead, &blanks).line("lead")}
        {filled(why, &blanks).line("")}
        <div role="alert">{changing_line("notice critical", problem)}</div>
        <div class="actions">
            <Button label=no busy=None blocked=false weight=Weight::Primary press=decline/>
            {go_on}
        </div>
    };
    Some(show(site, title, content))
}
