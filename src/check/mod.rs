//! From the tree as written to the typed tree.
//!
//! Input: the declarations of all files, in any order. Output: the typed package
//! and every mistake of meaning in one run. One file a concern: `symbols` and
//! `schema` say what the names are, `calendar` reads working calendars, `value`, `comparison`, `arithmetic`, `time`,
//! `list`, `text`, `working` and `condition` give expressions their types, `scope` knows
//! what is in sight and what is known not to be missing, `table` reads decision
//! tables, `policy` and `overrides` put policies together, `examples` and
//! `expectations` hold examples against all of it, `advice` warns.
//! Invariant (Law 1): a package without errors never fails on a case that fits.

mod advice;
mod arithmetic;
mod calendar;
mod clashes;
mod clauses;
mod comparison;
mod computes;
mod condition;
mod cost;
mod defines;
mod describe;
mod examples;
mod expectations;
mod fields;
mod limit;
mod list;
mod look_alike;
mod mend;
mod mentions;
mod names;
mod order;
mod overrides;
mod past;
mod policy;
mod ranges;
mod references;
mod schema;
mod scope;
mod symbols;
mod table;
mod text;
mod time;
mod value;
mod working;

use crate::ast::{self, Item};
use crate::diagnostic::{Code, Diagnostic};
use crate::ir;
use crate::references::References;
use crate::schema::{Schema, Type};
use crate::source::{Sources, Span};
use crate::value::Weekday;
use calendar::CalendarKind;
use defines::Defines;
use std::collections::BTreeSet;
use std::sync::Arc;
use symbols::{SymbolKind, Symbols};

/// Checks a package. The tree is only fit for use where no diagnostic of this or
/// an earlier pass is an error.
pub(crate) fn check(
    items: &[Item],
    sources: &Sources,
) -> (ir::Package, Vec<ir::Example>, Vec<Diagnostic>) {
    let checked = checked(items, sources, None);
    (checked.package, checked.examples, checked.diagnostics)
}

/// As [`check`], and says which word means which declaration.
pub(crate) fn check_with_references(
    items: &[Item],
    sources: &Sources,
) -> (ir::Package, References, Vec<Diagnostic>) {
    let checked = checked(items, sources, Some(References::default()));
    let references = checked.references.unwrap_or_default();
    (checked.package, references, checked.diagnostics)
}

/// What checking a package gives.
struct Checked {
    package: ir::Package,
    examples: Vec<ir::Example>,
    references: Option<References>,
    diagnostics: Vec<Diagnostic>,
}

fn checked(items: &[Item], sources: &Sources, references: Option<References>) -> Checked {
    let mut checker = Checker::new(sources);
    checker.references = references;
    checker.symbols = Symbols::collect(items, &mut checker.diagnostics);
    checker.warn_of_look_alikes(items);
    checker.build_schema(items);
    checker.collect_calendars(items);
    let zone = checker.package_zone(items);
    let week_start = checker.week_start(items);
    let defines = checker.check_defines(items);
    let calendars = checker.check_calendars(items);
    let policies = checker.check_policies(items);
    checker.refuse_expensive_policies(items);
    let examples = checker.check_examples(items, &policies);
    checker.report_clashes();
    let package = ir::Package {
        schema: checker.schema,
        zone,
        week_start,
        defines,
        calendars,
        policies,
    };
    Checked {
        package,
        examples,
        references: checker.references,
        diagnostics: checker.diagnostics,
    }
}

/// What the passes over one package share.
struct Checker<'a> {
    sources: &'a Sources,
    symbols: Symbols,
    schema: Schema,
    defines: Defines,
    calendars: Vec<CalendarKind>,
    has_zone: bool,
    /// How many names were looked through for what may have been meant.
    looked_through: usize,
    /// How many comparisons of cells may still be made.
    table_work: u64,
    /// Which message says that the package names no time zone.
    zone_missed: Option<usize>,
    /// Names that may mean two things.
    clashes: clashes::Clashes,
    /// The titles of all policies, also of ones with mistakes.
    titles: BTreeSet<Arc<str>>,
    diagnostics: Vec<Diagnostic>,
    /// Where a host asked for it.
    references: Option<References>,
}

impl<'a> Checker<'a> {
    fn new(sources: &'a Sources) -> Checker<'a> {
        Checker {
            sources,
            symbols: Symbols::default(),
            schema: Schema::default(),
            defines: Defines::default(),
            calendars: Vec::new(),
            has_zone: false,
            looked_through: 0,
            table_work: crate::limits::TABLE_WORK,
            zone_missed: None,
            clashes: clashes::Clashes::default(),
            titles: BTreeSet::new(),
            diagnostics: Vec::new(),
            references: None,
        }
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// The reader's own text at a place, fit for a message.
    fn quoted(&self, span: Span) -> String {
        crate::diagnostic::quote(self.sources.text_of(span))
    }

    fn describe(&self, kind: &Type) -> String {
        self.schema.describe(kind)
    }

    /// `timezone …`: read from the inputs alone.
    fn package_zone(&mut self, items: &[Item]) -> Option<ir::Expr> {
        let mut declared = items.iter().filter_map(|item| match item {
            Item::Timezone(declaration) => Some(declaration),
            _ => None,
        });
        let first = declared.next()?;
        self.has_zone = true;
        for second in declared {
            self.declared_twice("timezone", second.span, first.span);
        }
        let mut scope = scope::Scope::new();
        if let Some(diagnostic) = self.unquoted_zone(&first.zone) {
            self.report(diagnostic);
            return Some(value::poison(first.zone.span));
        }
        let zone = self.known(&mut scope, &first.zone, &Type::Timezone);
        Some(zone)
    }

    /// `timezone Europe/London`, which reads like a division.
    fn unquoted_zone(&self, zone: &ast::Expr) -> Option<Diagnostic> {
        let written = self.sources.text_of(zone.span);
        let known = crate::value::Zone::named(written)?;
        let instead = format!("\"{}\"", known.name());
        let message = "the name of a time zone stands in quotation marks";
        Some(
            Diagnostic::error(Code::UnknownTimezone, zone.span, message)
                .help(format!("write `{instead}`"))
                .fix(zone.span, instead),
        )
    }

    fn week_start(&mut self, items: &[Item]) -> Weekday {
        let mut declared = items.iter().filter_map(|item| match item {
            Item::WeekStart(declaration) => Some(declaration),
            _ => None,
        });
        let Some(first) = declared.next() else {
            return Weekday::Monday;
        };
        for second in declared {
            self.declared_twice("week starts", second.span, first.span);
        }
        crate::value::weekday_named(&first.weekday.text).unwrap_or_else(|| {
            let name = &first.weekday;
            let days = |_: &Self| crate::value::WEEKDAYS.map(str::to_string).to_vec();
            self.report_unknown(Code::UnknownName, name, "a day of the week", days);
            Weekday::Monday
        })
    }

    fn declared_twice(&mut self, what: &str, second: Span, first: Span) {
        self.report(
            Diagnostic::error(
                Code::DeclaredTwice,
                second,
                format!("`{what}` is declared a second time"),
            )
            .also(first, "the first stands here")
            .help("a package says this once; leave one of them out"),
        );
    }

    /// Whether so much is wrong that nobody reads it all: from here on nothing is looked up for what might be meant,
    /// as that takes as long for each mistake as there are names.
    fn has_mistakes_enough(&self) -> bool {
        self.diagnostics.len() > crate::limits::DIAGNOSTICS.saturating_mul(2)
            || self.looked_through > crate::limits::NAMES_LOOKED_THROUGH
    }

    /// The names of these kinds.
    fn names_of(&self, kinds: &[SymbolKind]) -> Vec<String> {
        self.symbols.of_kinds(kinds).map(str::to_string).collect()
    }

    /// Notes that so many names are looked through.
    fn looks_through(&mut self, names: usize) {
        self.looked_through = self.looked_through.saturating_add(names);
    }

    /// A name that is not one of `candidates`, with the nearest one. They are asked for where they are looked through.
    fn report_unknown(
        &mut self,
        code: Code,
        name: &ast::Name,
        what: &str,
        candidates: impl FnOnce(&Self) -> Vec<String>,
    ) {
        let written = crate::diagnostic::quote(&name.text);
        if self.has_mistakes_enough() {
            let message = format!("`{written}` is not {what}");
            self.report(Diagnostic::error(code, name.span, message));
            return;
        }
        let names = candidates(self);
        self.looks_through(names.len());
        let mut names: Vec<&str> = names.iter().map(String::as_str).collect();
        names.sort_unstable();
        let diagnostic = Diagnostic::error(code, name.span, format!("`{written}` is not {what}"));
        let near = crate::diagnostic::nearest(&name.text, names.iter().copied());
        if near.is_none() && self.symbols.lost && code != Code::UnknownField {
            // It may be the name of a declaration that could not be read.
            return;
        }
        let diagnostic = match near {
            Some(near) => diagnostic
                .help(format!("did you mean `{near}`?"))
                .fix(name.span, near),
            None if names.is_empty() => diagnostic.help("none is declared in this package"),
            None if names.len() == 1 => {
                let only = names.concat();
                diagnostic
                    .help(describe::one_of(&names))
                    .fix(name.span, only)
            }
            None => diagnostic.help(describe::one_of(&names)),
        };
        self.report(diagnostic);
    }
}
