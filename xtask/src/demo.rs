//! `cargo xtask demo`: the guide to try by hand, all on this machine.

use crate::{build, mail_page};
use anyhow::Result;
use testbed::house::{House, Plan};
use testbed::net::port_or_free;
use testbed::tools::{python, say};
use tokio::signal::ctrl_c;
use tokio::signal::unix::{SignalKind, signal};

const PASSWORD: &str = "forgotten password";

/// Builds and starts everything, and stops it at Ctrl-C.
pub fn demo() -> Result<()> {
    python()?;
    build::site()?;
    tokio::runtime::Runtime::new()?.block_on(async {
        let mut terminated = signal(SignalKind::terminate())?;
        tokio::select! {
            result = run() => result?,
            _ = ctrl_c() => {}
            _ = terminated.recv() => {}
        }
        say("Stopped");
        Ok(())
    })
}

async fn run() -> Result<()> {
    say("Starting the homeserver, its mail and the site");
    let ports = (port_or_free(8008)?, port_or_free(8080)?);
    let house = House::build(Plan { ports, ..Plan::default() }).await?;
    house.synapse.register("alice", PASSWORD, Some("alice@example.org")).await?;
    house.synapse.register("bob", PASSWORD, None).await?;
    let mail_port = port_or_free(8025)?;
    println!(
        "
  The site      {}
  Alice's mail  http://127.0.0.1:{mail_port}/
  Homeserver    {}

  Accounts (both have forgotten their password, which is “{PASSWORD}”)
    @alice:example.org  with the email address alice@example.org
    @bob:example.org    without one

  Ctrl-C stops all of it.
",
        house.site.url(""),
        house.proxy.url(),
    );
    mail_page::serve(&house.mail, mail_port).await
}
