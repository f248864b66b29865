//! rhai: one script over all candidates, an `if` for each policy. It walks lists by index, as a `for` over a property
//! copies the list.

use crate::answer::Answer;
use crate::programs::Decider;
use crate::workload::{ADULT_BEFORE, NOW, Policies};
use rhai::{AST, Array, Dynamic, Engine, INT, Scope};
use std::fmt::Write;

const BEGIN: &str = "let hits = [];
let oblige = [];
let i = 0;
let n = customer.candidates.len();
while i < n {
  let c = customer.candidates[i];
  let kind = c.kind; let channel = c.channel; let item = c.item; let category = item.category;
  let brand = item.brand; let price = item.price; let tier = customer.tier;
";

const SHOP: &str = r#"
  if kind == "upsell" {
    let k = customer.purchases.len();
    let after = now - 2592000;
    while k > 0 { k -= 1; if customer.purchases[k].category == category && customer.purchases[k].at >= after { hits.push([i, 1]); break; } }
  }
  if kind == "upsell" && "name" in customer && customer.name in item.authors { hits.push([i, 2]); }
  if kind == "advertise" {
    let k = customer.purchases.len();
    let after = now - 5184000;
    let sku = item.sku;
    while k > 0 { k -= 1; if customer.purchases[k].sku == sku && customer.purchases[k].at >= after && price < customer.purchases[k].price { hits.push([i, 3]); break; } }
  }
  if kind in ["upsell", "advertise"] && customer.tickets.some(|t| t.status == "open") { hits.push([i, 4]); }
  if kind in ["upsell", "advertise"] && channel == "email" {
    let k = customer.contacts.len();
    let count = 0;
    let after = now - 604800;
    while k > 0 { k -= 1; if customer.contacts[k].channel == "email" && customer.contacts[k].kind == "marketing" && customer.contacts[k].at >= after { count += 1; } }
    if count >= 3 { hits.push([i, 5]); }
  }
  if !(channel in customer.consent) { hits.push([i, 6]); }
  if category == "gift_card" && tier == "standard" { hits.push([i, 7]); }
  if category in ["alcohol", "tobacco", "knives"] && customer.born > adult_before { hits.push([i, 8]); }
  if category == "alcohol" && channel == "push" { hits.push([i, 11]); }
  if brand == "brand_3" && tier == "standard" { hits.push([i, 12]); }
  if channel == "sms" && tier != "vip" && tier != "gold" { hits.push([i, 13]); }
  if category in ["medical", "vitamins", "insurance"] && channel == "phone" { hits.push([i, 14]); }
  if kind == "survey" && channel == "sms" { hits.push([i, 15]); }
  if price > 500.0 && tier == "standard" { hits.push([i, 16]); }
  if brand in ["brand_7", "brand_8"] && channel == "email" { hits.push([i, 17]); }
  if category == "pets" && brand == "brand_11" { hits.push([i, 18]); }
  if kind == "advertise" && category == "medical" { hits.push([i, 19]); }
  if tier == "silver" && price > 1000.0 && channel == "web" { hits.push([i, 20]); }
"#;

const SHOP_DUTIES: &str = r#"
if customer.tier == "vip" && "name" in customer { oblige.push(9); }
let after = now - 1209600;
let k = customer.tickets.len();
while k > 0 { k -= 1; if customer.tickets[k].kind == "late_parcel" && customer.tickets[k].opened_at >= after { oblige.push(10); break; } }
"#;

pub fn text(policies: &Policies) -> String {
    let (rules, duties) = match policies {
        Policies::Shop => (SHOP.to_string(), SHOP_DUTIES),
        Policies::Simple(all) => {
            let mut text = String::new();
            for one in all {
                let (category, brand, tier) = (one.category(), one.brand(), one.tier());
                writeln!(text, "  if category == \"{category}\" && brand == \"{brand}\" && tier == \"{tier}\" {{ hits.push([i, {}]); }}", one.number).unwrap();
            }
            (text, "")
        }
    };
    format!("{BEGIN}{rules}  i += 1;\n}}\n{duties}[hits, oblige]\n")
}

pub fn engine() -> Engine {
    let mut engine = Engine::new();
    engine.set_max_expr_depths(0, 0);
    engine
}

pub struct Script {
    engine: Engine,
    script: AST,
    scope: Scope<'static>,
    name: Option<String>,
    candidates: usize,
}

impl Script {
    pub fn new(policies: &Policies) -> Script {
        let engine = engine();
        Script {
            script: engine.compile(text(policies)).expect("it compiles"),
            engine,
            scope: Scope::new(),
            name: None,
            candidates: 0,
        }
    }
}

fn number(value: &Dynamic) -> u32 {
    value.as_int().expect("a number") as u32
}

impl Decider for Script {
    fn load(&mut self, json: &[u8]) {
        let record: Dynamic = serde_json::from_slice(json).expect("it is JSON");
        {
            let fields = record.as_map_ref().expect("a record");
            let name = fields.get("name");
            self.name = name.map(|name| name.clone().into_string().expect("a text"));
            self.candidates = fields["candidates"].as_array_ref().expect("a list").len();
        }
        self.scope.clear();
        self.scope.push("customer", record);
        self.scope.push("now", NOW as INT);
        self.scope.push("adult_before", ADULT_BEFORE as INT);
    }

    fn decide(&mut self, answer: &mut Answer) {
        answer.proposals = self.candidates as u32;
        let found = self
            .engine
            .eval_ast_with_scope(&mut self.scope, &self.script);
        let found: Array = found.expect("it runs");
        self.scope.rewind(3);
        for hit in found[0].as_array_ref().expect("a list").iter() {
            let hit = hit.as_array_ref().expect("a pair");
            answer.blocked.push((number(&hit[0]), number(&hit[1])));
        }
        let duties = found[1].as_array_ref().expect("a list");
        answer.duties.extend(duties.iter().map(number));
    }

    fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }
}
