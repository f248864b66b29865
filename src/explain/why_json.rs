//! An explanation as JSON on one line; the keys are those of `docs/trace.md`.

use crate::program::Place;
use crate::trace::{
    AskedElement, CameTo, Element, Elements, ExplainedOutcome, ExplainedPolicy, Explanation, Joins,
    MatchedRow, Node, PolicyOutcome, Room, SeenClause, Shown, Window, Witness,
};
use crate::value::{JsonObject, write_json, write_json_list, write_json_text};

/// Writes the explanation.
pub(super) fn write(explanation: &Explanation) -> String {
    let level = match explanation.is_full {
        true => "full",
        false => "policies",
    };
    let mut out = String::new();
    JsonObject::write(&mut out, |object| {
        object.text("level", level);
        object.objects("policies", &explanation.policies, policy);
    });
    out
}

fn policy(policy: &ExplainedPolicy, object: &mut JsonObject<'_>) {
    object.text("policy", &policy.title);
    if policy.report_only {
        object.bare("report_only", true);
    }
    object.objects("outcomes", &policy.outcomes, outcome);
}

fn outcome(outcome: &ExplainedOutcome, object: &mut JsonObject<'_>) {
    object.text("outcome", word(&outcome.outcome));
    match &outcome.outcome {
        PolicyOutcome::Owes(id) => object.text("duty", id),
        PolicyOutcome::Overridden(by) => object.text("by", by),
        _ => {}
    }
    if let Some(about) = &outcome.about {
        object.text("about", about);
    }
    if let Some(about) = &outcome.element {
        object.object("element", |object| element(about, object));
    }
    if outcome.more > 0 {
        object.bare("more", outcome.more);
    }
    if let Some(counted) = &outcome.room {
        object.object("room", |object| room(counted, object));
    }
    if !outcome.clauses.is_empty() {
        object.objects("clauses", &outcome.clauses, clause);
    }
}

fn room(room: &Room, object: &mut JsonObject<'_>) {
    shown(&room.amount, object.key("amount"));
    shown(&room.past, object.key("past"));
    shown(&room.taken, object.key("taken"));
    shown(&room.weight, object.key("weight"));
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

fn element(element: &Element, object: &mut JsonObject<'_>) {
    object.bare("number", element.number);
    if let Some(name) = &element.name {
        object.text("name", name);
    }
    if let Some(value) = &element.value {
        shown(value, object.key("value"));
    }
}

fn clause(clause: &SeenClause, object: &mut JsonObject<'_>) {
    object.text("clause", clause.clause.word());
    if let crate::program::Clause::With(field) = &clause.clause {
        object.text("field", field);
    }
    object.objects("conditions", &clause.nodes, node);
}

fn node(node: &Node, object: &mut JsonObject<'_>) {
    object.text("text", &node.text);
    object.object("at", |object| place(&node.place, object));
    match node.joins {
        Some(Joins::All) => object.text("joins", "and"),
        Some(Joins::Any) => object.text("joins", "or"),
        None => {}
    }
    match &node.came_to {
        CameTo::Yes => object.bare("holds", true),
        CameTo::No => object.bare("holds", false),
        CameTo::Unsaid => object.bare("holds", "null"),
        CameTo::NotAsked => object.bare("asked", false),
        CameTo::Value(value) => shown(value, object.key("value")),
    }
    if !node.values.is_empty() {
        object.objects("values", &node.values, |(text, value), object| {
            object.text("text", text);
            shown(value, object.key("value"));
        });
    }
    inside(node, object);
}

/// What a condition saw, and what stands inside it.
fn inside(seen: &Node, object: &mut JsonObject<'_>) {
    if let Some(between) = &seen.window {
        object.object("window", |object| window(between, object));
    }
    if let Some(found) = &seen.witness {
        let key = match found.against {
            true => "counterexample",
            false => "witness",
        };
        object.object(key, |object| witness(found, object));
    }
    if let Some(asked) = &seen.elements {
        object.object("elements", |object| elements(asked, object));
    }
    if let Some(matched) = &seen.row {
        object.object("table", |object| table(matched, object));
    }
    if !seen.nodes.is_empty() {
        object.objects("conditions", &seen.nodes, node);
    }
}

fn place(place: &Place, object: &mut JsonObject<'_>) {
    object.text("file", &place.file);
    object.bare("line", place.line);
    object.bare("column", place.column);
}

fn table(matched: &MatchedRow, object: &mut JsonObject<'_>) {
    let row = &matched.row;
    object.text("name", &row.table);
    object.objects("asked", &matched.asked, |(column, value), object| {
        object.text("column", column);
        shown(value, object.key("value"));
    });
    object.object("row", |object| {
        object.bare("number", row.number);
        object.object("at", |object| place(&matched.place, object));
        object.list("cells", &row.cells, |cell, out| write_json_text(cell, out));
        if matched.private {
            shown(&Shown::Private, object.key("gives"));
        } else {
            object.list("gives", &row.gives, |cell, out| write_json_text(cell, out));
        }
    });
}

fn window(window: &Window, object: &mut JsonObject<'_>) {
    for (name, end) in [("from", &window.from), ("to", &window.to)] {
        if let Some((at, included)) = end {
            object.object(name, |object| {
                shown(at, object.key("at"));
                object.bare("included", included);
            });
        }
    }
}

fn witness(witness: &Witness, object: &mut JsonObject<'_>) {
    if let Some(name) = &witness.name {
        object.text("name", name);
    }
    shown(&witness.value, object.key("value"));
}

fn elements(elements: &Elements, object: &mut JsonObject<'_>) {
    match elements.count {
        Some(count) => object.bare("count", count),
        None => object.bare("private", true),
    }
    if let Some(name) = &elements.name {
        object.text("name", name);
    }
    object.objects("shown", &elements.shown, asked);
    if elements.more_passed > 0 {
        object.bare("more_passed", elements.more_passed);
    }
    if elements.more_failed > 0 {
        object.bare("more_failed", elements.more_failed);
    }
}

fn asked(element: &AskedElement, object: &mut JsonObject<'_>) {
    object.bare("number", element.number);
    shown(&element.value, object.key("value"));
    object.bare("passed", element.passed);
    if let Some(taken) = &element.taken {
        shown(taken, object.key("taken"));
    }
    if !element.nodes.is_empty() {
        object.objects("conditions", &element.nodes, node);
    }
}

/// Names with `$` are no fields: no field of a package can be called so.
fn shown(value: &Shown, out: &mut String) {
    match value {
        Shown::Unknown => out.push_str("null"),
        Shown::Private => JsonObject::write(out, |object| object.bare("$private", true)),
        Shown::Value(value) => write_json(value, out),
        Shown::Beginning(text, characters) => JsonObject::write(out, |object| {
            object.text("$beginning", text);
            object.bare("$characters", characters);
        }),
        Shown::Record(fields) => JsonObject::write(out, |object| {
            for (name, value) in fields {
                shown(value, object.key(name));
            }
        }),
        Shown::List(items, 0) => write_json_list(items, out, shown),
        Shown::List(items, more) => JsonObject::write(out, |object| {
            object.list("$first", items, shown);
            object.bare("$more", more);
        }),
    }
}
