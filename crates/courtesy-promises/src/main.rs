//! Runs the jobs that could break a promise, and writes what they found.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "it reports on a terminal"
)]

use courtesy_promises::generate::Sample;
use courtesy_promises::jobs::{Options, jobs};

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
            "--show" => {
                let seed = u64::from_str_radix(&value(), 16).unwrap_or(0);
                let sample = Sample::from_seed(seed, 3);
                for (name, text) in &sample.files {
                    println!("# ---- {name}\n{text}");
                }
                for case in &sample.cases {
                    println!("{case}");
                }
                return;
            }
            "--refusals" => return refusals(value().parse().unwrap_or(200), options.seed),
            name => names.push(name.to_string()),
        }
    }
    for job in jobs() {
        if !names.is_empty() && !names.iter().any(|name| name == job.name) {
            continue;
        }
        let tally = job.run(&options);
        println!(
            "{}: {} cases, {} failures",
            job.name,
            tally.cases,
            tally.failures.len()
        );
        for (name, count) in &tally.counts {
            println!("  {name}: {count}");
        }
        for failure in tally.failures.iter().take(20) {
            println!("  FOUND {} {}: {}", job.name, failure.line, failure.what);
        }
    }
}

/// Prints what the checker says of the packages that it refuses.
fn refusals(samples: u64, seed: u64) {
    for number in 0..samples {
        let seed = courtesy_promises::generate::seed_of(seed, number);
        let sample = Sample::from_seed(seed, 0);
        let files = sample.files.iter();
        let package = courtesy::Package::from_sources(
            files.map(|(name, text)| (name.clone(), text.clone().into_bytes())),
        );
        if !package.has_errors() {
            continue;
        }
        for found in package.diagnostics().iter().take(3) {
            let Some(span) = found.span() else { continue };
            if found.severity == courtesy::diagnostic::Severity::Error {
                let line = package.sources().text_of(span);
                println!("{seed:016x} {}: {} [{line}]", found.code.id(), found.message);
                let (_, source) = package
                    .sources()
                    .iter()
                    .find(|(file, _)| *file == span.file)
                    .into_iter()
                    .next()
                    .unwrap_or_else(|| std::process::exit(1));
                let text = source.text();
                let start = span.start as usize;
                let from = text[..start].rfind('\n').map_or(0, |at| at + 1);
                let to = text[start..].find('\n').map_or(text.len(), |at| start + at);
                println!("    {}", &text[from..to]);
            }
        }
    }
}
