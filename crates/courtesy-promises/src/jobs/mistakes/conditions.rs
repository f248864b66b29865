//! Mistakes in conditions: each is joined with `and` to the `when` of some policy.

use super::Planted;
use crate::generate::Choices;

/// What a mistake is called, and how it is written.
const MISTAKES: [(&str, &str); 26] = [
    ("an unknown field", "customer.joind is before now"),
    ("an unknown name", "custmer.id is \"a\""),
    ("an unknown value of a choice", "Tier.silvr is Tier.silver"),
    ("a value of another type", "customer.id is 3"),
    ("a Text and a Number added", "customer.id + 1 is 2"),
    (
        "a quotient that may be missing",
        "(1 / count of customer.orders) is 2",
    ),
    (
        "an element that may be missing",
        "(first of customer.orders).id is \"a\"",
    ),
    (
        "`more than` of instants",
        "customer.joined is more than now",
    ),
    (
        "hours of a Date",
        "date of customer.joined is within last 3 hours",
    ),
    ("`last month`", "customer.joined is within last month"),
    (
        "a condition that has nothing to do with its variable",
        "(any seeded in customer.orders where customer.id is \"a\")",
    ),
    (
        "`otherwise` beside `+`",
        "(1 / count of customer.orders) otherwise 1 + 2 is 3",
    ),
    (
        "a value where `or` needs a condition",
        "(customer.id is \"a\" or \"b\")",
    ),
    (
        "an unknown time zone",
        "time of now in \"Europe/Lundon\" is before 09:00",
    ),
    ("a day that does not exist", "today is 2026-02-30"),
    ("a time that does not exist", "time of now is before 25:00"),
    ("an unknown currency", "count of customer.orders is 3 ABC"),
    (
        "a name that hides another",
        "(any customer in customer.orders where customer.id is \"a\")",
    ),
    (
        "a `by` without its variable",
        "(latest seeded in customer.orders by now has seeded.id is \"a\")",
    ),
    (
        "no list",
        "(any seeded in customer.id where seeded is \"a\")",
    ),
    ("a text without its end", "customer.id is \"a"),
    ("a bracket without its end", "(customer.id is \"a\""),
    ("`==`", "customer.id == \"a\""),
    ("`is null`", "customer.id is null"),
    ("lengths of the calendar compared", "1 month is 30 days"),
    ("no blanks around `+`", "count of customer.orders+1 is 2"),
];

/// Each of the mistakes, in the `when` of some policy.
pub(super) fn planted(declarations: &[String], choices: &mut Choices) -> Vec<Planted> {
    let with_when: Vec<usize> = declarations
        .iter()
        .enumerate()
        .filter(|(_, text)| text.starts_with("policy ") && text.contains("\n  when "))
        .map(|(at, _)| at)
        .collect();
    if with_when.is_empty() {
        return Vec::new();
    }
    let plant = |(kind, mistake): &(&'static str, &str)| {
        let at = *choices.one_of(&with_when);
        let text = &declarations[at];
        let start = text.find("\n  when ")? + "\n  when ".len();
        let end = text[start..]
            .find('\n')
            .map_or(text.len(), |length| start + length);
        let head = format!("{}({}) and ", &text[..start], &text[start..end]);
        let place = head.len()..head.len() + mistake.len();
        let mut changed = declarations.to_vec();
        changed[at] = format!("{head}{mistake}{}", &text[end..]);
        Some(Planted {
            kind,
            declarations: changed,
            place: (at, place),
        })
    };
    MISTAKES.iter().filter_map(plant).collect()
}
