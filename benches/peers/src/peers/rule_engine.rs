//! rust-rule-engine (GRL): its forward engine for one cycle; a callback collects which rules fire. It asks nothing of
//! lists, so the calling program gives it facts.

use super::facts::{self, Facts as Known};
use super::record::{Candidate, Customer};
use crate::answer::Answer;
use crate::programs::{Action, Decider};
use crate::workload::{ADULT_BEFORE, Policies};
use rust_rule_engine::engine::engine::{EngineConfig, RustRuleEngine};
use rust_rule_engine::engine::facts::Facts;
use rust_rule_engine::engine::knowledge_base::KnowledgeBase;
use rust_rule_engine::types::Value;
use std::fmt::Write;

const SHOP: [(u32, &str); 20] = [
    (1, "Action.kind == \"upsell\" && Ctx.boughtRecently == true"),
    (2, "Action.kind == \"upsell\" && Ctx.nameInAuthors == true"),
    (
        3,
        "Action.kind == \"advertise\" && Item.price < Ctx.maxPaid60",
    ),
    (4, "Action.marketing == true && Customer.openTicket == true"),
    (
        5,
        "Action.marketing == true && Action.channel == \"email\" && Customer.mails7 >= 3",
    ),
    (6, "Ctx.consented == false"),
    (
        7,
        "Item.category == \"gift_card\" && Customer.tier == \"standard\"",
    ),
    (
        8,
        "(Item.category == \"alcohol\" || Item.category == \"tobacco\" || Item.category == \"knives\") && Customer.born > Ctx.adultBefore",
    ),
    (
        9,
        "Action.kind == \"serve\" && Customer.tier == \"vip\" && Customer.named == true",
    ),
    (10, "Action.kind == \"serve\" && Customer.late14 == true"),
    (
        11,
        "Item.category == \"alcohol\" && Action.channel == \"push\"",
    ),
    (
        12,
        "Item.brand == \"brand_3\" && Customer.tier == \"standard\"",
    ),
    (
        13,
        "Action.channel == \"sms\" && Customer.tier != \"vip\" && Customer.tier != \"gold\"",
    ),
    (
        14,
        "(Item.category == \"medical\" || Item.category == \"vitamins\" || Item.category == \"insurance\") && Action.channel == \"phone\"",
    ),
    (15, "Action.kind == \"survey\" && Action.channel == \"sms\""),
    (16, "Item.price > 500 && Customer.tier == \"standard\""),
    (
        17,
        "(Item.brand == \"brand_7\" || Item.brand == \"brand_8\") && Action.channel == \"email\"",
    ),
    (
        18,
        "Item.category == \"pets\" && Item.brand == \"brand_11\"",
    ),
    (
        19,
        "Action.kind == \"advertise\" && Item.category == \"medical\"",
    ),
    (
        20,
        "Customer.tier == \"silver\" && Item.price > 1000 && Action.channel == \"web\"",
    ),
];

pub fn text(policies: &Policies) -> String {
    let mut text = String::new();
    let mut rule = |number: u32, when: &str| {
        writeln!(text, "rule \"{number}\" salience 1 {{\n  when\n    {when}\n  then\n    Out.last = {number};\n}}").unwrap();
    };
    match policies {
        Policies::Shop => SHOP.iter().for_each(|(number, when)| rule(*number, when)),
        Policies::Simple(all) => {
            for one in all {
                let (category, brand, tier) = (one.category(), one.brand(), one.tier());
                rule(
                    one.number,
                    &format!(
                        "Item.category == \"{category}\" && Item.brand == \"{brand}\" && Customer.tier == \"{tier}\""
                    ),
                );
            }
        }
    }
    text
}

pub fn compile(text: &str) -> KnowledgeBase {
    let base = KnowledgeBase::new("cx");
    base.add_rules_from_grl(text).expect("it compiles");
    base
}

pub struct RuleEngine {
    engine: RustRuleEngine,
    has_duties: bool,
    candidates: Vec<Facts>,
    serve: Option<Facts>,
    name: Option<String>,
}

impl RuleEngine {
    pub fn new(policies: &Policies) -> RuleEngine {
        let config = EngineConfig {
            max_cycles: 1,
            timeout: None,
            enable_stats: false,
            debug_mode: false,
        };
        RuleEngine {
            engine: RustRuleEngine::with_config(compile(&text(policies)), config),
            has_duties: matches!(policies, Policies::Shop),
            candidates: Vec::new(),
            serve: None,
            name: None,
        }
    }
}

fn record<const N: usize>(fields: [(&str, Value); N]) -> Value {
    let fields = fields
        .into_iter()
        .map(|(key, value)| (key.to_string(), value));
    Value::Object(fields.collect())
}

fn text_value(text: &str) -> Value {
    Value::String(text.to_string())
}

fn customer_of(customer: &Customer<'_>, known: &Known<'_>) -> Value {
    record([
        ("tier", text_value(facts::tier(customer.tier))),
        ("born", Value::Integer(customer.born)),
        ("named", Value::Boolean(customer.name.is_some())),
        ("openTicket", Value::Boolean(known.open_ticket)),
        ("mails7", Value::Integer(known.mails_in_7_days)),
        ("late14", Value::Boolean(known.late_in_14_days)),
    ])
}

fn all(customer: &Value, action: Value, item: Value, context: Value) -> Facts {
    let facts = Facts::new();
    facts.set("Customer", customer.clone());
    facts.set("Action", action);
    facts.set("Item", item);
    facts.set("Ctx", context);
    facts.set("Out", record([("last", Value::Integer(0))]));
    facts
}

fn of_candidate(
    value: &Value,
    customer: &Customer<'_>,
    known: &Known<'_>,
    (candidate, most_paid): (&Candidate<'_>, Option<f64>),
) -> Facts {
    let item = &candidate.item;
    let mut name = customer.name.iter();
    let bought = known.recent_categories.contains(&item.category);
    let consented = customer.consent.contains(&candidate.channel);
    let action = record([
        ("kind", text_value(facts::action(candidate.kind))),
        ("channel", text_value(facts::channel(candidate.channel))),
        (
            "marketing",
            Value::Boolean(candidate.kind != Action::Survey),
        ),
    ]);
    let context = record([
        ("boughtRecently", Value::Boolean(bought)),
        (
            "nameInAuthors",
            Value::Boolean(name.any(|name| item.authors.contains(name))),
        ),
        ("maxPaid60", Value::Number(most_paid.unwrap_or(0.0))),
        ("consented", Value::Boolean(consented)),
        ("adultBefore", Value::Integer(ADULT_BEFORE)),
    ]);
    let item = record([
        ("category", text_value(item.category)),
        ("brand", text_value(item.brand)),
        ("price", Value::Number(item.price)),
    ]);
    all(value, action, item, context)
}

fn of_serving(customer: &Value) -> Facts {
    let action = record([
        ("kind", text_value("serve")),
        ("channel", text_value("none")),
        ("marketing", Value::Boolean(false)),
    ]);
    let item = record([
        ("category", text_value("")),
        ("brand", text_value("")),
        ("price", Value::Number(0.0)),
    ]);
    let context = record([
        ("consented", Value::Boolean(true)),
        ("adultBefore", Value::Integer(ADULT_BEFORE)),
    ]);
    all(customer, action, item, context)
}

impl Decider for RuleEngine {
    fn load(&mut self, json: &[u8]) {
        let customer: Customer<'_> = serde_json::from_slice(json).expect("the record fits");
        let known = Known::of(&customer);
        let value = customer_of(&customer, &known);
        let paid = customer
            .candidates
            .iter()
            .zip(known.most_paid.iter().copied());
        self.candidates = paid
            .map(|candidate| of_candidate(&value, &customer, &known, candidate))
            .collect();
        self.serve = self.has_duties.then(|| of_serving(&value));
        self.name = customer.name.map(|name| name.into_owned());
    }

    fn decide(&mut self, answer: &mut Answer) {
        answer.proposals = self.candidates.len() as u32;
        let number = |rule: &str| -> u32 { rule.parse().expect("a number") };
        for (facts, place) in self.candidates.iter().zip(0..) {
            let blocked = &mut answer.blocked;
            self.engine
                .execute_with_callback(facts, |rule, _| blocked.push((place, number(rule))))
                .expect("it runs");
        }
        if let Some(facts) = &self.serve {
            let duties = &mut answer.duties;
            self.engine
                .execute_with_callback(facts, |rule, _| duties.push(number(rule)))
                .expect("it runs");
        }
    }

    fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }
}
