//! `/check`: for whoever forgot the password but is still signed in somewhere.
//! What to look at there before anything is reset, and what follows from it.

use crate::components::button::Weight;
use crate::components::page::page as show;
use crate::components::radio::Radio;
use crate::components::text::{link, link_button, list_of, plain};
use crate::encryption::{Reason, Verdict};
use crate::i18n::{self, check};
use crate::recovery::check::{Advice, Answer, Answers};
use crate::recovery::reset::OtherSessions;
use crate::route::Route;
use crate::site::Site;
use leptos::prelude::*;

/// A question: its fields by their ids, and where its answer is kept.
struct Question {
    group: &'static str,
    ids: [&'static str; 3],
    get: fn(&Answers) -> Option<Answer>,
    set: fn(&mut Answers, Answer),
}

/// In the order of their texts.
const QUESTIONS: [Question; 3] = [
    Question {
        group: "backup",
        ids: ["backup-yes", "backup-no", "backup-unsure"],
        get: |answers| answers.backup,
        set: |answers, answer| answers.backup = Some(answer),
    },
    Question {
        group: "verified",
        ids: ["verified-yes", "verified-no", "verified-unsure"],
        get: |answers| answers.verified,
        set: |answers, answer| answers.verified = Some(answer),
    },
    Question {
        group: "has-key",
        ids: ["has-key-yes", "has-key-no", "has-key-unsure"],
        get: |answers| answers.key,
        set: |answers, answer| answers.key = Some(answer),
    },
];

/// The page.
pub fn page(site: &Site) -> AnyView {
    answered(site, Answers::default())
}

/// The page, with these answers to begin with.
pub fn answered(site: &Site, answers: Answers) -> AnyView {
    let t = check();
    let answers = RwSignal::new(answers);
    let questions = QUESTIONS.into_iter().zip([t.backup, t.verified, t.key]);
    let questions = questions.map(|(question, words)| ask(question, words, answers));
    let site_here = site.clone();
    let result = move || match answers.get().advice() {
        None => plain(t.open).line("hint"),
        Some(advice) => result(&site_here, &advice),
    };
    let sign_in = plain(t.know_password).and(link(&site.href(Route::Login), t.sign_in));
    let content = view! {
        {plain(t.lead).line("lead")}
        {plain(t.stay).line("notice")}
        {questions.collect_view()}
        <h2 class="part">{t.result_title}</h2>
        <div role="status">{result}</div>
        {sign_in.line("hint")}
    };
    show(site, t.title, content)
}

fn ask(question: Question, words: [&'static str; 4], answers: RwSignal<Answers>) -> AnyView {
    let t = check();
    let Question { group, ids, get, set } = question;
    let choices = [(Answer::Yes, t.yes), (Answer::No, t.no), (Answer::Unsure, t.unsure)];
    let choices = ids.into_iter().zip(choices).map(|(id, (answer, label))| {
        let chosen = Signal::derive(move || answers.with(get) == Some(answer));
        let choose = Callback::new(move |()| answers.update(|answers| set(answers, answer)));
        view! { <Radio id group label why="" chosen choose/> }
    });
    let [asked, web, x, good] = words;
    let places = [(t.where_web, web), (t.where_x, x), (t.good, good)];
    let places = places.map(|(place, what)| plain(place).strong().and(plain(what)));
    view! {
        <fieldset class="question">
            <legend><h2 class="part">{asked}</h2></legend>
            {list_of("checks", &places)}
            {choices.collect_view()}
        </fieldset>
    }
    .into_any()
}

/// The same sentence as where this site could look itself, by their own word.
fn result(site: &Site, advice: &Advice) -> AnyView {
    let t = check();
    let (class, sentence) = match &advice.verdict {
        None => ("notice", t.not_sure),
        Some(verdict) if verdict.is_safe() => ("notice good", i18n::verdict(verdict)),
        Some(verdict) => ("notice critical", i18n::verdict(verdict)),
    };
    let reasons = match &advice.verdict {
        Some(Verdict::Lost(reasons)) => reasons.as_slice(),
        _ => &[],
    };
    let lines: Vec<_> = reasons.iter().map(|reason| plain(&i18n::reason(*reason))).collect();
    let lines = (!lines.is_empty()).then(|| list_of("checks", &lines));
    let no_key = reasons.contains(&Reason::NoKey);
    let keeps = advice.other_sessions == OtherSessions::Keep;
    site.advise(advice.other_sessions);
    view! {
        <div class=class>
            <p>{t.by_your_word}</p>
            <strong>{sentence}</strong>
            {lines}
        </div>
        {no_key.then(|| plain(t.no_key_how).line(""))}
        {plain(if keeps { t.keep } else { t.sign_out }).line("")}
        {link_button(Weight::Primary, &site.href(Route::Reset), t.reset).actions()}
    }
    .into_any()
}
