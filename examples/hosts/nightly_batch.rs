//! A nightly batch: every record of an export is decided, on several threads, in the order of the export.
//!
//! What does not fit is put aside with the reason and the batch goes on; the summary counts both. The policies
//! are those of `examples/cdnow`. `cargo run --example nightly_batch`

mod folder;

use courtesy::value::parse_instant;
use courtesy::{Batch, BatchOptions, Decision, Misfit, Package, Summary};
use std::error::Error;
use std::io::{self, Write};
use std::panic::resume_unwind;
use std::thread;

/// A line of the export is a customer; a real one would be read from a file.
const EXPORT: &str = r#"
{"id":"00001","purchases":[{"at":"2026-11-01T00:00:00Z","category":"cd","quantity":1,"amount":"11.77"}]}
{"id":"00002","purchases":[{"at":"2026-02-12T00:00:00Z","category":"cd","quantity":5,"amount":"612.50"}]}
{"id":"00003","purchases":[{"at":"12 Jan 2026","category":"cd","quantity":1,"amount":"20.76"}]}
{"id":"00004","purchases":[]}
"#;

/// What the shop would like to send to everybody.
const PROPOSALS: &[u8] =
    br#"[{"id":"new","action":"upsell","with":{"title":"What is new","price":"14.99"}}]"#;

const THREADS: usize = 2;

fn main() -> Result<(), Box<dyn Error>> {
    run(&mut io::stdout())
}

pub(crate) fn run(out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let files = folder::policy_files("examples/cdnow")?;
    let engine = Package::from_sources(files).into_engine()?;
    let batch = engine.batch(BatchOptions {
        record_input: Some("customer".into()),
        now: Some(parse_instant("2026-11-23T02:00:00Z")?),
        proposals: Some(PROPOSALS.to_vec()),
        ..BatchOptions::default()
    })?;

    let lines: Vec<&str> = EXPORT.lines().filter(|line| !line.is_empty()).collect();
    let mut summary = Summary::new(&engine);
    for (line, answer) in (1..).zip(decide_all(&batch, &lines)) {
        match answer {
            Ok(decision) => {
                summary.add(&decision);
                writeln!(out, "{}", serde_json::to_string(&decision)?)?;
            }
            Err(misfit) => {
                summary.add_quarantined();
                writeln!(out, "line {line} is put aside: {misfit}")?;
            }
        }
    }
    writeln!(out, "{}", summary.to_json())?;
    Ok(())
}

/// The answer to each line, in their order. A batch is shared by threads as it is.
fn decide_all(batch: &Batch, lines: &[&str]) -> Vec<Result<Decision, Misfit>> {
    let decide = |line: &&str| batch.decide_line(line.as_bytes());
    let size = lines.len().div_ceil(THREADS).max(1);
    thread::scope(|scope| {
        let parts: Vec<_> = lines
            .chunks(size)
            .map(|part| scope.spawn(move || part.iter().map(decide).collect::<Vec<_>>()))
            .collect();
        parts
            .into_iter()
            .flat_map(|part| part.join().unwrap_or_else(|panic| resume_unwind(panic)))
            .collect()
    })
}
