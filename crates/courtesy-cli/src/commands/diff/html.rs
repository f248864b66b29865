//! The report as a page for a browser: one file, no script, nothing fetched.

use super::Report;
use super::human::{headline, kind, misfits, said};
use crate::report::{counted, grouped};
use courtesy::compare::{Change, Comparison, Shown};
use courtesy::printable::printable;

const STYLE: &str = "\
:root{color-scheme:light dark;--line:#8884;--soft:#8881}\
body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}\
h1{font-size:1.5rem}h2{font-size:1.1rem;margin-top:2rem}\
table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:.3rem .6rem;border-bottom:1px solid var(--line)}\
td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}\
.tiles{display:flex;gap:1rem;flex-wrap:wrap}.tile{background:var(--soft);border-radius:.5rem;padding:.6rem 1rem}\
.tile b{display:block;font-size:1.4rem}details{border-bottom:1px solid var(--line);padding:.4rem 0}\
summary{cursor:pointer}ul{margin:.2rem 0;padding-left:1.4rem}li.come::marker{content:\"+ \"}li.gone::marker{content:\"\u{2212} \"}\
.gone{opacity:.75}";

/// The whole page.
pub(super) fn page(report: &Report<'_>) -> String {
    let comparison = report.comparison;
    let body = [
        tiles(comparison),
        titles("Policies that only the old package has", &report.removed),
        titles("Policies that only the new package has", &report.added),
        kinds(comparison),
        policies(comparison),
        records(comparison),
    ];
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>Whose decisions change</title>\n<style>{STYLE}</style>\n</head>\n<body>\n\
         <h1>Whose decisions change</h1>\n{}</body>\n</html>\n",
        body.concat()
    )
}

fn tiles(comparison: &Comparison) -> String {
    let mut counts = vec![
        (comparison.records(), "records"),
        (comparison.changed(), "with another outcome"),
        (comparison.details_only(), "the same but for details"),
        (comparison.same(), "the same"),
    ];
    let misfits = misfits().map(|(fits, words)| (comparison.misfits(fits), words));
    counts.extend(misfits.into_iter().filter(|(count, _)| *count > 0));
    let tiles = counts.iter().map(|(count, words)| {
        format!(
            "<div class=\"tile\"><b>{}</b>{words}</div>\n",
            grouped(*count)
        )
    });
    format!(
        "<div class=\"tiles\">\n{}</div>\n",
        tiles.collect::<String>()
    )
}

fn titles(head: &str, titles: &[String]) -> String {
    if titles.is_empty() {
        return String::new();
    }
    let items = titles
        .iter()
        .map(|title| format!("<li>{}</li>\n", escaped(title)));
    format!(
        "<h2>{head}</h2>\n<ul>\n{}</ul>\n",
        items.collect::<String>()
    )
}

fn kinds(comparison: &Comparison) -> String {
    let rows: String = comparison
        .transitions()
        .map(|(transition, count)| row(&kind(transition), &grouped(count), "n"))
        .collect();
    table("What changes", ("Kind of change", "How often", "n"), &rows)
}

fn policies(comparison: &Comparison) -> String {
    let rows: String = comparison
        .policies()
        .map(|(title, tally)| row(title, &said(tally), "said"))
        .collect();
    table("By policy", ("Policy", "What it does", "said"), &rows)
}

fn table(head: &str, (first, second, class): (&str, &str, &str), rows: &str) -> String {
    if rows.is_empty() {
        return String::new();
    }
    format!(
        "<h2>{head}</h2>\n<table>\n<tr><th>{first}</th><th class=\"{class}\">{second}</th></tr>\n{rows}</table>\n"
    )
}

fn row(first: &str, second: &str, class: &str) -> String {
    format!(
        "<tr><td>{}</td><td class=\"{class}\">{}</td></tr>\n",
        escaped(first),
        escaped(second)
    )
}

fn records(comparison: &Comparison) -> String {
    if comparison.shown().is_empty() {
        return String::new();
    }
    let records: String = comparison.shown().iter().map(record).collect();
    format!("<h2>The first records of each kind</h2>\n{records}")
}

fn record(shown: &Shown) -> String {
    let changes: String = shown.changes.iter().map(change).collect();
    let count = counted(shown.changes.len() as u64, "change");
    let line = grouped(shown.line);
    format!(
        "<details open><summary>line {line}: {count}</summary>\n<ul>\n{changes}</ul></details>\n"
    )
}

fn change(change: &Change) -> String {
    let details = change.details.iter().map(|detail| item("detail", detail));
    let reasons = [("gone", &change.gone), ("come", &change.come)];
    let reasons = reasons.into_iter().flat_map(|(class, reasons)| {
        reasons.iter().map(move |reason| {
            let because = reason.because.as_ref();
            let why = because.map_or(String::new(), |because| format!(": {}", because.as_str()));
            item(class, &format!("{}{why}", reason.policy))
        })
    });
    let inner: String = details.chain(reasons).collect();
    format!(
        "<li>{}\n<ul>\n{inner}</ul></li>\n",
        escaped(&headline(change))
    )
}

fn item(class: &str, text: &str) -> String {
    format!("<li class=\"{class}\">{}</li>\n", escaped(text))
}

/// Text of policies and records as text of the page, whatever it holds; what is hidden is shown by its number.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for letter in printable(text).chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            letter => out.push(letter),
        }
    }
    out
}
