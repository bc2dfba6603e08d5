//! `cargo xtask gallery`: every part and every state of the pages, to look at.

use crate::build;
use anyhow::Result;
use testbed::house::config_for;
use testbed::net::{free_port, port_or_free};
use testbed::site::{Build, Options, Site};

/// Builds it and serves it until Ctrl-C. No homeserver is there.
pub fn gallery() -> Result<()> {
    build::gallery()?;
    tokio::runtime::Runtime::new()?.block_on(async {
        let nowhere = format!("http://127.0.0.1:{}", free_port()?);
        let site = Site::start(Options {
            build: Build::Gallery,
            config: Some(config_for(&nowhere, "example.org").to_string()),
            port: port_or_free(8080)?,
            ..Default::default()
        })
        .await?;
        println!("\n  The gallery  {}\n\n  Ctrl-C stops it.\n", site.url("gallery/"));
        Ok(tokio::signal::ctrl_c().await?)
    })
}
