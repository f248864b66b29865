//! The tree as written: what a policy file says, before any name is looked up.
//!
//! Data only. Built by `syntax`, read by `check` and the
//! formatter. Every node keeps its span; a part that could not be read is there
//! as a `Broken` or `Error` node, so that later passes stay silent about it.

mod declaration;
mod example;
mod expression;
mod policy;
mod table;

pub use declaration::*;
pub use example::*;
pub use expression::*;
pub use policy::*;
pub use table::*;

use crate::source::Span;
use std::sync::Arc;

/// A word of the reader's, with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// The word.
    pub text: Arc<str>,
    /// Where it stands.
    pub span: Span,
}

/// A quoted text without holes (a title, a key of the data), escapes resolved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quoted {
    /// What stands between the quotes.
    pub text: Arc<str>,
    /// The place, quotes included.
    pub span: Span,
}

/// One declaration of a package.
#[derive(Clone, Debug)]
pub enum Item {
    /// `currency USD`
    Currency(CurrencyDeclaration),
    /// `timezone customer.timezone otherwise "America/New_York"`
    Timezone(TimezoneDeclaration),
    /// `week starts monday`
    WeekStart(WeekStartDeclaration),
    /// `choice Tier { standard < gold }`
    Choice(ChoiceDeclaration),
    /// `type Customer { … }`
    Type(TypeDeclaration),
    /// `input customer: Customer`
    Input(InputDeclaration),
    /// `action upsell { … }`
    Action(ActionDeclaration),
    /// `actions messages = upsell, greet`
    ActionGroup(ActionGroupDeclaration),
    /// `define name(args) as …`
    Define(DefineDeclaration),
    /// `table goodwill …`
    Table(TableDeclaration),
    /// `calendar desk { … }`
    Calendar(CalendarDeclaration),
    /// `policy "…" …`
    Policy(Policy),
    /// `example "…" …`
    Example(Example),
    /// A declaration that could not be read; its message is already given.
    Broken(BrokenItem),
}

/// What is left of a declaration that could not be read.
#[derive(Clone, Debug)]
pub struct BrokenItem {
    /// The word it begins with, such as `timezone`.
    pub word: String,
    /// The name it would have declared, where that much could be read: uses of
    /// it get no second message.
    pub name: Option<Name>,
    /// The whole of it.
    pub span: Span,
}
