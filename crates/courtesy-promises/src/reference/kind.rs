//! Of what kind a value is, as far as a naive evaluator has to know.
//!
//! Input: types as written. Output: kinds. A kind is asked for in three places only: to read data, to know which
//! choice a bare name belongs to, and to say what nothing at all sums up to.

use courtesy::ast::{TypeExpr, TypeExprKind};
use courtesy::value::Currency;
use std::collections::BTreeSet;
use std::sync::Arc;

/// The kind of a value. `Duration` and `Period` are one kind here: nothing below needs to tell them apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// `yes` or `no`.
    YesNo,
    /// A text.
    Text,
    /// An exact number.
    Number,
    /// An amount of a currency.
    Money(Currency),
    /// A day.
    Date,
    /// A time of day.
    Time,
    /// An instant.
    DateTime,
    /// A length of time.
    Length,
    /// A time zone.
    Timezone,
    /// A day of the week.
    Weekday,
    /// A value of the choice of this name.
    Choice(Arc<str>),
    /// A record of the type, action, group or table of this name.
    Record(Arc<str>),
    /// A list.
    List(Box<Kind>),
    /// Not to be told from the expression alone.
    Unsaid,
}

impl Kind {
    /// The kind of a list's elements.
    pub(crate) fn element(&self) -> Kind {
        match self {
            Kind::List(element) => (**element).clone(),
            _ => Kind::Unsaid,
        }
    }

    /// A list of this.
    pub(crate) fn listed(self) -> Kind {
        Kind::List(Box::new(self))
    }

    /// This kind, or the other where this one is not said.
    pub(crate) fn or(self, other: Kind) -> Kind {
        match self {
            Kind::Unsaid => other,
            said => said,
        }
    }
}

/// What is needed to read a type: the names of the choices and the package's currency.
#[derive(Clone, Debug, Default)]
pub(crate) struct Types {
    /// The names of the choices.
    pub(crate) choices: BTreeSet<Arc<str>>,
    /// The currency of the package.
    pub(crate) currency: Option<Currency>,
}

impl Types {
    /// The kind that a type says.
    pub(crate) fn kind(&self, kind: &TypeExpr) -> Result<Kind, String> {
        match &kind.kind {
            TypeExprKind::List(element) => Ok(self.kind(element)?.listed()),
            TypeExprKind::Named { name, currency } => {
                let currency = currency.as_ref().map(|currency| &*currency.text);
                self.named(&name.text, currency)
            }
        }
    }

    fn named(&self, name: &Arc<str>, currency: Option<&str>) -> Result<Kind, String> {
        Ok(match &**name {
            "YesNo" => Kind::YesNo,
            "Text" => Kind::Text,
            "Number" => Kind::Number,
            "Money" => Kind::Money(self.currency(currency)?),
            "Date" => Kind::Date,
            "Time" => Kind::Time,
            "DateTime" => Kind::DateTime,
            "Duration" | "Period" => Kind::Length,
            "Timezone" => Kind::Timezone,
            "Weekday" => Kind::Weekday,
            _ if self.choices.contains(name) => Kind::Choice(name.clone()),
            _ => Kind::Record(name.clone()),
        })
    }

    fn currency(&self, code: Option<&str>) -> Result<Currency, String> {
        let written = code.and_then(Currency::from_code);
        written
            .or(self.currency)
            .ok_or_else(|| "money without a currency".to_owned())
    }
}
