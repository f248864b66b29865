//! `/openapi.json` describes what is answered.

use super::support::{Folder, NDJSON, Serving, case};
use serde_json::{Value, json};

/// A schema of the document, with the document around it so that its references lead somewhere.
fn validator(document: &Value, name: &str) -> jsonschema::Validator {
    let mut whole = document.clone();
    whole["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    whole["$ref"] = json!(format!("#/components/schemas/{name}"));
    jsonschema::validator_for(&whole).unwrap()
}

#[track_caller]
fn fits(document: &Value, name: &str, value: &Value) {
    let errors: Vec<String> = validator(document, name)
        .iter_errors(value)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{name}: {errors:#?}\n{value:#}");
}

fn references<'a>(value: &'a Value, found: &mut Vec<&'a str>) {
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                match value {
                    Value::String(to) if key == "$ref" => found.push(to),
                    other => references(other, found),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| references(item, found)),
        _ => {}
    }
}

#[test]
fn every_path_is_described_and_every_reference_leads_somewhere() {
    let folder = Folder::of(
        "type Kündin { Decision: Text }\ntype Case { x: Text }\ninput k: Kündin\ninput c: Case\naction greet\n",
    );
    for serving in [Serving::readme(&[]), Serving::start(folder.path(), &[])] {
        let document = serving.json("/openapi.json");
        assert_eq!(document["openapi"], "3.1.0");
        let mut found = Vec::new();
        references(&document, &mut found);
        assert!(found.len() > 20);
        for reference in found {
            let pointer = reference.strip_prefix('#').unwrap().replace("%C3%BC", "ü");
            assert!(document.pointer(&pointer).is_some(), "{reference}");
        }
        for (path, methods) in document["paths"].as_object().unwrap() {
            for (method, operation) in methods.as_object().unwrap() {
                let request = serving
                    .client
                    .request(method.to_uppercase().parse().unwrap(), serving.url(path));
                let status = request.send().unwrap().status().as_u16().to_string();
                assert!(
                    operation["responses"].get(&status).is_some(),
                    "{method} {path} answers {status}"
                );
            }
        }
    }
}

#[test]
fn what_is_asked_and_answered_fits_its_description() {
    let serving = Serving::readme(&[]);
    let document = serving.json("/openapi.json");
    let case_value: Value = serde_json::from_str(&case()).unwrap();
    fits(&document, "Case", &case_value);
    let mut wrong = case_value.clone();
    wrong["inputs"]["customer"]["tier"] = json!("gilt");
    assert!(!validator(&document, "Case").is_valid(&wrong));
    fits(
        &document,
        "Decision",
        &serving.decide(case()).json().unwrap(),
    );
    assert!(!validator(&document, "Decision").is_valid(&json!({})));
    fits(&document, "Package", &serving.json("/package"));
    for body in ["{", "[]"] {
        fits(&document, "Problem", &serving.decide(body).json().unwrap());
    }
    fits(
        &document,
        "Problem",
        &serving.get("/nowhere").json().unwrap(),
    );
    let line = serving.post("/decide/batch", NDJSON, "x").text().unwrap();
    fits(
        &document,
        "RefusedLine",
        &serde_json::from_str(&line).unwrap(),
    );
}

/// The decisions of the corpus hold everything that a decision can hold.
#[test]
fn every_decision_of_the_corpus_fits_the_description() {
    let serving = Serving::readme(&[]);
    let mut document = serving.json("/openapi.json");
    // The actions of other packages.
    document["components"]["schemas"]["Action"] = json!({ "type": "string" });
    let validator = validator(&document, "Decision");
    let decisions =
        std::fs::read_to_string(super::support::root("tests/hosts-corpus/decisions.ndjson"))
            .unwrap();
    let mut held = 0;
    for line in decisions.lines() {
        let decision: Value = serde_json::from_str(line).unwrap();
        if decision.get("package").is_some() {
            let errors: Vec<String> = validator
                .iter_errors(&decision)
                .map(|error| format!("{}: {error}", error.instance_path()))
                .collect();
            assert!(errors.is_empty(), "{errors:#?}\n{decision:#}");
            held += 1;
        }
    }
    assert!(held > 30, "{held}");
}
