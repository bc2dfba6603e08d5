//! look
use anyhow::Result;
use testbed::browser::{self, Browser};
use testbed::guide::*;
use testbed::house::{House, Plan};
async fn shots(b: &Browser, name: &str) -> Result<()> {
    for (w, h) in [(320, 640), (390, 780), (1280, 900)] {
        for dark in [false, true] {
            b.set_screen(w, h, dark).await?;
            let p = b.picture().await?;
            std::fs::write(
                format!("/tmp/shots/{name}-{w}-{}.png", if dark { "dark" } else { "light" }),
                p,
            )?;
        }
    }
    b.set_screen(1280, 900, false).await
}
#[tokio::main]
async fn main() -> Result<()> {
    std::fs::create_dir_all("/tmp/shots")?;
    let policy =
        serde_json::json!({ "enabled": true, "minimum_length": 12, "require_digit": true });
    let mut house = House::build(Plan {
        homeserver: serde_json::json!({"password_config": {"policy": policy}}),
        ..Plan::default()
    })
    .await?;
    house.synapse.register("alice", "x", Some("alice@example.org")).await?;
    let b = Browser::start(browser::Options::default()).await?;
    let first = b.tab().await?;
    b.open(&house.site.url("")).await?;
    b.see_heading("Get back into your Matrix account").await?;
    shots(&b, "1-home").await?;
    b.press("Sign in").await?;
    b.see_heading("Sign in").await?;
    shots(&b, "2-login").await?;
    sign_in(&b, "alice", "wrong").await?;
    b.see("not right").await?;
    shots(&b, "3-login-wrong").await?;
    b.press("Set a new one").await?;
    b.see("asks for").await?;
    shots(&b, "4-reset").await?;
    send_reset_email(&b, "alice", "abc").await?;
    b.see("Too short").await?;
    shots(&b, "5-reset-wrong").await?;
    send_reset_email(&b, "alice@example.org", "correct horse 7 battery").await?;
    b.see_heading("Check your email").await?;
    shots(&b, "6-check").await?;
    b.press("I have verified my email address").await?;
    b.see("not confirmed yet").await?;
    shots(&b, "7-notyet").await?;
    confirm_in_new_tab(&mut house, &b, "alice@example.org", 1).await?;
    shots(&b, "8-verified").await?;
    b.switch_to(&first).await?;
    b.press("I have verified my email address").await?;
    b.see_heading("Your password has been changed").await?;
    shots(&b, "9-done").await?;
    b.press("Return to login screen").await?;
    sign_in(&b, "alice", "correct horse 7 battery").await?;
    b.see("@alice").await?;
    shots(&b, "a-account").await?;
    b.open(&house.site.url("nowhere")).await?;
    shots(&b, "b-404").await?;
    Ok(())
}
