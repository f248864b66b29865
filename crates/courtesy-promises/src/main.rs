//! Runs the jobs that could break a promise, and writes what they found.
//!
//! `courtesy-promises [JOB…] [--cases N] [--seed S] [--threads N]`, `--replay "JOB SEED CASE"` for one find, made
//! small.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "it reports on a terminal"
)]

use courtesy_promises::generate::Sample;
use courtesy_promises::jobs::{Job, Options, jobs, shrink};

fn main() {
    let mut arguments = std::env::args().skip(1);
    let mut options = Options {
        cases: None,
        seed: 1,
        threads: 2,
    };
    let mut names = Vec::new();
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().unwrap_or_default();
        match argument.as_str() {
            "--cases" => options.cases = value().parse().ok(),
            "--seed" => options.seed = value().parse().unwrap_or(1),
            "--threads" => options.threads = value().parse().unwrap_or(2),
            "--replay" => return replay(&value()),
            name => names.push(name.to_string()),
        }
    }
    for job in jobs() {
        if !names.is_empty() && !names.iter().any(|name| name == job.name) {
            continue;
        }
        report(&job, &options);
    }
}

fn report(job: &Job, options: &Options) {
    let tally = job.run(options);
    println!(
        "{}: {} cases, {} failures",
        job.name,
        tally.cases,
        tally.failures.len()
    );
    for (name, count) in &tally.counts {
        println!("  {name}: {count}");
    }
    let mut failures = tally.failures;
    failures.dedup_by_key(|failure| failure.seed);
    for failure in failures.iter().take(20) {
        let case = failure
            .case
            .map_or("-".to_string(), |case| case.to_string());
        println!(
            "  replay with \"{} {:016x} {case}\": {}",
            job.name, failure.seed, failure.what
        );
    }
}

/// Tries one find again, and prints a small package and case that show it.
fn replay(line: &str) {
    let words: Vec<&str> = line.split_whitespace().collect();
    let all = jobs();
    let job = all.iter().find(|job| words.first() == Some(&job.name));
    let (Some(job), Some(Ok(seed))) = (job, words.get(1).map(|seed| u64::from_str_radix(seed, 16)))
    else {
        eprintln!("a replay is the name of a job, the seed of a sample, and the number of a case");
        return;
    };
    for failure in job.replay(seed).failures.iter().take(3) {
        println!("{}", failure.what);
    }
    let case = words.get(2).and_then(|case| case.parse().ok());
    match case.and_then(|case| shrink(job.probe, seed, job.each, case)) {
        Some((sample, what)) => {
            show(&sample);
            println!("{what}");
        }
        None => show(&Sample::from_seed(seed, 1)),
    }
}

fn show(sample: &Sample) {
    for (name, text) in &sample.files {
        println!("# ---- {name}\n{text}");
    }
    for case in &sample.cases {
        println!("{case}");
    }
}
