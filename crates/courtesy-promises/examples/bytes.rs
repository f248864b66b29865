//! Runs the jobs about bytes and files in their long form, on a built command:
//!
//! `cargo build --release && cargo run --release -p courtesy-promises --example bytes -- target/release/courtesy`

#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::expect_used,
    reason = "it reports on a terminal"
)]

use courtesy_promises::jobs::crash;
use courtesy_promises::jobs::held::Held;
use std::process::ExitCode;

fn main() -> ExitCode {
    let command = std::env::args_os().nth(1).expect("the built command");
    let command = std::path::absolute(command).expect("a path");
    let jobs: [(&str, Held); 1] = [(
        "crash",
        crash::run(&crash::Options {
            command: command.clone(),
            kills: std::env::args()
                .nth(2)
                .map_or(200, |kills| kills.parse().expect("a number")),
            records: 20_000,
            thorough: true,
            seed: 1,
        }),
    )];
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
