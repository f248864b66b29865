//! Prints how the time of parsing, checking and formatting grows with the text; exits with 1 where it grows too fast.
//!
//! `cargo run --release -p courtesy-promises --example growth [WORD OF A SHAPE]`

#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a program that prints what it measured"
)]

use courtesy_promises::jobs::growth::{SHAPES, measure, report};
use std::process::ExitCode;

fn main() -> ExitCode {
    let wanted = std::env::args().nth(1).unwrap_or_default();
    let mut all = Vec::new();
    for shape in SHAPES.iter().filter(|shape| shape.name.contains(&wanted)) {
        let grown = measure(shape, 4);
        print!("{}", report(&grown).0);
        all.extend(grown);
    }
    let (_, wrong) = report(&all);
    if wrong.is_empty() {
        println!("{} measured, all about linear", all.len());
        return ExitCode::SUCCESS;
    }
    println!("not linear:\n  {}", wrong.join("\n  "));
    ExitCode::FAILURE
}
