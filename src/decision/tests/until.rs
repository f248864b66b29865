//! `until` against a search that tries every half hour.
//!
//! Packages, cases and moments are random and lie on half hours, near the changes of the clock; so do all boundaries.
//! `COURTESY_UNTIL_CASES` says how many cases are tried, `COURTESY_UNTIL_SEED` with which one it begins.

use super::super::{Outcome, decide_at};
use crate::Package;
use crate::decode::{Case, CaseOptions};
use crate::engine::Engine;
use crate::eval::Moment;
use crate::value::{Timestamp, format_rfc3339};
use jiff::SignedDuration;

/// How far the search goes, in half hours.
const SHORT: i64 = 2 * 24 * 11;
const LONG: i64 = 2 * 24 * 50;

/// A linear congruential generator (Knuth's constants for 64 bits): the same numbers from the same seed.
struct Dice(u64);

impl Dice {
    fn throw(&mut self, sides: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }

    fn one_of<'t>(&mut self, texts: &[&'t str]) -> &'t str {
        texts[usize::try_from(self.throw(texts.len() as u64)).unwrap()]
    }

    fn half_hour(&mut self) -> String {
        format!("{:02}:{}", self.throw(24), self.one_of(&["00", "30"]))
    }
}

const ZONES: [&str; 6] = [
    "UTC",
    "America/New_York",
    "Europe/Berlin",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
    "Pacific/Apia",
];

/// Days near which something happens to clocks or calendars.
const DAYS: [&str; 9] = [
    "2026-03-08",
    "2026-11-01",
    "2026-03-29",
    "2026-10-25",
    "2026-04-05",
    "2026-10-04",
    "2026-12-31",
    "2028-02-29",
    "2026-03-29",
];

fn moment_near(dice: &mut Dice, day: &str, days: i64) -> Timestamp {
    let start: Timestamp = format!("{day}T00:00:00Z").parse().unwrap();
    let width = u64::try_from(days * 96).unwrap();
    let halves = i64::try_from(dice.throw(width)).unwrap() - days * 48;
    start + SignedDuration::from_mins(30 * halves)
}

/// A length of time; months where the search is long.
fn length(dice: &mut Dice, long: bool) -> String {
    if long && dice.throw(2) == 0 {
        return "1 month".into();
    }
    match dice.throw(3) {
        0 => format!("{} hours", 1 + dice.throw(60)),
        1 => format!("{} days", 1 + dice.throw(6)),
        _ => "1 week".into(),
    }
}

fn days(dice: &mut Dice, long: bool) -> String {
    if long {
        "1 month".into()
    } else {
        format!("{} days", 1 + dice.throw(6))
    }
}

/// A condition on an event `e`.
fn of_event(dice: &mut Dice, long: bool) -> String {
    match dice.throw(11) {
        0 => format!("e.at is within last {}", length(dice, long)),
        1 => format!("e.at is within next {}", length(dice, long)),
        2 => format!("e.at is more than {} ago", length(dice, long)),
        3 => format!("e.at is at least {} ago", length(dice, long)),
        4 => format!("e.at is less than {} ago", length(dice, long)),
        5 => format!("e.at is at most {} from now", length(dice, long)),
        6 => format!(
            "e.at is within {} {}",
            dice.one_of(&["this", "previous"]),
            dice.one_of(&["week", "month", "year"])
        ),
        7 => format!(
            "e.day is within {} {}",
            dice.one_of(&["last", "next"]),
            days(dice, long)
        ),
        8 => format!(
            "e.day is {} {} ago",
            dice.one_of(&["more than", "at least", "less than", "at most"]),
            days(dice, long)
        ),
        9 => format!(
            "e.at is {} {} {} now",
            dice.one_of(&["before", "after", "on or before", "on or after"]),
            length(dice, long),
            dice.one_of(&["before", "after"])
        ),
        _ => format!(
            "e.day is {} {}",
            dice.one_of(&["before", "after", "on or before"]),
            dice.one_of(&["today", "tomorrow", "yesterday"])
        ),
    }
}

/// A condition on the moment.
fn of_now(dice: &mut Dice, now: Timestamp) -> String {
    let near = |dice: &mut Dice| {
        let hours = i64::try_from(dice.throw(300)).unwrap() - 100;
        format_rfc3339(now + SignedDuration::from_hours(hours))
    };
    match dice.throw(11) {
        9 => "now is within desk".into(),
        10 => "today is within desk".into(),
        0 => format!(
            "time of now is between {} and {}",
            dice.half_hour(),
            dice.half_hour()
        ),
        1 => format!(
            "time of now is {} {}",
            dice.one_of(&["before", "on or after", "after", "on or before"]),
            dice.half_hour()
        ),
        2 => format!(
            "weekday of now is one of ({}, {})",
            dice.one_of(&["monday", "saturday"]),
            dice.one_of(&["sunday", "thursday"])
        ),
        3 => format!(
            "now is {} {}",
            dice.one_of(&["before", "after", "on or before", "on or after"]),
            near(dice)
        ),
        4 => format!("now is between {} and {}", near(dice), near(dice)),
        5 => format!("day of today is at most {}", 1 + dice.throw(30)),
        6 => format!(
            "now is within {} hours {} customer.t",
            1 + dice.throw(90),
            dice.one_of(&["before", "after", "of"])
        ),
        7 => format!(
            "today is {} {}",
            dice.one_of(&["before", "on or after"]),
            near(dice).get(..10).unwrap()
        ),
        _ => format!(
            "time of now in \"{}\" is before {}",
            dice.one_of(&ZONES),
            dice.half_hour()
        ),
    }
}

fn condition(dice: &mut Dice, now: Timestamp, long: bool) -> String {
    let one = |dice: &mut Dice| match dice.throw(3) {
        0 => of_now(dice, now),
        1 => format!("(any e in customer.events where {})", of_event(dice, long)),
        _ => format!(
            "({} 2 e in customer.events where {})",
            dice.one_of(&["at least", "fewer than", "exactly"]),
            of_event(dice, long)
        ),
    };
    match dice.throw(4) {
        0 => format!("{} and {}", one(dice), one(dice)),
        1 => format!("{} or {}", one(dice), one(dice)),
        2 => format!("not {}", one(dice)),
        _ => one(dice),
    }
}

fn package(dice: &mut Dice, now: Timestamp, long: bool) -> String {
    let zone = dice.one_of(&ZONES);
    let mut text = format!(
        "timezone \"{zone}\"\ntype Event {{ at: DateTime  day: Date }}\ntype Customer {{ t: DateTime  events: list of Event }}\n\
         input customer: Customer\ncalendar desk {{ mon-fri 09:00-12:30, 14:00-24:00  sat 00:00-01:00  sun 00:00-03:00 }}\naction a {{ n: Number }}\naction b {{ n: Number }}\nactions ab = a, b\n"
    );
    for index in 0..=dice.throw(2) {
        let verb = dice.one_of(&["never", "never", "only"]);
        let about = dice.one_of(&["a", "ab"]);
        text += &format!(
            "policy \"p{index}\"\n  {verb} {about}\n  when {}\n",
            condition(dice, now, long)
        );
        if dice.throw(4) == 0 {
            text += &format!("  unless {}\n", condition(dice, now, long));
        }
        if dice.throw(6) == 0 {
            let day = |shift: i64| {
                format_rfc3339(now + SignedDuration::from_hours(24 * shift))
                    .get(..10)
                    .unwrap()
                    .to_string()
            };
            let first = i64::try_from(dice.throw(6)).unwrap() - 3;
            text += &format!("  from {} until {}\n", day(first), day(first + 4));
        }
    }
    if dice.throw(3) == 0 {
        text += &format!(
            "policy \"x\"\n  allow a\n  overrides \"p0\"\n  when {}\n",
            condition(dice, now, long)
        );
    }
    for index in 0..dice.throw(3) {
        let about = dice.one_of(&["a", "ab", "b"]);
        text += &format!(
            "policy \"l{index}\"\n  limit {about} to {}\n  counting e in customer.events where {}\n",
            1 + dice.throw(4),
            of_event(dice, long)
        );
        if dice.throw(3) == 0 {
            text += &format!("  when {}\n", condition(dice, now, long));
        }
    }
    if dice.throw(3) == 0 {
        text += &format!(
            "policy \"d\"\n  always b with n: 1\n  when {}\n",
            condition(dice, now, long)
        );
    }
    if dice.throw(3) == 0 {
        text += &format!(
            "policy \"r\"\n  prefer a by a.n\n  when {}\n",
            condition(dice, now, long)
        );
    }
    text
}

fn case(dice: &mut Dice, now: Timestamp, day: &str) -> String {
    let mut events = Vec::new();
    for _ in 0..dice.throw(6) {
        let at = format_rfc3339(moment_near(dice, day, 9));
        let day = format_rfc3339(moment_near(dice, day, 9))
            .get(..10)
            .unwrap()
            .to_string();
        events.push(format!("{{\"at\":\"{at}\",\"day\":\"{day}\"}}"));
    }
    let mut proposals = Vec::new();
    for _ in 0..=dice.throw(3) {
        let (action, n) = (dice.one_of(&["a", "b"]), dice.throw(3));
        proposals.push(format!(
            "{{\"action\":\"{action}\",\"with\":{{\"n\":{n}}}}}"
        ));
    }
    format!(
        "{{\"now\":\"{}\",\"inputs\":{{\"customer\":{{\"t\":\"{}\",\"events\":[{}]}}}},\"proposals\":[{}]}}",
        format_rfc3339(now),
        format_rfc3339(moment_near(dice, day, 3)),
        events.join(","),
        proposals.join(",")
    )
}

fn verdicts_at(engine: &Engine, case: &Case, at: Timestamp) -> Vec<super::super::Verdict> {
    let moment = Moment::new(engine.program(), &case.inputs, at);
    let outcome: Outcome = decide_at(&moment, engine.plan(), case, None);
    outcome
        .proposals
        .iter()
        .map(|standing| standing.verdict)
        .collect()
}

/// For each proposal the first half hour at or right after which its verdict is another.
fn searched(engine: &Engine, case: &Case, halves: i64) -> Vec<Option<Timestamp>> {
    let present = verdicts_at(engine, case, case.now);
    let mut found = vec![None; present.len()];
    for half in 0..=halves {
        let at = case.now + SignedDuration::from_mins(30 * half);
        for instant in [at, at + SignedDuration::from_nanos(1)] {
            let then = verdicts_at(engine, case, instant);
            for ((found, then), present) in found.iter_mut().zip(&then).zip(&present) {
                if found.is_none() && then != present {
                    *found = Some(at);
                }
            }
        }
        if found.iter().all(Option::is_some) {
            break;
        }
    }
    found
}

/// Tries one case; how many boundaries were held against the search.
fn try_case(seed: u64) -> usize {
    let mut dice = Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0x5DEE_CE66);
    dice.throw(2);
    let long = dice.throw(12) == 0;
    let day = dice.one_of(&DAYS);
    let now = moment_near(&mut dice, day, 4);
    let text = package(&mut dice, now, long);
    let json = case(&mut dice, now, day);
    let package = Package::from_sources([("a.courtesy".to_string(), text.clone().into_bytes())]);
    assert!(!package.has_errors(), "{text}\n{:?}", package.diagnostics());
    let unknown =
        |found: &crate::diagnostic::Diagnostic| found.code == crate::diagnostic::Code::UntilUnknown;
    assert!(!package.diagnostics().iter().any(unknown), "{text}");
    let engine = package.engine().unwrap();
    let case = engine
        .read_case(json.as_bytes(), &CaseOptions::default())
        .unwrap();
    let halves = if long { LONG } else { SHORT };
    let last = now + SignedDuration::from_mins(30 * halves);
    let decision = engine.decide(&case);
    let searched = searched(&engine, &case, halves);
    let mut held = 0;
    for (proposal, searched) in decision.proposals().iter().zip(searched) {
        if proposal.verdict == super::super::Verdict::Allowed {
            assert_eq!(proposal.until, None);
            continue;
        }
        let until = proposal.until.filter(|until| *until <= last);
        held += usize::from(until.is_some());
        // A shift of `now` by civil time and `computes` may leave a boundary out, never give a wrong one.
        assert_eq!(
            until, searched,
            "seed {seed}, proposal {}\n{text}\n{json}\n{decision:?}",
            proposal.id
        );
    }
    held
}

#[test]
fn it_agrees_with_a_search_by_half_hours() {
    let number = |name: &str, otherwise: u64| {
        std::env::var(name)
            .ok()
            .and_then(|text| text.parse().ok())
            .unwrap_or(otherwise)
    };
    let first = number("COURTESY_UNTIL_SEED", 0);
    let count = number("COURTESY_UNTIL_CASES", 60);
    let held: usize = (first..first + count).map(try_case).sum();
    assert!(
        held as u64 * 4 >= count,
        "only {held} boundaries in {count} cases"
    );
    println!("{count} cases, {held} boundaries");
}
