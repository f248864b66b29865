//! Courtesy: policies for how a customer is to be treated.
//!
//! Policies are written in a small, statically typed language; a host hands in a
//! customer's case and gets a decision: what is allowed, what is blocked, what is
//! owed, and why. [`Package`] reads and checks the files, [`Engine`] decides,
//! [`Decision`] is the answer.
//!
//! The library reads no clock, no files and no environment, and never panics on
//! any policy file or any record.
//!
//! # A host in ten minutes
//!
//! **Load the policies.** The host reads the files and gives their names and bytes; the names stand in messages,
//! and their order means nothing. What is wrong with them is one error, [`Diagnostics`], that prints as text.
//!
//! ```
//! use courtesy::{Engine, Package};
//! use std::fs;
//!
//! fn load(folder: &str) -> Result<Engine, Box<dyn std::error::Error>> {
//!     let mut files = Vec::new();
//!     for entry in fs::read_dir(folder)? {
//!         let path = entry?.path();
//!         if path.extension().is_some_and(|end| end == "courtesy") {
//!             let name = path.file_name().unwrap_or_default().to_string_lossy();
//!             files.push((name.into_owned(), fs::read(&path)?));
//!         }
//!     }
//!     Ok(Package::from_sources(files).into_engine()?)
//! }
//!
//! let engine = load("examples/readme")?;
//! assert_eq!(engine.policies().count(), 2);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! **Decide.** A case is the moment, what is known, and what the host would like to do. It comes as JSON
//! ([`Engine::decide_json`]), or in types of the host's own, which serde serialises ([`Engine::case`]). Samples of
//! those types are held against the schema once, at the start ([`Engine::check_input`]), so that a renamed field is
//! found before the first customer and not by a quiet policy.
//!
//! ```
//! use courtesy::Verdict;
//! use courtesy::value::parse_instant;
//! use serde::Serialize;
//! # use courtesy::{Engine, Package};
//! # fn load(folder: &str) -> Result<Engine, Box<dyn std::error::Error>> {
//! #     let file = |name: &str| Ok::<_, std::io::Error>((name.into(), std::fs::read(format!("{folder}/{name}"))?));
//! #     Ok(Package::from_sources([file("schema.courtesy")?, file("policies.courtesy")?]).into_engine()?)
//! # }
//!
//! #[derive(Serialize)]
//! struct Customer { name: Option<String>, tier: &'static str, purchases: Vec<Purchase> }
//! #[derive(Serialize)]
//! struct Purchase { item: Item, at: &'static str }
//! #[derive(Serialize)]
//! struct Item { category: &'static str, title: &'static str }
//! #[derive(Serialize)]
//! struct Upsell { item: Item }
//!
//! let flip = Item { category: "camera", title: "Flip" };
//! let amir = Customer {
//!     name: Some("Amir".into()),
//!     tier: "vip",
//!     purchases: vec![Purchase { item: flip, at: "2026-11-01T09:30:00Z" }],
//! };
//! let zoom = Upsell { item: Item { category: "camera", title: "Zoom" } };
//!
//! let engine = load("examples/readme")?;
//! engine.check_input("customer", &[&amir])?;
//! engine.check_action("upsell", &[&zoom])?;
//!
//! let case = engine
//!     .case(parse_instant("2026-11-23T10:00:00Z")?)
//!     .input("customer", &amir)?
//!     .propose("zoom", "upsell", &zoom)?
//!     .build()?;
//! let decision = engine.decide(&case);
//!
//! let answer = &decision.proposals()[0];
//! assert_eq!(answer.verdict, Verdict::Blocked);
//! assert_eq!(answer.until, Some(parse_instant("2026-12-01T09:30:00Z")?));
//! assert_eq!(answer.reasons[0].because.as_ref().unwrap().as_str(), "bought Flip on 1 November 2026");
//! let greeting = decision.duties()[0].text("text").unwrap();
//! assert_eq!(greeting.as_str(), "Welcome back, Amir!");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! **Do as it says.** Only what is [`Verdict::Allowed`] may be done. Each [`Duty`] is to be done, by its `by` where it
//! has one; one with an `on` belongs to the proposal or duty of that id. [`Decision::withheld`] holds what would be
//! owed, were nothing against it. [`Decision::to_json`] and `serde_json` write all of it with the same bytes.
//!
//! **Escape for the channel.** A text keeps apart what came from the record, so that a customer called `<b>` stays a
//! customer. Where the policies are plain text, escape all of it; where they are markup, escape what was inserted.
//!
//! ```
//! use courtesy::value::{Text, TextBuilder};
//!
//! fn html(text: &str) -> String {
//!     text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
//! }
//!
//! // What `duty.text("text")` or `reason.because` gives.
//! let mut greeting = TextBuilder::new();
//! greeting.push_literal("Welcome back, <em>dear</em> ");
//! greeting.push_text(&Text::from_data("<b>Amir</b>"));
//! let greeting = greeting.finish();
//!
//! assert_eq!(greeting.escaped(html), "Welcome back, <em>dear</em> &lt;b&gt;Amir&lt;/b&gt;");
//! assert!(html(greeting.as_str()).starts_with("Welcome back, &lt;em&gt;dear"));
//! // `segments` gives the parts one by one, for whatever else a channel needs.
//! assert!(greeting.segments().any(|part| part.inserted && part.text == "<b>Amir</b>"));
//! ```
//!
//! **Many.** [`Engine::batch`] reads what is the same for all records once; each line is then decided by itself, and
//! one that does not fit is a [`Misfit`] that stops nothing. A [`Summary`] counts them.
//!
//! ```
//! use courtesy::{BatchOptions, Summary};
//! # use courtesy::{Engine, Package};
//! # fn load(folder: &str) -> Result<Engine, Box<dyn std::error::Error>> {
//! #     let file = |name: &str| Ok::<_, std::io::Error>((name.into(), std::fs::read(format!("{folder}/{name}"))?));
//! #     Ok(Package::from_sources([file("schema.courtesy")?, file("policies.courtesy")?]).into_engine()?)
//! # }
//!
//! let engine = load("examples/readme")?;
//! let batch = engine.batch(BatchOptions {
//!     record_input: Some("customer".into()),
//!     now: Some(courtesy::value::parse_instant("2026-11-23T10:00:00Z")?),
//!     ..BatchOptions::default()
//! })?;
//! let mut summary = Summary::new(&engine);
//! for line in [r#"{"tier":"vip","name":"Amir","purchases":[]}"#, r#"{"tier":"gilt","purchases":[]}"#] {
//!     match batch.decide_line(line.as_bytes()) {
//!         Ok(decision) => summary.add(&decision),
//!         Err(misfit) => {
//!             assert_eq!(misfit.path, "$.tier");
//!             summary.add_quarantined();
//!         }
//!     }
//! }
//! assert_eq!((summary.decided(), summary.quarantined()), (1, 1));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! **Serve.** An [`Engine`] is cheap to clone, has no state between cases and is shared by threads as it is.
//! [`Reload`] holds the one in force and replaces it as a whole, or keeps it and says what is wrong with the new one.
//!
//! **Test.** With the feature `testing`, `courtesy::testing::readable` gives a decision and how each policy came out as
//! a text, to be kept as a snapshot. [`Engine::trace`] says what every condition saw.
//!
//! Four hosts to copy from lie in `examples/hosts` of the repository: a mail sender, a page of a shop, a service desk
//! and a nightly batch.
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
mod conflict;
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

/// The page for hosts in Rust, so that its programs are tried.
#[cfg(doctest)]
#[doc = include_str!("../docs/hosts/rust.md")]
mod rust_page {}
