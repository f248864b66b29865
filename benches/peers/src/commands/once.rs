//! `once`: one part of one program, so often, for a profiler or to count instructions. Nothing is printed.

use crate::programs::{self, Program};
use crate::workload::{Policies, Size, json};
use std::hint::black_box;

/// So many different cases are taken in turn; twice a multiple of it less once that multiple is a multiple too.
const CASES: usize = 16;

/// Runs `PART [PROGRAM [COUNT [PURCHASES PROPOSALS]]]`.
pub fn run(part: &str, how: &[&str]) {
    let program = how.first().copied().unwrap_or("courtesy");
    let count = how.get(1).map_or(2_000, |count| crate::number(count));
    let size = match how.get(2..) {
        Some([purchases, proposals]) => Size {
            purchases: crate::number(purchases) as u64,
            proposals: crate::number(proposals) as u64,
        },
        _ => Size::MIDDLE,
    };
    let work: fn(&mut dyn Program, &[u8], &mut Vec<u8>) = match part {
        "decide" => |program, _, _| program.decide(),
        "read" => |program, case, _| program.load(case),
        "write" => |program, _, out| program.write(out),
        "end-to-end" => |program, case, out| {
            program.load(case);
            program.decide();
            program.write(out);
        },
        other => panic!("decide, read, write or end-to-end, not {other}"),
    };
    let kind = programs::named(program);
    let cases: Vec<String> = (0..CASES as u64)
        .map(|seed| json(seed, size, kind.form))
        .collect();
    let mut ready: Vec<_> = cases
        .iter()
        .map(|case| {
            let mut program = kind.make(&Policies::Shop);
            program.load(case.as_bytes());
            program.decide();
            program
        })
        .collect();
    let mut out = Vec::new();
    for turn in 0..count {
        let place = turn % CASES;
        out.clear();
        work(&mut *ready[place], cases[place].as_bytes(), &mut out);
        black_box(&out);
    }
}
