//! `hand-value`: the case as `serde_json::Value`, keys as texts, every policy on its own.

use crate::answer::Answer;
use crate::programs::Decider;
use crate::workload::{DAY, NOW, Policies};
use serde_json::Value;

/// A generated policy: its number, the category, the brand and the tier.
type Written = (u32, String, String, String);

pub struct ByValue {
    case: Value,
    generated: Option<Vec<Written>>,
}

impl ByValue {
    pub fn new(policies: &Policies) -> ByValue {
        let generated = match policies {
            Policies::Shop => None,
            Policies::Simple(all) => Some(
                all.iter()
                    .map(|one| {
                        let (category, tier) = (one.category().into(), one.tier().into());
                        (one.number, category, one.brand(), tier)
                    })
                    .collect(),
            ),
        };
        ByValue {
            case: Value::Null,
            generated,
        }
    }

    fn customer(&self) -> &Value {
        &self.case["inputs"]["customer"]
    }
}

impl Decider for ByValue {
    fn load(&mut self, json: &[u8]) {
        self.case = serde_json::from_slice(json).expect("the case is JSON");
    }

    fn decide(&mut self, answer: &mut Answer) {
        let customer = self.customer();
        let proposals = list(&self.case, "proposals");
        answer.proposals = proposals.len() as u32;
        for (proposal, place) in proposals.iter().zip(0..) {
            let mut block = |policy| answer.blocked.push((place, policy));
            match &self.generated {
                Some(policies) => generated(policies, customer, proposal, &mut block),
                None => {
                    history(customer, proposal, &mut block);
                    simple(customer, proposal, &mut block);
                }
            }
        }
        if self.generated.is_none() {
            duties(customer, answer);
        }
    }

    fn name(&self) -> Option<&str> {
        self.customer()["name"].as_str()
    }
}

fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value[key].as_array().expect("a list")
}

fn since(value: &Value, key: &str, days: i64) -> bool {
    value[key].as_i64().expect("a moment") >= NOW - days * DAY
}

fn price(value: &Value) -> f64 {
    value["price"].as_f64().expect("a price")
}

fn is_one_of(value: &Value, all: &[&str]) -> bool {
    all.iter().any(|one| *value == **one)
}

fn generated(
    policies: &[Written],
    customer: &Value,
    proposal: &Value,
    block: &mut impl FnMut(u32),
) {
    let item = &proposal["with"]["item"];
    for (number, category, brand, tier) in policies {
        if item["category"] == **category && item["brand"] == **brand && customer["tier"] == **tier
        {
            block(*number);
        }
    }
}

/// Policies 1 to 8.
fn history(customer: &Value, proposal: &Value, block: &mut impl FnMut(u32)) {
    let (action, channel) = (&proposal["action"], &proposal["with"]["channel"]);
    let item = &proposal["with"]["item"];
    let marketing = is_one_of(action, &["upsell", "advertise"]);
    let mut purchases = list(customer, "purchases").iter();
    let same = |one: &Value| one["category"] == item["category"] && since(one, "at", 30);
    if action == "upsell" && purchases.any(same) {
        block(1);
    }
    let mut name = customer.get("name").into_iter();
    if action == "upsell" && name.any(|name| list(item, "authors").contains(name)) {
        block(2);
    }
    let mut purchases = list(customer, "purchases").iter();
    let cheaper =
        |one: &Value| one["sku"] == item["sku"] && since(one, "at", 60) && price(item) < price(one);
    if action == "advertise" && purchases.any(cheaper) {
        block(3);
    }
    let mut tickets = list(customer, "tickets").iter();
    if marketing && tickets.any(|ticket| ticket["status"] == "open") {
        block(4);
    }
    let mails = list(customer, "contacts").iter().filter(|one| {
        one["channel"] == "email" && one["kind"] == "marketing" && since(one, "at", 7)
    });
    if marketing && channel == "email" && mails.count() >= 3 {
        block(5);
    }
    if !list(customer, "consent").contains(channel) {
        block(6);
    }
    if item["category"] == "gift_card" && customer["tier"] == "standard" {
        block(7);
    }
    let born = customer["born"].as_str().expect("a date");
    if is_one_of(&item["category"], &["alcohol", "tobacco", "knives"]) && born > "2008-09-21" {
        block(8);
    }
}

/// Policies 11 to 20.
fn simple(customer: &Value, proposal: &Value, block: &mut impl FnMut(u32)) {
    let (action, channel) = (&proposal["action"], &proposal["with"]["channel"]);
    let (item, tier) = (&proposal["with"]["item"], &customer["tier"]);
    if item["category"] == "alcohol" && channel == "push" {
        block(11);
    }
    if item["brand"] == "brand_3" && tier == "standard" {
        block(12);
    }
    if channel == "sms" && !is_one_of(tier, &["gold", "vip"]) {
        block(13);
    }
    let health = ["medical", "vitamins", "insurance"];
    if is_one_of(&item["category"], &health) && channel == "phone" {
        block(14);
    }
    if action == "survey" && channel == "sms" {
        block(15);
    }
    if price(item) > 500.0 && tier == "standard" {
        block(16);
    }
    if is_one_of(&item["brand"], &["brand_7", "brand_8"]) && channel == "email" {
        block(17);
    }
    if item["category"] == "pets" && item["brand"] == "brand_11" {
        block(18);
    }
    if action == "advertise" && item["category"] == "medical" {
        block(19);
    }
    if tier == "silver" && price(item) > 1_000.0 && channel == "web" {
        block(20);
    }
}

fn duties(customer: &Value, answer: &mut Answer) {
    if customer["tier"] == "vip" && customer.get("name").is_some() {
        answer.duties.push(9);
    }
    let late = |ticket: &Value| ticket["kind"] == "late_parcel" && since(ticket, "opened_at", 14);
    if list(customer, "tickets").iter().any(late) {
        answer.duties.push(10);
    }
}
