//! Decisions as a reviewer reads them, for the tests of a host.
//!
//! Input: an engine and a case. Output: text to be kept beside the test and compared: what was decided, and how
//! each policy came out. Invariants: the same text for the same package and case; a case that does not fit gives
//! a text as well, so that a snapshot shows it. The text holds no fingerprint, so that it changes with the
//! decision and not with every policy.

use crate::decode::{Case, CaseOptions};
use crate::engine::Engine;

/// The decision of a case, and how each policy came out, as text.
///
/// It is meant for [insta](https://docs.rs/insta) or any other way to keep a text and compare it; the library
/// itself needs none of them.
///
/// ```
/// use courtesy::Package;
/// use courtesy::testing::readable;
///
/// let text = "action greet\npolicy \"Greet\"\n  always greet\n";
/// let engine = Package::from_sources([("a.courtesy".to_string(), text.into())]).engine().unwrap();
/// let now = courtesy::value::parse_instant("2026-11-23T10:00:00Z").unwrap();
/// let case = engine.case(now).build().unwrap();
/// insta::assert_snapshot!(readable(&engine, &case), @r#"
/// at 2026-11-23T10:00:00Z
///
/// must do
///   duty 1: greet
///     Greet
///
/// policies
///   "Greet": owes duty 1
/// "#);
/// ```
#[must_use]
pub fn readable(engine: &Engine, case: &Case) -> String {
    let (decision, explanation) = engine.explain(case);
    format!("{}\n{}", decision.to_text(), explanation.to_text())
}

/// The same for a case as JSON; where it does not fit, why not.
#[must_use]
pub fn readable_json(engine: &Engine, json: &[u8]) -> String {
    match engine.read_case(json, &CaseOptions::default()) {
        Ok(case) => readable(engine, &case),
        Err(misfit) => format!("the case does not fit\n  {misfit} ({})\n", misfit.code),
    }
}
