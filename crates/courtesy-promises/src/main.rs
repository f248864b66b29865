//! Runs the jobs that could break a promise, and writes what they tried and found.
//!
//! `courtesy-promises [JOB…] [--cases N] [--seed S] [--threads N] [--command FILE] [--results FILE]`; `--replay "JOB
//! SEED CASE"` tries one find again and makes it small; `--page` writes the page of promises from the results file.
//! The command is the one that was built beside this program, where no other is named. It ends with 1 where something
//! was found, with 2 where it was asked for something that it does not know.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "it reports on a terminal"
)]

use courtesy_promises::generate::Sample;
use courtesy_promises::jobs::{Failure, Job, Options, Place, Tally, jobs, shrink};
use courtesy_promises::page::page;
use courtesy_promises::results;
use std::path::PathBuf;
use std::process::ExitCode;

/// How many finds of a job are printed.
const SHOWN: usize = 20;

fn main() -> ExitCode {
    match asked(std::env::args().skip(1)) {
        Ok(all_held) => ExitCode::from(u8::from(!all_held)),
        Err(message) => {
            eprintln!("{message}");
            ExitCode::from(2)
        }
    }
}

/// Does what the arguments say; whether every promise held.
fn asked(mut arguments: impl Iterator<Item = String>) -> Result<bool, String> {
    let mut options = Options {
        cases: None,
        seed: 1,
        threads: 2,
        command: beside_this().ok(),
    };
    let mut names = Vec::new();
    let mut file = None;
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().ok_or(format!("{argument} needs a value"));
        match argument.as_str() {
            "--cases" => options.cases = Some(number(&value()?)?),
            "--seed" => options.seed = number(&value()?)?,
            "--threads" => options.threads = number(&value()?)? as usize,
            "--command" => options.command = Some(absolute(&value()?)?),
            "--results" => file = Some(PathBuf::from(value()?)),
            "--replay" => return replay(&value()?),
            "--page" => return write_page(),
            name => names.push(name.to_string()),
        }
    }
    run(&names, &options, file)
}

/// The command that was built beside this program.
fn beside_this() -> std::io::Result<PathBuf> {
    let name = format!("courtesy{}", std::env::consts::EXE_SUFFIX);
    Ok(std::env::current_exe()?.with_file_name(name))
}

fn absolute(path: &str) -> Result<PathBuf, String> {
    std::path::absolute(path).map_err(|error| format!("{path}: {error}"))
}

fn number(text: &str) -> Result<u64, String> {
    text.parse().map_err(|_| format!("{text} is no number"))
}

fn run(names: &[String], options: &Options, file: Option<PathBuf>) -> Result<bool, String> {
    let all = jobs();
    if let Some(unknown) = names
        .iter()
        .find(|name| all.iter().all(|job| job.name != **name))
    {
        let known: Vec<&str> = all.iter().map(|job| job.name).collect();
        return Err(format!(
            "no job is called {unknown}; there are {}",
            known.join(", ")
        ));
    }
    let mut held = true;
    for job in all
        .iter()
        .filter(|job| names.is_empty() || names.iter().any(|name| name == job.name))
    {
        let tally = job.run(options)?;
        print(job, options, &tally);
        held &= tally.failures.is_empty();
        if let Some(file) = &file {
            let mut results = results::read(file)?;
            results::put(&mut results, job.name, options, &tally);
            results::write(file, &results)?;
        }
    }
    Ok(held)
}

/// One line for a job, and one for each of its finds.
fn print(job: &Job, options: &Options, tally: &Tally) {
    println!(
        "{}: {} cases of {} samples, {} failures, seed {}, courtesy {}, time zones {}",
        job.name,
        tally.cases,
        tally.samples,
        tally.failures.len(),
        options.seed,
        env!("CARGO_PKG_VERSION"),
        courtesy::value::zone_database_version()
    );
    let mut failures = tally.failures.clone();
    failures.dedup_by(|one, other| same_sample(&one.place, &other.place));
    for Failure { place, what } in failures.iter().take(SHOWN) {
        match place {
            Place::Sample { .. } => println!("  --replay \"{} {place}\": {what}", job.name),
            Place::Said(words) => println!("  {words}: {what}"),
        }
    }
}

/// Whether two finds are of one sample, so that one of them is enough.
fn same_sample(one: &Place, other: &Place) -> bool {
    match (one, other) {
        (Place::Sample { seed: one, .. }, Place::Sample { seed: other, .. }) => one == other,
        _ => false,
    }
}

/// Tries one find again, and prints a small package and case that show it.
fn replay(line: &str) -> Result<bool, String> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let all = jobs();
    let job = all.iter().find(|job| words.first() == Some(&job.name));
    let probe = job.and_then(Job::probe);
    let seed = words
        .get(1)
        .and_then(|seed| u64::from_str_radix(seed, 16).ok());
    let (Some((probe, each)), Some(seed)) = (probe, seed) else {
        return Err("a replay names a job over samples, the seed of one, and a case".to_string());
    };
    let mut tally = Tally::default();
    probe.probe(&Sample::from_seed(seed, each), seed, &mut tally);
    for failure in tally.failures.iter().take(SHOWN) {
        println!("{}", failure.what);
    }
    let case = words.get(2).and_then(|case| case.parse().ok());
    match case.and_then(|case| shrink(probe, seed, each, case)) {
        Some((sample, what)) => {
            show(&sample);
            println!("{what}");
        }
        None => show(&Sample::from_seed(seed, 1)),
    }
    Ok(tally.failures.is_empty())
}

fn show(sample: &Sample) {
    for (name, text) in &sample.files {
        println!("# ---- {name}\n{text}");
    }
    for case in &sample.cases {
        println!("{case}");
    }
}

fn write_page() -> Result<bool, String> {
    let results = results::read(&results::results_file())?;
    std::fs::write(results::page_file(), page(&results)).map_err(|error| error.to_string())?;
    Ok(true)
}
