//! Runs the jobs about bytes and files in their long form, on a built command:
//!
//! `cargo build --release && cargo run --release -p courtesy-promises --example bytes -- target/release/courtesy`

#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::expect_used,
    reason = "it reports on a terminal"
)]

use courtesy_promises::jobs::held::Held;
use courtesy_promises::jobs::{canaries, crash, names, surroundings};
use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let command = std::env::args_os().nth(1).expect("the built command");
    let command = std::path::absolute(command).expect("a path");
    let kills = std::env::args()
        .nth(2)
        .map_or(200, |kills| kills.parse().expect("a number"));
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    let crash = crash::Options {
        command: command.clone(),
        kills,
        records: 20_000,
        thorough: true,
        seed: 1,
    };
    let jobs: [(&str, Held); 4] = [
        ("crash", crash::run(&crash)),
        ("canaries", canaries::run(&command)),
        ("names", names::run(&command)),
        ("surroundings", surroundings::run(&command, &examples, 56)),
    ];
    let mut holds = true;
    for (name, held) in jobs {
        println!("{name}: {} cases, {}", held.cases, held.report());
        for (what, count) in &held.counts {
            println!("  {what}: {count}");
        }
        holds &= held.failures.is_empty();
    }
    if holds {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
