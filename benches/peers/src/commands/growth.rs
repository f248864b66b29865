//! `growth`: the time of a decision as policies are added of which few match.

use crate::markdown::{Table, digits, time, times, whole};
use crate::measure::{self, Rounds, Run};
use crate::programs::{self, Kind};
use crate::results::Part;
use crate::workload::{Size, generated, json};

const COUNTS: [u32; 4] = [10, 100, 1_000, 10_000];

const ROUNDS: Rounds = Rounds {
    rounds: 7,
    slow_rounds: 2,
    seconds: 0.02,
};

/// Measures all counts in one run, so that their ratios are of one moment too.
pub fn run() {
    let asked: Vec<(Kind, u32)> = programs::all()
        .flat_map(|kind| COUNTS.map(|count| (kind, count)))
        .filter(|(kind, count)| can_take(kind, *count))
        .collect();
    let mut entries: Vec<Run<'_>> = asked
        .iter()
        .map(|(kind, count)| entry(kind, *count))
        .collect();
    let found = measure::rounds(&mut entries, ROUNDS);
    let of = |kind: &Kind, count| {
        let place = asked
            .iter()
            .position(|(one, of)| one.name == kind.name && *of == count);
        place.map(|place| &found[place])
    };
    let mut part = Part::new("growth");
    let mut table = Table::new(&[
        "program",
        "10",
        "100",
        "1,000",
        "10,000",
        "10,000 by 10",
        "10,000 by `hand`",
    ]);
    for kind in programs::all() {
        let first = of(&kind, COUNTS[0]).expect("ten are always measured");
        let mut cells = vec![kind.name.to_string()];
        for count in COUNTS {
            let Some(own) = of(&kind, count) else {
                cells.push("—".into());
                continue;
            };
            cells.push(time(measure::median(own)));
            let grown = measure::ratio(own, first);
            part.add(kind.name, &count.to_string(), measure::median(own), grown);
        }
        let last = of(&kind, COUNTS[3]);
        let by_hand = of(&programs::HAND, COUNTS[3]).expect("it is always measured");
        cells.push(last.map_or("—".into(), |own| times(measure::ratio(own, first))));
        cells.push(last.map_or("—".into(), |own| digits(measure::ratio(own, by_hand))));
        table.row(&cells);
    }
    part.text = table.finish();
    let most = whole(f64::from(COUNTS[3]));
    if programs::all().any(|kind| !can_take(&kind, COUNTS[3])) {
        part.text.push_str(&format!(
            "\n—: not measured. Compiled by regorus for its RVM, {most} policies are more than the instructions that a program may have; the time in which rust-rule-engine reads policies grows far faster than their number, and {most} would be waited for.\n"
        ));
    }
    part.finish();
}

/// Whether a program takes so many policies, in a time that can be waited for.
fn can_take(kind: &Kind, count: u32) -> bool {
    count <= 1_000 || !matches!(kind.name, "regorus RVM" | "rust-rule-engine")
}

fn entry(kind: &Kind, count: u32) -> Run<'static> {
    let mut program = kind.make(&generated(count));
    program.load(json(77_001, Size::MIDDLE, kind.form).as_bytes());
    Box::new(move || program.decide())
}
