//! What an observed program saw, in the terms of the package: conditions with their values, private ones masked.

use super::shown::Shown;
use super::{AskedElement, CameTo, Elements, Joins, MatchedRow, Node, SeenClause, Window, Witness};
use crate::eval::{Ends, Seen, SeenElement};
use crate::program::{Clause, Leaves, Loop, ObservedProgram, Owner, PolicyId, Probe, Watched};
use crate::value::Value;
use std::sync::Arc;

/// What was seen, in the terms of the package.
pub(super) struct View<'b> {
    observed: &'b ObservedProgram,
    /// By probe, the conditions that stand directly in it.
    inside: Vec<Vec<u32>>,
}

impl<'b> View<'b> {
    pub(super) fn new(observed: &'b ObservedProgram) -> View<'b> {
        let mut inside = vec![Vec::new(); observed.probes.len()];
        for (id, probe) in (0u32..).zip(observed.probes.iter()) {
            let parent = probe
                .parent
                .and_then(|parent| inside.get_mut(parent as usize));
            if let (true, Some(parent)) = (probe.is_condition(), parent) {
                parent.push(id);
            }
        }
        View { observed, inside }
    }

    fn probe(&self, id: u32) -> Option<&'b Probe> {
        self.observed.probes.get(id as usize)
    }

    pub(super) fn each(&self, policy: PolicyId) -> Option<&'b Loop> {
        self.observed.elements.get(policy.0 as usize)?.as_ref()
    }

    /// Whether a limit counts with something private.
    pub(super) fn counts_with_private(&self, policy: PolicyId) -> bool {
        let owner = Owner::Policy(policy);
        let mut probes = self.observed.probes.iter();
        probes.any(|probe| {
            let counts = matches!(
                probe.clause,
                Clause::To | Clause::Of | Clause::Counting | Clause::Per
            );
            counts && probe.private && probe.owner == owner
        })
    }

    /// What was seen, by clause; clauses in which nothing was asked are left out.
    pub(super) fn clauses(&self, seen: &[Seen]) -> Vec<SeenClause> {
        let mut clauses: Vec<SeenClause> = Vec::new();
        for seen in seen {
            let Some(probe) = self.probe(seen.probe) else {
                continue;
            };
            let mut nodes = Vec::new();
            self.add(seen, &mut nodes, &mut Vec::new());
            if let (true, Watched::Value | Watched::ValueOver(_)) =
                (nodes.is_empty(), &probe.watched)
            {
                let value = Shown::of(&seen.outcome, probe.private);
                nodes.push(bare(probe, CameTo::Value(value)));
                self.fill_last(&mut nodes, seen, probe);
            }
            match clauses.last_mut() {
                Some(last) if last.clause == probe.clause => last.nodes.extend(nodes),
                _ if nodes.is_empty() => {}
                _ => clauses.push(SeenClause {
                    clause: probe.clause.clone(),
                    nodes,
                }),
            }
        }
        clauses
    }

    /// Adds what was seen to the nodes and values of what stands around it.
    ///
    /// It goes as deep as expressions stand inside one another; what it makes is filled in its place, so that little
    /// of it lies on the stack.
    fn add(&self, seen: &Seen, nodes: &mut Vec<Node>, values: &mut Vec<(Arc<str>, Shown)>) {
        let Some(probe) = self.probe(seen.probe) else {
            return;
        };
        match &probe.watched {
            Watched::Test | Watched::Not | Watched::Over(_) | Watched::All | Watched::Any => {
                nodes.push(bare(probe, answer(seen)));
                self.fill_last(nodes, seen, probe);
                self.complete_condition(nodes, seen, probe);
            }
            Watched::Value | Watched::ValueOver(_) => {
                begin_value(nodes, values, seen, probe);
                self.fill_last(nodes, seen, probe);
                leave_out_plain_value(nodes);
            }
            Watched::Column(_) => self.add_column(seen, probe, nodes, values),
            // What stands in these belongs to what is around them.
            Watched::List | Watched::Window | Watched::Element { .. } | Watched::Row(_) => {
                let mut inner = Vec::new();
                for part in &seen.parts {
                    self.add(part, nodes, &mut inner);
                }
                if matches!(probe.watched, Watched::Window | Watched::Row(_)) {
                    values.extend(inner);
                }
            }
        }
    }

    /// Adds what a value is made of that a table is asked with. The value itself is told beside its column.
    fn add_column(
        &self,
        seen: &Seen,
        column: &Probe,
        nodes: &mut Vec<Node>,
        values: &mut Vec<(Arc<str>, Shown)>,
    ) {
        for part in &seen.parts {
            let probe = self.probe(part.probe);
            let is_it = probe.is_some_and(|probe| probe.place.span == column.place.span);
            let mut inner = Vec::new();
            self.add(part, nodes, &mut inner);
            if !is_it {
                values.extend(inner);
            }
        }
    }

    /// The row that matched, where a table is asked.
    fn row(&self, seen: &Seen) -> Option<MatchedRow> {
        let mut asked = Vec::new();
        let mut matched = None;
        for part in &seen.parts {
            let probe = self.probe(part.probe)?;
            match &probe.watched {
                Watched::Column(name) => {
                    asked.push((name.clone(), Shown::of(&part.outcome, probe.private)));
                }
                Watched::Row(row) => matched = Some((row, probe)),
                _ => {}
            }
        }
        let (row, probe) = matched?;
        Some(MatchedRow {
            row: row.clone(),
            place: probe.place.clone(),
            asked,
            private: probe.private,
        })
    }

    /// Fills the node that was added last.
    fn fill_last(&self, nodes: &mut [Node], seen: &Seen, probe: &Probe) {
        let Some(node) = nodes.last_mut() else {
            return;
        };
        for part in &seen.parts {
            self.add(part, &mut node.nodes, &mut node.values);
            self.tell_window(node, part);
        }
        self.tell_elements(node, seen, probe);
        node.row = self.row(seen);
    }

    fn complete_condition(&self, nodes: &mut [Node], seen: &Seen, probe: &Probe) {
        let Some(node) = nodes.last_mut() else {
            return;
        };
        if matches!(probe.watched, Watched::Test) && probe.private {
            // Beside a private value the others tell too much: equal ones are equal.
            mask(node);
        }
        if matches!(probe.watched, Watched::All | Watched::Any) {
            self.add_what_was_not_asked(seen, &mut node.nodes);
        }
    }

    fn tell_window(&self, node: &mut Node, part: &Seen) {
        if let Some(ends) = &part.ends {
            let private = self.probe(part.probe).is_none_or(|probe| probe.private);
            node.window = Some(window(ends, private));
        }
    }

    fn tell_elements(&self, node: &mut Node, seen: &Seen, probe: &Probe) {
        if let Watched::Over(way) | Watched::ValueOver(way) = &probe.watched {
            node.witness = witness(seen, way);
            node.elements = Some(self.elements(seen, way));
            if self.looks_at_private(seen) {
                // How far a count went tells how far it had to go.
                node.elements = Some(hidden(way));
            }
        }
    }

    /// Conditions of an `and` or `or` that were not looked at.
    fn add_what_was_not_asked(&self, seen: &Seen, nodes: &mut Vec<Node>) {
        let all = self.inside.get(seen.probe as usize);
        for id in all.into_iter().flatten() {
            let asked = seen.parts.iter().any(|part| part.probe == *id);
            if let (false, Some(probe)) = (asked, self.probe(*id)) {
                nodes.push(bare(probe, CameTo::NotAsked));
            }
        }
    }

    fn elements(&self, seen: &Seen, way: &Loop) -> Elements {
        let list = seen.parts.iter().find(|part| {
            let probe = self.probe(part.probe);
            probe.is_some_and(|probe| matches!(probe.watched, Watched::List))
        });
        let count = match list.map(|list| &list.outcome) {
            Some(Value::List(items)) => items.len(),
            _ => 0,
        };
        let mut elements = hidden(way);
        if way.private {
            return elements;
        }
        elements.count = Some(count);
        let asked_again = seen.elements.asked > count && seen.elements.more_passed > 0;
        elements.more_passed = seen
            .elements
            .more_passed
            .saturating_sub(usize::from(asked_again));
        elements.more_failed = seen.elements.more_failed;
        // An element that is picked is asked once more in the end, which is not told.
        let kept = seen.elements.kept.iter().filter(|kept| kept.number < count);
        elements.shown = kept
            .map(|kept| self.element(kept, count, way.backwards))
            .collect();
        elements
    }

    /// Whether a value that stands directly in it is private.
    fn looks_at_private(&self, seen: &Seen) -> bool {
        let mut probes = seen.parts.iter().filter_map(|part| self.probe(part.probe));
        probes.any(|probe| probe.private && matches!(probe.watched, Watched::Value))
    }

    fn element(&self, kept: &SeenElement, count: usize, backwards: bool) -> AskedElement {
        let mut nodes = Vec::new();
        for part in &kept.parts {
            self.add(part, &mut nodes, &mut Vec::new());
        }
        let taken = kept.taken.as_ref().map(|(probe, value)| {
            let private = self.probe(*probe).is_none_or(|probe| probe.private);
            Shown::of(value, private)
        });
        AskedElement {
            number: if backwards {
                count.saturating_sub(kept.number)
            } else {
                kept.number.saturating_add(1)
            },
            value: Shown::of(&kept.item, false),
            passed: kept.passed,
            taken,
            nodes,
        }
    }
}

/// What a condition came to.
fn answer(seen: &Seen) -> CameTo {
    match seen.outcome {
        Value::YesNo(true) => CameTo::Yes,
        Value::YesNo(false) => CameTo::No,
        _ => CameTo::Unsaid,
    }
}

/// Tells a value, and begins a node for what it is made of.
fn begin_value(
    nodes: &mut Vec<Node>,
    values: &mut Vec<(Arc<str>, Shown)>,
    seen: &Seen,
    probe: &Probe,
) {
    let value = Shown::of(&seen.outcome, probe.private);
    values.push((probe.text.clone(), value.clone()));
    nodes.push(bare(probe, CameTo::Value(value)));
}

/// Takes the node of a value away again where nothing more is told than the value.
fn leave_out_plain_value(nodes: &mut Vec<Node>) {
    let plain = nodes.last().is_some_and(|node| {
        let elements = node.elements.as_ref();
        node.nodes.is_empty()
            && node.row.is_none()
            && elements.is_none_or(|elements| elements.shown.is_empty())
    });
    if plain {
        nodes.pop();
    }
}

/// What is known of a probe before it is looked at closely.
fn bare(probe: &Probe, came_to: CameTo) -> Node {
    Node {
        text: probe.text.clone(),
        place: probe.place.clone(),
        joins: match probe.watched {
            Watched::All => Some(Joins::All),
            Watched::Any => Some(Joins::Any),
            _ => None,
        },
        came_to,
        values: Vec::new(),
        window: None,
        witness: None,
        elements: None,
        row: None,
        nodes: Vec::new(),
    }
}

/// The elements of a list of which nothing is told.
fn hidden(way: &Loop) -> Elements {
    Elements {
        name: way.name.clone(),
        count: None,
        shown: Vec::new(),
        more_passed: 0,
        more_failed: 0,
    }
}

fn window(ends: &Ends, private: bool) -> Window {
    let told = |end: &Option<(Value, bool)>| {
        end.as_ref()
            .map(|(at, included)| (Shown::of(at, private), *included))
    };
    Window {
        from: told(&ends.from),
        to: told(&ends.to),
    }
}

/// The element that a loop left bound, where it means something.
fn witness(seen: &Seen, way: &Loop) -> Option<Witness> {
    let against = match (way.leaves, &seen.outcome) {
        (Leaves::Nothing, _) => return None,
        (Leaves::Witness, Value::YesNo(false)) => return None,
        (Leaves::Witness, _) => false,
        (Leaves::Counterexample, Value::YesNo(false)) => true,
        (Leaves::Counterexample, _) => return None,
    };
    (!seen.bound.is_missing()).then(|| Witness {
        name: way.name.clone(),
        value: Shown::of(&seen.bound, way.private),
        against,
    })
}

/// Hides the values that a condition looked at, and what they are made of.
fn mask(node: &mut Node) {
    node.nodes
        .retain(|inner| !matches!(inner.came_to, CameTo::Value(_)));
    let hide = |shown: &mut Shown| {
        if *shown != Shown::Unknown {
            *shown = Shown::Private;
        }
    };
    let asked = node.row.iter_mut().flat_map(|row| &mut row.asked);
    for (_, value) in node.values.iter_mut().chain(asked) {
        hide(value);
    }
    if let Some(window) = &mut node.window {
        for (end, _) in [&mut window.from, &mut window.to].into_iter().flatten() {
            hide(end);
        }
    }
}
