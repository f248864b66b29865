//! Two versions of a package, and what the comparison says of their decisions.

use super::{Comparison, Fits, changes};
use crate::{CaseOptions, Decision, Engine, Package};

const SCHEMA: &str = "
currency USD
timezone \"UTC\"
choice Tier { standard, vip }
type Mail { at: DateTime }
type Customer { tier: Tier  age: Number  mails: list of Mail }
input customer: Customer
action mail { text: Text }
action greet { text: Text }
action call { by_name: YesNo }
";

const OLD: &str = "
policy \"No mail to children\"
  never mail
  when customer.age is less than 16
  because \"{customer.age} is under 16\"

policy \"Two mails a week\"
  limit mail to 2
  counting sent in customer.mails where sent.at is within last 7 days

policy \"Greet VIPs\"
  always greet with text: \"Hello\"
  when customer.tier is vip

policy \"Call VIPs\"
  always call with by_name: yes
  when customer.tier is vip
";

const NEW: &str = "
policy \"No mail to children\"
  never mail
  when customer.age is less than 18
  because \"{customer.age} is under 18\"

policy \"Two mails a week\"
  limit mail to 2
  counting sent in customer.mails where sent.at is within last 8 days

policy \"Greet VIPs\"
  always greet with text: \"Welcome back\"
  when customer.tier is vip

policy \"No calls to old people\"
  never call
  when customer.age is at least 80

policy \"Call VIPs\"
  always call with by_name: yes
  when customer.tier is vip
";

fn engine(policies: &str) -> Engine {
    let file = (
        "a.courtesy".to_string(),
        format!("{SCHEMA}{policies}").into_bytes(),
    );
    let package = Package::from_sources([file]);
    package
        .engine()
        .unwrap_or_else(|| panic!("{:#?}", package.diagnostics()))
}

fn decided(engine: &Engine, (age, tier, mails): (u32, &str, usize)) -> Decision {
    let mails: Vec<String> = (0..mails)
        .map(|n| format!(r#"{{"at":"2026-11-{:02}T10:00:00Z"}}"#, 17 + n))
        .collect();
    let case = format!(
        r#"{{"now":"2026-11-23T10:00:00Z","inputs":{{"customer":{{"tier":"{tier}","age":{age},"mails":[{}]}}}},
        "proposals":[{{"id":"m","action":"mail","with":{{"text":"hi"}}}}]}}"#,
        mails.join(",")
    );
    let case = engine
        .read_case(case.as_bytes(), &CaseOptions::default())
        .unwrap();
    engine.decide(&case)
}

const CUSTOMERS: [(u32, &str, usize); 6] = [
    (40, "standard", 0),
    (15, "standard", 0),
    (17, "standard", 0),
    (40, "vip", 0),
    (85, "vip", 2),
    (40, "standard", 2),
];

#[test]
fn every_kind_of_change_is_told() {
    let (old, new) = (engine(OLD), engine(NEW));
    let told: Vec<String> = CUSTOMERS
        .iter()
        .map(|one| {
            let found = changes(&decided(&old, *one), &decided(&new, *one));
            format!("{one:?}\n{found:#?}\n")
        })
        .collect();
    insta::assert_snapshot!(told.concat());
}

#[test]
fn the_same_package_changes_nothing() {
    let engine = engine(OLD);
    for one in CUSTOMERS {
        assert_eq!(changes(&decided(&engine, one), &decided(&engine, one)), []);
    }
}

#[test]
fn comparisons_of_neighbours_merge_into_that_of_both() {
    let (old, new) = (engine(OLD), engine(NEW));
    let lines: Vec<_> = (0..60)
        .map(|n| CUSTOMERS[(n * n) % CUSTOMERS.len()])
        .collect();
    let over = |range: std::ops::Range<usize>| {
        let mut comparison = Comparison::default();
        for (place, one) in lines.iter().enumerate().take(range.end).skip(range.start) {
            comparison.add(place as u64 + 1, &decided(&old, *one), &decided(&new, *one));
        }
        comparison.add_misfit(Fits::OnlyOld);
        comparison
    };
    let mut whole = over(0..60);
    whole.add_misfit(Fits::OnlyOld);
    for cut in [0, 1, 7, 30, 59, 60] {
        let mut merged = over(0..cut);
        merged.merge(over(cut..60));
        assert_eq!(format!("{merged:?}"), format!("{whole:?}"), "cut at {cut}");
    }
    assert!(!whole.is_same() && whole.misfits(Fits::OnlyOld) == 2);
    assert_eq!(whole.records(), 62);
}
