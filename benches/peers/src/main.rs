//! Courtesy beside hand-written programs on one workload, in one run.
//!
//! `cargo run --release` prints times of the thread's CPU and their ratios, after it has made sure that all decide
//! alike. Rounds are interleaved: each runs every program once, and a ratio is taken within its round.

mod hand;
mod workload;

use courtesy::{CaseOptions, Engine, Package, Verdict};
use hand::Answer;
use std::hint::black_box;
use workload::{Size, case};

const SIZES: [Size; 3] = [
    Size {
        purchases: 5,
        proposals: 1,
    },
    Size {
        purchases: 50,
        proposals: 20,
    },
    Size {
        purchases: 500,
        proposals: 200,
    },
];

fn main() {
    let engine = engine();
    for size in SIZES {
        verify(&engine, size);
    }
    if let Some(only) = std::env::args().nth(1) {
        return once(&engine, &only);
    }
    for size in SIZES {
        let cases: Vec<String> = (0..16).map(|seed| case(seed, size)).collect();
        println!(
            "\n{} purchases, {} proposals, {} bytes",
            size.purchases,
            size.proposals,
            cases[0].len()
        );
        let read: Vec<_> = cases.iter().map(|json| hand::read(json)).collect();
        let loaded: Vec<_> = cases.iter().map(|json| load(&engine, json)).collect();
        let mut answer = Answer::default();
        compare(
            "decide",
            &mut [
                ("hand", &mut |n| {
                    hand::decide(&read[n % 16], &mut answer);
                    black_box(&answer);
                }),
                ("courtesy", &mut |n| {
                    black_box(engine.decide(&loaded[n % 16]));
                }),
            ],
        );
        let mut answer = Answer::default();
        let mut out = Vec::new();
        compare(
            "JSON to JSON",
            &mut [
                ("hand", &mut |n| {
                    let case = hand::read(&cases[n % 16]);
                    hand::decide(&case, &mut answer);
                    out.clear();
                    hand::write(&case, &answer, &mut out);
                    black_box(&out);
                }),
                ("courtesy", &mut |n| {
                    let case = load(&engine, &cases[n % 16]);
                    black_box(engine.decide(&case).to_json());
                }),
                ("courtesy, reading only", &mut |n| {
                    black_box(load(&engine, &cases[n % 16]));
                }),
            ],
        );
    }
}

/// Runs one thing many times, for a profiler.
fn once(engine: &Engine, what: &str) {
    let cases: Vec<String> = (0..16).map(|seed| case(seed, SIZES[1])).collect();
    let loaded: Vec<_> = cases.iter().map(|json| load(engine, json)).collect();
    for n in 0..2_000 {
        match what {
            "decide" => drop(black_box(engine.decide(&loaded[n % 16]))),
            "read" => drop(black_box(load(engine, &cases[n % 16]))),
            "write" => drop(black_box(engine.decide(&loaded[n % 16]).to_json())),
            other => panic!("decide, read or write, not {other}"),
        }
    }
}

fn engine() -> Engine {
    let text = include_str!("../policies/shop.courtesy");
    let package = Package::from_sources([("shop.courtesy".to_string(), text.into())]);
    package.engine().expect("the policies check")
}

fn load(engine: &Engine, json: &str) -> courtesy::Case {
    engine
        .read_case(json.as_bytes(), &CaseOptions::default())
        .expect("the case fits")
}

/// Stops where the programs decide a case differently.
fn verify(engine: &Engine, size: Size) {
    let mut fired = std::collections::BTreeSet::new();
    for seed in 0..20_000 / size.purchases.max(size.proposals) {
        let json = case(seed, size);
        let mut expected = Answer::default();
        hand::decide(&hand::read(&json), &mut expected);
        let decision = engine.decide(&load(engine, &json));
        let number = |title: &str| -> u8 { title[..2].parse().unwrap() };
        let mut found = Answer::default();
        for (place, proposal) in decision.proposals().iter().enumerate() {
            assert_eq!(
                proposal.verdict == Verdict::Blocked,
                !proposal.reasons.is_empty()
            );
            found.blocked.extend(
                proposal
                    .reasons
                    .iter()
                    .map(|reason| (place, number(&reason.policy))),
            );
        }
        found.duties = decision
            .duties()
            .iter()
            .map(|duty| number(&duty.reasons[0].policy))
            .collect();
        found.duties.sort_unstable();
        assert_eq!(found, expected, "seed {seed}");
        fired.extend(expected.blocked.iter().map(|(_, policy)| *policy));
        fired.extend(&expected.duties);
    }
    assert!(
        size.proposals == 1 || fired.len() == 20,
        "only {fired:?} fired"
    );
}

/// CPU time of this thread, in seconds.
fn cpu() -> f64 {
    let mut time = libc::timespec {
        tv_sec: 0,
        tv_nsec: 0,
    };
    // SAFETY: the pointer is to a value of the right type that lives through the call.
    unsafe { libc::clock_gettime(libc::CLOCK_THREAD_CPUTIME_ID, &mut time) };
    time.tv_sec as f64 + time.tv_nsec as f64 * 1e-9
}

type Program<'a> = (&'a str, &'a mut dyn FnMut(usize));

fn compare(title: &str, programs: &mut [Program<'_>]) {
    const ROUNDS: usize = 9;
    const ROUND_SECONDS: f64 = 0.02;
    let mut times = vec![Vec::new(); programs.len()];
    let mut counts = Vec::new();
    for (_, program) in programs.iter_mut() {
        let start = cpu();
        (0..32).for_each(|n| program(n));
        let one = ((cpu() - start) / 32.0).max(1e-8);
        counts.push(((ROUND_SECONDS / one) as usize).clamp(1, 1_000_000));
    }
    for _ in 0..ROUNDS {
        for (place, (_, program)) in programs.iter_mut().enumerate() {
            let start = cpu();
            (0..counts[place]).for_each(|n| program(n));
            times[place].push((cpu() - start) / counts[place] as f64);
        }
    }
    println!("{title}");
    let base = times[0].clone();
    for ((name, _), own) in programs.iter().zip(times) {
        let ratios: Vec<f64> = own
            .iter()
            .zip(&base)
            .map(|(one, base)| one / base)
            .collect();
        println!(
            "  {name:<24} {:>10.2} us {:>8.2} x",
            median(own) * 1e6,
            median(ratios)
        );
    }
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
