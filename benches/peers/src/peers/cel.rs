//! cel (cel-rust): one program for each policy, run for each candidate; variables are found by reference, not copied.

use super::{DUTY, Texts, each, numbered};
use crate::answer::Answer;
use crate::programs::Decider;
use crate::workload::{ADULT_BEFORE, NOW, Policies};
use cel::common::types::CelInt;
use cel::common::value::{CowVal, Val};
use cel::context::{Context, VariableResolver};
use cel::{Env, Program, Value};
use std::collections::HashMap;
use std::sync::Arc;

const SHOP: [(u32, &str); 20] = [
    (
        1,
        "c.kind == 'upsell' && customer.purchases.exists(p, p.category == c.item.category && p.at >= now - 2592000)",
    ),
    (
        2,
        "c.kind == 'upsell' && has(customer.name) && customer.name in c.item.authors",
    ),
    (
        3,
        "c.kind == 'advertise' && customer.purchases.exists(p, p.sku == c.item.sku && p.at >= now - 5184000 && c.item.price < p.price)",
    ),
    (
        4,
        "c.kind in ['upsell', 'advertise'] && customer.tickets.exists(t, t.status == 'open')",
    ),
    (
        5,
        "c.kind in ['upsell', 'advertise'] && c.channel == 'email' && customer.contacts.filter(x, x.channel == 'email' && x.kind == 'marketing' && x.at >= now - 604800).size() >= 3",
    ),
    (6, "!(c.channel in customer.consent)"),
    (
        7,
        "c.item.category == 'gift_card' && customer.tier == 'standard'",
    ),
    (
        8,
        "c.item.category in ['alcohol', 'tobacco', 'knives'] && customer.born > adult_before",
    ),
    (11, "c.item.category == 'alcohol' && c.channel == 'push'"),
    (
        12,
        "c.item.brand == 'brand_3' && customer.tier == 'standard'",
    ),
    (
        13,
        "c.channel == 'sms' && !(customer.tier in ['vip', 'gold'])",
    ),
    (
        14,
        "c.item.category in ['medical', 'vitamins', 'insurance'] && c.channel == 'phone'",
    ),
    (15, "c.kind == 'survey' && c.channel == 'sms'"),
    (16, "c.item.price > 500.0 && customer.tier == 'standard'"),
    (
        17,
        "c.item.brand in ['brand_7', 'brand_8'] && c.channel == 'email'",
    ),
    (
        18,
        "c.item.category == 'pets' && c.item.brand == 'brand_11'",
    ),
    (19, "c.kind == 'advertise' && c.item.category == 'medical'"),
    (
        20,
        "customer.tier == 'silver' && c.item.price > 1000.0 && c.channel == 'web'",
    ),
    (DUTY + 9, "customer.tier == 'vip' && has(customer.name)"),
    (
        DUTY + 10,
        "customer.tickets.exists(t, t.kind == 'late_parcel' && t.opened_at >= now - 1209600)",
    ),
];

pub fn texts(policies: &Policies) -> Texts {
    match policies {
        Policies::Shop => numbered(&SHOP),
        Policies::Simple(all) => each(all, |one| {
            let (category, brand, tier) = (one.category(), one.brand(), one.tier());
            format!(
                "c.item.category == '{category}' && c.item.brand == '{brand}' && customer.tier == '{tier}'"
            )
        }),
    }
}

type Rule = (u32, Program);

pub fn compile(env: &Env, texts: &Texts) -> Vec<Rule> {
    let compiled = texts
        .iter()
        .map(|(number, text)| (*number, env.compile(text).expect("it compiles")));
    compiled.collect()
}

fn converted(value: serde_json::Value) -> Value {
    use serde_json::Value as Json;
    match value {
        Json::Null => Value::Null,
        Json::Bool(yes) => Value::Bool(yes),
        Json::Number(number) => match number.as_i64() {
            Some(whole) => Value::Int(whole),
            None => Value::Float(number.as_f64().expect("a number")),
        },
        Json::String(text) => Value::String(Arc::new(text)),
        Json::Array(items) => Value::List(Arc::new(items.into_iter().map(converted).collect())),
        Json::Object(fields) => {
            let fields = fields
                .into_iter()
                .map(|(key, value)| (key, converted(value)));
            Value::from(fields.collect::<HashMap<String, Value>>())
        }
    }
}

type Boxed = Box<dyn Val>;

fn boxed(value: serde_json::Value) -> Boxed {
    Boxed::try_from(converted(value)).expect("a value")
}

struct Variables<'a> {
    customer: &'a Boxed,
    candidate: Option<&'a Boxed>,
    now: &'a CelInt,
    adult_before: &'a CelInt,
}

impl VariableResolver for Variables<'_> {
    fn resolve<'b>(&'b self, name: &str) -> Option<CowVal<'b, 'b>> {
        let value: &dyn Val = match name {
            "c" => self.candidate?.as_ref(),
            "customer" => self.customer.as_ref(),
            "now" => self.now,
            "adult_before" => self.adult_before,
            _ => return None,
        };
        Some(CowVal::Borrowed(value))
    }
}

pub struct Cel {
    env: Arc<Env>,
    rules: Vec<Rule>,
    duties: Vec<Rule>,
    customer: Option<Boxed>,
    candidates: Vec<Boxed>,
    now: CelInt,
    adult_before: CelInt,
    name: Option<String>,
}

impl Cel {
    pub fn new(policies: &Policies) -> Cel {
        let env = Arc::new(Env::stdlib());
        let (duties, rules) = compile(&env, &texts(policies))
            .into_iter()
            .partition(|(number, _)| *number > DUTY);
        Cel {
            env,
            rules,
            duties,
            customer: None,
            candidates: Vec::new(),
            now: NOW.into(),
            adult_before: ADULT_BEFORE.into(),
            name: None,
        }
    }

    /// Gives the number of every rule that holds.
    fn holding(&self, rules: &[Rule], candidate: Option<&Boxed>, mut found: impl FnMut(u32)) {
        let variables = Variables {
            customer: self.customer.as_ref().expect("a record is loaded"),
            candidate,
            now: &self.now,
            adult_before: &self.adult_before,
        };
        let mut context = Context::with_env(self.env.clone());
        context.set_variable_resolver(&variables);
        for (number, rule) in rules {
            if rule.execute(&context).expect("it runs") == Value::Bool(true) {
                found(*number);
            }
        }
    }
}

impl Decider for Cel {
    fn load(&mut self, json: &[u8]) {
        let mut record: serde_json::Value = serde_json::from_slice(json).expect("it is JSON");
        let fields = record.as_object_mut().expect("a record");
        let name = fields.get("name").and_then(|name| name.as_str());
        self.name = name.map(str::to_string);
        let Some(serde_json::Value::Array(candidates)) = fields.remove("candidates") else {
            panic!("a record has candidates");
        };
        self.candidates = candidates.into_iter().map(boxed).collect();
        self.customer = Some(boxed(record));
    }

    fn decide(&mut self, answer: &mut Answer) {
        answer.proposals = self.candidates.len() as u32;
        for (candidate, place) in self.candidates.iter().zip(0..) {
            self.holding(&self.rules, Some(candidate), |number| {
                answer.blocked.push((place, number));
            });
        }
        if !self.duties.is_empty() {
            self.holding(&self.duties, None, |number| {
                answer.duties.push(number - DUTY)
            });
        }
    }

    fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }
}
