//! A program that runs beside the test.

use crate::net::wait_for;
use anyhow::{Context, Result, bail};
use rustix::process::{Pid, Signal, kill_process_group};
use std::fs::{self, File};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// A program with a process group of its own, so that what it starts itself is
/// stopped with it.
pub struct Process {
    name: String,
    child: Child,
    guard: Child,
    log: PathBuf,
}

/// Waits until its input ends, which is when this program is gone, however it
/// went: at Ctrl-C nobody drops anything.
const GUARD: &str = "cat; kill -s TERM -- -$1; sleep 5; kill -s KILL -- -$1";

impl Process {
    /// Starts a program that writes what it has to say to a file.
    pub fn start(name: &str, command: &mut Command, log: &Path) -> Result<Self> {
        Self::spawn(name, command, open(log)?, log)
    }

    fn spawn(name: &str, command: &mut Command, stdout: File, log: &Path) -> Result<Self> {
        let child = command
            .stdin(Stdio::null())
            .stdout(stdout)
            .stderr(open(log)?)
            .process_group(0)
            .spawn()
            .with_context(|| format!("{name} could not be started"))?;
        let mut guard = Command::new("sh");
        guard.args(["-c", GUARD, "guard", &child.id().to_string()]);
        guard.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).process_group(0);
        Ok(Self { name: name.to_owned(), child, guard: guard.spawn()?, log: log.to_owned() })
    }

    /// What it has said so far.
    pub fn log(&self) -> String {
        fs::read_to_string(&self.log).unwrap_or_default()
    }

    /// Fails, with what it said last, if it does not run any more.
    pub fn check(&mut self) -> Result<()> {
        if let Some(status) = self.child.try_wait()? {
            bail!("{} ended with {status}:\n{}", self.name, self.last_words());
        }
        Ok(())
    }

    fn last_words(&self) -> String {
        let log = self.log();
        let lines: Vec<_> = log.lines().collect();
        lines[lines.len().saturating_sub(30)..].join("\n")
    }

    /// Asks it to end, and makes it end where it does not.
    pub fn stop(&mut self) {
        signal(&self.child, Signal::TERM);
        let start = Instant::now();
        while start.elapsed() < Duration::from_secs(10) {
            if matches!(self.child.try_wait(), Ok(Some(_)) | Err(_)) {
                break;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        self.kill();
    }

    /// Ends it at once, as a power cut does.
    pub fn kill(&mut self) {
        signal(&self.guard, Signal::KILL);
        let _ = self.guard.wait();
        signal(&self.child, Signal::KILL);
        let _ = self.child.wait();
    }
}

/// Runs a program to its end and gives back what it wrote to standard output,
/// while what was started here goes on.
///
/// # Errors
/// If it does not succeed, or not in time; with what it said last on standard
/// error. It is ended then, with all that it started.
pub async fn output(name: &str, command: &mut Command, patience: Duration) -> Result<String> {
    let folder = TempDir::with_prefix("output-")?;
    let (said, log) = (folder.path().join("stdout"), folder.path().join("stderr"));
    let mut process = Process::spawn(name, command, open(&said)?, &log)?;
    let ended = wait_for(&format!("{name} to end"), patience, || {
        let status = process.child.try_wait();
        async move { Ok(status?) }
    })
    .await;
    match ended {
        Ok(status) if status.success() => Ok(fs::read_to_string(said)?),
        Ok(status) => bail!("{name} ended with {status}:\n{}", process.last_words()),
        Err(error) => bail!("{error}:\n{}", process.last_words()),
    }
}

fn open(log: &Path) -> Result<File> {
    Ok(File::options().create(true).append(true).open(log)?)
}

/// To a program and all that it started.
fn signal(child: &Child, signal: Signal) {
    if let Some(pid) = i32::try_from(child.id()).ok().and_then(Pid::from_raw) {
        let _ = kill_process_group(pid, signal);
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.stop();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::process::ExitStatusExt;

    #[test]
    fn a_program_ends_with_whoever_started_it() -> Result<()> {
        let log = tempfile::NamedTempFile::new()?;
        let mut sleep = Process::start("sleep", Command::new("sleep").arg("600"), log.path())?;
        // The other end of the guard's input, which goes with this program.
        drop(sleep.guard.stdin.take());
        assert_eq!(sleep.child.wait()?.signal(), Some(Signal::TERM.as_raw()));
        Ok(())
    }

    fn shell(script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        command
    }

    #[tokio::test]
    async fn what_a_program_writes_is_given_back_without_its_complaints() -> Result<()> {
        let mut script = shell("echo done; echo hm >&2");
        assert_eq!(output("sh", &mut script, Duration::from_secs(20)).await?, "done\n");
        Ok(())
    }

    #[tokio::test]
    async fn a_program_that_fails_is_quoted() {
        let mut script = shell("echo the disk is full >&2; exit 3");
        let error = output("sh", &mut script, Duration::from_secs(20)).await.unwrap_err();
        assert_eq!(error.to_string(), "sh ended with exit status: 3:\nthe disk is full");
    }

    #[tokio::test]
    async fn a_program_that_takes_too_long_is_quoted_and_ended() {
        let mut script = shell("echo $$ >&2; exec sleep 600");
        let error = output("sh", &mut script, Duration::from_secs(2)).await.unwrap_err();
        let error = error.to_string();
        let pid = error.strip_prefix("waited 2 seconds for sh to end:\n").unwrap();
        let gone = rustix::process::test_kill_process(Pid::from_raw(pid.parse().unwrap()).unwrap());
        assert!(gone.is_err(), "{pid} still runs");
    }
}
