//! The programs that are measured, by name.
//!
//! Each takes JSON to values of its own, decides what it holds, and writes what it decided; the three are measured
//! apart and together.

mod courtesy;
mod hand;

use crate::answer::Answer;
use crate::workload::{Form, Policies};

pub use courtesy::{package, sources};
#[cfg(feature = "peers")]
pub use hand::{Action, Channel, ContactKind, Status, TicketKind, Tier};

/// One program with a set of policies.
pub trait Program {
    /// JSON to the program's own values, which it keeps.
    fn load(&mut self, json: &[u8]);
    /// Decides what is loaded, and keeps the decision.
    fn decide(&mut self);
    /// Writes the decision as JSON.
    fn write(&mut self, out: &mut Vec<u8>);
    /// The decision in numbers, to be held against those of the others; not measured.
    fn answer(&self) -> Answer;
}

/// A program that answers in numbers; [`Numbered`] keeps and writes its answers.
pub trait Decider {
    fn load(&mut self, json: &[u8]);
    /// Adds to an answer that is empty.
    fn decide(&mut self, answer: &mut Answer);
    /// The name of the customer that is loaded.
    fn name(&self) -> Option<&str>;
}

struct Numbered<D> {
    decider: D,
    answer: Answer,
}

impl<D: Decider> Program for Numbered<D> {
    fn load(&mut self, json: &[u8]) {
        self.decider.load(json);
    }

    fn decide(&mut self) {
        self.answer.clear();
        self.decider.decide(&mut self.answer);
    }

    fn write(&mut self, out: &mut Vec<u8>) {
        self.answer.write(self.decider.name(), out);
    }

    fn answer(&self) -> Answer {
        self.answer.clone()
    }
}

/// Gives a program its policies.
type Make = fn(&Policies) -> Box<dyn Program>;

/// A program that can be made.
#[derive(Clone, Copy)]
pub struct Kind {
    pub name: &'static str,
    pub form: Form,
    make: Make,
}

impl Kind {
    pub fn make(&self, policies: &Policies) -> Box<dyn Program> {
        (self.make)(policies)
    }
}

const fn own(name: &'static str, make: Make) -> Kind {
    Kind {
        name,
        form: Form::Case,
        make,
    }
}

pub const HAND: Kind = own("hand", |policies| {
    numbered(hand::Plain::new(policies, false))
});
pub const COURTESY: Kind = own("courtesy", |policies| {
    Box::new(courtesy::Courtesy::new(policies))
});

const OWN: [Kind; 6] = [
    HAND,
    COURTESY,
    own("hand-projected", |policies| {
        numbered(hand::Plain::new(policies, true))
    }),
    own("hand-limit", |policies| {
        numbered(hand::Limit::new(policies, false))
    }),
    own("hand-limit-sonic", |policies| {
        numbered(hand::Limit::new(policies, true))
    }),
    own("hand-value", |policies| {
        numbered(hand::ByValue::new(policies))
    }),
];

#[cfg(feature = "peers")]
const fn peer(name: &'static str, make: Make) -> Kind {
    Kind {
        name,
        form: Form::Record,
        make,
    }
}

#[cfg(feature = "peers")]
const PEERS: [Kind; 8] = {
    use crate::peers;
    [
        peer("datalogic-rs", |policies| {
            numbered(peers::datalogic::DataLogic::new(policies))
        }),
        peer("zen-expression", |policies| {
            numbered(peers::zen::Zen::new(policies))
        }),
        peer("rust-rule-engine", |policies| {
            numbered(peers::rule_engine::RuleEngine::new(policies))
        }),
        peer("regorus RVM", |policies| {
            numbered(peers::rego::Rego::new(policies, true))
        }),
        peer("cedar", |policies| {
            numbered(peers::cedar::Cedar::new(policies))
        }),
        peer("regorus", |policies| {
            numbered(peers::rego::Rego::new(policies, false))
        }),
        peer("rhai", |policies| {
            numbered(peers::rhai::Script::new(policies))
        }),
        peer("cel", |policies| numbered(peers::cel::Cel::new(policies))),
    ]
};
#[cfg(not(feature = "peers"))]
const PEERS: [Kind; 0] = [];

fn numbered(decider: impl Decider + 'static) -> Box<dyn Program> {
    Box::new(Numbered {
        decider,
        answer: Answer::default(),
    })
}

/// All programs; the first is what the others are held against.
pub fn all() -> impl Iterator<Item = Kind> {
    OWN.into_iter().chain(PEERS)
}

/// A program by its name.
pub fn named(name: &str) -> Kind {
    let names = || all().map(|kind| kind.name).collect::<Vec<_>>().join(", ");
    all()
        .find(|kind| kind.name == name)
        .unwrap_or_else(|| panic!("no program is called {name}; there are {}", names()))
}
