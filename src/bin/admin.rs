//! The program for administrators. It is one of its own, so that nobody else downloads
//! a byte of it, and so that an administrator's token is in no memory that other pages
//! share: whoever leaves these pages leaves the program. Where the site is built without
//! `xtask`, `src/main.rs` has these pages too, and this program is not used.

use leptos::prelude::*;
use matrix_account_recovery::app::{self, Load, Loaded, Loading, Start};
use matrix_account_recovery::route::Part;
use matrix_account_recovery::runtime::language::Choose;
use matrix_account_recovery::runtime::navigation::TakeOver;
use matrix_account_recovery::site::Site;

static LOAD: Load = Load { start, reset, pages, language, router, machine: None };

fn main() {
    app::mount(&LOAD);
}

fn start() -> Loading<Start> {
    Box::pin(async { Some(app::ADMIN_START) })
}

fn language() -> Loading<Choose> {
    Box::pin(async { Some(app::ADMIN_START.choose) })
}

fn router() -> Loading<TakeOver> {
    Box::pin(async { Some(app::ADMIN.follow) })
}

fn reset(site: &Site) -> AnyView {
    app::elsewhere(site, None)
}

fn pages(part: Part) -> Loading<Loaded> {
    Box::pin(async move {
        Some(match part {
            Part::Admin => app::ADMIN,
            Part::Start => app::ADMIN_START.loaded,
            _ => app::ELSEWHERE,
        })
    })
}
