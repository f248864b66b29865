//! Steps of policies, and of all of them together.
//!
//! Input: a compiled package. Output: for each policy the most steps that it adds to one decision, and the most that
//! one decision takes. A policy is asked about every candidate that it is about: the proposals, and the duties that
//! policies owe; one that does not read its candidates is asked once. What several policies read alike and is worked
//! out once for a case counts for each of them, and once for all together.

use super::expression::{Frame, Meter, Once, frame};
use super::formula::{Formula, LengthId};
use super::size::PROPOSALS;
use crate::program::{Expr, On, Policy, PolicyId, PolicyKind, Program};
use crate::schema::ActionId;
use std::collections::{BTreeMap, BTreeSet};

/// What one policy takes.
pub(super) struct PolicySteps {
    /// For the case, whatever candidates there are.
    pub(super) case: Formula,
    /// For each candidate that it is about.
    each: Formula,
    /// For each candidate when it is judged again at another instant.
    again: Formula,
    /// What it reads that is worked out once for a case.
    once: BTreeSet<Once>,
}

/// What all policies take.
pub(super) struct PackageSteps {
    /// Each policy by itself.
    pub(super) policies: Vec<Formula>,
    /// One decision.
    pub(super) decision: Formula,
    /// One look at another instant, for all that is blocked or limited.
    pub(super) look: Formula,
}

/// Works out what the policies of a package take.
pub(super) struct Surveyor<'m, 'p> {
    meter: &'m mut Meter<'p>,
    program: &'p Program,
    proposals: LengthId,
    /// How many duties of each action can be owed.
    duties: BTreeMap<ActionId, Formula>,
}

impl<'m, 'p> Surveyor<'m, 'p> {
    pub(super) fn new(meter: &'m mut Meter<'p>) -> Surveyor<'m, 'p> {
        let proposals = meter.lengths.named(PROPOSALS);
        let program = meter.program;
        Surveyor {
            meter,
            program,
            proposals,
            duties: BTreeMap::new(),
        }
    }

    pub(super) fn package(mut self) -> PackageSteps {
        let plain = self.owing(|on| !matches!(on, Some(On::Carrier { .. })));
        let plain_duties = self.duties.clone();
        let attached = self.owing(|on| matches!(on, Some(On::Carrier { .. })));
        // What is attached is owed for each of its carriers.
        let mut carried = BTreeMap::new();
        for (id, (steps, times)) in attached {
            let carriers = self.carriers(id, &plain_duties);
            let action = self.program.policy(id).and_then(|it| it.actions.first());
            if let Some(action) = action {
                let owed = self.duties.entry(*action).or_default();
                owed.add(&times.times(&carriers));
            }
            carried.insert(id, steps.for_each(&carriers));
        }
        let always = plain.into_iter().map(|(id, (steps, _))| (id, steps));
        let always: BTreeMap<PolicyId, PolicySteps> = always.chain(carried).collect();
        self.together(always)
    }

    /// The duties of some of the policies: their steps, and how often each is owed.
    fn owing(
        &mut self,
        wanted: impl Fn(Option<&On>) -> bool,
    ) -> Vec<(PolicyId, (PolicySteps, Formula))> {
        let mut found = Vec::new();
        for (id, policy) in identified(self.program) {
            let PolicyKind::Always { on, with, .. } = &policy.kind else {
                continue;
            };
            if !wanted(on.as_ref()) {
                continue;
            }
            let mut frame = frame(policy.variables);
            let asked = self.asked(&mut frame, policy);
            let words = self.duty(&mut frame, policy, with);
            let steps = self.owed(policy, &asked, words);
            if !matches!(on, Some(On::Carrier { .. }))
                && let Some(action) = policy.actions.first()
            {
                let owed = self.duties.entry(*action).or_default();
                owed.add(&asked.times);
            }
            found.push((id, (steps, asked.times)));
        }
        found
    }

    /// What is worked out for a duty that is owed.
    fn duty(&mut self, frame: &mut Frame, policy: &Policy, with: &[Option<Expr>]) -> Formula {
        // Two notes: that it is owed, and in which words.
        let mut steps = Formula::number(2);
        for (index, value) in (0_u32..).zip(with) {
            let Some(value) = value else {
                continue;
            };
            let found = self.meter.expr(frame, value);
            steps.add(&found.steps);
            // Equal duties are found by their values.
            steps.add(&self.meter.lengths.values_in(&found.size));
            if let Some(action) = policy.actions.first() {
                let known = self.meter.owed.remove(&(*action, index));
                let size = match known {
                    Some(known) => self.meter.lengths.either(known, found.size),
                    None => found.size,
                };
                self.meter.owed.insert((*action, index), size);
            }
        }
        if let PolicyKind::Always { by: Some(by), .. } = &policy.kind {
            steps.add(&self.meter.expr(frame, by).steps);
        }
        steps.add(&self.words(frame, policy));
        steps
    }

    fn owed(&mut self, policy: &Policy, asked: &Asked, words: Formula) -> PolicySteps {
        let mut case = asked.steps.clone();
        case.add(&asked.times.times(&words));
        if let PolicyKind::Always {
            on: Some(On::Fewer { number, .. }),
            ..
        } = &policy.kind
        {
            let number = self.meter.expr(&mut frame(policy.variables), number).steps;
            case.add(&number);
            case.add_number(1);
        }
        PolicySteps {
            case,
            each: Formula::default(),
            again: Formula::default(),
            once: std::mem::take(&mut self.meter.read),
        }
    }

    /// How many carriers a duty can belong to.
    fn carriers(&self, id: PolicyId, plain: &BTreeMap<ActionId, Formula>) -> Formula {
        let policy = self.program.policy(id);
        let Some(PolicyKind::Always {
            on: Some(On::Carrier { actions, .. }),
            ..
        }) = policy.map(|policy| &policy.kind)
        else {
            return Formula::default();
        };
        let mut carriers = Formula::length(self.proposals);
        for action in actions {
            if let Some(owed) = plain.get(action) {
                carriers.add(owed);
            }
        }
        carriers
    }

    fn words(&mut self, frame: &mut Frame, policy: &Policy) -> Formula {
        let because = policy.because.as_ref();
        because.map_or_else(Formula::default, |because| {
            self.meter.expr(frame, because).steps
        })
    }

    /// Asks whether a policy speaks, once.
    fn asked(&mut self, frame: &mut Frame, policy: &Policy) -> Asked {
        let for_each = policy.for_each.as_ref();
        let gone = for_each.map(|each| {
            let list = self.meter.expr(frame, &each.list);
            let (length, element) = self.meter.lengths.elements(&list.size);
            if let Some(place) = frame.get_mut(each.variable as usize) {
                *place = element;
            }
            (list.steps, length)
        });
        let condition = for_each.and_then(|each| each.condition.as_ref());
        let conditions = condition.into_iter().chain(&policy.gate);
        // A note of how it came out.
        let mut each = Formula::number(1);
        for condition in conditions.chain(&policy.when).chain(&policy.unless) {
            each.add(&self.meter.expr(frame, condition).steps);
        }
        match gone {
            None => Asked {
                steps: each,
                times: Formula::number(1),
            },
            Some((mut steps, length)) => {
                steps.add(&length.times(&each));
                // A note where the list is empty.
                steps.add_number(1);
                Asked {
                    steps,
                    times: length,
                }
            }
        }
    }

    /// What a policy takes that speaks about candidates.
    fn about(&mut self, policy: &Policy) -> PolicySteps {
        let mut frame = frame(policy.variables);
        let asked = self.asked(&mut frame, policy);
        let mut each = self.words(&mut frame, policy);
        match &policy.kind {
            PolicyKind::Prefer { by } => each.add(&self.meter.expr(&mut frame, by).steps),
            PolicyKind::Limit(limit) => {
                let parts = [&limit.weight, &limit.per, &limit.past, &limit.exempt];
                let parts = parts.into_iter().flatten().chain([&limit.amount]);
                for part in parts {
                    each.add(&self.meter.expr(&mut frame, part).steps);
                }
                each.add_number(1);
            }
            _ => {}
        }
        // A note that it speaks, and one that what it said of the case goes for this candidate.
        each.add_number(2);
        let again = asked.steps.clone();
        let mut case = Formula::default();
        if policy.reads_candidate {
            each.add(&asked.steps);
        } else {
            case = asked.steps;
        }
        PolicySteps {
            case,
            each,
            again,
            once: std::mem::take(&mut self.meter.read),
        }
    }

    fn together(&mut self, mut always: BTreeMap<PolicyId, PolicySteps>) -> PackageSteps {
        let proposals = Formula::length(self.proposals);
        let mut policies = Vec::new();
        let mut decision = Formula::default();
        let mut once = BTreeSet::new();
        // By action, what one candidate takes, the first time and when it is looked at again.
        let mut by_action: BTreeMap<ActionId, (Formula, Formula)> = BTreeMap::new();
        for (id, policy) in identified(self.program) {
            let steps = match always.remove(&id) {
                Some(steps) => steps,
                None => self.about(policy),
            };
            let mut candidates = proposals.clone();
            if !matches!(policy.kind, PolicyKind::Always { .. }) {
                for action in &policy.actions {
                    let one = by_action.entry(*action).or_default();
                    one.0.add(&steps.each);
                    one.1.add(&steps.again);
                    if let Some(duties) = self.duties.get(action) {
                        candidates.add(duties);
                    }
                }
            }
            let mut own = steps.each.times(&candidates);
            own.add(&steps.case);
            own.add(&self.meter.once(steps.once.clone()));
            policies.push(own);
            decision.add(&steps.case);
            once.extend(steps.once);
        }
        self.package_zone(&mut decision, &mut once);
        decision.add(&self.meter.once(once.clone()));
        let candidates = self.candidates(&by_action, |(first, _)| first);
        decision.add(&candidates);
        // Each candidate that is blocked is looked at alone, with all that is worked out once.
        let mut alone = self.candidates(&by_action, |(_, again)| again);
        let mut all = proposals;
        self.duties.values().for_each(|duties| all.add(duties));
        alone.add(&all.times(&self.meter.once(once)));
        let mut look = decision.clone();
        look.add(&alone);
        PackageSteps {
            policies,
            decision,
            look,
        }
    }

    fn package_zone(&mut self, decision: &mut Formula, once: &mut BTreeSet<Once>) {
        if let Some(zone) = &self.program.zone {
            decision.add(&self.meter.expr(&mut Frame::new(), zone).steps);
            once.append(&mut self.meter.read);
        }
    }

    /// What all candidates take: proposals are at worst all of the action of which most is asked.
    fn candidates(
        &self,
        by_action: &BTreeMap<ActionId, (Formula, Formula)>,
        of: impl Fn(&(Formula, Formula)) -> &Formula,
    ) -> Formula {
        let mut proposed = Formula::default();
        let mut owed = Formula::default();
        for (action, steps) in by_action {
            proposed.or(of(steps));
            if let Some(duties) = self.duties.get(action) {
                owed.add(&of(steps).times(duties));
            }
        }
        let mut all = proposed.times(&Formula::length(self.proposals));
        all.add(&owed);
        all
    }
}

impl PolicySteps {
    /// The same, for each of these.
    fn for_each(self, carriers: &Formula) -> PolicySteps {
        PolicySteps {
            case: self.case.times(carriers),
            ..self
        }
    }
}

/// A policy that is asked whether it speaks.
struct Asked {
    steps: Formula,
    /// How often it can speak.
    times: Formula,
}

fn identified(program: &Program) -> impl Iterator<Item = (PolicyId, &Policy)> {
    (0_u32..).map(PolicyId).zip(&program.policies)
}
