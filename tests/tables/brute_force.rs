//! Random small tables against brute force: what is said about them, and what they give.
//!
//! The cells are drawn from a seed; every case of the small domains is held against every row, by code that knows
//! nothing of how the checker does it. Numbers and days stand for all others by points on, between and outside of
//! the constants.

use crate::support::package;
use courtesy::{CaseOptions, Package};
use std::fmt::Write;

/// A generator of numbers: the constants are those of Knuth's MMIX.
struct Draw(u64);

impl Draw {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % end
    }

    fn one_in(&mut self, end: usize) -> bool {
        self.below(end) == 0
    }
}

/// What a column holds; every kind has values 0 to `size` - 1.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    /// Four names in order.
    Tier,
    /// Three names without order.
    Channel,
    YesNo,
    /// Values 0, 2, 4, 6, 8 are before, between and after the constants 1, 3, 5, 7.
    Number,
    /// As numbers are, but no day lies between the first two constants, nor between the second two.
    Date,
    /// As numbers are, but nothing lies before the first.
    Time,
    /// Values 0 to 2 are constants, 3 is any other text.
    Text,
}

const KINDS: [Kind; 7] = [
    Kind::Tier,
    Kind::Channel,
    Kind::YesNo,
    Kind::Number,
    Kind::Date,
    Kind::Time,
    Kind::Text,
];

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Kind::Tier => "Tier",
            Kind::Channel => "Channel",
            Kind::YesNo => "YesNo",
            Kind::Number => "Number",
            Kind::Date => "Date",
            Kind::Time => "Time",
            Kind::Text => "Text",
        }
    }

    /// The values there are.
    fn values(self) -> Vec<usize> {
        match self {
            Kind::Tier | Kind::Text => (0..4).collect(),
            Kind::Channel => (0..3).collect(),
            Kind::YesNo => (0..2).collect(),
            Kind::Number => (0..9).collect(),
            Kind::Date => vec![0, 1, 3, 4, 5, 7, 8],
            Kind::Time => (1..9).collect(),
        }
    }

    /// The values that a cell may name.
    fn constants(self) -> Vec<usize> {
        match self {
            Kind::Number | Kind::Date | Kind::Time => vec![1, 3, 5, 7],
            Kind::Text => vec![0, 1, 2],
            named => named.values(),
        }
    }

    /// A value as a package writes it.
    fn written(self, value: usize) -> String {
        let words: [&str; 9] = match self {
            Kind::Tier => ["standard", "silver", "gold", "vip", "", "", "", "", ""],
            Kind::Channel => ["email", "sms", "call", "", "", "", "", "", ""],
            Kind::YesNo => ["no", "yes", "", "", "", "", "", "", ""],
            Kind::Number => ["0", "1", "1.5", "2", "2.5", "3", "5", "10", "11"],
            Kind::Date => [
                "2020-01-01",
                "2026-02-28",
                "",
                "2026-03-01",
                "2026-03-02",
                "2026-12-31",
                "",
                "2027-01-01",
                "2030-05-05",
            ],
            Kind::Time => [
                "", "00:00", "04:00", "09:00", "12:00", "17:30", "20:00", "22:00", "23:59",
            ],
            Kind::Text => [
                "\"UK\"",
                "\"US\"",
                "\"DE\"",
                "\"elsewhere\"",
                "",
                "",
                "",
                "",
                "",
            ],
        };
        words[value].to_string()
    }

    fn is_ordered(self) -> bool {
        matches!(self, Kind::Tier | Kind::Number | Kind::Date | Kind::Time)
    }

    fn is_time(self) -> bool {
        matches!(self, Kind::Date | Kind::Time)
    }
}

/// One alternative of a cell.
#[derive(Clone)]
enum Test {
    Anything,
    Value(usize),
    Range(usize, usize),
    AtLeast(usize),
    AtMost(usize),
    More(usize),
    Less(usize),
}

impl Test {
    fn holds(&self, kind: Kind, value: usize) -> bool {
        match self {
            Test::Anything => true,
            Test::Value(wanted) => value == *wanted,
            Test::Range(low, high) if kind == Kind::Time && low > high => {
                value >= *low || value <= *high
            }
            Test::Range(low, high) => value >= *low && value <= *high,
            Test::AtLeast(low) => value >= *low,
            Test::AtMost(high) => value <= *high,
            Test::More(low) => value > *low,
            Test::Less(high) => value < *high,
        }
    }

    fn written(&self, kind: Kind) -> String {
        let word = |amount: &str, time: &str, value: &usize| {
            let word = if kind.is_time() { time } else { amount };
            format!("{word} {}", kind.written(*value))
        };
        match self {
            Test::Anything => "anything".to_string(),
            Test::Value(value) => kind.written(*value),
            Test::Range(low, high) => format!("{} to {}", kind.written(*low), kind.written(*high)),
            Test::AtLeast(value) => word("at least", "on or after", value),
            Test::AtMost(value) => word("at most", "on or before", value),
            Test::More(value) => word("more than", "after", value),
            Test::Less(value) => word("less than", "before", value),
        }
    }

    fn draw(draw: &mut Draw, kind: Kind) -> Test {
        let constants = kind.constants();
        let value = constants[draw.below(constants.len())];
        if !kind.is_ordered() || draw.one_in(3) {
            return Test::Value(value);
        }
        let other = constants[draw.below(constants.len())];
        match draw.below(5) {
            0 => Test::AtLeast(value),
            1 => Test::AtMost(value),
            2 => Test::More(value),
            3 => Test::Less(value),
            _ if kind == Kind::Time => Test::Range(value, other),
            _ => Test::Range(value.min(other), value.max(other)),
        }
    }
}

/// A table with the number of each row as its result.
struct Table {
    kinds: Vec<Kind>,
    rows: Vec<Vec<Vec<Test>>>,
}

impl Table {
    fn draw(draw: &mut Draw) -> Table {
        let columns = 1 + draw.below(3);
        let kinds: Vec<Kind> = (0..columns)
            .map(|_| KINDS[draw.below(KINDS.len())])
            .collect();
        let rows = 1 + draw.below(8);
        let rows = (0..rows).map(|_| {
            let cells = kinds.iter().map(|kind| {
                loop {
                    let cell = draw_cell(draw, *kind);
                    let mut values = kind.values().into_iter();
                    if values.any(|value| holds(&cell, *kind, value)) {
                        break cell;
                    }
                }
            });
            cells.collect()
        });
        let rows = rows.collect();
        Table { kinds, rows }
    }

    fn written(&self, offered: &[String]) -> String {
        let mut text = "table t\n  ".to_string();
        for (index, kind) in self.kinds.iter().enumerate() {
            write!(text, "| c{index}: {} ", kind.name()).expect("a string");
        }
        text.push_str("| gives Number |\n");
        for (index, row) in self.rows.iter().enumerate() {
            text.push_str("  ");
            for (cell, kind) in row.iter().zip(&self.kinds) {
                let tests: Vec<String> = cell.iter().map(|test| test.written(*kind)).collect();
                write!(text, "| {} ", tests.join(" or ")).expect("a string");
            }
            writeln!(text, "| {index} |").expect("a string");
        }
        for row in offered {
            writeln!(text, "  {}", row.replace('…', "-1")).expect("a string");
        }
        text
    }

    /// Every combination of values.
    fn cases(&self) -> Vec<Vec<usize>> {
        self.kinds.iter().fold(vec![Vec::new()], |cases, kind| {
            let longer = cases.iter().flat_map(|case| {
                kind.values().into_iter().map(|value| {
                    let mut case = case.clone();
                    case.push(value);
                    case
                })
            });
            longer.collect()
        })
    }

    fn first_row(&self, case: &[usize]) -> Option<usize> {
        self.rows.iter().position(|row| {
            let cells = row.iter().zip(&self.kinds).zip(case);
            cells
                .into_iter()
                .all(|((cell, kind), value)| holds(cell, *kind, *value))
        })
    }
}

fn holds(cell: &[Test], kind: Kind, value: usize) -> bool {
    cell.iter().any(|test| test.holds(kind, value))
}

fn draw_cell(draw: &mut Draw, kind: Kind) -> Vec<Test> {
    if draw.one_in(3) {
        return vec![Test::Anything];
    }
    let tests = 1 + draw.below(2);
    (0..tests).map(|_| Test::draw(draw, kind)).collect()
}

const CHOICES: &str = "choice Tier { standard < silver < gold < vip }\n\
    choice Channel { email, sms, call }\n";

fn checked(table: &str) -> Package {
    package([("a.courtesy", CHOICES), ("t.courtesy", table)])
}

/// The lines of the table's file at which a code was reported.
fn lines(package: &Package, code: &str) -> Vec<usize> {
    let found = package.diagnostics().iter().filter(|d| d.code.id() == code);
    let spans = found.filter_map(|diagnostic| diagnostic.span());
    spans
        .filter_map(|span| {
            let file = package.sources().get(span.file)?;
            Some(file.position(span.start as usize).line)
        })
        .collect()
}

/// The row that the message about a gap offers.
fn offered(package: &Package) -> Option<String> {
    let mut found = package.diagnostics().iter();
    let gap = found.find(|diagnostic| diagnostic.code.id() == "table-gap")?;
    let help = gap.help.as_ref().expect("a row is offered");
    help.split('`').nth(1).map(str::to_string)
}

#[test]
fn gaps_and_rows_in_vain_are_those_that_brute_force_finds() {
    let mut draw = Draw(20_261_124);
    let (mut gaps, mut in_vain) = (0, 0);
    for _ in 0..500 {
        let table = Table::draw(&mut draw);
        let text = table.written(&[]);
        let package = checked(&text);
        let first_rows: Vec<Option<usize>> = table
            .cases()
            .iter()
            .map(|case| table.first_row(case))
            .collect();
        let expected: Vec<usize> = (0..table.rows.len())
            .filter(|row| !first_rows.contains(&Some(*row)))
            .map(|row| row + 3)
            .collect();
        assert_eq!(lines(&package, "table-row-unreachable"), expected, "{text}");
        let gap = first_rows.contains(&None);
        assert_eq!(!lines(&package, "table-gap").is_empty(), gap, "{text}");
        let others = package.diagnostics().iter();
        let mut codes = others.map(|diagnostic| diagnostic.code.id());
        assert!(codes.all(|code| code.starts_with("table-")), "{text}");
        gaps += usize::from(gap);
        in_vain += expected.len();
    }
    assert!(
        gaps > 100 && in_vain > 100,
        "{gaps} gaps, {in_vain} rows in vain"
    );
}

#[test]
fn the_rows_that_are_offered_close_every_gap_and_are_never_in_vain() {
    let mut draw = Draw(7);
    let mut most = 0;
    for _ in 0..80 {
        let table = Table::draw(&mut draw);
        let before = lines(&checked(&table.written(&[])), "table-row-unreachable");
        let mut rows = Vec::new();
        loop {
            let text = table.written(&rows);
            let package = checked(&text);
            assert_eq!(lines(&package, "table-row-unreachable"), before, "{text}");
            let Some(row) = offered(&package) else {
                break;
            };
            rows.push(row);
            assert!(rows.len() < 200, "{text}");
        }
        most = most.max(rows.len());
    }
    assert!(most > 3, "{most}");
}

#[test]
fn a_table_gives_what_brute_force_gives() {
    let mut draw = Draw(99);
    let mut judged = 0;
    while judged < 40 {
        let table = Table::draw(&mut draw);
        let used = |row: &usize| {
            let cases = table.cases();
            cases.iter().any(|case| table.first_row(case) == Some(*row))
        };
        let mut table = Table {
            rows: (0..table.rows.len())
                .filter(used)
                .map(|row| table.rows[row].clone())
                .collect(),
            kinds: table.kinds.clone(),
        };
        if table
            .cases()
            .iter()
            .any(|case| table.first_row(case).is_none())
        {
            table
                .rows
                .push(vec![vec![Test::Anything]; table.kinds.len()]);
        }
        judged += 1;
        assert_decides(&table);
    }
}

/// Asks the table for every case, in one decision.
fn assert_decides(table: &Table) {
    let columns: Vec<String> = (0..table.kinds.len())
        .map(|index| format!("c{index}"))
        .collect();
    let fields = columns.iter().zip(&table.kinds);
    let fields: Vec<String> = fields
        .map(|(column, kind)| format!("{column}: {}", kind.name()))
        .collect();
    let arguments: Vec<String> = columns
        .iter()
        .map(|column| format!("point.{column}"))
        .collect();
    let text = format!(
        "type Point {{ number: Number {} }}\ninput points: list of Point\n\
         action note {{ number: Number row: Number }}\n{}\
         policy \"Note\"\n  for each point in points\n  \
         always note with number: point.number, row: t({})\n",
        fields.join(" "),
        table.written(&[]),
        arguments.join(", ")
    );
    let package = checked(&text);
    assert!(
        package.diagnostics().is_empty(),
        "{text}{:?}",
        package.diagnostics()
    );
    let cases = table.cases();
    let points = cases.iter().enumerate().map(|(number, case)| {
        let fields = case.iter().zip(&table.kinds).enumerate();
        let fields = fields.map(|(index, (value, kind))| {
            let written = kind.written(*value);
            let value = match kind {
                Kind::YesNo => (written == "yes").to_string(),
                Kind::Number | Kind::Text => written,
                _ => format!("\"{written}\""),
            };
            format!(",\"c{index}\":{value}")
        });
        format!("{{\"number\":{number}{}}}", fields.collect::<String>())
    });
    let points: Vec<String> = points.collect();
    let case = format!(
        "{{\"now\":\"2026-11-24T10:00:00Z\",\"inputs\":{{\"points\":[{}]}},\"proposals\":[]}}",
        points.join(",")
    );
    let engine = package.engine().expect("an engine");
    let decision = engine
        .decide_json(case.as_bytes(), &CaseOptions::default())
        .unwrap_or_else(|misfit| panic!("{misfit:?}"));
    let json: serde_json::Value =
        serde_json::from_str(&decision.to_json_pretty()).expect("a decision is JSON");
    let duties = json["duties"].as_array().expect("duties");
    assert_eq!(duties.len(), cases.len(), "{text}");
    for duty in duties {
        let number = |name: &str| -> usize {
            let value = &duty["with"][name];
            let text = value
                .as_str()
                .map_or_else(|| value.to_string(), str::to_string);
            text.parse().expect("a number")
        };
        let expected = table.first_row(&cases[number("number")]);
        assert_eq!(Some(number("row")), expected, "{text}{duty}");
    }
}
