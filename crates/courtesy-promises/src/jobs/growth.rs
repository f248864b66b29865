//! Parsing, checking, formatting and a full trace take time that grows about as the text does.
//!
//! Input: how large the smallest and the largest files are. Output: for each shape of file the time that each step
//! took at four sizes, and the exponent with which it grew. Invariant: the files are the same in every run; only the
//! times are the machine's, taken as the least of several runs.

#![allow(
    clippy::arithmetic_side_effects,
    clippy::disallowed_methods,
    reason = "a job takes times, and counts what it makes itself"
)]

use super::Tally;
use courtesy::source::Sources;
use courtesy::{CaseOptions, Package};
use std::fmt::Write as _;
use std::time::{Duration, Instant};

/// The largest exponent that counts as about linear.
const MOST: f64 = 1.2;

/// How often each time is taken; the least counts.
const RUNS: usize = 3;

/// A time below which an exponent says nothing.
const TOO_SHORT: Duration = Duration::from_millis(100);

/// A kind of file that can be made in any size.
struct Shape {
    /// What it is.
    name: &'static str,
    /// Elements of the smallest file.
    smallest: usize,
    /// The text of a file with that many elements.
    text: fn(usize) -> String,
}

/// Something that takes time, with its name.
type Step = (&'static str, fn(&str));

/// What takes time.
const STEPS: [Step; 4] = [
    ("parse", parse),
    ("check", check),
    ("format", format),
    ("trace", trace),
];

fn parse(text: &str) {
    let (items, wrong) = courtesy::parse(&Sources::new([("a.courtesy".into(), text.into())]));
    assert!(!items.is_empty() || !wrong.is_empty());
}

/// Reading is part of it, and so is compiling.
fn check(text: &str) {
    let package = Package::from_sources([("a.courtesy".to_string(), text.into())]);
    assert!(package.schema().inputs.len() < 3);
}

fn format(text: &str) {
    let formatted = courtesy::format(text);
    let mistakes = formatted.as_ref().err().and_then(|wrong| wrong.first());
    assert!(
        mistakes.is_none() || text.contains("wrong"),
        "{mistakes:?} in {:.80}",
        text.get(HEAD.len()..).unwrap_or_default()
    );
}

/// Loading, deciding one case and saying all of why; nothing where no policy decides.
fn trace(text: &str) {
    if !text.contains("\npolicy ") {
        return;
    }
    let package = Package::from_sources([("a.courtesy".to_string(), text.into())]);
    let Some(engine) = package.engine() else {
        return;
    };
    if let Ok(case) = engine.read_case(CASE.as_bytes(), &CaseOptions::default()) {
        let (decision, trace) = engine.trace(&case);
        assert!(!decision.to_json_with(&trace).is_empty() && !trace.to_text().is_empty());
    }
}

const CASE: &str = r#"{"now":"2026-11-23T10:00:00Z","inputs":{"customer":{"id":"amir","age":5000000,"tier":"vip",
    "purchases":[]}},"proposals":[{"action":"upsell","with":{"category":"camera"}}]}"#;

const HEAD: &str = "currency USD\ntimezone \"Europe/London\"\n\
    type Purchase { category: Text  paid: Money  at: DateTime }\n\
    type Customer { id: Text  age: Number  tier: Text  purchases: list of Purchase }\n\
    input customer: Customer\naction upsell { category: Text }\naction greet { text: Text }\n";

/// `HEAD`, and then a line for each number.
fn lines(count: usize, line: impl Fn(usize) -> String) -> String {
    let mut text = HEAD.to_string();
    for number in 0..count {
        text += &line(number);
    }
    text
}

/// A line that holds a part for each number, with something before and behind them.
fn joined(before: &str, count: usize, part: impl Fn(usize) -> String, behind: &str) -> String {
    let mut text = format!("{HEAD}{before}");
    for number in 0..count {
        text += &part(number);
    }
    text + behind
}

fn policies(count: usize) -> String {
    lines(count, |number| {
        format!(
            "policy \"Number {number}\"\n  never upsell\n  when any purchase in customer.purchases\n       \
             where purchase.category is upsell.category\n         and purchase.at is within last {} days\n  \
             because \"bought {{purchase.category}} on {{date of purchase.at}}\"\n",
            number % 365 + 1
        )
    })
}

fn list(count: usize) -> String {
    let numbers = |number| format!("  {number},\n");
    joined("define numbers as [\n", count, numbers, "]\n")
}

fn alternatives(count: usize) -> String {
    let texts = |number| format!("    \"t{number}\",\n");
    joined(
        "policy \"Many\"\n  never upsell\n  when upsell.category is one of (\n",
        count,
        texts,
        "  )\n",
    )
}

fn fields(count: usize) -> String {
    joined(
        "type Wide {\n",
        count,
        |number| format!("  field{number}: Number\n"),
        "}\n",
    )
}

fn types(count: usize) -> String {
    lines(count, |number| {
        format!("type Type{number} {{ one: Text  two: list of Purchase }}\n")
    })
}

fn choices(count: usize) -> String {
    joined(
        "choice Colour {\n",
        count,
        |number| format!("  value{number},\n"),
        "}\n",
    )
}

fn actions(count: usize) -> String {
    lines(count, |number| {
        format!("action do{number} {{ text: Text }}\n")
    })
}

fn table_rows(count: usize) -> String {
    (0..count.div_ceil(500)).fold(HEAD.to_string(), |mut text, table| {
        let _ = writeln!(text, "table scale{table}");
        let _ = writeln!(text, "  | n: Number | gives Number |");
        for row in 0..499 {
            let _ = writeln!(text, "  | {row} | {} |", row * 2);
        }
        text + "  | anything | 0 |\n"
    })
}

fn defines(count: usize) -> String {
    lines(count, |number| match number % 15 {
        0 => format!("define d{number} as customer.age + {number}\n"),
        _ => format!("define d{number} as d{} + {number}\n", number - 1),
    })
}

fn examples(count: usize) -> String {
    lines(count, |number| {
        format!(
            "example \"Number {number}\"\n  given now is 2026-11-23T10:00:00Z\n  \
             given customer is {{ id: \"{number}\", age: 5, tier: \"gold\", purchases: [] }}\n  \
             propose \"p1\": upsell with category: \"camera\"\n  expect \"p1\" allowed\n"
        )
    })
}

fn long_texts(count: usize) -> String {
    let piece = "Dear {customer.id}, thank you for all that you bought from us. ".repeat(10);
    lines(count, |number| {
        format!("policy \"Letter {number}\"\n  always greet with text: \"{piece}\"\n")
    })
}

fn conditions(count: usize) -> String {
    let condition = |number| {
        format!(
            "{} customer.age is not {number}\n",
            if number == 0 { "  when" } else { "   and" }
        )
    };
    joined("policy \"Long\"\n  never upsell\n", count, condition, "")
}

fn fields_read(count: usize) -> String {
    let wide = (0..count).map(|number| format!("  field{number}: Number\n"));
    let head = format!(
        "{HEAD}type Wide {{\n{}}}\ninput wide: Wide\n",
        wide.collect::<String>()
    );
    let reads = (0..count).map(|number| format!("define d{number} as wide.field{number} + 1\n"));
    head + &reads.collect::<String>()
}

fn wide_record(count: usize) -> String {
    let field = |number| format!("  field{number}: Number\n");
    let head = joined("type Wide {\n", count, field, "}\n");
    let given = (0..count).map(|number| format!("field{number}: {number}, "));
    head + &format!("define full as Wide {{ {} }}\n", given.collect::<String>())
}

fn choices_read(count: usize) -> String {
    let values = |number| format!("{}value{number}", if number == 0 { "" } else { ", " });
    let values: String = (0..count).map(values).collect();
    lines(count, |number| {
        format!("define is{number}(colour: Colour) as colour is value{number}\n")
    }) + &format!("choice Colour {{ {values} }}\n")
}

fn records(count: usize) -> String {
    let one = |number| {
        format!(
            "{}{{ category: \"c{number}\", paid: 5 USD, at: 2026-11-01T09:30:00Z }}",
            if number == 0 { "" } else { ", " }
        )
    };
    joined(
        "define bought as [",
        count,
        one,
        "]\npolicy \"Bought\"\n  never upsell\n  \
         when any one in bought where one.category is upsell.category\n",
    )
}

fn overrides(count: usize) -> String {
    lines(count, |number| {
        format!(
            "policy \"Never {number}\"\n  never upsell\n  when customer.age is {number}\n\
             policy \"Allow {number}\"\n  allow upsell\n  when customer.tier is \"vip\"\n  overrides \"Never {number}\"\n"
        )
    })
}

fn comments(count: usize) -> String {
    lines(count, |number| {
        format!("# comment {number}\naction act{number}  # beside it\n")
    })
}

fn type_errors(count: usize) -> String {
    lines(count, |number| {
        format!(
            "policy \"Number {number}\"\n  never upsell\n  when customer.agee is wrong{number}\n"
        )
    })
}

fn misspelt(count: usize) -> String {
    lines(count, |number| {
        format!(
            "define d{number} as customer.age + {number}\ndefine wrong{number} as dd{number} + 1\n"
        )
    })
}

fn misspelt_fields(count: usize) -> String {
    fields_read(count).replace("as wide.", "as wide.wrong_")
}

fn syntax_errors(count: usize) -> String {
    lines(count, |number| {
        format!("policy \"Number {number}\"\n  never upsell when when wrong\n")
    })
}

fn clause_errors(count: usize) -> String {
    joined(
        "policy \"Wrong\"\n  never upsell\n",
        count,
        |number| format!("  when customer.age is is wrong{number}\n"),
        "",
    )
}

fn rubbish(count: usize) -> String {
    joined("", count, |number| format!("wrong }}{number}( \" \n"), "")
}

/// Every shape.
const SHAPES: [Shape; 25] = [
    shape("policies", 500, policies),
    shape("one list", 4_000, list),
    shape("one `is one of`", 4_000, alternatives),
    shape("one type", 12_000, fields),
    shape("types", 2_000, types),
    shape("one choice", 10_000, choices),
    shape("actions", 2_000, actions),
    shape("tables of 500 rows", 2_000, table_rows),
    shape("definitions in chains", 1_500, defines),
    shape("examples", 500, examples),
    shape("long texts", 500, long_texts),
    shape("one long `and`", 2_000, conditions),
    shape("a wide type, read", 1_000, fields_read),
    shape("a wide record", 4_000, wide_record),
    shape("a wide choice, read", 1_000, choices_read),
    shape("a list of records", 1_000, records),
    shape("misspelt names", 500, misspelt),
    shape("misspelt fields", 500, misspelt_fields),
    shape("overrides", 500, overrides),
    shape("comments", 6_000, comments),
    shape("unknown names", 1_000, type_errors),
    shape("syntax errors", 1_000, syntax_errors),
    shape("errors in one policy", 1_000, clause_errors),
    shape("rubbish", 60_000, rubbish),
    shape("nothing but blanks", 200_000, |count| {
        format!("{HEAD}{}", " \n".repeat(count))
    }),
];

const fn shape(name: &'static str, smallest: usize, text: fn(usize) -> String) -> Shape {
    Shape {
        name,
        smallest,
        text,
    }
}

/// How one step grew with one shape.
#[derive(Clone, Debug)]
struct Growth {
    /// The shape.
    shape: &'static str,
    /// The step.
    step: &'static str,
    /// Bytes and time at each size.
    times: Vec<(usize, Duration)>,
}

impl Growth {
    /// The exponent from the smallest to the largest file; of what takes next to no time it is 1.
    #[must_use]
    fn exponent(&self) -> f64 {
        let (Some((small, short)), Some((large, long))) = (self.times.first(), self.times.last())
        else {
            return 1.0;
        };
        if *long < TOO_SHORT || large <= small {
            return 1.0;
        }
        // Clocks of threads go by steps of some milliseconds.
        let short = (*short).max(TOO_SHORT / 10);
        (long.as_secs_f64() / short.as_secs_f64()).ln() / (*large as f64 / *small as f64).ln()
    }

    /// The exponent as a figure, and a find where it is too large.
    fn put_down(&self, tally: &mut Tally) {
        let exponent = self.exponent();
        let what = format!("{}, {}", self.step, self.shape);
        tally.cases += 1;
        tally.count(
            &format!("exponent × 100: {what}"),
            (exponent * 100.0) as u64,
        );
        if exponent > MOST {
            let each = self.times.iter();
            let each = each.map(|(bytes, time)| format!("{bytes} bytes in {time:?}"));
            let times: Vec<String> = each.collect();
            tally.fail(
                what,
                format!("exponent {exponent:.2}: {}", times.join(", ")),
            );
        }
    }
}

/// Takes the times of every step with the shape.
#[must_use]
fn measure(shape: &Shape, sizes: u32) -> Vec<Growth> {
    let texts: Vec<String> = (0..sizes)
        .map(|doubled| (shape.text)(shape.smallest << doubled))
        .collect();
    let grown = |(step, run): Step| Growth {
        shape: shape.name,
        step,
        times: texts
            .iter()
            .map(|text| (text.len(), least(run, text)))
            .collect(),
    };
    STEPS.into_iter().map(grown).collect()
}

/// Where the machine counts what it gives to a thread, that is taken.
fn spent() -> Option<Duration> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    text.split(' ')
        .next()?
        .parse()
        .ok()
        .map(Duration::from_nanos)
}

fn least(run: fn(&str), text: &str) -> Duration {
    let one = |_| {
        let (begun, at) = (spent(), Instant::now());
        run(text);
        match (begun, spent()) {
            (Some(begun), Some(now)) => now.saturating_sub(begun),
            _ => at.elapsed(),
        }
    };
    (0..RUNS).map(one).min().unwrap_or_default()
}

/// Runs the job over so many sizes, each twice the one before.
pub(super) fn run(sizes: u64) -> Tally {
    let mut tally = Tally::default();
    for shape in &SHAPES {
        for growth in measure(shape, u32::try_from(sizes).unwrap_or(u32::MAX)) {
            growth.put_down(&mut tally);
        }
    }
    tally
}
