//! A page on which the demo's mail can be read and its link clicked.

use anyhow::Result;
use axum::Router;
use axum::extract::State;
use axum::response::Html;
use axum::routing::get;
use std::path::PathBuf;
use testbed::mail::{Mail, MailCatcher, mails_in};
use tokio::net::TcpListener;

/// Shows all mail that was caught, for as long as it is let.
pub async fn serve(mail: &MailCatcher, port: u16) -> Result<()> {
    let listener = TcpListener::bind(("127.0.0.1", port)).await?;
    let app = Router::new().route("/", get(page)).with_state(mail.folder());
    Ok(axum::serve(listener, app).await?)
}

async fn page(State(folder): State<PathBuf>) -> Html<String> {
    let mut mails = mails_in(&folder).unwrap_or_default();
    mails.reverse();
    let mails: String = match mails.is_empty() {
        true => "<p>No mail yet. This page looks again by itself.</p>".into(),
        false => mails.iter().map(article).collect(),
    };
    Html(format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\">
        <meta name=\"viewport\" content=\"width=device-width\">
        <meta name=\"color-scheme\" content=\"light dark\">
        <meta http-equiv=\"refresh\" content=\"3\"><title>Mail</title>
        <style>body {{ font: 1rem/1.5 sans-serif; max-width: 45rem; margin: 2rem auto; padding: 0 1rem }}
        pre {{ white-space: pre-wrap; overflow-wrap: anywhere }}</style>
        <h1>Mail</h1>{mails}"
    ))
}

fn article(mail: &Mail) -> String {
    let words = mail.text.split_inclusive(char::is_whitespace).map(|word| {
        let link = word.trim_end();
        match link.starts_with("http") {
            true => format!("<a target=\"_blank\" href=\"{0}\">{0}</a>\n", escape(link)),
            false => escape(word),
        }
    });
    let text: String = words.collect();
    let (to, subject) = (escape(&mail.to), escape(&mail.subject));
    format!("<article><h2>{subject}</h2><p>To {to}</p><pre>{text}</pre></article><hr>")
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}
