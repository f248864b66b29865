//! Declarations other than policies.

use super::{Expr, Name, Quoted};
use crate::source::Span;
use crate::value::Number;

/// `currency USD`
#[derive(Clone, Debug)]
pub struct CurrencyDeclaration {
    /// The ISO 4217 code as written.
    pub code: Name,
    /// The whole declaration.
    pub span: Span,
}

/// `timezone EXPR`
#[derive(Clone, Debug)]
pub struct TimezoneDeclaration {
    /// The zone of civil time, read from the inputs alone.
    pub zone: Expr,
    /// The whole declaration.
    pub span: Span,
}

/// `week starts monday`
#[derive(Clone, Debug)]
pub struct WeekStartDeclaration {
    /// The weekday as written.
    pub weekday: Name,
    /// The whole declaration.
    pub span: Span,
}

/// `choice Tier { standard < silver < gold }`
#[derive(Clone, Debug)]
pub struct ChoiceDeclaration {
    /// Its name.
    pub name: Name,
    /// Its values, the lowest first where it is ordered.
    pub values: Vec<ChoiceValueDeclaration>,
    /// Whether the values are joined with `<`.
    pub ordered: bool,
    /// The whole declaration.
    pub span: Span,
}

/// One value of a choice, `in_person = "In Person"`.
#[derive(Clone, Debug)]
pub struct ChoiceValueDeclaration {
    /// The name used in policies.
    pub name: Name,
    /// The text found in the data, where it differs.
    pub text: Option<Quoted>,
}

/// `type Customer { … }`
#[derive(Clone, Debug)]
pub struct TypeDeclaration {
    /// Its name.
    pub name: Name,
    /// Its fields, in the order written.
    pub fields: Vec<FieldDeclaration>,
    /// Whether a field was unreadable and left out.
    pub broken: bool,
    /// The whole declaration.
    pub span: Span,
}

/// One field of a type or an action.
#[derive(Clone, Debug)]
pub struct FieldDeclaration {
    /// Its name.
    pub name: Name,
    /// The key in the data, where it differs: `at = "Sign-up": …`.
    pub key: Option<Quoted>,
    /// Its type.
    pub kind: TypeExpr,
    /// `from seconds` or `from milliseconds`.
    pub epoch: Option<(EpochUnit, Span)>,
    /// Where `private` stands.
    pub private: Option<Span>,
    /// `0 to 130`: the lowest and the highest value that fit, both included.
    pub range: Option<(Expr, Expr)>,
    /// `at most 500`: how many elements a list may have.
    pub at_most: Option<(Number, Span)>,
    /// The whole field.
    pub span: Span,
}

/// How an instant is written in the data when it is a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EpochUnit {
    /// Seconds since 1970-01-01T00:00:00Z.
    Seconds,
    /// Milliseconds since then.
    Milliseconds,
}

/// A type as written: `optional list of Money EUR`.
#[derive(Clone, Debug)]
pub struct TypeExpr {
    /// Where `optional` stands.
    pub optional: Option<Span>,
    /// The type itself.
    pub kind: TypeExprKind,
    /// The whole type.
    pub span: Span,
}

/// What a type says.
#[derive(Clone, Debug)]
pub enum TypeExprKind {
    /// A built-in or declared name, with a currency after `Money`.
    Named {
        /// The name.
        name: Name,
        /// `EUR` in `Money EUR`.
        currency: Option<Name>,
    },
    /// `list of T`
    List(Box<TypeExpr>),
}

/// `input customer: Customer`
#[derive(Clone, Debug)]
pub struct InputDeclaration {
    /// Its name.
    pub name: Name,
    /// Its type.
    pub kind: TypeExpr,
    /// The whole declaration.
    pub span: Span,
}

/// `action upsell { item: Item }`
#[derive(Clone, Debug)]
pub struct ActionDeclaration {
    /// Its name.
    pub name: Name,
    /// Its fields, in the order written.
    pub fields: Vec<FieldDeclaration>,
    /// Whether a field was unreadable and left out.
    pub broken: bool,
    /// Where `single` stands.
    pub single: Option<Span>,
    /// The whole declaration.
    pub span: Span,
}

/// `actions messages = upsell, greet`
#[derive(Clone, Debug)]
pub struct ActionGroupDeclaration {
    /// Its name.
    pub name: Name,
    /// The actions of the group.
    pub members: Vec<Name>,
    /// The whole declaration.
    pub span: Span,
}

/// `define loyal(who: Customer) as …`
#[derive(Clone, Debug)]
pub struct DefineDeclaration {
    /// Its name.
    pub name: Name,
    /// Its parameters with their types.
    pub parameters: Vec<ParameterDeclaration>,
    /// What it stands for.
    pub body: Expr,
    /// The whole declaration.
    pub span: Span,
}

/// One parameter of a `define`.
#[derive(Clone, Debug)]
pub struct ParameterDeclaration {
    /// Its name.
    pub name: Name,
    /// Its type.
    pub kind: TypeExpr,
}
