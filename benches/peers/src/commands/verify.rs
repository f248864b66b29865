//! `verify`: all programs decide the same, or the run stops.

use crate::answer::Answer;
use crate::markdown::whole;
use crate::programs::{self, Kind, Program};
use crate::results::Part;
use crate::workload::{Form, Policies, Size, generated, json};
use std::collections::BTreeSet;
use std::fmt::Write;

/// Compares all programs on both kinds of policies.
pub fn run() {
    let mut part = Part::new("verify");
    let sizes = [(Size::SMALL, 1_500), (Size::MIDDLE, 400), (Size::LARGE, 8)];
    let shop = Compared::all(&Policies::Shop, &sizes);
    assert_eq!(
        shop.fired.len(),
        20,
        "of the twenty only {:?} fired",
        shop.fired
    );
    let many = Compared::all(&generated(2_000), &[(Size::MIDDLE, 40)]);
    writeln!(
        part.text,
        "{} programs decide {} cases with {} proposals under the twenty policies, each of which fires, and {} cases with {} proposals under 2,000 generated policies, of which {} fire: the same policies speak against the same proposals, and the same duties are owed.",
        programs::all().count(),
        whole(shop.cases as f64),
        whole(shop.proposals as f64),
        many.cases,
        many.proposals,
        many.fired.len()
    )
    .unwrap();
    part.add("all", "cases", (shop.cases + many.cases) as f64, 1.0);
    part.finish();
}

/// What was compared.
#[derive(Default)]
struct Compared {
    cases: u64,
    proposals: u64,
    fired: BTreeSet<u32>,
}

impl Compared {
    fn all(policies: &Policies, sizes: &[(Size, u64)]) -> Compared {
        let made = |kind: Kind| (kind, kind.make(policies));
        let mut programs: Vec<_> = programs::all().map(made).collect();
        let mut compared = Compared::default();
        for (size, cases) in sizes {
            for seed in 0..*cases {
                compared.one(&mut programs, seed + 1_000_000 * size.proposals, *size);
            }
        }
        compared
    }

    fn one(&mut self, programs: &mut [(Kind, Box<dyn Program>)], seed: u64, size: Size) {
        let [case, record] = [Form::Case, Form::Record].map(|form| json(seed, size, form));
        let mut expected: Option<Answer> = None;
        for (kind, program) in programs {
            let form = if kind.form == Form::Case {
                &case
            } else {
                &record
            };
            program.load(form.as_bytes());
            program.decide();
            let mut answer = program.answer();
            answer.sort();
            let expected = expected.get_or_insert_with(|| answer.clone());
            assert_eq!(answer, *expected, "{}: seed {seed}, {size}", kind.name);
        }
        let expected = expected.expect("there are programs");
        self.cases += 1;
        self.proposals += u64::from(expected.proposals);
        self.fired
            .extend(expected.blocked.iter().map(|(_, policy)| policy));
        self.fired.extend(&expected.duties);
    }
}
