//! A service desk: what is owed to the customer on the line, what a person has to look at, and why.
//!
//! Cases come as JSON from the system of record; the policies are those of `examples/5-lost-shoes`.
//! `cargo run --example service_desk`

#![allow(
    clippy::disallowed_methods,
    reason = "files belong to the host, and this is one"
)]

mod folder;

use courtesy::{CaseOptions, Duty, Engine, Package};
use std::error::Error;
use std::fs;
use std::io::{self, Write};

const FOLDER: &str = "examples/5-lost-shoes";

fn main() -> Result<(), Box<dyn Error>> {
    run(&mut io::stdout())
}

pub(crate) fn run(out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let files = folder::policy_files(FOLDER)?;
    let engine = Package::from_sources(files).into_engine()?;
    let call = fs::read(format!("{FOLDER}/second-claim.case.json"))?;
    answer(&engine, &call, out)?;
    // A record that does not fit is no reason to stop: it says where, and repeats nothing that is private.
    answer(
        &engine,
        br#"{"now":"2026-11-23T14:05:00Z","inputs":{"customer":{"id":7}}}"#,
        out,
    )
}

fn answer(engine: &Engine, case: &[u8], out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let case = match engine.read_case(case, &CaseOptions::default()) {
        Ok(case) => case,
        Err(misfit) => {
            writeln!(out, "a person has to look: {misfit} ({})", misfit.code)?;
            return Ok(());
        }
    };
    // `trace` says what each condition saw; where nobody reads it, `decide` does.
    let (decision, why) = engine.trace(&case);
    writeln!(out, "to do")?;
    for duty in decision.duties() {
        writeln!(out, "  {}", what_to_do(duty))?;
    }
    writeln!(out, "not to be done")?;
    for withheld in decision.withheld() {
        writeln!(out, "  {}", withheld.duty.action)?;
        for reason in &withheld.against {
            let because = reason.because.as_ref().map_or("", |text| text.as_str());
            writeln!(out, "    {}: {because}", reason.policy)?;
        }
    }
    writeln!(out, "\n{}", why.to_text())?;
    Ok(())
}

/// What the desk does for each action that it knows.
fn what_to_do(duty: &Duty) -> String {
    let text = |field| duty.text(field).map_or("", |text| text.as_str());
    match &*duty.action {
        "reship" => format!("send again: {}", text("title")),
        "tell" => format!("tell them: {}", text("text")),
        "hand_off" => format!("hand on to a person: {}", text("why")),
        other => format!("nobody here knows how to {other}"),
    }
}
