//! Random packages, and cases that lie near what their conditions ask for.

use crate::value::{Span, Timestamp, Zone, format_rfc3339, shift_instant};
use jiff::SignedDuration;

/// A linear congruential generator (Knuth's constants for 64 bits): the same numbers from the same seed.
pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn new(seed: u64) -> Dice {
        let mut dice = Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0x5DEE_CE66);
        dice.throw(2);
        dice
    }

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
}

const SCHEMA: &str = "choice Tier { low < mid < high }
choice Colour { red, green, blue }
type Event { at: DateTime  n: Number }
type Customer {
  tier: Tier  colour: Colour  n: Number, 0 to 3  m: Number  o: optional Number  flag: YesNo
  at: DateTime  seen: optional DateTime  day: Date  text: Text  events: list of Event
}
input c: Customer
action a { n: Number  colour: Colour  o: optional Number }
single action b { n: Number  colour: Colour  o: optional Number }
actions ab = a, b
define is_high as c.tier is high
define switched_on as no
define some_events(k: Number) as at least k e in c.events where e.n is at least 1
";

/// Zones with a change of the clock, one of half an hour, and a day that never was.
const ZONES: [&str; 4] = [
    "UTC",
    "America/New_York",
    "Australia/Lord_Howe",
    "Pacific/Apia",
];

/// One policy, its clauses apart.
#[derive(Clone)]
struct WrittenPolicy {
    title: String,
    clauses: Vec<String>,
    overrides: Vec<String>,
}

/// A package, its policies apart.
#[derive(Clone)]
pub(super) struct Written {
    head: String,
    policies: Vec<WrittenPolicy>,
}

impl Written {
    pub(super) fn random(dice: &mut Dice) -> Written {
        let zone = dice.one_of(&ZONES);
        let mut policies = Vec::new();
        for place in 0..3 + dice.throw(4) {
            let policy = policy(dice, format!("p{place}"), &policies);
            policies.push(policy);
        }
        Written {
            head: format!("timezone \"{zone}\"\n{SCHEMA}"),
            policies,
        }
    }

    pub(super) fn text(&self) -> String {
        let mut text = self.head.clone();
        for policy in &self.policies {
            text += &format!("policy \"{}\"\n", policy.title);
            for clause in &policy.clauses {
                text += &format!("  {clause}\n");
            }
            if !policy.overrides.is_empty() {
                let titles = policy.overrides.iter();
                let titles: Vec<String> = titles.map(|title| format!("\"{title}\"")).collect();
                text += &format!("  overrides {}\n", titles.join(", "));
            }
        }
        text
    }

    /// The same with a policy that speaks at no time in place of this one: others may still name it.
    pub(super) fn without(&self, title: &str) -> Written {
        let mut other = self.clone();
        for policy in &mut other.policies {
            if policy.title == title {
                policy
                    .clauses
                    .retain(|clause| !clause.starts_with("unless "));
                policy.clauses.push("unless true_for_all".to_string());
            }
        }
        other.head += "define true_for_all as yes\n";
        other
    }

    pub(super) fn without_override(&self, title: &str, over: &str) -> Written {
        let mut other = self.clone();
        for policy in &mut other.policies {
            if policy.title == title {
                policy.overrides.retain(|named| named != over);
                if policy.overrides.is_empty() && policy.clauses[0].starts_with("allow") {
                    // An exception to nothing: one that never speaks does as little.
                    policy.overrides.push(over.to_string());
                    policy
                        .clauses
                        .retain(|clause| !clause.starts_with("unless "));
                    policy.clauses.push("unless 1 is 1".to_string());
                }
            }
        }
        other
    }
}

fn policy(dice: &mut Dice, title: String, before: &[WrittenPolicy]) -> WrittenPolicy {
    let about = dice.one_of(&["a", "a", "b", "b", "ab"]);
    let one = if about == "ab" { "b" } else { about };
    let kind = dice.throw(12);
    let mut clauses = match kind {
        0..=4 => {
            let n = dice.one_of(&["1", "2", "c.n", "c.m"]);
            let colour = dice.one_of(&["red", "green", "c.colour"]);
            let o = dice.one_of(&["", "", ", o: 2"]);
            if dice.throw(5) == 0 {
                let least = dice.throw(4);
                vec![
                    format!("always {one} with n: f.n, colour: {colour}{o}"),
                    format!("for each f in c.events where f.n is at least {least}"),
                ]
            } else {
                vec![format!("always {one} with n: {n}, colour: {colour}{o}")]
            }
        }
        5..=6 => vec![format!("never {about}")],
        7 => vec![format!("only {about}")],
        8 => vec![format!("allow {about}")],
        _ => {
            let amount = dice.throw(4);
            let counting = match dice.throw(4) {
                0 => "",
                1 => "\n  counting e in c.events",
                _ => {
                    let days = dice.one_of(&["7", "30", "60"]);
                    &format!("\n  counting e in c.events where e.at is within last {days} days")
                }
            };
            let of = dice
                .one_of(&["", "", &format!(" of {about}.n")])
                .to_string();
            let counting = if of.is_empty() { counting } else { "" };
            vec![format!("limit {about} to {amount}{of}{counting}")]
        }
    };
    let reads = (!(0..=4).contains(&kind)).then_some(about);
    if kind == 7 || dice.throw(5) > 0 {
        clauses.push(format!("when {}", condition(dice, reads)));
    }
    if dice.throw(5) == 0 {
        clauses.push(format!("unless {}", condition(dice, reads)));
    }
    if dice.throw(8) == 0 {
        let dates = [
            "from 2026-03-28 until 2026-04-02",
            "until 2026-03-29",
            "from 2026-03-30",
        ];
        clauses.push(dice.one_of(&dates).to_string());
    }
    if dice.throw(20) == 0 {
        clauses.push("report only".to_string());
    }
    let mut overrides = Vec::new();
    for other in before {
        let word =
            |policy: &WrittenPolicy| policy.clauses[0].split(' ').next().unwrap().to_string();
        let action = other.clauses[0].split(' ').nth(1).unwrap();
        let meet = action == about || action == one || action == "ab" || about == "ab";
        let mine = clauses[0].split(' ').next().unwrap();
        let legal = match (mine, word(other).as_str()) {
            ("allow" | "always", "never" | "only" | "limit") => true,
            ("always", "always") => action == one,
            ("never" | "only", "allow") | ("limit", "limit") => true,
            _ => false,
        };
        let wanted = mine == "allow" || dice.throw(4) == 0;
        let meet = meet && (mine != "always" || action == one || action == "ab");
        if legal && meet && wanted {
            overrides.push(other.title.clone());
        }
    }
    if kind == 8 && overrides.is_empty() {
        clauses[0] = format!("never {about}");
    }
    WrittenPolicy {
        title,
        clauses,
        overrides,
    }
}

fn condition(dice: &mut Dice, about: Option<&str>) -> String {
    let one = |dice: &mut Dice| match dice.throw(9) {
        0..=3 => of_value(dice, about),
        4..=5 => of_time(dice, "c.at"),
        6 => of_events(dice),
        7 => of_now(dice),
        _ => of_value(dice, about),
    };
    let (first, second, third) = (one(dice), one(dice), one(dice));
    match dice.throw(7) {
        0..=2 => format!("({first}) and ({second})"),
        3 => format!("({first}) or ({second})"),
        4 => format!("({first}) and not (({second}) or ({third}))"),
        5 => format!("({first}) and ({second}) and ({third})"),
        _ => first,
    }
}

fn of_value(dice: &mut Dice, about: Option<&str>) -> String {
    let n = dice.throw(4);
    let bound = dice.one_of(&["at least", "at most", "more than", "less than"]);
    match dice.throw(16) {
        0 => format!("c.tier is {}", dice.one_of(&["low", "mid", "high"])),
        1 => format!("c.tier is {bound} {}", dice.one_of(&["low", "mid", "high"])),
        2 => format!("c.colour is not {}", dice.one_of(&["red", "green"])),
        3 => "c.colour is one of (red, blue)".to_string(),
        4 => format!("c.n is {bound} {n}"),
        5 => format!("c.m is between {n} and {}", dice.throw(4)),
        6 => format!("c.o is known and c.o is {bound} {n}"),
        7 => "c.o is unknown".to_string(),
        8 => format!("(c.o otherwise {n}) is {bound} 2"),
        9 => dice
            .one_of(&["c.flag", "not c.flag", "c.flag is no"])
            .to_string(),
        10 => dice
            .one_of(&["is_high", "not is_high", "switched_on", "not switched_on"])
            .to_string(),
        11 => format!("c.n is {bound} c.m"),
        12 => format!(
            "c.text {}",
            dice.one_of(&[
                "is \"x\"",
                "is not \"x\"",
                "is empty",
                "contains \"x\"",
                "does not contain \"x\""
            ])
        ),
        13 => format!("(if c.flag then c.n is {n} else c.m is {bound} {n})"),
        _ => match about {
            Some(about) => match dice.throw(3) {
                0 => format!("{about}.n is {bound} {n}"),
                1 => format!(
                    "{about}.colour is {}",
                    dice.one_of(&["red", "green", "c.colour"])
                ),
                _ => format!("{about}.o is {}", dice.one_of(&["known", "unknown"])),
            },
            None => format!("c.n is {bound} {n}"),
        },
    }
}

fn length(dice: &mut Dice) -> &'static str {
    const LENGTHS: [&str; 8] = [
        "1 day", "2 days", "30 days", "31 days", "1 month", "24 hours", "25 hours", "1 week",
    ];
    LENGTHS[usize::try_from(dice.throw(LENGTHS.len() as u64)).unwrap()]
}

fn of_time(dice: &mut Dice, at: &str) -> String {
    let length = length(dice);
    match dice.throw(11) {
        0..=1 => format!("{at} is within last {length}"),
        2 => format!("{at} is within next {length}"),
        3..=4 => format!(
            "{at} is {} {length} ago",
            dice.one_of(&["more than", "at least", "less than", "at most"])
        ),
        5 => format!("{at} is more than {length} from now"),
        6 => format!(
            "{at} is within {} {}",
            dice.one_of(&["this", "previous"]),
            dice.one_of(&["week", "month", "year"])
        ),
        7 => format!(
            "{at} is {} now",
            dice.one_of(&["before", "after", "on or after"])
        ),
        8 => format!("{at} is before {length} before now"),
        9 => format!(
            "c.day is {} {}",
            dice.one_of(&["before", "after", "on or after"]),
            dice.one_of(&["today", "tomorrow", "2026-03-29", "3 days before today"])
        ),
        _ => format!(
            "c.day is within {} {}",
            dice.one_of(&["last", "next"]),
            dice.one_of(&["2 days", "30 days", "1 month"])
        ),
    }
}

fn of_now(dice: &mut Dice) -> String {
    match dice.throw(4) {
        0 => format!(
            "time of now is between {} and {}",
            dice.one_of(&["09:00", "21:00"]),
            dice.one_of(&["12:00", "08:00", "17:00"])
        ),
        1 => format!(
            "time of now is {} 12:00",
            dice.one_of(&["before", "on or after"])
        ),
        2 => format!("weekday of now is {}", dice.one_of(&["monday", "sunday"])),
        _ => format!(
            "now is {} 2026-03-29T10:00:00Z",
            dice.one_of(&["before", "after"])
        ),
    }
}

fn of_events(dice: &mut Dice) -> String {
    let quantifier = dice.one_of(&["any", "no", "at least 2", "exactly 1", "fewer than 2"]);
    match dice.throw(8) {
        6 => format!(
            "(sum of e.n for e in c.events) is at most {}",
            dice.throw(4)
        ),
        7 => format!(
            "(latest e in c.events by e.at has e.n is {} 2)",
            dice.one_of(&["at least", "less than"])
        ),
        0 => {
            let time = of_time(dice, "e.at").replace("c.day", "e.at");
            let time = if time.starts_with("e.at")
                && !time.contains("today")
                && !time.contains("tomorrow")
                && !time.contains("2026")
            {
                time
            } else {
                "e.at is within last 2 days".to_string()
            };
            format!("{quantifier} e in c.events where {time}")
        }
        1 => format!(
            "{quantifier} e in c.events where e.n is at least 2 and e.n is at most {}",
            dice.throw(4)
        ),
        2 => dice
            .one_of(&["c.events is empty", "c.events is not empty"])
            .to_string(),
        3 => format!("(count of c.events) is at most {}", dice.throw(3)),
        4 => format!("some_events({})", dice.throw(3)),
        _ => "every e in c.events has e.n is at least 2".to_string(),
    }
}

/// Moments near a change of a clock or of the calendar, and some ordinary ones.
const MOMENTS: [&str; 7] = [
    "2026-03-29T11:30:00Z",
    "2026-03-08T12:00:00Z",
    "2026-11-01T12:00:00Z",
    "2011-12-31T10:30:00Z",
    "2012-01-30T09:00:00Z",
    "2026-03-31T20:00:00Z",
    "2026-04-05T08:00:00Z",
];

/// A moment on or next to an end of a window.
fn near(dice: &mut Dice, now: Timestamp) -> Timestamp {
    let spans = [
        Span::ZERO,
        Span::days(-1),
        Span::days(-2),
        Span::days(-30),
        Span::days(-31),
        Span::days(-60),
        Span::months(-1),
        Span::weeks(-1),
        Span::hours(-24),
        Span::hours(-25),
        Span::days(1),
        Span::days(30),
        Span::months(1),
        Span::days(-400),
    ];
    let span = spans[usize::try_from(dice.throw(spans.len() as u64)).unwrap()];
    let zone = Zone::named(dice.one_of(&ZONES)).unwrap();
    let at = shift_instant(now, &span, &zone);
    let nudge = [
        SignedDuration::ZERO,
        SignedDuration::from_secs(1),
        SignedDuration::from_secs(-1),
        SignedDuration::from_hours(5),
        SignedDuration::from_hours(-5),
    ];
    at + nudge[usize::try_from(dice.throw(5)).unwrap()]
}

/// A case.
pub(super) fn case(dice: &mut Dice) -> String {
    let now: Timestamp = dice.one_of(&MOMENTS).parse().unwrap();
    let now = now + SignedDuration::from_hours(i64::try_from(dice.throw(48)).unwrap() - 24);
    let at = |dice: &mut Dice| format_rfc3339(near(dice, now));
    let mut fields = vec![
        format!("\"tier\":\"{}\"", dice.one_of(&["low", "mid", "high"])),
        format!("\"colour\":\"{}\"", dice.one_of(&["red", "green", "blue"])),
        format!("\"n\":{}", dice.one_of(&["0", "1", "2", "3", "1.5", "2.5"])),
        format!("\"m\":{}", dice.one_of(&["0", "1", "2", "3", "1.5", "-1"])),
        format!("\"flag\":{}", dice.one_of(&["true", "false"])),
        format!("\"at\":\"{}\"", at(dice)),
        format!("\"day\":\"{}\"", at(dice).get(..10).unwrap()),
        format!("\"text\":\"{}\"", dice.one_of(&["", "x", "xy", "q"])),
    ];
    if dice.throw(3) > 0 {
        fields.push(format!("\"o\":{}", dice.throw(4)));
    }
    if dice.throw(2) > 0 {
        fields.push(format!("\"seen\":\"{}\"", at(dice)));
    }
    let mut events = Vec::new();
    for _ in 0..dice.throw(4) {
        events.push(format!(
            "{{\"at\":\"{}\",\"n\":{}}}",
            at(dice),
            dice.throw(4)
        ));
    }
    let mut proposals = Vec::new();
    for _ in 0..dice.throw(5) {
        let (action, n) = (dice.one_of(&["a", "b"]), dice.throw(4));
        let colour = dice.one_of(&["red", "green", "blue"]);
        let o = dice.one_of(&["", ",\"o\":2"]);
        proposals.push(format!(
            "{{\"action\":\"{action}\",\"with\":{{\"n\":{n},\"colour\":\"{colour}\"{o}}}}}"
        ));
    }
    format!(
        "{{\"now\":\"{}\",\"inputs\":{{\"c\":{{{},\"events\":[{}]}}}},\"proposals\":[{}]}}",
        format_rfc3339(now),
        fields.join(","),
        events.join(","),
        proposals.join(",")
    )
}
