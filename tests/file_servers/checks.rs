//! What has to hold on each server.

use crate::copy::{OUTSIDE, STALE};
use crate::http::{Answer, get};
use crate::serve::{Place, Served, Server};
use crate::services::{FOREVER, headers_for_all};
use anyhow::{Context, Result, ensure};
use testbed::guide::ROUTES;

#[tokio::test]
async fn nginx() -> Result<()> {
    both(Server::Nginx).await
}

#[tokio::test]
async fn nginx_without_the_module_for_brotli() -> Result<()> {
    both(Server::NginxAlone).await
}

#[tokio::test]
async fn caddy() -> Result<()> {
    both(Server::Caddy).await
}

#[tokio::test]
async fn apache_that_includes_the_example() -> Result<()> {
    both(Server::Apache).await
}

#[tokio::test]
async fn apache_with_the_example_as_htaccess() -> Result<()> {
    both(Server::Htaccess).await
}

/// On a host of its own, and in a folder.
async fn both(server: Server) -> Result<()> {
    for place in [Place::Host, Place::Folder] {
        let served = Served::start(server, place).await?;
        all(&served).with_context(|| format!("{server:?}, {place:?}"))?;
    }
    Ok(())
}

fn all(served: &Served) -> Result<()> {
    pages(served).context("pages")?;
    encodings(served).context("encodings")?;
    plain(served).context("SHA256SUMS")?;
    configuration(served).context("config.json")?;
    missing(served).context("what is missing")?;
    change_password(served).context("change-password")?;
    outside(served).context("what is outside")?;
    encryption(served).context("encryption")
}

impl Served {
    fn get(&self, path: &str, headers: &[(&str, &str)]) -> Result<Answer> {
        get(self.port, &self.path(path), headers)
    }

    /// Checks the headers that every answer has. HSTS is for a whole host: the
    /// examples for a folder leave it to that host.
    fn is_safe(&self, answer: &Answer) -> Result<()> {
        for (name, value) in headers_for_all()? {
            let has = answer.header(&name)?;
            let is_of_host = name == "Strict-Transport-Security";
            let wanted = if is_of_host && self.place == Place::Folder { "" } else { &value };
            ensure!(has == wanted, "{name} is {has:?}, with status {}", answer.status);
        }
        Ok(())
    }

    /// Where an answer leads to on this host.
    fn way(&self, answer: &Answer) -> Result<String> {
        let location = answer.header("location")?;
        // Where a proxy stands before nginx, it does not know its own address.
        let is_whole = location.starts_with("http");
        ensure!(!is_whole || [Server::Apache, Server::Htaccess].contains(&self.server), "whole");
        let origin = format!("http://127.0.0.1:{}", self.port);
        let path = location.strip_prefix(&origin).unwrap_or(location);
        ensure!(path.starts_with('/') && !path.starts_with("//"), "it leads to {location:?}");
        Ok(path.to_owned())
    }
}

fn is_kept(answer: &Answer, how: &str) -> Result<()> {
    let has = answer.header("cache-control")?;
    ensure!(has == how, "Cache-Control is {has:?}");
    Ok(())
}

/// Every route is there, and is asked for anew each time.
fn pages(served: &Served) -> Result<()> {
    for (path, _) in ROUTES {
        page(served, path).with_context(|| served.path(path))?;
        let Some(bare) = path.strip_suffix('/') else { continue };
        let answer = served.get(bare, &[])?;
        ensure!([301, 302, 307, 308].contains(&answer.status), "{bare}: {}", answer.status);
        ensure!(served.way(&answer)? == served.path(path), "{bare}: {:?}", served.way(&answer));
        served.is_safe(&answer)?;
    }
    if served.place == Place::Folder {
        let answer = get(served.port, "/recover", &[])?;
        ensure!(served.way(&answer)? == "/recover/", "the folder's own address");
        let beside = get(served.port, "/recoverreset/", &[])?;
        ensure!(beside.body != served.copy.read("reset/")?, "it takes other folders too");
    }
    Ok(())
}

fn page(served: &Served, path: &str) -> Result<()> {
    let answer = served.get(path, &[])?;
    ensure!(answer.status == 200, "{}", answer.status);
    ensure!(answer.body == served.copy.read(path)?, "this is another page");
    ensure!(answer.header("content-type")?.starts_with("text/html"), "of another type");
    served.is_safe(&answer)?;
    is_kept(&answer, "no-cache")?;
    for encoding in ["", "gzip, deflate, br"] {
        let answer = served.get(path, &[("Accept-Encoding", encoding)])?;
        for (kept, asked) in [("etag", "If-None-Match"), ("last-modified", "If-Modified-Since")] {
            let kept = answer.header(kept)?;
            ensure!(!kept.is_empty(), "{asked} cannot be asked");
            let again = served.get(path, &[("Accept-Encoding", encoding), (asked, kept)])?;
            ensure!(again.status == 304, "{asked}: {}", again.status);
            ensure!(again.body.is_empty(), "{asked} with a page");
        }
    }
    Ok(())
}

/// Files of each type are handed out as they are and as they were compressed, with one type.
fn encodings(served: &Served) -> Result<()> {
    let assets = [
        (served.copy.asset("main-", ".wasm")?, "application/wasm", FOREVER),
        (served.copy.asset("admin-", ".wasm")?, "application/wasm", FOREVER),
        (served.copy.asset("main-", ".js")?, "text/javascript", FOREVER),
        (served.copy.asset("texts-", "")? + "/de/reset.txt", "text/plain", FOREVER),
    ];
    let others = [
        ("", "text/html"),
        ("reset/", "text/html"),
        ("admin.css", "text/css"),
        ("common-passwords.txt", "text/plain"),
        ("icon.svg", "image/svg+xml"),
    ];
    let others = others.map(|(path, kind)| (path.to_owned(), kind, "no-cache"));
    for (path, kind, kept) in assets.into_iter().chain(others) {
        for (accepted, preferred) in [
            ("", ""),
            ("identity", ""),
            ("gzip", "gzip"),
            ("br", "br"),
            ("br;q=0, gzip;q=0.5", "gzip"),
            ("gzip;q=0, br;q=1", "br"),
            ("gzip, deflate, br, zstd", "br"),
        ] {
            let answer = served.get(&path, &[("Accept-Encoding", accepted)])?;
            let about = format!("/{path} for {accepted:?}");
            encoding(served, &answer, &path, preferred, accepted).context(about.clone())?;
            let has = answer.header("content-type")?.split(';').next().unwrap_or_default();
            ensure!(has == kind, "{about} is {has:?}");
            served.is_safe(&answer).context(about.clone())?;
            is_kept(&answer, kept).context(about)?;
        }
    }
    Ok(())
}

fn encoding(
    served: &Served,
    answer: &Answer,
    path: &str,
    preferred: &str,
    accepted: &str,
) -> Result<()> {
    ensure!(answer.status == 200, "{}", answer.status);
    ensure!(answer.unpacked()? == served.copy.read(path)?, "it unpacks to something else");
    let wanted = match (served.encodings().contains(&preferred), accepted.contains("gzip,")) {
        (true, _) => preferred,
        (false, true) => "gzip",
        (false, false) => "",
    };
    let has = answer.header("content-encoding")?;
    ensure!(has == wanted, "it comes as {has:?}");
    ensure!(answer.header("content-language")?.is_empty(), "it is in a language");
    let vary = answer.header("vary")?.to_lowercase();
    ensure!(vary == "accept-encoding", "Vary is {vary:?}");
    Ok(())
}

/// What was not compressed comes as it is.
fn plain(served: &Served) -> Result<()> {
    let answer = served.get("SHA256SUMS", &[("Accept-Encoding", "gzip, deflate, br")])?;
    ensure!(answer.status == 200, "{}", answer.status);
    ensure!(answer.body == served.copy.read("SHA256SUMS")?, "it is something else");
    answer.header("vary")?;
    served.is_safe(&answer)?;
    is_kept(&answer, "no-cache")
}

/// The operator's own file is what it is now.
fn configuration(served: &Served) -> Result<()> {
    let config = || served.get("config.json", &[("Accept-Encoding", "gzip, deflate, br")]);
    let before = config()?;
    ensure!(before.body != STALE, "it is old");
    served.copy.configure(r#"{ "brand": "Changed" }"#)?;
    let after = config()?;
    ensure!(before.body != after.body, "a change is not seen");
    let asked = [("If-None-Match", before.header("etag")?)];
    ensure!(served.get("config.json", &asked)?.status == 200, "a change is not seen by an ETag");
    for answer in [before, after] {
        ensure!(answer.status == 200, "{}", answer.status);
        ensure!(answer.header("content-encoding")?.is_empty(), "it is compressed");
        ensure!(answer.header("content-type")? == "application/json", "of another type");
        served.is_safe(&answer)?;
        is_kept(&answer, "no-cache")?;
    }
    Ok(())
}

/// What is not there has a page of its own, which nobody keeps instead of what comes later.
fn missing(served: &Served) -> Result<()> {
    // Some servers would guess what is meant by the last two.
    let paths = ["nowhere", "no/where/", "assets/", "assets/main-0000000000.wasm", "404", "config"];
    for path in paths {
        for accepted in ["", "gzip, deflate, br"] {
            let accepted = ("Accept-Encoding", accepted);
            let answer = served.get(path, &[accepted])?;
            let (etag, date) = (answer.header("etag")?, answer.header("last-modified")?);
            let again = [accepted, ("If-None-Match", etag), ("If-Modified-Since", date)];
            for answer in [served.get(path, &again)?, answer] {
                ensure!(answer.status == 404, "{path}: {}", answer.status);
                ensure!(answer.unpacked()? == served.copy.read("404.html")?, "{path}: no page");
                served.is_safe(&answer).context(path)?;
                is_kept(&answer, "no-cache").context(path)?;
            }
        }
    }
    Ok(())
}

/// What a password manager does.
fn change_password(served: &Served) -> Result<()> {
    let answer = get(served.port, "/.well-known/change-password", &[])?;
    ensure!(answer.status == 302, "{}", answer.status);
    ensure!(served.way(&answer)? == served.path("reset/"), "{:?}", served.way(&answer));
    if served.place == Place::Host {
        served.is_safe(&answer)?;
    }
    let none = "/.well-known/resource-that-should-not-exist-whose-status-code-should-not-be-200";
    ensure!(served.place == Place::Folder || get(served.port, none, &[])?.status == 404, "{none}");
    Ok(())
}

/// Nothing but the site is handed out, and nobody is sent to another host.
fn outside(served: &Served) -> Result<()> {
    let folder = served.path("");
    let bare = folder.trim_end_matches('/');
    for path in [
        format!("{folder}../outside.txt"),
        format!("{folder}..%2foutside.txt"),
        format!("{folder}%2e%2e/outside.txt"),
        format!("{folder}reset/../../outside.txt"),
        format!("{bare}../outside.txt"),
        format!("{bare}..%2foutside.txt"),
        "/outside.txt".to_owned(),
    ] {
        let answer = get(served.port, &path, &[])?;
        let text = String::from_utf8_lossy(&answer.body).into_owned();
        ensure!(!text.contains(OUTSIDE), "{path} is outside of the site");
    }
    let file = served.get(".htaccess", &[])?;
    ensure!([403, 404].contains(&file.status), ".htaccess: {}", file.status);
    for path in [format!("/{folder}reset"), format!("//evil.example/..%2f.{folder}reset")] {
        let answer = get(served.port, &path, &[])?;
        if !answer.header("location")?.is_empty() {
            served.way(&answer).with_context(|| path)?;
        }
    }
    Ok(())
}

/// What is not encrypted leads to what is.
fn encryption(served: &Served) -> Result<()> {
    let Some((_, plain)) = served.tls else { return Ok(()) };
    let answer = get(plain, "/reset/?lang=de", &[])?;
    ensure!(answer.header("location")? == "https://127.0.0.1/reset/?lang=de", "{answer:?}");
    Ok(())
}
