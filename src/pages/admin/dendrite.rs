//! Dendrite, whose administrators can set a new password and nothing else from a
//! website.

use super::act::{Act, questions};
use super::password::Password;
use super::user::password::{Choice, sessions_field};
use crate::admin::action::Action;
use crate::admin::many::{Fault, Refusal};
use crate::admin::search::Search;
use crate::components::button::{Button, Weight};
use crate::components::field::{self, Field, TEXT};
use crate::components::form::form as form_of;
use crate::components::text::{filled, plain};
use crate::i18n::{admin as texts, fill};
use crate::matrix::Error;
use crate::matrix::admin::dendrite::ResetOnDendrite;
use crate::matrix::password_reset::NewPassword;
use crate::runtime::admin::Desk;
use leptos::prelude::*;

const FIELD: &str = "dendrite-user";

/// The form.
pub fn view(desk: Desk) -> AnyView {
    let t = &texts().password;
    let act = Act::new(desk, Action::SetPassword);
    let password = Password::new(desk, "dendrite-password");
    password.open();
    let problem = RwSignal::new(None::<String>);
    let choice = Choice::keep();
    let server = desk.server_name();
    let name = server.clone();
    let submit = move || {
        let user_id = match Search::parse(&field::typed(FIELD), &server) {
            Search::User(user_id) => user_id,
            _ => {
                let words = fill(t.dendrite_wrong, &[("server", &server)]);
                return problem.set(Some(words));
            }
        };
        problem.set(None);
        let Some(secret) = password.take() else { return };
        let logout_devices = choice.signs_out();
        let price = [t.ask_signs_out, " ", texts().prices.unknown].concat();
        let asked = [(price.as_str(), t.yes)];
        let asked = questions(
            desk,
            Action::SetPassword,
            &user_id,
            if logout_devices { &asked } else { &[] },
        );
        let whom = user_id.clone();
        act.begin(&user_id, asked, move || {
            let (user_id, secret) = (whom.clone(), secret.clone());
            async move {
                let wanted = &NewPassword { new_password: secret.clone(), logout_devices };
                let reset = ResetOnDendrite { user_id: &user_id, password: wanted };
                match desk.send_password(&reset, &user_id, &secret, true).await {
                    Err(Error::NotFound) => return Err(Fault::Refused(Refusal::NoAccount)),
                    answer => answer?,
                }
                password.clear();
                Ok(if logout_devices { t.done_signed_out } else { t.done_dendrite }.into())
            }
        });
    };
    let fields = view! {
        <Field id=FIELD label=t.dendrite_user kind=TEXT problem/>
        {password.view()}
        {sessions_field(choice, Signal::stored(Some(texts().prices.unknown.to_owned())))}
        {plain(t.dendrite_old).line("hint")}
        <div class="actions">
            <Button label=t.submit busy=act.label(t.submitting) blocked=false
                weight=Weight::Primary/>
        </div>
    };
    let form = view! {
        {filled(t.dendrite_lead, &[("server", &name)]).line("lead")}
        {form_of(submit, || {}, fields)}
    };
    view! { {act.view()} {form} }.into_any()
}
