//! `compile`: from the text of generated policies to what decides.

use crate::markdown::{Table, time, times};
use crate::measure::{self, Rounds, Run};
use crate::programs;
use crate::results::Part;
use crate::workload::{Policies, generated};
use courtesy::Package;
use rustc_hash::FxHashMap;
use serde::Deserialize;
use std::hint::black_box;

const COUNTS: [u32; 2] = [1_000, 10_000];

const ROUNDS: Rounds = Rounds {
    rounds: 5,
    slow_rounds: 3,
    seconds: 0.0,
};

/// A step, and whether it checks types.
pub struct Step {
    pub name: &'static str,
    pub checks: bool,
    pub run: Run<'static>,
}

/// Measures all steps at both counts.
pub fn run() {
    let mut part = Part::new("compile");
    let mut rows: Vec<(&str, bool, Vec<String>)> = Vec::new();
    for (column, count) in COUNTS.into_iter().enumerate() {
        let steps = steps(&generated(count));
        let names: Vec<_> = steps.iter().map(|step| (step.name, step.checks)).collect();
        let mut entries: Vec<_> = steps.into_iter().map(|step| step.run).collect();
        let found = measure::rounds(&mut entries, ROUNDS);
        for ((name, checks), own) in names.iter().zip(&found) {
            let (median, ratio) = (measure::median(own), measure::ratio(own, &found[0]));
            part.add(name, &count.to_string(), median, ratio);
            if !rows.iter().any(|(of, ..)| of == name) {
                rows.push((name, *checks, vec!["—".into(); 4]));
            }
            let row = rows
                .iter_mut()
                .find(|(of, ..)| of == name)
                .expect("it was added");
            row.2[2 * column] = time(median);
            row.2[2 * column + 1] = times(ratio);
        }
    }
    let mut table = Table::new(&[
        "step",
        "1,000",
        "by Courtesy",
        "10,000",
        "by Courtesy",
        "checks types",
    ]);
    for (name, checks, figures) in rows {
        let checks = if checks { "yes" } else { "no" };
        let mut cells = vec![name.to_string()];
        cells.extend(figures);
        cells.push(checks.into());
        table.row(&cells);
    }
    part.text = table.finish();
    part.finish();
}

/// The steps of all programs; Courtesy's comes first.
fn steps(policies: &Policies) -> Vec<Step> {
    let files = programs::sources(policies);
    let table = json_table(policies);
    #[allow(unused_mut)]
    let mut steps = vec![
        step("courtesy: read, check and compile", true, move || {
            Package::from_sources(files.clone())
                .engine()
                .expect("it checks")
        }),
        step("hand: a table in JSON, found by hash", false, move || {
            index(&table).len()
        }),
    ];
    #[cfg(feature = "peers")]
    steps.extend(crate::peers::compile::steps(policies));
    steps
}

/// A step that is measured with dropping what it makes.
pub fn step<T>(name: &'static str, checks: bool, mut run: impl FnMut() -> T + 'static) -> Step {
    Step {
        name,
        checks,
        run: Box::new(move || drop(black_box(run()))),
    }
}

#[derive(Deserialize)]
struct Row<'a> {
    number: u32,
    category: &'a str,
    brand: &'a str,
    tier: &'a str,
}

type Index<'a> = FxHashMap<(&'a str, &'a str, &'a str), Vec<u32>>;

fn index(table: &str) -> Index<'_> {
    let rows: Vec<Row<'_>> = serde_json::from_str(table).expect("it is JSON");
    let mut index = Index::default();
    for row in rows {
        let key = (row.category, row.brand, row.tier);
        index.entry(key).or_default().push(row.number);
    }
    index
}

fn json_table(policies: &Policies) -> String {
    let Policies::Simple(all) = policies else {
        panic!("only generated policies are a table");
    };
    let row = |policy: &crate::workload::Simple| {
        serde_json::json!({
            "number": policy.number, "category": policy.category(),
            "brand": policy.brand(), "tier": policy.tier(),
        })
    };
    serde_json::Value::Array(all.iter().map(row).collect()).to_string()
}
