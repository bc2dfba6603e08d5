//! Ports and waiting.

use anyhow::{Result, bail};
use std::future::Future;
use std::net::TcpListener;
use std::time::{Duration, Instant};

/// A port on loopback that nobody listens on.
pub fn free_port() -> Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

/// This port if it is free, otherwise another one.
pub fn port_or_free(wanted: u16) -> Result<u16> {
    match TcpListener::bind(("127.0.0.1", wanted)) {
        Ok(_) => Ok(wanted),
        Err(_) => free_port(),
    }
}

/// Looks again and again until there is something to see.
///
/// # Errors
/// If nothing was to be seen for so long; `what` says what was waited for.
pub async fn wait_for<T, F>(
    what: &str,
    patience: Duration,
    mut look: impl FnMut() -> F,
) -> Result<T>
where
    F: Future<Output = Result<Option<T>>>,
{
    let start = Instant::now();
    loop {
        if let Some(seen) = look().await? {
            return Ok(seen);
        }
        if start.elapsed() > patience {
            bail!("waited {} seconds for {what}", patience.as_secs());
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}
