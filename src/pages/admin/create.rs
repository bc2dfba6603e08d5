//! A new account, once it is known that nobody has its name.

use super::act::{Act, Report};
use super::password::Password;
use crate::admin::action::Action;
use crate::admin::many::{Fault, Refusal};
use crate::admin::reach::Software;
use crate::components::button::{Button, Weight};
use crate::components::field::{self, Field, TEXT};
use crate::components::form::form as form_of;
use crate::components::text::plain;
use crate::i18n::{admin as texts, fill};
use crate::matrix::admin::account::GetAccount;
use crate::matrix::admin::create::{AskForName, Create, Created, Name};
use crate::runtime::admin::Desk;
use crate::secret::Secret;
use leptos::prelude::*;
use std::rc::Rc;

const FIELD: &str = "create-name";

/// The form, folded up.
pub fn section(desk: Desk) -> AnyView {
    if !desk.offers(Action::Create) {
        return ().into_any();
    }
    let t = &texts().create;
    let act = Act::new(desk, Action::Create);
    let password = Password::new(desk, "create-password");
    let problem = RwSignal::new(None::<String>);
    let submit = move || {
        let server = desk.server_name();
        let typed = field::typed(FIELD);
        let name = name_of(&typed, &server);
        problem.set(name.is_empty().then(|| t.missing.to_owned()));
        let Some(secret) = password.take().filter(|_| !name.is_empty()) else { return };
        let user_id = ["@", &name, ":", &server].concat();
        act.begin(&user_id, Vec::new(), move || {
            create(desk, name.clone(), server.clone(), secret.clone(), password)
        });
    };
    let hint = Signal::stored(Some(t.hint.to_owned()));
    let fields = view! {
        <Field id=FIELD label=t.field kind=TEXT problem hint/>
        {password.view()}
        <div class="actions">
            <Button label=t.submit busy=act.label(t.submitting) blocked=false
                weight=Weight::Secondary/>
        </div>
    };
    let form = view! { {plain(t.lead).line("")} {form_of(submit, || {}, fields)} }.into_any();
    view! {
        <details id="create" on:toggle=move |_| password.open()>
            <summary>{t.title}</summary>
            {act.view()}
            {form}
        </details>
    }
    .into_any()
}

/// A whole Matrix ID of here may be typed too.
fn name_of(typed: &str, server: &str) -> String {
    let name = typed.trim().trim_start_matches('@');
    let end = [":", server].concat();
    name.strip_suffix(&end).unwrap_or(name).to_owned()
}

async fn create(
    desk: Desk,
    name: String,
    server: String,
    secret: Rc<Secret>,
    password: Password,
) -> Result<Report, Fault> {
    let t = &texts().create;
    let free = match desk.session.send(&AskForName(&name)).await.map_err(Fault::Unsent)? {
        Name::Free(free) => free,
        Name::Taken => return Err(Fault::Refused(Refusal::NameTaken)),
        Name::Impossible => return Err(Fault::Refused(Refusal::NameImpossible)),
    };
    let says_created = desk.software_untracked() != Some(Software::Tuwunel);
    let (server_name, of_create) = (server.as_str(), secret.clone());
    let create = Create { name: &free, server_name, password: of_create, says_created };
    let user_id = create.user_id();
    let words = |text| fill(text, &[("user", &user_id)]);
    let report = match desk.send_password(&create, &user_id, &secret, false).await {
        Ok(Created::New) => words(t.done).into(),
        Ok(Created::WasThere) => Report::bad(words(t.was_there), t.was_there_note),
        // It was free a moment ago. If it is there now, it was made just now.
        Err(error) if error.leaves_it_open() => {
            if desk.session.send(&GetAccount(&user_id)).await.is_err() {
                return Err(Fault::Server(error));
            }
            Report::bad(words(t.perhaps), t.perhaps_note)
        }
        Err(error) => return Err(Fault::Server(error)),
    };
    password.clear();
    Ok(report)
}
