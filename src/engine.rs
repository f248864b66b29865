//! The engine: a checked package, ready to decide.
//!
//! Input: a compiled package; then cases. Output: decisions. It holds no state between cases, reads no clock, and
//! can be cloned and shared by threads at no cost.

use std::fmt;
use std::sync::Arc;

use crate::batch::{Batch, BatchOptions};
use crate::decision::{self, Decision, Plan};
use crate::decode::{self, Case, CaseOptions, Given, Misfit};
use crate::program::Program;
use crate::schema::Schema;

/// A checked package, ready to decide.
#[derive(Clone)]
pub struct Engine {
    program: Arc<Program>,
    plan: Arc<Plan>,
}

impl Engine {
    /// An engine for a compiled package.
    pub(crate) fn new(program: Arc<Program>) -> Engine {
        let plan = Arc::new(Plan::new(&program));
        Engine { program, plan }
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

    /// Decides a case that this engine has read. It cannot fail.
    #[must_use]
    pub fn decide(&self, case: &Case) -> Decision {
        decision::decide(&self.program, &self.plan, case)
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

impl fmt::Debug for Engine {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Engine({})", self.program.fingerprint)
    }
}
