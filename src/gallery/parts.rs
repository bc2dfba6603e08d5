//! The parts that pages are made of, each in its states.

use crate::components::button::{Button, Weight};
use crate::components::countdown::time_left;
use crate::components::field::{CURRENT_PASSWORD, EMAIL, Field, NEW_PASSWORD, USERNAME};
use crate::components::notice::{Problem, Status};
use crate::components::password::Password;
use crate::components::picture::picture;
use crate::components::progress::{Stage, progress};
use crate::components::radio::Radio;
use crate::components::strength::Strength;
use crate::components::text::{plain, steps};
use crate::i18n;
use crate::matrix::Error;
use crate::recovery::password_strength::Strength as Verdict;
use leptos::prelude::*;

pub fn buttons() -> AnyView {
    let one = |label, busy: Option<&'static str>, blocked: bool, weight| {
        view! { <div class="actions"><Button label busy blocked weight/></div> }
    };
    view! {
        {one("Primary", None, false, Weight::Primary)}
        {one("Secondary", None, false, Weight::Secondary)}
        {one("Tertiary", None, false, Weight::Tertiary)}
        {one("Busy", Some("Busy…"), false, Weight::Primary)}
        {one("Blocked", None, true, Weight::Secondary)}
    }
    .into_any()
}

pub fn fields() -> AnyView {
    let none = || Signal::stored(None::<String>);
    let some = |words: &str| Signal::stored(Some(words.to_owned()));
    let nothing = Callback::new(|()| {});
    view! {
        <Field id="plain" label="Plain" kind=EMAIL problem=none()/>
        <Field id="hinted" label="With a hint" kind=USERNAME problem=none() hint=some("A hint.")/>
        <Field id="wrong" label="Wrong" kind=EMAIL problem=some("What is wrong.")
            hint=some("A hint.")/>
        <fieldset>
            <legend>"One of two"</legend>
            <Radio id="one" group="radio" label="Chosen" why="Why one would." chosen=true
                choose=nothing/>
            <Radio id="two" group="radio" label="Not chosen" why="Why one would." chosen=false
                choose=nothing/>
        </fieldset>
    }
    .into_any()
}

pub fn passwords() -> AnyView {
    let none = || Signal::stored(None::<String>);
    let verdicts =
        [Verdict::Common, Verdict::Guessable, Verdict::Short, Verdict::Fair, Verdict::Good];
    let strengths = verdicts.map(|verdict| {
        let verdict = RwSignal::new(Some(i18n::strength(verdict)));
        view! { <Strength verdict/> }
    });
    view! {
        <form>
            <input hidden type="text" autocomplete="username"/>
            <Password id="current" label="Current" kind=CURRENT_PASSWORD
                shown=RwSignal::new(false) problem=none()/>
            <Password id="new" label="New" kind=NEW_PASSWORD shown=RwSignal::new(true)
                problem=Signal::stored(Some("Too short.".to_owned()))/>
        </form>
        {strengths.into_iter().collect_view()}
    }
    .into_any()
}

pub fn notices() -> AnyView {
    let problem = |error: Error| {
        let error = Signal::stored(Some(error));
        view! { <Problem error time_left=time_left(error) server="example.org".to_owned()/> }
    };
    view! {
        <Status text=Signal::stored(Some("Neither good nor bad news."))/>
        {problem(Error::Unreachable)}
        {problem(Error::RateLimited { wait: None })}
        {problem(Error::MailOff)}
        {problem(Error::NotMatrix)}
    }
    .into_any()
}

pub fn progress_lines() -> AnyView {
    let stages = [Stage::Form, Stage::Link, Stage::Changed, Stage::SignIn];
    let items = ["The first thing to do.", "The second thing to do."].map(plain);
    view! {
        <div>{stages.map(progress).into_iter().collect_view()}</div>
        {steps(&items)}
        {picture("two-tabs")}
        {picture("done")}
    }
    .into_any()
}
