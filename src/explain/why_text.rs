//! An explanation as people read it: each policy, how it came out, and under it what its conditions saw.
//!
//! `yes`, `no` and `-` (not asked) stand before the reader's own text of a condition; under it the values that it
//! looked at, then what stands inside it.

use super::text::escape_into;
use crate::trace::{
    AskedElement, CameTo, Elements, ExplainedOutcome, ExplainedPolicy, Explanation, Joins,
    MatchedRow, Node, PolicyOutcome, Shown, Window,
};
use crate::value::{TextBuilder, Value, Zone, render};

/// Characters of a value that are shown.
const CHARACTERS: usize = 240;

/// Characters of a line of values.
const LINE: usize = 110;

/// Blanks before what stands under a condition: as wide as `yes` and its blanks.
const UNDER: usize = 5;

/// Writes the explanation.
pub(super) fn write(explanation: &Explanation) -> String {
    let mut page = Page {
        zone: &explanation.zone,
        out: String::new(),
    };
    if explanation.is_full {
        page.line(
            0,
            &format!("policies (times in {})", explanation.zone.name()),
        );
    } else {
        page.line(0, "policies");
    }
    for policy in &explanation.policies {
        page.policy(policy);
    }
    page.out
}

struct Page<'e> {
    zone: &'e Zone,
    out: String,
}

impl Page<'_> {
    fn policy(&mut self, policy: &ExplainedPolicy) {
        let reports = if policy.report_only {
            " (report only)"
        } else {
            ""
        };
        let title = format!("\"{}\"{reports}", policy.title);
        match policy.outcomes.as_slice() {
            [] => self.line(
                2,
                &format!("{title}: not asked, nothing that it speaks about is proposed or owed"),
            ),
            [single] => {
                let subject = subject(single, false);
                self.line(
                    2,
                    &format!("{title}{subject}: {}", said(&single.outcome, policy.only)),
                );
                self.under_outcome(4, single);
            }
            several => {
                self.line(2, &title);
                for outcome in several {
                    let subject = subject(outcome, true);
                    self.line(
                        4,
                        &format!(
                            "{}: {}",
                            subject.trim_start(),
                            said(&outcome.outcome, policy.only)
                        ),
                    );
                    self.under_outcome(6, outcome);
                }
            }
        }
    }

    fn under_outcome(&mut self, at: usize, outcome: &ExplainedOutcome) {
        if let Some(element) = &outcome.element
            && let Some(value) = &element.value
        {
            let name = element.name.as_deref().unwrap_or("element");
            self.line(at, &format!("{name}: {}", self.top(value)));
        }
        for clause in &outcome.clauses {
            let word = match &clause.clause {
                crate::program::Clause::With(field) => format!("with {field}"),
                clause => clause.word().to_owned(),
            };
            self.under(at, word, &clause.nodes);
        }
        if let Some(room) = &outcome.room {
            let line = format!(
                "room for {}: {} counted, {} taken before this, {} asked",
                self.shown(&room.amount),
                self.shown(&room.past),
                self.shown(&room.taken),
                self.shown(&room.weight)
            );
            self.line(at, &line);
        }
        if outcome.more > 0 {
            self.line(at, &format!("and {} more like this one", outcome.more));
        }
    }

    /// A heading and the conditions under it; what they come to together stands in the heading.
    fn under(&mut self, at: usize, heading: String, nodes: &[Node]) {
        let (heading, nodes) = match nodes {
            [all] if all.joins == Some(Joins::All) => (
                format!("{heading}: {}", mark(all).trim_end()),
                all.nodes.as_slice(),
            ),
            nodes => (heading, nodes),
        };
        self.line(at, &heading);
        for node in nodes {
            self.node(at.saturating_add(2), node);
        }
    }

    fn node(&mut self, at: usize, node: &Node) {
        let text = match node.joins {
            Some(Joins::All) if !node.nodes.is_empty() => "all of",
            Some(Joins::Any) if !node.nodes.is_empty() => "any of",
            _ => &*node.text,
        };
        match &node.came_to {
            CameTo::Value(value) => self.line(at, &format!("=    {text}: {}", self.shown(value))),
            _ => self.line(at, &format!("{} {text}", mark(node))),
        }
        let under = at.saturating_add(UNDER);
        self.seen(under, node);
        if let Some(row) = &node.row {
            self.row(under, row);
        }
        if let Some(witness) = &node.witness {
            let name = witness.name.as_deref().unwrap_or("element");
            let word = if witness.against { "but for" } else { "found" };
            self.line(
                under,
                &format!("{word} {name}: {}", self.top(&witness.value)),
            );
        }
        let made_of_nothing = |elements: &&Elements| {
            matches!(node.came_to, CameTo::Value(_)) && elements.shown.is_empty()
        };
        if let Some(elements) = node.elements.as_ref().filter(|it| !made_of_nothing(it)) {
            self.elements(under, elements);
        }
        for inner in inside(node) {
            self.node(under, inner);
        }
    }

    /// The values that a condition looked at.
    fn seen(&mut self, at: usize, node: &Node) {
        let values = node.values.iter();
        let values = values.filter(|(text, _)| !is_told_below(text, node));
        let values = values.map(|(text, value)| format!("{text}: {}", self.shown(value)));
        let window = node.window.as_ref().map(|window| self.window(window));
        let parts = values.chain(window).collect();
        self.on_a_line(at, parts);
    }

    /// The row of a table that matched, under what the table was asked with.
    fn row(&mut self, at: usize, matched: &MatchedRow) {
        let asked = matched.asked.iter();
        let asked = asked.map(|(column, value)| format!("{column}: {}", self.shown(value)));
        let asked = asked.collect();
        self.on_a_line(at, asked);
        let row = &matched.row;
        let hidden = ["(private)".into()];
        let gives: &[_] = if matched.private { &hidden } else { &row.gives };
        let cells: Vec<&str> = row.cells.iter().chain(gives).map(|cell| &**cell).collect();
        let place = format!("{}:{}", matched.place.file, matched.place.line);
        self.line(at, &format!("row | {} | at {place}", cells.join(" | ")));
    }

    /// What belongs together, on one line where it fits.
    fn on_a_line(&mut self, at: usize, parts: Vec<String>) {
        let line = parts.join(", ");
        if parts.is_empty() {
        } else if line.chars().count() <= LINE {
            self.line(at, &line);
        } else {
            for part in parts {
                self.line(at, &part);
            }
        }
    }

    fn window(&self, window: &Window) -> String {
        let end = |word: &str, without: &str, end: &(Shown, bool)| {
            let word = if end.1 { word } else { without };
            format!("{word} {}", self.shown(&end.0))
        };
        let from = window.from.as_ref().map(|from| end("from", "after", from));
        let closed = window.from.is_some();
        let to = window.to.as_ref().map(|to| match closed {
            true => end("to", "to before", to),
            false => end("up to", "before", to),
        });
        let ends: Vec<String> = from.into_iter().chain(to).collect();
        ends.join(" ")
    }

    fn elements(&mut self, at: usize, elements: &Elements) {
        let Some(count) = elements.count else {
            self.line(at, "in a private list");
            return;
        };
        let name = elements.name.as_deref().unwrap_or("element");
        if elements.shown.is_empty() {
            let line = match count {
                0 => "the list is empty".to_owned(),
                count => format!("the list has {count}"),
            };
            self.line(at, &line);
            return;
        }
        for element in &elements.shown {
            self.element(at, (name, count), element);
        }
        let told = elements
            .shown
            .len()
            .saturating_add(elements.more_passed)
            .saturating_add(elements.more_failed);
        let rest = [
            (elements.more_passed, "passes", "pass"),
            (elements.more_failed, "does not pass", "do not pass"),
            (count.saturating_sub(told), "is not asked", "are not asked"),
        ];
        for (number, one, several) in rest.into_iter().filter(|(number, ..)| *number > 0) {
            let what = if number == 1 { one } else { several };
            self.line(at, &format!("{number} more {what}"));
        }
    }

    fn element(&mut self, at: usize, (name, count): (&str, usize), element: &AskedElement) {
        let mut head = format!("{name} {} of {count}", element.number);
        if let Some(taken) = &element.taken {
            head.push_str(&format!(", {}", self.shown(taken)));
        } else if element.nodes.is_empty() {
            head.push_str(if element.passed { ": yes" } else { ": no" });
        }
        self.under(at, head, &element.nodes);
    }

    /// A value on a line of its own: a record without brackets around it.
    fn top(&self, shown: &Shown) -> String {
        match shown {
            Shown::Record(fields) => cut(&self.fields(fields)),
            _ => self.shown(shown),
        }
    }

    fn fields(&self, fields: &[(std::sync::Arc<str>, Shown)]) -> String {
        let parts: Vec<String> = fields
            .iter()
            .map(|(name, value)| format!("{name} {}", self.whole(value)))
            .collect();
        parts.join(", ")
    }

    fn shown(&self, shown: &Shown) -> String {
        cut(&self.whole(shown))
    }

    fn whole(&self, shown: &Shown) -> String {
        match shown {
            Shown::Unknown => "unknown".to_owned(),
            Shown::Private => "(private)".to_owned(),
            Shown::Value(Value::Text(text)) => format!("\"{}\"", text.as_str()),
            Shown::Value(value) => {
                let mut text = TextBuilder::new();
                render(value, self.zone, &mut text);
                text.finish().as_str().to_owned()
            }
            Shown::Beginning(text, characters) => {
                format!("\"{text}…\" ({characters} characters)")
            }
            Shown::Record(fields) => format!("({})", self.fields(fields)),
            Shown::List(items, more) if items.iter().any(is_large) => {
                format!("a list of {}", items.len().saturating_add(*more))
            }
            Shown::List(items, more) => {
                let mut parts: Vec<String> = items.iter().map(|item| self.whole(item)).collect();
                if *more > 0 {
                    parts.push(format!("and {more} more"));
                }
                format!("[{}]", parts.join(", "))
            }
        }
    }

    /// A line, with what could steer a terminal written as escapes.
    fn line(&mut self, at: usize, text: &str) {
        self.out.extend(std::iter::repeat_n(' ', at));
        escape_into(text, &mut self.out);
        self.out.push('\n');
    }
}

/// Text up to a length that can be read.
fn cut(text: &str) -> String {
    match text.char_indices().nth(CHARACTERS) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or("")),
        None => text.to_owned(),
    }
}

fn is_large(shown: &Shown) -> bool {
    matches!(shown, Shown::Record(_) | Shown::List(..))
}

/// Whether what a value is made of is told under the condition, and the value with it.
fn is_told_below(text: &str, node: &Node) -> bool {
    let mut below = node.nodes.iter();
    below.any(|inner| matches!(inner.came_to, CameTo::Value(_)) && *inner.text == *text)
}

/// What stands inside a condition; what is joined by `and` and alone there is told without that.
fn inside(node: &Node) -> &[Node] {
    match node.nodes.as_slice() {
        [all] if all.joins == Some(Joins::All) && mark(all) == mark(node) => &all.nodes,
        nodes => nodes,
    }
}

/// What stands before a condition.
fn mark(node: &Node) -> &'static str {
    match node.came_to {
        CameTo::Yes => "yes ",
        CameTo::No => "no  ",
        CameTo::Unsaid => "?   ",
        CameTo::NotAsked => "-   ",
        CameTo::Value(_) => "=   ",
    }
}

/// What a policy was asked about.
fn subject(outcome: &ExplainedOutcome, among_others: bool) -> String {
    let about = match &outcome.about {
        // A duty that gave way has none.
        Some(id) if id.is_empty() => " about a duty that gave way".to_owned(),
        Some(id) => format!(" about {id}"),
        None => String::new(),
    };
    match &outcome.element {
        Some(element) => {
            let name = element.name.as_deref().unwrap_or("element");
            format!("{about} for {name} {}", element.number)
        }
        None if among_others && outcome.about.is_none() => " for the case".to_owned(),
        None => about,
    }
}

fn said(outcome: &PolicyOutcome, only: bool) -> String {
    match outcome {
        PolicyOutcome::Speaks if only => "speaks, its `when` does not hold".to_owned(),
        PolicyOutcome::Speaks => "speaks".to_owned(),
        PolicyOutcome::Owes(id) => format!("owes {id}"),
        PolicyOutcome::GaveWay => "gives way to another duty of its kind".to_owned(),
        PolicyOutcome::Refuses => "refuses, it has no room".to_owned(),
        PolicyOutcome::HasRoom => "silent, it has room".to_owned(),
        PolicyOutcome::TakesNoRoom => "silent, nothing asks it for room".to_owned(),
        PolicyOutcome::Exempt => "silent, this is exempt".to_owned(),
        PolicyOutcome::EnoughLeft => "silent, enough is left".to_owned(),
        PolicyOutcome::NotInForce => "silent, outside its dates or its share".to_owned(),
        PolicyOutcome::WhenFails => "silent, its `when` does not hold".to_owned(),
        PolicyOutcome::WhenHolds => "silent, its `when` holds".to_owned(),
        PolicyOutcome::UnlessHolds => "silent, its `unless` holds".to_owned(),
        PolicyOutcome::LeftOut => "silent, left out by `where`".to_owned(),
        PolicyOutcome::EmptyList => "silent, its list is empty".to_owned(),
        PolicyOutcome::Overridden(by) => format!("silent, overridden by \"{by}\""),
    }
}
