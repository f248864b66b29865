//! zen-expression (GoRules): one compiled expression for each policy, run for each candidate, which is a local.

use super::{DUTY, Texts, each, numbered};
use crate::answer::Answer;
use crate::programs::Decider;
use crate::workload::{ADULT_BEFORE, NOW, Policies};
use zen_expression::expression::Standard;
use zen_expression::scope::Scope;
use zen_expression::variable::Variable;
use zen_expression::vm::VM;
use zen_expression::{Expression, Isolate};

const SHOP: [(u32, &str); 20] = [
    (
        1,
        "c.kind == 'upsell' and some(purchases, #.category == c.item.category and #.at >= ts - 2592000)",
    ),
    (
        2,
        "c.kind == 'upsell' and name != null and name in c.item.authors",
    ),
    (
        3,
        "c.kind == 'advertise' and some(purchases, #.sku == c.item.sku and #.at >= ts - 5184000 and c.item.price < #.price)",
    ),
    (
        4,
        "c.kind in ['upsell', 'advertise'] and some(tickets, #.status == 'open')",
    ),
    (
        5,
        "c.kind in ['upsell', 'advertise'] and c.channel == 'email' and count(contacts, #.channel == 'email' and #.kind == 'marketing' and #.at >= ts - 604800) >= 3",
    ),
    (6, "c.channel not in consent"),
    (7, "c.item.category == 'gift_card' and tier == 'standard'"),
    (
        8,
        "c.item.category in ['alcohol', 'tobacco', 'knives'] and born > adult_before",
    ),
    (11, "c.item.category == 'alcohol' and c.channel == 'push'"),
    (12, "c.item.brand == 'brand_3' and tier == 'standard'"),
    (13, "c.channel == 'sms' and tier not in ['vip', 'gold']"),
    (
        14,
        "c.item.category in ['medical', 'vitamins', 'insurance'] and c.channel == 'phone'",
    ),
    (15, "c.kind == 'survey' and c.channel == 'sms'"),
    (16, "c.item.price > 500 and tier == 'standard'"),
    (
        17,
        "c.item.brand in ['brand_7', 'brand_8'] and c.channel == 'email'",
    ),
    (
        18,
        "c.item.category == 'pets' and c.item.brand == 'brand_11'",
    ),
    (19, "c.kind == 'advertise' and c.item.category == 'medical'"),
    (
        20,
        "tier == 'silver' and c.item.price > 1000 and c.channel == 'web'",
    ),
    (DUTY + 9, "tier == 'vip' and name != null"),
    (
        DUTY + 10,
        "some(tickets, #.kind == 'late_parcel' and #.opened_at >= ts - 1209600)",
    ),
];

pub fn texts(policies: &Policies) -> Texts {
    match policies {
        Policies::Shop => numbered(&SHOP),
        Policies::Simple(all) => each(all, |one| {
            let (category, brand, tier) = (one.category(), one.brand(), one.tier());
            format!(
                "c.item.category == '{category}' and c.item.brand == '{brand}' and tier == '{tier}'"
            )
        }),
    }
}

type Rule = (u32, Expression<Standard>);

pub fn compile(texts: &Texts) -> Vec<Rule> {
    let mut isolate = Isolate::new();
    let compiled = texts.iter().map(|(number, text)| {
        let expression = isolate.compile_standard(text);
        (*number, expression.expect("it compiles"))
    });
    compiled.collect()
}

pub struct Zen {
    rules: Vec<Rule>,
    duties: Vec<Rule>,
    machine: VM,
    base: Scope,
    scopes: Vec<Scope>,
    name: Option<String>,
}

impl Zen {
    pub fn new(policies: &Policies) -> Zen {
        let (duties, rules) = compile(&texts(policies))
            .into_iter()
            .partition(|(number, _)| *number > DUTY);
        Zen {
            rules,
            duties,
            machine: VM::new(),
            base: Scope::default(),
            scopes: Vec::new(),
            name: None,
        }
    }
}

fn holds(rule: &Expression<Standard>, scope: &Scope, machine: &mut VM) -> bool {
    let value = rule.evaluate_with_scope(scope, machine).expect("it runs");
    value.as_bool().expect("yes or no")
}

impl Decider for Zen {
    fn load(&mut self, json: &[u8]) {
        let record: Variable = serde_json::from_slice(json).expect("it is JSON");
        record.dot_insert("ts", Variable::Number(NOW.into()));
        record.dot_insert("adult_before", Variable::Number(ADULT_BEFORE.into()));
        let name = record.dot("name");
        self.name = name.and_then(|name| name.as_str().map(str::to_string));
        let candidates = record.dot("candidates").expect("candidates");
        let candidates = candidates.as_array().expect("a list");
        self.base = Scope::new(record);
        self.scopes.clear();
        for candidate in candidates.borrow().iter() {
            let mut scope = self.base.clone();
            scope.set_local(Variable::key("c"), candidate.clone());
            self.scopes.push(scope);
        }
    }

    fn decide(&mut self, answer: &mut Answer) {
        answer.proposals = self.scopes.len() as u32;
        for (scope, place) in self.scopes.iter().zip(0..) {
            for (number, rule) in &self.rules {
                if holds(rule, scope, &mut self.machine) {
                    answer.blocked.push((place, *number));
                }
            }
        }
        for (number, rule) in &self.duties {
            if holds(rule, &self.base, &mut self.machine) {
                answer.duties.push(number - DUTY);
            }
        }
    }

    fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }
}
