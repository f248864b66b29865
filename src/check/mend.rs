//! The words for a mend: what to write instead of a value that does not fit.
//!
//! Input: what was found and what is needed. Output: help texts, each with the
//! text to write where that is known. Nothing here decides what is a mistake.

use super::Checker;
use super::describe::{listed, with_article};
use super::scope::Scope;
use crate::ast::{Expr, ExprKind, Name};
use crate::diagnostic::{Code, Diagnostic, nearest, quote_long};
use crate::ir;
use crate::schema::{Field, Type};
use crate::source::Span;

/// The help for a value of one type where another is needed.
pub(super) struct Mend {
    pub(super) help: String,
    /// What stands instead of the value, where that is certain.
    pub(super) fix: Option<String>,
}

impl Mend {
    fn say(help: impl Into<String>) -> Mend {
        Mend {
            help: help.into(),
            fix: None,
        }
    }

    fn write(instead: String) -> Mend {
        Mend {
            help: format!("write `{instead}`"),
            fix: Some(instead),
        }
    }
}

impl Checker<'_> {
    /// The reader's own text at a place, longer than a message would quote it.
    pub(super) fn written(&self, span: Span) -> String {
        quote_long(self.sources.text_of(span))
    }

    /// The text at a place as it can stand before `otherwise`, which binds tighter than all but a dot and a call.
    fn operand(&self, span: Span) -> String {
        let text = self.written(span);
        if is_one_piece(&text) {
            text
        } else {
            format!("({text})")
        }
    }

    /// What to write for a value of the type `found` where `wanted` is needed.
    pub(super) fn mend(&self, found: &Type, wanted: &Type, span: Span) -> Mend {
        let text = self.written(span);
        let inside = text
            .strip_prefix('"')
            .and_then(|text| text.strip_suffix('"'));
        if let (Type::Text, Some(inside)) = (found, inside)
            && let Some(mend) = self.unquoted(inside, wanted)
        {
            return mend;
        }
        match (found, wanted) {
            (_, Type::YesNo) => self.condition_of(found, &text),
            (Type::Number, Type::Money(currency)) => {
                Mend::write(format!("{text} {}", currency.code()))
            }
            (Type::Money(_), Type::Money(currency)) => Mend::say(format!(
                "write the amount in {}: amounts are never converted",
                currency.code()
            )),
            (Type::DateTime, Type::Date) => Mend::write(format!("date of {text}")),
            (Type::DateTime, Type::Time) => Mend::write(format!("time of {text}")),
            (Type::Date, Type::DateTime) => Mend::say(format!(
                "write `{text} at 00:00`, or compare the day: `date of …`"
            )),
            (Type::Time, Type::DateTime) => Mend::say(format!(
                "write `today at {text}`, or compare the time of day: `time of …`"
            )),
            (Type::Number, Type::Text) if is_number(&text) => Mend::write(format!("\"{text}\"")),
            (
                Type::Money(_) | Type::Number | Type::Date | Type::Time | Type::Choice(_),
                Type::Text,
            ) => Mend::write(format!("\"{{{text}}}\"")),
            (Type::Number, Type::Period | Type::Duration) => {
                Mend::say(format!("add a unit: `{text} days`"))
            }
            (found, Type::List(element)) if found == &**element => {
                Mend::say(format!("ask what the list holds: `… contains {text}`"))
            }
            (Type::List(element), wanted) if &**element == wanted => Mend::say(format!(
                "ask for one of its elements: `any x in {text} where x …`"
            )),
            (Type::Record(_), _) => Mend::say(self.a_field_of(found, &text)),
            _ => Mend::say(self.sample(wanted)),
        }
    }

    /// A text that would fit without its quotation marks.
    fn unquoted(&self, inside: &str, wanted: &Type) -> Option<Mend> {
        let fits = match wanted {
            Type::Choice(id) => {
                let choice = self.schema.choice(*id)?;
                let value = choice
                    .values
                    .iter()
                    .find(|value| &*value.name == inside || &*value.text == inside)?;
                return Some(Mend::write(value.name.to_string()));
            }
            Type::Number => is_number(inside),
            Type::Weekday => crate::value::weekday_named(inside).is_some(),
            Type::Date => crate::value::parse_date(inside).is_ok(),
            Type::Time => crate::value::parse_time(inside).is_ok(),
            Type::DateTime => crate::value::parse_instant(inside).is_ok(),
            _ => false,
        };
        fits.then(|| Mend::write(inside.to_string()))
    }

    fn condition_of(&self, found: &Type, text: &str) -> Mend {
        Mend::say(match found {
            Type::Text => format!("compare it: `{text} is \"…\"`; or ask `{text} is known`"),
            Type::List(_) => format!("ask for one of them, `any x in {text} where …`"),
            Type::Record(_) => self.a_field_of(found, text),
            _ => format!("compare it, as in `{text} is …`"),
        })
    }

    fn a_field_of(&self, record: &Type, text: &str) -> String {
        let fields = self.fields_of(record);
        let names: Vec<String> = fields
            .iter()
            .take(3)
            .map(|field| format!("{text}.{}", field.name))
            .collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        format!("name one of its fields, such as {}", listed(&names))
    }

    /// The fields of a record type.
    pub(super) fn fields_of(&self, kind: &Type) -> &[Field] {
        match kind {
            Type::Record(id) => self.schema.record(*id).map_or(&[], |r| &r.fields),
            _ => &[],
        }
    }

    /// How a value of a type is written.
    pub(super) fn sample(&self, wanted: &Type) -> String {
        let kind = with_article(&self.describe(wanted));
        let example = match wanted {
            Type::YesNo => "yes".to_string(),
            Type::Text => "\"…\"".to_string(),
            Type::Number => "5".to_string(),
            Type::Money(currency) => format!("15 {}", currency.code()),
            Type::Date => "2026-11-23".to_string(),
            Type::Time => "17:00".to_string(),
            Type::DateTime => "2026-11-23T10:00:00Z".to_string(),
            Type::Duration => "2 hours".to_string(),
            Type::Period => "30 days".to_string(),
            Type::Timezone => "\"Europe/London\"".to_string(),
            Type::Weekday => "monday".to_string(),
            Type::Choice(id) => {
                let values = self.schema.choice(*id).map(|choice| &choice.values);
                let values = values.into_iter().flatten();
                let names: Vec<&str> = values.map(|value| &*value.name).collect();
                return format!("{kind} is one of {}", listed(&names));
            }
            _ => return format!("name something that is {kind}"),
        };
        format!("{kind} is written like `{example}`, or named, such as a field of that type")
    }

    /// The help for a value that may be missing.
    pub(super) fn stand_in(&self, expr: &ir::Expr, is_place: bool) -> String {
        let text = self.written(expr.span);
        let operand = self.operand(expr.span);
        let stand_in = match &expr.ty {
            Type::Text => Some("\"…\"".to_string()),
            Type::Number => Some("0".to_string()),
            Type::Money(currency) => Some(format!("0 {}", currency.code())),
            Type::YesNo => Some("no".to_string()),
            Type::Timezone => Some("\"Europe/London\"".to_string()),
            Type::Record(_) => None,
            _ => Some("…".to_string()),
        };
        let otherwise = stand_in.map(|value| format!("`({operand} otherwise {value})`"));
        match (is_place && expr.ty != Type::Timezone, otherwise) {
            (true, Some(otherwise)) => format!(
                "ask first, `{text} is known and …` under `when`, or give a stand-in: {otherwise}"
            ),
            (true, None) => format!("ask first: `{text} is known and …` under `when`"),
            (false, Some(otherwise)) => format!("give a stand-in: {otherwise}"),
            (false, None) => {
                "say under `when` what it has: `latest x in … by x.… has x.… is …`".to_string()
            }
        }
    }

    /// A field of something in sight that is called like an unknown name.
    pub(super) fn field_in_sight(&self, scope: &Scope, name: &str) -> Option<String> {
        let has = |kind: &Type| {
            let fields = self.fields_of(kind);
            fields.iter().any(|field| &*field.name == name)
        };
        let variables = scope.variables.iter().rev().chain(&scope.witnesses);
        let mut variables = variables.filter(|variable| has(&variable.ty));
        if let Some(variable) = variables.next() {
            return Some(format!("{}.{name}", variable.name.text));
        }
        if let Some(carried) = &scope.carried
            && self.shares_field(&carried.actions, name)
        {
            return Some(format!("{}.{name}", carried.name));
        }
        let input = self.schema.inputs.iter().find(|input| has(&input.kind))?;
        Some(format!("{}.{name}", input.name))
    }

    pub(super) fn shares_field(&self, actions: &[crate::schema::ActionId], name: &str) -> bool {
        let mut fields = actions.iter().filter_map(|id| self.schema.action(*id));
        !actions.is_empty()
            && fields.all(|action| action.fields.iter().any(|field| &*field.name == name))
    }

    /// Whether a condition leaves the variable out that its bare names belong to:
    /// `paid is 5 USD` for `purchase.paid is 5 USD`.
    pub(super) fn leaves_out(&self, scope: &Scope, variable: &Name, part: &Expr) -> bool {
        let Some(variable) = scope.find(&variable.text) else {
            return false;
        };
        let fields = self.fields_of(&variable.ty);
        let mut found = false;
        super::mentions::visit(part, &mut |inner| {
            if let ExprKind::Name(name) = &inner.kind {
                found |= fields.iter().any(|field| field.name == name.text)
                    && scope.find(&name.text).is_none()
                    && self.symbols.get(&name.text).is_none();
            }
        });
        found
    }

    /// A currency that is none, with the one that was probably meant.
    pub(super) fn unknown_currency(&self, code: &Name) -> Diagnostic {
        let written = crate::diagnostic::quote(&code.text);
        let message = format!("`{written}` is not a currency");
        let diagnostic = Diagnostic::error(Code::UnknownCurrency, code.span, message);
        let upper = code.text.to_uppercase();
        let own = self
            .schema
            .currency
            .map(|currency| currency.code().to_string());
        let near = if crate::value::Currency::from_code(&upper).is_some() {
            Some(upper)
        } else {
            own.filter(|own| nearest(&code.text, [own.as_str()]).is_some())
        };
        match near {
            Some(near) => diagnostic
                .help(format!("did you mean `{near}`?"))
                .fix(code.span, near),
            None => diagnostic
                .help("write the three capital letters of ISO 4217, such as `USD` or `EUR`"),
        }
    }
}

/// Whether no blank stands outside of the brackets of a text.
fn is_one_piece(text: &str) -> bool {
    let mut depth = 0_usize;
    text.chars().all(|letter| {
        match letter {
            '(' => depth = depth.saturating_add(1),
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth > 0 || !letter.is_whitespace()
    })
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_digit() || c == '.')
}
