//! What is written down while a case is decided, for those who ask why.
//!
//! Input: each policy judged, silenced or owing, as it happens. Output: the [`Note`]s in that order, which `trace`
//! puts together by policy. Invariant: nothing is decided by what is written here, and where nobody asks nothing
//! is written.

use std::cell::{Cell, RefCell};
use std::sync::Arc;

use super::duties::Carrier;
use crate::eval::{Moment, Seen};
use crate::program::PolicyId;
use crate::value::Value;

/// Notes of one element of a list that are kept for each policy and outcome; the rest is counted.
const ELEMENTS_KEPT: usize = 50;

/// What is written down; nothing where nobody asks.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    book: Option<RefCell<Book>>,
    /// Where they are only counted, how many there were.
    count: Option<Cell<u64>>,
}

/// Everything that was written down.
#[derive(Debug, Default)]
pub(crate) struct Book {
    about: About,
    pub(crate) notes: Vec<Note>,
    /// The ids of duties as policies owed them, by their numbers.
    pub(crate) owed: Vec<Arc<str>>,
    run: Run,
}

/// The elements about which one policy is being asked: how often it came to each outcome, and where the last of
/// those notes stands.
#[derive(Debug, Default)]
struct Run {
    asked: Option<(PolicyId, About)>,
    came_to: Vec<(Came, usize, usize)>,
}

/// What a policy was asked about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum About {
    /// The case as a whole.
    #[default]
    Case,
    /// A proposal, by its place.
    Proposal(usize),
    /// A duty as a policy owed it, by its number.
    Owed(usize),
    /// What an `on` duty belongs to; its id, once that is known.
    Carrier(Carrier, Option<Arc<str>>),
}

/// One thing that happened.
#[derive(Clone, Debug)]
pub(crate) struct Note {
    pub(crate) policy: PolicyId,
    pub(crate) about: About,
    /// The element of the policy's `for each`: its place, and the element.
    pub(crate) element: Option<(usize, Value)>,
    pub(crate) outcome: Came,
    /// What was seen on the way; only of an observed program.
    pub(crate) seen: Vec<Seen>,
    /// How many like it follow that are not kept.
    pub(crate) more: usize,
    /// Of a limit that was asked for room: what it counted with.
    pub(crate) room: Option<Room>,
}

/// What a limit counts with, in its own unit.
#[derive(Clone, Debug)]
pub(crate) struct Room {
    /// How much there is room for in all.
    pub(crate) amount: Value,
    /// What has taken room already.
    pub(crate) past: Value,
    /// What has taken room in this decision.
    pub(crate) taken: Value,
    /// What the candidate takes.
    pub(crate) weight: Value,
}

/// How a policy came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Came {
    /// Its conditions hold (of an `only`: its `when` fails).
    Speaks,
    /// It is not in force: outside its dates or its share.
    NotInForce,
    /// `when` does not hold.
    WhenFails,
    /// The `when` of an `only` holds.
    WhenHolds,
    /// `unless` holds.
    UnlessHolds,
    /// The element does not pass the `where` of `for each`.
    LeftOut,
    /// `for each` has nothing in its list.
    EmptyList,
    /// What it said of the case as a whole goes for this candidate.
    AsForTheCase,
    /// Its conditions hold, but this policy overrides it.
    Overridden(PolicyId),
    /// It owes the duty of that number.
    Owes(usize),
    /// It is a limit that has no room for the candidate.
    Refuses,
    /// It is a limit that has room for the candidate.
    HasRoom,
    /// It is a limit from which the candidate is exempt.
    Exempt,
    /// It waits for too little being left, and enough is left.
    EnoughLeft,
    /// Its words and values were worked out.
    Words,
}

impl Notes {
    /// Notes that are written.
    pub(crate) fn asked_for() -> Notes {
        Notes {
            book: Some(RefCell::default()),
            count: None,
        }
    }

    /// Notes that are only counted.
    pub(crate) fn counted() -> Notes {
        Notes {
            book: None,
            count: Some(Cell::default()),
        }
    }

    /// Whether nobody asks and nothing is counted.
    pub(super) fn are_silent(&self) -> bool {
        self.book.is_none() && self.count.is_none()
    }

    /// How many notes there were, where they were counted.
    pub(crate) fn into_count(self) -> u64 {
        self.count.map_or(0, Cell::into_inner)
    }

    fn count_one(&self) {
        if let Some(count) = &self.count {
            count.set(count.get().saturating_add(1));
        }
    }

    /// Everything that was written down.
    pub(crate) fn into_book(self) -> Book {
        self.book.map(RefCell::into_inner).unwrap_or_default()
    }

    /// What the notes that follow are about.
    pub(super) fn about(&self, about: About) {
        if let Some(book) = &self.book {
            book.borrow_mut().about = about;
        }
    }

    /// Writes down how a policy came out, with what the program saw since the last note.
    pub(super) fn write(
        &self,
        moment: &Moment<'_>,
        policy: PolicyId,
        element: Option<(usize, &Value)>,
        outcome: Came,
    ) {
        if let Some(book) = &self.book {
            let seen = moment.recorder().map(crate::eval::Recorder::take);
            book.borrow_mut()
                .write(policy, element, outcome, seen.unwrap_or_default());
        } else {
            self.count_one();
        }
    }

    /// Adds what a limit counted with to the note written last.
    pub(super) fn room(&self, room: impl FnOnce() -> Room) {
        if let Some(book) = &self.book
            && let Some(last) = book.borrow_mut().notes.last_mut()
        {
            last.room = Some(room());
        }
    }

    /// Writes down that a policy owes something, and gives that a number.
    pub(super) fn owes(&self, policy: PolicyId, element: Option<usize>) -> Option<usize> {
        self.count_one();
        let mut book = self.book.as_ref()?.borrow_mut();
        let number = book.owed.len();
        book.owed.push("".into());
        let element = element.map(|place| (place, &Value::Missing));
        book.write(policy, element, Came::Owes(number), Vec::new());
        Some(number)
    }

    /// Tells the id under which a duty stands in the decision.
    pub(super) fn name_duty(&self, numbers: &[usize], id: &Arc<str>) {
        let Some(book) = &self.book else {
            return;
        };
        let mut book = book.borrow_mut();
        for number in numbers {
            if let Some(place) = book.owed.get_mut(*number) {
                *place = id.clone();
            }
        }
    }

    /// Tells the ids of carriers.
    pub(super) fn name_carriers(&self, id_of: impl Fn(Carrier) -> Arc<str>) {
        let Some(book) = &self.book else {
            return;
        };
        for note in &mut book.borrow_mut().notes {
            if let About::Carrier(carrier, id) = &mut note.about {
                *id = Some(id_of(*carrier));
            }
        }
    }
}

impl Book {
    fn write(
        &mut self,
        policy: PolicyId,
        element: Option<(usize, &Value)>,
        outcome: Came,
        seen: Vec<Seen>,
    ) {
        if element.is_some() && self.is_one_too_many(policy, outcome) {
            return;
        }
        self.notes.push(Note {
            policy,
            about: self.about.clone(),
            element: element.map(|(place, value)| (place, value.clone())),
            outcome,
            seen,
            more: 0,
            room: None,
        });
    }
    /// Whether enough elements of a policy came out like this one; it is then only counted. Those about which it
    /// speaks are all kept.
    fn is_one_too_many(&mut self, policy: PolicyId, outcome: Came) -> bool {
        let silent = matches!(
            outcome,
            Came::NotInForce
                | Came::WhenFails
                | Came::WhenHolds
                | Came::UnlessHolds
                | Came::LeftOut
        );
        if !silent {
            return false;
        }
        let asked = Some((policy, self.about.clone()));
        if self.run.asked != asked {
            self.run = Run {
                asked,
                came_to: Vec::new(),
            };
        }
        let next = self.notes.len();
        let came_to = &mut self.run.came_to;
        let Some((_, times, last)) = came_to.iter_mut().find(|(known, ..)| *known == outcome)
        else {
            came_to.push((outcome, 1, next));
            return false;
        };
        if *times < ELEMENTS_KEPT {
            (*times, *last) = (times.saturating_add(1), next);
            return false;
        }
        if let Some(note) = self.notes.get_mut(*last) {
            note.more = note.more.saturating_add(1);
        }
        true
    }
}
