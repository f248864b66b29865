//! A case from a host's own values, part by part.
//!
//! Input: values that serde can serialise. Output: a [`Case`], by the same rules as from JSON: each part is
//! written as JSON and read by the schema.

use serde::Serialize;

use super::case::of_parts;
use super::inputs::{named, read_one};
use super::proposal::{self, Draft};
use super::serialized::json_of;
use super::{Case, Misfit};
use crate::schema::Schema;
use crate::value::{JsonObject, Timestamp, Value};

/// A case in the making; from [`Engine::case`](crate::Engine::case).
///
/// Each part may be as large as a whole case ([`limits::CASE_BYTES`](crate::limits::CASE_BYTES)).
///
/// What is the same for many cases is given once, and the builder cloned for each:
///
/// ```
/// use courtesy::{Misfit, Package};
/// use serde::Serialize;
///
/// #[derive(Serialize)]
/// struct Customer { age: u8 }
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let text = "type Customer { age: Number }\ninput customer: Customer\ninput open: YesNo\n\
///     action greet { text: Text }\npolicy \"No greetings\"\n  never greet\n  when customer.age is less than 18\n";
/// let engine = Package::from_sources([("a.courtesy".to_string(), text.into())]).into_engine()?;
/// let now = courtesy::value::parse_instant("2026-11-23T10:00:00Z")?;
/// let for_all = engine.case(now).input("open", &true)?;
/// let ages = [17, 18].map(|age| Customer { age });
/// for (customer, verdict) in ages.iter().zip(["blocked", "allowed"]) {
///     let case = for_all.clone()
///         .input("customer", customer)?
///         .propose("hello", "greet", &serde_json::json!({ "text": "Hello!" }))?
///         .build()?;
///     assert_eq!(engine.decide(&case).proposals()[0].verdict.word(), verdict);
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
#[must_use = "a case is there once it is built"]
pub struct CaseBuilder<'s> {
    schema: &'s Schema,
    now: Timestamp,
    inputs: Vec<Option<Value>>,
    proposals: Vec<Draft>,
}

impl<'s> CaseBuilder<'s> {
    pub(crate) fn new(schema: &'s Schema, now: Timestamp) -> CaseBuilder<'s> {
        CaseBuilder {
            schema,
            now,
            inputs: vec![None; schema.inputs.len()],
            proposals: Vec::new(),
        }
    }

    /// Gives the value of an input.
    ///
    /// # Errors
    /// Where the package has no such input, where it is given twice, or where the value does not fit.
    pub fn input<T: Serialize + ?Sized>(
        mut self,
        name: &str,
        value: &T,
    ) -> Result<CaseBuilder<'s>, Misfit> {
        let id = named(self.schema, name)?;
        let root = format!("$.inputs.{name}");
        let json = json_of(value, &root)?;
        let value = read_one(self.schema, id, json.as_bytes(), &root)?;
        match self.inputs.get_mut(id.0 as usize) {
            Some(slot @ None) => *slot = Some(value),
            _ => {
                let message = "this input is given twice; keep one";
                return Err(Misfit::new("duplicate-key", root, message));
            }
        }
        Ok(self)
    }

    /// Adds something that the host would like to do, behind what it has added before. An action without fields
    /// takes `&()`.
    ///
    /// # Errors
    /// Where the package has no such action, or where the id or the fields do not fit.
    pub fn propose<T: Serialize + ?Sized>(
        mut self,
        id: &str,
        action: &str,
        with: &T,
    ) -> Result<CaseBuilder<'s>, Misfit> {
        let index = self.proposals.len();
        let with = json_of(with, &format!("$.proposals[{index}].with"))?;
        let mut json = String::new();
        JsonObject::write(&mut json, |object| {
            object.text("id", id);
            object.text("action", action);
            object.key("with").push_str(&with);
        });
        let draft = proposal::read_one(self.schema, json.as_bytes(), index)?;
        self.proposals.push(draft);
        Ok(self)
    }

    /// The case.
    ///
    /// # Errors
    /// Where an input that is needed was not given, two proposals have one id, or there are too many of them.
    pub fn build(self) -> Result<Case, Misfit> {
        of_parts(self.schema, self.now, self.inputs, &self.proposals)
    }
}
