//! Everything that reads what comes from outside, fed with what it takes and with
//! changes of that: no panic may be reached, and what a reader promises has to hold.
//!
//! `INPUTS` says how many inputs there are over all readers, `SEED` which ones, and
//! `ONLY` takes a part of a reader's name: `docs/robustness.md`.
//!
//! Left out: what a tab keeps for itself in `runtime/{session,server,prefill,new_email,
//! sign_on}.rs`, since that needs a browser; each takes a text apart at its lines or keys,
//! and gives the pieces to readers that are here. Addresses are taken apart by the
//! browser. `matrix/{refusal,error,wait,password_rule,uia}.rs` read for every endpoint.

// Somebody's account.
mod account;
// Other people's accounts, for administrators.
mod admin;
// Files of the site and of the tab.
mod files;
// What is fed.
mod input;
// Changes of JSON.
mod json;
// Keys, and what they open.
mod keys;
// What administrators type and paste.
mod lists;
// Odd texts.
mod odd;
// Addresses, links and names.
mod places;
// How readers are called.
mod reader;
// What a homeserver says of itself.
mod server;
// Whether none is forgotten.
mod whole;

use matrix_account_recovery::matrix::wire::Response;
use proptest::test_runner::{Config, RngSeed, TestRunner};
use reader::Reader;
use std::cell::Cell;
use std::env;

/// As many as a build without optimization reads in some ten seconds.
const INPUTS: u64 = 40_000;

const SEED: u64 = 26_112_026;

/// All readers, in groups.
fn readers() -> Vec<(&'static str, Vec<Reader>)> {
    vec![
        ("what a homeserver says of itself", server::readers()),
        ("accounts", account::readers()),
        ("accounts, for administrators", admin::readers()),
        ("what administrators type and paste", lists::readers()),
        ("addresses and links", places::readers()),
        ("keys", keys::readers()),
        ("files", files::readers()),
    ]
}

#[test]
fn nothing_from_outside_panics() {
    let only = env::var("ONLY").unwrap_or_default();
    let (inputs, seed) = (number("INPUTS", INPUTS), number("SEED", SEED));
    let mut groups = readers();
    for (_, readers) in &mut groups {
        readers.retain(|reader| reader.name.contains(&only));
    }
    let count: usize = groups.iter().map(|(_, readers)| readers.len()).sum();
    let each = inputs.div_ceil(count as u64);
    let mut sum = 0;
    for (group, readers) in groups {
        let mut of_group = 0;
        for reader in &readers {
            // Where a stack overflows, no more can be said.
            println!("{}", reader.name);
            let (fed, taken) = feed(reader, each, seed);
            println!("    {fed} inputs, {taken} taken");
            of_group += fed;
        }
        println!("{group}: {of_group} inputs for {} readers\n", readers.len());
        sum += of_group;
    }
    println!("in sum: {sum} inputs for {count} readers, SEED={seed}");
}

fn number(name: &str, usual: u64) -> u64 {
    env::var(name).map_or(usual, |text| text.parse().expect("a number"))
}

/// How many inputs a reader was fed with, and how many of them it took.
fn feed(reader: &Reader, inputs: u64, seed: u64) -> (u64, u64) {
    let config = Config {
        cases: inputs.try_into().expect("fewer inputs"),
        rng_seed: RngSeed::Fixed(seed),
        // The seed leads to the same inputs again.
        failure_persistence: None,
        max_shrink_iters: 2_000,
        ..Config::default()
    };
    let (fed, taken) = (Cell::new(0), Cell::new(0));
    let strategy = input::inputs(reader.takes.clone(), reader.is_answer());
    let read = |response: Response| {
        fed.set(fed.get() + 1);
        taken.set(taken.get() + u64::from(reader.read(&response)));
        Ok(())
    };
    if let Err(failure) = TestRunner::new(config).run(&strategy, read) {
        panic!("ONLY={} SEED={seed} INPUTS={inputs}: {failure}", reader.name);
    }
    (fed.get(), taken.get())
}

/// Changes of something that is wrong from the start would test little.
#[test]
fn what_is_right_is_taken() {
    for (_, readers) in readers() {
        for reader in readers {
            for (status, body) in &reader.takes {
                let response = reader::response(*status, body);
                assert!(reader.read(&response), "{} does not take {body}", reader.name);
            }
        }
    }
}
