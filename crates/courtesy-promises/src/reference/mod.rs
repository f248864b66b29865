//! A second evaluator: small and naive, written from the language reference alone.
//!
//! Input: the tree as written and a case as JSON. Output: the decision as JSON. It shares nothing with the engine but
//! the syntax tree and the values.

mod answer;
mod candidate;
mod data;
mod declared;
mod eval;
mod example;
mod json;
mod judge;
mod kind;
mod kind_of;
mod limits;
mod lists;
mod logic;
mod numbers;
mod rule;
mod scope;
mod speak;
mod tables;
mod time;
mod working;

use candidate::{Candidate, Origin};
use courtesy::source::Sources;
use courtesy::value::{Number, Timestamp, Value, Zone, parse_instant};
use declared::Declared;
use judge::Judge;
use kind::Kind;
use scope::{Scope, World};
use serde_json::Value as Json;
use std::collections::BTreeMap;
use std::sync::Arc;

pub use json::comparable;

/// A package, ready to be decided by the naive evaluator.
#[derive(Debug)]
pub struct Reference {
    declared: Declared,
}

impl Reference {
    /// The package of these files, each a name and its text. It must be one that checks.
    ///
    /// # Errors
    /// What cannot be read.
    pub fn new(files: &[(String, String)]) -> Result<Reference, String> {
        let files = files.iter();
        let sources = Sources::new(
            files.map(|(name, text)| (Arc::from(name.as_str()), Arc::from(text.as_str()))),
        );
        let (items, _) = courtesy::parse(&sources);
        let declared = Declared::new(&items, &sources)?;
        Ok(Reference { declared })
    }

    /// The decision of a case that fits, as JSON without `package` and without `until`.
    ///
    /// # Errors
    /// What does not fit, or what could not be worked out: of a package that checks and a case that fits, a mistake
    /// of the checker.
    pub fn decide(&self, case_json: &str) -> Result<Json, String> {
        let text = self.decide_text(case_json)?;
        serde_json::from_str(&text).map_err(|error| error.to_string())
    }

    /// The same as text, with every digit.
    ///
    /// # Errors
    /// As [`Reference::decide`].
    pub fn decide_text(&self, case_json: &str) -> Result<String, String> {
        let case = json::read(case_json)?;
        let mut judge = Judge::new(self.world(&case)?, self.proposals(&case)?);
        judge.decide()?;
        judge.answer()
    }

    fn world(&self, case: &Json) -> Result<World<'_>, String> {
        let now = case.get("now").and_then(Json::as_str);
        let now = parse_instant(now.ok_or("a case without `now`")?);
        let now = now.map_err(|error| error.to_string())?;
        let given = case.get("inputs");
        let mut inputs = BTreeMap::new();
        for (name, kind) in &self.declared.inputs {
            let json = given.and_then(|given| given.get(&**name));
            let value = self.declared.decode(json.unwrap_or(&Json::Null), kind)?;
            inputs.insert(name.clone(), value);
        }
        self.world_of(now, inputs)
    }

    fn world_of(
        &self,
        now: Timestamp,
        inputs: BTreeMap<Arc<str>, Value>,
    ) -> Result<World<'_>, String> {
        let mut world = self.zoneless(now);
        world.inputs = inputs;
        if let Some(zone) = &self.declared.zone {
            world.zone = world.zone_named(zone, &Scope::default())?;
        }
        Ok(world)
    }

    /// A world without inputs, in UTC.
    fn zoneless(&self, now: Timestamp) -> World<'_> {
        World {
            declared: &self.declared,
            now,
            inputs: BTreeMap::new(),
            zone: Zone::utc(),
        }
    }

    fn proposals(&self, case: &Json) -> Result<Vec<Candidate>, String> {
        let proposals = case.get("proposals").and_then(Json::as_array);
        let numbered = proposals.into_iter().flatten().zip(1..);
        numbered
            .map(|(proposal, number)| self.proposal(proposal, number))
            .collect()
    }

    fn proposal(&self, json: &Json, number: u64) -> Result<Candidate, String> {
        let text = |key: &str| json.get(key).and_then(Json::as_str);
        let action = text("action").ok_or("a proposal without an action")?;
        let nothing = Json::Object(serde_json::Map::new());
        let with = json.get("with").filter(|with| !with.is_null());
        let kind = Kind::Record(action.into());
        Ok(Candidate {
            id: text("id").map_or_else(|| number.to_string(), str::to_owned),
            origin: Origin::Proposed,
            action: action.into(),
            fields: self.declared.decode(with.unwrap_or(&nothing), &kind)?,
            owners: Vec::new(),
            element: None,
            carrier: None,
            deadline: None,
            blocked: Vec::new(),
            refused: Vec::new(),
            score: Number::ZERO,
        })
    }
}
