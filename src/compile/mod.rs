//! From the typed tree to the program that is run.
//!
//! Input: a checked package. Output: a [`Program`] that decides the same. Constant parts are worked out here, by
//! the code that would do it later; what depends on the case alone is set apart, so that it is worked out once
//! for a case however many policies, candidates and elements ask. Invariant: the result depends on the package alone, not on the order of its files.

mod asks;
mod canonical;
mod expression;
mod fold;
mod index;
mod metered;
mod observe;
mod policy;
mod share;
mod special;
mod walk;

#[cfg(test)]
mod tests;

use crate::ir;
use crate::program::{Calendar, Define, Examples, Policy, PolicyId, Program};
use crate::schema::Schema;
pub(crate) use canonical::Canonical;
use fold::Folder;
pub(crate) use index::index;
pub use metered::compile_metered;
pub use observe::compile_observed;
pub(crate) use observe::parts_of;
use share::Pool;
use special::Copies;
use std::sync::Arc;

/// Compiles a checked package that is known by that fingerprint.
#[must_use]
pub fn compile(package: &ir::Package, fingerprint: Arc<str>) -> Program {
    let mut compiler = Compiler::with_definitions(package);
    let zone = compiler.package_zone(package);
    let mut policies: Vec<Policy> = package
        .policies
        .iter()
        .map(|policy| compiler.policy(policy))
        .collect();
    turn_round_overrides(&mut policies);
    compiler.finish(package, fingerprint, zone, policies)
}

/// Compiles the examples of a checked package, apart from its policies.
#[must_use]
pub fn compile_examples(package: &ir::Package, examples: &[ir::Example]) -> Examples {
    let mut compiler = Compiler::with_definitions(package);
    let zone = compiler.package_zone(package);
    let examples = examples
        .iter()
        .map(|example| example.map(|expr| compiler.root(expr)))
        .collect();
    Examples {
        program: compiler.finish(package, "".into(), zone, Vec::new()),
        examples,
    }
}

/// What is known while a package is compiled.
struct Compiler<'a> {
    schema: &'a Schema,
    defines: Vec<Define>,
    /// What each definition reads besides its parameters.
    reads: Vec<Reads>,
    /// Whether each definition, as it was checked, reads the candidate.
    ask_about_candidate: Vec<bool>,
    pool: Pool,
    folder: Folder,
    copies: Copies,
}

/// What an expression reads besides the case and its own variables.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Reads {
    candidate: bool,
    carrier: bool,
    /// Whether something in it is observed.
    observed: bool,
}

impl<'a> Compiler<'a> {
    fn new(schema: &'a Schema) -> Compiler<'a> {
        Compiler {
            schema,
            defines: Vec::new(),
            reads: Vec::new(),
            ask_about_candidate: Vec::new(),
            pool: Pool::default(),
            folder: Folder::new(),
            copies: Copies::default(),
        }
    }

    /// The compiler once it knows the definitions of a package.
    fn with_definitions(package: &'a ir::Package) -> Compiler<'a> {
        let mut compiler = Compiler::new(&package.schema);
        compiler.copies.first = crate::source::offset(package.defines.len());
        for define in &package.defines {
            compiler.define(define);
        }
        compiler
    }

    fn package_zone(&mut self, package: &ir::Package) -> Option<crate::program::Expr> {
        package.zone.as_ref().map(|zone| self.root(zone))
    }

    fn finish(
        mut self,
        package: &ir::Package,
        fingerprint: Arc<str>,
        zone: Option<crate::program::Expr>,
        policies: Vec<Policy>,
    ) -> Program {
        let calendars = package.calendars.iter();
        let calendars = calendars.map(|it| self.calendar(it)).collect();
        self.defines.append(&mut self.copies.defines);
        Program {
            fingerprint,
            schema: Arc::new(package.schema.clone()),
            zone,
            zone_is_private: observe::zone_is_private(package),
            week_start: package.week_start,
            defines: self.defines,
            calendars,
            policies,
            shared: self.pool.shared,
            intervals: self.pool.intervals,
        }
    }

    /// An expression that stands outside policies and definitions.
    fn root(&mut self, expr: &ir::Expr) -> crate::program::Expr {
        self.expr(expr, &expression::Scope::default())
    }

    fn calendar(&mut self, calendar: &ir::Calendar) -> Calendar {
        Calendar {
            week: calendar.week.clone(),
            zone: calendar.zone.as_ref().map(|zone| self.root(zone)),
            variables: calendar.variables,
            except: calendar.except.as_ref().map(|dates| self.root(dates)),
        }
    }

    fn define(&mut self, define: &ir::Define) {
        let asks = asks::reads_candidate(&define.body, &self.ask_about_candidate);
        self.ask_about_candidate.push(asks);
        let mut body = self.expr(&define.body, &expression::Scope::default());
        self.reads.push(share::reads(&mut body, &self.reads));
        self.defines.push(Define {
            parameters: define.parameters,
            variables: define.variables,
            body,
        });
    }
}

/// Tells every policy which ones override it.
fn turn_round_overrides(policies: &mut [Policy]) {
    let pairs: Vec<(PolicyId, PolicyId)> = identified(policies)
        .flat_map(|(id, policy)| policy.overrides.iter().map(move |over| (*over, id)))
        .collect();
    for (overridden, by) in pairs {
        if let Some(policy) = policies.get_mut(overridden.0 as usize) {
            policy.overridden_by.push(by);
        }
    }
}

fn identified(policies: &[Policy]) -> impl Iterator<Item = (PolicyId, &Policy)> {
    (0..).map(PolicyId).zip(policies)
}
