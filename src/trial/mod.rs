//! Tries the examples of a package: decides their cases and holds what came of it against what they expect.
//!
//! Input: an engine, a compiled example, and the bytes of the files that it names, which the host hands in.
//! Output: an [`ExampleResult`]: every expectation that does not hold, with the values that were found instead.
//! Without `expect nothing else` an expectation is "at least". With it there is no other duty, held or withheld,
//! no other verdict than allowed, and where `by` names policies, they are all of the reasons.
//! Invariants: the same example gives the same words; nothing here changes how a case is decided; data is
//! decoded by the schema as hosts' data is, and what is written out is held against the same ranges.

mod case;
mod coverage;
mod difference;
mod duties;
mod fit;
mod matching;
mod shown;
mod verdicts;

#[cfg(test)]
mod tests;

use crate::decision::Decision;
use crate::decode::Case;
use crate::engine::Engine;
use crate::eval::{Frame, Moment, value_of};
use crate::example::Expected;
use crate::program::{self, Examples};
use crate::source::Span;
use crate::value::Value;
use std::sync::Arc;

pub use coverage::{ConditionCoverage, Coverage, PolicyCoverage, RowCoverage};

/// An example of a package, ready to be tried.
#[derive(Clone, Debug)]
pub struct Example {
    set: Arc<Examples>,
    index: usize,
}

impl Example {
    /// All examples of a package, by their places in the files.
    pub(crate) fn all(set: &Arc<Examples>) -> impl Iterator<Item = Example> {
        (0..set.examples.len()).map(|index| Example {
            set: Arc::clone(set),
            index,
        })
    }

    /// Its title.
    #[must_use]
    pub fn title(&self) -> &str {
        self.compiled().map_or("", |example| &example.title)
    }

    /// Where its title stands.
    #[must_use]
    pub fn span(&self) -> Option<Span> {
        self.compiled().map(|example| example.span)
    }

    /// Decides its case and holds the decision against what it expects.
    ///
    /// `read` gives the bytes of a file that the example names, by its path from the package's folder, or the
    /// reason why it cannot be read.
    ///
    /// ```
    /// let file = r#"
    /// action greet
    /// policy "Never greet"
    ///   never greet
    /// example "nobody is greeted"
    ///   given now is 2026-11-23T10:00:00Z
    ///   propose "p1": greet
    ///   expect "p1" allowed
    /// "#;
    /// let package = courtesy::Package::from_sources([("a.courtesy".to_string(), file.into())]);
    /// let engine = package.engine().unwrap();
    /// let example = package.examples().next().unwrap();
    /// let result = example.run(&engine, |_| Err("there are no files".into()));
    /// assert_eq!(result.failures[0].expected, "\"p1\" allowed");
    /// assert_eq!(result.failures[0].found, ["\"p1\" is blocked", "by \"Never greet\""]);
    /// ```
    #[must_use]
    pub fn run(
        &self,
        engine: &Engine,
        mut read: impl FnMut(&str) -> Result<Vec<u8>, String>,
    ) -> ExampleResult {
        let Some(example) = self.compiled() else {
            return ExampleResult::default();
        };
        match case::build(&self.set.program, example, &mut read) {
            Err(failures) => ExampleResult {
                failures,
                case: None,
                decision: None,
            },
            Ok((case, example)) => {
                let decision = engine.decide(&case);
                ExampleResult {
                    failures: judge(engine, &example, &decision),
                    case: Some(case),
                    decision: Some(decision),
                }
            }
        }
    }

    fn compiled(&self) -> Option<&program::Example> {
        self.set.examples.get(self.index)
    }
}

/// What came of an example.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct ExampleResult {
    /// What does not hold, in the order written; empty where all is well.
    pub failures: Vec<ExampleFailure>,
    /// The case; `None` where what is given does not fit the schema.
    pub case: Option<Case>,
    /// The decision; `None` where what is given does not fit the schema.
    pub decision: Option<Decision>,
}

/// Something that an example expects and that does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ExampleFailure {
    /// The clause.
    pub span: Span,
    /// What was expected, as the language writes it, values worked out.
    pub expected: String,
    /// What was found instead, a line each.
    pub found: Vec<String>,
}

/// An example whose values are worked out.
type Evaluated = crate::example::Example<Value>;

/// The values of an example at a moment.
fn evaluate(moment: &Moment<'_>, example: &program::Example) -> Evaluated {
    example.map(|expr| value_of(moment, &mut Frame::new(example.variables), expr))
}

/// Holds a decision against what is expected of it.
fn judge(engine: &Engine, example: &Evaluated, decision: &Decision) -> Vec<ExampleFailure> {
    let duties = duties::Matched::new(engine.schema(), example, decision);
    let mut failures = Vec::new();
    for (place, expectation) in example.expectations.iter().enumerate() {
        let found = match &expectation.kind {
            Expected::Verdict {
                id,
                verdict,
                by,
                until,
            } => verdicts::verdict(decision, id, *verdict, by, until.as_ref()),
            Expected::Before { first, second } => verdicts::before(decision, first, second),
            Expected::Duty(_) => duties.found_instead(place),
            Expected::NoDuty { actions, .. } => duties.owed_of(actions),
            Expected::NothingElse => {
                let mut found = verdicts::others(example, decision);
                found.extend(verdicts::further_reasons(example, decision));
                found.extend(duties.others());
                found.extend(duties.further_reasons());
                found
            }
        };
        if !found.is_empty() {
            failures.push(ExampleFailure {
                span: expectation.span,
                expected: shown::expected(engine.schema(), &expectation.kind),
                found,
            });
        }
    }
    failures
}
