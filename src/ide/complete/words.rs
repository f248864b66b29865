//! The words of the language by the places where they may stand.

/// The words that begin a declaration.
pub(super) const DECLARATIONS: &[&str] = &[
    "action",
    "actions",
    "calendar",
    "choice",
    "currency",
    "define",
    "example",
    "input",
    "policy",
    "single action",
    "table",
    "timezone",
    "type",
    "week starts",
];

/// The words that begin a clause of a policy.
pub(super) const CLAUSES: &[&str] = &[
    "allow",
    "always",
    "because",
    "by",
    "counting",
    "exempt when",
    "for each",
    "from",
    "limit",
    "never",
    "on allowed",
    "on blocked",
    "on fewer than",
    "on limited",
    "on proposed",
    "only",
    "overrides",
    "owner",
    "per",
    "prefer",
    "report only",
    "tags",
    "unless",
    "until",
    "when",
    "with",
];

/// The words that begin a clause of an example.
pub(super) const EXAMPLE_CLAUSES: &[&str] = &[
    "expect",
    "expect no",
    "expect nothing else",
    "given",
    "given now is",
    "propose",
];

/// The words that may begin a value or a condition.
pub(super) const EXPRESSIONS: &[&str] = &[
    "any",
    "at least",
    "at most",
    "average of",
    "count of",
    "distinct of",
    "earliest",
    "every",
    "exactly",
    "first",
    "if",
    "largest",
    "last",
    "latest",
    "list of",
    "no",
    "not",
    "now",
    "smallest",
    "sum of",
    "today",
    "tomorrow",
    "yesterday",
];

/// What may stand behind `is`.
pub(super) const TESTS: &[&str] = &[
    "after",
    "at least",
    "at most",
    "before",
    "between",
    "empty",
    "known",
    "less than",
    "more than",
    "not",
    "on or after",
    "on or before",
    "one of",
    "unknown",
    "within last",
    "within next",
];

/// The types of the language.
pub(super) const TYPES: &[&str] = &[
    "Date", "DateTime", "Duration", "Money", "Number", "Period", "Text", "Time", "Timezone",
    "Weekday", "YesNo",
];

/// The days of the week.
pub(super) const WEEKDAYS: &[&str] = &[
    "friday",
    "monday",
    "saturday",
    "sunday",
    "thursday",
    "tuesday",
    "wednesday",
];

/// Words behind which an action stands.
pub(super) const VERBS: &[&str] = &[
    "allow", "always", "expect", "limit", "never", "only", "prefer", "propose",
];

/// Words behind which an action stands in an `on` clause.
pub(super) const OUTCOMES: &[&str] = &["allowed", "blocked", "limited", "proposed"];

/// Words behind which a condition or a value goes on.
pub(super) const CONTINUES: &[&str] = &[
    "and",
    "by",
    "else",
    "for",
    "has",
    "in",
    "is",
    "not",
    "of",
    "or",
    "otherwise",
    "per",
    "than",
    "then",
    "to",
    "unless",
    "when",
    "where",
    "with",
];
