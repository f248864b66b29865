//! What an editor gets for places marked with `^` in a package.

use super::{Analysis, Completions};
use crate::source::{FileId, Span};
use std::fmt::Write;

const SHOP: &str = r#"currency USD
timezone "Europe/London"

# How well we know somebody.
choice Tier { standard < silver < vip = "V.I.P." }

type Purchase { category: Text  paid: Money  at: DateTime }

type Customer {
  name: optional Text, private  # as they write it
  tier: Tier
  vip_since: optional Date
  purchases: list of Purchase
}

input customer: Customer

action upsell { category: Text  tier: Tier }
action greet { text: Text }
actions messages = upsell, greet

define spent(low: Money) as
  sum of purchase.paid for purchase in customer.purchases where purchase.paid is more than low

table goodwill
  | tier: Tier | gives Money |
  | vip        | 15 USD      |
  | anything   | 0 USD       |

calendar desk { mon-fri 09:00-17:00 }

policy "Never twice"
  never upsell
  when any purchase in customer.purchases
       where purchase.category is upsell.category
         and purchase.at is within last 30 days
  because "bought for {purchase.paid}"

policy "Greet VIPs"
  always greet with text: "Hello, {customer.name}!"
  when customer.tier is vip
   and customer.name is known
   and spent(5 USD) is more than goodwill(customer.tier)
   and now is within desk

policy "Spare the silver"
  allow upsell
  when customer.tier is silver
  overrides "Never twice"

example "A VIP"
  given now is 2026-11-23T10:00:00Z
  given customer is Customer { name: "Amir", tier: vip, purchases: [] }
  propose "p1": upsell with category: "camera", tier: vip
  expect "p1" allowed
"#;

fn analysis(text: &str) -> Analysis {
    Analysis::new([("shop.courtesy".to_string(), text.to_string())])
}

fn file() -> FileId {
    FileId(0)
}

/// The place of the n-th time that a text stands in the package.
fn place(part: &str, nth: usize) -> usize {
    SHOP.match_indices(part)
        .nth(nth)
        .map(|(place, _)| place)
        .unwrap()
}

fn shown(analysis: &Analysis, span: Span) -> String {
    let source = analysis.sources().get(span.file).unwrap();
    let position = source.position(span.range().start);
    format!(
        "{}:{} {}",
        position.line,
        position.column,
        analysis.sources().text_of(span)
    )
}

#[test]
fn the_package_has_no_mistakes() {
    assert_eq!(analysis(SHOP).diagnostics(), []);
}

#[test]
fn every_name_leads_to_its_declaration_and_back() {
    let analysis = analysis(SHOP);
    let mut out = String::new();
    for symbol in analysis.symbols() {
        let start = symbol.name_span.range().start;
        let uses = analysis.references(file(), start);
        writeln!(
            out,
            "{:?} {}",
            symbol.kind,
            shown(&analysis, symbol.name_span)
        )
        .unwrap();
        for span in uses.iter().skip(1) {
            writeln!(out, "    {}", shown(&analysis, *span)).unwrap();
            assert_eq!(
                analysis.definition(file(), span.range().start),
                Some(symbol.name_span)
            );
        }
    }
    insta::assert_snapshot!(out);
}

#[test]
fn a_place_says_what_stands_there() {
    let analysis = analysis(SHOP);
    let places = [
        place("vip\n   and", 0),
        place("customer.name is known", 0) + 9,
        place("purchase.at", 0),
        place("Tier {", 0),
        place("spent(5", 0),
        place("goodwill(", 0),
        place("desk\n", 0),
        place("\"Never twice\"", 1),
        place("is within last", 0),
        place("5 USD) is", 0),
        place("upsell.category", 0) + 2,
        place("low\n", 0),
        place("\n\npolicy", 0) + 1,
    ];
    let mut out = String::new();
    for place in places {
        let at = analysis.sources().get(file()).unwrap().position(place);
        match analysis.hover(file(), place) {
            Some(hover) => writeln!(
                out,
                "{}:{} {}\n{}\n",
                at.line,
                at.column,
                shown(&analysis, hover.span),
                hover.text
            ),
            None => writeln!(out, "{}:{} nothing\n", at.line, at.column),
        }
        .unwrap();
    }
    insta::assert_snapshot!(out);
}

/// What could stand at the `^` of a clause that is put at the end of the package.
fn completed(clause: &str) -> String {
    let text = format!("{SHOP}\n{clause}");
    let byte = text.find('^').unwrap();
    let text = text.replacen('^', "", 1);
    let Completions { start, items } = analysis(&text).complete(file(), byte);
    let items: Vec<String> = items
        .iter()
        .map(|item| {
            format!("{:?} {} {}", item.kind, item.label, item.detail)
                .trim_end()
                .to_string()
        })
        .collect();
    format!(
        "{clause}\n  instead of `{}`\n  {}\n",
        &text[start..byte],
        items.join("\n  ")
    )
}

#[test]
fn what_could_stand_there_fits() {
    let clauses = [
        "pol^",
        "policy \"P\"\n  ^",
        "policy \"P\"\n  never ^",
        "policy \"P\"\n  never upsell\n  when customer.^",
        "policy \"P\"\n  never upsell\n  when customer.tier is ^",
        "policy \"P\"\n  never upsell\n  when customer.tier is one of (vip, ^",
        "policy \"P\"\n  never upsell\n  when upsell.c^",
        "policy \"P\"\n  never upsell\n  when Tier.^",
        "policy \"P\"\n  never upsell\n  when any one in customer.purchases where one.^",
        "policy \"P\"\n  never upsell\n  when any one in customer.purchases where o^",
        "policy \"P\"\n  allow upsell\n  overrides \"Nev^",
        "type New {\n  tier: T^",
        "type New {\n  ti^",
        "policy \"P\"\n  # a comment ^",
        "policy \"P\"\n  always greet with text: \"Hello ^",
        "example \"E\"\n  ^",
        "policy \"P\"\n  always greet with text: \"x\"\n  on blocked ^",
        "policy \"P\"\n  never upsell\n  when not customer.tier is vip\n   and ^",
    ];
    let all: Vec<String> = clauses.iter().map(|clause| completed(clause)).collect();
    insta::assert_snapshot!(all.join("\n"));
}

/// The package after a renaming.
fn renamed(place: usize, new: &str) -> String {
    let edits = match analysis(SHOP).rename(file(), place, new) {
        Ok(edits) => edits,
        Err(error) => return error.to_string(),
    };
    let mut text = SHOP.to_string();
    for edit in edits.iter().rev() {
        text.replace_range(edit.span.range(), &edit.text);
    }
    text
}

#[test]
fn a_new_name_changes_no_decision() {
    let engine = |text: &str| {
        let package = crate::Package::from_sources([("a".to_string(), text.into())]);
        package
            .engine()
            .unwrap_or_else(|| panic!("{text}\n{:#?}", package.diagnostics()))
    };
    let names = [
        ("customer:", "shopper"),
        ("Customer {", "Person"),
        ("upsell {", "sell"),
        ("messages", "contacts"),
        ("spent(", "paid_in"),
        ("goodwill", "apology"),
        ("desk", "office"),
        ("name: optional", "full_name"),
        ("vip = ", "very"),
        ("silver <", "second"),
        ("purchase in customer.purchases where", "bought"),
        ("low:", "least"),
        ("\"Never twice\"", "Not \"twice\" {x}"),
        ("tier: Tier\n", "level"),
    ];
    let case = br#"{"now":"2026-11-23T10:00:00Z","inputs":{"customer":{"name":"A","tier":"V.I.P.","purchases":[
        {"category":"camera","paid":20,"at":"2026-11-20T10:00:00Z"}]}},
        "proposals":[{"action":"upsell","with":{"category":"camera","tier":"standard"}}]}"#;
    let decided = |text: &str| {
        let case = String::from_utf8_lossy(case).into_owned();
        let case = if text.contains("input shopper") {
            case.replace("\"customer\"", "\"shopper\"")
        } else {
            case
        };
        let case = if text.contains("action sell") {
            case.replace("upsell", "sell")
        } else {
            case
        };
        let engine = engine(text);
        let case = engine
            .read_case(case.as_bytes(), &crate::CaseOptions::default())
            .unwrap();
        let decision = engine.decide(&case);
        let verdicts: Vec<_> = decision
            .proposals()
            .iter()
            .map(|one| (one.verdict, one.until, one.reasons.len()))
            .collect();
        let duties: Vec<_> = decision
            .duties()
            .iter()
            .map(|one| format!("{:?}", one.with))
            .collect();
        (verdicts, duties)
    };
    let expected = decided(SHOP);
    assert_eq!((expected.0.len(), expected.1.len()), (1, 1));
    let mut out = String::new();
    for (part, new) in names {
        let text = renamed(place(part, 0), new);
        assert_eq!(decided(&text), expected, "{part} to {new}\n{text}");
        let changed = SHOP
            .lines()
            .zip(text.lines())
            .filter(|(old, new)| old != new);
        writeln!(out, "{part} to {new}").unwrap();
        changed.for_each(|(_, new)| writeln!(out, "  {new}").unwrap());
    }
    insta::assert_snapshot!(out);
}

#[test]
fn names_that_cannot_be_are_refused() {
    let refused: Vec<String> = [
        ("tier: Tier\n", "a b"),
        ("tier: Tier\n", "name"),
        ("customer:", "no"),
        ("customer:", "desk"),
        ("vip = ", "yes"),
        ("\n\ntype", "x"),
        ("\"Greet VIPs\"", "Never twice"),
        ("\"Greet VIPs\"", " "),
    ]
    .iter()
    .map(|(part, new)| format!("{part:?} to {new}: {}", renamed(place(part, 0), new)))
    .collect();
    insta::assert_snapshot!(refused.join("\n"));
}

#[test]
fn tokens_cover_every_name_once() {
    let analysis = analysis(SHOP);
    let tokens = analysis.tokens(file());
    assert!(
        tokens
            .windows(2)
            .all(|two| two[0].span.end <= two[1].span.start)
    );
    let told: Vec<String> = tokens
        .iter()
        .map(|token| {
            format!(
                "{} {:?}{}",
                shown(&analysis, token.span),
                token.kind,
                if token.declares { " declared" } else { "" }
            )
        })
        .collect();
    insta::assert_snapshot!(told.join("\n"));
}

#[test]
fn half_written_files_are_answered_for_at_every_place() {
    for end in (0..SHOP.len())
        .step_by(7)
        .filter(|end| SHOP.is_char_boundary(*end))
    {
        let analysis = analysis(&SHOP[..end]);
        let _ = (
            analysis.complete(file(), end),
            analysis.hover(file(), end),
            analysis.tokens(file()),
            analysis.rename(file(), end, "x"),
        );
        assert!(analysis.outline(file()).len() <= 15);
    }
}
