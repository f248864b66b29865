//! Asks a package for the value of an expression.

use courtesy::{CaseOptions, Package};
use serde_json::Value;

/// The types that a value may have, in the order in which they are tried.
const TYPES: [&str; 7] = [
    "DateTime", "Date", "Time", "YesNo", "Number", "Weekday", "Text",
];

/// A package from the text of one file.
pub(crate) fn package(text: &str) -> Package {
    Package::from_sources([("policies.courtesy".to_string(), text.as_bytes().to_vec())])
}

/// The value of an expression in a package, with its type, by an `always` that tells it.
///
/// # Errors
/// What is wrong with the expression, where it has none of the types.
pub(crate) fn ask(
    text: &str,
    expression: &str,
    case: &str,
) -> Result<(&'static str, Value), String> {
    let mut found = Vec::new();
    for kind in TYPES {
        let policy = format!(
            "{text}\naction tell {{ value: {kind} }}\n\
             policy \"told\"\n  always tell with value: {expression}\n"
        );
        let package = package(&policy);
        let Some(engine) = package.engine() else {
            found.extend(package.diagnostics().iter().map(|it| it.message.clone()));
            continue;
        };
        let options = CaseOptions::default();
        let decision = engine.decide_json(case.as_bytes(), &options);
        let decision = decision.unwrap_or_else(|misfit| panic!("{case}: {misfit:?}"));
        let decision: Value = serde_json::from_str(&decision.to_json_pretty()).expect("JSON");
        return Ok((kind, decision["duties"][0]["with"]["value"].clone()));
    }
    found.dedup();
    Err(found.join("\n"))
}
