//! Proposals: what the host would like to do.
//!
//! Input: a JSON list. Output: drafts, which become proposals once all of a case are known: only then can those
//! without an id be numbered, and two of one id be found.

use std::collections::HashSet;
use std::fmt;
use std::sync::Arc;

use serde::de::{self, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::Misfit;
use super::case::Proposal;
use super::found::{Json, quoted};
use super::object::{Keys, unknown_key, walk};
use super::reader::{Reader, Step, Trouble, nearest, not_json_here, text_of};
use super::seed::ActionSeed;
use crate::example::is_for_duties;
use crate::limits;
use crate::schema::{ActionId, Schema};
use crate::value::Value;

/// A proposal that may have no id yet. `Debug` leaves its values out: some may be private.
#[derive(Clone)]
pub(crate) struct Draft {
    id: Option<Arc<str>>,
    action: ActionId,
    values: Arc<[Value]>,
}

impl fmt::Debug for Draft {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = formatter.debug_struct("Draft");
        shown.field("id", &self.id).field("action", &self.action);
        shown.finish_non_exhaustive()
    }
}

/// Reads a list of proposals that stands alone.
pub(super) fn read_list(schema: &Schema, json: &[u8]) -> Result<Vec<Draft>, Misfit> {
    let root = "$.proposals";
    let text = text_of(json).map_err(|misfit| Misfit {
        path: root.into(),
        ..misfit
    })?;
    let reader = Reader::new(schema);
    reader
        .read(text, DraftsSeed(&reader))
        .map_err(|error| reader.misfit(root, &error))
}

/// Reads one proposal; paths in it begin with its place in the case.
pub(super) fn read_one(schema: &Schema, json: &[u8], index: usize) -> Result<Draft, Misfit> {
    let root = format!("$.proposals[{index}]");
    let text = text_of(json).map_err(|misfit| Misfit {
        path: root.clone(),
        ..misfit
    })?;
    let reader = Reader::new(schema);
    reader
        .read(text, DraftSeed(&reader))
        .map_err(|error| reader.misfit(&root, &error))
}

/// Numbers the proposals of a case, `own` before `given`.
pub(super) fn finish(own: &[Draft], given: &[Draft]) -> Result<Vec<Proposal>, Misfit> {
    if own.len().saturating_add(given.len()) > limits::PROPOSALS {
        return Err(Misfit::new("too-large", "$.proposals", too_many().1));
    }
    let mut seen = HashSet::new();
    let mut proposals = Vec::new();
    for (index, draft) in own.iter().chain(given).enumerate() {
        let id = draft
            .id
            .clone()
            .unwrap_or_else(|| index.saturating_add(1).to_string().into());
        if !seen.insert(id.clone()) {
            let message = format!(
                "the id {} stands on two proposals; give each its own",
                quoted(&id)
            );
            return Err(Misfit::new(
                "bad-proposal",
                format!("$.proposals[{index}].id"),
                message,
            ));
        }
        proposals.push(Proposal {
            id,
            action: draft.action,
            values: draft.values.clone(),
        });
    }
    Ok(proposals)
}

fn too_many() -> Trouble {
    (
        "too-large",
        format!("a case has at most {} proposals", limits::PROPOSALS),
    )
}

/// Reads a list of proposals; nothing stands for none.
pub(super) struct DraftsSeed<'r, 's>(pub(super) &'r Reader<'s>);

impl<'de> DeserializeSeed<'de> for DraftsSeed<'_, '_> {
    type Value = Vec<Draft>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Vec<Draft>, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for DraftsSeed<'_, '_> {
    type Value = Vec<Draft>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a list of proposals")
    }

    fn visit_unit<E>(self) -> Result<Vec<Draft>, E> {
        Ok(Vec::new())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Vec<Draft>, A::Error> {
        let mut drafts = Vec::new();
        loop {
            let read = items.next_element_seed(DraftSeed(self.0));
            match read.map_err(|error| self.0.inside(Step::Item(drafts.len()), error))? {
                Some(_) if drafts.len() >= limits::PROPOSALS => {
                    return Err(self.0.fail(too_many()));
                }
                Some(draft) => drafts.push(draft),
                None => return Ok(drafts),
            }
        }
    }
}

struct DraftSeed<'r, 's>(&'r Reader<'s>);

impl<'de> DeserializeSeed<'de> for DraftSeed<'_, '_> {
    type Value = Draft;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Draft, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for DraftSeed<'_, '_> {
    type Value = Draft;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(PROPOSAL)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Draft, A::Error> {
        let mut keys = DraftKeys {
            seed: &self,
            id: None,
            action: None,
            known: None,
            with: None,
            values: None,
        };
        walk(self.0, map, &mut keys)?;
        let id = self.part("id", keys.id.map_or(Ok(None), read_id))?;
        let action = self.part("action", self.read_action(keys.action))?;
        let values = match keys.values {
            Some(values) => values,
            None => self.read_with(action, keys.with)?,
        };
        Ok(Draft { id, action, values })
    }

    fn visit_seq<A: SeqAccess<'de>>(self, _items: A) -> Result<Draft, A::Error> {
        self.wrong(&Json::List)
    }

    fn visit_unit<E: de::Error>(self) -> Result<Draft, E> {
        self.wrong(&Json::Null)
    }

    fn visit_bool<E: de::Error>(self, yes: bool) -> Result<Draft, E> {
        self.wrong(&Json::YesNo(yes))
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<Draft, E> {
        self.wrong(&Json::Number(&number.to_string()))
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<Draft, E> {
        self.wrong(&Json::Number(&number.to_string()))
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<Draft, E> {
        self.wrong(&Json::Number(&number.to_string()))
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Draft, E> {
        self.wrong(&Json::Text(text.into()))
    }
}

/// What is expected where a proposal stands.
const PROPOSAL: &str =
    "a proposal such as `{ \"id\": \"p1\", \"action\": \"…\", \"with\": { … } }`";

/// The keys of a proposal, in the order in which [`DraftKeys`] reads them.
const PARTS: [&str; 3] = ["id", "action", "with"];

struct DraftKeys<'k, 'r, 's, 'de> {
    seed: &'k DraftSeed<'r, 's>,
    id: Option<&'de RawValue>,
    action: Option<&'de RawValue>,
    /// The action, where it stood before `with` and there is one of that name.
    known: Option<ActionId>,
    /// What it is done with, where the action is not known yet.
    with: Option<&'de RawValue>,
    values: Option<Arc<[Value]>>,
}

impl<'de> Keys<'de> for DraftKeys<'_, '_, '_, 'de> {
    fn count(&self) -> usize {
        PARTS.len()
    }

    fn find(&self, key: &str, _next: usize) -> Option<usize> {
        PARTS.iter().position(|part| *part == key)
    }

    fn read<A: MapAccess<'de>>(&mut self, place: usize, map: &mut A) -> Result<(), A::Error> {
        match (place, self.known) {
            (0, _) => self.id = Some(map.next_value()?),
            (1, _) => {
                self.action = Some(map.next_value()?);
                self.known = self.seed.read_action(self.action).ok();
            }
            (_, Some(action)) => {
                let values = map.next_value_seed(self.seed.fields_of(action))?;
                self.values = Some(values.into());
            }
            (_, None) => self.with = Some(map.next_value()?),
        }
        Ok(())
    }

    fn refuse(&self, key: &str) -> Option<Trouble> {
        Some(unknown_key(key, "a proposal has", &PARTS))
    }
}

impl DraftSeed<'_, '_> {
    /// A part of the proposal, or what is wrong with it under its key.
    fn part<T, E: de::Error>(&self, key: &str, read: Result<T, Trouble>) -> Result<T, E> {
        read.map_err(|trouble| self.0.inside(Step::Key(key.into()), self.0.fail(trouble)))
    }

    fn read_action(&self, raw: Option<&RawValue>) -> Result<ActionId, Trouble> {
        let schema = self.0.schema;
        let json = raw.map_or(Ok(Json::Null), |raw| {
            Json::of(raw.get()).map_err(|error| not_json_here(&error))
        })?;
        match &json {
            Json::Null => Err((
                "missing-field",
                "a proposal names its action, and nothing stands here".into(),
            )),
            Json::Text(name) => schema.action_named(name).ok_or_else(|| {
                let offer = nearest(name, schema.actions.iter().map(|action| &*action.name));
                (
                    "bad-proposal",
                    format!("the package has no action {}{offer}", quoted(name)),
                )
            }),
            other => Err((
                "wrong-type",
                format!("expected the name of an action, {}", other.found(false)),
            )),
        }
    }

    fn wrong<E: de::Error>(&self, json: &Json<'_>) -> Result<Draft, E> {
        let message = format!("expected {PROPOSAL}, {}", json.found(false));
        Err(self.0.fail(("wrong-type", message)))
    }

    /// What reads the fields of the action.
    fn fields_of(&self, action: ActionId) -> ActionSeed<'_, '_> {
        let action = self.0.schema.action(action);
        ActionSeed {
            reader: self.0,
            name: action.map_or("", |action| &*action.name),
            fields: action.map(|action| &action.fields),
        }
    }

    fn read_with<E: de::Error>(
        &self,
        action: ActionId,
        raw: Option<&RawValue>,
    ) -> Result<Arc<[Value]>, E> {
        let text = raw.map_or("null", RawValue::get);
        let values = self.0.read_slice(text, self.fields_of(action));
        Ok(values
            .map_err(|error| self.0.inside(Step::Key("with".into()), error))?
            .into())
    }
}

fn read_id(raw: &RawValue) -> Result<Option<Arc<str>>, Trouble> {
    match Json::of(raw.get()).map_err(|error| not_json_here(&error))? {
        Json::Null => Ok(None),
        Json::Text(id) if is_for_duties(&id) => {
            let message = format!(
                "the id {} is one that duties get; name the proposal otherwise",
                quoted(&id)
            );
            Err(("bad-proposal", message))
        }
        Json::Text(id) => Ok(Some((*id).into())),
        other => Err((
            "wrong-type",
            format!(
                "expected an id such as `p1` as a text, {}",
                other.found(false)
            ),
        )),
    }
}
