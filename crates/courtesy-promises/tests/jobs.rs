//! Every job over a few samples, and what the jobs rest on: the same seed gives the same sample everywhere, the same
//! tally on any number of threads, and the page of promises is what the results file makes.

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test reads files, and stops where it stands"
)]

use courtesy_promises::generate::{Choices, Sample, seed_of};
use courtesy_promises::jobs::{Options, Tally, jobs};
use courtesy_promises::page::page;
use courtesy_promises::results;

fn run(name: &str, cases: u64, threads: usize) -> Tally {
    let options = Options {
        cases: Some(cases),
        seed: 20_261_124,
        threads,
        command: None,
    };
    let all = jobs();
    let job = all.iter().find(|job| job.name == name).expect("a job");
    job.run(&options).expect("a job that needs nothing more")
}

#[test]
fn every_promise_holds_over_a_few_samples() {
    for (name, cases) in [
        ("soundness", 1_000),
        ("parity", 500),
        ("relations", 100),
        ("mistakes", 80),
        ("less-contact", 100),
        ("until", 1_000),
        ("formatting", 40),
        ("holdouts", 40_000),
    ] {
        let tally = run(name, cases, 2);
        assert!(tally.cases > 10, "{name} tried {} cases", tally.cases);
        assert!(
            tally.failures.is_empty(),
            "{name}: {:?}",
            tally.failures.first()
        );
    }
}

#[test]
fn every_job_is_on_the_page_and_in_the_results() {
    let results = results::read(&results::results_file()).expect("results");
    for job in jobs() {
        assert_eq!(results[job.name]["failures"], 0, "{}", job.name);
        assert!(
            page(&results).contains(&format!("`{}`: ", job.name)),
            "{}",
            job.name
        );
    }
}

#[test]
fn a_job_about_the_command_says_what_it_needs() {
    let options = Options {
        cases: None,
        seed: 1,
        threads: 1,
        command: Some("no/such/command".into()),
    };
    for name in ["crash", "canaries", "names", "surroundings"] {
        let job = jobs().into_iter().find(|job| job.name == name);
        let error = job.expect("a job").run(&options).expect_err("no command");
        assert!(error.contains("build it first"), "{error}");
    }
}

#[test]
fn the_page_is_what_the_results_make() {
    let results = results::read(&results::results_file()).expect("results");
    let written = std::fs::read_to_string(results::page_file()).expect("a page");
    assert_eq!(
        page(&results),
        written,
        "write it anew: cargo run -p courtesy-promises -- --page"
    );
}

#[test]
fn the_number_of_threads_changes_no_figure() {
    let (one, two) = (run("soundness", 400, 1), run("soundness", 400, 2));
    assert_eq!((one.cases, &one.counts), (two.cases, &two.counts));
    assert_eq!(one.failures, two.failures);
}

#[test]
fn a_seed_and_its_tape_give_the_same_sample() {
    let seed = seed_of(7, 3);
    let (one, again) = (Sample::from_seed(seed, 3), Sample::from_seed(seed, 3));
    assert_eq!((&one.files, &one.cases), (&again.files, &again.cases));
    let alone = Sample::from_tape(&Sample::tape_of(seed, 3, 2), 1);
    assert_eq!((&one.files, &one.cases[2]), (&alone.files, &alone.cases[0]));
}

/// What has run out of choices is a small package that checks, and so is what a fuzzer begins with.
#[test]
fn bytes_that_run_out_make_a_package_that_checks() {
    for bytes in [&b""[..], b"\x07", b"fuzz", &[255; 200]] {
        let sample = Sample::from_choices(&mut Choices::from_bytes(bytes), 1);
        let files = sample.files.iter();
        let package = courtesy::Package::from_sources(
            files.map(|(name, text)| (name.clone(), text.clone().into_bytes())),
        );
        assert!(
            !package.has_errors(),
            "{bytes:?}: {:?}\n{:?}",
            package.diagnostics(),
            sample.files
        );
    }
}
