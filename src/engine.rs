//! The engine: a checked package, ready to decide.
//!
//! Input: a compiled package; then cases. Output: decisions. It holds no state between cases, reads no clock, and
//! can be cloned and shared by threads at no cost. The program that says what it sees is made when it is first
//! asked for, and leaves the ordinary one as it is.

use std::fmt;
use std::sync::{Arc, OnceLock};

use serde::Serialize;

use crate::batch::{Batch, BatchOptions};
use crate::compile::{compile_metered, compile_observed};
use crate::decision::{self, Decision, DutiesSeen, Notes, Plan};
use crate::decode::{self, Case, CaseBuilder, CaseOptions, Given, Misfit, Misfits};
use crate::eval::{Keep, Recorder};
use crate::ir;
use crate::program::{ObservedProgram, Program};
use crate::schema::{ActionId, Schema};
use crate::source::Sources;
use crate::trace::{self, Explanation, Observations};
use crate::value::Timestamp;

/// A checked package, ready to decide.
#[derive(Clone)]
pub struct Engine {
    program: Arc<Program>,
    plan: Arc<Plan>,
    observable: Option<Arc<Observable>>,
}

/// What the program that says what it sees is made from, and that program once it is made.
#[derive(Debug)]
pub(crate) struct Observable {
    package: ir::Package,
    sources: Sources,
    observed: OnceLock<Arc<ObservedProgram>>,
}

impl Observable {
    pub(crate) fn new(package: ir::Package, sources: Sources) -> Observable {
        Observable {
            package,
            sources,
            observed: OnceLock::new(),
        }
    }

    /// The typed tree.
    pub(crate) fn package(&self) -> &ir::Package {
        &self.package
    }

    fn observed(&self, ordinary: &Program) -> Arc<ObservedProgram> {
        let make = || Arc::new(compile_observed(&self.package, &self.sources, ordinary));
        self.observed.get_or_init(make).clone()
    }
}

impl Engine {
    /// An engine for a compiled package; without the typed tree it cannot say what its conditions saw.
    pub(crate) fn new(program: Arc<Program>, observable: Option<Arc<Observable>>) -> Engine {
        let plan = Arc::new(Plan::new(&program, crate::compile::index(&program)));
        Engine {
            program,
            plan,
            observable,
        }
    }

    pub(crate) fn program(&self) -> &Arc<Program> {
        &self.program
    }

    #[cfg(test)]
    pub(crate) fn plan(&self) -> &Plan {
        &self.plan
    }

    /// What the package is known by: the same for packages that mean the same.
    #[must_use]
    pub fn fingerprint(&self) -> &str {
        &self.program.fingerprint
    }

    /// The titles of the policies, sorted.
    pub fn policies(&self) -> impl Iterator<Item = &str> {
        self.program.policies.iter().map(|policy| &*policy.title)
    }

    /// What the data must look like.
    #[must_use]
    pub fn schema(&self) -> &Schema {
        &self.program.schema
    }

    /// Reads a case: `now`, `inputs` and `proposals` as JSON.
    ///
    /// # Errors
    /// Why the case does not fit the schema, and where.
    pub fn read_case(&self, json: &[u8], options: &CaseOptions) -> Result<Case, Misfit> {
        let given = Given::read(self.schema(), options)?;
        decode::read_case(self.schema(), json, &given)
    }

    /// Whether what is given beside a case fits by itself: a case with it fails for its own reasons.
    ///
    /// # Errors
    /// Why an input that is given does not fit the schema, and where.
    pub fn check_options(&self, options: &CaseOptions) -> Result<(), Misfit> {
        Given::read(self.schema(), options).map(|_| ())
    }

    /// Begins a case of the host's own values, which serde serialises.
    ///
    /// They are read exactly as their JSON would be: nothing is coerced, and a key that stands twice is refused.
    /// A float is read by the shortest decimal digits that mean it (`0.1` is 0.1, `0.1 + 0.2` is
    /// 0.30000000000000004, which has too many places for the language and does not fit); one that is no number
    /// is refused. For money, take a decimal type or a text.
    pub fn case(&self, now: Timestamp) -> CaseBuilder<'_> {
        CaseBuilder::new(self.schema(), now)
    }

    /// Holds samples of the host's own type against an input, once, when the host starts.
    ///
    /// A sample has to show everything that the schema asks for: every `optional` field filled, an item in every
    /// list, if need be over several samples. What none of them shows is an error as well, as that is how a field
    /// under a misspelt key looks; [`Misfits::except`] takes what a host knows that it never has.
    ///
    /// It proves that these samples fit, and nothing of other values of their type: whether a text is one of a
    /// `choice`, or a number within its range, is asked of each case again, when it is read.
    ///
    /// ```
    /// use courtesy::Package;
    /// use serde::Serialize;
    ///
    /// #[derive(Serialize)]
    /// struct Customer { name: Option<&'static str>, tire: &'static str }
    ///
    /// let text = "choice Tier { standard, vip }\n\
    ///     type Customer { name: optional Text  tier: Tier }\ninput customer: Customer\naction greet\n";
    /// let engine = Package::from_sources([("a.courtesy".to_string(), text.into())]).engine().unwrap();
    /// let sample = Customer { name: Some("Amir"), tire: "vip" };
    /// let misfits = engine.check_input("customer", &[sample]).unwrap_err();
    /// assert_eq!(
    ///     misfits.to_string(),
    ///     "$.inputs.customer.tier: this field is needed, and no sample has its key; \
    ///      does the host call it `tire`? (missing-field)"
    /// );
    /// ```
    ///
    /// # Errors
    /// Everything that does not fit or that no sample shows.
    pub fn check_input<T: Serialize>(&self, name: &str, samples: &[T]) -> Result<(), Misfits> {
        decode::check_input(self.schema(), name, samples)
    }

    /// The same for what the host puts under an action that it proposes.
    ///
    /// # Errors
    /// Everything that does not fit or that no sample shows.
    pub fn check_action<T: Serialize>(&self, name: &str, samples: &[T]) -> Result<(), Misfits> {
        decode::check_action(self.schema(), name, samples)
    }

    /// Decides a case that this engine has read. It cannot fail.
    #[must_use]
    pub fn decide(&self, case: &Case) -> Decision {
        decision::decide(&self.program, &self.plan, case)
    }

    /// Decides a case, and says how each policy came out.
    #[must_use]
    pub fn explain(&self, case: &Case) -> (Decision, Explanation) {
        let notes = Notes::asked_for();
        let decision = decision::decide_noting(
            &self.program,
            &self.program,
            &self.plan,
            case,
            (None, &notes),
        );
        let explanation = trace::outcomes(&self.program, &decision, &notes.into_book());
        (decision, explanation)
    }

    /// Decides a case, and says how each policy came out and what each of its conditions saw.
    ///
    /// It takes longer than [`Engine::explain`], the first time above all. The decision is the same.
    ///
    /// ```
    /// use courtesy::{CaseOptions, Package};
    ///
    /// let text = "type Customer { age: Number }\ninput customer: Customer\naction greet\n\
    ///     policy \"Greet the old\"\n  always greet\n  when customer.age is at least 65\n";
    /// let package = Package::from_sources([("a.courtesy".to_string(), text.into())]);
    /// let engine = package.engine().unwrap();
    /// let case = br#"{"now":"2026-11-23T10:00:00Z","inputs":{"customer":{"age":64}}}"#;
    /// let case = engine.read_case(case, &CaseOptions::default()).unwrap();
    /// let (_, why) = engine.trace(&case);
    /// assert!(why.to_text().contains("no   customer.age is at least 65"));
    /// assert!(why.to_text().contains("customer.age: 64"));
    /// ```
    #[must_use]
    pub fn trace(&self, case: &Case) -> (Decision, Explanation) {
        let observed = self.observed();
        let notes = Notes::asked_for();
        let (decision, _) = self.watched(&observed, case, Keep::Everything, &notes);
        let explanation = trace::full(&observed, &decision, &notes.into_book());
        (decision, explanation)
    }

    /// Decides a case, and says which conditions were seen to hold and to fail and which policies fired.
    #[must_use]
    pub fn observe(&self, case: &Case) -> (Decision, Observations) {
        let observed = self.observed();
        let notes = Notes::default();
        let (decision, recorder) = self.watched(&observed, case, Keep::Sides, &notes);
        let observations = Observations::new(observed, recorder.into_sides(), &decision);
        (decision, observations)
    }

    /// Decides a case by a program that says what it sees.
    fn watched(
        &self,
        observed: &ObservedProgram,
        case: &Case,
        keep: Keep,
        notes: &Notes,
    ) -> (Decision, Recorder) {
        let recorder = Recorder::new(observed.probes.clone(), keep);
        let decision = decision::decide_noting(
            &observed.program,
            &self.program,
            &self.plan,
            case,
            (Some(&recorder), notes),
        );
        (decision, recorder)
    }

    /// A counter of the steps that decisions take, to hold against [`crate::Package::cost`].
    #[must_use]
    pub fn step_counter(&self) -> StepCounter {
        StepCounter {
            engine: self.clone(),
            metered: compile_metered(&self.program),
        }
    }

    fn observed(&self) -> Arc<ObservedProgram> {
        match &self.observable {
            Some(observable) => observable.observed(&self.program),
            None => Arc::new(ObservedProgram {
                program: Program::clone(&self.program),
                probes: Arc::default(),
                elements: Vec::new(),
            }),
        }
    }

    /// What comes of the plain duties of an action in a case.
    pub(crate) fn duties_seen(&self, case: &Case, action: ActionId) -> DutiesSeen {
        decision::duties_seen(&self.program, &self.plan, case, action)
    }

    /// Reads a case and decides it.
    ///
    /// # Errors
    /// Why the case does not fit the schema, and where.
    pub fn decide_json(&self, json: &[u8], options: &CaseOptions) -> Result<Decision, Misfit> {
        Ok(self.decide(&self.read_case(json, options)?))
    }

    /// Prepares to decide many records: what is the same for all of them is read here, once.
    ///
    /// # Errors
    /// Why what is given for every record does not fit, before any record is read.
    pub fn batch(&self, options: BatchOptions) -> Result<Batch, Misfit> {
        Batch::new(self.clone(), options)
    }
}

/// Counts the steps of decisions, by a program of its own that is slower than the ordinary one.
#[derive(Debug)]
pub struct StepCounter {
    engine: Engine,
    metered: Program,
}

impl StepCounter {
    /// Decides a case, and says how many steps that took, apart from until when it stays so.
    #[must_use]
    pub fn decide(&self, case: &Case) -> (Decision, u64) {
        let recorder = Recorder::new(Arc::default(), Keep::Steps);
        let notes = Notes::counted();
        let decision = decision::decide_noting(
            &self.metered,
            &self.engine.program,
            &self.engine.plan,
            case,
            (Some(&recorder), &notes),
        );
        let steps = recorder.into_steps().saturating_add(notes.into_count());
        (decision, steps)
    }
}

impl fmt::Debug for Engine {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Engine({})", self.program.fingerprint)
    }
}
