//! What would become of encrypted messages, and whether a key is the right one:
//! for accounts that the library of Element Web has set up, on a real homeserver.

use anyhow::Result;
use testbed::accounts::{self, Account, Kind};
use testbed::browser::{self, Browser};
use testbed::guide::{OLD, secret_is_nowhere, sign_in};
use testbed::house::{House, Plan};
use testbed::proxy::Instead;

const SAFE: &str = "Your encrypted messages are safe. They are backed up, and you have the key.";
const SAFE_WITH_KEY: &str =
    "Your encrypted messages are safe if you have your recovery key or passphrase.";
const SOME_LOST: &str = "Some of your encrypted messages could be lost";
const ALL_LOST: &str = "If you signed out everywhere, your encrypted messages could not be read";
const NOTHING: &str = "Your encrypted messages are not backed up.";
const FIELD: &str = "Recovery key or passphrase";

/// A recovery key of nobody: the private key of RFC 7748, section 6.1.
const OTHER_KEY: &str = "EsTc LW2K PGiF wKEA 3As5 g5c4 BXwk qeeJ ZJV8 Q9fu gUMN UE4d";

/// An account of this kind, whose owner has signed in.
async fn signed_in(kind: Kind) -> Result<(House, Browser, Account)> {
    let house = House::build(Plan::default()).await?;
    house.synapse.register("alice", OLD, None).await?;
    let account = accounts::prepare(&house.synapse.url(), kind, "alice", OLD).await?;
    let browser = Browser::start(browser::Options::default()).await?;
    browser.open(&house.site.url("login/")).await?;
    sign_in(&browser, "alice", OLD).await?;
    browser.see_heading("Your account").await?;
    Ok((house, browser, account))
}

async fn check(browser: &Browser, typed: &str) -> Result<()> {
    browser.fill(FIELD, typed).await?;
    browser.press("Check it").await
}

/// Opens what the verdict rests on, and gives all of it back.
async fn evidence(browser: &Browser) -> Result<String> {
    let open = "document.querySelector('.findings').closest('details').open = true";
    browser.wait_until("return document.querySelector('.findings li')", vec![]).await?;
    browser.script(open, vec![]).await?;
    let text = "return document.querySelector('.findings').innerText";
    Ok(browser.script(text, vec![]).await?.as_str().unwrap_or_default().to_owned())
}

#[tokio::test]
async fn full_recovery_by_passphrase() -> Result<()> {
    let (house, browser, account) = signed_in(Kind::ByPassphrase).await?;
    let passphrase = account.passphrase.unwrap();
    browser.see(SAFE_WITH_KEY).await?;
    let lines = evidence(&browser).await?;
    assert!(lines.contains("There is a backup with 1 key."), "{lines}");
    assert!(lines.contains("A passphrase is set up."), "{lines}");
    assert!(lines.contains("According to example.org"), "{lines}");
    assert!(lines.contains("Each session that uses encryption is signed"), "{lines}");
    assert!(lines.contains("Verified in this browser"), "Chromium knows Ed25519: {lines}");

    check(&browser, "another passphrase").await?;
    browser.see("This is not the right key or passphrase.").await?;
    assert_eq!(browser.value(FIELD).await?, "another passphrase", "it can be mended");
    check(&browser, &passphrase).await?;
    browser.see("This is the right key, and it opens your backup.").await?;
    browser.see(SAFE).await?;
    assert_eq!(browser.value(FIELD).await?, "", "what has done its work is wiped");
    assert!(evidence(&browser).await?.contains("You have shown that your key opens this backup."));
    check(&browser, &account.recovery_key.unwrap()).await?;
    browser.see("This is the right key, and it opens your backup.").await?;

    secret_is_nowhere(&browser, &passphrase).await?;
    let sent = house.proxy.exchanges("");
    assert!(sent.iter().all(|exchange| !exchange.request.contains(&passphrase)), "it was sent");
    Ok(())
}

/// What takes seconds leaves the page free: it paints while the key is made.
#[tokio::test]
async fn the_page_stays_responsive_meanwhile() -> Result<()> {
    let (_house, browser, account) = signed_in(Kind::ByPassphrase).await?;
    browser.see(SAFE_WITH_KEY).await?;
    let watch = "window.longest = 0; let last = performance.now();
        const look = (now) => { window.longest = Math.max(window.longest, now - last); last = now;
            window.busy ||= document.body.innerText.includes('This takes a few seconds')
                && document.querySelector('progress') !== null;
            requestAnimationFrame(look); };
        requestAnimationFrame(look)";
    browser.script(watch, vec![]).await?;
    check(&browser, &account.passphrase.unwrap()).await?;
    browser.see(SAFE).await?;
    let seen = browser.script("return [window.longest, window.busy]", vec![]).await?;
    assert_eq!(seen[1], true, "it says what it is doing");
    println!("The longest time without a frame: {} ms", seen[0]);
    Ok(())
}

#[tokio::test]
async fn full_recovery_by_key() -> Result<()> {
    let (_house, browser, account) = signed_in(Kind::ByKey).await?;
    let key = account.recovery_key.unwrap();
    browser.see(SAFE_WITH_KEY).await?;
    check(&browser, "").await?;
    browser.see("Type your recovery key or your passphrase.").await?;
    check(&browser, OTHER_KEY).await?;
    browser.see("This is not the right key or passphrase.").await?;
    browser.see(SAFE_WITH_KEY).await?;
    check(&browser, &key.replacen(' ', "x", 1)).await?;
    browser.see("This looks like a recovery key, but a letter of it is not right").await?;
    check(&browser, "some words that I once knew").await?;
    browser.see("This is not a recovery key, and no passphrase is set up").await?;
    // Any spacing will do.
    check(&browser, &format!("  {}", key.replace(' ', "\u{a0} "))).await?;
    browser.see("This is the right key, and it opens your backup.").await?;
    browser.see(SAFE).await?;

    // It is still known on the way out.
    browser.press("Sign out").await?;
    browser.see_heading("Sign out").await?;
    browser.see(SAFE).await
}

#[tokio::test]
async fn a_backup_whose_key_is_on_a_session_only() -> Result<()> {
    let (_house, browser, _) = signed_in(Kind::BackupWithoutStorage).await?;
    browser.see(ALL_LOST).await?;
    browser.see("the key of the backup is on your sessions only").await?;
    let lines = evidence(&browser).await?;
    assert!(lines.contains("None is set up. A new session could not open the backup."), "{lines}");
    assert!(lines.contains("press “Get recovery key”"), "{lines}");
    check(&browser, OTHER_KEY).await?;
    browser.see("This is not the right key or passphrase.").await?;
    browser.see(ALL_LOST).await
}

#[tokio::test]
async fn one_verified_session_and_one_that_is_not() -> Result<()> {
    let (_house, browser, account) = signed_in(Kind::OneUnverified).await?;
    browser.see(SOME_LOST).await?;
    browser.see("One session is not verified.").await?;
    let lines = evidence(&browser).await?;
    assert!(lines.contains("Not verified: Old phone."), "{lines}");
    let rows = "return [...document.querySelectorAll('.sessions li')].map((row) => row.innerText)";
    let rows: Vec<String> = serde_json::from_value(browser.script(rows, vec![]).await?)?;
    for device in &account.devices {
        let row = rows.iter().find(|row| row.contains(&device.name)).expect(&device.name);
        assert!(row.contains(&device.id), "{row}");
        assert_eq!(row.contains("Not verified"), !device.verified, "{row}");
    }
    check(&browser, &account.recovery_key.unwrap()).await?;
    browser.see("This is the right key, and it opens your backup.").await?;
    browser.see(SOME_LOST).await?;
    browser.press("Sign out").await?;
    browser.see_heading("Sign out").await?;
    browser.see(SOME_LOST).await?;
    browser.press("See what to do first").await?;
    browser.see_heading("Your account").await
}

#[tokio::test]
async fn nothing_is_set_up() -> Result<()> {
    let (_house, browser, _) = signed_in(Kind::Nothing).await?;
    browser.see(NOTHING).await?;
    let lines = evidence(&browser).await?;
    assert!(lines.contains("There is none. Your message keys are on your sessions only."));
    assert!(lines.contains("switch on “Allow key storage”"), "{lines}");
    check(&browser, OTHER_KEY).await?;
    browser.see("No recovery key or passphrase is set up for this account").await
}

#[tokio::test]
async fn a_backup_that_was_replaced_after_the_key_was_noted() -> Result<()> {
    let (_house, browser, account) = signed_in(Kind::BackupReplaced).await?;
    browser.see(SAFE_WITH_KEY).await?;
    check(&browser, &account.recovery_key.unwrap()).await?;
    browser.see("but the backup on example.org was made with another one.").await?;
    browser.see(ALL_LOST).await?;
    assert!(evidence(&browser).await?.contains("this backup was made with another one."));
    Ok(())
}

#[tokio::test]
async fn a_key_from_before_everything_was_set_up_anew() -> Result<()> {
    let (_house, browser, account) = signed_in(Kind::StorageReplaced).await?;
    browser.see(SAFE_WITH_KEY).await?;
    check(&browser, &account.old_recovery_key.unwrap()).await?;
    browser.see("This is not the right key or passphrase.").await?;
    check(&browser, &account.recovery_key.unwrap()).await?;
    browser.see("This is the right key, and it opens your backup.").await?;
    browser.see(SAFE).await
}

/// What was shown of one backup says nothing of the next one, however it comes to
/// be known.
#[tokio::test]
async fn a_key_that_was_proven_is_not_proven_for_another_backup() -> Result<()> {
    let (house, browser, account) = signed_in(Kind::ByKey).await?;
    let key = account.recovery_key.unwrap();
    browser.see(SAFE_WITH_KEY).await?;
    check(&browser, &key).await?;
    browser.see(SAFE).await?;
    // Another backup, as after a reset in an app.
    let other = r#"{"algorithm": "m.megolm_backup.v1.curve25519-aes-sha2", "version": "7",
        "count": 9, "etag": "1", "auth_data": {"signatures": {},
        "public_key": "hSDwCYkwp1R0i33ctD73Wg2/Og0mOBr066SpjqqbTmo"}}"#;
    house.proxy.answer("/room_keys/version", Instead::json(200, other));
    browser.press("Look again").await?;
    browser.see(SAFE_WITH_KEY).await?;
    browser.see_no_text("it opens your backup").await?;
    browser.press("Sign out").await?;
    browser.see_heading("Sign out").await?;
    browser.see(SAFE_WITH_KEY).await?;
    browser.press("Back to my account").await?;
    // It was shown of this one, and still is. But a key is tried on what is there
    // by then, and not on what was when the page was loaded.
    house.proxy.be_honest();
    browser.press("Look again").await?;
    browser.see(SAFE).await?;
    house.proxy.answer("/room_keys/version", Instead::json(200, other));
    check(&browser, &key).await?;
    browser.see("but the backup on example.org was made with another one.").await?;
    browser.see(ALL_LOST).await
}

/// A browser that lacks the curves says what it could and could not see.
#[tokio::test]
async fn a_browser_without_the_curves() -> Result<()> {
    let (_house, browser, account) = signed_in(Kind::ByKey).await?;
    browser.see(SAFE_WITH_KEY).await?;
    // As in browsers of a few years ago.
    let forget = "const real = SubtleCrypto.prototype.importKey;
        SubtleCrypto.prototype.importKey = function (format, key, algorithm, ...rest) {
            const name = algorithm.name ?? algorithm;
            return ['X25519', 'Ed25519'].includes(name)
                ? Promise.reject(new DOMException('', 'NotSupportedError'))
                : real.call(this, format, key, algorithm, ...rest);
        }";
    browser.script(forget, vec![]).await?;
    browser.press("Look again").await?;
    browser.see(SAFE_WITH_KEY).await?;
    check(&browser, OTHER_KEY).await?;
    browser.see("This is not the right key or passphrase.").await?;
    check(&browser, &account.recovery_key.unwrap()).await?;
    browser.see("Whether the backup opens with it, this browser cannot see").await?;
    browser.see(SAFE_WITH_KEY).await?;
    let lines = evidence(&browser).await?;
    assert!(lines.contains("Each session that uses encryption is signed"), "{lines}");
    let of_sessions = lines.split("All your sessions are verified").nth(1).unwrap();
    assert!(of_sessions.contains("According to example.org"), "{lines}");
    Ok(())
}

/// Without the browser's arithmetic, as on a page without encryption, nothing is
/// said of a key.
#[tokio::test]
async fn a_page_that_came_without_encryption() -> Result<()> {
    let (_house, browser, account) = signed_in(Kind::ByKey).await?;
    browser.see(SAFE_WITH_KEY).await?;
    let forget = "Object.defineProperty(crypto, 'subtle', { value: undefined })";
    browser.script(forget, vec![]).await?;
    check(&browser, &account.recovery_key.unwrap()).await?;
    browser.see("This browser cannot check a key on this page.").await?;
    browser.see(SAFE_WITH_KEY).await
}

/// A part of the evidence that does not come is said, and makes nothing look
/// safe; what a strange answer says is not believed.
#[tokio::test]
async fn what_does_not_come_is_not_known() -> Result<()> {
    let (house, browser, _) = signed_in(Kind::ByKey).await?;
    browser.see(SAFE_WITH_KEY).await?;
    for (path, instead) in [
        ("/room_keys/version", Instead::html(502, true)),
        ("/room_keys/version", Instead::json(200, r#"{"algorithm": 7}"#)),
        ("/keys/query", Instead::html(200, true)),
        ("/keys/query", Instead::json(200, "{}")),
        ("/account_data/m.secret_storage.default_key", Instead::json(429, "{}")),
    ] {
        house.proxy.answer(path, instead);
        browser.press("Look again").await?;
        if path == "/keys/query" {
            browser.see("Element Desktop").await?;
            browser.see("Not known, last seen").await?;
        }
        browser.see("We could not find out what would become of your encrypted messages.").await?;
        assert!(!browser.text().await?.contains("M_"));
        house.proxy.be_honest();
        browser.press("Look again").await?;
        browser.see(SAFE_WITH_KEY).await?;
    }
    Ok(())
}

/// Whoever has just switched the backup on elsewhere sees it grow here.
#[tokio::test]
async fn a_backup_that_grows() -> Result<()> {
    let (house, mut browser, account) = signed_in(Kind::ByKey).await?;
    browser.see(SAFE_WITH_KEY).await?;
    browser.be_patient(60);
    assert!(evidence(&browser).await?.contains("It has not grown while this page was open."));
    let device = &account.devices[0];
    house.synapse.add_to_backup(&device.access_token, &account.room_id).await?;
    browser.see("There is a backup with 2 keys. It was still growing at").await?;
    browser.see("The backup is still growing. Wait until it stops.").await?;
    browser.be_patient(120);
    browser.see(SAFE_WITH_KEY).await
}

/// What one page saw of the backup, the next one knows too.
#[tokio::test]
async fn growth_of_the_backup_is_known_on_the_way_out() -> Result<()> {
    let (house, mut browser, account) = signed_in(Kind::ByKey).await?;
    browser.see(SAFE_WITH_KEY).await?;
    check(&browser, &account.recovery_key.unwrap()).await?;
    browser.see(SAFE).await?;
    // The question carries what only a device knows.
    browser.press("Sign out of all my other sessions").await?;
    browser.see("Message keys that only this session holds are deleted with it.").await?;
    let text = "return document.querySelector('#sign-out-question').innerText";
    let text = browser.script(text, vec![]).await?;
    assert!(text.to_string().contains("only that session knows"), "{text}");
    browser.press("Keep it").await?;
    // It grows while no page looks, and is still growing when the next one does.
    let device = &account.devices[0];
    house.synapse.add_to_backup(&device.access_token, &account.room_id).await?;
    browser.press("Sign out").await?;
    browser.see_heading("Sign out").await?;
    browser.be_patient(60);
    browser.see("The backup is still growing. Wait until it stops.").await?;
    // That page watches on its own until it has stopped.
    browser.be_patient(120);
    browser.see(SAFE).await
}
