//! Mounts the application, and says which parts of it are downloaded when they
//! are needed. `xtask/src/split.rs` takes the program apart at the functions in
//! `split`; built in another way it is in one piece.

// The marks at which the program is taken apart are functions of other modules,
// which are unsafe to call. The library has no unsafe code.
#![cfg_attr(split, allow(unsafe_code))]

use matrix_account_recovery::app::{self, Load, Loading, Pages, Start};
use matrix_account_recovery::route::Part;
use matrix_account_recovery::runtime::language::Choose;

static LOAD: Load = Load { start, reset: app::reset_page, pages, language, prepare };

fn main() {
    app::mount(&LOAD);
}

fn start() -> Loading<Start> {
    Box::pin(async { split::start().await.ok() })
}

fn language() -> Loading<Choose> {
    Box::pin(async { Some(split::start().await.ok()?.choose) })
}

fn pages(part: Part) -> Loading<Pages> {
    match part {
        // The form is there from the beginning. Where it is asked for all the
        // same, the homeserver has another way.
        Part::Reset | Part::Start => Box::pin(async { Some(split::start().await.ok()?.pages) }),
        Part::Wait => Box::pin(async { split::wait().await.ok() }),
        Part::Login => Box::pin(async { split::login().await.ok() }),
        Part::Account => Box::pin(async { split::account().await.ok() }),
        Part::Help => Box::pin(async { split::help().await.ok() }),
        Part::Admin => Box::pin(async { Some(split::ADMIN) }),
    }
}

fn prepare() {
    leptos::task::spawn_local(async {
        // Where it fails, it is loaded again when it is needed.
        let _ = split::wait().await;
    });
}

#[cfg(split)]
mod split {
    use super::{Pages, Start, app};
    use wasm_split_helpers::{SplitLoaderError, wasm_split};

    /// Administrators have a program of their own (`src/bin/admin.rs`).
    pub const ADMIN: Pages = app::elsewhere;

    #[wasm_split(start, fallible)]
    pub fn start() -> Result<Start, SplitLoaderError> {
        Ok(app::START)
    }

    #[wasm_split(wait, fallible)]
    pub fn wait() -> Result<Pages, SplitLoaderError> {
        Ok(app::wait_pages)
    }

    #[wasm_split(login, fallible)]
    pub fn login() -> Result<Pages, SplitLoaderError> {
        Ok(app::login_pages)
    }

    #[wasm_split(account, fallible)]
    pub fn account() -> Result<Pages, SplitLoaderError> {
        Ok(app::account_pages)
    }

    #[wasm_split(help, fallible)]
    pub fn help() -> Result<Pages, SplitLoaderError> {
        Ok(app::help_pages)
    }
}

#[cfg(not(split))]
mod split {
    use super::{Pages, Start, app};
    use std::convert::Infallible;

    pub const ADMIN: Pages = app::admin_pages;

    pub async fn start() -> Result<Start, Infallible> {
        Ok(app::START)
    }

    pub async fn wait() -> Result<Pages, Infallible> {
        Ok(app::wait_pages)
    }

    pub async fn login() -> Result<Pages, Infallible> {
        Ok(app::login_pages)
    }

    pub async fn account() -> Result<Pages, Infallible> {
        Ok(app::account_pages)
    }

    pub async fn help() -> Result<Pages, Infallible> {
        Ok(app::help_pages)
    }
}
