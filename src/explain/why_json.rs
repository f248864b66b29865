//! An explanation as JSON on one line; the keys are those of `docs/trace.md`.

use super::json::{list, text_field};
use crate::trace::{
    AskedElement, CameTo, Element, Elements, ExplainedOutcome, ExplainedPolicy, Explanation, Joins,
    MatchedRow, Node, PolicyOutcome, Room, SeenClause, Shown, Window, Witness,
};
use crate::value::{write_json, write_json_text};

/// Writes the explanation.
pub(super) fn write(explanation: &Explanation) -> String {
    let mut out = String::from("{");
    text_field(
        "level",
        if explanation.is_full {
            "full"
        } else {
            "policies"
        },
        &mut out,
    );
    out.push_str(",\"policies\":");
    list(&explanation.policies, &mut out, write_policy);
    out.push('}');
    out
}

fn write_policy(policy: &ExplainedPolicy, out: &mut String) {
    out.push('{');
    text_field("policy", &policy.title, out);
    if policy.report_only {
        out.push_str(",\"report_only\":true");
    }
    out.push_str(",\"outcomes\":");
    list(&policy.outcomes, out, write_outcome);
    out.push('}');
}

fn write_outcome(outcome: &ExplainedOutcome, out: &mut String) {
    out.push('{');
    text_field("outcome", word(&outcome.outcome), out);
    match &outcome.outcome {
        PolicyOutcome::Owes(id) => {
            out.push(',');
            text_field("duty", id, out);
        }
        PolicyOutcome::Overridden(by) => {
            out.push(',');
            text_field("by", by, out);
        }
        _ => {}
    }
    if let Some(about) = &outcome.about {
        out.push(',');
        text_field("about", about, out);
    }
    if let Some(element) = &outcome.element {
        out.push_str(",\"element\":");
        write_element(element, out);
    }
    if outcome.more > 0 {
        number("more", outcome.more, out);
    }
    if let Some(room) = &outcome.room {
        write_room(room, out);
    }
    if !outcome.clauses.is_empty() {
        out.push_str(",\"clauses\":");
        list(&outcome.clauses, out, write_clause);
    }
    out.push('}');
}

fn write_room(room: &Room, out: &mut String) {
    let parts = [
        ("amount", &room.amount),
        ("past", &room.past),
        ("taken", &room.taken),
        ("weight", &room.weight),
    ];
    out.push_str(",\"room\":{");
    for (place, (name, value)) in parts.into_iter().enumerate() {
        if place > 0 {
            out.push(',');
        }
        write_json_text(name, out);
        out.push(':');
        write_shown(value, out);
    }
    out.push('}');
}

/// The word for an outcome.
fn word(outcome: &PolicyOutcome) -> &'static str {
    match outcome {
        PolicyOutcome::Speaks => "speaks",
        PolicyOutcome::Owes(_) => "owes",
        PolicyOutcome::GaveWay => "gave-way",
        PolicyOutcome::Refuses => "refuses",
        PolicyOutcome::HasRoom => "has-room",
        PolicyOutcome::TakesNoRoom => "takes-no-room",
        PolicyOutcome::Exempt => "exempt",
        PolicyOutcome::EnoughLeft => "enough-left",
        PolicyOutcome::NotInForce => "not-in-force",
        PolicyOutcome::WhenFails => "when-fails",
        PolicyOutcome::WhenHolds => "when-holds",
        PolicyOutcome::UnlessHolds => "unless-holds",
        PolicyOutcome::LeftOut => "left-out",
        PolicyOutcome::EmptyList => "empty-list",
        PolicyOutcome::Overridden(_) => "overridden",
    }
}

fn write_element(element: &Element, out: &mut String) {
    out.push_str(&format!("{{\"number\":{}", element.number));
    if let Some(name) = &element.name {
        out.push(',');
        text_field("name", name, out);
    }
    if let Some(value) = &element.value {
        out.push_str(",\"value\":");
        write_shown(value, out);
    }
    out.push('}');
}

fn write_clause(clause: &SeenClause, out: &mut String) {
    out.push('{');
    text_field("clause", clause.clause.word(), out);
    if let crate::program::Clause::With(field) = &clause.clause {
        out.push(',');
        text_field("field", field, out);
    }
    out.push_str(",\"conditions\":");
    list(&clause.nodes, out, write_node);
    out.push('}');
}

fn write_node(node: &Node, out: &mut String) {
    out.push('{');
    text_field("text", &node.text, out);
    out.push_str(",\"at\":{");
    text_field("file", &node.place.file, out);
    number("line", node.place.line, out);
    number("column", node.place.column, out);
    out.push('}');
    match node.joins {
        Some(Joins::All) => out.push_str(",\"joins\":\"and\""),
        Some(Joins::Any) => out.push_str(",\"joins\":\"or\""),
        None => {}
    }
    match &node.came_to {
        CameTo::Yes => out.push_str(",\"holds\":true"),
        CameTo::No => out.push_str(",\"holds\":false"),
        CameTo::Unsaid => out.push_str(",\"holds\":null"),
        CameTo::NotAsked => out.push_str(",\"asked\":false"),
        CameTo::Value(value) => {
            out.push_str(",\"value\":");
            write_shown(value, out);
        }
    }
    if !node.values.is_empty() {
        out.push_str(",\"values\":");
        list(&node.values, out, |(text, value), out| {
            out.push('{');
            text_field("text", text, out);
            out.push_str(",\"value\":");
            write_shown(value, out);
            out.push('}');
        });
    }
    if let Some(window) = &node.window {
        write_window(window, out);
    }
    if let Some(witness) = &node.witness {
        write_witness(witness, out);
    }
    if let Some(elements) = &node.elements {
        write_elements(elements, out);
    }
    if let Some(row) = &node.row {
        write_row(row, out);
    }
    if !node.nodes.is_empty() {
        out.push_str(",\"conditions\":");
        list(&node.nodes, out, write_node);
    }
    out.push('}');
}

fn write_row(matched: &MatchedRow, out: &mut String) {
    let row = &matched.row;
    out.push_str(",\"table\":{");
    text_field("name", &row.table, out);
    out.push_str(",\"asked\":");
    list(&matched.asked, out, |(column, value), out| {
        out.push('{');
        text_field("column", column, out);
        out.push_str(",\"value\":");
        write_shown(value, out);
        out.push('}');
    });
    out.push_str(&format!(",\"row\":{{\"number\":{},\"at\":{{", row.number));
    text_field("file", &matched.place.file, out);
    number("line", matched.place.line, out);
    number("column", matched.place.column, out);
    out.push_str("},\"cells\":");
    list(&row.cells, out, |cell, out| write_json_text(cell, out));
    out.push_str(",\"gives\":");
    if matched.private {
        write_shown(&Shown::Private, out);
    } else {
        list(&row.gives, out, |cell, out| write_json_text(cell, out));
    }
    out.push_str("}}");
}

fn write_window(window: &Window, out: &mut String) {
    out.push_str(",\"window\":{");
    let ends = [("from", &window.from), ("to", &window.to)];
    let known = ends
        .into_iter()
        .filter_map(|(name, end)| Some((name, end.as_ref()?)));
    for (place, (name, (at, included))) in known.enumerate() {
        if place > 0 {
            out.push(',');
        }
        write_json_text(name, out);
        out.push_str(":{\"at\":");
        write_shown(at, out);
        out.push_str(&format!(",\"included\":{included}}}"));
    }
    out.push('}');
}

fn write_witness(witness: &Witness, out: &mut String) {
    out.push_str(if witness.against {
        ",\"counterexample\":{"
    } else {
        ",\"witness\":{"
    });
    if let Some(name) = &witness.name {
        text_field("name", name, out);
        out.push(',');
    }
    out.push_str("\"value\":");
    write_shown(&witness.value, out);
    out.push('}');
}

fn write_elements(elements: &Elements, out: &mut String) {
    out.push_str(",\"elements\":{");
    match elements.count {
        Some(count) => out.push_str(&format!("\"count\":{count}")),
        None => out.push_str("\"private\":true"),
    }
    if let Some(name) = &elements.name {
        out.push(',');
        text_field("name", name, out);
    }
    out.push_str(",\"shown\":");
    list(&elements.shown, out, write_asked);
    if elements.more_passed > 0 {
        number("more_passed", elements.more_passed, out);
    }
    if elements.more_failed > 0 {
        number("more_failed", elements.more_failed, out);
    }
    out.push('}');
}

fn write_asked(element: &AskedElement, out: &mut String) {
    out.push_str(&format!("{{\"number\":{},\"value\":", element.number));
    write_shown(&element.value, out);
    out.push_str(&format!(",\"passed\":{}", element.passed));
    if let Some(taken) = &element.taken {
        out.push_str(",\"taken\":");
        write_shown(taken, out);
    }
    if !element.nodes.is_empty() {
        out.push_str(",\"conditions\":");
        list(&element.nodes, out, write_node);
    }
    out.push('}');
}

/// Names with `$` are no fields: no field of a package can be called so.
fn write_shown(shown: &Shown, out: &mut String) {
    match shown {
        Shown::Unknown => out.push_str("null"),
        Shown::Private => out.push_str("{\"$private\":true}"),
        Shown::Value(value) => write_json(value, out),
        Shown::Beginning(text, characters) => {
            out.push('{');
            text_field("$beginning", text, out);
            number("$characters", *characters, out);
            out.push('}');
        }
        Shown::Record(fields) => {
            out.push('{');
            for (place, (name, value)) in fields.iter().enumerate() {
                if place > 0 {
                    out.push(',');
                }
                write_json_text(name, out);
                out.push(':');
                write_shown(value, out);
            }
            out.push('}');
        }
        Shown::List(items, 0) => list(items, out, write_shown),
        Shown::List(items, more) => {
            out.push_str("{\"$first\":");
            list(items, out, write_shown);
            number("$more", *more, out);
            out.push('}');
        }
    }
}

fn number(name: &str, value: usize, out: &mut String) {
    out.push(',');
    write_json_text(name, out);
    out.push_str(&format!(":{value}"));
}
