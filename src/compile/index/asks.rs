//! What is asked of one policy, part by part.

use super::Builder;
use super::keys::named;
use super::lookup::KeyPart;
use super::parts::{Part, parts_of};
use super::sets::membership;
use super::survey::{Survey, numbered};
use crate::program::{Asks, Expr, Gate, Limit, Member, On, Policy, PolicyKind, Test};

/// Most combinations of values under which one policy is written into a table.
const COMBINATIONS: usize = 256;

/// Most places by whose values one policy is looked up.
const PLACES: usize = 4;

/// What is asked of a policy, while it is put together.
#[derive(Default)]
struct Gathered {
    gates: Parted<u32>,
    sets: Parted<Test>,
    conditions: Parted<Test>,
    keys: Vec<KeyPart>,
    /// Whether a part names what another one bound.
    entangled: bool,
    binds: bool,
}

/// Things that stay as they are, whatever the clock shows, and others.
struct Parted<T> {
    lasting: Vec<T>,
    passing: Vec<T>,
}

impl<T> Default for Parted<T> {
    fn default() -> Parted<T> {
        Parted {
            lasting: Vec::new(),
            passing: Vec::new(),
        }
    }
}

impl<T> Parted<T> {
    fn push(&mut self, it: T, goes_with_the_clock: bool) {
        if goes_with_the_clock {
            self.passing.push(it);
        } else {
            self.lasting.push(it);
        }
    }

    fn append(&mut self, mut other: Parted<T>) {
        self.lasting.append(&mut other.lasting);
        self.passing.append(&mut other.passing);
    }

    /// All of them, those that stay first.
    fn all(self) -> Box<[T]> {
        self.lasting.into_iter().chain(self.passing).collect()
    }
}

impl Builder<'_> {
    /// What is asked of the policy, and by the values of which places it is found.
    pub(super) fn asks(&mut self, policy: &Policy) -> (Asks, Vec<KeyPart>) {
        let program = self.program;
        let mut gathered = Gathered::default();
        for part in parts_of(policy, &program.defines) {
            self.part(&part, &mut gathered);
        }
        self.choose_keys(&mut gathered);
        let whole = gathered.entangled
            || policy.for_each.is_some()
            || waits(policy)
            || self.words_name(policy);
        let mut tests = gathered.sets;
        if !whole {
            tests.append(gathered.conditions);
        }
        let asks = Asks {
            lasting_gates: gathered.gates.lasting.len(),
            gates: gathered.gates.all(),
            lasting_tests: tests.lasting.len(),
            tests: tests.all(),
            whole,
            variables: if gathered.binds { policy.variables } else { 0 },
            timeless: self.is_timeless(policy),
        };
        (asks, gathered.keys)
    }

    fn part(&mut self, part: &Part<'_>, gathered: &mut Gathered) {
        let survey = self.survey(part.condition);
        if !survey.free.is_empty() {
            gathered.entangled = true;
            return;
        }
        if part.wanted
            && let Some(named) = named(part.condition)
        {
            gathered.keys.push(KeyPart {
                of_the_case: survey.is_of_the_case(),
                place: named.place.clone(),
                values: named.values,
                condition: part.condition.clone(),
            });
            return;
        }
        self.unnamed(part, &survey, gathered);
    }

    /// A part that is no key of a table.
    fn unnamed(&mut self, part: &Part<'_>, survey: &Survey, gathered: &mut Gathered) {
        if survey.is_of_the_case() {
            let (condition, variables) = numbered(part.condition);
            let wanted = part.wanted;
            let gate = Gate {
                condition,
                wanted,
                variables,
            };
            gathered.gates.push(self.gates.number(gate), survey.clock);
            return;
        }
        let mut exact = false;
        if let Some(found) = membership(part.condition, &self.surveyor) {
            // What fails outside of the set says nothing about what does not have to hold.
            if found.exact || part.wanted {
                exact = found.exact;
                let member = Member {
                    set: self.sets.number(found.set),
                    place: found.place.clone(),
                    inside: found.inside,
                    needs_value: found.needs_value,
                    wanted: part.wanted,
                };
                gathered.sets.push(Test::Member(member), survey.clock);
            }
        }
        if !exact {
            gathered.binds |= !survey.bound.is_empty();
            let condition = Test::Condition(part.condition.clone(), part.wanted);
            gathered.conditions.push(condition, survey.clock);
        }
    }

    /// Leaves as many keys as tables can take; the others are asked like everything else.
    fn choose_keys(&mut self, gathered: &mut Gathered) {
        let mut keys = std::mem::take(&mut gathered.keys);
        keys.sort_by_key(|key| key.values.len());
        let mut kept: Vec<KeyPart> = Vec::new();
        let mut left: Vec<KeyPart> = Vec::new();
        let mut combinations = 1usize;
        for key in keys {
            let more = combinations.saturating_mul(key.values.len());
            let again = kept.iter().any(|other| other.place == key.place);
            if again || more > COMBINATIONS || kept.len() == PLACES {
                left.push(key);
            } else {
                combinations = more;
                kept.push(key);
            }
        }
        if !self.signatures.has_room_for(&kept) {
            let first = kept.len().min(1);
            left.extend(kept.split_off(first));
        }
        gathered.keys = kept;
        for key in left {
            let survey = self.survey(&key.condition);
            let part = Part {
                condition: &key.condition,
                wanted: true,
            };
            self.unnamed(&part, &survey, gathered);
        }
    }

    fn survey(&self, expr: &Expr) -> Survey {
        self.surveyor.survey(&mut expr.clone())
    }

    /// Whether what the policy says or owes names what its conditions bound.
    fn words_name(&self, policy: &Policy) -> bool {
        let mut exprs: Vec<&Expr> = policy.because.iter().collect();
        match &policy.kind {
            PolicyKind::Never | PolicyKind::Only | PolicyKind::Allow => {}
            PolicyKind::Prefer { by } => exprs.push(by),
            PolicyKind::Limit(limit) => exprs.extend(of_limit(limit)),
            PolicyKind::Always { with, by, on, .. } => {
                exprs.extend(with.iter().flatten().chain(by));
                if let Some(On::Fewer { number, .. }) = on {
                    exprs.push(number);
                }
            }
        }
        exprs
            .into_iter()
            .any(|expr| !self.survey(expr).free.is_empty())
    }

    fn is_timeless(&self, policy: &Policy) -> bool {
        let each = policy.for_each.iter();
        let each = each.flat_map(|each| std::iter::once(&each.list).chain(&each.condition));
        let mut conditions = policy.gate.iter().chain(&policy.when);
        let mut conditions = conditions.by_ref().chain(&policy.unless).chain(each);
        conditions.all(|condition| !self.survey(condition).clock)
    }
}

/// Whether a duty waits for what comes of others: nobody looks it up.
fn waits(policy: &Policy) -> bool {
    matches!(policy.kind, PolicyKind::Always { on: Some(_), .. })
}

fn of_limit(limit: &Limit) -> impl Iterator<Item = &Expr> {
    let parts = limit.weight.iter().chain(&limit.per);
    let parts = parts.chain(&limit.past).chain(&limit.exempt);
    std::iter::once(&limit.amount).chain(parts)
}
