//! `decide` and `end-to-end`: the twenty policies, for three sizes of cases.

use crate::markdown::{Table, time, times, whole};
use crate::measure::{self, Rounds, Run};
use crate::programs::{self, Kind};
use crate::results::Part;
use crate::workload::{Form, Policies, Size, json};
use std::fmt::Write;
use std::hint::black_box;

/// So many different cases are decided in turn.
const CASES: usize = 16;

const ROUNDS: Rounds = Rounds {
    rounds: 15,
    slow_rounds: 3,
    seconds: 0.03,
};

/// The decision alone: cases lie in the programs' own values.
pub fn loaded() {
    compare("decide", |kind, size| {
        let cases = cases(kind.form, size);
        let mut programs: Vec<_> = cases
            .iter()
            .map(|case| {
                let mut program = kind.make(&Policies::Shop);
                program.load(case.as_bytes());
                program
            })
            .collect();
        let mut next = 0;
        Box::new(move || {
            programs[next].decide();
            next = (next + 1) % CASES;
        })
    });
}

/// From the JSON of a case to the JSON of its decision.
pub fn end_to_end() {
    compare("end-to-end", |kind, size| {
        let cases = cases(kind.form, size);
        let mut program = kind.make(&Policies::Shop);
        let (mut out, mut next) = (Vec::new(), 0);
        Box::new(move || {
            program.load(cases[next].as_bytes());
            program.decide();
            out.clear();
            program.write(&mut out);
            black_box(&out);
            next = (next + 1) % CASES;
        })
    });
}

fn cases(form: Form, size: Size) -> Vec<String> {
    (0..CASES as u64)
        .map(|seed| json(77_000 + seed, size, form))
        .collect()
}

fn compare(name: &'static str, entry: impl Fn(Kind, Size) -> Run<'static>) {
    let mut part = Part::new(name);
    let kinds: Vec<Kind> = programs::all().collect();
    let mut cells: Vec<Vec<String>> = kinds.iter().map(|kind| vec![kind.name.into()]).collect();
    for size in Size::ALL {
        let mut entries: Vec<_> = kinds.iter().map(|kind| entry(*kind, size)).collect();
        let found = measure::rounds(&mut entries, ROUNDS);
        for ((kind, own), cells) in kinds.iter().zip(&found).zip(&mut cells) {
            let (median, ratio) = (measure::median(own), measure::ratio(own, &found[0]));
            part.add(kind.name, &size.to_string(), median, ratio);
            cells.extend([time(median), times(ratio)]);
        }
    }
    let mut table = Table::new(&columns());
    cells.iter().for_each(|cells| table.row(cells));
    part.text = table.finish();
    if name == "end-to-end" {
        sizes(&mut part.text);
    }
    part.finish();
}

fn columns() -> [&'static str; 7] {
    [
        "program",
        "5 × 1",
        "by `hand`",
        "50 × 20",
        "by `hand`",
        "500 × 200",
        "by `hand`",
    ]
}

/// How long the cases are, on average.
fn sizes(text: &mut String) {
    let mean = |size, form| {
        let cases = cases(form, size);
        cases.iter().map(String::len).sum::<usize>() as f64 / CASES as f64
    };
    let all = |form| Size::ALL.map(|size| whole(mean(size, form))).join(", ");
    let (cases, records) = (all(Form::Case), all(Form::Record));
    writeln!(
        text,
        "\nBytes of a case: {cases}; of the flat records that the other engines read: {records}."
    )
    .unwrap();
}
