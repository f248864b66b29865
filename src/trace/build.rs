//! Puts an explanation together from notes: by policy, by what it was asked about, by element.

use super::shown::Shown;
use super::view::View;
use super::{Element, ExplainedOutcome, ExplainedPolicy, Explanation, PolicyOutcome, Room};
use crate::decision::{About, Book, Came, Decision, Note};
use crate::program::{ObservedProgram, PolicyId, PolicyKind, Program};
use crate::value::Value;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// How each policy came out.
pub(crate) fn outcomes(program: &Program, decision: &Decision, book: &Book) -> Explanation {
    explanation(program, None, decision, book)
}

/// How each policy came out, and what its conditions saw.
pub(crate) fn full(observed: &ObservedProgram, decision: &Decision, book: &Book) -> Explanation {
    explanation(&observed.program, Some(observed), decision, book)
}

fn explanation(
    program: &Program,
    observed: Option<&ObservedProgram>,
    decision: &Decision,
    book: &Book,
) -> Explanation {
    let builder = Builder {
        program,
        decision,
        book,
        view: observed.map(View::new),
    };
    Explanation {
        zone: decision.told_in(),
        is_full: observed.is_some(),
        policies: builder.policies(),
    }
}

/// Where the last outcome of a policy about a candidate and an element stands. Only looked up in.
type Places = HashMap<(PolicyId, Option<Arc<str>>, Option<usize>), usize>;

struct Builder<'b> {
    program: &'b Program,
    decision: &'b Decision,
    book: &'b Book,
    view: Option<View<'b>>,
}

impl Builder<'_> {
    fn policies(&self) -> Vec<ExplainedPolicy> {
        let mut policies: Vec<ExplainedPolicy> = self
            .program
            .policies
            .iter()
            .map(|policy| ExplainedPolicy {
                title: policy.title.clone(),
                report_only: policy.report_only,
                only: matches!(policy.kind, PolicyKind::Only),
                outcomes: Vec::new(),
            })
            .collect();
        let mut places = Places::new();
        for note in &self.book.notes {
            if let Some(policy) = policies.get_mut(note.policy.0 as usize) {
                self.add(note, &mut policy.outcomes, &mut places);
            }
        }
        for policy in &mut policies {
            tidy(&mut policy.outcomes);
        }
        policies
    }

    /// Adds a note to the outcome that it belongs to: the last about the same candidate and element.
    fn add(&self, note: &Note, outcomes: &mut Vec<ExplainedOutcome>, places: &mut Places) {
        let about = self.id_of(&note.about);
        let number = note
            .element
            .as_ref()
            .map(|(place, _)| place.saturating_add(1));
        let key = (note.policy, about.clone(), number);
        let clauses = || {
            self.view
                .as_ref()
                .map_or_else(Vec::new, |view| view.clauses(&note.seen))
        };
        let outcome = self.outcome(note, outcomes);
        let is_sequel = matches!(
            note.outcome,
            Came::Overridden(_)
                | Came::Owes(_)
                | Came::Words
                | Came::Refuses
                | Came::HasRoom
                | Came::Exempt
        );
        let known = places.get(&key).and_then(|place| outcomes.get_mut(*place));
        if is_sequel && let Some(known) = known {
            known.outcome = outcome.unwrap_or_else(|| known.outcome.clone());
            known.clauses.extend(clauses());
            known.room = self.room(note).or(known.room.take());
            return;
        }
        let Some(outcome) = outcome else {
            return;
        };
        places.insert(key, outcomes.len());
        outcomes.push(ExplainedOutcome {
            about,
            element: note
                .element
                .as_ref()
                .map(|(place, value)| self.element(note.policy, *place, value)),
            outcome,
            more: note.more,
            room: self.room(note),
            clauses: clauses(),
        });
    }

    fn outcome(&self, note: &Note, known: &[ExplainedOutcome]) -> Option<PolicyOutcome> {
        Some(match note.outcome {
            Came::Speaks if self.is_limit(note.policy) => PolicyOutcome::TakesNoRoom,
            Came::Speaks => PolicyOutcome::Speaks,
            Came::NotInForce => PolicyOutcome::NotInForce,
            Came::Refuses => PolicyOutcome::Refuses,
            Came::HasRoom => PolicyOutcome::HasRoom,
            Came::Exempt => PolicyOutcome::Exempt,
            Came::EnoughLeft => PolicyOutcome::EnoughLeft,
            Came::WhenFails => PolicyOutcome::WhenFails,
            Came::WhenHolds => PolicyOutcome::WhenHolds,
            Came::UnlessHolds => PolicyOutcome::UnlessHolds,
            Came::LeftOut => PolicyOutcome::LeftOut,
            Came::EmptyList => PolicyOutcome::EmptyList,
            Came::Overridden(by) => {
                PolicyOutcome::Overridden(self.program.policy(by)?.title.clone())
            }
            Came::Owes(number) => self.owes(note.policy, number)?,
            Came::AsForTheCase => {
                let of_case = known.iter().find(|outcome| outcome.about.is_none())?;
                of_case.outcome.clone()
            }
            Came::Words => return None,
        })
    }

    /// What became of what a policy owes.
    fn owes(&self, policy: PolicyId, number: usize) -> Option<PolicyOutcome> {
        let id = self.book.owed.get(number)?;
        let policy = self.program.policy(policy)?;
        Some(match &**id {
            // It stands nowhere among what is owed.
            "" if policy.report_only => PolicyOutcome::Speaks,
            "" => PolicyOutcome::GaveWay,
            _ => PolicyOutcome::Owes(id.clone()),
        })
    }

    fn room(&self, note: &Note) -> Option<Room> {
        let view = self.view.as_ref()?;
        let room = note.room.as_ref()?;
        let private = view.counts_with_private(note.policy);
        let shown = |value: &Value| Shown::of(value, private);
        Some(Room {
            amount: shown(&room.amount),
            past: shown(&room.past),
            taken: shown(&room.taken),
            weight: shown(&room.weight),
        })
    }

    fn is_limit(&self, policy: PolicyId) -> bool {
        let policy = self.program.policy(policy);
        policy.is_some_and(|policy| matches!(policy.kind, PolicyKind::Limit(_)))
    }

    fn id_of(&self, about: &About) -> Option<Arc<str>> {
        match about {
            About::Case => None,
            About::Proposal(place) => {
                let proposal = self.decision.proposals().get(*place);
                proposal.map(|proposal| proposal.id.clone())
            }
            About::Owed(number) => self.book.owed.get(*number).cloned(),
            About::Carrier(_, id) => id.clone(),
        }
    }

    fn element(&self, policy: PolicyId, place: usize, value: &Value) -> Element {
        let each = self.view.as_ref().and_then(|view| view.each(policy));
        let shown = each.map(|each| Shown::of(value, each.private));
        Element {
            number: place.saturating_add(1),
            name: each.and_then(|each| each.name.clone()),
            value: shown.filter(|shown| *shown != Shown::Unknown),
        }
    }
}

/// Leaves out what is told twice: what merged duties share, and what the case as a whole says where it is told of
/// each candidate.
fn tidy(outcomes: &mut Vec<ExplainedOutcome>) {
    let has_candidates = outcomes.iter().any(|outcome| outcome.about.is_some());
    outcomes.retain(|outcome| {
        let says_nothing = has_candidates || outcome.outcome == PolicyOutcome::TakesNoRoom;
        outcome.about.is_some() || !says_nothing || !outcome.clauses.is_empty()
    });
    let mut told = HashSet::new();
    outcomes.retain(|outcome| {
        if outcome.element.is_some() {
            return true;
        }
        told.insert((outcome.about.clone(), outcome.outcome.clone()))
    });
}
