//! What people write who have not learnt the language yet, and what is still to
//! come: each with the words to write instead. Tables, so that a new guess is a
//! new row.

use super::split::leading_word;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

/// Declarations that people look for and the language does not have.
const LATER_DECLARATIONS: [(&str, &str); 1] =
    [("import", "packages that read other packages (`import`)")];

/// The message for a slice whose declaration is still to come.
pub(super) fn declaration_to_come(slice: &str, span: Span) -> Option<Diagnostic> {
    let word = leading_word(slice);
    let (_, name) = LATER_DECLARATIONS
        .iter()
        .find(|(later, _)| *later == word)?;
    let place = Span {
        end: span
            .start
            .saturating_add(crate::source::offset(word.len()))
            .min(span.end),
        ..span
    };
    Some(
        Diagnostic::error(
            Code::NotYet,
            place,
            format!("this version of Courtesy does not have {name} yet"),
        )
        .help("leave it out for now: nothing of a package is ever ignored silently"),
    )
}

/// A way of writing that is not Courtesy's.
pub(super) struct Guess {
    /// What stands at the place where reading failed.
    written: &'static str,
    /// What is wrong with it.
    message: &'static str,
    /// What to write instead.
    instead: &'static str,
}

const fn guess(written: &'static str, message: &'static str, instead: &'static str) -> Guess {
    Guess {
        written,
        message,
        instead,
    }
}

/// Symbols and words of other languages, longest first where one begins another.
const GUESSES: [Guess; 33] = [
    guess("==", "values are compared with words", "write `is`"),
    guess("!=", "values are compared with words", "write `is not`"),
    guess("<>", "values are compared with words", "write `is not`"),
    guess(
        ">=",
        "values are compared with words",
        "write `is at least`, for times `is on or after`",
    ),
    guess(
        "<=",
        "values are compared with words",
        "write `is at most`, for times `is on or before`",
    ),
    guess(
        "=>",
        "values are compared with words",
        "write `is at least`, for times `is on or after`",
    ),
    guess(
        ">",
        "values are compared with words",
        "write `is more than`, for times `is after`",
    ),
    guess(
        "<",
        "values are compared with words",
        "write `is less than`, for times `is before`",
    ),
    guess(
        "=",
        "values are compared with words",
        "write `is`; in `with` a value follows a colon: `text: \"…\"`",
    ),
    guess("&&", "conditions are joined with words", "write `and`"),
    guess("||", "conditions are joined with words", "write `or`"),
    guess(
        "!",
        "conditions are denied with words",
        "write `not`, or `is not`",
    ),
    guess("&", "conditions are joined with words", "write `and`"),
    guess(
        "'",
        "texts stand in double quotation marks",
        "write `\"…\"`",
    ),
    guess(
        "“",
        "texts stand in straight quotation marks",
        "write `\"…\"`",
    ),
    guess(
        "”",
        "texts stand in straight quotation marks",
        "write `\"…\"`",
    ),
    guess(
        "„",
        "texts stand in straight quotation marks",
        "write `\"…\"`",
    ),
    guess(
        "’",
        "texts stand in double quotation marks",
        "write `\"…\"`",
    ),
    guess("$", "money is an amount and a currency", "write `15 USD`"),
    guess("€", "money is an amount and a currency", "write `15 EUR`"),
    guess("£", "money is an amount and a currency", "write `15 GBP`"),
    guess(
        "%",
        "a share of something is written as a number",
        "write `* 0.1` for 10 per cent",
    ),
    guess(
        ";",
        "nothing stands between clauses",
        "leave the `;` out: each clause begins with its own word",
    ),
    guess("//", "comments begin with `#`", "write `# …`"),
    guess("/*", "comments begin with `#`", "write `# …` on each line"),
    guess(
        "{",
        "no braces hold a policy together",
        "leave them out: each clause begins with its own word",
    ),
    guess(
        "}",
        "a `}` without its `{`",
        "leave it out, or write the `{` that belongs to it",
    ),
    guess(
        ")",
        "a `)` without its `(`",
        "leave it out, or write the `(` that belongs to it",
    ),
    guess(
        "]",
        "a `]` without its `[`",
        "leave it out, or write the `[` that belongs to it",
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
    guess("equals", "values are compared with `is`", "write `is`"),
    guess(
        "includes",
        "a list or text `contains` something",
        "write `contains`",
    ),
];

/// Words that are compared with `is` in front of them.
const BARE_TESTS: [&str; 6] = ["within", "between", "before", "after", "known", "unknown"];

/// What to write instead of what stands at the place where reading failed.
pub(super) fn guess_at(rest: &str) -> Option<(&'static str, String)> {
    if let Some(found) = GUESSES.iter().find(|guess| matches(rest, guess.written)) {
        return Some((found.message, found.instead.to_string()));
    }
    let word = leading_word(rest);
    if BARE_TESTS.contains(&word) {
        return Some(("a test begins with `is`", format!("write `is {word} …`")));
    }
    if word == "is" {
        return Some((
            "a second `is` follows a comparison",
            "put the first part in brackets, as in `(sum of p.paid for p in L where …) is at \
             least 5 USD`"
                .into(),
        ));
    }
    None
}

fn matches(rest: &str, written: &str) -> bool {
    if written.starts_with(|c: char| c.is_alphabetic()) {
        leading_word(rest) == written
    } else {
        rest.starts_with(written)
    }
}
