//! What could stand at a place.
//!
//! Input: an analysis and a place in one of its files. Output: completions, the likeliest kind first, by name within
//! a kind. A word is put where the cursor stands, so that the half-written line can be read, and the package is
//! checked again with it: what then stands before the word says what fits behind it.

mod context;
mod words;

use super::Analysis;
use super::symbols::{Symbol, SymbolKind};
use crate::schema::{ActionId, Field, Type};
use crate::source::{FileId, offset};
use context::{Context, context};
use words::{CLAUSES, DECLARATIONS, EXAMPLE_CLAUSES, EXPRESSIONS, TESTS, TYPES, WEEKDAYS};

/// What kind of thing a completion is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum CompletionKind {
    /// A value of a choice, `yes` or `no`, a weekday.
    Value,
    /// A field.
    Field,
    /// A variable.
    Variable,
    /// An input.
    Input,
    /// An action or a group of actions.
    Action,
    /// A definition or a table.
    Define,
    /// A type or a choice.
    Type,
    /// The title of a policy.
    Title,
    /// A word of the language, or several that belong together.
    Keyword,
}

/// Something that could stand there.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Completion {
    /// What kind of thing it is.
    pub kind: CompletionKind,
    /// The word, and the text to put in.
    pub label: String,
    /// What it is, in short.
    pub detail: String,
}

/// What could stand at a place, and which bytes it would replace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completions {
    /// Where the word under the cursor begins; it ends at the cursor.
    pub start: usize,
    /// What could stand there instead of it.
    pub items: Vec<Completion>,
}

/// The word that is put where the cursor stands.
const PROBE: &str = "probe_of_completion";

impl Analysis {
    /// What could stand at a place.
    #[must_use]
    pub fn complete(&self, file: FileId, byte: usize) -> Completions {
        let text = self.sources.get(file).map(|file| file.text());
        let Some(before) = text.and_then(|text| text.get(..byte)) else {
            return Completions {
                start: byte,
                items: Vec::new(),
            };
        };
        let (context, start) = context(before);
        let mut items = match context {
            Context::Nothing => Vec::new(),
            Context::Declaration => keywords(DECLARATIONS),
            Context::Clause => keywords(CLAUSES),
            Context::ExampleClause => keywords(EXAMPLE_CLAUSES),
            Context::Type => self.types(),
            Context::Action => self.of_kinds(&[SymbolKind::Action]),
            Context::Title => self.of_kinds(&[SymbolKind::Policy]),
            Context::Field => {
                let probed = self.probed(file, (start, byte), PROBE);
                probed.fields_before(file, start)
            }
            Context::Test => {
                // The whole test is cut away: it may have brackets that are still open.
                let left = context::left_of_test(before).unwrap_or(start);
                let probed = self.probed(file, (left, byte), &format!(" is {PROBE}"));
                probed.tests_behind(file, left)
            }
            Context::Expression => self.expressions(file, byte),
        };
        items.sort();
        items.dedup();
        Completions { start, items }
    }

    /// The same package with other words where the cursor stands.
    fn probed(&self, file: FileId, (start, end): (usize, usize), words: &str) -> Analysis {
        let files = self.sources.iter().map(|(id, one)| {
            let text = one.text();
            let probed = (id == file).then(|| {
                let (before, behind) = (text.get(..start)?, text.get(end..)?);
                Some(format!("{before}{words} {behind}"))
            });
            let text = probed.flatten().unwrap_or_else(|| text.to_string());
            (one.name().to_string(), text)
        });
        Analysis::new(files)
    }

    /// The fields of what stands before the dot.
    fn fields_before(&self, file: FileId, start: usize) -> Vec<Completion> {
        let dot = start.saturating_sub(1);
        if let Some(fields) = self.fields_of_action(file, dot) {
            return self.fields(fields);
        }
        match self.typed_ending(file, dot).map(|place| &place.kind) {
            Some(Type::Record(id)) => {
                let record = self.schema().record(*id);
                record.map_or(Vec::new(), |record| self.fields(&record.fields))
            }
            _ => self.values_of_choice_named(file, dot),
        }
    }

    /// The fields of the action, or of the first action of the group, whose name stands before the dot.
    fn fields_of_action(&self, file: FileId, dot: usize) -> Option<&[Field]> {
        let name = self.word_ending(file, dot)?;
        let schema = self.schema();
        let id: ActionId = schema.action_named(name).or_else(|| {
            let mut groups = schema.groups.iter();
            let group = groups.find(|group| *group.name == *name)?;
            group.members.first().copied()
        })?;
        schema.action(id).map(|action| action.fields.as_slice())
    }

    /// `Tier.`: the values of that choice.
    fn values_of_choice_named(&self, file: FileId, dot: usize) -> Vec<Completion> {
        let name = self.word_ending(file, dot).unwrap_or_default();
        let mut choices = self.schema().choices.iter();
        let choice = choices.find(|choice| *choice.name == *name);
        choice.map_or(Vec::new(), values_of)
    }

    fn word_ending(&self, file: FileId, byte: usize) -> Option<&str> {
        let before = self.sources.get(file)?.text().get(..byte)?;
        let start = before.trim_end_matches(context::is_part).len();
        before.get(start..).filter(|word| !word.is_empty())
    }

    fn fields(&self, fields: &[Field]) -> Vec<Completion> {
        let described = fields.iter().map(|field| {
            let may_be = if field.optional { "optional " } else { "" };
            let detail = format!("{may_be}{}", self.schema().describe(&field.kind));
            completion(CompletionKind::Field, &field.name, &detail)
        });
        described.collect()
    }

    /// What can stand behind `is`: the values of the type on its left, and the tests.
    fn tests_behind(&self, file: FileId, left: usize) -> Vec<Completion> {
        let mut found = keywords(TESTS);
        let kind = self.typed_ending(file, left).map(|place| &place.kind);
        let words = |words: &[&str], of: &str| -> Vec<Completion> {
            words
                .iter()
                .map(|word| completion(CompletionKind::Value, word, of))
                .collect()
        };
        found.extend(match kind {
            Some(Type::YesNo) => words(&["no", "yes"], "YesNo"),
            Some(Type::Weekday) => words(WEEKDAYS, "Weekday"),
            Some(Type::Choice(id)) => self.schema().choice(*id).map_or(Vec::new(), values_of),
            _ => self.values(),
        });
        found
    }

    fn types(&self) -> Vec<Completion> {
        let built_in = TYPES
            .iter()
            .map(|name| completion(CompletionKind::Type, name, ""));
        let mut found: Vec<Completion> = built_in.collect();
        found.extend(self.of_kinds(&[SymbolKind::Type, SymbolKind::Choice]));
        found.extend(keywords(&["list of", "optional"]));
        found
    }

    /// What can begin a value or a condition.
    fn expressions(&self, file: FileId, byte: usize) -> Vec<Completion> {
        let mut found = keywords(EXPRESSIONS);
        found.extend(self.values());
        found.extend(self.of_kinds(&[SymbolKind::Action]));
        found.extend(self.variables_around(file, byte));
        found
    }

    /// Inputs, definitions and tables.
    fn values(&self) -> Vec<Completion> {
        self.of_kinds(&[SymbolKind::Input, SymbolKind::Define, SymbolKind::Table])
    }

    /// The variables of the declaration around a place.
    fn variables_around(&self, file: FileId, byte: usize) -> Vec<Completion> {
        let at = offset(byte);
        let around = self
            .outline(file)
            .into_iter()
            .rfind(|one| one.span.start <= at);
        let Some(around) = around else {
            return Vec::new();
        };
        let inside = |symbol: &&Symbol| {
            let place = symbol.name_span;
            symbol.kind == SymbolKind::Variable
                && place.file == file
                && around.span.start <= place.start
                && place.end <= around.span.end.max(at)
        };
        let variables = self.symbols.iter().filter(inside);
        variables.filter_map(from_symbol).collect()
    }

    fn of_kinds(&self, kinds: &[SymbolKind]) -> Vec<Completion> {
        let symbols = self
            .symbols
            .iter()
            .filter(|symbol| kinds.contains(&symbol.kind));
        symbols.filter_map(from_symbol).collect()
    }
}

fn values_of(choice: &crate::schema::Choice) -> Vec<Completion> {
    let values = choice.values.iter();
    values
        .map(|value| completion(CompletionKind::Value, &value.name, &choice.name))
        .collect()
}

fn from_symbol(symbol: &Symbol) -> Option<Completion> {
    let kind = match symbol.kind {
        SymbolKind::Choice | SymbolKind::Type => CompletionKind::Type,
        SymbolKind::ChoiceValue => CompletionKind::Value,
        SymbolKind::Field => CompletionKind::Field,
        SymbolKind::Input => CompletionKind::Input,
        SymbolKind::Action => CompletionKind::Action,
        SymbolKind::Define | SymbolKind::Table | SymbolKind::Calendar => CompletionKind::Define,
        SymbolKind::Policy => CompletionKind::Title,
        SymbolKind::Variable => CompletionKind::Variable,
        SymbolKind::Example => return None,
    };
    let detail = symbol.detail.lines().next().unwrap_or_default();
    Some(completion(kind, &symbol.name, detail))
}

fn keywords(words: &[&str]) -> Vec<Completion> {
    let words = words.iter();
    words
        .map(|word| completion(CompletionKind::Keyword, word, ""))
        .collect()
}

fn completion(kind: CompletionKind, label: &str, detail: &str) -> Completion {
    Completion {
        kind,
        label: label.to_string(),
        detail: detail.to_string(),
    }
}
