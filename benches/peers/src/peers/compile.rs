//! The steps from text to what decides, for the sub-command `compile`.

use super::{cedar, cel, datalogic, rego, rhai, rule_engine, zen};
use crate::commands::compile::{Step, step};
use crate::workload::Policies;
use cedar_policy::PolicySet;

/// Every engine's steps. The time of rust-rule-engine grows far faster than the number of policies; beyond 1,000 it is left out.
pub fn steps(policies: &Policies) -> Vec<Step> {
    let count = match policies {
        Policies::Shop => 20,
        Policies::Simple(all) => all.len(),
    };
    let mut steps = cedar_steps(policies);
    steps.extend(rego_steps(policies));
    let zen_texts = zen::texts(policies);
    steps.push(step("zen-expression", false, move || {
        zen::compile(&zen_texts)
    }));
    let (env, cel_texts) = (::cel::Env::stdlib(), cel::texts(policies));
    steps.push(step("cel", false, move || cel::compile(&env, &cel_texts)));
    let (engine, script) = (rhai::engine(), rhai::text(policies));
    steps.push(step("rhai", false, move || {
        engine.compile(&script).expect("it compiles")
    }));
    let (engine, rules) = (datalogic_rs::Engine::new(), datalogic::texts(policies));
    steps.push(step("datalogic-rs", false, move || {
        datalogic::compile(&engine, &rules)
    }));
    if count <= 1_000 {
        let text = rule_engine::text(policies);
        steps.push(step("rust-rule-engine", false, move || {
            rule_engine::compile(&text)
        }));
    }
    steps
}

fn cedar_steps(policies: &Policies) -> Vec<Step> {
    let texts = cedar::texts(policies).into_iter();
    let text: String = texts.map(|(_, text)| text + "\n").collect();
    let set: PolicySet = text.parse().expect("it parses");
    // Those that `verify` decides by are held to the same schema, once.
    assert!(cedar::validate(&cedar::compile(&Policies::Shop)));
    vec![
        step("cedar: read", true, move || {
            text.parse::<PolicySet>().expect("it parses")
        }),
        step("cedar: check", true, move || assert!(cedar::validate(&set))),
    ]
}

fn rego_steps(policies: &Policies) -> Vec<Step> {
    let text = rego::text(policies);
    let compiled = rego::compile(text.clone());
    let mut steps = vec![step("regorus", false, move || rego::compile(text.clone()))];
    if rego::machine(&compiled).is_some() {
        steps.push(step(
            "regorus: the further step to its RVM",
            false,
            move || rego::machine(&compiled),
        ));
    }
    steps
}
