//! What must not matter: a package or a case is changed in a way that means nothing, and decided again.
//!
//! - **order**: declarations over other files in another order, clauses in another order: the same bytes, the
//!   fingerprint included;
//! - **files**: other names of files: the same bytes;
//! - **names**: variables, parameters, definitions and tables under other names: the same decision;
//! - **silent policy**: one more policy that never fires: the same decision;
//! - **unread**: one more field of the customer and one more input that nobody reads, there or missing: the same
//!   decision;
//! - **later**: every date of the package and of the case 400 years later, a whole round of the calendar: the same
//!   verdicts, and boundaries as much later;
//! - **batch**: many cases in any order by one batch: each as alone.

mod shifted;

use super::Tally;
use super::sweep::{Probe, checked, package_of};
use super::words::{replaced, words};
use crate::generate::{Choices, Sample};
use courtesy::{BatchOptions, CaseOptions, Decision, Engine};
use serde_json::{Value as Json, json};
use shifted::{later, shifted};

pub(super) struct Relations;

impl Probe for Relations {
    fn probe(&self, sample: &Sample, seed: u64, tally: &mut Tally) {
        let Some(checked) = checked(sample, tally) else {
            return;
        };
        let plain = &checked.engine;
        let mut choices = Choices::from_seed(seed ^ 1);
        let reordered = Sample::rearranged(&sample.declarations, &mut choices);
        let whole = |decision: &Decision| decision.to_json();
        let without_package = |decision: &Decision| decision.to_snapshot();
        let mut held = Held {
            sample,
            seed,
            plain,
            tally,
        };
        held.against("order", &reordered, whole);
        held.against("files", &other_names_of_files(sample), whole);
        held.against("names", &renamed(sample), without_package);
        held.against(
            "silent policy",
            &with_silent_policy(sample),
            without_package,
        );
        held.unread();
        held.later();
        held.batch();
    }
}

struct Held<'s> {
    sample: &'s Sample,
    seed: u64,
    plain: &'s Engine,
    tally: &'s mut Tally,
}

impl Held<'_> {
    fn engine(&mut self, relation: &str, files: &[(String, String)]) -> Option<Engine> {
        let package = package_of(files);
        let engine = package.engine();
        if engine.is_none() {
            let what = format!("{relation}: it does not check: {:?}", package.diagnostics());
            self.tally.fail((self.seed, Some(0)), what);
        }
        engine
    }

    fn against(
        &mut self,
        relation: &str,
        files: &[(String, String)],
        seen: impl Fn(&Decision) -> String,
    ) {
        if let Some(engine) = self.engine(relation, files) {
            for (number, case) in self.sample.cases.iter().enumerate() {
                self.same(relation, number, &seen, (&engine, case));
            }
        }
    }

    /// Whether a case is decided as the plain package decides it.
    fn same(
        &mut self,
        relation: &str,
        number: usize,
        seen: impl Fn(&Decision) -> String,
        (engine, case): (&Engine, &str),
    ) {
        let decided = |engine: &Engine, case: &str| {
            let decision = engine.decide_json(case.as_bytes(), &CaseOptions::default());
            decision
                .map(|decision| seen(&decision))
                .map_err(|misfit| misfit.to_string())
        };
        let one = decided(self.plain, &self.sample.cases[number]);
        let other = decided(engine, case);
        self.tally.count(relation, 1);
        let tried = match one == other {
            true => Ok(()),
            false => Err(format!("{relation}: {one:?}\n{other:?}")),
        };
        self.tally.outcome(self.seed, number, tried);
    }

    /// One more field and one more input that nobody reads.
    fn unread(&mut self) {
        if whole_customer(self.sample) {
            return;
        }
        let mut files = self.sample.files.clone();
        for (_, text) in &mut files {
            *text = text.replace(
                "type Customer {\n",
                "type Customer {\n  unread: optional Number\n",
            );
        }
        files.push((
            "unread.courtesy".to_string(),
            "input unread: optional Text\n".to_string(),
        ));
        let Some(engine) = self.engine("unread", &files) else {
            return;
        };
        let cases = self.sample.cases.clone();
        for (number, case) in cases.iter().enumerate() {
            let there = case
                .replacen(
                    "\"customer\":{",
                    "\"unread\":\"x\",\"customer\":{\"unread\":7,",
                    1,
                )
                .replace(",}", "}");
            let seen = |decision: &Decision| decision.to_snapshot();
            self.same("unread", number, seen, (&engine, &there));
            self.same("unread", number, seen, (&engine, case));
        }
    }

    /// The same 400 years later.
    fn later(&mut self) {
        let files = self.sample.files.iter();
        let moved = files.map(|(name, text)| Some((name.clone(), shifted(text)?)));
        let Some(files) = moved.collect::<Option<Vec<_>>>() else {
            return;
        };
        let Some(engine) = self.engine("later", &files) else {
            return;
        };
        let sample = self.sample;
        for (number, case) in sample.cases.iter().enumerate() {
            let Some(moved) = shifted(case) else {
                continue;
            };
            let options = CaseOptions::default();
            let one = self.plain.decide_json(case.as_bytes(), &options);
            let other = engine.decide_json(moved.as_bytes(), &options);
            let (Ok(one), Ok(other)) = (one, other) else {
                continue;
            };
            let (one, other) = (later(&verdicts(&one)), verdicts(&other));
            self.tally.count("later", 1);
            let tried = match one == other {
                true => Ok(()),
                false => Err(format!("later: {one}\n{other}")),
            };
            self.tally.outcome(self.seed, number, tried);
        }
    }

    fn batch(&mut self) {
        let Ok(batch) = self.plain.batch(BatchOptions::default()) else {
            return self.tally.fail((self.seed, None), "no batch can be made");
        };
        let mut order: Vec<usize> = (0..self.sample.cases.len()).collect();
        Choices::from_seed(self.seed).shuffle(&mut order);
        for number in order {
            let case = self.sample.cases[number].as_bytes();
            let one = self.plain.decide_json(case, &CaseOptions::default());
            let other = batch.decide_line(case);
            let same = match (one, other) {
                (Ok(one), Ok(other)) => one.to_json() == other.to_json(),
                (one, other) => one.is_err() && other.is_err(),
            };
            self.tally.count("batch", 1);
            let tried = if same {
                Ok(())
            } else {
                Err("batch: another answer".to_string())
            };
            self.tally.outcome(self.seed, number, tried);
        }
    }
}

/// What a decision says of each candidate, without the words.
fn verdicts(decision: &Decision) -> String {
    let whole: Json = serde_json::from_str(&decision.to_json()).unwrap_or_default();
    let said = |list: &str| -> Vec<Json> {
        let entries = whole[list].as_array().into_iter().flatten();
        entries
            .map(|entry| json!([entry["action"], entry["verdict"], entry["until"]]))
            .collect()
    };
    json!([said("proposals"), said("duties"), said("withheld")]).to_string()
}

fn other_names_of_files(sample: &Sample) -> Vec<(String, String)> {
    let files = sample.files.iter().rev();
    files
        .map(|(name, text)| (format!("0/{name}"), text.clone()))
        .collect()
}

/// Names that the generator has numbered are no words of the language, nor of any text.
fn renamed(sample: &Sample) -> Vec<(String, String)> {
    let kinds = [
        "order", "visit", "entry", "one", "mail", "given", "asked", "define_", "table_",
    ];
    let other = |word: &str| {
        let kind = word.trim_end_matches(|letter: char| letter.is_ascii_digit());
        (kind.len() < word.len() && kinds.contains(&kind)).then(|| format!("other_{word}"))
    };
    let files = sample.files.iter();
    files
        .map(|(name, text)| (name.clone(), replaced(text, other)))
        .collect()
}

fn with_silent_policy(sample: &Sample) -> Vec<(String, String)> {
    let mut files = sample.files.clone();
    let policy =
        "policy \"Never fires\"\n  never upsell\n  when now is before 0001-01-01T00:00:00Z\n";
    files.push(("silent.courtesy".to_string(), policy.to_string()));
    files
}

/// Whether the customer is compared or given away as a whole somewhere.
fn whole_customer(sample: &Sample) -> bool {
    sample.declarations.iter().any(|text| {
        let bare = words(text).into_iter().any(|(begin, word)| {
            let behind = text[begin + word.len()..].chars().next();
            word == "customer" && behind != Some('.')
        });
        (bare && !text.starts_with("input "))
            || text.contains("Customer {") && !text.starts_with("type ")
    })
}
