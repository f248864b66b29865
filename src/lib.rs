//! Courtesy: policies for how a customer is to be treated.
//!
//! Policies are written in a small, statically typed language; a host hands in a
//! customer's case and gets a decision: what is allowed, what is blocked, what is
//! owed, and why. [`Package`] reads and checks the files, [`Engine`] decides,
//! [`Decision`] is the answer.
//!
//! The library reads no clock, no files and no environment, and never panics on
//! any policy file or any record.
#![forbid(unsafe_code)]
#![cfg_attr(
    test,
    allow(
        clippy::arithmetic_side_effects,
        clippy::disallowed_methods,
        clippy::print_stderr,
        clippy::print_stdout,
        reason = "tests may count, read files and print"
    )
)]

pub mod ast;
mod batch;
mod check;
pub mod compare;
pub mod compile;
mod cost;
mod decision;
mod decode;
pub mod diagnostic;
mod engine;
pub mod eval;
pub mod example;
mod explain;
mod fingerprint;
mod format;
pub mod ide;
pub mod infer;
pub mod ir;
pub mod json_schema;
pub mod limits;
pub mod operators;
pub mod outline;
mod package;
pub mod policy;
pub mod printable;
pub mod program;
pub mod references;
mod reload;
pub mod schema;
pub mod source;
mod syntax;
#[cfg(feature = "testing")]
pub mod testing;
pub mod trace;
mod trial;
pub mod value;

pub use batch::{Batch, BatchOptions, Summary};
pub use cost::{Cost, PolicyCost, Sizes, Steps, Term};
pub use decision::{
    Conflict, Decision, Duty, ProposalDecision, Reason, Reported, Verdict, Withheld, Would,
};
pub use decode::{Case, CaseBuilder, CaseOptions, Misfit, Misfits, Proposal};
pub use diagnostic::Diagnostics;
pub use engine::{Engine, StepCounter};
pub use format::format;
pub use package::Package;
pub use reload::Reload;
pub use syntax::parse;
pub use trace::{Explanation, Observations};
pub use trial::{
    ConditionCoverage, Coverage, Example, ExampleFailure, ExampleResult, PolicyCoverage,
    RowCoverage,
};
