//! `cargo xtask demo`: the guide to try by hand, all on this machine.

use crate::{build, mail_page};
use anyhow::Result;
use testbed::accounts::{Kind, prepare};
use testbed::house::{House, Plan};
use testbed::net::port_or_free;
use testbed::synapse::{ADMIN, ADMIN_PASSWORD};
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
    house.synapse.register("carol", PASSWORD, Some("carol@example.org")).await?;
    let carol = prepare(&house.synapse.url(), Kind::ByPassphrase, "carol", PASSWORD).await?;
    let mail_port = port_or_free(8025)?;
    println!(
        "
  The site      {}
  Their mail    http://127.0.0.1:{mail_port}/
  Homeserver    {}

  Accounts (all have forgotten their password, which is “{PASSWORD}”)
    @alice:example.org  with the email address alice@example.org
    @bob:example.org    without one
    @carol:example.org  with carol@example.org, and with encrypted messages that
                        are backed up: her passphrase is “{}”

    @{ADMIN}:example.org  administers the homeserver: see {}
                        The password is “{ADMIN_PASSWORD}”

  Ctrl-C stops all of it.
",
        house.site.url(""),
        house.proxy.url(),
        carol.passphrase.unwrap_or_default(),
        house.site.url("admin/"),
    );
    mail_page::serve(&house.mail, mail_port).await
}
