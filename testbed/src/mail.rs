//! The mail that the homeserver sends, caught by a real mail server.

use crate::net::{free_port, wait_for};
use crate::process::Process;
use crate::tools;
use anyhow::{Context, Result};
use mail_parser::MessageParser;
use std::fs;
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, SystemTime};
use tempfile::TempDir;

/// A mail server that keeps everything it is handed.
pub struct MailCatcher {
    process: Process,
    folder: TempDir,
    /// Where it listens.
    pub port: u16,
}

/// A mail.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mail {
    /// When it arrived.
    pub time: SystemTime,
    /// The address it was sent to.
    pub to: String,
    /// Its subject.
    pub subject: String,
    /// Its plain text.
    pub text: String,
}

impl MailCatcher {
    /// Starts it.
    pub async fn start() -> Result<Self> {
        let folder = TempDir::with_prefix("mail-")?;
        let port = free_port()?;
        let mut command = Command::new(tools::python()?);
        command
            .args(["-m", "aiosmtpd", "-n", "-l", &format!("127.0.0.1:{port}")])
            .args(["-c", "aiosmtpd.handlers.Mailbox"])
            .arg(folder.path().join("maildir"));
        let log = folder.path().join("log");
        let mut process = Process::start("The mail catcher", &mut command, &log)?;
        wait_for("the mail catcher", Duration::from_secs(30), || {
            let alive = process.check();
            let open = TcpStream::connect(("127.0.0.1", port)).is_ok();
            async move { alive.map(|()| open.then_some(())) }
        })
        .await?;
        Ok(Self { process, folder, port })
    }

    /// Where it keeps the mail, for [`mails_in`].
    pub fn folder(&self) -> PathBuf {
        self.folder.path().join("maildir/new")
    }

    /// All mails to an address, the oldest first.
    pub fn to(&self, address: &str) -> Result<Vec<Mail>> {
        let mails = mails_in(&self.folder())?.into_iter();
        Ok(mails.filter(|mail| mail.to == address).collect())
    }

    /// Waits for the mail with a link that carries this, and gives back the
    /// link of the newest one.
    pub async fn wait_for_link(&mut self, to: &str, part: &str) -> Result<String> {
        let this = &*self;
        let link = wait_for("the mail", Duration::from_secs(20), || async move {
            let mails = this.to(to)?;
            let mut links = mails.iter().rev().filter_map(|mail| mail.link().ok());
            Ok(links.find(|link| link.contains(part)).map(str::to_owned))
        });
        link.await.with_context(|| self.process.log())
    }

    /// Waits for so many mails to an address, and gives back the newest.
    pub async fn wait(&mut self, to: &str, count: usize) -> Result<Mail> {
        let what = format!("mail number {count} to {to}");
        let this = &*self;
        wait_for(&what, Duration::from_secs(20), || async move {
            let mails = this.to(to)?;
            Ok((mails.len() >= count).then(|| mails.last().cloned()).flatten())
        })
        .await
        .with_context(|| self.process.log())
    }
}

/// All mails in a folder, the oldest first.
pub fn mails_in(folder: &Path) -> Result<Vec<Mail>> {
    let mut mails = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
        mails.push(read(entry?.path())?);
    }
    mails.sort();
    Ok(mails)
}

fn read(file: PathBuf) -> Result<Mail> {
    let raw = fs::read(&file)?;
    let message = MessageParser::default().parse(&raw).context("a mail cannot be read")?;
    let to = message.to().and_then(|to| to.first()).and_then(|to| to.address());
    Ok(Mail {
        time: fs::metadata(&file)?.modified()?,
        to: to.unwrap_or_default().to_owned(),
        subject: message.subject().unwrap_or_default().to_owned(),
        text: message.body_text(0).unwrap_or_default().into_owned(),
    })
}

impl Mail {
    /// The first link in it.
    pub fn link(&self) -> Result<&str> {
        let mut words = self.text.split_whitespace();
        words.find(|word| word.starts_with("http")).context("there is no link in the mail")
    }
}
