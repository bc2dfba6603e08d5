//! Mounts the application, and says which parts of it are downloaded when they
//! are needed. `xtask/src/split.rs` takes the program apart at the functions in
//! `split`; built in another way it is in one piece.

// The marks at which the program is taken apart are functions of other modules,
// which are unsafe to call. The library has no unsafe code.
#![cfg_attr(split, allow(unsafe_code))]

use matrix_account_recovery::app::{self, Load, Loaded, Loading, Start, Wait};
use matrix_account_recovery::route::Part;
use matrix_account_recovery::runtime::language::Choose;
use matrix_account_recovery::runtime::navigation::TakeOver;
use matrix_account_recovery::runtime::reset::Machine;

static LOAD: Load =
    Load { start, reset: app::reset_page, pages, language, router, machine: Some(machine) };

fn main() {
    app::mount(&LOAD);
}

fn start() -> Loading<Start> {
    Box::pin(async { split::start().await.ok() })
}

fn language() -> Loading<Choose> {
    Box::pin(async { Some(split::start().await.ok()?.choose) })
}

fn router() -> Loading<TakeOver> {
    Box::pin(async { Some(split::wait().await.ok()?.loaded.follow) })
}

fn machine() -> Loading<Machine> {
    Box::pin(async { Some(split::wait().await.ok()?.machine) })
}

fn pages(part: Part) -> Loading<Loaded> {
    match part {
        // The form is there from the beginning. Where it is asked for all the
        // same, the homeserver has another way.
        Part::Reset | Part::Start => Box::pin(async { Some(split::start().await.ok()?.loaded) }),
        Part::Wait => Box::pin(async { Some(split::wait().await.ok()?.loaded) }),
        Part::Login => Box::pin(async { split::login().await.ok() }),
        Part::Account => Box::pin(async { split::account().await.ok() }),
        Part::Help => Box::pin(async { split::help().await.ok() }),
        Part::Admin => Box::pin(async { split::admin().await.ok() }),
    }
}

#[cfg(split)]
mod split {
    use super::{Loaded, Start, Wait, app};
    use wasm_split_helpers::{SplitLoaderError, wasm_split};

    /// Administrators have a program of their own (`src/bin/admin.rs`).
    pub async fn admin() -> Result<Loaded, SplitLoaderError> {
        Ok(Loaded { pages: app::elsewhere, ..start().await?.loaded })
    }

    #[wasm_split(start, fallible)]
    pub fn start() -> Result<Start, SplitLoaderError> {
        Ok(app::START)
    }

    #[wasm_split(wait, fallible)]
    pub fn wait() -> Result<Wait, SplitLoaderError> {
        Ok(app::WAIT)
    }

    #[wasm_split(login, fallible)]
    pub fn login() -> Result<Loaded, SplitLoaderError> {
        Ok(app::LOGIN)
    }

    #[wasm_split(account, fallible)]
    pub fn account() -> Result<Loaded, SplitLoaderError> {
        Ok(app::ACCOUNT)
    }

    #[wasm_split(help, fallible)]
    pub fn help() -> Result<Loaded, SplitLoaderError> {
        Ok(app::HELP)
    }
}

#[cfg(not(split))]
mod split {
    use super::{Loaded, Start, Wait, app};
    use std::convert::Infallible;

    pub async fn admin() -> Result<Loaded, Infallible> {
        Ok(app::ADMIN)
    }

    pub async fn start() -> Result<Start, Infallible> {
        Ok(app::START)
    }

    pub async fn wait() -> Result<Wait, Infallible> {
        Ok(app::WAIT)
    }

    pub async fn login() -> Result<Loaded, Infallible> {
        Ok(app::LOGIN)
    }

    pub async fn account() -> Result<Loaded, Infallible> {
        Ok(app::ACCOUNT)
    }

    pub async fn help() -> Result<Loaded, Infallible> {
        Ok(app::HELP)
    }
}
