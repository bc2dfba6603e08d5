//! Chromium checks forms with passwords on its own, for the sake of password
//! managers and screen readers, and says on the console what is wrong.

use anyhow::Result;
use std::cell::RefCell;
use std::time::Duration;
use testbed::browser::Browser;
use testbed::guide::visit;
use testbed::house::Plan;
use testbed::net::wait_for;

/// How its lines begin, after the address.
const CHECK: &str = "[DOM]";

/// What it says of a field that every page here would be wrong to have.
const MISTAKE: &str = "Password field is not contained in a form";

#[tokio::test]
async fn the_browser_finds_nothing_wrong_with_the_forms() -> Result<()> {
    let (house, browser) = visit(Plan::default(), "login/").await?;
    for (page, heading) in [("login/", "Sign in"), ("reset/", "Set a new password")] {
        browser.open(&house.site.url(page)).await?;
        browser.see_heading(heading).await?;
        let lines = until_a_mistake_is_found(&browser).await?;
        let is_all = lines.len() == 1 && lines[0].contains(MISTAKE);
        assert!(is_all, "{page}: one of these is on purpose, no other: {lines:#?}");
    }
    Ok(())
}

/// The check does not say that it found nothing. So it is given something to
/// find, once everything else is there; by then it has looked at that too.
async fn until_a_mistake_is_found(browser: &Browser) -> Result<Vec<String>> {
    let mistake = "const field = document.createElement('input');
        field.type = 'password';
        field.autocomplete = 'new-password';
        document.body.append(field)";
    browser.script(mistake, vec![]).await?;
    let lines = RefCell::new(Vec::new());
    wait_for("the browser's check of the forms", Duration::from_secs(20), || async {
        let new = browser.console().await?;
        let mut lines = lines.borrow_mut();
        lines.extend(new.into_iter().filter(|line| line.contains(CHECK)));
        Ok(lines.iter().any(|line| line.contains(MISTAKE)).then_some(()))
    })
    .await?;
    Ok(lines.into_inner())
}
