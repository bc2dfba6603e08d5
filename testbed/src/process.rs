//! A program that runs beside the test.

use anyhow::{Context, Result};
use rustix::process::{Pid, Signal, kill_process_group};
use std::fs::{self, File};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

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
        let file = File::options().create(true).append(true).open(log)?;
        let child = command
            .stdin(Stdio::null())
            .stdout(file.try_clone()?)
            .stderr(file)
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
            let log = self.log();
            let lines: Vec<_> = log.lines().collect();
            let last = lines[lines.len().saturating_sub(30)..].join("\n");
            anyhow::bail!("{} ended with {status}:\n{last}", self.name);
        }
        Ok(())
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
}
