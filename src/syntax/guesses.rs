//! Signs and words of other languages, each with the words to write instead.
//!
//! A table, so that a new guess is a new row. What depends on the words around
//! the place stands in `context`.

/// A way of writing that is not Courtesy's.
pub(super) struct Guess {
    /// What stands at the place where reading failed.
    pub(super) written: &'static str,
    /// What is wrong with it.
    pub(super) message: &'static str,
    /// What to write instead.
    pub(super) instead: &'static str,
}

const fn guess(written: &'static str, message: &'static str, instead: &'static str) -> Guess {
    Guess {
        written,
        message,
        instead,
    }
}

const COMPARED: &str = "values are compared with words";
const JOINED: &str = "conditions are joined with words";
const LISTED: &str = "a list or text `contains` something";

/// Longest first where one begins another.
pub(super) const GUESSES: [Guess; 34] = [
    guess("==", COMPARED, "write `is`"),
    guess("!=", COMPARED, "write `is not`"),
    guess("<>", COMPARED, "write `is not`"),
    guess(
        ">=",
        COMPARED,
        "write `is at least`, for dates and times `is on or after`",
    ),
    guess(
        "<=",
        COMPARED,
        "write `is at most`, for dates and times `is on or before`",
    ),
    guess(
        "=>",
        COMPARED,
        "write `is at least`, for dates and times `is on or after`",
    ),
    guess(
        ">",
        COMPARED,
        "write `is more than`, for dates and times `is after`",
    ),
    guess(
        "<",
        COMPARED,
        "write `is less than`, for dates and times `is before`",
    ),
    guess("=", COMPARED, "write `is`"),
    guess("&&", JOINED, "write `and`"),
    guess("||", JOINED, "write `or`"),
    guess(
        "!",
        "conditions are turned round with words",
        "write `not`, or `is not`",
    ),
    guess("&", JOINED, "write `and`"),
    guess("//", "comments begin with `#`", "write `# …`"),
    guess("/*", "comments begin with `#`", "write `# …` on each line"),
    guess("--", "comments begin with `#`", "write `# …`"),
    guess(
        ";",
        "nothing stands between clauses",
        "leave the `;` out: each clause begins with its own word",
    ),
    guess(
        "{",
        "no braces hold a policy together",
        "leave them out: each clause begins with its own word",
    ),
    guess("equals", "values are compared with `is`", "write `is`"),
    guess("are", "values are compared with `is`", "write `is`"),
    guess("was", "values are compared with `is`", "write `is`"),
    guess("were", "values are compared with `is`", "write `is`"),
    guess(
        "isn",
        "a comparison is turned round with `is not`",
        "write `is not`",
    ),
    guess(
        "exists",
        "whether something is there is asked with `is known`",
        "write `is known`",
    ),
    guess("includes", LISTED, "write `contains`"),
    guess("include", LISTED, "write `contains`"),
    guess("has", LISTED, "write `contains`"),
    guess("have", LISTED, "write `contains`"),
    guess(
        "like",
        LISTED,
        "write `contains`, `starts with` or `ends with`",
    ),
    guess(
        "than",
        "a comparison is `at least`, `at most`, `more than` or `less than`",
        "write `is more than …` or `is less than …`",
    ),
    guess(
        "elseif",
        "a second condition follows `else`",
        "write `else if`",
    ),
    guess(
        "elif",
        "a second condition follows `else`",
        "write `else if`",
    ),
    guess(
        "xor",
        "conditions are joined with `and` and `or`",
        "say it with `and`, `or` and `not`",
    ),
    guess(
        "%",
        "a share of something is written as a number",
        "write `0.1 * …` for 10 per cent of it",
    ),
];

/// Words that are compared with `is` in front of them.
pub(super) const BARE_TESTS: [&str; 6] =
    ["within", "between", "before", "after", "known", "unknown"];

/// Words that begin a declaration or a clause elsewhere, with those that do here.
pub(super) const BEGINNINGS: [(&str, &str); 29] = [
    ("rule", "policy"),
    ("campaign", "policy"),
    ("function", "define"),
    ("def", "define"),
    ("let", "define"),
    ("const", "define"),
    ("var", "define"),
    ("enum", "choice"),
    ("struct", "type"),
    ("class", "type"),
    ("record", "type"),
    ("entity", "type"),
    ("object", "type"),
    ("if", "when"),
    ("where", "when"),
    ("whenever", "when"),
    ("provided", "when"),
    ("except", "unless"),
    ("reason", "because"),
    ("must", "always"),
    ("do", "never"),
    ("don", "never"),
    ("forbid", "never"),
    ("block", "never"),
    ("deny", "never"),
    ("prohibit", "never"),
    ("permit", "allow"),
    ("override", "overrides"),
    ("foreach", "for each"),
];
