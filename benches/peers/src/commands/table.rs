//! `table`: the goals beside what the kept parts say, and the short table of the front page.

use crate::markdown::{Table, digits, time, times, whole};
use crate::programs::{COURTESY, HAND};
use crate::results::{self, Figure, Part};
use std::fmt::Write;

/// A goal: what is asked, the best of the other engines, what is aimed at, what was found, and whether that is enough.
struct Goal {
    what: &'static str,
    best: Option<(String, String)>,
    goal: String,
    found: String,
    met: bool,
}

/// Prints both tables.
pub fn run() {
    let goals = goals();
    let mut table = Table::new(&["what", "best other engine", "goal", "Courtesy", "met"]);
    for goal in &goals {
        let best = goal.best.as_ref();
        table.row(&[
            goal.what.to_string(),
            best.map_or("—".into(), |(name, figure)| format!("{name}: {figure}")),
            goal.goal.clone(),
            goal.found.clone(),
            if goal.met { "yes" } else { "**no**" }.into(),
        ]);
    }
    let mut part = Part::new("goals");
    part.text = table.finish();
    let met = goals.iter().filter(|goal| goal.met).count();
    writeln!(part.text, "\n{met} of {} are met.", goals.len()).unwrap();
    part.finish();
    println!();
    front_page();
}

fn goals() -> Vec<Goal> {
    let (decide, whole_way) = (results::figures("decide"), results::figures("end-to-end"));
    let mut goals = vec![
        by_hand(
            "decide, 50 purchases × 20 proposals",
            &decide,
            "50 × 20",
            1.0,
        ),
        by_hand("decide, 500 × 200", &decide, "500 × 200", 0.2),
        by_hand("JSON to JSON, 50 × 20", &whole_way, "50 × 20", 1.0),
        by_hand("JSON to JSON, 5 × 1", &whole_way, "5 × 1", 0.8),
    ];
    goals.push(growth());
    goals.push(compile());
    goals.push(start());
    goals.extend(stream());
    goals
}

/// The one figure of a program.
fn figure<'f>(figures: &'f [Figure], program: &str, of: &str) -> &'f Figure {
    figures
        .iter()
        .find(|one| one.program == program && one.of == of)
        .unwrap_or_else(|| panic!("`{of}` of {program} was not measured"))
}

/// The best of the other engines, by a figure of which less is better.
fn best<'f>(figures: &'f [Figure], of: &str, by: fn(&Figure) -> f64) -> Option<&'f Figure> {
    let ours = |name: &str| name.contains("courtesy") || name.starts_with("hand") || name == "idle";
    figures
        .iter()
        .filter(|one| one.of == of && !ours(&one.program) && one.program != "lines only")
        .min_by(|one, other| by(one).total_cmp(&by(other)))
}

fn by_hand(what: &'static str, figures: &[Figure], of: &str, most: f64) -> Goal {
    let found = figure(figures, COURTESY.name, of).ratio;
    Goal {
        what,
        best: best(figures, of, |one| one.ratio).map(|one| (one.program.clone(), times(one.ratio))),
        goal: format!("≤ {most} × `hand`"),
        found: times(found),
        met: found <= most,
    }
}

fn growth() -> Goal {
    let figures = results::figures("growth");
    let found = figure(&figures, COURTESY.name, "10000").ratio;
    let best = best(&figures, "10000", |one| one.ratio);
    Goal {
        what: "10,000 policies of which few match, by 10 of them",
        best: best.map(|one| (one.program.clone(), times(one.ratio))),
        goal: "≤ 2 ×".into(),
        found: times(found),
        met: found <= 2.0,
    }
}

/// Cedar is the one that checks types, so it is what this is held against.
fn compile() -> Goal {
    let figures = results::figures("compile");
    let own = figure(&figures, "courtesy: read, check and compile", "10000");
    let cedar: Vec<&Figure> = figures
        .iter()
        .filter(|one| one.program.starts_with("cedar") && one.of == "10000")
        .collect();
    let (seconds, ratio): (f64, f64) = cedar
        .iter()
        .map(|one| (one.value, one.ratio))
        .fold((0.0, 0.0), |(a, b), (c, d)| (a + c, b + d));
    let by_cedar = 1.0 / ratio;
    let measured = !cedar.is_empty();
    Goal {
        what: "10,000 policies from text to checked and compiled",
        best: measured.then(|| ("cedar, reading and checking".into(), time(seconds))),
        goal: "≤ 0.5 × cedar".into(),
        found: if measured {
            format!("{}, {}", time(own.value), times(by_cedar))
        } else {
            time(own.value)
        },
        met: measured && by_cedar <= 0.5,
    }
}

fn start() -> Goal {
    let figures = results::figures("cold");
    let over = |one: &Figure| one.value;
    let milliseconds = |one: &Figure| format!("{:.2} ms", one.value.max(0.0) * 1e3);
    let own = figure(&figures, COURTESY.name, "over idle");
    Goal {
        what: "start, 100 policies compiled, one decision: CPU over an idle start",
        best: best(&figures, "over idle", over).map(|one| (one.program.clone(), milliseconds(one))),
        goal: "≤ 1 ms".into(),
        found: milliseconds(own),
        met: own.value <= 1e-3,
    }
}

fn stream() -> [Goal; 3] {
    let figures = results::figures("ndjson");
    let apply = "`courtesy apply --jobs 1`";
    let own = figure(&figures, apply, "cpu");
    let two = figure(&figures, "courtesy", "two by one").value;
    let peak = figure(&figures, "`courtesy apply --jobs 2`", "peak MB").value;
    let best_of = best(&figures, "cpu", |one| one.ratio);
    let best_peak = best(&figures, "peak MB", |one| one.value);
    [
        Goal {
            what: "NDJSON, CPU a record (`courtesy apply`)",
            best: best_of.map(|one| (one.program.clone(), times(one.ratio))),
            goal: "≤ 1 × `hand`".into(),
            found: times(own.ratio),
            met: own.ratio <= 1.0,
        },
        Goal {
            what: "NDJSON, two threads by one",
            best: None,
            goal: "≥ 1.8 ×".into(),
            found: times(two),
            met: two >= 1.8,
        },
        Goal {
            what: "NDJSON, memory on two threads",
            best: best_peak.map(|one| (one.program.clone(), format!("{} MB", digits(one.value)))),
            goal: "≤ 32 MB".into(),
            found: format!("{} MB", digits(peak)),
            met: peak <= 32.0,
        },
    ]
}

/// The table of the front page: Courtesy, the hand-written program and the best other engine.
fn front_page() {
    let (decide, whole_way) = (results::figures("decide"), results::figures("end-to-end"));
    let (growth, stream) = (results::figures("growth"), results::figures("ndjson"));
    let mut table = Table::new(&[
        "50 purchases, 20 proposals, 20 policies",
        "Courtesy",
        "hand-written Rust",
        "best other engine",
    ]);
    let mut row =
        |what: &str, figures: &[Figure], of: &str, program: &str, show: fn(f64) -> String| {
            let best = best(figures, of, |one| one.value);
            table.row(&[
                what.to_string(),
                show(figure(figures, program, of).value),
                show(figure(figures, HAND.name, of).value),
                best.map_or("—".into(), |one| {
                    format!("{} ({})", show(one.value), one.program)
                }),
            ]);
        };
    let rate = |seconds: f64| whole(1.0 / seconds);
    row("a decision", &decide, "50 × 20", COURTESY.name, time);
    row(
        "from JSON to JSON",
        &whole_way,
        "50 × 20",
        COURTESY.name,
        time,
    );
    row(
        "20 proposals under 10,000 other policies",
        &growth,
        "10000",
        COURTESY.name,
        time,
    );
    row(
        "smaller cases from a file, a second and core",
        &stream,
        "cpu",
        "`courtesy apply --jobs 1`",
        rate,
    );
    let mut part = Part::new("front-page");
    part.text = table.finish();
    part.finish();
}
