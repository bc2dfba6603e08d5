//! Many accounts at once, on a real homeserver: a dry run, the work, and what becomes
//! of it when the homeserver stops in the middle. And a homeserver with many accounts.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use std::collections::HashMap;
use testbed::browser::{self, Browser};
use testbed::guide::{OLD, enter_as, enter_as_administrator, secret_is_nowhere};
use testbed::house::{House, Plan};
use testbed::proxy::Instead;
use testbed::synapse::ADMIN;

const FIND: &str = "Find an account";
const MANY: &str = "Many at once";

/// An administrator is signed in.
async fn enter(house: &House) -> Result<Browser> {
    let browser = Browser::start(browser::Options::default()).await?;
    browser.open(&house.site.url("admin/")).await?;
    enter_as_administrator(&browser).await?;
    browser.see_heading(FIND).await?;
    Ok(browser)
}

/// With these people, who have no email address.
async fn with(names: &[&str]) -> Result<(House, Browser)> {
    let house = House::build(Plan::default()).await?;
    for name in names {
        house.synapse.register(name, OLD, None).await?;
    }
    let browser = enter(&house).await?;
    browser.press(MANY).await?;
    browser.see_heading(MANY).await?;
    Ok((house, browser))
}

async fn look(browser: &Browser, work: &str, list: &str) -> Result<()> {
    browser.choose(work).await?;
    let paste = "document.getElementById('list').value = arguments[0]";
    browser.script(paste, vec![list.into()]).await?;
    browser.press("Show what would happen").await
}

async fn do_it(browser: &Browser) -> Result<()> {
    browser.see("This is what would happen. Nothing was changed yet.").await?;
    browser.press("Do it").await?;
    browser.press("Yes, do it").await
}

/// What became of each row: the Matrix ID, the result and the reason.
async fn report(browser: &Browser) -> Result<Vec<(String, String, String)>> {
    browser.see("It is over. Every account is accounted for.").await?;
    let saved = browser.save("Save the report").await?;
    let rows = saved.lines().skip(1).map(|line| {
        let cells: Vec<_> = line.splitn(4, ',').collect();
        let [user, _, result, reason] = cells[..] else { panic!("{line}") };
        (user.to_owned(), result.to_owned(), reason.trim_matches('"').to_owned())
    });
    Ok(rows.collect())
}

#[tokio::test]
async fn a_list_is_looked_at_before_anything_is_changed() -> Result<()> {
    let (house, browser) = with(&["bob", "carol", "dave", "erin"]).await?;
    house
        .synapse
        .change_account(
            "dave",
            &json!({ "threepids": [
        { "medium": "email", "address": "dave@example.org" },
    ] }),
        )
        .await?;
    house.synapse.register("frank", OLD, Some("frank@example.org")).await?;
    house.synapse.deactivate("erin").await?;
    browser.press("Show what would happen").await?;
    browser.see("Paste a list with at least one account.").await?;
    let list = "user,address\n@bob:example.org,Bob@Example.org\ncarol,\n\
        @carol:example.org,frank@example.org\n@dave:example.org,dave@example.org\n\
        @erin:example.org,erin@example.org\n@bbo:example.org,bbo@example.org\n\
        @bob:example.org,second@example.org\n@admin:example.org,admin@example.org\n\
        @bob:elsewhere.example,x@example.org";
    let changes =
        || house.proxy.exchanges("example.org").into_iter().filter(|it| it.method == "PUT").count();
    look(&browser, "Attach email addresses", list).await?;
    browser.see("Of 9 rows: 2 to be done, 7 refused").await?;
    browser.see("Bob@Example.org would be attached.").await?;
    browser.see("It is so already. Nothing would be done.").await?;
    for refused in [
        "There is no email address beside it, or it is not one.",
        "This address is on @frank:example.org. An address is on one account only.",
        "It is deactivated.",
        "There is no such account.",
        "The same account is in line 2.",
        "This is your own account.",
        "This account is on another homeserver.",
    ] {
        browser.see(refused).await?;
    }
    assert_eq!(changes(), 0, "nothing was changed");
    assert_eq!(house.synapse.count_accounts().await?, 6);
    do_it(&browser).await?;
    let report = report(&browser).await?;
    let done: Vec<_> = report.iter().filter(|(_, result, _)| result == "done").collect();
    assert_eq!(done.len(), 2);
    assert_eq!(report.iter().filter(|(_, result, _)| result == "refused").count(), 7);
    assert_eq!(house.synapse.account("bob").await?["threepids"][0]["address"], "bob@example.org");
    assert_eq!(house.synapse.account("carol").await?["threepids"], json!([]));
    assert_eq!(changes(), 1, "what was so already was left alone");
    assert_eq!(house.synapse.count_accounts().await?, 6, "a slip made no account");
    Ok(())
}

#[tokio::test]
async fn new_passwords_come_in_a_file_and_work() -> Result<()> {
    let (house, browser) = with(&["bob", "carol", "dave"]).await?;
    let session = house.synapse.login("bob", OLD).await?;
    look(&browser, "Set new passwords", "bob\ncarol\ndave\nnobody").await?;
    browser.see("A new password would be set. Sessions that stay: 1.").await?;
    // The answer to one gets lost, although it was done.
    let carol = "/reset_password/%40carol%3Aexample.org";
    house.proxy.answer(carol, Instead::Lost);
    do_it(&browser).await?;
    browser.see("Paused: example.org does not answer.").await?;
    browser.see("Of 4 rows: 1 to be done, 1 done, 1 refused, 1 not known").await?;
    house.proxy.be_honest();
    browser.press("Go on").await?;
    let report = report(&browser).await?;
    assert_eq!(report.iter().filter(|(_, result, _)| result == "done").count(), 3);
    browser.see("The new passwords are only here.").await?;
    assert!(!browser.text().await?.contains("Begin with another list"), "they would be lost");
    // Trying once more what was refused loses none of them.
    browser.press("Try those again that were not done").await?;
    browser.see("Of 4 rows: 3 done, 1 refused").await?;
    browser.see("The new passwords are only here.").await?;
    // They outlive the session, for the administrator who set them.
    browser.press("Sign out").await?;
    browser.see("You are not signed in any more.").await?;
    browser.see("Sign in again as @admin:example.org to save them.").await?;
    browser.press("Sign in").await?;
    enter_as_administrator(&browser).await?;
    browser.see_heading(FIND).await?;
    browser.press(MANY).await?;
    browser.see("The new passwords are only here.").await?;
    let file = browser.save("Save the passwords").await?;
    let mut passwords = HashMap::new();
    for line in file.lines().skip(1) {
        let mut cells = line.split(',');
        let (user, password) = (cells.next().unwrap_or_default(), cells.next().unwrap_or_default());
        let name = user.trim_start_matches('@').split(':').next().unwrap_or_default();
        passwords.insert(name.to_owned(), password.to_owned());
    }
    assert_eq!(passwords.len(), 3);
    for (name, password) in &passwords {
        house.synapse.login(name, password).await?;
        secret_is_nowhere(&browser, password).await?;
        assert!(!browser.text().await?.contains(password.as_str()));
    }
    assert!(house.synapse.is_signed_in(&session).await?);
    browser.press("I have them, forget them here").await?;
    browser.press("I have seen them in the file").await?;
    browser.press("Begin with another list").await?;
    browser.see("What is to be done?").await
}

/// An idle session, or a sign-out, leaves the passwords to the administrator who set them.
#[tokio::test]
async fn passwords_are_only_for_the_administrator_who_set_them() -> Result<()> {
    let (house, browser) = with(&["bob", "zoe"]).await?;
    house.synapse.change_account("zoe", &json!({ "admin": true })).await?;
    look(&browser, "Set new passwords", "bob").await?;
    do_it(&browser).await?;
    browser.see("The new passwords are only here.").await?;
    let cannot_save = async || {
        let text = browser.text().await?;
        ensure!(!text.contains("Save the passwords"), "{text}");
        anyhow::Ok(())
    };
    // Nobody touches anything for half an hour.
    let idle = "const real = window.realNow ??= Date.now;
        Date.now = () => real.call(Date) + 31 * 60000";
    browser.script(idle, vec![]).await?;
    browser.see("You are not signed in any more.").await?;
    browser.see("Sign in again as @admin:example.org to save them.").await?;
    cannot_save().await?;
    // The next administrator at the desk learns whose they are, and not what they are.
    browser.press("Sign in").await?;
    enter_as(&browser, "zoe", OLD).await?;
    browser.see_heading(FIND).await?;
    browser.press(MANY).await?;
    browser.see("@admin:example.org set new passwords with this list.").await?;
    cannot_save().await?;
    assert!(!browser.text().await?.contains("Begin with another list"), "they would be lost");
    browser.save("Save the report").await?;
    // A question comes before they are discarded.
    browser.press("Discard the passwords").await?;
    browser.see("Nobody can look these passwords up.").await?;
    assert_eq!(browser.focused().await?, "passwords-question");
    browser.press("Keep the passwords").await?;
    browser.press("Sign out").await?;
    browser.press("Sign in").await?;
    enter_as_administrator(&browser).await?;
    browser.see_heading(FIND).await?;
    browser.press(MANY).await?;
    let file = browser.save("Save the passwords").await?;
    let row = file.lines().nth(1).context("no password")?;
    let password = row.split(',').nth(1).context("no password")?;
    house.synapse.login("bob", password).await?;
    // Another one may discard them, after the question.
    browser.press("Sign out").await?;
    browser.press("Sign in").await?;
    enter_as(&browser, "zoe", OLD).await?;
    browser.see_heading(FIND).await?;
    browser.press(MANY).await?;
    browser.press("Discard the passwords").await?;
    browser.press("Discard them for good").await?;
    browser.press("Begin with another list").await?;
    browser.see("What is to be done?").await
}

#[tokio::test]
async fn a_file_is_chosen_or_dropped() -> Result<()> {
    let (_house, browser) = with(&["bob"]).await?;
    let give = "const [way, text] = arguments;
        const files = new DataTransfer();
        files.items.add(new File([text], 'list.csv', { type: 'text/csv' }));
        if (way === 'choose') {
            const input = document.getElementById('list-file');
            input.files = files.files;
            input.dispatchEvent(new Event('change', { bubbles: true }));
        } else {
            const drop = { dataTransfer: files, bubbles: true, cancelable: true };
            document.getElementById('list').dispatchEvent(new DragEvent('drop', drop));
        }";
    for way in ["choose", "drop"] {
        let text = format!("@bob:example.org,{way}@example.org");
        browser.script(give, vec![way.into(), text.clone().into()]).await?;
        let there = "return document.getElementById('list').value === arguments[0]";
        browser.wait_until(there, vec![text.into()]).await?;
    }
    browser.press("Show what would happen").await?;
    browser.see("drop@example.org would be attached.").await
}

#[tokio::test]
async fn sessions_locks_and_closing() -> Result<()> {
    let (house, browser) = with(&["bob", "carol"]).await?;
    let session = house.synapse.login("bob", OLD).await?;
    let names = ["bob".to_owned(), "carol".to_owned()];
    let all = async |key: &str| {
        let mut values = Vec::new();
        for name in &names {
            values.push(house.synapse.account(name).await?[key].clone());
        }
        anyhow::Ok(values)
    };
    for (work, check) in [
        ("Sign out of all sessions", None),
        ("Lock the accounts", Some("locked")),
        ("Deactivate the accounts", Some("deactivated")),
    ] {
        look(&browser, work, "bob\ncarol\nadmin").await?;
        browser.see("Of 3 rows: 2 to be done, 1 refused").await?;
        do_it(&browser).await?;
        let report = report(&browser).await?;
        let done = report.iter().filter(|(_, result, _)| result == "done").count();
        assert_eq!(done, 2, "{work}: {report:?}");
        match check {
            None => assert!(!house.synapse.is_signed_in(&session).await?),
            Some(key) => assert_eq!(all(key).await?, [json!(true), json!(true)], "{work}"),
        }
        browser.press("Begin with another list").await?;
    }
    assert_eq!(house.synapse.account(ADMIN).await?["locked"], false);
    browser.see("What is to be done?").await?;
    Ok(())
}

/// The list is theirs who made it, and the session is somebody else's by now.
#[tokio::test]
async fn nobody_does_it_to_themselves_with_somebody_elses_list() -> Result<()> {
    let (house, browser) = with(&["bob", "zoe"]).await?;
    house.synapse.change_account("zoe", &json!({ "admin": true })).await?;
    look(&browser, "Lock the accounts", "bob\nzoe").await?;
    let bob = "/users/%40bob%3Aexample.org";
    browser.see("Of 2 rows: 2 to be done").await?;
    house.proxy.answer(bob, Instead::Closed);
    do_it(&browser).await?;
    browser.see("Paused:").await?;
    house.proxy.be_honest();
    browser.press("Sign out").await?;
    browser.press("Sign in").await?;
    enter_as(&browser, "zoe", OLD).await?;
    browser.see_heading(FIND).await?;
    browser.press(MANY).await?;
    browser.press("Go on").await?;
    let report = report(&browser).await?;
    let zoe = report.iter().find(|(user, ..)| user.starts_with("@zoe")).context("no zoe")?;
    assert_eq!((zoe.1.as_str(), zoe.2.starts_with("This is your own account.")), ("refused", true));
    assert_eq!(house.synapse.account("bob").await?["locked"], true);
    assert_eq!(house.synapse.account("zoe").await?["locked"], false);
    Ok(())
}

const CROWD: usize = 500;

#[tokio::test]
async fn five_hundred_with_the_homeserver_stopped_in_the_middle() -> Result<()> {
    let mut house = House::build(Plan::default()).await?;
    house.synapse.add_accounts("crowd", CROWD).await?;
    let mut browser = enter(&house).await?;
    browser.be_patient(120);
    browser.press(MANY).await?;
    let list: String =
        (1..=CROWD).map(|n| format!("@crowd{n:05}:example.org,crowd{n}@example.org\n")).collect();
    look(&browser, "Attach email addresses", &list).await?;
    browser.see("Of 500 rows: 500 to be done").await?;
    do_it(&browser).await?;
    let some_are_done = "return /(\\d+) done/.exec(document.body.innerText)?.[1] >= 150";
    browser.wait_until(some_are_done, vec![]).await?;
    house.synapse.kill();
    browser.see("Paused:").await?;
    browser.see("Nothing is lost: it goes on where it stopped.").await?;
    // While it is gone, going on leads nowhere, and does no harm.
    browser.press("Go on").await?;
    browser.see("Paused:").await?;
    house.synapse.resume().await?;
    browser.press("Go on").await?;
    let report = report(&browser).await?;
    assert_eq!(report.len(), CROWD, "every row is accounted for");
    for (user, result, reason) in &report {
        assert_eq!(result, "done", "{user}: {reason}");
    }
    // No account was touched twice.
    let mut touched: HashMap<String, usize> = HashMap::new();
    for exchange in house.proxy.exchanges("example.org") {
        if exchange.method == "PUT" && exchange.status == 200 {
            *touched.entry(exchange.path).or_default() += 1;
        }
    }
    ensure!(touched.values().all(|count| *count == 1), "an account was touched twice");
    // One may have been done although its answer got lost.
    ensure!((CROWD - 1..=CROWD).contains(&touched.len()), "{} were touched", touched.len());
    for n in [1, 150, 151, 152, 300, CROWD] {
        let account = house.synapse.account(&format!("crowd{n:05}")).await?;
        let wanted = format!("crowd{n}@example.org");
        assert_eq!(account["threepids"][0]["address"], wanted, "{account}");
    }
    Ok(())
}

#[tokio::test]
async fn it_is_paused_stopped_and_tried_again() -> Result<()> {
    let mut house = House::build(Plan::default()).await?;
    house.synapse.add_accounts("crowd", 60).await?;
    let browser = enter(&house).await?;
    browser.press(MANY).await?;
    let list: String = (1..=60).map(|n| format!("crowd{n:05}\n")).collect();
    look(&browser, "Lock the accounts", &list).await?;
    browser.see("Of 60 rows: 60 to be done").await?;
    // Held, so that there is time to press.
    let tenth = "/users/%40crowd00010%3Aexample.org";
    house.proxy.answer(tenth, Instead::Held);
    do_it(&browser).await?;
    browser.see("9 done").await?;
    browser.press("Pause").await?;
    browser.see("Paused. Nothing more is begun.").await?;
    browser.press("Stop here").await?;
    house.proxy.be_honest();
    let report = report(&browser).await?;
    let count = |wanted: &str| report.iter().filter(|(_, result, _)| result == wanted).count();
    assert_eq!((count("done"), count("not tried")), (10, 50));
    browser.press("Try those again that were not done").await?;
    browser.see("Of 60 rows: 50 to be done, 10 done").await?;
    do_it(&browser).await?;
    browser.see("Of 60 rows: 60 done").await?;
    Ok(())
}

#[tokio::test]
async fn ten_thousand_accounts_are_searched_with_one_request() -> Result<()> {
    let mut house = House::build(Plan::default()).await?;
    house.synapse.add_accounts("person", 10_000).await?;
    let browser = enter(&house).await?;
    browser.see("of 10,001 accounts").await?;
    let asked = || {
        let all = house.proxy.exchanges("").into_iter().filter(|it| it.path.contains("/_synapse/"));
        all.filter(|it| it.method == "GET").map(|it| it.path).collect::<Vec<_>>()
    };
    let before = asked().len();
    browser.fill("Who is it?", "person 4321").await?;
    browser.press("Search").await?;
    browser.see("@person04321:example.org").await?;
    assert_eq!(asked().len(), before + 1, "{:?}", &asked()[before..]);
    browser.fill("Who is it?", "").await?;
    browser.press("Search").await?;
    browser.see("1 to 20 of 10,001 accounts").await?;
    browser.press("Next").await?;
    browser.see("21 to 40 of 10,001 accounts").await?;
    let elements = "return document.querySelectorAll('*').length";
    let count = browser.script(elements, vec![]).await?.as_u64().context("no number")?;
    assert!(count < 500, "{count} elements");
    browser.press("Previous").await?;
    browser.see("1 to 20 of 10,001").await?;
    let _: Value = house.synapse.account("person10000").await?;
    Ok(())
}
