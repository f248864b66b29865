//! The stated cost: what formulas say, that decisions keep to it, and that some reach it.

use crate::{CaseOptions, Package, Sizes};
use std::path::{Path, PathBuf};

fn package(text: &str) -> Package {
    let package = Package::from_sources([("a.courtesy".to_string(), text.as_bytes().to_vec())]);
    assert!(!package.has_errors(), "{:?}", package.diagnostics());
    package
}

#[test]
fn formulas() {
    let text = "currency USD\ntimezone \"UTC\"\n\
        type Line { sku: Text  price: Number }\n\
        type Order { lines: list of Line, at most 20  at: DateTime }\n\
        type Customer { orders: list of Order  names: list of Text }\n\
        input customer: Customer\n\
        action offer { sku: Text  also: list of Text }\n\
        define total(o: Order) as sum of one.price for one in o.lines\n\
        policy \"constant\"\n  never offer\n  when offer.sku is \"a\"\n\
        policy \"searched\"\n  never offer\n  when offer.also contains offer.sku\n\
        policy \"once\"\n  never offer\n  when (count of o in customer.orders where o.at is within last 30 days) is at least 3\n\
        policy \"nested\"\n  never offer\n  when any o in customer.orders where (any one in o.lines where one.sku is offer.sku)\n\
        policy \"defined\"\n  never offer\n  when any o in customer.orders where total(o) is more than 5\n\
        policy \"owed\"\n  for each name in customer.names\n  always offer with sku: name, also: customer.names\n\
        policy \"printed\"\n  never offer\n  because \"not {customer.names}\"\n";
    let package = package(text);
    let cost = package.cost().unwrap();
    let lines = cost.policies().iter().map(|policy| {
        format!(
            "{}: {} = {}\n",
            policy.title,
            policy.steps,
            policy.steps.at(&Sizes::default())
        )
    });
    let lines: String = lines.collect();
    let (decision, look) = (cost.decision(), cost.look());
    insta::assert_snapshot!(format!("{lines}decision: {decision}\nlook: {look}\n"));
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else {
            found.push(path);
        }
    }
}

/// The packages of the repository's examples, by folder.
fn example_packages() -> Vec<(PathBuf, Package)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let mut found = Vec::new();
    files(&root, &mut found);
    let mut folders: std::collections::BTreeMap<PathBuf, Vec<PathBuf>> = Default::default();
    for path in found {
        if path.extension().is_some_and(|it| it == "courtesy") {
            let folder = path.parent().unwrap().to_path_buf();
            folders.entry(folder).or_default().push(path);
        }
    }
    let read = |(folder, paths): (PathBuf, Vec<PathBuf>)| {
        let sources = paths.iter().map(|path| {
            let name = path.strip_prefix(&folder).unwrap();
            let name = name.to_string_lossy().into_owned();
            (name, std::fs::read(path).unwrap())
        });
        let package = Package::from_sources(sources);
        (folder, package)
    };
    folders.into_iter().map(read).collect()
}

#[test]
fn cases_of_the_examples_keep_to_their_cost() {
    let mut tried = 0;
    for (folder, package) in example_packages() {
        let Some(engine) = package.engine() else {
            continue;
        };
        let counter = engine.step_counter();
        let cost = package.cost().unwrap();
        let read = |name: &str| std::fs::read(folder.join(name)).map_err(|error| error.to_string());
        for example in package.examples() {
            let Some(case) = example.run(&engine, read).case else {
                continue;
            };
            let sizes = Sizes::of_case(engine.schema(), &case);
            let stated = cost.decision().at(&sizes);
            let (decision, counted) = counter.decide(&case);
            assert_eq!(decision.to_json(), engine.decide(&case).to_json());
            let title = example.title();
            assert!(
                counted <= stated,
                "{folder:?} {title}: {counted} of {stated}"
            );
            tried += 1;
        }
    }
    assert!(tried >= 100, "only {tried} cases");
}

/// A policy that makes a case cost about as much as its package says.
struct Worst {
    name: &'static str,
    /// What stands behind [`WORST_SCHEMA`].
    policies: &'static str,
}

const WORST_SCHEMA: &str = "currency USD\ntimezone \"Europe/London\"\n\
    type Line { sku: Text  price: Number }\n\
    type Order { sku: Text  paid: Money  at: DateTime  lines: list of Line }\n\
    type Customer { orders: list of Order  tags: list of Text  days_off: list of Date }\n\
    input customer: Customer\n\
    action offer { sku: Text  also: list of Text }\n\
    action greet { text: Text }\n";

const WORST: [Worst; 15] = [
    Worst {
        name: "any of a list, for each proposal",
        policies: "policy \"p\"\n  never offer\n  when any o in customer.orders where o.paid is more than 1 USD and o.sku is offer.sku\n",
    },
    Worst {
        name: "every, with a list in a list",
        policies: "policy \"p\"\n  never offer\n  when every o in customer.orders has (no one in o.lines where one.sku is offer.sku)\n",
    },
    Worst {
        name: "a count, once for the case",
        policies: "policy \"p\"\n  never offer\n  when (count of o in customer.orders where o.at is within last 30 days) is at least 3\n",
    },
    Worst {
        name: "a sum of sums, in a definition",
        policies: "define total(o: Order) as sum of one.price for one in o.lines\n\
            policy \"p\"\n  never offer\n  when (sum of total(o) for o in customer.orders) is more than 5\n",
    },
    Worst {
        name: "a list searched for each proposal",
        policies: "policy \"p\"\n  never offer\n  when customer.tags contains offer.sku\n",
    },
    Worst {
        name: "a proposal's own list",
        policies: "policy \"p\"\n  only offer\n  when every tag in offer.also has customer.tags contains tag\n",
    },
    Worst {
        name: "duties, each judged in turn",
        policies: "policy \"owed\"\n  for each tag in customer.tags\n  always offer with sku: tag, also: customer.tags\n\
            policy \"p\"\n  never offer\n  when any o in customer.orders where o.sku is offer.sku\n",
    },
    Worst {
        name: "a duty for every proposal",
        policies: "policy \"p\"\n  always greet with text: \"{offer.sku} of {customer.tags}\"\n  on proposed offer\n  because \"{offer.sku}\"\n",
    },
    Worst {
        name: "words with a list in them",
        policies: "policy \"p\"\n  never offer\n  because \"none of {list of o.sku for o in customer.orders}\"\n",
    },
    Worst {
        name: "a limit that counts the past",
        policies: "policy \"p\"\n  limit offer to 100000\n  per offer.sku\n  counting o in customer.orders where o.sku is offer.sku and o.at is within last 7 days\n",
    },
    Worst {
        name: "the latest of a list",
        policies: "policy \"p\"\n  never offer\n  when latest o in customer.orders by o.at where o.sku is not offer.sku has o.paid is less than 0 USD\n",
    },
    Worst {
        name: "what is distinct",
        policies: "policy \"p\"\n  never offer\n  when count of (distinct of o.sku for o in customer.orders) is more than 5\n",
    },
    Worst {
        name: "a table",
        policies: "table worth\n  | spent: Number | gives Number |\n  | less than 10 | 1 |\n  | 10 to 20 | 2 |\n  | more than 20 | 3 |\n\
            policy \"p\"\n  never offer\n  when any o in customer.orders where worth(count of o.lines) is 9\n",
    },
    Worst {
        name: "either of two lists",
        policies: "policy \"p\"\n  never offer\n  when (if customer.tags is not empty then (list of o.sku for o in customer.orders) else customer.tags) contains \"none\"\n",
    },
    Worst {
        name: "scores",
        policies: "policy \"p\"\n  prefer offer by sum of (sum of one.price for one in o.lines where one.sku is offer.sku) for o in customer.orders\n",
    },
];

/// A case of full lists in which what a policy looks for comes last or never.
fn full_case(elements: usize, proposals: usize) -> String {
    let lines = vec![r#"{"sku":"x","price":1}"#; elements].join(",");
    let order = format!(r#"{{"sku":"y","paid":5,"at":"2026-11-20T10:00:00Z","lines":[{lines}]}}"#);
    let orders = vec![order; elements].join(",");
    let tags: Vec<String> = (0..elements).map(|tag| format!("\"t{tag}\"")).collect();
    let last = elements - 1;
    let proposal = format!(
        r#"{{"action":"offer","with":{{"sku":"z","also":[{}]}}}}"#,
        vec![format!("\"t{last}\""); elements].join(",")
    );
    let days: Vec<String> = (0..elements)
        .map(|day| format!("\"{}-12-{:02}\"", 1900 + day / 28, day % 28 + 1))
        .collect();
    format!(
        r#"{{"now":"2026-11-23T10:00:00Z","inputs":{{"customer":{{"orders":[{orders}],"tags":[{}],"days_off":[{}]}}}},"proposals":[{}]}}"#,
        tags.join(","),
        days.join(","),
        vec![proposal; proposals].join(",")
    )
}

/// The formula is no less than what a decision takes, and at most three times as much at its worst.
#[test]
fn the_worst_case_reaches_a_third_of_the_stated_cost() {
    let mut shown = String::new();
    for worst in &WORST {
        let package = package(&format!("{WORST_SCHEMA}{}", worst.policies));
        let engine = package.engine().unwrap();
        let counter = engine.step_counter();
        for (elements, proposals) in [(3, 50), (12, 12), (30, 2)] {
            let json = full_case(elements, proposals);
            let case = engine.read_case(json.as_bytes(), &CaseOptions::default());
            let case = case.unwrap();
            let sizes = Sizes::of_case(engine.schema(), &case);
            let stated = package.cost().unwrap().decision().at(&sizes);
            let (_, counted) = counter.decide(&case);
            let name = worst.name;
            assert!(counted <= stated, "{name}: {counted} of {stated}");
            assert!(stated <= 3 * counted, "{name}: only {counted} of {stated}");
            shown += &format!("{name}: {counted} of {stated}\n");
        }
    }
    insta::assert_snapshot!(shown);
}
